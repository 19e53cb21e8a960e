//! Where programs that know SPDX find what a card says.

use serde_json::{Value, json};

use super::{document, graph, named, read, related, written};
use crate::cards::with_all_facts;

#[test]
fn the_model_is_an_ai_package_with_what_the_card_says_of_it() {
    let document = document(&written("warehouse_agent"));
    let model = named(&document, "ai_AIPackage", "warehouse-agent");
    assert_eq!(document["@graph"][1]["rootElement"], json!([model["spdxId"]]));
    let developer = named(&document, "Agent", "Fjord Parts, logistics systems");
    assert_eq!((&model["suppliedBy"], &model["originatedBy"]), (&developer["spdxId"], &json!([developer["spdxId"]])));
    assert_eq!(developer["externalIdentifier"][0]["identifier"], "logistics-systems@fjord.example");
    assert_eq!(
        (&model["releaseTime"], &model["software_primaryPurpose"]),
        (&json!("2026-11-06T00:00:00Z"), &json!("model"))
    );
    let terms = graph(&document).iter().find(|element| element["type"] == "simplelicensing_LicenseExpression").unwrap();
    assert_eq!(terms["simplelicensing_licenseExpression"], "LicenseRef-fjord-internal");
    assert!(
        related(&document, model, "hasDeclaredLicense", terms)
            && related(&document, model, "hasConcludedLicense", terms)
    );
    let card = written("warehouse_agent");
    let uses = card.intended_use.primary_uses.as_ref().unwrap().stated().unwrap();
    assert!(model["ai_informationAboutApplication"].as_str().unwrap().starts_with(&format!("Primary uses: {uses}")));
    let limits = card.intended_use.out_of_scope_uses.as_ref().unwrap().stated().unwrap();
    assert!(model["ai_limitation"].as_str().unwrap().starts_with(&format!("Out of scope: {limits}")));
    let metric =
        model["ai_metric"].as_array().unwrap().iter().find(|metric| metric["key"] == "orders as a planner's").unwrap();
    assert!(metric["value"].as_str().unwrap().starts_with("0.962"), "{metric}");
    let refs = model["externalRef"].as_array().unwrap();
    let has = |sort: &str, locator: &str| {
        refs.iter().any(|reference| reference["externalRefType"] == sort && reference["locator"] == json!([locator]))
    };
    assert!(has("documentation", "https://git.fjord.example/logistics/warehouse-agent"), "{refs:#?}");
    assert!(has("securityOther", "mailto:security@fjord.example"), "{refs:#?}");
    // A prompt configures the model; an agent calls its base model and does not come from it.
    let prompts = named(&document, "software_Package", "prompts");
    assert!(related(&document, prompts, "configures", model));
    let hosted = named(&document, "software_Package", "hosted-model");
    assert!(related(&document, model, "dependsOn", hosted) && !related(&document, model, "descendantOf", hosted));
}

#[test]
fn what_is_no_software_stands_in_the_annotation_alone() {
    let document = document(&written("warehouse_agent"));
    let card = written("warehouse_agent");
    for component in card.system.components.iter().filter(|one| one.kind == Some(smcard_core::ComponentKind::Tool)) {
        let id = component.id.as_ref().unwrap().stated().unwrap();
        assert!(
            !graph(&document).iter().any(|element| element["spdxId"].as_str().is_some_and(|iri| iri.ends_with(id))),
            "{id}"
        );
        let held = graph(&document).iter().find(|element| element["name"] == "smcard:card").unwrap();
        assert!(held["statement"].as_str().unwrap().contains(id));
    }
}

#[test]
fn the_card_and_its_reviews_are_annotations_of_the_model() {
    let document = document(&written("defect_detector"));
    let model = &document["@graph"][1]["rootElement"][0];
    let card = named(&document, "Annotation", "smcard:card");
    assert_eq!((&card["subject"], &card["contentType"]), (model, &json!("application/json")));
    assert_eq!(card["statement"], written("defect_detector").to_json());
    let review = graph(&document).iter().find(|element| element["annotationType"] == "review").unwrap();
    assert_eq!(&review["subject"], model);
    assert!(review["statement"].as_str().unwrap().contains(" on 2026-09-21"), "{review}");
}

#[test]
fn files_are_of_their_component_with_their_digest() {
    let document = document(&read(&with_all_facts(&written("warehouse_agent").to_json())));
    let file = named(&document, "software_File", "base.onnx");
    assert_eq!(file["verifiedUsing"], json!([{ "type": "Hash", "algorithm": "sha256", "hashValue": "0".repeat(64) }]));
    assert!(related(&document, named(&document, "ai_AIPackage", "A base"), "contains", file));
}

#[test]
fn a_vulnerability_says_what_was_decided_about_it() {
    let document = document(&read(&with_all_facts(&written("warehouse_agent").to_json())));
    let base = named(&document, "ai_AIPackage", "A base");
    let assessed = |id: &str| -> Vec<&Value> {
        let vulnerability = named(&document, "security_Vulnerability", id);
        graph(&document).iter().filter(|element| element["from"] == vulnerability["spdxId"]).collect()
    };
    for (number, relation, says, is_there) in [
        (0, "affects", json!("It is there, and nothing has been done yet."), true),
        (1, "underInvestigationFor", json!("Somebody is finding out what it means for this model."), true),
        (
            3,
            "doesNotAffect",
            json!("It is known from something the model is made of, and does not affect the model."),
            false,
        ),
        (4, "affects", json!("It stays, and somebody bears the risk."), true),
    ] {
        let id = format!("CVE-2026-1000{number}");
        let [assessment] = assessed(&id)[..] else { panic!("{id}") };
        assert_eq!((&assessment["relationshipType"], &assessment["to"]), (&json!(relation), &json!([base["spdxId"]])));
        let statements = ["security_actionStatement", "security_statusNotes", "security_impactStatement"];
        assert!(statements.iter().any(|key| assessment[*key] == says), "{assessment}");
        let vulnerability = named(&document, "security_Vulnerability", &id);
        assert_eq!(vulnerability["externalIdentifier"][0]["externalIdentifierType"], "cve");
        assert_eq!(related(&document, base, "hasAssociatedVulnerability", vulnerability), is_there, "{id}");
    }
    // What a later version no longer has, that version has not; this one may.
    let [fixed] = assessed("CVE-2026-10002")[..] else { panic!() };
    let later = graph(&document).iter().find(|element| element["software_packageVersion"] == "9.9").unwrap();
    assert_eq!((&fixed["relationshipType"], &fixed["to"]), (&json!("fixedIn"), &json!([later["spdxId"]])));
    let weakness = &named(&document, "security_Vulnerability", "CVE-2026-10002")["externalRef"][1];
    assert_eq!((&weakness["externalRefType"], &weakness["locator"]), (&json!("cwe"), &json!(["CWE-125"])));
    // An id of the organization's own is no CVE.
    let own = named(&document, "security_Vulnerability", "FJORD-2026-031");
    assert_eq!(own["externalIdentifier"][0]["externalIdentifierType"], "securityOther");
}

#[test]
fn a_threat_that_is_about_a_cve_names_it() {
    let mut card = written("warehouse_agent");
    let mut threats = card.security_considerations.threats.to_vec();
    let refs = ["CVE-2026-4711 in the host", "CVE-ish"].map(smcard_core::Text::new);
    threats[0].refs = smcard_core::List::Owned(refs.to_vec());
    threats[0].affects = smcard_core::List::EMPTY;
    card.security_considerations.threats = smcard_core::List::Owned(threats);
    let document = document(&card);
    let vulnerability = named(&document, "security_Vulnerability", "CVE-2026-4711");
    assert!(related(
        &document,
        named(&document, "ai_AIPackage", "warehouse-agent"),
        "hasAssociatedVulnerability",
        vulnerability
    ));
    assert!(!graph(&document).iter().any(|element| element["name"] == "CVE-ish"));
}

#[test]
fn a_reason_stands_in_no_property() {
    let document = document(&read(&with_all_facts(&written("support_assistant").to_json())));
    let is_reason =
        |text: &str| ["Unknown: ", "Withheld: ", "Not applicable: "].iter().any(|reason| text.contains(reason));
    for element in graph(&document).iter().filter(|element| element["name"] != "smcard:card") {
        assert!(!is_reason(&element.to_string()), "{element:#}");
    }
}
