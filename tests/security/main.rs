//! The security section: what its rules ask, and the reports that a reviewer reads.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod coverage;
mod policy;
mod report;
mod threats;

use serde_json::{Value, json};
use smcard::{Policy, SecurityCard};

/// A card with nothing wrong in it and this security section besides the two texts.
fn card(security: Value) -> String {
    let mut card = json!({
        "model_details": {
            "developer": "A developer", "date": "2026-01-31", "version": "1.0", "type": "A classifier",
            "information": "Trained once.", "resource": "https://example.com/model", "citation": "A paper.",
            "license": "MIT", "contact": "a@example.com"
        },
        "intended_use": { "primary_uses": "A use.", "primary_users": "A user.", "out_of_scope_uses": "Other uses." },
        "factors": { "relevant_factors": "Light.", "evaluation_factors": "Light." },
        "metrics": { "performance_measures": "Recall.", "decision_thresholds": "Half.", "variation_approaches": "Seeds." },
        "evaluation_data": { "datasets": "A set.", "motivation": "It is new.", "preprocessing": "Scaled." },
        "training_data": "Another set.",
        "quantitative_analyses": { "unitary_results": "0.9", "intersectional_results": "0.8" },
        "ethical_considerations": "Looked at.",
        "caveats_and_recommendations": "Measure again.",
        "security_considerations": { "threat_modeling": "Modelled.", "security_testing": "Tested." }
    });
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
    let policy = Policy::from_toml(policy, "smcard.toml").expect("the policy is right");
    let findings = match SecurityCard::from_json_with(card, &policy) {
        Ok(card) => card.check(&policy),
        Err(findings) => findings,
    };
    findings.0.iter().map(|finding| format!("{} {}", finding.rule.code, finding.path)).collect()
}
