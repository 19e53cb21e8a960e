//! The report of each objective that a reviewer reads.

use serde_json::json;
use smcard::{Objective, Risk, SecurityCard};

use crate::{card, test, threat};

fn security() -> String {
    card(json!({
        "ai_class": "Generative",
        "threats": [
            threat("injection", json!({ "refs": ["NISTAML.018"], "residual": "Low", "evidence": ["red-team"] })),
            threat("leak", json!({ "refs": ["NISTAML.038"], "likelihood": "High", "impact": "Critical" })),
        ],
        "tests": [
            test(json!({ "id": "red-team" })),
            test(json!({ "id": "scan", "kind": "ModelScan", "refs": ["NISTAML.051"] })),
        ],
        "objectives": { "availability": "Answers end early.", "supply_chain": "Pinned by digest." },
    }))
}

#[test]
fn the_reports_stand_in_the_order_of_the_objectives_and_say_what_applies() {
    let text = security();
    let card = SecurityCard::from_json(&text).expect("the card is right");
    let reports = card.objective_reports();
    assert_eq!(reports.iter().map(|report| report.objective).collect::<Vec<_>>(), Objective::ALL);
    assert!(reports.iter().all(|report| report.applies == Some(true) && report.answer.is_covered()));
}

#[test]
fn a_threat_stands_in_the_report_of_every_objective_that_it_serves_the_highest_risk_first() {
    let text = security();
    let card = SecurityCard::from_json(&text).expect("the card is right");
    let of = |objective| {
        let reports = card.objective_reports();
        let report = reports.into_iter().find(|report| report.objective == objective).expect("one for each");
        let threats: Vec<String> =
            report.threats.iter().filter_map(|threat| Some(threat.id.as_ref()?.to_string())).collect();
        let tests: Vec<String> = report.tests.iter().filter_map(|test| Some(test.id.as_ref()?.to_string())).collect();
        (threats.join(" "), tests.join(" "))
    };
    let pair = |threats: &str, tests: &str| (threats.to_owned(), tests.to_owned());
    assert_eq!(of(Objective::Availability), pair("", ""));
    assert_eq!(of(Objective::Integrity), pair("injection", "red-team"));
    assert_eq!(of(Objective::Privacy), pair("leak injection", "red-team"));
    assert_eq!(of(Objective::Misuse), pair("injection", "red-team"));
    assert_eq!(of(Objective::SupplyChain), pair("", "scan"));
}

#[test]
fn a_threat_may_say_which_of_its_objectives_it_serves() {
    let text = card(json!({
        "ai_class": "Generative",
        "threats": [threat("injection", json!({ "refs": ["NISTAML.018"], "objectives": ["Misuse", "Integrity", "Misuse"] }))],
        "objectives": { "availability": "No.", "privacy": "No.", "supply_chain": "No." },
    }));
    let card = SecurityCard::from_json(&text).expect("the card is right");
    let threat = &card.security_considerations.threats[0];
    assert_eq!(threat.serves(Some(smcard::AiClass::Generative)), [Objective::Integrity, Objective::Misuse]);
    let served: Vec<Objective> = card
        .objective_reports()
        .iter()
        .filter(|report| !report.threats.is_empty())
        .map(|report| report.objective)
        .collect();
    assert_eq!(served, [Objective::Integrity, Objective::Misuse]);
}

#[test]
fn a_test_counts_for_the_threats_that_it_is_evidence_for_and_else_by_its_own_references() {
    let text = card(json!({
        "ai_class": "Generative",
        "threats": [threat("theft", json!({ "refs": ["NISTAML.038"], "evidence": ["queries"] }))],
        "tests": [
            // By their references both serve three objectives.
            test(json!({ "id": "queries", "refs": ["NISTAML.018"] })),
            test(json!({ "id": "prompts", "refs": ["NISTAML.018"] })),
        ],
        "objectives": { "availability": "No.", "integrity": "No.", "misuse": "No.", "supply_chain": "No." },
    }));
    let card = SecurityCard::from_json(&text).expect("the card is right");
    let tests: Vec<Vec<String>> = card
        .objective_reports()
        .iter()
        .map(|report| report.tests.iter().filter_map(|test| Some(test.id.as_ref()?.to_string())).collect())
        .collect();
    let none: [&str; 0] = [];
    assert_eq!(tests[0], none);
    assert_eq!(tests[1], ["prompts"]);
    assert_eq!(tests[2], ["queries", "prompts"]);
    assert_eq!(tests[3], ["prompts"]);
    assert_eq!(tests[4], none);
}

#[test]
fn a_risk_that_nobody_assessed_stands_behind_those_that_somebody_did() {
    let text = card(json!({ "threats": [
        threat("open", json!({ "likelihood": null, "impact": null })),
        threat("low", json!({ "likelihood": "Low", "impact": "Low" })),
    ] }));
    let card = SecurityCard::from_json(&text).expect("the card is right");
    assert_eq!(card.security_considerations.threats[0].risk(), None);
    let integrity = &card.objective_reports()[1];
    let ids: Vec<String> =
        integrity.threats.iter().filter_map(|threat| Some(threat.id.as_ref()?.to_string())).collect();
    assert_eq!(ids, ["low", "open"]);
}

#[test]
fn a_report_says_what_is_not_covered_and_what_does_not_apply() {
    let text = card(json!({}));
    let card = SecurityCard::from_json(&text).expect("the card is right");
    assert!(card.objective_reports().iter().all(|report| report.applies.is_none() && !report.answer.is_covered()));

    let predictive = SecurityCard {
        security_considerations: smcard::SecurityConsiderations {
            ai_class: Some(smcard::AiClass::Predictive),
            ..card.security_considerations.clone()
        },
        ..card.clone()
    };
    let reports = predictive.objective_reports();
    let applies: Vec<Option<bool>> = reports.iter().map(|report| report.applies).collect();
    assert_eq!(applies, [Some(true), Some(true), Some(true), Some(false), Some(true)]);
}

#[test]
fn the_risk_of_a_threat_is_what_is_left_of_it_or_follows_from_likelihood_and_impact() {
    let text = security();
    let card = SecurityCard::from_json(&text).expect("the card is right");
    let risks: Vec<Option<Risk>> = card.security_considerations.threats.iter().map(smcard::Threat::risk).collect();
    assert_eq!(risks, [Some(Risk::Low), Some(Risk::Critical)]);
}

#[test]
fn risk_follows_table_i_2_of_nist_sp_800_30() {
    use Risk::{Critical, High, Low, Medium};
    let table = [
        (Low, [Low, Low, Low, Medium]),
        (Medium, [Low, Medium, Medium, High]),
        (High, [Low, Medium, High, Critical]),
        (Critical, [Low, Medium, High, Critical]),
    ];
    for (likelihood, risks) in table {
        for (impact, risk) in [Low, Medium, High, Critical].into_iter().zip(risks) {
            assert_eq!(Risk::of(likelihood, impact), risk, "{likelihood:?} {impact:?}");
        }
    }
}

#[test]
fn a_card_with_a_whole_security_section_reads_back_as_it_was_written() {
    let text = security();
    let card = SecurityCard::from_json(&text).expect("the card is right");
    let written = card.to_json();
    let again = SecurityCard::from_json(&written).expect("what was written is right");
    assert_eq!(again, card);
    assert_eq!(again.to_json(), written);
}
