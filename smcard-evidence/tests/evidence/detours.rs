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
fn what_a_pickle_comes_back_to_is_told_apart_by_its_number() {
    for pickle in [
        "S'os'\np5\n0S'system'\np12\n0g5\ng12\n\u{93}.",
        "S'system'\np-0\n0S'os'\np1\n0S'model'\np2\n0g1\ng0\n\u{93}.",
        "S'os'\np 7 \n0S'system'\np1_0\n0g7\ng+10\n\u{93}.",
        "S'os'\np0000000000000000000000000000000000000000000000000000000000000000000000000000000000000005\n0S'system'\np1\0x\n0g5\ng1\n\u{93}.",
        // The reader that is written in Python takes any number.
        "S'os'\np99999999999999999999\n0S'system'\np99999999999999999998\n0g99999999999999999999\ng99999999999999999998\n\u{93}.",
    ] {
        // `STACK_GLOBAL` is a byte, and no character.
        let content: Vec<u8> = pickle.chars().map(|char| u8::try_from(u32::from(char)).unwrap()).collect();
        let measured = of(&content);
        let found = measured.findings.iter().any(|finding| finding.message == "imports `os.system`");
        assert!(found, "{pickle:?}: {:?}", measured.findings);
    }
}

#[test]
fn a_line_that_the_file_ends_in_is_read_as_the_reader_in_python_reads_it() {
    // The call is made before the reader asks for more.
    for pickle in ["(S'true'\niposix\nsystem!", "(S'true'\nios\nsystem\r", "(S'true'\nios\nsystem\n"] {
        assert!(imports(pickle)[0].ends_with(".system"), "{pickle:?}");
    }
}

#[test]
fn a_template_hides_no_attribute_in_escapes() {
    for class in [r"\x5f\x5fclass__", r"\137_class__", r"\u005f_class__", r"\U0000005f_class__", "__class__"] {
        let template = format!("{{{{ ''['{class}'] }}}}");
        let key = b"tokenizer.chat_template";
        let numbers = |numbers: &[u64]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
        let content = [
            b"GGUF\x03\0\0\0".as_slice(),
            &numbers(&[0, 1, key.len() as u64]),
            key,
            b"\x08\0\0\0",
            &numbers(&[template.len() as u64]),
            template.as_bytes(),
        ]
        .concat();
        assert!(codes(&of(&content)).contains(&"template-escape"), "{class}: {:?}", of(&content).findings);
    }
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
