"""Makes model files, harmless and harmful, small enough to be committed: nothing in them is ever loaded."""

import bz2, collections, gzip, io, json, lzma, pathlib, pickle, struct, sys, tarfile, zipfile, zlib

import gguf
import h5py
import joblib
import joblib.numpy_pickle
import lz4.frame
import numpy
import onnx
import onnx.helper
import safetensors.numpy

CASES = {}


def case(name, verdict, format, *codes):
    """A file with the verdict, the format and the codes of findings that are expected of it."""

    def add(make):
        assert name not in CASES, name
        content = make()
        assert isinstance(content, (bytes, bytearray)), name
        CASES[name] = {"content": bytes(content), "verdict": verdict, "format": format, "codes": sorted(codes)}
        return make

    return add


def clean(name, format):
    return case(name, "clean", format)


def suspicious(name, format, *codes):
    return case(name, "suspicious", format, *codes)


def unsound(name, format, *codes):
    return case(name, "unsound", format, *codes)


def dangerous(name, format, *codes):
    return case(name, "dangerous", format, *codes)


# Pickle, as Python writes it.


class Calls:
    """Becomes a call when it is pickled."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


import os, builtins, functools, importlib, operator, asyncio, runpy

# A pickle of a quarter of a gigabyte.
BOMB = b"\x80\4\x8e" + struct.pack("<Q", 1 << 28) + bytes(1 << 28) + b"."
DATA = collections.OrderedDict(weights=[1.5, -2, 10**30], name="north", flags={True}, raw=b"\0\1", nested=({},))
SYSTEM = Calls(os.system, "true")


def dumps(value, protocol=4):
    return pickle.dumps(value, protocol)


def text(name):
    return b"\x8c" + bytes([len(name)]) + name.encode()


def torch(harmful=False, protocol=b"\x80\x02"):
    """What `torch.save` writes of one tensor, by hand: PyTorch is heavy."""
    return (
        protocol + b"}q\0X\1\0\0\0wq\1ctorch._utils\n_rebuild_tensor_v2\nq\2((X\7\0\0\0storageq\3ctorch\nFloatStorage\n"
        b"q\4X\1\0\0\0" + b"0q\5X\3\0\0\0cpuq\6K\4tq\7QK\0K\4\x85q\x08K\1\x85q\x09\x89ccollections\nOrderedDict\nq\x0a)Rq\x0b"
        b"tq\x0cRq\x0ds" + (b"cposix\nsystem\nX\4\0\0\0true\x85R0" if harmful else b"") + b"."
    )


for protocol in range(6):
    clean(f"pickle/data-{protocol}.pkl", "pickle")(lambda: dumps(DATA, protocol))
    dangerous(f"pickle/system-{protocol}.pkl", "pickle", "dangerous-global")(lambda: dumps([DATA, SYSTEM], protocol))
for name, call in {
    "eval": Calls(eval, "1"),
    "exec": Calls(exec, "1"),
    "open": Calls(open, "/dev/null"),
    "import": Calls(__import__, "os"),
    "partial": Calls(functools.partial, os.system, "true"),
    "attrgetter": Calls(operator.attrgetter("system"), 1),
    "runpy": Calls(runpy.run_path, "x.py"),
    "asyncio": Calls(asyncio.run, 1),
    "pickle": Calls(pickle.loads, dumps(SYSTEM)),
}.items():
    codes = ["computed-global"] if name == "attrgetter" else []
    dangerous(f"pickle/{name}.pkl", "pickle", "dangerous-global", *codes)(lambda: dumps(call))

# Pickle by hand: what a pickler does not write.
dangerous("pickle/names-from-memo.pkl", "pickle", "dangerous-global")(
    lambda: b"\x80\4" + text("posix") + b"\x940" + text("system") + b"\x940h\0h\1\x93" + text("true") + b"\x85R."
)
dangerous("pickle/names-from-numbered-memo.pkl", "pickle", "dangerous-global")(
    # PUT at 7, so that MEMOIZE takes 1: a reader that counts from the highest would look elsewhere.
    lambda: b"\x80\4" + text("posix") + b"q\x07" + b"0" + text("system") + b"\x940h\7h\1\x93" + text("true") + b"\x85R."
)
dangerous("pickle/names-in-escapes.pkl", "pickle", "dangerous-global")(
    lambda: b"\x80\4S'po\\x73ix'\nV\\u0073ystem\n\x93S'true'\n\x85R."
)
dangerous("pickle/getattr-of-module.pkl", "pickle", "dangerous-global")(
    lambda: b"cbuiltins\ngetattr\n(cimportlib\nimport_module\n(S'os'\ntRS'system'\ntR(S'true'\ntR."
)
dangerous("pickle/attrgetter-of-import.pkl", "pickle", "dangerous-global")(
    lambda: b"coperator\nattrgetter\n(S'system'\ntR(c__builtin__\n__import__\n(S'os'\ntRtR(S'true'\ntR."
)
dangerous("pickle/dotted-name.pkl", "pickle", "dangerous-global")(
    lambda: b"\x80\4" + text("torch.serialization") + text("os.system") + b"\x93" + text("true") + b"\x85R."
)
dangerous("pickle/dunder-name.pkl", "pickle", "dangerous-global")(
    lambda: b"\x80\4" + text("collections") + text("OrderedDict.__init__.__globals__") + b"\x93."
)
dangerous("pickle/submodule.pkl", "pickle", "dangerous-global")(
    lambda: b"\x80\4" + text("asyncio.unix_events") + text("_UnixSubprocessTransport._start") + b"\x93)R."
)
dangerous("pickle/inst.pkl", "pickle", "dangerous-global")(lambda: b"(S'true'\niposix\nsystem\n.")
dangerous("pickle/obj.pkl", "pickle", "dangerous-global")(lambda: b"(cposix\nsystem\nS'true'\no.")
dangerous("pickle/newobj.pkl", "pickle", "dangerous-global")(
    lambda: b"\x80\2csubprocess\nPopen\nX\4\0\0\0true\x85\x81."
)
dangerous("pickle/newobj-ex.pkl", "pickle", "dangerous-global")(
    lambda: b"\x80\4csubprocess\nPopen\nX\4\0\0\0true\x85}\x92."
)
dangerous("pickle/build-on-class.pkl", "pickle", "changed-global", "unknown-global")(
    lambda: b"\x80\2cmodel\nModel\n}X\7\0\0\0forwardN\x73b."
)
dangerous("pickle/unused.pkl", "pickle", "dangerous-global")(lambda: b"\x80\2cposix\nsystem\n0N.")
dangerous("pickle/before-the-end.pkl", "pickle", "broken-file", "dangerous-global")(
    lambda: b"\x80\4" + text("posix") + text("system") + b"\x93" + text("true") + b"\x85R\xff"
)
dangerous("pickle/second-pickle.pkl", "pickle", "dangerous-global")(lambda: dumps(DATA) + dumps(SYSTEM, 0))
dangerous("pickle/no-such-protocol.pkl", "pickle", "broken-file", "dangerous-global")(
    lambda: b"\x80\6" + dumps(SYSTEM, 4)[2:]
)
unsound("pickle/extension.pkl", "pickle", "extension-code")(lambda: b"\x80\2\x82\1.")
unsound("pickle/computed-name.pkl", "pickle", "computed-global")(
    lambda: b"\x80\4N" + text("system") + b"\x93."
)
unsound("pickle/computed-call.pkl", "pickle", "computed-global", "unknown-global")(
    lambda: b"\x80\2cmodel\nfactory\n)R)R."
)
unsound("pickle/trailing-data.pkl", "pickle", "trailing-data")(lambda: dumps(DATA) + b"\0\0\0")
unsound("pickle/length.pkl", "pickle", "truncated-file")(lambda: b"\x80\4\x8e" + struct.pack("<Q", 2**63) + b"x")
suspicious("pickle/unknown-class.pkl", "pickle", "unknown-global")(lambda: b"\x80\2cmodel\nModel\n)\x81}b.")
suspicious("pickle/persistent-id.pkl", "pickle", "persistent-id")(lambda: b"\x80\2X\1\0\0\0aQ.")
suspicious("pickle/runner.pkl", "pickle", "suspicious-global")(lambda: b"\x80\2cmodel\nrun\n)R.")
clean("pickle/torch-globals.bin", "pickle")(torch)
clean("pickle/numpy.pkl", "pickle")(lambda: dumps({"a": numpy.arange(3), "b": numpy.float32(1), "c": numpy.dtype("f8")}))


# PyTorch's old format: five pickles, then tensors.
def legacy(harmful=False):
    heads = [0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}]
    tensors = struct.pack("<q4f", 4, 1, 2, 3, 4)
    return b"".join(dumps(head, 2) for head in heads) + torch(harmful) + dumps(["0"], 2) + tensors


clean("pytorch/legacy.pt", "pytorch-legacy")(legacy)
dangerous("pytorch/legacy-system.pt", "pytorch-legacy", "dangerous-global")(lambda: legacy(True))


# Zip.
def zipped(members, compression=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


def pytorch(harmful=False, compression=zipfile.ZIP_STORED, tensor=b"\x80\2" + b"\0\0\0\0" * 4):
    return zipped([("m/data.pkl", torch(harmful)), ("m/version", "3\n"), ("m/data/0", tensor)], compression)


clean("pytorch/model.pt", "pytorch")(pytorch)
dangerous("pytorch/system.pt", "pytorch", "dangerous-global")(lambda: pytorch(True))
for name, compression in ("deflate", zipfile.ZIP_DEFLATED), ("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA):
    clean(f"pytorch/{name}.pt", "pytorch")(lambda: pytorch(False, compression))
    dangerous(f"pytorch/{name}-system.pt", "pytorch", "dangerous-global")(lambda: pytorch(True, compression))


def patched(content, old, new, count=-1):
    assert old in content and len(old) == len(new)
    return content.replace(old, new, count)


dangerous("pytorch/encrypted-mark.pt", "pytorch", "dangerous-global", "disagreement", "encrypted-member")(
    # The mark in the directory alone: PyTorch ignores it, and Python refuses to read the member.
    lambda: patched(pytorch(True), b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0", 1)
)
dangerous("pytorch/other-name.pt", "pytorch", "dangerous-global", "disagreement")(
    lambda: pytorch(True).replace(b"m/data.pkl", b"m/data.txt", 1)
)
dangerous("pytorch/two-of-a-name.pt", "pytorch", "dangerous-global", "disagreement")(
    lambda: zipped([("m/data.pkl", torch(True)), ("m/data.pkl", torch())])
)
dangerous("pytorch/no-extension.pt", "zip", "dangerous-global")(lambda: zipped([("readme", dumps(SYSTEM))]))
dangerous("pytorch/path.zip", "zip", "path-outside")(lambda: zipped([("../../etc/cron.d/x", b"text")]))
dangerous("pytorch/zip-in-zip.zip", "zip", "dangerous-global")(
    lambda: zipped([("a.zip", zipped([("b.pkl", dumps(SYSTEM))]))], zipfile.ZIP_DEFLATED)
)
dangerous("pytorch/pickle-then-zip.pt", "pickle", "dangerous-global", "trailing-data", "two-formats")(
    lambda: dumps(DATA) + pytorch(True)
)
unsound("pytorch/before-the-zip.zip", "unknown", "two-formats")(lambda: b"#!/bin/sh\nexit\n" + zipped([("a", b"text")]))
unsound("pytorch/method.zip", "zip", "unsupported-compression")(
    lambda: zipped([("a.pkl", dumps(DATA))]).replace(b"PK\3\4\x14\0\0\0\0\0", b"PK\3\4\x14\0\0\0\x5d\0").replace(
        b"PK\1\2\x14\3\x14\0\0\0\0\0", b"PK\1\2\x14\3\x14\0\0\0\x5d\0"
    )
)
unsound("pytorch/directory.zip", "zip", "lying-header")(
    lambda: zipped([("a", b"text")])[:-10] + struct.pack("<IIH", 2**31, 0, 0)
)
clean("pytorch/text.zip", "zip")(lambda: zipped([("a/readme.txt", b"text"), ("empty", b"")], zipfile.ZIP_DEFLATED))
dangerous("pytorch/torchscript.pt", "torchscript", "dangerous-global")(
    lambda: zipped([("m/data.pkl", torch(True)), ("m/constants.pkl", b"\x80\2)."), ("m/code/__torch__.py", b"x = 1")])
)
unsound("pytorch/bomb.zip", "zip", "unpacks-too-much")(
    lambda: zipped([("a.pkl.gz", gzip.compress(gzip.compress(BOMB, mtime=0), mtime=0))], zipfile.ZIP_DEFLATED)
)

# Compressed.
METHODS = {
    "gzip": lambda content: gzip.compress(content, mtime=0),
    "zlib": zlib.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda content: lzma.compress(content, lzma.FORMAT_ALONE),
    "lz4": lz4.frame.compress,
}
for name, compress in METHODS.items():
    clean(f"compressed/data.pkl.{name}", name)(lambda: compress(dumps(DATA)))
    dangerous(f"compressed/system.pkl.{name}", name, "dangerous-global")(lambda: compress(dumps(SYSTEM)))
unsound("compressed/bomb.gz", "gzip", "unpacks-too-much")(
    lambda: gzip.compress(gzip.compress(BOMB, mtime=0), mtime=0)
)
unsound("compressed/bomb.xz", "xz", "unpacks-too-much")(lambda: lzma.compress(gzip.compress(BOMB, mtime=0)))


def matryoshka():
    content = dumps(SYSTEM)
    for _ in range(12):
        content = gzip.compress(content, mtime=0)
    return content


unsound("compressed/deep.gz", "gzip", "too-deep")(matryoshka)
unsound("compressed/model.zst", "packed", "unsupported-compression")(lambda: b"\x28\xb5\x2f\xfd" + bytes(9))
unsound("compressed/model.7z", "packed", "unsupported-compression")(lambda: b"7z\xbc\xaf\x27\x1c" + bytes(26))


# joblib.
def joblib_dump(value, compress=0):
    out = io.BytesIO()
    joblib.dump(value, out, compress=compress)
    content = out.getvalue()
    # The same at any time.
    return content[:4] + bytes(4) + content[8:] if content.startswith(b"\x1f\x8b") else content


ARRAYS = {"a": numpy.arange(12.0).reshape(3, 4), "b": numpy.array(["x", None], dtype=object), "c": numpy.array(["ü"])}
clean("joblib/arrays.joblib", "joblib")(lambda: joblib_dump(ARRAYS))
dangerous("joblib/system.joblib", "joblib", "dangerous-global")(lambda: joblib_dump([ARRAYS, SYSTEM]))
dangerous("joblib/system-in-objects.joblib", "joblib", "dangerous-global")(
    lambda: joblib_dump([numpy.array([SYSTEM], dtype=object), numpy.arange(3)])
)
for method in "zlib", "gzip", "bz2", "xz", "lzma", "lz4":
    format = {"bz2": "bzip2"}.get(method, method)
    clean(f"joblib/arrays.{method}.joblib", format)(lambda: joblib_dump(ARRAYS, (method, 3)))
    dangerous(f"joblib/system.{method}.joblib", format, "dangerous-global")(
        lambda: joblib_dump([ARRAYS, SYSTEM], (method, 3))
    )


def old_joblib(value, after=b""):
    content = dumps(value, 2)
    return b"ZF" + hex(len(content)).ljust(19).encode() + after + zlib.compress(content)


clean("joblib/data.old.z", "zlib")(lambda: old_joblib(DATA))
dangerous("joblib/system.old.z", "zlib", "dangerous-global")(lambda: old_joblib([DATA, SYSTEM]))
dangerous("joblib/system.older.z", "zlib", "dangerous-global")(lambda: old_joblib([DATA, SYSTEM], b" "))


# NumPy.
def npy(array):
    out = io.BytesIO()
    numpy.save(out, array, allow_pickle=True)
    return out.getvalue()


def npz(**arrays):
    out = io.BytesIO()
    numpy.savez_compressed(out, **arrays)
    return out.getvalue()


OBJECTS = numpy.array([SYSTEM], dtype=object)
clean("numpy/numbers.npy", "npy")(lambda: npy(numpy.arange(6).reshape(2, 3)))
clean("numpy/records.npy", "npy")(lambda: npy(numpy.zeros(2, dtype=[("a", "f4"), ("b", "U3")])))
clean("numpy/objects.npy", "npy")(lambda: npy(numpy.array([{}, "x"], dtype=object)))
dangerous("numpy/system.npy", "npy", "dangerous-global")(lambda: npy(OBJECTS))
dangerous("numpy/records-system.npy", "npy", "dangerous-global")(
    lambda: npy(numpy.array([(1, SYSTEM)], dtype=[("a", "i4"), ("b", "O")]))
)
unsound("numpy/shape.npy", "npy", "lying-header")(lambda: patched(npy(numpy.arange(6)), b"(6,)", b"(9,)"))
unsound("numpy/header.npy", "npy", "lying-header")(lambda: b"\x93NUMPY\2\0" + struct.pack("<I", 2**31) + b"{")
clean("numpy/numbers.npz", "npz")(lambda: npz(a=numpy.arange(3), b=numpy.ones(2)))
def stored(**arrays):
    out = io.BytesIO()
    numpy.savez(out, **arrays)
    return out.getvalue()


# Its first bytes are a pickle that refers to something, up to the line end in the header of the array; then comes a pickle.
clean("numpy/objects.npz", "npz")(lambda: stored(x=numpy.array([range(3), "x"], dtype=object)))
dangerous("numpy/system-stored.npz", "npz", "dangerous-global", "persistent-id", "trailing-data", "two-formats")(
    lambda: stored(x=OBJECTS)
)
dangerous("numpy/system.npz", "npz", "dangerous-global")(lambda: npz(a=numpy.arange(3), b=OBJECTS))


unsound("pickle/number.pkl", "pickle", "broken-file")(lambda: b"\x80\2I1?\n.")
dangerous("pickle/number-with-end.pkl", "pickle", "broken-file", "dangerous-global")(
    # Python stops reading the number at the empty byte, and goes on.
    lambda: b"F1\0x\n0cposix\nsystem\n(S'true'\ntR."
)
unsound("pickle/call-of-unknown.pkl", "pickle", "broken-file", "unknown-global")(lambda: b"cmodel\nfactory\n(tR\xff")


# Tar.
def tarred(members, mode="w", kind=tarfile.REGTYPE, format=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=format) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size, info.type = len(content), kind
            archive.addfile(info, io.BytesIO(content))
    # Without the empty blocks that fill up a tape.
    content = out.getvalue().rstrip(b"\0")
    return content + bytes(-len(content) % 512 + 1024)


clean("tar/model.tar", "tar")(lambda: tarred([("sys_info", dumps({})), ("pickle", torch())]))
dangerous("tar/system.tar", "tar", "dangerous-global")(lambda: tarred([("sys_info", dumps({})), ("pickle", torch(True))]))
dangerous("tar/long-name.tar", "tar", "dangerous-global")(lambda: tarred([("d/" * 99 + "pickle", torch(True))]))
dangerous("tar/gnu.tar", "tar", "dangerous-global")(
    lambda: tarred([("d/" * 99 + "pickle", torch(True))], format=tarfile.GNU_FORMAT)
)
dangerous("tar/model.nemo", "gzip", "dangerous-global")(
    lambda: gzip.compress(tarred([("config.yaml", b"a: 1\n"), ("weights.ckpt", pytorch(True))]), mtime=0)
)
dangerous("tar/name-is-pickle.tar", "tar", "dangerous-global", "trailing-data", "two-formats")(
    lambda: tarred([("cposix\nsystem\n(S'true'\ntR.", b"text")])
)
dangerous("tar/path.tar", "tar", "path-outside")(lambda: tarred([("../x", b"text")]))


def linked(target, format):
    info = tarfile.TarInfo("link")
    info.type, info.linkname = tarfile.SYMTYPE, target
    return info.tobuf(format) + bytes(1024)


dangerous("tar/link.tar", "tar", "path-outside")(lambda: linked("../x", tarfile.USTAR_FORMAT))
dangerous("tar/long-link.tar", "tar", "path-outside")(lambda: linked("a/" * 60 + "../" * 61, tarfile.PAX_FORMAT))
dangerous("tar/long-link-gnu.tar", "tar", "path-outside")(lambda: linked("a/" * 60 + "../" * 61, tarfile.GNU_FORMAT))
unsound("tar/behind-the-end.tar", "tar", "trailing-data")(
    lambda: tarred([("a", b"text")]) + tarred([("pickle", torch(True))])
)


def huge_tar():
    header = tarfile.TarInfo("a")
    header.size = 2**62
    return header.tobuf(tarfile.GNU_FORMAT) + b"text"


unsound("tar/size.tar", "tar", "lying-header")(huge_tar)


# Safetensors.
def tensors(header, data=b"", length=None):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def tensor(start, end, shape=(2,), dtype="F32"):
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [start, end]}


clean("safetensors/model.safetensors", "safetensors")(
    lambda: safetensors.numpy.save({"a": numpy.ones((2, 3), "f4"), "b": numpy.zeros(4, "i8")}, {"license": "mit"})
)
for name, content in {
    "overlap": tensors({"a": tensor(0, 8), "b": tensor(4, 12)}, bytes(12)),
    "gap": tensors({"a": tensor(4, 12)}, bytes(12)),
    "out-of-range": tensors({"a": tensor(0, 8)}, bytes(4)),
    "backwards": tensors({"a": tensor(8, 0)}, bytes(8)),
    "shape": tensors({"a": tensor(0, 8, (3,))}, bytes(8)),
    "huge-shape": tensors({"a": tensor(0, 8, (2**63, 2**63))}, bytes(8)),
    "dtype": tensors({"a": tensor(0, 8, dtype="F99")}, bytes(8)),
    "two-of-a-name": tensors(b'{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}', bytes(2)),
    "behind": tensors({"a": tensor(0, 8)}, bytes(8) + b"MZ"),
    "length": tensors({}, b"", 2**63),
    "longer-than-file": tensors({}, b"", 9999),
}.items():
    unsound(f"safetensors/{name}.safetensors", "safetensors", "lying-header")(lambda: content)
unsound("safetensors/json.safetensors", "safetensors", "broken-file")(lambda: tensors(b'{"a": 1}', bytes(8)))


# GGUF.
def gguf_file(template=None, **keys):
    file = pathlib.Path(sys.argv[1]) / "made.gguf"
    writer = gguf.GGUFWriter(file, "llama")
    writer.add_name("north")
    writer.add_license("apache-2.0")
    writer.add_file_type(15)
    writer.add_token_list(["a", "b"])
    if template is not None:
        writer.add_chat_template(template)
    for key, value in keys.items():
        writer.add_string(key, value)
    writer.add_tensor("w", numpy.ones((2, 32), "f4"))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    content = file.read_bytes()
    file.unlink()
    return content


GOOD = "{% for message in messages %}{{ '<|' + message['role'] + '|>' }}{{ message.content | trim }}{% endfor %}__init__"
clean("gguf/model.gguf", "gguf")(lambda: gguf_file(GOOD))
clean("gguf/no-template.gguf", "gguf")(lambda: gguf_file())
for name, template in {
    "globals": "{{ cycler.__init__.__globals__.os.popen('true').read() }}",
    "subclasses": "{% for c in ''.__class__.__mro__[1].__subclasses__() %}{{ c }}{% endfor %}",
    "escaped": "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "attr": "{{ messages|attr('__class__') }}",
    "condition": "{% if ''.__class__ %}{% endif %}",
}.items():
    dangerous(f"gguf/template-{name}.gguf", "gguf", "template-escape", *(["template-reach"] if name in ("globals", "attr") else []))(
        lambda: gguf_file(template)
    )
suspicious("gguf/template-joined.gguf", "gguf", "template-reach")(lambda: gguf_file("{{ messages['__cla' ~ 'ss__'] }}"))
unsound("gguf/tensors.gguf", "gguf", "lying-header")(lambda: b"GGUF" + struct.pack("<IQQ", 3, 2**63, 0))
unsound("gguf/keys.gguf", "gguf", "lying-header")(lambda: b"GGUF" + struct.pack("<IQQ", 3, 0, 2**63))
unsound("gguf/key.gguf", "gguf", "lying-header")(lambda: b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 2**63) + b"general.name")
unsound("gguf/list.gguf", "gguf", "lying-header")(
    lambda: b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, 1) + b"a" + struct.pack("<IIQ", 9, 4, 2**63)
)
unsound("gguf/cut.gguf", "gguf", "lying-header")(lambda: gguf_file()[:-64])


# ONNX.
def onnx_model(domain="", location=None, branch=False):
    weights = onnx.helper.make_tensor("w", onnx.TensorProto.FLOAT, [2], [1.0, 2.0])
    if location:
        del weights.float_data[:]
        weights.data_location = onnx.TensorProto.EXTERNAL
        entry = weights.external_data.add()
        entry.key, entry.value = "location", location
    node = onnx.helper.make_node("Thing" if domain else "Add", ["x", "w"], ["y"], domain=domain)
    value = lambda name: onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [2])
    graph = onnx.helper.make_graph([node], "g", [value("x")], [value("y")], [weights])
    if branch:
        outer = onnx.helper.make_node("If", ["c"], ["y"], then_branch=graph, else_branch=graph)
        graph = onnx.helper.make_graph([outer], "h", [value("x")], [value("y")])
    sets = [onnx.helper.make_opsetid("", 21)] + ([onnx.helper.make_opsetid(domain, 1)] if domain else [])
    model = onnx.helper.make_model(graph, producer_name="north", producer_version="1.0", opset_imports=sets)
    model.ir_version = 10
    return model.SerializeToString()


clean("onnx/model.onnx", "onnx")(onnx_model)
clean("onnx/branch.onnx", "onnx")(lambda: onnx_model(branch=True))
clean("onnx/external.onnx", "onnx")(lambda: onnx_model(location="weights/w.bin"))
suspicious("onnx/operator.onnx", "onnx", "custom-operator")(lambda: onnx_model("com.example"))
suspicious("onnx/operator-in-branch.onnx", "onnx", "custom-operator")(lambda: onnx_model("com.example", branch=True))
dangerous("onnx/outside.onnx", "onnx", "path-outside")(lambda: onnx_model(location="../../../etc/passwd"))
dangerous("onnx/absolute.onnx", "onnx", "path-outside")(lambda: onnx_model(location="/etc/passwd", branch=True))
dangerous("onnx/backslash.onnx", "onnx", "path-outside")(lambda: onnx_model(location="..\\secret"))
dangerous("onnx/long-path.onnx", "onnx", "path-outside")(lambda: onnx_model(location="a/" * 600 + "../" * 601 + "x"))
unsound("onnx/length.onnx", "onnx", "lying-header")(
    lambda: b"\x08\x0a\x12\x05north\x3a\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x0a"
)


# Keras.
def layer(name, module="keras.layers", config=None, **more):
    return {"module": module, "class_name": name, "config": {} if config is None else config, "registered_name": None, **more}


def keras(*layers):
    model = layer("Sequential", "keras", {"name": "m", "layers": list(layers)})
    return zipped([("metadata.json", '{"keras_version": "3.5.0"}'), ("config.json", json.dumps(model)), ("model.weights.h5", h5())])


def h5(*classes, cut=False):
    out = io.BytesIO()
    with h5py.File(out, "w", libver="latest") as file:
        if classes:
            layers = [{"class_name": name, "config": {"name": "l"}} for name in classes]
            file.attrs["model_config"] = json.dumps({"class_name": "Sequential", "config": {"layers": layers}})
        file.create_dataset("w", data=numpy.ones(2, "f4"), track_times=False)
    return out.getvalue()


clean("keras/model.keras", "keras")(lambda: keras(layer("Dense", config={"units": 1, "name": "Lambda"})))
dangerous("keras/lambda.keras", "keras", "lambda-layer")(
    lambda: keras(layer("Dense"), layer("Lambda", config={"function": {"class_name": "__lambda__", "config": {"code": "4wEAAA"}}}))
)
dangerous("keras/escaped.keras", "keras", "lambda-layer")(
    lambda: zipped([("config.json", json.dumps(layer("Sequential", "keras", {"layers": [layer("Lambda")]})).replace("Lambda", "L\\u0061mbda"))])
)
dangerous("keras/function.keras", "keras", "dangerous-object")(lambda: keras(layer("function", "os", "system")))
dangerous("keras/get-file.keras", "keras", "dangerous-object")(
    lambda: keras(layer("function", "keras.src.utils.file_utils", "get_file"))
)
dangerous("keras/torch-module.keras", "keras", "dangerous-object")(lambda: keras(layer("TorchModuleWrapper", "keras.layers")))
unsound("keras/deep.keras", "zip", "broken-file")(
    # Deeper than is followed here, and not deeper than Python follows.
    lambda: zipped([("config.json", '{"a":' * 300 + '{"class_name": "Lambda", "config": {}}' + "}" * 300)])
)
suspicious("keras/custom.keras", "keras", "foreign-object")(lambda: keras(layer("Mine", "mine.layers", registered_name="Mine")))
clean("keras/model.h5", "hdf5")(lambda: h5("Dense", "InputLayer"))
clean("keras/weights.h5", "hdf5")(h5)
dangerous("keras/lambda.h5", "hdf5", "lambda-layer")(lambda: h5("Dense", "Lambda"))
unsound("keras/escaped.h5", "hdf5", "disagreement")(lambda: patched(h5("Dense", "0123456789A"), b"0123456789A", b"\\u004cambda"))

# Anything else.
clean("other/empty.bin", "unknown")(lambda: b"")
clean("other/text.txt", "unknown")(lambda: b"(c) 2026 North\nimport os\nos.system('true')\n")
clean("other/config.json", "unknown")(lambda: b'{"architectures": ["Llama"], "module": "os"}\n')
clean("other/noise.bin", "unknown")(lambda: bytes((index * 89 + 7) % 256 for index in range(600)))


def main():
    folder = pathlib.Path(sys.argv[1])
    expected = []
    for name, made in CASES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made["content"])
        expected.append({"file": name, **{key: made[key] for key in ("format", "verdict", "codes")}})
    lines = ",\n".join(json.dumps(line) for line in expected)
    (folder / "expected.json").write_text(f"[\n{lines}\n]\n")
    print(len(CASES), "files,", sum(len(made["content"]) for made in CASES.values()), "bytes")


main()
