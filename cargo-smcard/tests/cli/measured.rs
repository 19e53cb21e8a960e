//! Files that cards name: `smcard check` and `smcard import` measure them.

use serde_json::{Value, json};

use crate::session::{Folder, REPORT, codes};

/// A harmful pickle.
const PICKLE: &str = "cos\nsystem\n(S'id'\ntR.";

/// A test suite of one pass and one failure.
const JUNIT: &str = "<testsuite><testcase name=\"a\"/><testcase name=\"b\"><failure/></testcase></testsuite>";

/// A card that names a model of this format by its end, and a report with these counts.
fn card(model: &str, attempts: u64) -> Value {
    let mut card: Value = serde_json::from_str(REPORT).unwrap();
    card["system"] = json!({ "components": [{ "id": "sorter", "kind": "Library", "files": [{ "path": model }] }] });
    card["security_considerations"]["tests"] = json!([{
        "id": "patches", "kind": "AdversarialTesting", "tool": "pytest", "date": "2026-03", "attempts": attempts,
        "failures": 1, "report": "reports/patches.xml",
    }]);
    card
}

fn folder(card: &Value) -> Folder {
    let folder = Folder::new().file("cards/card.json", serde_json::to_string_pretty(card).unwrap());
    folder.file("cards/model.pkl", PICKLE).file("cards/reports/patches.xml", JUNIT)
}

#[test]
fn the_files_of_a_card_lie_beside_it_and_what_they_contradict_is_shown_with_its_line() {
    let folder = folder(&card("model.pkl", 3));
    let said = folder.check(&["cards/card.json"]).ended(1);
    assert!(
        said.err.contains("error[unsafe-file]: `model.pkl` of `sorter` is dangerous to load: imports `os.system`\n")
    );
    let excerpt = "\
error[count-mismatch]: `reports/patches.xml` does not bear out `attempts` of `patches`: expected 3, found 2
  --> cards/card.json:42:21
   |
42 |         \"attempts\": 3,
   |                     ^
   |
   = help: correct the card, or find out who changed the report
   = note: the report counts 1 pass, 1 failure, 0 errors and 0 skips; passes and failures are the attempts
";
    assert!(said.err.contains(excerpt), "{}", said.err);
    folder.write("cards/smcard.toml", "[files]\nforbid = [\"pickle\"]\n[level]\nunsafe-file = \"allow\"\n");
    assert_eq!(codes(&folder.json(&["cards"])), ["format-forbidden", "count-mismatch"]);
    // So too where the user is in its folder, or names it from elsewhere.
    let inside = crate::session::Said::of(
        crate::session::command("smcard").current_dir(folder.path("cards")).args(["check", "card.json"]),
    );
    assert!(inside.ended(1).err.contains("format-forbidden"));
}

#[test]
fn every_format_of_a_check_tells_of_files() {
    let folder = folder(&card("model.pkl", 2));
    for (format, part) in [
        ("json", "\"path\": \"system.components[0].files[0].path\""),
        ("sarif", "\"ruleId\": \"unsafe-file\""),
        ("github", "title=unsafe-file::`model.pkl`"),
        ("junit", "unsafe-file"),
    ] {
        let said = folder.check(&["--format", format, "cards/card.json"]).ended(1);
        let text = said.out.replace("\":\"", "\": \"");
        assert!(text.contains(part), "{format}: {text}");
    }
}

#[test]
fn a_card_in_yaml_is_measured_as_one_in_json() {
    let yaml =
        "system:\n  components:\n    - id: sorter\n      kind: Library\n      files:\n        - path: none.onnx\n";
    let folder = Folder::new().file("card.yaml", yaml);
    let said = folder.check(&["card.yaml"]).ended(1);
    let missing = "error[file-missing]: `none.onnx` of the component `sorter` cannot be read: there is no such file\n \
                   --> card.yaml:6:17\n";
    assert!(said.err.contains(missing), "{}", said.err);
}

#[test]
fn a_report_far_from_its_files_is_told_to_be_compared_with_nothing() {
    let mut report = card("models/none.onnx", 2);
    report["measured"] = json!({ "files": [{ "path": "models/none.onnx", "sha256": "00" }] });
    let folder = Folder::new().file("report.json", report.to_string());
    assert_eq!(codes(&folder.json(&["report.json"])), ["not-measured"]);
    folder.check(&["report.json"]).ended(0);
    // As soon as one of them is here, the other is missing.
    folder.write("reports/patches.xml", JUNIT);
    assert_eq!(codes(&folder.json(&["report.json"])), ["file-missing"]);
    std::fs::remove_file(folder.path("reports/patches.xml")).unwrap();
    folder.write("smcard.toml", "[files]\nforbid = [\"pickle\"]\n");
    let said = folder.check(&["report.json"]).ended(1);
    assert!(said.err.contains("error[not-measured]"), "{}", said.err);
    // Whatever a card that no build wrote names has to be here.
    report.as_object_mut().unwrap().remove("measured");
    folder.write("report.json", report.to_string());
    assert_eq!(codes(&folder.json(&["report.json"])), ["file-missing", "file-missing"]);
}

#[test]
fn a_file_that_has_changed_since_it_was_measured_is_told() {
    let mut report = card("model.onnx", 2);
    let digest = "1".repeat(64);
    report["measured"] = json!({ "reports": [{ "path": "reports/patches.xml", "sha256": digest }] });
    let folder = Folder::new().file("report.json", report.to_string()).file("reports/patches.xml", JUNIT);
    folder.write("smcard.toml", "[level]\nfile-missing = \"allow\"\n");
    let found = folder.json(&["report.json"]);
    assert_eq!(codes(&found), ["digest-mismatch"]);
    let finding = &found["files"][0]["findings"][0];
    assert_eq!(finding["path"], "measured.reports[0].sha256");
    let message = finding["message"].as_str().unwrap();
    assert!(
        message.contains(&format!("has changed since it was measured: expected SHA-256 {digest}, found ")),
        "{message}"
    );
}

#[test]
fn an_exception_lets_a_file_pass_and_is_told_once_no_file_needs_it() {
    let folder = folder(&card("model.pkl", 2));
    folder.write(
        "cards/smcard.toml",
        "[[exception]]\nrule = \"unsafe-file\"\npath = \"system.components[sorter].files\"\nreason = \"Never loaded.\"\n\
         approved_by = \"The head\"\nexpires = \"2027-01-31\"\n",
    );
    let found = folder.json(&["cards"]);
    assert_eq!((codes(&found).len(), &found["summary"]["excepted"]), (0, &json!(1)), "{found}");
    folder.write("cards/model.pkl", "words");
    assert_eq!(codes(&folder.json(&["cards"])), ["unused-exception"]);
}

#[test]
fn an_import_tells_what_the_files_beside_its_source_contradict() {
    let folder = folder(&card("model.pkl", 3));
    let said = folder.smcard(&["import", "cards/card.json", "--format", "yaml"]).ended(0);
    assert!(said.err.contains("`model.pkl` of `sorter` is dangerous to load"), "{}", said.err);
    assert!(said.err.contains("`attempts` of `patches`: expected 3, found 2"), "{}", said.err);
    assert!(said.out.contains("attempts: 3"), "what the source says is imported: {}", said.out);
    // What is not there is for a check of the finished card.
    std::fs::remove_file(folder.path("cards/model.pkl")).unwrap();
    std::fs::remove_file(folder.path("cards/reports/patches.xml")).unwrap();
    let said = folder.smcard(&["import", "cards/card.json", "--format", "yaml"]).ended(0);
    assert!(!said.err.contains("warning"), "{}", said.err);
}
