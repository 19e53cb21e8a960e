//! Which texts a card can state, as somebody meets it who has a report read.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::fs;
use std::path::Path;

use common::{REPORT, findings, report_with, summary};
use smcard::{Policy, SecurityCard};

/// What the rules say of the good report with this text at a path, each as its code.
fn codes(path: &str, text: &str) -> Vec<&'static str> {
    summary(&findings(&report_with(path, text), &Policy::default())).into_iter().map(|(code, _)| code).collect()
}

/// All that a reader is shown of what is wrong with a report.
fn shown(report: &str) -> String {
    SecurityCard::from_json(report).err().map(|findings| findings.to_string()).unwrap_or_default()
}

/// A measure with this unit and this slice, as a report holds it.
fn measures(unit: &str, slice: &str) -> serde_json::Value {
    serde_json::json!([{ "name": "error rate", "value": 4.8, "unit": unit, "slice": slice }])
}

#[test]
fn a_text_that_answers_nothing_is_a_placeholder() {
    for text in ["none", "x", "unknown", "pending", "string", "N/A", "?", "{{training_data}}", "[optional]", "<...>"] {
        assert_eq!(codes("training_data", text), ["placeholder"], "{text}");
    }
    for text in ["NA", "Prompts such as: greet {{user}} by name.", "[The model proceeds …]", "none of the public sets"]
    {
        assert_eq!(codes("training_data", text), [""; 0], "{text}");
    }
}

#[test]
fn a_unit_and_a_slice_are_words_of_their_own_vocabulary() {
    for (unit, slice) in [("%", "*"), ("$", "NA"), ("x", "test"), ("none", "unknown")] {
        let report = report_with("metrics.measures", measures(unit, slice));
        assert_eq!(summary(&findings(&report, &Policy::default())), [], "{unit}, {slice}");
    }
    let report = report_with("metrics.measures", measures("TBD", "-"));
    let codes: Vec<&str> = summary(&findings(&report, &Policy::default())).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["placeholder", "placeholder"]);
}

#[test]
fn a_secret_is_refused_and_not_shown() {
    let body = "0123456789abcdef".repeat(4);
    for secret in [
        format!("TOKEN_ghp_{body}"),
        format!("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n{body}\n-----END PGP PRIVATE KEY BLOCK-----"),
        format!("https://hooks.slack.com/services/T0123ABCD/B0123ABCD/{body}"),
        format!("https://discord.com/api/webhooks/012345678901234567/{body}"),
        format!("123456789:AA{}", body.get(..33).unwrap_or_default()),
        format!("hvs.{body}"),
        format!("AGE-SECRET-KEY-1{body}"),
    ] {
        let report = report_with("training_data", format!("It is kept at {secret}"));
        let found = findings(&report, &Policy::default());
        assert_eq!(summary(&found), [("secret-in-card", "training_data")], "{secret}");
        assert!(!found.to_string().contains("cdef"), "{found}");
    }
}

#[test]
fn a_secret_in_disguise_is_not_shown() {
    let (head, tail) = ("hp_0123456789ab", "cdefghijABCDEFGHIJ012345");
    let report = |text: &str| REPORT.replace("Parcel Vision Ltd\"", &format!("{text}\""));
    for (broken, report) in [
        ("an escape, and a control character behind it", report(&format!("\\u0067{head}{tail}\u{1}"))),
        ("a wrong escape", report(&format!("\\xg{head}{tail}"))),
        ("a line end", report(&format!("g{head}\n{tail}"))),
        ("a quote", report(&format!("g\"{head}{tail}"))),
        ("a key of several lines", report("-----BEGIN RSA PRIVATE KEY-----\ncdefghijABCDEFGHIJ012345")),
    ] {
        let said = SecurityCard::from_json(&report).expect_err("the report is broken").to_string();
        assert!(said.contains("not JSON") && !said.contains("ABCDEFGHIJ"), "{broken}: {said}");
    }
    for hidden in ["\u{200b}", "\u{0}", "\u{ad}"] {
        for field in ["model_details.contact", "model_details.license", "model_details.resource", "extensions.acme"] {
            let text = format!("<g{head}{hidden}{tail}>");
            let said = findings(&report_with(field, text), &Policy::default());
            let said = format!("{said}{said:?}");
            assert!(!said.contains("ABCDEFGHIJ") && said.contains("Finding"), "{hidden:?} in {field}: {said}");
        }
    }
}

#[test]
fn a_report_that_is_cut_off_within_a_secret_does_not_show_the_rest() {
    let token = format!("ghp_{}", "0123456789abcdef".repeat(3));
    let report = report_with("model_details.developer", token.as_str());
    let start = report.find(&token).unwrap_or_default();
    for length in [8, 20, 39, token.len()] {
        let cut = shown(report.get(..start + length).unwrap_or_default());
        assert!(cut.contains("code: "), "the report is refused: {cut}");
        assert!(!cut.contains("ghp_0123"), "cut after {length}:\n{cut}");
    }
}

#[test]
fn a_licence_that_spdx_cannot_express_is_told_what_to_write() {
    for (license, help) in [
        ("apache-2.0", "help: write `Apache-2.0`"),
        ("The MIT License", "help: write `MIT`"),
        ("llama3.1", "help: write `LicenseRef-llama-3.1-community`"),
        ("gemma", "help: write `LicenseRef-gemma`"),
        ("GPLv3", "help: write `GPL-3.0-only` or `GPL-3.0-or-later`"),
        ("LicenseRef-", "help: write `LicenseRef-` and an id of your own"),
        ("NOASSERTION", "help: write `unknown(\"why\")`"),
    ] {
        let shown = shown(&report_with("model_details.license", license));
        assert!(shown.contains(help) && shown.contains("code: invalid-license"), "{license}:\n{shown}");
    }
}

#[test]
fn addresses_are_taken_as_people_write_them() {
    for (path, fine, wrong) in [
        ("model_details.resource", "10.1145/3287560.3287596", "doi:10./"),
        ("model_details.resource", "arXiv:2301.00001", "arXiv:2301"),
        ("model_details.resource", "hf://rivermouth/parcels", "hf:rivermouth"),
        ("model_details.resource", "https://my_models.example.com/", "https://example.com:+80/"),
        ("model_details.contact", "MAILTO:models@example.com?subject=card", "urn:a:b"),
        ("model_details.contact", "tel:+44-20-7946-0000", "a@1.2"),
    ] {
        assert_eq!(codes(path, fine), [""; 0], "{fine}");
        let code = if path.ends_with("contact") { "invalid-contact" } else { "invalid-url" };
        assert_eq!(codes(path, wrong), [code], "{wrong}");
    }
}

/// Each text of a card that somebody else wrote: the strings of JSON, the sections of Markdown.
fn texts(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    if file.extension().is_some_and(|kind| kind == "json") {
        let mut texts = Vec::new();
        strings(&serde_json::from_str(&text).unwrap(), &mut texts);
        return texts;
    }
    let mut sections = vec![String::new()];
    for line in text.lines() {
        if line.starts_with('#') {
            sections.push(String::new());
        } else if let Some(section) = sections.last_mut() {
            section.push_str(line);
            section.push('\n');
        }
    }
    sections
}

fn strings(value: &serde_json::Value, into: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => into.push(text.clone()),
        serde_json::Value::Array(values) => values.iter().for_each(|value| strings(value, into)),
        serde_json::Value::Object(entries) => entries.values().for_each(|value| strings(value, into)),
        _ => {}
    }
}

#[test]
fn of_real_cards_only_what_was_left_open_is_refused() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let (mut read, mut refused) = (0, Vec::new());
    for folder in ["cards", "seed"] {
        let Ok(entries) = fs::read_dir(shared.join(folder)) else {
            eprintln!("SKIPPED: there is no {folder} in {}, so no real card was read", shared.display());
            return;
        };
        for file in entries.map(|entry| entry.unwrap().path()) {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !(name.ends_with(".md") || name.ends_with(".json")) || matches!(&*name, "README.md" | "PROVENANCE.md") {
                continue;
            }
            for text in texts(&file).iter().filter(|text| !text.trim().is_empty()) {
                read += 1;
                for code in codes("training_data", text) {
                    let start = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    refused.push((name.clone(), code, start.chars().take(40).collect::<String>()));
                }
            }
        }
    }
    refused.sort();
    assert!(read > 150, "only {read} texts were read");
    let refused: Vec<(&str, &str, &str)> = refused.iter().map(|(file, code, text)| (&**file, *code, &**text)).collect();
    assert_eq!(
        refused,
        [
            // The format of an input; one of a card's own may be `string`, an answer may not.
            ("cdx_valid_ml_1.6.json", "placeholder", "string"),
            // Its authors left a `TBD` and a `TODO` in comments and in the citation.
            ("granite_geospatial.md", "placeholder", "The model was trained on a collection of"),
        ]
    );
}
