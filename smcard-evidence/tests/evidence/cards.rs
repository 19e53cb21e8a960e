//! Files and reports that cards name: what is measured, and what contradicts a card or a policy.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use smcard_core::{Evidence, FORMATS, Named, Policy, SecurityCard};
use smcard_evidence::{Format, measure_cards};
use tempfile::TempDir;

use crate::reports::file as report_file;
use crate::seeds::{of, seed};

/// A folder with files, and what a card says of them.
struct Package {
    folder: TempDir,
    card: Value,
    policy: Policy,
}

impl Package {
    fn new() -> Self {
        Package { folder: TempDir::new().unwrap(), card: json!({}), policy: Policy::default() }
    }

    fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
        self
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    /// A component of the id `m` with these files and more fields.
    fn model(mut self, files: Value, more: Value) -> Self {
        let mut component = json!({ "id": "m", "kind": "Model", "files": files });
        component.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.card["system"] = json!({ "components": [component] });
        self
    }

    /// A test of the id `t` with a report and more fields.
    fn test(mut self, report: &str, more: Value) -> Self {
        let mut test = json!({ "id": "t", "kind": "RedTeaming", "report": report });
        test.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.card["security_considerations"] = json!({ "tests": [test] });
        self
    }

    fn policy(self, policy: &str) -> Self {
        Package { policy: Policy::from_toml(policy, "smcard.toml").unwrap(), ..self }
    }

    fn evidence(&self) -> Evidence {
        let text = self.card.to_string();
        let tree = SecurityCard::tree_of_json(&text).unwrap();
        measure_cards(&[Named::of(&tree)], self.folder.path(), &self.policy).remove(0)
    }

    /// Each finding: its code, its path and its line.
    fn told(&self) -> Vec<(&'static str, String, String)> {
        let findings = self.evidence().findings;
        findings.iter().map(|finding| (finding.rule.code, finding.path.clone(), finding.line())).collect()
    }

    fn codes(&self) -> Vec<&'static str> {
        self.told().into_iter().map(|(code, ..)| code).collect()
    }

    /// The only finding, at its path.
    #[track_caller]
    fn only(&self, code: &str, path: &str) -> String {
        let told = self.told();
        let [(found, at, line)] = told.as_slice() else { panic!("{told:#?}") };
        assert_eq!((*found, at.as_str()), (code, path), "{line}");
        line.clone()
    }

    fn facts(&self) -> Value {
        let card = SecurityCard { measured: self.evidence().facts, ..SecurityCard::EMPTY };
        let report = card.to_json();
        // What is measured of any file is a card's.
        let findings = SecurityCard::check_json(&report, &Policy::default(), None);
        let wrong: Vec<_> = findings.iter().filter(|finding| finding.path.starts_with("measured")).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        serde_json::from_str::<Value>(&report).unwrap()["measured"].clone()
    }
}

const FILE: &str = "system.components[0].files[0]";
const TEST: &str = "security_considerations.tests[0]";

/// The model of a seed, at a path.
fn model(name: &str, path: &str) -> Package {
    Package::new().file(path, seed(name)).model(json!([{ "path": path }]), json!({}))
}

#[test]
fn the_formats_that_a_policy_can_forbid_are_those_that_are_measured() {
    let all: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
    assert_eq!(all, FORMATS);
}

#[test]
fn a_card_without_files_has_no_facts_and_nothing_is_watched() {
    let evidence = Package::new().evidence();
    assert!(evidence.facts.0.is_empty() && evidence.findings.is_empty() && evidence.watched.is_empty());
    // A report that is kept elsewhere is not fetched.
    let evidence = Package::new().test("https://reports.example/7.json", json!({ "attempts": 3 })).evidence();
    assert!(evidence.facts.0.is_empty() && evidence.findings.is_empty() && evidence.watched.is_empty());
}

#[test]
fn facts_of_a_model_stand_under_standard_names() {
    let package = model("gguf/model.gguf", "models/north.gguf");
    let measured = of(&seed("gguf/model.gguf"));
    assert_eq!(
        package.facts(),
        json!({ "files": [{
            "component": "m", "path": "models/north.gguf", "sha256": measured.sha256, "size": measured.size,
            "format": "gguf", "architecture": "llama", "name": "north", "quantization": "Q4_K_M",
            "license": "apache-2.0", "tensors": 1, "parameters": 64, "dtypes": ["F32"],
            "chat_templates": ["tokenizer.chat_template"],
        }] })
    );
    let facts = model("onnx/operator.onnx", "a.onnx").facts();
    let facts = &facts["files"][0];
    assert_eq!((&facts["producer"], &facts["opset"]), (&json!("north 1.0"), &json!(["21", "com.example 1"])));
    assert_eq!(facts["findings"][0]["code"], "custom-operator");
    let facts = model("pytorch/model.pt", "a.pt").facts();
    assert_eq!((&facts["files"][0]["format"], &facts["files"][0]["contains"]), (&json!("pytorch"), &json!(["pickle"])));
}

#[test]
fn facts_of_a_report_count_attempts_as_a_card_does() {
    let report = "<testsuite><testcase/><testcase><failure/></testcase><testcase><error/></testcase>\
                  <testcase><skipped/></testcase></testsuite>";
    let facts = Package::new().file("r.xml", report).test("r.xml", json!({})).facts();
    let facts = &facts["reports"][0];
    let counted = ["attempts", "passes", "failures", "errors", "skips"].map(|key| facts[key].as_u64().unwrap());
    assert_eq!(counted, [2, 1, 1, 1, 1]);
    assert_eq!((&facts["test"], &facts["format"]), (&json!("t"), &json!("JUnit")));
    let facts = Package::new().file("r", report_file("garak.report.jsonl")).test("r", json!({})).facts();
    assert_eq!(facts, Value::Null, "a word is where a report is kept, and no path");
    let garak = report_file("garak.report.jsonl");
    let facts = Package::new().file("r/garak.jsonl", garak).test("r/garak.jsonl", json!({})).facts();
    assert_eq!(facts["reports"][0]["format"], "garak");
    assert!(facts["reports"][0]["tools"][0].as_str().unwrap().starts_with("garak "), "{facts}");
}

#[test]
fn what_a_file_says_of_itself_is_shown_and_cannot_break_the_report() {
    let hostile = "Unknown: \u{1b}[2J\u{202e}TODO ghp_16C7e42F292c6912E7710c838347Ae178B4a\n";
    let header = json!({ "__metadata__": { "license": hostile, "": "", "N/A": "x".repeat(3_000) } }).to_string();
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header.as_bytes());
    let package = Package::new().file("a.safetensors", file).model(json!([{ "path": "a.safetensors" }]), json!({}));
    let facts = package.facts();
    let metadata = facts["files"][0]["metadata"].to_string();
    assert!(metadata.contains("\\\\u{1b}") && !metadata.contains("12E7710c838347"), "{metadata}");
    assert!(metadata.len() < 1_000, "{metadata}");
}

#[test]
fn a_file_that_differs_from_its_digest_is_told_with_both() {
    let content = seed("safetensors/model.safetensors");
    let found = of(&content).sha256;
    let pinned = "0".repeat(64);
    let package = Package::new().file("a.safetensors", content);
    let package = package.model(json!([{ "path": "a.safetensors", "sha256": pinned }]), json!({}));
    let line = package.only("digest-mismatch", &format!("{FILE}.sha256"));
    let expected =
        format!("`a.safetensors` of `m` is not the file that the card pins: expected SHA-256 {pinned}, found {found}");
    assert!(line.starts_with(&expected), "{line}");
    // Digits in capitals are the same digits.
    let files = json!([{ "path": "a.safetensors", "sha256": found.to_uppercase() }]);
    assert_eq!(package.model(files, json!({})).codes(), [""; 0]);
}

#[test]
fn what_is_no_regular_file_in_the_folder_is_not_read() {
    let name = |path: &str| Package::new().model(json!([{ "path": path }]), json!({}));
    let line = name("models/a.onnx").only("file-missing", &format!("{FILE}.path"));
    assert!(line.starts_with("`models/a.onnx` of the component `m` cannot be read: there is no such file"), "{line}");
    let package = name("models").file("models/a", "");
    assert!(package.only("file-missing", &format!("{FILE}.path")).contains("it is a folder"));
    // Paths that other rules refuse are not followed.
    for path in ["../a", "/etc/passwd", "models/../../a", "C:\\a"] {
        let package = name(path);
        assert_eq!((package.codes(), package.evidence().watched.len()), (vec![], 0), "{path}");
    }
    let report = Package::new().test("reports/none.json", json!({}));
    let line = report.only("file-missing", &format!("{TEST}.report"));
    assert!(line.contains("`reports/none.json` of the test `t`"), "{line}");
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_folder_and_no_pipe_is_waited_for() {
    let outside = TempDir::new().unwrap();
    let secret = outside.path().join("secret.onnx");
    fs::write(&secret, seed("onnx/model.onnx")).unwrap();
    let link = |to: &Path, at: &str, path: &str| {
        let package = Package::new().file("other/model.onnx", seed("onnx/model.onnx"));
        std::os::unix::fs::symlink(to, package.path(at)).unwrap();
        package.model(json!([{ "path": path }]), json!({}))
    };
    for package in [link(&secret, "a.onnx", "a.onnx"), link(outside.path(), "models", "models/secret.onnx")] {
        package.only("path-outside-package", &format!("{FILE}.path"));
        assert_eq!(package.facts(), Value::Null);
    }
    // Within the folder a link is as good as a file.
    assert_eq!(link(Path::new("other/model.onnx"), "a.onnx", "a.onnx").codes(), [""; 0]);
    assert_eq!(link(Path::new("none"), "a.onnx", "a.onnx").codes(), ["file-missing"]);
    assert_eq!(link(Path::new("a.onnx"), "a.onnx", "a.onnx").codes(), ["file-missing"]);

    let package = Package::new().model(json!([{ "path": "pipe.onnx" }]), json!({}));
    let made = std::process::Command::new("mkfifo").arg(package.path("pipe.onnx")).status().unwrap();
    assert!(made.success());
    assert!(package.only("file-missing", &format!("{FILE}.path")).contains("it is not a regular file"));
}

#[test]
fn each_file_is_watched_and_of_one_that_is_missing_the_nearest_folder_within() {
    let files = json!([{ "path": "models/a.npy" }, { "path": "models/deep/er/b.npy" }, { "path": "c.npy" }]);
    let package = Package::new().file("models/a.npy", seed("numpy/numbers.npy")).model(files, json!({}));
    let watched: Vec<_> = package.evidence().watched;
    assert_eq!(watched, ["c.npy", "models", "models/a.npy"].map(|path| package.path(path)));
}

#[test]
fn a_file_that_several_name_is_measured_for_each() {
    let mut package = model("safetensors/model.safetensors", "a.safetensors");
    let again =
        json!({ "id": "n", "kind": "Adapter", "files": [{ "path": "a.safetensors", "sha256": "1".repeat(64) }] });
    package.card["system"]["components"].as_array_mut().unwrap().push(again);
    let facts = package.facts();
    let of: Vec<_> =
        facts["files"].as_array().unwrap().iter().map(|file| (&file["component"], &file["sha256"])).collect();
    assert_eq!((of.len(), of[0].1), (2, of[1].1));
    assert!(package.only("digest-mismatch", "system.components[1].files[0].sha256").contains("of `n`"));
}

#[test]
fn cards_of_one_package_are_measured_together_and_apart() {
    let package = model("safetensors/model.safetensors", "a.safetensors");
    let (one, other) = (package.card.to_string(), json!({}).to_string());
    let trees = [&one, &other, &one].map(|text| SecurityCard::tree_of_json(text).unwrap());
    let named = trees.each_ref().map(Named::of);
    let all = measure_cards(&named, package.folder.path(), &Policy::default());
    let files: Vec<_> = all.iter().map(|evidence| evidence.facts.get("files").is_some()).collect();
    assert_eq!(files, [true, false, true]);
}

#[test]
fn of_very_many_files_the_report_stays_within_its_bounds() {
    let files: Vec<_> = (0..9_000).map(|_| json!({ "path": "a.gguf" })).collect();
    let package = Package::new().file("a.gguf", seed("gguf/model.gguf")).model(json!(files), json!({}));
    let facts = package.facts();
    assert_eq!(facts["files"].as_array().unwrap().len(), 9_000);
    assert_eq!(facts["files"][8_999]["format"], "gguf");
}

#[test]
fn what_runs_when_it_is_loaded_is_an_error_and_what_might_is_a_warning() {
    for (seed, path, codes) in [
        ("pickle/eval.pkl", "a.pkl", vec!["unsafe-file"]),
        ("pytorch/model.pt", "a.pt", vec!["unsafe-format"]),
        ("joblib/arrays.joblib", "a.joblib", vec!["unsafe-format"]),
        ("onnx/operator.onnx", "a.onnx", vec!["file-not-cleared"]),
        ("safetensors/model.safetensors", "a.safetensors", vec![]),
        ("numpy/numbers.npy", "a.npy", vec![]),
    ] {
        assert_eq!(model(seed, path).codes(), codes, "{seed}");
    }
    let line = model("pickle/eval.pkl", "a.pkl").only("unsafe-file", &format!("{FILE}.path"));
    assert!(line.starts_with("`a.pkl` of `m` is dangerous to load: imports `"), "{line}");
}

#[test]
fn a_forbidden_format_is_found_in_whatever_it_stands() {
    let forbid = "[files]\nforbid = [\"pickle\"]\n";
    for (seed, path) in [
        ("pytorch/model.pt", "a.pt"),
        ("joblib/arrays.joblib", "a.joblib"),
        ("numpy/objects.npy", "a.npy"),
        ("compressed/data.pkl.gzip", "a.gz"),
    ] {
        let package = model(seed, path).policy(forbid);
        assert!(package.codes().contains(&"format-forbidden"), "{seed}: {:?}", package.told());
        assert!(!package.codes().contains(&"unsafe-format"), "{seed}: one mistake is one finding");
    }
    let line = model("pytorch/model.pt", "a.pt").policy(forbid).only("format-forbidden", &format!("{FILE}.path"));
    assert!(
        line.contains("is of the format `pytorch`, which holds `pickle`, and the policy forbids `pickle`"),
        "{line}"
    );
    assert!(line.contains("forbidden by smcard.toml:2"), "{line}");
    assert_eq!(model("safetensors/model.safetensors", "a.safetensors").policy(forbid).codes(), [""; 0]);
    let unknown = Package::new().file("a.bin", "words").model(json!([{ "path": "a.bin" }]), json!({}));
    assert_eq!(unknown.codes(), [""; 0]);
    assert_eq!(unknown.policy("[files]\nforbid = [\"unknown\"]\n").codes(), ["format-forbidden"]);
}

/// A member of a tar.
fn member(name: &str, content: &[u8]) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
    header[148..156].fill(b' ');
    header[156] = b'0';
    header[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    header.extend_from_slice(content);
    header.resize(header.len().next_multiple_of(512), 0);
    header
}

#[test]
fn an_archive_with_more_members_than_are_listed_hides_no_forbidden_format() {
    let tar = |arrays: usize| {
        let array = seed("numpy/numbers.npy");
        let mut tar: Vec<u8> = (0..arrays).flat_map(|number| member(&format!("{number}.npy"), &array)).collect();
        tar.extend(member("last.pkl", &seed("pickle/data-4.pkl")));
        tar.extend([0; 1024]);
        Package::new().file("a.tar", tar).model(json!([{ "path": "a.tar" }]), json!({}))
    };
    let forbid = "[files]\nforbid = [\"pickle\"]\n";
    assert!(tar(3).policy(forbid).only("format-forbidden", &format!("{FILE}.path")).contains("which holds `pickle`"));
    let line = tar(300).policy(forbid).only("format-forbidden", &format!("{FILE}.path"));
    assert!(line.contains("holds too many members to show that none has a forbidden format"), "{line}");
}

#[test]
fn a_name_that_promises_another_format_is_told() {
    let line = model("onnx/model.onnx", "a.safetensors").only("fact-mismatch", &format!("{FILE}.path"));
    assert!(
        line.starts_with("`a.safetensors` of `m` ends in `.safetensors`: expected safetensors, found onnx"),
        "{line}"
    );
    let cut = Package::new().file("a.gguf", "words").model(json!([{ "path": "a.gguf" }]), json!({}));
    assert!(
        cut.only("fact-mismatch", &format!("{FILE}.path")).contains("expected gguf, found a format that is not known")
    );
}

#[test]
fn a_licence_that_the_file_contradicts_is_told_where_the_card_says_it() {
    let gguf = |license: &str| {
        let package = Package::new().file("a.gguf", seed("gguf/model.gguf"));
        package.model(json!([{ "path": "a.gguf" }]), json!({ "license": license }))
    };
    let line = gguf("MIT").only("fact-mismatch", "system.components[0].license");
    assert!(line.contains("names another licence than the card: expected `MIT`, found `apache-2.0`"), "{line}");
    for same in ["Apache-2.0", "apache-2.0", "Apache License 2.0", "MIT OR Apache-2.0"] {
        assert_eq!(gguf(same).codes(), [""; 0], "{same}");
    }
    // Nobody can tell what these mean.
    for free in ["LicenseRef-", "A licence of our own", "GPL-2.0"] {
        assert_eq!(gguf(free).codes(), [""; 0], "{free}");
    }
    // The licence of the card is that of its only model.
    let mut package = model("safetensors/model.safetensors", "a.safetensors");
    package.card["model_details"] = json!({ "license": "Apache-2.0" });
    package.only("fact-mismatch", "model_details.license");
    package.card["system"]["components"][0]["kind"] = json!("Adapter");
    assert_eq!(package.codes(), [""; 0]);
}

/// Tensors of so many parameters.
fn tensors(dtype: &str, bytes: usize, parameters: usize, metadata: &Value) -> Vec<u8> {
    let size = bytes * parameters;
    let tensor = json!({ "dtype": dtype, "shape": [parameters], "data_offsets": [0, size] });
    let header = json!({ "__metadata__": metadata, "weight": tensor }).to_string();
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header.as_bytes());
    file.resize(file.len() + size, 0);
    file
}

/// A component with these files of so many half-precision parameters each.
fn sized(files: &[(&str, usize)], stated: u64) -> Package {
    let mut package = Package::new();
    for (path, parameters) in files {
        package = package.file(path, tensors("F16", 2, *parameters, &json!({})));
    }
    let named: Vec<Value> = files.iter().map(|(path, _)| json!({ "path": path })).collect();
    package.model(named.into(), json!({ "parameters": stated }))
}

#[test]
fn another_number_of_parameters_than_the_files_hold_is_told() {
    let one = [("a.safetensors", 1000)];
    let line = sized(&one, 2000).only("fact-mismatch", "system.components[0].parameters");
    let expected = "the files of `m` do not hold what the card says: expected 2000 parameters, found 1000";
    assert!(line.starts_with(expected), "{line}");
    // A quarter is for buffers, shared tables and rounding.
    for (stated, told) in [(799, 1), (800, 0), (1000, 0), (1333, 0), (1334, 1), (0, 1), (9_007_199_254_740_991, 1)] {
        assert_eq!(sized(&one, stated).codes().len(), told, "{stated}");
    }
    let three = [("1.safetensors", 1000), ("2.safetensors", 1000), ("3.safetensors", 1000)];
    for (stated, told) in [(3000, 0), (1000, 0), (2000, 1)] {
        assert_eq!(sized(&three, stated).codes().len(), told, "the parts of a model, or copies: {stated}");
    }
}

#[test]
fn a_model_in_two_formats_has_the_parameters_of_one() {
    let gguf = seed("gguf/model.gguf");
    let smcard_evidence::Facts::Gguf(facts) = of(&gguf).facts else { panic!() };
    let count = facts.parameters;
    let parts = usize::try_from(count).unwrap() / 2;
    let both = |stated: u64| {
        let package = sized(&[("1.safetensors", parts), ("2.safetensors", parts)], stated).file("a.gguf", &gguf);
        package.model(
            json!([{ "path": "1.safetensors" }, { "path": "2.safetensors" }, { "path": "a.gguf" }]),
            json!({ "parameters": stated }),
        )
    };
    assert_eq!(both(count).codes(), [""; 0]);
    assert_eq!(both(count * 2).codes(), ["fact-mismatch"]);
}

#[test]
fn what_packs_parameters_or_holds_none_bears_out_any_number() {
    let stating = |path: &str, content: Vec<u8>| {
        let package = Package::new().file(path, content);
        package.model(json!([{ "path": path }]), json!({ "parameters": 7_000_000_000_u64 })).codes()
    };
    assert_eq!(stating("a.safetensors", tensors("F16", 2, 100, &json!({}))), ["fact-mismatch"]);
    assert_eq!(stating("a.safetensors", tensors("I32", 4, 100, &json!({}))), [""; 0]);
    assert_eq!(stating("a.onnx", seed("onnx/model.onnx")), ["fact-mismatch"]);
    // Operators of its own may pack weights as they like.
    let told = stating("a.onnx", seed("onnx/operator.onnx"));
    assert!(!told.contains(&"fact-mismatch"), "{told:?}");
    assert_eq!(stating("a.gguf", seed("gguf/model.gguf")), ["fact-mismatch"]);
    assert_eq!(stating("a.safetensors", tensors("F16", 2, 0, &json!({}))), [""; 0]);
    assert_eq!(stating("a.txt", b"words".to_vec()), [""; 0]);
}

#[test]
fn an_architecture_that_a_file_contradicts_is_told() {
    let gguf = |architecture: &str| {
        let package = Package::new().file("a.gguf", seed("gguf/model.gguf"));
        package.model(json!([{ "path": "a.gguf" }]), json!({ "architecture": architecture }))
    };
    let line = gguf("Mamba").only("fact-mismatch", "system.components[0].architecture");
    assert!(
        line.starts_with("`a.gguf` of `m` names another architecture than the card: expected `Mamba`, found `llama`"),
        "{line}"
    );
    for same in ["llama", "Llama 3.1", "LlamaForCausalLM", "LL-ama"] {
        assert_eq!(gguf(same).codes(), [""; 0], "{same}");
    }
    let tensors = tensors("F16", 2, 10, &json!({ "modelspec.architecture": "flux-1-dev" }));
    let package = Package::new().file("a.safetensors", tensors);
    let stated = |it: &str| json!({ "architecture": it });
    let package = package.model(json!([{ "path": "a.safetensors" }]), stated("Flux.1 [dev]"));
    assert_eq!(package.codes(), [""; 0]);
    package
        .model(json!([{ "path": "a.safetensors" }]), stated("SDXL"))
        .only("fact-mismatch", "system.components[0].architecture");
}

#[test]
fn weights_beside_a_model_are_named_too() {
    let files = json!([{ "path": "models/a.onnx" }]);
    let package = Package::new().file("models/a.onnx", seed("onnx/external.onnx"));
    let package = package.file("models/weights/w.bin", "1").model(files, json!({}));
    let line = package.only("file-not-cleared", &format!("{FILE}.path"));
    assert!(line.contains("keeps weights in `weights/w.bin`, which the card does not name"), "{line}");
    assert!(line.contains("add `{ path: \"models/weights/w.bin\" }`"), "{line}");
    let files = json!([{ "path": "models/a.onnx" }, { "path": "models/weights/w.bin" }]);
    assert_eq!(package.model(files, json!({})).codes(), [""; 0]);
}

/// A report of so many passes, failures, errors and skips.
fn junit([passes, failures, errors, skips]: [usize; 4]) -> String {
    let cases = "<testcase/>".repeat(passes)
        + &"<testcase><failure/></testcase>".repeat(failures)
        + &"<testcase><error/></testcase>".repeat(errors)
        + &"<testcase><skipped/></testcase>".repeat(skips);
    format!("<testsuite>{cases}</testsuite>")
}

fn reported(counts: [usize; 4], more: Value) -> Package {
    Package::new().file("r.xml", junit(counts)).test("r.xml", more)
}

#[test]
fn counts_of_a_card_are_those_that_were_judged() {
    assert_eq!(reported([7, 3, 5, 2], json!({ "attempts": 10, "failures": 3 })).codes(), [""; 0]);
    let line = reported([7, 3, 5, 2], json!({ "attempts": 17 })).only("count-mismatch", &format!("{TEST}.attempts"));
    assert!(line.starts_with("`r.xml` does not bear out `attempts` of `t`: expected 17, found 10"), "{line}");
    assert!(line.contains("the report counts 7 passes, 3 failures, 5 errors and 2 skips"), "{line}");
    reported([7, 3, 0, 0], json!({ "failures": 2 })).only("count-mismatch", &format!("{TEST}.failures"));
    let both = reported([7, 3, 0, 0], json!({ "attempts": 1, "failures": 2 }));
    assert_eq!(both.codes(), ["count-mismatch", "count-mismatch"]);
}

#[test]
fn a_result_is_what_the_report_bears_out() {
    for (result, counts, more, holds) in [
        ("Passed", [3, 0, 0, 0], json!({}), true),
        ("Passed", [3, 0, 2, 2], json!({}), true),
        ("Passed", [0, 0, 2, 0], json!({}), false),
        ("Passed", [0, 0, 0, 2], json!({}), false),
        ("Passed", [0, 0, 0, 0], json!({}), false),
        ("Passed", [3, 1, 0, 0], json!({}), false),
        // Few enough, says the card.
        ("Passed", [3, 1, 0, 0], json!({ "failures": 1 }), true),
        ("Failed", [3, 1, 0, 0], json!({}), true),
        ("Failed", [3, 0, 1, 0], json!({}), true),
        ("Failed", [3, 0, 0, 0], json!({}), false),
        ("Inconclusive", [0, 0, 2, 0], json!({}), true),
    ] {
        let mut more = more;
        more["result"] = json!(result);
        let told = reported(counts, more).told();
        let expected = if holds { vec![] } else { vec![("count-mismatch", format!("{TEST}.result"))] };
        let found: Vec<_> = told.iter().map(|(code, path, _)| (*code, path.clone())).collect();
        assert_eq!(found, expected, "{result} {counts:?}");
    }
}

#[test]
fn a_report_that_cannot_be_read_bears_out_nothing() {
    let report = |path: &str, content: &str, more: Value| Package::new().file(path, content).test(path, more);
    let whole = junit([2, 0, 0, 0]);
    let line = report("r.xml", &whole.replace("</testsuite>", ""), json!({ "attempts": 2 }))
        .only("report-unreadable", &format!("{TEST}.report"));
    assert!(line.starts_with("`r.xml`, the report of `t`, cannot be read: "), "{line}");
    // What a program should read, and what counts rest on.
    for (path, more) in [("r.json", json!({})), ("r.sarif", json!({})), ("r.pdf", json!({ "failures": 0 }))] {
        let line = report(path, "words", more).only("report-unreadable", &format!("{TEST}.report"));
        assert!(line.contains("is in no layout that is read"), "{line}");
    }
    // A report for people is pinned all the same.
    let people = report("r.pdf", "words", json!({ "report_sha256": "0".repeat(64) }));
    people.only("digest-mismatch", &format!("{TEST}.report_sha256"));
    let people = report("r.pdf", "words", json!({}));
    assert_eq!((people.codes(), &people.facts()["reports"][0]["format"]), (vec![], &json!("unknown")));
    let asked = people.policy("[evidence]\nreport = true\n");
    assert!(asked.only("report-unreadable", &format!("{TEST}.report")).contains("smcard.toml:2 asks for a report"));
}

#[test]
fn limits_of_a_policy_hold_for_what_was_counted() {
    let limit = "[evidence]\nmax_attack_success_rate = 0.1\n";
    assert_eq!(reported([9, 1, 90, 0], json!({})).policy(limit).codes(), [""; 0]);
    let line =
        reported([8, 1, 90, 0], json!({})).policy(limit).only("attack-success-above-policy", &format!("{TEST}.report"));
    assert!(line.starts_with("1 of the 9 attempts in `t` succeeded against the model (0.111)"), "{line}");
    assert!(line.contains("smcard.toml:2 allows a share of 0.1 at most"), "{line}");
    // What the card states, the rule on the card itself compares.
    assert_eq!(reported([8, 1, 0, 0], json!({ "attempts": 9, "failures": 1 })).policy(limit).codes(), [""; 0]);
    assert_eq!(reported([8, 1, 0, 0], json!({ "kind": "ModelScan" })).policy(limit).codes(), [""; 0]);

    let limit = "[evidence]\nmax_unjudged_rate = 0.2\n";
    assert_eq!(reported([8, 0, 1, 1], json!({})).policy(limit).codes(), [""; 0]);
    let line = reported([7, 0, 1, 1], json!({})).policy(limit).only("unjudged-above-policy", &format!("{TEST}.report"));
    assert!(line.starts_with("2 of 9 attempts in `t` have no verdict"), "{line}");
    assert_eq!(reported([0, 0, 0, 0], json!({})).policy(limit).codes(), ["unjudged-above-policy"]);
}
