//! What a card must say of each threat and test: for each rule a card that breaks it, and one
//! that just does not.

use serde_json::{Value, json};

use crate::{card, common, findings, test, threat};

/// What is wrong with one threat, counted from it.
fn of_threat(changes: Value) -> Vec<String> {
    let found = findings(&card(json!({ "threats": [threat("a", changes)], "tests": [test(json!({}))] })), "");
    found.iter().map(|finding| finding.replace("security_considerations.threats[0]", "")).collect()
}

fn of_refs(refs: &[&str]) -> Vec<String> {
    of_threat(json!({ "refs": refs, "objectives": ["Integrity"] }))
}

const NONE: [&str; 0] = [];

#[test]
fn an_open_threat_has_an_owner() {
    assert_eq!(of_threat(json!({ "status": "Open" })), ["owner-missing .owner"]);
    assert_eq!(of_threat(json!({ "status": "Open", "owner": "Team" })), NONE);
}

#[test]
fn a_mitigated_threat_names_a_mitigation() {
    assert_eq!(of_threat(json!({ "status": "Mitigated" })), ["mitigation-missing .mitigations"]);
    assert_eq!(of_threat(json!({ "status": "Mitigated", "mitigations": [{ "description": "Done." }] })), NONE);
}

#[test]
fn an_accepted_threat_says_by_whom_why_and_until_when() {
    let accepted = |acceptance: Value| of_threat(json!({ "status": "Accepted", "acceptance": acceptance }));
    let whole = common::part("acceptance", json!({}));
    assert_eq!(accepted(whole.clone()), NONE);
    assert_eq!(accepted(Value::Null), ["acceptance-incomplete .acceptance"]);
    for part in ["by", "reason", "expires"] {
        let mut partial = whole.clone();
        partial.as_object_mut().expect("a block").remove(part);
        assert_eq!(accepted(partial), ["acceptance-incomplete .acceptance"], "without {part}");
    }
    let mut wrong_day = whole;
    wrong_day["expires"] = json!("2027-02-30");
    assert_eq!(accepted(wrong_day), ["invalid-date .acceptance.expires"]);
}

#[test]
fn evidence_is_a_test_of_the_card() {
    assert_eq!(of_threat(json!({ "evidence": ["t"] })), NONE);
    assert_eq!(of_threat(json!({ "evidence": ["t", "u"] })), ["dangling-evidence .evidence[1]"]);
}

#[test]
fn evidence_may_mean_the_test_whose_id_is_wrong() {
    for (id, code) in [
        ("", "empty-value"),
        ("TBD", "placeholder"),
        ("red team", "invalid-id"),
        ("AKIAthisisnotasecret", "secret-in-card"),
    ] {
        let threats = json!([threat("a", json!({ "evidence": ["red-team"] }))]);
        let found = findings(&card(json!({ "threats": threats, "tests": [test(json!({ "id": id }))] })), "");
        assert_eq!(found, [format!("{code} security_considerations.tests[0].id")]);
    }
    let threats = json!([threat("a", json!({ "evidence": ["red-team"] }))]);
    let found = findings(&card(json!({ "threats": threats, "tests": [test(json!({ "id": null }))] })), "");
    assert_eq!(found, ["missing-field security_considerations.tests[0].id"]);
}

#[test]
fn a_threat_serves_an_objective() {
    assert_eq!(of_threat(json!({ "refs": ["AML.T0015"] })), ["undecided-objective .objectives"]);
    assert_eq!(of_threat(json!({ "refs": null })), ["undecided-objective .objectives"]);
    assert_eq!(of_threat(json!({ "refs": ["AML.T0015"], "objectives": ["Integrity"] })), NONE);
    assert_eq!(of_threat(json!({ "refs": ["AML.T0015", "NISTAML.022"] })), NONE);
}

#[test]
fn an_objective_that_applies_only_to_other_classes_decides_nothing() {
    let security = json!({ "ai_class": "Predictive", "threats": [threat("a", json!({ "refs": ["NISTAML.018"] }))] });
    let found = findings(&card(security), "[coverage]\npredictive = []\n");
    assert_eq!(found, ["undecided-objective security_considerations.threats[0].objectives"]);
}

#[test]
fn ids_are_unique_among_threats_and_among_tests() {
    let two = |first: &str, second: &str| json!([threat(first, json!({})), threat(second, json!({}))]);
    assert_eq!(findings(&card(json!({ "threats": two("a", "b") })), ""), NONE);
    let found = findings(&card(json!({ "threats": two("a", "a") })), "");
    assert_eq!(found, ["duplicate-id security_considerations.threats[1].id"]);
}

#[test]
fn references_are_known_present_and_unambiguous() {
    assert_eq!(
        of_refs(&["AML.T0015", "NISTAML.022", "LLM01:2026", "ML01:2023", "ASI01", "ASI01:2026", "CWE-1039"]),
        NONE
    );
    assert_eq!(of_refs(&["AML.T0199"]), ["unknown-reference .refs[0]"]);
    assert_eq!(of_refs(&["AML.T15"]), ["unknown-reference .refs[0]"]);
    assert_eq!(of_refs(&["Prompt Injection"]), ["unknown-reference .refs[0]"]);
    assert_eq!(of_refs(&["AML.T0045"]), ["retired-reference .refs[0]"]);
    assert_eq!(of_refs(&["LLM06"]), ["ambiguous-edition .refs[0]"]);
    assert_eq!(of_refs(&["LLM06:2025"]), ["superseded-edition .refs[0]"]);
    assert_eq!(of_refs(&["AML.T0015 Evasion"]), ["name-mismatch .refs[0]"]);
    assert_eq!(of_refs(&["AML.T0015 Evade AI Model", "AML.TA0001 ML Attack Staging"]), NONE);
}

#[test]
fn the_table_of_cwe_holds_a_part_of_it_so_others_may_be_cited() {
    assert_eq!(of_refs(&["CWE-79", "CWE-1321"]), NONE);
    assert_eq!(of_refs(&["CWE79"]), ["unknown-reference .refs[0]"]);
}

#[test]
fn a_newer_id_reads_otherwise_than_a_misspelt_one() {
    let message = |reference: &str| {
        let security = json!({ "threats": [threat("a", json!({ "refs": [reference, "NISTAML.022"] }))] });
        let text = card(security);
        let findings = smcard::SecurityCard::from_json(&text).expect_err("the reference is wrong");
        findings.to_string()
    };
    let newer = message("AML.T0199");
    assert!(newer.contains("is not in ATLAS 2026.09"), "{newer}");
    assert!(newer.contains("[[taxonomy.extra]]") && !newer.contains("did you mean"), "{newer}");
    let misspelt = message("AML.T015");
    assert!(misspelt.contains("did you mean `AML.T0015` (Evade AI Model)?"), "{misspelt}");
    let bare = message("LLM06");
    for meaning in ["`LLM06:2026` (Unbounded", "`LLM06:2025` (Excessive", "`LLM06:2023` (Sensitive"] {
        assert!(bare.contains(meaning), "{bare}");
    }
    assert!(message("AML.T0045").contains("AML.T0048.004"));
}

#[test]
fn a_policy_adds_ids_that_are_newer_than_the_table() {
    let policy = "[[taxonomy.extra]]\nid = \"AML.T0199\"\nname = \"A new one\"\n";
    let with = |reference: &str| {
        let refs = json!({ "refs": [reference, "NISTAML.022"] });
        findings(&card(json!({ "threats": [threat("a", refs)] })), policy)
    };
    assert_eq!(with("AML.T0199"), NONE);
    assert_eq!(with("AML.T0199 A New One"), NONE);
    assert_eq!(with("AML.T0199 Another"), ["name-mismatch security_considerations.threats[0].refs[0]"]);
    assert_eq!(with("AML.T0198"), ["unknown-reference security_considerations.threats[0].refs[0]"]);
}

#[test]
fn a_test_has_no_more_failures_than_attempts() {
    let of = |attempts: u64, failures: u64| {
        let test = test(json!({ "attempts": attempts, "failures": failures }));
        findings(&card(json!({ "tests": [test] })), "")
    };
    assert_eq!(of(3, 3), NONE);
    assert_eq!(of(3, 4), ["failures-exceed-attempts security_considerations.tests[0].failures"]);
}

#[test]
fn a_measure_reaches_its_own_threshold_and_lies_in_order() {
    let of = |value: f64, op: &str, bound: f64, interval: Value| {
        let mut text: Value = serde_json::from_str(&card(json!({}))).expect("a card is JSON");
        let changes = json!({ "value": value, "threshold": { "op": op, "value": bound }, "interval": interval });
        text["metrics"]["measures"] = json!([common::part("measure", changes)]);
        findings(&text.to_string(), "")
    };
    let missed = ["threshold-missed metrics.measures[0].value"];
    assert_eq!(of(0.9, "AtLeast", 0.9, json!([0.8, 0.95])), NONE);
    assert_eq!(of(0.89, "AtLeast", 0.9, json!([0.8, 0.95])), missed);
    assert_eq!(of(0.9, "MoreThan", 0.9, json!([0.9, 0.9])), missed);
    assert_eq!(of(0.1, "AtMost", 0.1, json!([0.0, 0.2])), NONE);
    assert_eq!(of(0.1, "LessThan", 0.1, json!([0.0, 0.2])), missed);
    assert_eq!(of(0.9, "AtLeast", 0.9, json!([0.95, 0.8])), ["invalid-number metrics.measures[0].interval"]);
    assert_eq!(of(0.9, "AtLeast", 0.9, json!([0.8])), ["invalid-number metrics.measures[0].interval"]);
}

#[test]
fn a_misspelt_field_of_a_threat_is_one_finding() {
    let found = of_threat(json!({ "scenario": null, "scenaro": "Somebody does something." }));
    assert_eq!(found, ["unknown-field .scenaro"]);
    let found = of_threat(json!({ "status": "Open", "ownr": "Team" }));
    assert_eq!(found, ["unknown-field .ownr"]);
}

#[test]
fn a_secret_in_place_of_an_id_is_quoted_by_no_other_rule() {
    let secret = format!("{}{}", "AKIA", "THISISNOSECRETID");
    let twice = json!([threat(&secret, json!({ "evidence": [secret] })), threat(&secret, json!({ "status": "Open" }))]);
    let text = card(json!({ "threats": twice }));
    let findings = smcard::SecurityCard::from_json(&text).expect_err("secrets are refused");
    let codes: Vec<&str> = findings.iter().map(|finding| finding.rule.code).collect();
    assert!(codes.contains(&"secret-in-card") && codes.contains(&"owner-missing"), "{codes:?}");
    assert!(!findings.to_string().contains(&secret), "{findings}");
}
