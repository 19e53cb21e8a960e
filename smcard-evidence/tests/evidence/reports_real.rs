//! Reports that tools wrote. They lie beside the repository, and only where the project is developed.

use std::fs;
use std::io::Write as _;

use serde_json::{Value, json};

use crate::seeds::of;

const EVIDENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/evidence/");

/// A report of this name; where there is none, that is said aloud.
fn real(file: &str) -> Option<String> {
    let read = fs::read_to_string(format!("{EVIDENCE}{file}"));
    if read.is_err() {
        // Not `eprintln`, which a test that passes does not show.
        writeln!(std::io::stderr(), "SKIPPED: there is no {EVIDENCE}{file}, so it was not read")
            .expect("standard error can be written");
    }
    read.ok()
}

fn facts(text: &str) -> Value {
    let measured = of(text.as_bytes());
    assert_eq!(measured.findings, []);
    serde_json::to_value(measured.facts).unwrap()
}

#[test]
fn the_reports_of_garak_give_the_sums_of_their_eval_lines() {
    for (file, version, expected) in [
        ("garak_report_test.report.jsonl", "0.13.3.pre1", [8, 8, 0, 0]),
        ("garak_test_with_ci.report.jsonl", "0.14.0.pre1", [50, 37, 13, 0]),
    ] {
        let Some(text) = real(file) else { continue };
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let sum = |field: &str| -> u64 {
            lines.iter().filter(|line| line["entry_type"] == "eval").map(|line| line[field].as_u64().unwrap()).sum()
        };
        let sums = [sum("total_processed"), sum("passed"), sum("fails"), sum("nones")];
        assert_eq!(sums, expected, "{file}");
        let facts = facts(&text);
        let [attempts, passes, failures, skips] = sums;
        assert_eq!(facts["tools"], json!([{ "name": "garak", "version": version }]), "{file}");
        assert_eq!(
            facts["counts"],
            json!({ "attempts": attempts, "passes": passes, "failures": failures, "errors": 0, "skips": skips }),
            "{file}"
        );
    }
}

#[test]
fn the_report_of_modelscan_has_one_critical_issue() {
    let Some(text) = real("modelscan_evil.json") else { return };
    let facts = facts(&text);
    assert_eq!(facts["severities"], json!({ "critical": 1 }));
    assert_eq!(facts["counts"], json!({ "attempts": 2, "passes": 1, "failures": 1, "errors": 0, "skips": 0 }));
    assert_eq!(facts["tools"], json!([{ "name": "ModelScan", "version": "0.8.8" }]));
}

#[test]
fn sarif_with_nulls_that_its_schema_forbids_is_read() {
    let Some(text) = real("modelaudit_evil.sarif") else { return };
    assert!(text.contains("\"exitSignalName\": null"));
    let facts = facts(&text);
    assert_eq!(facts["tools"], json!([{ "name": "ModelAudit", "version": "0.2.54" }]));
    assert_eq!(facts["counts"], json!({ "attempts": 2, "passes": 0, "failures": 1, "errors": 0, "skips": 1 }));
    assert_eq!(facts["severities"], json!({ "error": 1 }));
}

#[test]
fn a_real_report_that_is_cut_off_has_all_its_numbers_or_none() {
    for file in ["garak_test_with_ci.report.jsonl", "modelscan_evil.json", "modelaudit_evil.sarif"] {
        let Some(text) = real(file) else { continue };
        let whole = facts(&text)["counts"].clone();
        for length in 0..text.len() {
            let measured = of(&text.as_bytes()[..length]);
            let counts = serde_json::to_value(&measured.facts).unwrap()["counts"].clone();
            let unsure = counts.is_null() && (!measured.findings.is_empty() || length < 150);
            assert!(unsure || counts == whole && measured.findings.is_empty(), "{file} cut off at {length}: {counts}");
        }
    }
}
