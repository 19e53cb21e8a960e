//! The one table of what a pickle can import, and how serious each is.

use super::Risk::{self, Dangerous, Harmless, Suspicious};

/// Risk, modules (with `.*`: and all below), and what of them (`*`: everything).
///
/// Harmless is only what is named with its module. For the others a name in another module that leads to the same
/// counts too: `torch.serialization` with `os.system` is `os.system`.
pub(super) const TABLE: &[(Risk, &str, &str)] = &[
    // Code out of texts, and what leads to any attribute.
    (
        Dangerous,
        "builtins __builtin__ __builtins__",
        "eval exec execfile compile __import__ getattr setattr delattr \
        globals locals vars open file input breakpoint apply reload __build_class__ help",
    ),
    (Dangerous, "types", "CodeType FunctionType LambdaType MethodType ModuleType new_class"),
    (Dangerous, "operator _operator", "attrgetter itemgetter methodcaller call"),
    (Dangerous, "functools _functools", "partial partialmethod reduce singledispatch"),
    (Dangerous, "importlib.* imp _imp zipimport pkgutil runpy.* pydoc.* zipapp", "*"),
    (Dangerous, "code.* codeop.* bdb.* pdb.* cProfile.* profile.* trace.* timeit.* doctest.* idlelib.* lib2to3.*", "*"),
    (Dangerous, "marshal.* dis.* inspect.* gc.* _ctypes.* ctypes.* cffi.* _cffi_backend.* ffi.*", "*"),
    (
        Dangerous,
        "site.* sitecustomize usercustomize venv.* ensurepip.* pip.* setuptools.* distutils.* pkg_resources.*",
        "*",
    ),
    // Processes and the machine.
    (Dangerous, "os.* nt posix subprocess.* _posixsubprocess _winapi commands popen2 pty.* sys signal _signal", "*"),
    (Dangerous, "multiprocessing.* concurrent.futures.* threading _thread thread asyncio.* sched atexit", "*"),
    (Dangerous, "platform", "popen _syscmd_ver _syscmd_file _syscmd_uname"),
    (Dangerous, "_osx_support _aix_support _pyrepl.* webbrowser.* antigravity test.* msvcrt winreg _winreg mmap", "*"),
    (Dangerous, "uuid", "_get_command_stdout _popen getnode"),
    (Dangerous, "weakref", "finalize"),
    // Files.
    (Dangerous, "shutil.* tempfile.* fileinput linecache zipfile.* tarfile.* glob", "*"),
    (
        Dangerous,
        "pathlib.Path pathlib.PosixPath pathlib.WindowsPath",
        "open read_text read_bytes write_text write_bytes \
        unlink rmdir mkdir touch rename replace chmod symlink_to hardlink_to",
    ),
    (Dangerous, "io _io _pyio", "open open_code FileIO OpenWrapper"),
    (Dangerous, "codecs", "open EncodedFile"),
    (Dangerous, "gzip bz2 lzma", "*"),
    (Dangerous, "logging", "FileHandler"),
    (Dangerous, "logging.config logging.handlers", "*"),
    (Dangerous, "sqlite3.* dbm.* shelve.* _sqlite3", "*"),
    // The network.
    (
        Dangerous,
        "socket.* _socket ssl.* _ssl socketserver.* select selectors http.* httplib urllib.* urllib2 \
        urllib3.* requests.* httpx.* aiohttp.* ftplib.* smtplib.* poplib.* imaplib.* nntplib.* telnetlib.* xmlrpc.* \
        paramiko.* fabric.* websocket.* websockets.*",
        "*",
    ),
    // Pickles in pickles.
    (Dangerous, "pickle _pickle cPickle dill.* cloudpickle.* jsonpickle.* _compat_pickle pickletools", "*"),
    (Dangerous, "copyreg copy_reg", "pickle constructor add_extension"),
    // What libraries of models bring.
    (Dangerous, "torch.serialization", "load _load _legacy_load load_with_persistent_id"),
    (Dangerous, "torch", "load save compile classes ops"),
    (
        Dangerous,
        "torch.hub.* torch.utils.cpp_extension.* torch._inductor.* torch.distributed.* torch.multiprocessing.* \
        torch.package.* torch.utils.bottleneck.* torch.utils.collect_env torch._dynamo.* torch.testing.*",
        "*",
    ),
    (
        Dangerous,
        "torch.jit torch.jit.* torch._C",
        "load _load import_ir_module execWrapper script compile \
        CompilationUnit",
    ),
    (
        Dangerous,
        "torch.fx.* torch.utils._config_module torch.utils.data.datapipes.*",
        "ShapeEnv.evaluate_guards_expression \
        ConfigModule.load_config basichandlers _exec_with_source _forward_from_src reduce_graph_module \
        reduce_package_graph_module",
    ),
    (
        Dangerous,
        "numpy numpy.lib.npyio numpy.lib._npyio_impl",
        "load save savez loadtxt genfromtxt fromfile memmap \
        DataSource fromregex tofile",
    ),
    (Dangerous, "numpy.f2py.* numpy.testing.* numpy.distutils.* numpy.ctypeslib.*", "*"),
    (Dangerous, "numpy.lib.utils numpy.lib._utils_impl", "*"),
    (
        Dangerous,
        "pandas pandas.io.* pandas.core.computation.*",
        "read_pickle to_pickle eval read_csv read_sql read_html \
        read_json read_hdf read_parquet read_excel read_xml read_table query",
    ),
    (
        Dangerous,
        "joblib joblib.* sklearn.externals.joblib",
        "load dump _unpickle load_compatibility hash Parallel Memory",
    ),
    (
        Dangerous,
        "keras.* tensorflow.* tf_keras.*",
        "load_model model_from_json model_from_yaml model_from_config \
        func_load get_file py_func py_function numpy_function eager_py_func load_op_library load_library \
        enable_unsafe_deserialization read_file write_file",
    ),
    (Dangerous, "transformers.*", "get_class_from_dynamic_module pipeline load_repo_checkpoint"),
    (Dangerous, "sympy sympy.*", "sympify parse_expr lambdify eval_expr"),
    (Dangerous, "numexpr numexpr.*", "evaluate"),
    (Dangerous, "yaml ruamel.yaml", "load unsafe_load full_load load_all unsafe_load_all"),
    (Dangerous, "jinja2.* mako.* IPython.* ipykernel.* nose.* pytest _pytest.* py.*", "*"),
    // What leads on, but to nothing by itself.
    (Suspicious, "codecs _codecs", "lookup register getreader getwriter iterdecode"),
    (Suspicious, "torch.storage", "_load_from_bytes"),
    (Suspicious, "torch", "jit hub serialization"),
    (Suspicious, "joblib.numpy_pickle_compat joblib.numpy_pickle", "NDArrayWrapper ZNDArrayWrapper"),
    (
        Suspicious,
        "builtins __builtin__",
        "dir hasattr callable iter next zip enumerate sorted min max sum any all id \
        hash repr format ascii chr ord isinstance issubclass classmethod staticmethod property super type map filter \
        memoryview exit quit print",
    ),
    (Suspicious, "numpy.core._internal numpy._core._internal", "*"),
    (Suspicious, "types", "GenericAlias"),
    (Suspicious, "weakref _weakref", "*"),
    (
        Suspicious,
        "contextlib ast tokenize string.Formatter json.* csv configparser xml.* html.* ctypes.util time resource",
        "*",
    ),
    // Data.
    (
        Harmless,
        "builtins __builtin__",
        "object int float complex bool str bytes bytearray list tuple dict set frozenset \
        slice range xrange unicode long basestring buffer Ellipsis NotImplemented NoneType Exception BaseException \
        ValueError TypeError KeyError IndexError RuntimeError StopIteration",
    ),
    (Harmless, "collections", "OrderedDict defaultdict Counter deque ChainMap UserDict UserList UserString"),
    (Harmless, "copyreg copy_reg", "_reconstructor __newobj__ __newobj_ex__"),
    (Harmless, "_codecs", "encode"),
    (Harmless, "datetime", "date datetime time timedelta timezone tzinfo"),
    (Harmless, "decimal", "Decimal"),
    (Harmless, "fractions", "Fraction"),
    (Harmless, "uuid", "UUID"),
    (Harmless, "enum", "Enum IntEnum Flag IntFlag"),
    (Harmless, "array", "array _array_reconstructor"),
    (Harmless, "types", "SimpleNamespace"),
    (Harmless, "pathlib", "PurePath PurePosixPath PureWindowsPath Path PosixPath WindowsPath"),
    (Harmless, "argparse", "Namespace"),
    (
        Harmless,
        "numpy",
        "dtype ndarray matrix bool_ int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 \
        float64 complex64 complex128 str_ bytes_ datetime64 timedelta64 recarray record generic",
    ),
    (Harmless, "numpy.core.multiarray numpy._core.multiarray", "_reconstruct scalar"),
    (Harmless, "numpy.core.numeric numpy._core.numeric", "_frombuffer"),
    (Harmless, "numpy.core.records numpy._core.records numpy.rec", "record recarray"),
    (Harmless, "numpy.matrixlib.defmatrix", "matrix"),
    (Harmless, "numpy.ma.core", "_mareconstruct MaskedArray"),
    (
        Harmless,
        "numpy.dtypes",
        "Float64DType Float32DType Float16DType Int64DType Int32DType Int16DType Int8DType \
        UInt64DType UInt32DType UInt16DType UInt8DType BoolDType StrDType ObjectDType Complex64DType Complex128DType",
    ),
    (Harmless, "numpy.random._pickle numpy.random", "__randomstate_ctor __generator_ctor __bit_generator_ctor"),
    (Harmless, "numpy.random._mt19937", "MT19937"),
    (Harmless, "numpy.random._pcg64", "PCG64 PCG64DXSM"),
    (
        Harmless,
        "scipy.sparse scipy.sparse._csr scipy.sparse._csc scipy.sparse._coo scipy.sparse.csr scipy.sparse.csc",
        "csr_matrix csc_matrix coo_matrix csr_array csc_array coo_array",
    ),
    (Harmless, "joblib.numpy_pickle", "NumpyArrayWrapper"),
    (
        Harmless,
        "torch",
        "FloatStorage DoubleStorage HalfStorage BFloat16Storage LongStorage IntStorage ShortStorage \
        CharStorage ByteStorage BoolStorage ComplexFloatStorage ComplexDoubleStorage QInt8Storage QUInt8Storage \
        QInt32Storage QUInt4x2Storage QUInt2x4Storage Tensor Size device dtype Generator float16 float32 float64 \
        bfloat16 float int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool half double long int short complex64 \
        complex128 complex32 cfloat cdouble qint8 quint8 qint32 quint4x2 quint2x4 float8_e4m3fn float8_e5m2 \
        float8_e4m3fnuz float8_e5m2fnuz per_tensor_affine per_channel_affine strided sparse_coo sparse_csr \
        contiguous_format channels_last preserve_format",
    ),
    (
        Harmless,
        "torch._utils",
        "_rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_parameter \
        _rebuild_parameter_with_state _rebuild_qtensor _rebuild_sparse_tensor _rebuild_sparse_csr_tensor \
        _rebuild_meta_tensor_no_storage _rebuild_nested_tensor _rebuild_wrapper_subclass \
        _rebuild_device_tensor_from_numpy _rebuild_device_tensor_from_cpu_tensor",
    ),
    (Harmless, "torch._tensor", "_rebuild_from_type_v2"),
    (Harmless, "torch.storage", "TypedStorage UntypedStorage _TypedStorage _UntypedStorage"),
    (Harmless, "torch.nn.parameter", "Parameter UninitializedParameter Buffer"),
    (Harmless, "torch.serialization", "_get_layout"),
    (
        Harmless,
        "torch.cuda",
        "FloatStorage DoubleStorage HalfStorage BFloat16Storage LongStorage IntStorage ByteStorage \
        BoolStorage CharStorage ShortStorage",
    ),
];

/// Modules whose names nothing else has.
pub(super) const ALWAYS: &[&str] = &[
    "os",
    "sys",
    "posix",
    "nt",
    "subprocess",
    "builtins",
    "__builtin__",
    "importlib",
    "shutil",
    "socket",
    "ctypes",
    "pty",
    "runpy",
    "pickle",
    "marshal",
    "multiprocessing",
    "asyncio",
    "urllib",
    "http",
    "webbrowser",
    "tempfile",
];

/// How deep a real name goes: a class in a class, and its method.
pub(super) const DOTS: usize = 8;

/// What runs something, in whatever module it stands.
pub(super) const TELLING: &[&str] = &[
    "system",
    "popen",
    "Popen",
    "spawn",
    "spawnl",
    "spawnv",
    "fork",
    "forkpty",
    "exec",
    "execv",
    "execl",
    "execve",
    "execfile",
    "eval",
    "compile",
    "run",
    "runeval",
    "runcall",
    "runctx",
    "runcode",
    "runstring",
    "run_path",
    "run_module",
    "check_call",
    "check_output",
    "getoutput",
    "getstatusoutput",
    "import_module",
    "__import__",
    "load_module",
    "load_source",
    "load_dynamic",
    "load_library",
    "interact",
    "compile_command",
    "resolve_name",
];

/// Attributes by which any object leads to all of Python.
pub(super) const ESCAPES: &[&str] = &[
    "__class__",
    "__bases__",
    "__base__",
    "__mro__",
    "__subclasses__",
    "__globals__",
    "__builtins__",
    "__import__",
    "__code__",
    "__reduce__",
    "__reduce_ex__",
    "__getattribute__",
    "__getattr__",
    "__dict__",
    "__func__",
    "__self__",
    "__loader__",
    "__spec__",
    "__init__",
    "__call__",
    "__setattr__",
    "__closure__",
    "__wrapped__",
    "f_globals",
    "gi_frame",
    "cr_frame",
    "ag_frame",
    "tb_frame",
    "f_back",
    "f_locals",
    "f_builtins",
    "func_globals",
];
