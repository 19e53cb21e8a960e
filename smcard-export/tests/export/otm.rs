//! Open Threat Model: valid by the official schema and by a closed copy of it, and every reference leads somewhere.

use std::collections::HashSet;

use serde_json::{Value, json};
use smcard_core::SecurityCard;
use smcard_export::Format;

use crate::cards::{WRITTEN, each, random_report, read};
use crate::schemas::{errors, schema, validator};

fn document(card: &SecurityCard<'_>) -> Value {
    serde_json::from_str(&Format::named("otm").unwrap().write(card).unwrap()).unwrap()
}

fn written(name: &str) -> Value {
    let (_, card) = WRITTEN.iter().find(|(known, _)| *known == name).unwrap();
    document(card)
}

fn with<'v>(list: &'v Value, id: &str) -> &'v Value {
    list.as_array().unwrap().iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("no {id} in {list}"))
}

/// The official schema with what it leaves open closed: no other keys, no other version, nothing but texts in
/// attributes, no number above 100.
fn closed(mut schema: Value) -> Value {
    close(&mut schema);
    schema["properties"]["otmVersion"] = json!({ "const": "0.2.0" });
    let states = ["exposed", "mitigated", "accepted", "transferred", "not-applicable"];
    schema["definitions"]["threat"]["properties"]["state"] = json!({ "enum": states });
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(properties) = object.get("properties").cloned() {
                for (key, of) in object["properties"].as_object_mut().unwrap() {
                    match (key.as_str(), &properties[key]["type"]) {
                        ("attributes", _) => {
                            *of = json!({ "type": "object", "additionalProperties": { "type": "string" } })
                        }
                        ("likelihood" | "impact" | "trustRating" | "riskReduction", _) => {
                            of["minimum"] = json!(0);
                            of["maximum"] = json!(100);
                        }
                        _ => {}
                    }
                }
                object.insert("additionalProperties".to_owned(), json!(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn every_card_is_valid_by_the_official_schema_and_by_a_closed_copy() {
    let Some(schema) = schema("otm-0.2.0.schema.json") else { return };
    let (open, closed) = (validator(&schema), validator(&closed(schema)));
    each(|name, card| {
        let document = document(card);
        assert_eq!(errors(&open, &document), [""; 0], "{name}");
        assert_eq!(errors(&closed, &document), [""; 0], "{name}");
    });
}

#[test]
fn a_document_that_is_broken_is_refused_by_the_closed_copy() {
    let Some(schema) = schema("otm-0.2.0.schema.json") else { return };
    let validator = validator(&closed(schema));
    let good = document(&read(&random_report(1, true)));
    assert_eq!(errors(&validator, &good), [""; 0]);
    for (what, pointer, value) in [
        ("a misspelt key", "/project/ownr", json!("The team")),
        ("another version", "/otmVersion", json!("0.1.0")),
        ("a level above all", "/threats/0/risk/impact", json!(101)),
        ("a threat without its likelihood", "/threats/0/risk", json!({ "impact": 1 })),
        ("two parents", "/components/0/parent", json!({ "trustZone": "a", "component": "b" })),
        ("no parent", "/components/0/parent", json!({})),
        ("an attribute that is a number", "/project/attributes/x", json!(1)),
        ("a state of none", "/components/0/threats", json!([{ "threat": "a", "state": "open" }])),
    ] {
        let mut document = good.clone();
        let (block, key) = pointer.rsplit_once('/').unwrap();
        document.pointer_mut(block).unwrap()[key] = value;
        assert!(!validator.is_valid(&document), "{what} is valid");
    }
}

#[test]
fn every_reference_leads_to_what_is_there_and_every_id_stands_once() {
    let ids = |list: &Value| -> Vec<String> {
        list.as_array().into_iter().flatten().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let mut instances = 0;
    each(|name, card| {
        let document = document(card);
        let (zones, components) = (ids(&document["trustZones"]), ids(&document["components"]));
        let (threats, mitigations) = (ids(&document["threats"]), ids(&document["mitigations"]));
        let flows = ids(&document["dataflows"]);
        let all: Vec<&String> = [&zones, &components, &threats, &mitigations, &flows].into_iter().flatten().collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "{name}: an id stands twice");
        let empty = Vec::new();
        let list = |value: &'static str| document[value].as_array().unwrap_or(&empty);
        for component in list("components") {
            match (component["parent"]["trustZone"].as_str(), component["parent"]["component"].as_str()) {
                (Some(zone), None) => assert!(zones.iter().any(|known| known == zone), "{name}: {zone}"),
                (None, Some(parent)) => {
                    assert!(components.iter().any(|known| known == parent), "{name}: {parent}");
                    assert_ne!(component["id"], parent, "{name}");
                }
                _ => panic!("{name}: {component}"),
            }
        }
        for flow in list("dataflows") {
            for end in ["source", "destination"] {
                assert!(components.iter().any(|known| flow[end] == **known), "{name}: {flow}");
            }
        }
        for affected in list("components").iter().chain(list("dataflows")) {
            for instance in affected["threats"].as_array().into_iter().flatten() {
                assert!(threats.iter().any(|known| instance["threat"] == **known), "{name}: {instance}");
                instances += 1;
                for taken in instance["mitigations"].as_array().into_iter().flatten() {
                    assert!(mitigations.iter().any(|known| taken["mitigation"] == **known), "{name}: {taken}");
                }
            }
        }
    });
    assert!(instances > 100, "{instances}");
}

/// Calls this with every text of a document, the names of attributes left out.
fn texts<'v>(value: &'v Value, with: &mut impl FnMut(&'v str)) {
    match value {
        Value::Object(object) => object.values().for_each(|value| texts(value, with)),
        Value::Array(items) => items.iter().for_each(|item| texts(item, with)),
        Value::String(text) => with(text),
        _ => {}
    }
}

#[test]
fn nothing_of_a_card_is_lost() {
    each(|name, card| {
        let document = document(card);
        // A kind is spelt `data-store` there.
        let letters = |text: &str| text.replace('-', "").to_lowercase();
        let mut held = HashSet::new();
        texts(&document, &mut |text| {
            held.insert(letters(text));
        });
        let report: Value = serde_json::from_str(&card.to_json()).unwrap();
        texts(&report, &mut |text| {
            // A value of an extension stands there as JSON, and a weakness by its id and by its name.
            let quoted = serde_json::to_string(text).unwrap();
            let held = held.contains(&letters(text)) || held.contains(&letters(&quoted));
            assert!(held, "{name}: {text}\n{document:#}");
        });
    });
}

#[test]
fn the_system_and_its_threats_are_those_of_the_card() {
    let document = written("warehouse_agent");
    assert_eq!(document["project"]["owner"], "Fjord Parts, logistics systems");
    assert_eq!(document["project"]["attributes"]["smcard:system:exposure"], "Public");
    let internet = with(&document["trustZones"], "internet");
    assert_eq!(
        (&internet["risk"]["trustRating"], &internet["attributes"]["smcard:system:zones.trust"]),
        (&json!(1), &json!("Untrusted"))
    );
    let tool = with(&document["components"], "order-tool");
    assert_eq!((&tool["type"], &tool["parent"]), (&json!("tool"), &json!({ "trustZone": "company" })));
    assert_eq!(tool["attributes"]["smcard:system:components.permission"], "Allowed");
    assert_eq!(tool["threats"][0]["threat"], "goal-hijack");
    assert_eq!(tool["threats"][0]["mitigations"][1], json!({ "mitigation": "goal-hijack:2", "state": "implemented" }));
    let hosted = with(&document["components"], "hosted-model");
    assert_eq!(hosted["parent"], json!({ "component": "agent" }));
    assert_eq!(
        hosted["attributes"]["smcard:system:components.version"],
        "Unknown: The host may change it without notice."
    );
    let mail = with(&document["dataflows"], "mail-in");
    assert_eq!(mail["attributes"]["smcard:system:flows.encrypted"], "false");
    assert_eq!(mail["threats"][0], json!(tool["threats"][0]));

    let threat = with(&document["threats"], "goal-hijack");
    assert_eq!(threat["risk"], json!({ "likelihood": 75, "impact": 50 }));
    assert_eq!(threat["attributes"]["smcard:threats:residual"], "Low");
    let misuse = with(&document["threats"], "tool-misuse");
    assert_eq!((&misuse["categories"], &misuse["cwes"]), (&json!(["ASI02", "LLM03:2026"]), &json!(["CWE-862"])));
    let leak = with(&document["components"], "mail-store");
    assert_eq!(leak["threats"][0]["mitigations"], json!([{ "mitigation": "price-leak:1", "state": null }]));
    let second = with(&document["mitigations"], "goal-hijack:2");
    assert_eq!(
        (&second["name"], &second["riskReduction"]),
        (&json!("AML.M0029 Human In-the-Loop for AI Agent Actions"), &json!(25))
    );
    let known = with(&document["threats"], "FJORD-2026-031");
    assert_eq!(
        (&known["tags"], &known["risk"]["likelihood"], &known["risk"]["impact"]),
        (&json!(["vulnerability"]), &Value::Null, &json!(75))
    );
}

#[test]
fn what_was_not_judged_is_no_number_without_a_word() {
    let (_, card) = WRITTEN.iter().find(|(name, _)| *name == "warehouse_agent").unwrap();
    let mut report: Value = serde_json::from_str(&card.to_json()).unwrap();
    let threat = report["security_considerations"]["threats"][1].as_object_mut().unwrap();
    for field in ["likelihood", "impact", "residual", "affects"] {
        threat.remove(field);
    }
    report["security_considerations"]["threats"][0]["affects"] = json!(["order-tool", "cancel-tool", "mail-in"]);
    // Its reference to a newer technique needs a policy.
    report["security_considerations"]["threats"][3]["refs"] = json!(["NISTAML.017"]);
    let report = report.to_string();
    let document = document(&read(&report));
    let threat = with(&document["threats"], "tool-misuse");
    let not_assessed = json!("not assessed");
    assert_eq!((&threat["risk"]["likelihood"], &threat["risk"]["likelihoodComment"]), (&Value::Null, &not_assessed));
    assert_eq!((&threat["risk"]["impact"], &threat["risk"]["impactComment"]), (&json!(0), &not_assessed));
    let taken = with(&document["mitigations"], "tool-misuse:1");
    assert_eq!(
        (&taken["riskReduction"], &taken["attributes"]["smcard:export:riskReduction"]),
        (&json!(0), &not_assessed)
    );
    // It names nothing, so it stands at the model.
    assert_eq!(with(&document["components"], "agent")["threats"][0]["threat"], "tool-misuse");
}

#[test]
fn a_model_without_a_zone_stands_in_one_that_says_so() {
    let document = written("clip");
    let zone = with(&document["trustZones"], "zone:not-stated");
    assert_eq!((&zone["risk"]["trustRating"], &zone["name"]), (&json!(1), &json!("zone not stated")));
    assert_eq!(with(&document["components"], "vit-b-32")["parent"], json!({ "trustZone": "zone:not-stated" }));
    assert_eq!(with(&document["components"], "crawl")["parent"], json!({ "component": "vit-b-32" }));
}
