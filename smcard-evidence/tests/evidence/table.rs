//! What a pickle may import: what other scanners refuse is refused, and what ordinary checkpoints have is not.

use smcard_evidence::Severity;

use crate::seeds::{of, verdict};

fn importing(module: &str, name: &str) -> Vec<u8> {
    let mut content = b"\x80\x04".to_vec();
    for text in [module, name] {
        content.extend_from_slice(&[0x8c, u8::try_from(text.len()).unwrap()]);
        content.extend_from_slice(text.as_bytes());
    }
    content.extend_from_slice(b"\x93.");
    content
}

#[test]
fn what_runs_code_or_reaches_out_is_dangerous() {
    for (module, names) in [
        ("builtins", "eval exec compile open getattr __import__ breakpoint"),
        ("__builtin__", "eval apply execfile"),
        ("os", "system popen execv"),
        ("nt", "system"),
        ("subprocess", "Popen run"),
        ("socket", "socket"),
        ("shutil", "rmtree"),
        ("asyncio.base_subprocess", "BaseSubprocessTransport"),
        ("types", "CodeType FunctionType"),
        ("functools", "partial"),
        ("logging", "FileHandler"),
        ("_io", "FileIO"),
        ("torch.serialization", "load"),
        ("torch._inductor.codecache", "compile_file"),
        ("torch.fx.experimental.symbolic_shapes", "ShapeEnv.evaluate_guards_expression"),
        ("torch.jit.unsupported_tensor_ops", "execWrapper"),
        ("torch.utils.collect_env", "run"),
        ("numpy.testing._private.utils", "runstring"),
        ("numpy.f2py.crackfortran", "getlincoef"),
        ("idlelib.pyshell", "ModifiedInterpreter.runcode"),
        ("lib2to3.pgen2.grammar", "Grammar.loads"),
        ("cloudpickle.cloudpickle", "_make_function subimport"),
        ("pip._internal.cli.main", "main"),
        ("multiprocessing", "Process"),
        ("platform", "popen"),
        ("joblib", "load"),
        ("pandas", "read_pickle"),
    ] {
        for name in names.split(' ') {
            assert_eq!(verdict(&of(&importing(module, name))), "dangerous", "{module}.{name}");
        }
    }
}

#[test]
fn what_ordinary_checkpoints_import_is_clean() {
    for (module, names) in [
        ("torch", "FloatStorage BFloat16Storage Size float16 device"),
        ("torch._utils", "_rebuild_tensor_v2 _rebuild_parameter"),
        ("torch.storage", "UntypedStorage"),
        ("numpy.core.records", "record recarray"),
        ("numpy.matrixlib.defmatrix", "matrix"),
        ("collections", "OrderedDict defaultdict"),
        ("numpy", "dtype ndarray"),
        ("numpy._core.multiarray", "_reconstruct scalar"),
        ("numpy.core.multiarray", "_reconstruct scalar"),
        ("builtins", "set bytearray"),
        ("_codecs", "encode"),
        ("argparse", "Namespace"),
        ("pathlib", "PosixPath"),
        ("datetime", "datetime"),
    ] {
        for name in names.split(' ') {
            assert_eq!(verdict(&of(&importing(module, name))), "clean", "{module}.{name}");
        }
    }
}

#[test]
fn what_is_not_known_is_worth_a_look() {
    let measured = of(&importing("sklearn.linear_model._base", "LinearRegression"));
    assert_eq!(measured.findings[0].severity, Severity::Suspicious);
    assert_eq!(measured.findings[0].message, "imports `sklearn.linear_model._base.LinearRegression`");
}
