//! Where a text is wrong, drawn under its line.

use serde_json::json;

use crate::common::{findings, part, policy, report_with};

/// The lines in which a place in a text is drawn.
fn drawn(report: &str) -> String {
    let told = findings(report, &policy("")).to_string();
    told.lines().filter(|line| line.starts_with("| ")).collect::<Vec<_>>().join("\n")
}

fn of_id(id: &str) -> String {
    report_with("security_considerations.threats", json!([part("threat", json!({ "id": id }))]))
}

fn of_digest(sha256: &str) -> String {
    let file = json!({ "path": "model.onnx", "sha256": sha256 });
    report_with("system", json!({ "components": [{ "id": "model", "kind": "Model", "files": [file] }] }))
}

#[test]
fn what_is_wrong_within_a_text_is_underlined() {
    for (report, lines) in [
        (of_id("räd/team"), "| räd/team\n|    ^"),
        (of_id("red 写"), "| red 写\n|    ^"),
        (of_id("ab\u{202e}c"), "| ab\\u{202e}c\n|   ^^^^^^^^"),
        (of_digest("9f8\u{202e}6d"), "| 9f8\\u{202e}6d\n|    ^^^^^^^^"),
        (of_digest("9f8g"), "| 9f8g\n|    ^"),
        (report_with("model_details.license", "MIT AND Foo"), "| MIT AND Foo\n|         ^^^"),
        (report_with("model_details.contact", "nobody"), "| nobody\n| ^^^^^^"),
        (report_with("model_details.date", "2026-9-1"), "| 2026-9-1\n| ^^^^^^^^"),
        (report_with("model_details.resource", "https://a b"), "| https://a b\n|          ^"),
        (report_with("training_data", "Sites\nSee é TODO here\nOr there"), "| See é TODO here\n|       ^^^^"),
        (report_with("training_data", "ab\u{202e}c"), "| ab\\u{202e}c\n|   ^^^^^^^^"),
    ] {
        assert_eq!(drawn(&report), lines);
    }
}

#[test]
fn of_a_long_line_forty_characters_are_shown_on_each_side() {
    let around = |count: usize| {
        drawn(&report_with("training_data", format!("{} TODO {}", "é".repeat(count), "ü".repeat(count))))
    };
    let (before, after, caret) = ("é".repeat(39), "ü".repeat(39), " ".repeat(40));
    assert_eq!(around(39), format!("| {before} TODO {after}\n| {caret}^^^^"));
    assert_eq!(around(40), format!("| …{before} TODO {after}…\n| {caret} ^^^^"));
}
