//! The highest risks that a policy allows.

use serde_json::{Value, json};

use crate::{card, findings, threat};

fn found(stage: &str, changes: Value, policy: &str) -> Vec<String> {
    let mut text: Value =
        serde_json::from_str(&card(json!({ "threats": [threat("a", changes)] }))).expect("a card is JSON");
    if !stage.is_empty() {
        text["model_details"]["stage"] = json!(stage);
    }
    let found = findings(&text.to_string(), policy);
    found.iter().map(|finding| finding.replace("security_considerations.threats[0]", "")).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn no_more_risk_is_left_than_the_policy_allows() {
    let policy = "[risk]\nmax_residual = \"medium\"\n";
    assert_eq!(found("", json!({ "residual": "Medium" }), policy), NONE);
    assert_eq!(found("", json!({ "residual": "High" }), policy), ["residual-above-policy .residual"]);
    assert_eq!(found("", json!({ "residual": "High" }), ""), NONE);
}

#[test]
fn a_threat_that_was_dealt_with_states_what_is_left() {
    let policy = "[risk]\nmax_residual = \"critical\"\n";
    assert_eq!(found("", json!({}), policy), ["residual-above-policy .residual"]);
    assert_eq!(found("", json!({ "status": "Open", "owner": "Team" }), policy), NONE);
    assert_eq!(found("", json!({ "status": "NotApplicable" }), policy), NONE);
}

#[test]
fn no_more_risk_is_open_than_the_policy_allows() {
    let policy = "[risk]\nmax_open = \"medium\"\n";
    let open = |likelihood: &str, impact: &str| json!({ "status": "Open", "owner": "Team", "likelihood": likelihood, "impact": impact });
    assert_eq!(found("", open("Medium", "High"), policy), NONE);
    assert_eq!(found("", open("High", "High"), policy), ["open-risk-above-policy .status"]);
    assert_eq!(found("", open("Low", "Critical"), policy), NONE);
    assert_eq!(found("", open("Medium", "Critical"), policy), ["open-risk-above-policy .status"]);
}

#[test]
fn a_stage_may_allow_less_or_more() {
    let policy = "[risk]\nmax_residual = \"medium\"\n[stage.production]\nmax_residual = \"low\"\n\
                  [stage.draft]\nmax_residual = \"critical\"\n";
    let residual = |level: &str| json!({ "residual": level });
    assert_eq!(found("Review", residual("Medium"), policy), NONE);
    assert_eq!(found("Production", residual("Medium"), policy), ["residual-above-policy .residual"]);
    assert_eq!(found("Draft", residual("Critical"), policy), NONE);
    assert_eq!(found("Review", residual("Critical"), policy), ["residual-above-policy .residual"]);
}

#[test]
fn a_policy_can_require_the_parts_of_the_section() {
    let policy = "[require]\nfields = [\"security_considerations.reviews\"]\n";
    let required = ["required-by-policy security_considerations.reviews"];
    assert_eq!(findings(&card(json!({})), policy), required);
    let review = json!({ "by": "Security", "date": "2026-01-01", "decision": "Approved" });
    assert_eq!(findings(&card(json!({ "reviews": [review] })), policy), NONE);
}

#[test]
fn a_word_that_the_policy_misspells_is_shown_where_it_stands() {
    let policy = "[risk]\nmax_residual = \"medum\"\n[coverage]\npredictive = [\"privcy\"]\n";
    let findings = smcard::Policy::from_toml(policy, "smcard.toml").expect_err("two words are wrong");
    let lines: Vec<String> = findings.iter().map(smcard::Finding::line).collect();
    assert_eq!(
        lines,
        [
            "smcard.toml:2:16: unknown value `medum`; expected `low`, `medium`, `high` or `critical`; help: did you mean `medium`? [invalid-policy]",
            "smcard.toml:4:15: unknown value `privcy`; expected `availability`, `integrity`, `privacy`, `misuse` or `supply_chain`; help: did you mean `privacy`? [invalid-policy]",
        ]
    );
}
