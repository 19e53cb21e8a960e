//! Where programs that know SPDX find what a card says.

use serde_json::{Value, json};
use smcard_core::{Policy, SecurityCard};

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
    let says = "ApprovedWithConditions by Product security on 2026-09-21; next review due by 2027-03-21\n\n\
                Weights are to be signed before line 5 is switched on.";
    assert_eq!(review["statement"], says);
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
    let refs = ["CVE-2026-4711 in the host", "CVE-ish", "CVE-26-4711", "CVE-2026-a711"].map(smcard_core::Text::new);
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
    assert_eq!(
        graph(&document)
            .iter()
            .filter(|element| element["name"].as_str().is_some_and(|name| name.starts_with("CVE")))
            .count(),
        1
    );
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

/// An example with other values at some pointers; null takes one away.
fn with(name: &str, changes: &[(&str, Value)]) -> SecurityCard<'static> {
    let mut report: Value = serde_json::from_str(&written(name).to_json()).unwrap();
    for (pointer, value) in changes {
        let (block, key) = pointer.rsplit_once('/').unwrap();
        let block = report.pointer_mut(block).unwrap().as_object_mut().unwrap();
        match value {
            Value::Null => drop(block.remove(key)),
            value => drop(block.insert(key.to_owned(), value.clone())),
        }
    }
    read(report.to_string().leak())
}

#[test]
fn a_figure_stands_under_its_name_and_the_part_of_the_data_that_it_is_about() {
    let measures = json!([
        { "name": "accuracy", "value": 97.5, "unit": "%", "slice": "lighting=low", "interval": [96, 98.25] },
        { "name": "recall", "value": 0.5 },
    ]);
    let document = document(&with("warehouse_agent", &[("/metrics/measures", measures)]));
    let model = named(&document, "ai_AIPackage", "warehouse-agent");
    let entry = |key: &str, value: &str| json!({ "type": "DictionaryEntry", "key": key, "value": value });
    let metrics = model["ai_metric"].as_array().unwrap();
    assert!(metrics.contains(&entry("accuracy[lighting=low]", "97.5 % (96 to 98.25)")), "{metrics:#?}");
    assert!(metrics.contains(&entry("recall", "0.5")), "{metrics:#?}");
    let words = "97 percent with fewer than 50 open orders, 94 percent with more.";
    assert!(metrics.contains(&entry("unitary results", words)), "{metrics:#?}");
    let threshold = "An order of more than 500 euros is put before a person.";
    assert_eq!(model["ai_metricDecisionThreshold"], json!([entry("decision thresholds", threshold)]));
}

#[test]
fn what_the_card_says_of_the_component_of_the_model_is_said_of_the_model() {
    let component = json!([{
        "id": "agent", "kind": "Model", "version": "0.9", "supplier": "A host", "description": "It answers.",
        "url": "https://host.example/agent", "purl": "pkg:generic/agent@0.9",
        "files": [
            { "path": "a.onnx", "sha256": "AB".repeat(32) }, { "path": "a.onnx", "sha256": "ab".repeat(32) },
            { "path": "b.onnx" },
        ],
    }]);
    let document = document(&with(
        "warehouse_agent",
        &[
            ("/system", json!({ "components": component })),
            ("/security_considerations/ai_class", Value::Null),
            ("/security_considerations/threats", Value::Null),
            ("/security_considerations/vulnerabilities", Value::Null),
            ("/model_details/version", json!("Unknown: Nobody wrote it down.")),
            ("/model_details/citation", json!("Fjord Parts (2026).")),
        ],
    ));
    let model = named(&document, "ai_AIPackage", "warehouse-agent");
    assert_eq!(model["suppliedBy"], named(&document, "Agent", "A host")["spdxId"]);
    assert_eq!(model["originatedBy"], json!([named(&document, "Agent", "Fjord Parts, logistics systems")["spdxId"]]));
    for (key, value) in [
        ("software_packageVersion", json!("0.9")),
        ("software_packageUrl", json!("pkg:generic/agent@0.9")),
        ("software_homePage", json!("https://git.fjord.example/logistics/warehouse-agent")),
        ("software_attributionText", json!(["Fjord Parts (2026)."])),
        ("description", json!("It answers.")),
    ] {
        assert_eq!(model[key], value, "{key}");
    }
    let page =
        json!({ "type": "ExternalRef", "externalRefType": "altWebPage", "locator": ["https://host.example/agent"] });
    assert!(model["externalRef"].as_array().unwrap().contains(&page));
    // A file that is named twice is one.
    let files: Vec<&Value> = graph(&document).iter().filter(|element| element["type"] == "software_File").collect();
    let [a, b] = files[..] else { panic!("{files:#?}") };
    assert_eq!((&a["name"], &a["verifiedUsing"][0]["hashValue"]), (&json!("a.onnx"), &json!("ab".repeat(32))));
    assert_eq!((&b["name"], &b["verifiedUsing"]), (&json!("b.onnx"), &Value::Null));
    assert!(related(&document, model, "contains", a) && related(&document, model, "contains", b));
}

#[test]
fn a_reference_is_of_the_kind_of_its_test_or_page() {
    let test = |id: &str, kind: &str, report: &str| json!({ "id": id, "kind": kind, "tool": "by hand", "date": "2026-01-02", "result": "Passed", "report": report });
    let tests = json!([
        test("hidden-instructions", "RedTeaming", "https://a.example/red"),
        test("pen", "PenetrationTest", "https://a.example/pen"),
        test("scan", "ModelScan", "https://a.example/scan"),
        test("packages", "VulnerabilityScan", "https://a.example/packages"),
        test("privacy", "PrivacyTesting", "https://a.example/privacy"),
        test("bounty", "BugBounty", "https://a.example/bounty"),
        test("kept", "ManualReview", "Kept by product security"),
    ]);
    let references = |model: &str| {
        let card = with(
            "warehouse_agent",
            &[
                ("/security_considerations/tests", tests.clone()),
                ("/security_considerations/threat_modeling", json!(model)),
                ("/security_considerations/references", json!(["Advice: <https://b.example/advice>.", "By mail"])),
            ],
        );
        let document = document(&card);
        let model = named(&document, "ai_AIPackage", "warehouse-agent");
        let refs = model["externalRef"].as_array().unwrap().clone();
        let refs = refs
            .iter()
            .map(|one| format!("{} {}", one["externalRefType"].as_str().unwrap(), one["locator"][0].as_str().unwrap()));
        refs.collect::<Vec<String>>()
    };
    let found = references("https://a.example/threats");
    for reference in [
        "documentation https://git.fjord.example/logistics/warehouse-agent/data-flow.svg",
        "support mailto:logistics-systems@fjord.example",
        "securityPolicy https://www.fjord.example/security/disclosure",
        "securityThreatModel https://a.example/threats",
        "securityOther https://b.example/advice",
        "dynamicAnalysisReport https://a.example/red",
        "securityPenTestReport https://a.example/pen",
        "staticAnalysisReport https://a.example/scan",
        "componentAnalysisReport https://a.example/packages",
        "privacyAssessment https://a.example/privacy",
        "securityOther https://a.example/bounty",
    ] {
        assert!(found.iter().any(|one| one == reference), "{reference}: {found:#?}");
    }
    assert_eq!(found.len(), 13, "{found:#?}");
    // A text with a link is no threat model that stands elsewhere.
    let found = references("After https://a.example/threats, by hand");
    assert!(!found.iter().any(|one| one.starts_with("securityThreatModel")), "{found:#?}");
}

#[test]
fn data_is_as_confidential_as_the_card_says_where_spdx_has_the_word() {
    for (sensitivity, level) in [
        ("Public", json!("clear")),
        ("Internal", Value::Null),
        ("Confidential", json!("amber")),
        ("Restricted", json!("red")),
    ] {
        let mut report: Value = serde_json::from_str(&with_all_facts(&written("whisper").to_json())).unwrap();
        let components = report["system"]["components"].as_array_mut().unwrap();
        components.last_mut().unwrap()["sensitivity"] = json!(sensitivity);
        report["extensions"]["spdx"]["packages"][1].as_object_mut().unwrap().remove("type");
        let document = document(&read(&report.to_string()));
        let data = named(&document, "dataset_DatasetPackage", "Welds");
        assert_eq!(data["dataset_confidentialityLevel"], level, "{sensitivity}");
        assert_eq!(data["dataset_datasetType"], json!(["noAssertion"]));
    }
}

#[test]
fn why_and_how_data_was_prepared_stands_with_the_data() {
    let document = document(&written("warehouse_agent"));
    let data = named(&document, "software_Package", "evaluation data");
    let says = "Motivation: They hold two stock-takes and one strike, when the agent is most likely to err.\n\n\
                Preprocessing: Prices and names of suppliers were replaced.";
    assert_eq!(data["comment"], says);
}

#[test]
fn what_is_fixed_in_the_version_of_the_card_is_fixed_in_the_model() {
    let version = env!("CARGO_PKG_VERSION");
    let known = json!([{
        "id": "FJORD-2026-031", "title": "Replies quoted the thread", "status": "Fixed", "fixed_in": version,
        "affects": ["agent", "agent", "agent"], "severity": "High", "found": "2026-08", "refs": ["CWE-200", "CWE-200 Exposure of Sensitive Information to an Unauthorized Actor"],
    }]);
    let document = document(&with("warehouse_agent", &[("/security_considerations/vulnerabilities", known)]));
    let model = named(&document, "ai_AIPackage", "warehouse-agent");
    let vulnerability = named(&document, "security_Vulnerability", "FJORD-2026-031");
    assert_eq!(model["software_packageVersion"], version);
    let fixed = graph(&document).iter().find(|element| element["relationshipType"] == "fixedIn").unwrap();
    assert_eq!((&fixed["from"], &fixed["to"]), (&vulnerability["spdxId"], &json!([model["spdxId"]])));
    // What is named twice is said once.
    let associated =
        graph(&document).iter().filter(|element| element["relationshipType"] == "hasAssociatedVulnerability");
    assert_eq!(associated.count(), 1);
    assert_eq!(vulnerability["externalRef"].as_array().unwrap().len(), 1);
    let says =
        format!("Status: Fixed\nSeverity: High\nFound: 2026-08\nFixed in: {version}\nAffects: agent, agent, agent");
    assert_eq!(vulnerability["comment"], says);
}

#[test]
fn a_cve_that_the_card_knows_and_threats_name_is_one_vulnerability() {
    let mut card = with_all_facts(&written("warehouse_agent").to_json());
    card = card.replace("\"AML.T0010.003\"", "\"CVE-2026-10000\"").replace("\"ASI02\"", "\"CVE-2026-4711\"");
    card = card.replace("\"LLM02:2026\"", "\"CVE-2026-4711\"");
    // No taxonomy has them: a policy does.
    let extra = ["CVE-2026-10000", "CVE-2026-4711", "AML.T0199"].map(|id| {
        let name = if id.starts_with("AML") { "Tool Budget Exhaustion" } else { "Out of bounds" };
        format!("[[taxonomy.extra]]\nid = \"{id}\"\nname = \"{name}\"\n")
    });
    let policy = Policy::from_toml(&extra.concat(), "smcard.toml").unwrap();
    let card = SecurityCard::from_json_with(&card, &policy).unwrap();
    let document = document(&card);
    let count = |name: &str| graph(&document).iter().filter(|element| element["name"] == name).count();
    assert_eq!((count("CVE-2026-10000"), count("CVE-2026-4711")), (1, 1));
}

#[test]
fn equal_licences_are_one_element_and_an_iri_is_one_whatever_an_id_holds() {
    let document = document(&written("support_assistant"));
    let mut expressions: Vec<&str> =
        graph(&document).iter().filter_map(|element| element["simplelicensing_licenseExpression"].as_str()).collect();
    expressions.sort_unstable();
    assert_eq!(expressions, ["Apache-2.0", "Apache-2.0 AND LicenseRef-harbour-terms", "LicenseRef-harbour-terms"]);
    // A path with what may stand in no IRI.
    let card = with_all_facts(&written("warehouse_agent").to_json()).replace("base.onnx", "a b/%41<模型>.onnx");
    let document = super::document(&read(&card));
    let file = named(&document, "software_File", "a b/%41<模型>.onnx");
    assert!(file["spdxId"].as_str().unwrap().ends_with("#file:a%20b%2F%2541%3C模型%3E.onnx"), "{file}");
}
