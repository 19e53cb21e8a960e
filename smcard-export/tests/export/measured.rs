//! What the build measured, in the formats: beside what the card claims, and in its place where it claims nothing.

use serde_json::{Value, json};
use smcard_core::{Policy, SecurityCard};
use smcard_export::Format;

use crate::cards::with_required_facts;

/// A card with a pinned file and a loose one, and a report; all three measured.
fn report() -> String {
    let mut card: Value =
        serde_json::from_str(&with_required_facts(include_str!("../../../tests/common/report.json"))).unwrap();
    card["system"] = json!({ "components": [{
        "id": "sorter", "kind": "Library", "name": "sorter", "version": "1", "supplier": "Parcels Ltd",
        "license": "MIT", "files": [{ "path": "a.onnx", "sha256": "A".repeat(64) }, { "path": "b.gguf" }, { "path": "c" }],
    }] });
    card["security_considerations"]["tests"] = json!([{
        "id": "patches", "kind": "AdversarialTesting", "tool": "pytest", "date": "2026-03", "attempts": 3, "failures": 1,
        "report": "reports/patches.xml",
    }]);
    card["measured"] = json!({
        "files": [
            { "component": "sorter", "path": "a.onnx", "sha256": "a".repeat(64), "size": 100, "format": "onnx" },
            { "component": "sorter", "path": "b.gguf", "sha256": "b".repeat(64), "size": 1, "format": "gguf",
              "parameters": 64, "license": "mit", "dtypes": ["F32", "Q4_K"],
              "findings": [{ "severity": "suspicious", "code": "template-reach", "message": "<b>it reaches</b>" }] },
        ],
        "reports": [{ "test": "patches", "path": "reports/patches.xml", "sha256": "d".repeat(64), "size": 9,
                      "format": "JUnit", "attempts": 3, "passes": 2, "failures": 1, "errors": 4, "skips": 5 }],
    });
    card.to_string()
}

fn written(format: &str) -> String {
    let report = report();
    let card = SecurityCard::from_json_with(&report, &Policy::default()).unwrap();
    Format::named(format).unwrap().write(&card).unwrap()
}

fn json_of(format: &str) -> Value {
    serde_json::from_str(&written(format)).unwrap()
}

#[test]
fn every_measured_file_and_report_is_a_subject_of_the_statement() {
    let statement = json_of("in-toto");
    let subjects: Vec<_> = statement["subject"].as_array().unwrap()[1..]
        .iter()
        .map(|subject| (subject["name"].as_str().unwrap(), subject["digest"]["sha256"].as_str().unwrap().to_owned()))
        .collect();
    let expected = [("a.onnx", "a".repeat(64)), ("b.gguf", "b".repeat(64)), ("reports/patches.xml", "d".repeat(64))];
    assert_eq!(subjects, expected);
}

#[test]
fn bills_of_materials_have_the_measured_digest_where_none_is_pinned() {
    for format in ["cyclonedx-1.6", "cyclonedx-1.7"] {
        let bill = json_of(format);
        let components = bill["components"].as_array().unwrap();
        let sorter = components.iter().find(|component| component["name"] == "sorter").unwrap();
        let hashes: Vec<_> = sorter["components"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| (file["name"].as_str().unwrap(), file["hashes"][0]["content"].as_str().map(str::to_owned)))
            .collect();
        let expected = [("a.onnx", Some("a".repeat(64))), ("b.gguf", Some("b".repeat(64))), ("c", None)];
        assert_eq!(hashes, expected, "{format}");
    }
    let graph = json_of("spdx");
    let files = graph["@graph"].as_array().unwrap().iter().filter(|element| element["type"] == "software_File");
    let hashes: Vec<_> = files
        .map(|file| (file["name"].as_str().unwrap(), file["verifiedUsing"][0]["hashValue"].as_str().map(str::to_owned)))
        .collect();
    assert_eq!(hashes, [("a.onnx", Some("a".repeat(64))), ("b.gguf", Some("b".repeat(64))), ("c", None)]);
}

#[test]
fn the_page_shows_what_was_measured_beside_what_is_claimed() {
    let page = written("html");
    for part in [
        "onnx, 100 bytes, with this digest",
        &format!("gguf, 1 byte, 64 parameters, <code class=\"digest\">{}</code>", "b".repeat(64)),
        "1 finding",
        "not measured",
        "1 of 3 attempts succeeded; not judged: 4 errors, 5 skips (JUnit)",
        "Measured by the build",
        "everything else on this page is claimed",
        "2 files of components and 1 report of tests were read when the card was built",
        "&lt;b&gt;it reaches&lt;/b&gt;",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("<b>it reaches"));
    let other = report().replace(&"A".repeat(64), &"0".repeat(64));
    let card = SecurityCard::from_json_with(&other, &Policy::default()).unwrap();
    let page = Format::named("html").unwrap().write(&card).unwrap();
    assert!(page.contains("with another digest"));
}

#[test]
fn markdown_tells_what_was_measured_apart() {
    let text = written("markdown");
    let (claimed, measured) = text.split_once("\n## Measured by the build\n").unwrap();
    assert!(measured.contains("Read from the files themselves") && measured.contains(&"b".repeat(64)), "{measured}");
    assert!(!claimed.contains(&"b".repeat(64)) && claimed.contains("a.onnx"));
}

#[test]
fn what_was_measured_comes_back_from_every_format_that_is_read() {
    let report = report();
    let card = SecurityCard::from_json_with(&report, &Policy::default()).unwrap();
    for (format, read) in [
        ("cyclonedx-1.6", smcard_export::cyclonedx::card as fn(&str) -> _),
        ("spdx", smcard_export::spdx::card),
        ("huggingface", smcard_export::huggingface::card),
    ] {
        let back = read(&written(format)).unwrap();
        let (back, whole) = SecurityCard::fitting(back).unwrap();
        assert!(whole && back == card, "{format}: {}", back.to_json());
    }
}
