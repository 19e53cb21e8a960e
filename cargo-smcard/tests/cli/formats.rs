//! The formats for programs: each is what it says it is, and says all there is.

use std::path::Path;

use serde_json::{Value, json};

use crate::session::{Folder, REPORT, codes};

/// A card with an error, one with a warning and something that the policy lets pass, and a good one; in names that need
/// care.
fn folder() -> Folder {
    let spoilt = REPORT.replace("Five folds", "TODO");
    let warned = REPORT
        .replace("Apache-2.0", "GPL-2.0")
        .replace("Photographs of 2019 to 2024 from three sorting centres", "[More Information Needed]");
    Folder::new()
        .file("a b, c%:<d>.json", spoilt)
        .file("ümlaut.json", warned)
        .file("z.yaml", crate::yaml::CARD)
        .file(
            "smcard.toml",
            "[[exception]]\nrule = \"placeholder\"\npath = \"training_data\"\nreason = \"Being \\\"counted\\\" & <checked>.\"\n\
             approved_by = \"The head\"\nexpires = \"2027-01-31\"\n",
        )
}

fn format(folder: &Folder, format: &str) -> String {
    let said = folder.check(&["--format", format, "."]).ended(1);
    assert_eq!(said.err, "checked 3 cards: 1 error, 1 warning, 1 finding let pass by the policy\n");
    said.out
}

#[test]
fn json_is_one_object_that_says_all() {
    let output: Value = serde_json::from_str(&format(&folder(), "json")).unwrap();
    assert_eq!(output["version"], 1);
    assert_eq!(output["summary"], json!({ "cards": 3, "errors": 1, "warnings": 1, "excepted": 1, "unchecked": 0 }));
    let finding = &output["files"][0]["findings"][0];
    assert_eq!((&finding["code"], &finding["level"]), (&json!("placeholder"), &json!("error")));
    assert_eq!(finding["file"], "a b, c%:<d>.json");
    assert_eq!(finding["path"], "metrics.variation_approaches");
    assert_eq!((&finding["line"], &finding["column"]), (&json!(25), &json!(33)));
    let excepted = &output["files"][2]["excepted"][0];
    assert_eq!(excepted["exception"]["approved_by"], "The head");
    assert_eq!(codes(&output), ["placeholder", "deprecated-license"]);
}

/// The schema of SARIF 2.1.0, beside the repository.
const SARIF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/schemas/sarif-schema-2.1.0.json");

#[test]
fn what_is_written_is_whole_where_the_check_is_broken_off() {
    // There is no package here, so cargo fails at once.
    let folder = Folder::new();
    for (format, read) in [
        ("json", (|text| serde_json::from_str::<Value>(text).is_ok()) as fn(&str) -> bool),
        ("sarif", |text| serde_json::from_str::<Value>(text).is_ok()),
        ("junit", |text| roxmltree::Document::parse(text).is_ok()),
    ] {
        let said = folder.smcard(&["check", "--format", format]).ended(2);
        assert!(read(&said.out), "{format}: {}", said.out);
        assert!(said.err.contains("error: "), "{}", said.err);
    }
}

#[test]
fn sarif_is_valid_by_its_schema() {
    let sarif: Value = serde_json::from_str(&format(&folder(), "sarif")).unwrap();
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3, "two findings, and one that is suppressed");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    let location = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "a%20b%2C%20c%25%3A%3Cd%3E.json");
    assert_eq!(location["region"], json!({ "startLine": 25, "startColumn": 33, "endColumn": 39 }));
    let suppression = &results[2]["suppressions"][0];
    assert_eq!((&suppression["kind"], &suppression["status"]), (&json!("external"), &json!("accepted")));
    assert!(suppression["justification"].as_str().unwrap().contains("Being \"counted\" & <checked>."));

    if !Path::new(SARIF).is_file() {
        println!("SKIPPED: validating SARIF, since the schema is not beside the repository");
        return;
    }
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(SARIF).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&sarif).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0]);
    let mut broken = sarif.clone();
    broken["runs"][0]["results"][0]["level"] = json!("fatal");
    assert!(!validator.is_valid(&broken), "the validator sees what is wrong");
}

#[test]
fn annotations_of_github_are_lines_that_nothing_in_a_card_can_break() {
    let folder = folder();
    folder.write("lines\n::error::x.json", "{}");
    let said = folder.check(&["--format", "github", "a b, c%:<d>.json", "lines\n::error::x.json"]).ended(1);
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(
        lines[0].starts_with(
            "::error file=a b%2C c%25%3A<d>.json,line=25,col=33,endColumn=39,title=placeholder::`variation_approaches`"
        ),
        "{}",
        lines[0]
    );
    assert!(lines[0].contains("%0Ahelp: "), "{}", lines[0]);
    assert!(
        lines.iter().all(|line| line.starts_with("::error file=") || line.starts_with("::warning file=")),
        "{lines:?}"
    );
}

#[test]
fn junit_has_a_failed_test_for_each_error_and_a_passed_one_for_a_good_card() {
    let xml = format(&folder(), "junit");
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"smcard\">\n"), "{xml}");
    assert!(xml.ends_with("</testsuites>\n"), "{xml}");
    assert_eq!(xml.matches("<testsuite name=").count(), 3);
    assert_eq!(xml.matches("<failure ").count(), 1);
    assert!(xml.contains(
        "<testcase classname=\"a b, c%:&lt;d&gt;.json\" name=\"placeholder at metrics.variation_approaches\">"
    ));
    assert!(xml.contains("<testcase classname=\"z.yaml\" name=\"card\"/>"), "{xml}");
    assert!(xml.contains("<system-out>warning[deprecated-license]: ümlaut.json:10:20: "), "{xml}");
    // Elements are opened and closed in order.
    let mut open: Vec<&str> = Vec::new();
    for part in xml.split('<').skip(2) {
        let tag = part.split('>').next().unwrap();
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{xml}");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn whoever_reads_the_output_may_stop_at_any_time() {
    let folder = Folder::new();
    for number in 0..2_000 {
        folder.write(&format!("cards/{number}.json"), "{\"strange\": 1}");
    }
    let smcard = assert_cmd::cargo::cargo_bin("smcard");
    for command in ["check --format json cards", "check --format sarif cards", "schema", "explain", "taxonomy a"] {
        let script = format!("'{}' {command} | head -c 10", smcard.display());
        let mut shell = assert_cmd::Command::new("sh");
        let said = crate::session::Said::of(shell.current_dir(folder.root()).args(["-c", &script]));
        assert_eq!(said.out.len(), 10, "{command}");
        assert_eq!(said.err, "", "{command}: nobody is told of a pipe that was closed");
    }
}

#[test]
fn the_same_cards_give_the_same_bytes() {
    let folder = folder();
    for name in ["json", "sarif", "github", "junit"] {
        assert_eq!(format(&folder, name), format(&folder, name));
    }
}
