//! The security section: what its rules ask, and the reports that a reviewer reads.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../common/mod.rs"]
mod common;
mod coverage;
mod policy;
mod report;
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

/// A threat with nothing wrong in it but what these fields change.
fn threat(id: &str, changes: Value) -> Value {
    let mut threat = json!({
        "id": id, "refs": ["NISTAML.022"], "scenario": "Somebody does something.",
        "likelihood": "Low", "impact": "High", "status": "Transferred"
    });
    if let (Some(fields), Value::Object(changes)) = (threat.as_object_mut(), changes) {
        fields.extend(changes);
        fields.retain(|_, value| !value.is_null());
    }
    threat
}

/// The codes and paths of what is wrong with a card, warnings included.
fn findings(card: &str, policy: &str) -> Vec<String> {
    let findings = common::findings(card, &common::policy(policy));
    findings.iter().map(|finding| format!("{} {}", finding.rule.code, finding.path)).collect()
}
