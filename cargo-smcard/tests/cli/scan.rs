//! `smcard scan`: any file or folder, without a card.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::session::Folder;

/// Calls `os.system`, as Python writes it.
const HARMFUL: &[u8] = b"\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R.";
const HARMLESS: &[u8] = b"\x80\x02}X\x01\0\0\0aK\x01s.";
const UNKNOWN: &[u8] = b"\x80\x02cmodel\nModel\n)\x81.";

fn json(folder: &Folder, arguments: &[&str], code: i32) -> Value {
    let said = folder.smcard(&[&["scan", "--format", "json"], arguments].concat()).ended(code);
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}", said.out))
}

/// Each file and the codes of its findings.
fn told(output: &Value) -> Vec<(String, Vec<String>)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let codes = |file: &Value| file["findings"].as_array().unwrap().iter().map(|it| text(&it["code"])).collect();
    output["files"].as_array().unwrap().iter().map(|file| (text(&file["file"]), codes(file))).collect()
}

#[test]
fn a_file_that_would_run_code_is_an_error_and_one_that_nobody_knows_a_warning() {
    let folder = Folder::new().file("a.bin", HARMLESS).file("b.txt", UNKNOWN).file("c.json", HARMFUL);
    let said = folder.smcard(&["scan", "a.bin", "b.txt"]).ended(0);
    assert!(said.out.starts_with("a.bin: pickle, 13 bytes, 1 pickle\n"), "{}", said.out);
    assert!(said.out.contains("warning[unknown-global]: imports `model.Model`\n --> b.txt\n"), "{}", said.out);
    assert_eq!(said.err, "looked at 2 files: 0 errors, 1 warning\n");

    let said = folder.smcard(&["scan", "."]).ended(1);
    assert!(said.out.contains("error[dangerous-global]: imports `posix.system`\n --> c.json\n"), "{}", said.out);
    folder.smcard(&["scan", "c.json", "not-there"]).ended(2);
    folder.smcard(&["scan"]).ended(2);
}

#[test]
fn json_says_what_was_measured_and_what_was_found() {
    let folder = Folder::new().file("net.pt", HARMFUL);
    let output = json(&folder, &["net.pt"], 1);
    let file = &output["files"][0];
    assert_eq!(file.get("sha256"), Some(&Value::Null), "it was not asked for");
    assert_eq!((&file["format"], &file["size"], &file["errors"]), (&json!("pickle"), &json!(28), &json!(1)));
    assert_eq!(
        file["facts"]["globals"],
        json!([{ "module": "posix", "name": "system", "risk": "dangerous" }]),
        "what it would run"
    );
    assert_eq!(
        file["findings"],
        json!([{
            "code": "dangerous-global", "severity": "dangerous", "level": "error", "place": "byte 2",
            "message": "imports `posix.system`",
        }])
    );
    assert_eq!(output["summary"], json!({ "files": 1, "errors": 1, "warnings": 0, "left_out": 0 }));
}

#[test]
fn the_digest_is_said_if_it_is_asked_for() {
    let folder = Folder::new().file("net.pt", HARMFUL);
    let output = json(&folder, &["--digest", "net.pt"], 1);
    let digest = "54790fd37f11894c191b3673d3b4c3d52e78c0062bce2fbdc2e2d405e31d32d5";
    assert_eq!(output["files"][0]["sha256"], digest);
    let said = folder.smcard(&["scan", "--digest", "net.pt"]).ended(1);
    let first = said.out.lines().next().unwrap();
    assert_eq!(first, format!("net.pt: pickle, 28 bytes, 1 pickle, imports posix.system, sha256 {digest}"));
}

#[test]
fn a_folder_is_told_in_the_order_of_its_names_whatever_these_are_and_says_what_was_left_out() {
    let folder = Folder::new();
    let mut expected = Vec::new();
    for number in 0..600 {
        let name = format!("d{}/{number:03}", number % 3);
        folder.write(&name, if number % 5 == 0 { HARMFUL } else { HARMLESS });
        expected.push((name, if number % 5 == 0 { vec!["dangerous-global".to_owned()] } else { Vec::new() }));
    }
    expected.sort();
    folder.write(".hidden.pkl", HARMFUL);
    folder.write("target/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55");
    folder.write("target/x.pkl", HARMFUL);
    let output = json(&folder, &["."], 1);
    assert_eq!(told(&output), expected);
    // The other hidden one is `.git`.
    assert_eq!(output["summary"]["left_out"], 3);
    let said = folder.smcard(&["scan", "."]).ended(1);
    assert!(said.err.ends_with("note: 3 entries of folders left out: hidden, or written by a build\n"), "{}", said.err);
    assert_eq!(said.out, folder.smcard(&["scan", "."]).out, "the same at any time");
    let all = json(&folder, &[".hidden.pkl", "target/x.pkl"], 1);
    assert_eq!(told(&all).len(), 2, "what is named is looked at");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_within_the_folder_alone() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new().file("models/a.pkl", HARMLESS).file("outside.pkl", HARMFUL);
    symlink("a.pkl", folder.path("models/b.pkl")).unwrap();
    symlink("../outside.pkl", folder.path("models/c.pkl")).unwrap();
    symlink("nowhere", folder.path("models/d.pkl")).unwrap();
    symlink(".", folder.path("models/e")).unwrap();
    let output = json(&folder, &["models"], 1);
    let not_followed = vec!["link-not-followed".to_owned()];
    assert_eq!(
        told(&output),
        [
            ("models/a.pkl".to_owned(), Vec::new()),
            ("models/b.pkl".to_owned(), Vec::new()),
            ("models/c.pkl".to_owned(), not_followed.clone()),
            ("models/d.pkl".to_owned(), not_followed),
        ]
    );
    assert_eq!(told(&json(&folder, &["models/c.pkl"], 1))[0].1, ["dangerous-global"], "what is named is followed");
}

#[test]
fn nothing_in_a_file_reaches_the_terminal_as_it_is() {
    let name = "sys\u{1b}[2Jtem\u{202e}";
    let pickle = [b"\x80\x02cposix\n", name.as_bytes(), b"\n."].concat();
    let folder = Folder::new().file("a.pkl", pickle);
    for format in ["human", "json", "sarif"] {
        let said = folder.smcard(&["scan", "--format", format, "."]).ended(1);
        assert!(!said.out.contains(['\u{1b}', '\u{202e}']) && said.out.contains("posix"), "{format}: {}", said.out);
    }
}

const SARIF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/schemas/sarif-schema-2.1.0.json");

#[test]
fn sarif_names_the_rule_of_each_result_and_is_valid_by_its_schema() {
    let folder = Folder::new().file("a b.pkl", HARMFUL).file("c.pkl", UNKNOWN);
    let said = folder.smcard(&["scan", "--format", "sarif", "."]).ended(1);
    let sarif: Value = serde_json::from_str(&said.out).unwrap();
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    assert_eq!((&results[0]["level"], &results[1]["level"]), (&json!("error"), &json!("warning")));
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%20b.pkl");
    if !Path::new(SARIF).is_file() {
        println!("SKIPPED: validating SARIF, since the schema is not beside the repository");
        return;
    }
    let schema: Value = serde_json::from_str(&fs::read_to_string(SARIF).unwrap()).unwrap();
    let errors: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&sarif).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0]);
}

#[test]
fn each_finding_can_be_explained() {
    let said = Folder::new().smcard(&["explain", "lambda-layer"]).ended(0);
    assert!(said.out.starts_with("lambda-layer: A Keras model brings no code of its own.\n"), "{}", said.out);
}

#[test]
fn the_readme_shows_what_is_said() {
    let readme = include_str!("../../README.md");
    let (_, section) = readme.split_once("\n## `smcard scan`").unwrap();
    let shown = section.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = Folder::new().file("models/net.pt", HARMFUL);
    let said = folder.smcard(&["scan", "models/"]).ended(1);
    assert_eq!(said.out.trim_end(), shown.trim_end());
}

#[test]
fn a_report_is_told_by_its_tool_numbers_and_ids_whatever_its_name() {
    let eval = r#"{"entry_type": "eval", "probe": "web_injection.MarkdownXSS", "detector": "d.D", "passed": 6, "fails": 2, "nones": 1}"#;
    let init = r#"{"entry_type": "init", "garak_version": "0.17.1"}"#;
    let text = format!("{init}\n{eval}\n{}\n", r#"{"entry_type": "completion"}"#);
    let folder = Folder::new().file("model.bin", text.as_bytes());
    let said = folder.smcard(&["scan", "model.bin"]).ended(0);
    let expected = "model.bin: report, 196 bytes, of garak 0.17.1, 9 attempts, 6 passed, 2 failed, 0 errors, 1 skipped, \
         refs CWE-79 LLM02:2023 LLM06:2023, AVID S0301 S0403\n";
    assert!(said.out.starts_with(expected), "{}", said.out);
    let output = json(&folder, &["model.bin"], 0);
    let file = &output["files"][0];
    assert_eq!(file["facts"]["counts"], json!({ "attempts": 9, "passes": 6, "failures": 2, "errors": 0, "skips": 1 }));
    assert_eq!(file["facts"]["refs"], json!(["CWE-79", "LLM02:2023", "LLM06:2023"]));
    let sarif = folder.smcard(&["scan", "--format", "sarif", "model.bin"]).ended(0);
    assert!(!sarif.out.contains("garak"), "only findings are results: {}", sarif.out);

    folder.write("cut.jsonl", &text.as_bytes()[..text.len() - 10]);
    let said = folder.smcard(&["scan", "cut.jsonl"]).ended(1);
    assert!(said.out.contains(", of garak 0.17.1, no numbers, "), "{}", said.out);
    assert!(
        said.out.contains("error[report-unreadable]: it ends in the middle, at line 3, column 19\n"),
        "{}",
        said.out
    );
    assert!(folder.smcard(&["explain", "report-unreadable"]).ended(0).out.contains("None of its numbers are used"));
}

#[test]
fn the_reports_that_smcard_writes_are_read_by_it() {
    let folder = Folder::new().file("models/a.pkl", HARMFUL).file("models/b.pkl", UNKNOWN);
    folder.write("scan.out", folder.smcard(&["scan", "--format", "sarif", "models"]).ended(1).out);
    folder.write("card.json", "{}");
    let junit = folder.smcard(&["check", "--format", "junit", "card.json"]).ended(1).out;
    folder.write("check.out", &junit);
    let output = json(&folder, &["scan.out", "check.out"], 0);
    let [scan, check] = [0, 1].map(|at| &output["files"][at]["facts"]);
    assert_eq!((&scan["kind"], &scan["counts"]["failures"]), (&json!("sarif"), &json!(2)));
    assert_eq!(scan["severities"], json!({ "error": 1, "warning": 1 }));
    assert_eq!(
        (&check["kind"], &check["counts"]["failures"]),
        (&json!("junit"), &json!(junit.matches("<failure").count()))
    );
    assert_ne!(check["counts"]["failures"], 0);
}
