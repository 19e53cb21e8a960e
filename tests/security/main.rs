//! The security section: what its rules ask, and the reports that a reviewer reads.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../common/mod.rs"]
mod common;
mod coverage;
mod policy;
mod report;
mod system;
mod threats;

use serde_json::{Value, json};

/// The good report with these fields in its security section besides the two texts.
fn card(security: Value) -> String {
    let mut card: Value = serde_json::from_str(common::REPORT).expect("the good report is JSON");
    if let (Some(section), Value::Object(fields)) = (card["security_considerations"].as_object_mut(), security) {
        section.extend(fields);
    }
    card.to_string()
}

/// The good threat under another id, with these changes.
fn threat(id: &str, changes: Value) -> Value {
    let mut threat = common::part("threat", changes);
    threat["id"] = json!(id);
    threat
}

/// The good test with these changes.
fn test(changes: Value) -> Value {
    common::part("test", changes)
}

/// The codes and paths of what is wrong with a card, warnings included.
fn findings(card: &str, policy: &str) -> Vec<String> {
    let findings = common::findings(card, &common::policy(policy));
    findings.iter().map(|finding| format!("{} {}", finding.rule.code, finding.path)).collect()
}
