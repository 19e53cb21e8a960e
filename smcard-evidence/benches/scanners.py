"""Makes a checkpoint of 200 MB as `torch.save` writes it, and 1,000 small pickles."""

import collections, io, pathlib, pickle, sys, types, zipfile

folder = pathlib.Path(sys.argv[1])
torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
FloatStorage = type("FloatStorage", (), {"__module__": "torch"})


def _rebuild_tensor_v2():
    pass


_rebuild_tensor_v2.__module__ = "torch._utils"
_rebuild_tensor_v2.__qualname__ = "_rebuild_tensor_v2"
torch.FloatStorage, torch._utils, utils._rebuild_tensor_v2 = FloatStorage, utils, _rebuild_tensor_v2
sys.modules["torch"], sys.modules["torch._utils"] = torch, utils

TENSORS, ITEMS = 200, 250_000


class Storage:
    def __init__(self, key):
        self.key = key


class Tensor:
    def __init__(self, key):
        self.key = key

    def __reduce__(self):
        return _rebuild_tensor_v2, (Storage(self.key), 0, (500, 500), (500, 1), False, collections.OrderedDict())


class Pickler(pickle.Pickler):
    def persistent_id(self, value):
        if isinstance(value, Storage):
            return "storage", FloatStorage, value.key, "cpu", ITEMS


out = io.BytesIO()
state = collections.OrderedDict((f"layers.{at}.weight", Tensor(str(at))) for at in range(TENSORS))
Pickler(out, 2).dump(state)
with zipfile.ZipFile(folder / "model.pt", "w") as archive:
    archive.writestr("model/data.pkl", out.getvalue())
    archive.writestr("model/version", "3\n")
    for at in range(TENSORS):
        archive.writestr(f"model/data/{at}", bytes([at]) * 4 * ITEMS)

pickles = folder / "pickles"
pickles.mkdir()
for at in range(1000):
    value = {"name": f"model {at}", "weights": [at / 7] * 50, "labels": collections.OrderedDict(a=at, b=None)}
    (pickles / f"{at}.pkl").write_bytes(pickle.dumps(value))
