//! The preview of CycloneDX 2.0: the threat model stands there natively, and says that it is a preview.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};
use smcard_core::{Policy, SecurityCard};
use smcard_export::Format;

use crate::cards::{WRITTEN, each, random_report, read, with_words};
use crate::schemas::{errors, schema, validator};

const SCHEMA: &str = "bom-2.0-preview-threatmodeling.schema.json";

fn document(card: &SecurityCard<'_>) -> Value {
    serde_json::from_str(&Format::named("cyclonedx-2.0-preview").unwrap().write(card).unwrap()).unwrap()
}

fn warehouse_report() -> Value {
    let (_, card) = WRITTEN.iter().find(|(name, _)| *name == "warehouse_agent").unwrap();
    serde_json::from_str(&card.to_json()).unwrap()
}

/// The document of the card of the warehouse agent with a change.
fn changed(change: impl FnOnce(&mut Value)) -> Value {
    let mut report = warehouse_report();
    change(&mut report);
    let report = report.to_string();
    // One of its references needs a policy.
    let extra = "[[taxonomy.extra]]\nid = \"AML.T0199\"\nname = \"Tool Budget Exhaustion\"\n";
    let policy = Policy::from_toml(extra, "smcard.toml").unwrap();
    let card = SecurityCard::from_json_with(&report, &policy).unwrap_or_else(|findings| panic!("{findings}"));
    document(&card)
}

fn with<'v>(list: &'v Value, key: &str, value: &str) -> &'v Value {
    list.as_array().unwrap().iter().find(|item| item[key] == value).unwrap_or_else(|| panic!("no {value} in {list}"))
}

fn named<'v>(list: &'v Value, name: &str) -> &'v Value {
    with(list, "bom-ref", name)
}

fn property<'v>(of: &'v Value, name: &str) -> &'v Value {
    of["properties"]
        .as_array()
        .and_then(|all| all.iter().find(|it| it["name"] == name))
        .map_or(&Value::Null, |it| &it["value"])
}

/// The keys under which the schema has references.
fn referring(schema: &Value, found: &mut HashSet<String>) {
    fn refers(of: &Value) -> bool {
        match of {
            Value::Object(of) => {
                let named = of.get("$ref").and_then(Value::as_str).is_some_and(|to| to.ends_with("/refLinkType"));
                named || ["items", "anyOf", "oneOf"].iter().any(|key| of.get(*key).is_some_and(refers))
            }
            Value::Array(of) => of.iter().any(refers),
            _ => false,
        }
    }
    match schema {
        Value::Object(object) => {
            for (key, of) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
                if refers(of) {
                    found.insert(key.clone());
                }
            }
            object.values().for_each(|schema| referring(schema, found));
        }
        Value::Array(items) => items.iter().for_each(|schema| referring(schema, found)),
        _ => {}
    }
}

/// The names that a document gives, with how often, and those that it refers to.
fn names(value: &Value, referring: &HashSet<String>, given: &mut HashMap<String, usize>, used: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            // `useCases` of a model card are texts.
            for (key, value) in object.iter().filter(|(key, _)| *key != "considerations") {
                match value {
                    Value::String(name) if key == "bom-ref" => *given.entry(name.clone()).or_default() += 1,
                    Value::String(name) if referring.contains(key) => used.push(name.clone()),
                    Value::Array(names) if referring.contains(key) => {
                        used.extend(names.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => {}
                }
                names(value, referring, given, used);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, referring, given, used)),
        _ => {}
    }
}

#[test]
fn whatever_the_schema_has_as_a_reference_leads_to_a_name_that_stands_once() {
    let Some(schema) = schema(SCHEMA) else { return };
    let mut keys = HashSet::new();
    referring(&schema, &mut keys);
    for key in
        ["zone", "zones", "source", "threats", "relatedRisks", "appliesTo", "boundary", "componentRef", "controls"]
    {
        assert!(keys.contains(key), "{key}");
    }
    let mut compared = 0;
    each(|name, card| {
        let (mut given, mut used) = (HashMap::new(), Vec::new());
        names(&document(card), &keys, &mut given, &mut used);
        let twice: Vec<_> = given.iter().filter(|(_, count)| **count > 1).collect();
        assert!(twice.is_empty(), "{name}: {twice:?}");
        // What lies outside is addressed by a link.
        for reference in used.iter().filter(|reference| !reference.starts_with("urn:cdx:")) {
            assert!(given.contains_key(reference), "{name}: {reference} leads nowhere");
            compared += 1;
        }
    });
    assert!(compared > 2_000, "{compared}");
}

#[test]
fn a_threat_model_that_is_broken_is_refused_by_the_schema() {
    let Some(schema) = schema(SCHEMA) else { return };
    let validator = validator(&schema);
    let good = document(&WRITTEN.iter().find(|(name, _)| *name == "warehouse_agent").unwrap().1.clone());
    assert_eq!(errors(&validator, &good), [""; 0]);
    for (what, pointer, value) in [
        ("another format", "/specFormat", json!("cyclonedx")),
        ("the key of older versions", "/bomFormat", json!("CycloneDX")),
        ("an extension at the top", "/ext:example.com:x", json!(1)),
        ("a level of the card", "/threats/scenarios/0/likelihood/level", json!("Critical")),
        ("an impact of another scale", "/risks/risks/0/inherentRisk/impact/level", json!("medium")),
        ("a score without its level", "/risks/risks/0/residualRisk/score", json!({ "score": 1 })),
        ("a scenario of no threat", "/threats/scenarios/0/threats", json!([])),
        ("a risk that says nothing", "/risks/risks/0/statement", Value::Null),
        ("a strategy of none", "/risks/risks/0/responses/0/strategy", json!("mitigate")),
        ("a day that is no moment", "/risks/risks/0/responses/0/targetDate", json!("2026-02-30T00:00:00Z")),
        ("a boundary of one zone", "/blueprints/0/boundaries/0/zones", json!(["zone:internet"])),
        (
            "an asset that is two things",
            "/blueprints/0/assets",
            json!([{ "bom-ref": "a", "componentRef": "component:agent", "type": "tool", "name": "a" }]),
        ),
        ("a flow that is no word", "/blueprints/0/flows/0/encrypted", json!("yes")),
        ("an actor without a role", "/blueprints/0/actors/0/party/roles", json!([])),
        ("a model of no type", "/blueprints/0/modelTypes", json!([])),
        ("a trust of the card", "/threats/trustBoundaries/0/trustLevel", json!("Untrusted")),
        ("a weakness by a text", "/threats/threats/0/weaknesses", json!(["CWE-862"])),
        ("a weakness of no number", "/threats/threats/0/weaknesses", json!([{ "cweId": 0 }])),
        ("a control of nothing", "/controls/0/appliesTo", json!([])),
        ("a supplier as in 1.7", "/components/0/supplier", json!({ "name": "a" })),
        ("a package URL as in 1.7", "/components/0/purl", json!("pkg:pypi/torch")),
        ("a classification in other words", "/services/0/data/0/classification", json!("not stated")),
    ] {
        let mut document = good.clone();
        let (block, key) = pointer.rsplit_once('/').unwrap();
        document.pointer_mut(block).unwrap_or_else(|| panic!("no {block}"))[key] = value;
        assert!(!validator.is_valid(&document), "{what} is valid");
    }
}

#[test]
fn it_says_that_it_is_a_preview() {
    let format = Format::named("cyclonedx-2.0-preview").unwrap();
    assert!(format.name.contains("preview") && format.doc.contains("preview") && format.extension.contains("preview"));
    each(|name, card| {
        let document = document(card);
        let said = property(&document["metadata"], "smcard:export:preview").as_str().unwrap();
        assert!(said.starts_with("CycloneDX 2.0 is not released"), "{name}");
        assert_eq!((&document["specFormat"], &document["specVersion"]), (&json!("CycloneDX"), &json!("2.0")));
    });
}

#[test]
fn the_blueprint_is_the_system_of_the_card() {
    let document = changed(|_| {});
    let blueprint = &document["blueprints"][0];
    assert_eq!((&blueprint["name"], &blueprint["modelTypes"]), (&json!("warehouse-agent"), &json!(["data-flow"])));
    assert_eq!(property(blueprint, "smcard:system:exposure"), "Public");
    assert_eq!(property(blueprint, "smcard:system:human_oversight"), &Value::Null, "it is a control");
    assert!(named(&document["controls"], "control:human_oversight")["description"].is_string());
    let zone = named(&blueprint["zones"], "zone:internet");
    assert_eq!((&zone["name"], &zone["type"]), (&json!("internet"), &json!("trust")));
    assert_eq!(property(zone, "smcard:system:zones.trust"), "Untrusted");
    assert_eq!(
        blueprint["boundaries"],
        json!([{ "bom-ref": "boundary:internet:company", "type": "trust", "zones": ["zone:internet", "zone:company"] }])
    );
    let host = named(&blueprint["assets"], "asset:model-host");
    assert_eq!((&host["componentRef"], &host["zone"]), (&json!("service:model-host"), &json!("zone:internet")));
    assert_eq!(host["type"], Value::Null);
    let tool = named(&blueprint["assets"], "asset:cancel-tool");
    assert_eq!((&tool["type"], &tool["name"]), (&json!("tool"), &json!("cancel-tool")));
    assert_eq!(property(tool, "smcard:system:components.permission"), "NeedsApproval");
    let store = named(&blueprint["assets"], "asset:mail-store");
    assert_eq!(
        (&store["type"], &store["classification"]["classification"]),
        (&json!("data-store"), &json!("confidential"))
    );
    let data = named(&blueprint["dataSets"], "dataset:replayed-weeks");
    assert_eq!(data["dataProfiles"], json!([{ "name": "sensitivity", "classification": "internal" }]));
    assert_eq!(
        named(&blueprint["actors"], "actor:supplier-mailbox")["party"],
        json!({ "roles": [{ "name": "client" }], "system": { "kind": { "name": "supplier-mailbox" } } })
    );
    let flow = named(&blueprint["flows"], "flow:mail-in");
    assert_eq!((&flow["source"], &flow["destination"]), (&json!("actor:supplier-mailbox"), &json!("asset:mail-store")));
    assert_eq!((&flow["encrypted"], &flow["name"]), (&json!(false), &json!("Suppliers' mail")));
    assert_eq!(flow["authentication"], json!([{ "name": "The sender's domain is checked, the sender is not." }]));
    assert_eq!(blueprint["assumptions"].as_array().unwrap().len(), 2);
    assert_eq!(blueprint["visualizations"][0]["type"], json!({ "type": "data-flow" }));
    // Tools, stores and clients are in the blueprint, and in no list of software.
    let services: Vec<&Value> = document["services"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(services, ["model-host"]);
    assert!(
        document["dependencies"].as_array().unwrap().iter().all(|one| !one["ref"].as_str().unwrap().contains("tool"))
    );
}

#[test]
fn the_threats_are_those_of_the_card() {
    let document = changed(|_| {});
    let threats = &document["threats"];
    let hijack = named(&threats["threats"], "threat:goal-hijack");
    assert_eq!(hijack["name"], "A mail gives the agent another goal");
    assert_eq!(
        hijack["weaknesses"],
        json!([{ "name": "ASI01 Agent Goal Hijack" }, { "name": "LLM01:2026 Prompt Injection" }])
    );
    assert_eq!(hijack["attackPatterns"], json!(["reference:AML.T0051.001", "reference:NISTAML.018"]));
    assert_eq!(hijack["affectedAssets"], json!(["asset:agent", "asset:order-tool"]));
    assert_eq!(hijack["mitigations"], json!(["control:goal-hijack:1", "control:goal-hijack:2"]));
    assert_eq!(property(hijack, "smcard:threats:affects[0]"), "mail-in");
    assert_eq!(property(hijack, "smcard:threats:affects[1]"), &Value::Null);
    assert_eq!(property(hijack, "smcard:threats:refs[0]"), "ASI01 Agent Goal Hijack");
    let misuse = named(&threats["threats"], "threat:tool-misuse");
    assert_eq!(misuse["weaknesses"][2], json!({ "cweId": 862 }));
    let pattern = named(&threats["attackPatterns"], "reference:AML.T0199");
    assert_eq!(pattern["techniques"], json!([{ "id": "AML.T0199", "name": "Tool Budget Exhaustion" }]));
    let scenario = named(&threats["scenarios"], "scenario:goal-hijack");
    assert_eq!((&scenario["likelihood"]["level"], &scenario["impact"]["level"]), (&json!("high"), &json!("moderate")));
    assert_eq!(scenario["riskAttributes"], json!(["integrity", { "name": "misuse" }]));
    assert_eq!(
        (&scenario["threats"], &scenario["relatedRisks"]),
        (&json!(["threat:goal-hijack"]), &json!(["risk:goal-hijack"]))
    );
    let boundary = &threats["trustBoundaries"][0];
    assert_eq!(
        (&boundary["boundary"], &boundary["trustLevel"]),
        (&json!("boundary:internet:company"), &json!("untrusted"))
    );
    let there = boundary["threatsAtBoundary"].as_array().unwrap();
    for threat in ["goal-hijack", "price-leak", "spent-budget", "changed-model"] {
        assert!(there.contains(&json!(format!("threat:{threat}"))), "{threat}: {boundary}");
    }
    assert!(!there.contains(&json!("threat:tool-misuse")), "{boundary}");
    let claim = named(&document["declarations"]["claims"], "claim:goal-hijack");
    assert_eq!(claim["mitigationStrategies"], hijack["mitigations"]);
    let evidence = document["declarations"]["evidence"].as_array().unwrap();
    assert!(
        evidence.iter().all(|one| !one["bom-ref"].as_str().unwrap().starts_with("mitigation:")),
        "they are controls"
    );
    let known = named(&document["vulnerabilities"], "vulnerability:FJORD-2026-031");
    assert_eq!((&known["weaknesses"], &known["analysis"]["state"]), (&json!([{ "cweId": 200 }]), &json!("resolved")));
    assert_eq!(document["vulnerabilities"].as_array().unwrap().len(), 1, "a threat is no vulnerability here");
}

#[test]
fn every_status_of_a_threat_has_its_risk_and_its_responses() {
    let strategies = |risk: &Value| -> Vec<String> {
        let responses = risk["responses"].as_array().into_iter().flatten();
        responses.map(|one| one["strategy"].as_str().unwrap().to_owned()).collect()
    };
    for (status, mitigated, risk_status, responses) in [
        ("Open", true, json!("assessed"), &["reduce"] as &[&str]),
        ("Open", false, json!("assessed"), &[]),
        ("Mitigated", true, json!("mitigated"), &["reduce"]),
        ("Accepted", true, json!("accepted"), &["reduce", "accept"]),
        ("Accepted", false, json!("accepted"), &["accept"]),
        ("Transferred", true, json!("transferred"), &["transfer"]),
        ("NotApplicable", false, json!({ "name": "not-applicable" }), &[]),
    ] {
        let document = changed(|report| {
            let threat = report["security_considerations"]["threats"][1].as_object_mut().unwrap();
            threat.insert("status".to_owned(), json!(status));
            threat.insert("owner".to_owned(), json!("Logistics"));
            threat.insert("due".to_owned(), json!("2027-01-31"));
            if !mitigated {
                threat.remove("mitigations");
                threat.insert("residual".to_owned(), json!("Medium"));
            }
            if status == "Accepted" {
                let acceptance = json!({ "by": "Ada", "reason": "It is rare.", "expires": "2027-05-31" });
                threat.insert("acceptance".to_owned(), acceptance);
            }
        });
        let risk = named(&document["risks"]["risks"], "risk:tool-misuse");
        assert_eq!(
            (&risk["status"], strategies(risk)),
            (&risk_status, responses.iter().map(ToString::to_string).collect())
        );
        assert_eq!(risk["owner"], json!({ "roles": [{ "role": "owner" }], "organization": { "name": "Logistics" } }));
        assert_eq!(risk["residualRisk"]["score"]["level"], if mitigated { "low" } else { "medium" });
        let score = &risk["inherentRisk"]["score"];
        assert_eq!(*score, json!({ "level": "medium", "methodology": "qualitative-matrix" }));
        match responses {
            [] => assert_eq!(property(risk, "smcard:threats:due"), "2027-01-31"),
            _ => {
                assert_eq!(risk["responses"][0]["targetDate"], "2027-01-31T23:59:59Z");
                assert_eq!((&risk["responses"][1]["targetDate"], &risk["properties"]), (&Value::Null, &Value::Null));
            }
        }
        let implemented = (status == "Mitigated").then_some("implemented");
        if mitigated {
            let control = named(&document["controls"], "control:tool-misuse:1");
            assert_eq!(
                (control["status"].as_str(), risk["responses"][0]["status"].as_str()),
                (implemented, implemented)
            );
            assert_eq!(risk["responses"][0]["controls"], json!(["control:tool-misuse:1"]));
        }
        if status == "Accepted" {
            let accepted = named(&risk["responses"], "response:tool-misuse:accept");
            assert_eq!(
                (&accepted["description"], &accepted["owner"]["organization"]["name"]),
                (&json!("It is rare."), &json!("Ada"))
            );
            assert_eq!(property(accepted, "smcard:threats:acceptance.expires"), "2027-05-31");
        }
    }
}

#[test]
fn every_level_and_trust_has_its_word() {
    for (level, likelihood, impact, score) in [
        ("Low", "low", "low", "low"),
        ("Medium", "medium", "moderate", "medium"),
        ("High", "high", "major", "high"),
        ("Critical", "very-high", "catastrophic", "critical"),
    ] {
        let document = changed(|report| {
            let threat = &mut report["security_considerations"]["threats"][0];
            for field in ["likelihood", "impact", "residual"] {
                threat[field] = json!(level);
            }
            threat["status"] = json!("Open");
            threat["owner"] = json!("Logistics");
        });
        let risk = named(&document["risks"]["risks"], "risk:goal-hijack");
        let inherent = &risk["inherentRisk"];
        assert_eq!(
            (&inherent["likelihood"]["level"], &inherent["impact"]["level"]),
            (&json!(likelihood), &json!(impact))
        );
        assert_eq!(risk["residualRisk"]["score"]["level"], score);
    }
    for (trust, word) in [("Partner", "semi-trusted"), ("Internal", "trusted")] {
        let document = changed(|report| {
            report["system"]["zones"][0]["trust"] = json!(trust);
            report["system"]["zones"][1]["trust"] = json!("Privileged");
        });
        assert_eq!(document["threats"]["trustBoundaries"][0]["trustLevel"], word);
    }
    // The same trust on both sides is no boundary.
    let document = changed(|report| report["system"]["zones"][0]["trust"] = json!("Internal"));
    assert_eq!(
        (&document["blueprints"][0]["boundaries"], &document["threats"]["trustBoundaries"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn what_the_card_does_not_say_is_not_there() {
    let document = changed(|report| {
        let threat = report["security_considerations"]["threats"][0].as_object_mut().unwrap();
        for field in ["likelihood", "impact", "residual", "affects"] {
            threat.remove(field);
        }
        threat.insert("status".to_owned(), json!("Open"));
        threat.insert("owner".to_owned(), json!("Logistics"));
        threat.insert("scenario".to_owned(), json!("Withheld: see the register"));
        report["security_considerations"]["threats"][2]["affects"].as_array_mut().unwrap().push(json!("mail-in"));
        report["security_considerations"]["threats"][1]["affects"].as_array_mut().unwrap().push(json!("mail-store"));
    });
    let risk = named(&document["risks"]["risks"], "risk:goal-hijack");
    assert_eq!((&risk["inherentRisk"], &risk["residualRisk"]), (&Value::Null, &Value::Null));
    assert_eq!((&risk["status"], &risk["affects"]), (&json!("identified"), &Value::Null));
    assert_eq!(risk["statement"], "A mail gives the agent another goal");
    let threat = named(&document["threats"]["threats"], "threat:goal-hijack");
    assert_eq!(property(threat, "smcard:threats:scenario"), "Withheld: see the register");
    let scenario = named(&document["threats"]["scenarios"], "scenario:goal-hijack");
    assert_eq!((&scenario["description"], &scenario["likelihood"]), (&Value::Null, &Value::Null));
    assert_eq!(named(&document["controls"], "control:goal-hijack:1")["appliesTo"], Value::Null);

    // A card of a model by itself has no blueprint, no threats and no controls.
    let report = include_str!("../../../tests/common/report.json");
    let document = self::document(&read(report));
    for part in ["blueprints", "threats", "risks", "controls"] {
        assert_eq!(document[part], Value::Null, "{part}");
    }
}

#[test]
fn a_reason_stands_in_properties_alone() {
    let document = changed(|report| {
        report["system"]["monitoring"] = json!("Unknown: the host does not say");
        report["system"]["assumptions"][1] = json!("Withheld: under contract");
        report["system"]["flows"][0]["authentication"] = json!("Not applicable: public");
        report["system"]["description"] = json!("Withheld: under contract");
    });
    let blueprint = &document["blueprints"][0];
    assert_eq!(property(blueprint, "smcard:system:monitoring"), "Unknown: the host does not say");
    assert_eq!(property(blueprint, "smcard:system:assumptions[1]"), "Withheld: under contract");
    assert_eq!(property(blueprint, "smcard:system:description"), "Withheld: under contract");
    let flow = named(&blueprint["flows"], "flow:mail-in");
    assert_eq!(
        (&flow["authentication"], property(flow, "smcard:system:flows.authentication")),
        (&Value::Null, &json!("Not applicable: public"))
    );
    assert!(document["controls"].as_array().unwrap().iter().all(|control| control["bom-ref"] != "control:monitoring"));
    assert_eq!(blueprint["assumptions"].as_array().unwrap().len(), 1);
}

#[test]
fn the_last_review_is_that_of_the_blueprint() {
    let reviewed = |decision: &str| {
        let document = changed(|report| {
            report["security_considerations"]["reviews"] = json!([
                { "by": "Ada", "date": "2026-11-08", "decision": decision, "next_due": "2027-05-08" },
                { "by": "Bob", "date": "2026-01-01", "decision": "Rejected" },
            ]);
            report["model_details"]["stage"] = json!("Review");
        });
        document["blueprints"][0]["metadata"].clone()
    };
    let party = |role: Value| json!({ "roles": [role], "organization": { "name": "Ada" } });
    let approved = reviewed("ApprovedWithConditions");
    assert_eq!(
        approved,
        json!({
            "reviewer": party(json!({ "role": "reviewer" })), "reviewDate": "2026-11-08T00:00:00Z",
            "approver": party(json!({ "name": "approver" })), "approvalDate": "2026-11-08T00:00:00Z",
            "validityPeriod": { "end": "2027-05-08T23:59:59Z" },
        })
    );
    let rejected = reviewed("Rejected");
    assert_eq!((&rejected["approver"], &rejected["approvalDate"]), (&Value::Null, &Value::Null));
    assert_eq!(rejected["reviewDate"], "2026-11-08T00:00:00Z");
}

#[test]
fn a_supplier_is_a_party_and_a_package_url_is_the_word_of_the_developer() {
    let change = |report: &mut Value| {
        let components = report["system"]["components"].as_array_mut().unwrap();
        let hosted = components.iter_mut().find(|one| one["id"] == "hosted-model").unwrap();
        hosted["supplier"] = json!("The host");
        hosted["purl"] = json!("pkg:huggingface/host/model@1");
        hosted["sensitivity"] = json!("Restricted");
        let agent = components.iter_mut().find(|one| one["id"] == "agent").unwrap();
        agent["purl"] = json!("pkg:cargo/agent@1");
    };
    let document = changed(change);
    let hosted = named(&document["components"], "component:hosted-model");
    assert_eq!(
        hosted["parties"],
        json!([{ "roles": [{ "role": "supplier" }], "organization": { "name": "The host" } }])
    );
    let identities = json!([{ "scheme": "purl", "value": "pkg:huggingface/host/model@1" }]);
    assert_eq!(hosted["identifiers"], json!([{ "party": "party:developer", "identities": identities }]));
    let asset = named(&document["blueprints"][0]["assets"], "asset:hosted-model");
    assert_eq!(asset["classification"], json!({ "classification": "restricted" }));
    assert_eq!(property(hosted, "smcard:system:components.sensitivity"), &Value::Null);
    assert_eq!(document["components"][0]["identifiers"][0]["identities"][0]["value"], "pkg:cargo/agent@1");
    let developer = &document["components"][0]["parties"][0];
    assert_eq!(
        (&developer["bom-ref"], &developer["organization"]["name"]),
        (&json!("party:developer"), &json!("Fjord Parts, logistics systems"))
    );
    // Where nobody gives the word, it is no field.
    let document = changed(|report| {
        change(report);
        report["model_details"]["developer"] = json!("Withheld: under contract");
    });
    let hosted = named(&document["components"], "component:hosted-model");
    assert_eq!(hosted["identifiers"], Value::Null);
    assert_eq!(property(hosted, "smcard:system:components.purl"), "pkg:huggingface/host/model@1");
}

#[test]
fn a_card_of_hostile_words_is_valid() {
    let Some(schema) = schema(SCHEMA) else { return };
    let validator = validator(&schema);
    for words in ["\" }], \"x\": 1", "=1+1\n\n```\n<script>", "[] {}", "ext:example.com:x"] {
        let report = with_words(3, &format!("As it was seen: {words}"));
        let document = document(&read(&report));
        assert_eq!(errors(&validator, &document), [""; 0], "{words}");
        assert!(document.as_object().unwrap().keys().all(|key| !key.contains(':')), "{words}");
    }
    // The same words again and again are one member of a set.
    for seed in 0..20 {
        let report = random_report(seed, true);
        assert_eq!(errors(&validator, &document(&read(&report))), [""; 0], "{seed}");
    }
}
