//! DefectDojo: the findings that its parser takes, and no others.

use serde_json::{Value, json};
use smcard_core::{SecurityCard, Text};
use smcard_export::Format;

use crate::cards::{WRITTEN, each};

/// The keys that the parser of DefectDojo takes, from its source (`dojo/tools/generic/json_parser.py`), of those that
/// every version of it knows: it refuses a file with any other.
const TAKEN: [&str; 25] = [
    "title",
    "severity",
    "description",
    "date",
    "cwe",
    "mitigation",
    "impact",
    "steps_to_reproduce",
    "severity_justification",
    "references",
    "active",
    "verified",
    "false_p",
    "out_of_scope",
    "risk_accepted",
    "under_review",
    "is_mitigated",
    "component_name",
    "component_version",
    "unique_id_from_tool",
    "vuln_id_from_tool",
    "planned_remediation_date",
    "planned_remediation_version",
    "tags",
    "vulnerability_ids",
];

fn document(card: &SecurityCard<'_>) -> Value {
    serde_json::from_str(&Format::named("defectdojo").unwrap().write(card).unwrap()).unwrap()
}

fn warehouse() -> SecurityCard<'static> {
    WRITTEN.iter().find(|(name, _)| *name == "warehouse_agent").unwrap().1.clone()
}

fn finding<'v>(document: &'v Value, id: &str) -> &'v Value {
    let mut findings = document["findings"].as_array().unwrap().iter();
    findings.find(|finding| finding["vuln_id_from_tool"] == id).unwrap_or_else(|| panic!("no {id} in {document}"))
}

#[test]
fn every_finding_is_one_that_the_parser_takes() {
    let mut findings = 0;
    each(|name, card| {
        for finding in document(card)["findings"].as_array().unwrap() {
            findings += 1;
            for key in finding.as_object().unwrap().keys() {
                assert!(TAKEN.contains(&key.as_str()), "{name}: {key}");
            }
            let severity = finding["severity"].as_str().unwrap();
            assert!(["Info", "Low", "Medium", "High", "Critical"].contains(&severity), "{name}: {severity}");
            let title = finding["title"].as_str().unwrap();
            assert!(!title.is_empty() && title.chars().count() <= 511, "{name}: {title}");
            assert!(!finding["description"].as_str().unwrap().is_empty(), "{name}");
            for date in ["date", "planned_remediation_date"] {
                let date = finding[date].as_str();
                assert!(date.is_none_or(|date| smcard_core::Day::parse(date).is_some()), "{name}: {date:?}");
            }
            assert!(finding["cwe"].is_null() || finding["cwe"].is_u64(), "{name}");
        }
    });
    assert!(findings > 30, "{findings}");
}

#[test]
fn open_and_accepted_threats_are_findings_and_what_is_dealt_with_is_none() {
    let document = document(&warehouse());
    assert_eq!(document["findings"].as_array().unwrap().len(), 2);
    let open = finding(&document, "spent-budget");
    assert_eq!(
        (&open["severity"], &open["active"], &open["risk_accepted"]),
        (&json!("Low"), &json!(true), &json!(false))
    );
    assert_eq!(
        (&open["planned_remediation_date"], &open["severity_justification"]),
        (&json!("2027-02-28"), &json!("Likelihood Medium, impact Low."))
    );
    assert_eq!(open["tags"], json!(["threat", "availability"]));
    assert!(open["description"].as_str().unwrap().contains("**Owner:** Logistics systems"), "{open}");
    let accepted = finding(&document, "price-leak");
    assert_eq!(
        (&accepted["severity"], &accepted["active"], &accepted["risk_accepted"]),
        (&json!("Low"), &json!(false), &json!(true))
    );
    assert_eq!(accepted["mitigation"], "- Prices of others are not in the model's context.");
    let told = accepted["description"].as_str().unwrap();
    assert!(
        told.contains("**Accepted until:** 2027-05-31") && told.contains("**Accepted by:** Head of purchasing"),
        "{told}"
    );
    assert_eq!(accepted["unique_id_from_tool"], "warehouse-agent:price-leak");
}

#[test]
fn a_known_vulnerability_that_is_not_dealt_with_is_a_finding() {
    let mut report: Value = serde_json::from_str(&warehouse().to_json()).unwrap();
    report["security_considerations"]["vulnerabilities"] = json!([
        { "id": "CVE-2026-1", "title": "It is wrong", "status": "Open", "severity": "High", "found": "2026-10-01", "refs": ["CWE-79"] },
        { "id": "GHSA-a-b-c", "title": "It may be wrong", "status": "InTriage" },
        { "id": "OWN-1", "title": "It was wrong", "status": "Fixed" },
        { "id": "OWN-2", "title": "It is not wrong here", "status": "NotAffected" },
    ]);
    report["security_considerations"]["threats"][3]["refs"] = json!(["NISTAML.017"]);
    let report = report.to_string();
    let document = document(&crate::cards::read(&report));
    assert_eq!(document["findings"].as_array().unwrap().len(), 4);
    let open = finding(&document, "CVE-2026-1");
    assert_eq!(
        (&open["cwe"], &open["date"], &open["vulnerability_ids"]),
        (&json!(79), &json!("2026-10-01"), &json!(["CVE-2026-1"]))
    );
    let triage = finding(&document, "GHSA-a-b-c");
    assert_eq!(
        (&triage["severity"], &triage["under_review"], &triage["verified"]),
        (&json!("Info"), &json!(true), &json!(false))
    );
}

#[test]
fn a_card_without_findings_is_an_import_of_none() {
    let mut card = warehouse();
    card.security_considerations.threats = smcard_core::List::EMPTY;
    assert_eq!(document(&card)["findings"], json!([]));
}

#[test]
fn markup_in_a_card_is_none_in_a_finding() {
    let mut card = warehouse();
    let mut threat = card.security_considerations.threats[3].clone();
    threat.scenario = Some(Text::Stated("<img src=x> [a](javascript:b) **c**".into()));
    card.security_considerations.threats = [threat].into_iter().collect();
    let description = document(&card)["findings"][0]["description"].as_str().unwrap().to_owned();
    assert!(description.starts_with(r"\<img src=x> \[a\](javascript:b) \*\*c\*\*"), "{description}");
}

#[test]
fn a_title_is_no_longer_than_what_is_stored() {
    let mut card = warehouse();
    let mut threat = card.security_considerations.threats[3].clone();
    threat.title = Some(Text::Stated("é".repeat(600).into()));
    card.security_considerations.threats = [threat].into_iter().collect();
    let title = document(&card)["findings"][0]["title"].as_str().unwrap().to_owned();
    assert_eq!((title.chars().count(), title.ends_with('…')), (511, true));
}
