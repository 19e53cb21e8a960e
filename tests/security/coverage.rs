//! Every objective that applies has a word said on it.

use serde_json::{Value, json};

use crate::{card, common, findings, threat};

fn missing(security: Value, policy: &str) -> Vec<String> {
    let found = findings(&card(security), policy);
    let prefix = "missing-objective security_considerations.objectives.";
    found.iter().map(|finding| finding.strip_prefix(prefix).unwrap_or(finding).to_owned()).collect()
}

/// Texts on every objective but misuse.
fn all_but_misuse() -> Value {
    json!({ "availability": "It stops.", "integrity": "It errs.", "privacy": "It tells.", "supply_chain": "Pinned." })
}

#[test]
fn a_card_without_a_class_is_asked_for_no_objective() {
    assert_eq!(missing(json!({}), ""), [""; 0]);
    assert_eq!(missing(json!({ "threats": [threat("a", json!({}))] }), ""), [""; 0]);
}

#[test]
fn a_class_asks_for_the_objectives_that_apply_to_it() {
    let all = ["availability", "integrity", "privacy", "misuse", "supply_chain"];
    assert_eq!(missing(json!({ "ai_class": "Generative" }), ""), all);
    assert_eq!(missing(json!({ "ai_class": "Agentic" }), ""), all);
    let predictive = ["availability", "integrity", "privacy", "supply_chain"];
    assert_eq!(missing(json!({ "ai_class": "Predictive" }), ""), predictive);
}

#[test]
fn a_generative_card_without_a_word_on_misuse_fails_and_a_predictive_one_needs_none() {
    let of = |class: &str| json!({ "ai_class": class, "objectives": all_but_misuse() });
    assert_eq!(missing(of("Generative"), ""), ["misuse"]);
    assert_eq!(missing(of("Predictive"), ""), [""; 0]);
}

#[test]
fn what_is_not_covered_is_named_in_words_and_explained() {
    let mut objectives = all_but_misuse();
    objectives["misuse"] = json!("Looked at.");
    objectives.as_object_mut().expect("a block").remove("supply_chain");
    let text = card(json!({ "ai_class": "Generative", "objectives": objectives }));
    let found = common::findings(&text, &common::policy("")).to_string();
    assert!(found.contains("nothing covers supply chain, which applies to `Generative`"), "{found}");
    assert!(found.contains("note: How it could be reached through what it is made of"), "{found}");
}

#[test]
fn a_reason_is_a_word_and_stays_visible_in_the_report() {
    let mut objectives = all_but_misuse();
    objectives["misuse"] = json!("Not applicable: It writes weather reports from numbers.");
    let text = card(json!({ "ai_class": "Generative", "objectives": objectives }));
    assert_eq!(findings(&text, ""), [""; 0]);
    let card = smcard::SecurityCard::from_json(&text).expect("the card is right");
    let stated = card.security_considerations.objectives.misuse.as_ref();
    assert_eq!(stated, Some(&smcard::Text::not_applicable("It writes weather reports from numbers.")));
    assert!(card.to_json().contains(r#""misuse": "Not applicable: It writes weather reports from numbers.""#));
}

#[test]
fn a_threat_covers_what_its_references_serve_against_the_class() {
    let threats = json!([threat("a", json!({ "refs": ["NISTAML.018"] }))]);
    let generative = json!({ "ai_class": "Generative", "threats": threats });
    assert_eq!(missing(generative, ""), ["availability", "supply_chain"]);
    let stated = json!([threat("a", json!({ "refs": ["CWE-400"], "objectives": ["Availability"] }))]);
    let predictive = json!({ "ai_class": "Predictive", "threats": stated });
    assert_eq!(missing(predictive, ""), ["integrity", "privacy", "supply_chain"]);
}

#[test]
fn the_policy_says_which_objectives_a_class_must_cover() {
    let policy = "[coverage]\ngenerative = [\"misuse\"]\npredictive = []\n";
    assert_eq!(missing(json!({ "ai_class": "Generative" }), policy), ["misuse"]);
    assert_eq!(missing(json!({ "ai_class": "Predictive" }), policy), [""; 0]);
    let agentic = missing(json!({ "ai_class": "Agentic" }), policy);
    assert_eq!(agentic.len(), 5, "a class that the policy does not name is asked for all: {agentic:?}");
}

#[test]
fn a_misspelt_objective_is_one_finding() {
    let mut objectives = all_but_misuse();
    objectives["misues"] = json!("Looked at.");
    let found = missing(json!({ "ai_class": "Generative", "objectives": objectives }), "");
    assert_eq!(found, ["unknown-field security_considerations.objectives.misues"]);
}
