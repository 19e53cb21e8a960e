//! Names that a pickle reaches by a detour are judged as if it had imported them.

use smcard_evidence::Code;

use crate::seeds::{codes, of, seed};

/// What a pickle imports, in the words of its findings.
fn imports(pickle: &str) -> Vec<String> {
    let measured = of(pickle.as_bytes());
    let imports = measured.findings.into_iter().filter(|finding| finding.code == Code::DangerousGlobal);
    imports
        .filter_map(|finding| Some(finding.message.strip_prefix("imports `")?.strip_suffix('`')?.to_owned()))
        .collect()
}

#[test]
fn what_leads_to_a_name_is_followed() {
    for detour in [
        "cbuiltins\ngetattr\n(cbuiltins\n__import__\n(S'os'\ntRS'system'\ntR",
        "cbuiltins\ngetattr\n(c__builtin__\n__import__\n(S'os.path'\ntRS'system'\ntR",
        "cbuiltins\ngetattr\n(cimportlib._bootstrap\n__import__\n(S'os'\ntRS'system'\ntR",
        "cbuiltins\ngetattr\n(cimportlib\nimport_module\n(S'os'\ntRS'system'\ntR",
        "cbuiltins\ngetattr\n(ccloudpickle.cloudpickle\nsubimport\n(S'os'\ntRS'system'\ntR",
        "cpydoc\nlocate\n(S'os.system'\ntR",
        "cpkgutil\nresolve_name\n(S'os.system'\ntR",
        "cpkgutil\nresolve_name\n(S'os:system'\ntR",
        "coperator\nattrgetter\n(S'system'\ntR(cimportlib\nimport_module\n(S'os'\ntRtR",
        "c_operator\nmethodcaller\n(S'system'\nS'true'\ntR(cimportlib\nimport_module\n(S'os'\ntRtR",
    ] {
        for call in [".", "(S'true'\ntR."] {
            let pickle = format!("{detour}{call}");
            assert!(imports(&pickle).contains(&"os.system".to_owned()), "{:?} of {pickle:?}", imports(&pickle));
        }
    }
    // And what is made of something is that.
    for detour in ["cfunctools\npartial\n(cos\nsystem\ntR", "c__builtin__\napply\n(cos\nsystem\n(S'true'\nttR"] {
        assert!(imports(&format!("{detour}.")).contains(&"os.system".to_owned()));
    }
    let of_partial = "cbuiltins\ngetattr\n(cfunctools\npartial\n(cimportlib\nimport_module\ntR(S'os'\ntRS'popen'\ntR.";
    assert!(imports(of_partial).contains(&"os.popen".to_owned()), "{:?}", imports(of_partial));
}

#[test]
fn what_else_is_called_leads_to_no_name() {
    for pickle in [
        "cmodel\nlocate\n(S'os.system'\ntR.",
        "cpydoc\nother\n(S'os.system'\ntR.",
        "cmodel\ngetattr\n(cmodel\nModel\nS'system'\ntR.",
    ] {
        assert!(!imports(pickle).iter().any(|name| name.contains("system")), "{pickle:?}");
    }
}

#[test]
fn an_array_of_joblib_whose_type_is_made_by_something_else_ends_the_look() {
    let mut content = seed("joblib/arrays.joblib");
    let known = b"\x8c\x05dtype\x94\x93";
    let at = content.windows(known.len()).position(|bytes| bytes == known).unwrap();
    content[at + 6] = b'f';
    let measured = of(&content);
    assert!(codes(&measured).contains(&"broken-file"), "{:?}", measured.findings);
    let said =
        measured.findings.iter().any(|finding| finding.message == "the size of an array of joblib cannot be seen");
    assert!(said, "{:?}", measured.findings);
}
