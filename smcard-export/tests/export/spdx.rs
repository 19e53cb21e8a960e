//! SPDX: valid, whole by its profiles, read back to the very card, and refused where the card lacks what they require.

mod profiles;
mod refused;
mod view;

use std::collections::HashSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use smcard_core::SecurityCard;
use smcard_export::{Format, spdx};

use crate::cards::{WRITTEN, each, random_report, read, with_all_facts, with_required_facts, with_words};
use crate::random::notation::without_places;
use crate::schemas::{errors, schema, validator};
use profiles::missing;

const SCHEMA: &str = "spdx-3.0.1-json-schema.json";

fn write(card: &SecurityCard<'_>) -> Result<String, Vec<String>> {
    Format::named("spdx").unwrap().write(card)
}

fn document(card: &SecurityCard<'_>) -> Value {
    serde_json::from_str(&write(card).unwrap()).unwrap()
}

fn written(name: &str) -> SecurityCard<'static> {
    WRITTEN.iter().find(|(known, _)| *known == name).unwrap().1.clone()
}

/// The graph of a document.
fn graph(document: &Value) -> &[Value] {
    document["@graph"].as_array().unwrap()
}

/// The element of a name.
fn named<'v>(document: &'v Value, class: &str, name: &str) -> &'v Value {
    let is = |element: &&Value| element["type"] == class && element["name"] == name;
    graph(document).iter().find(is).unwrap_or_else(|| panic!("no {class} named {name}"))
}

/// Whether an element stands in a relation to another one.
fn related(document: &Value, from: &Value, relation: &str, to: &Value) -> bool {
    graph(document).iter().any(|element| {
        element["relationshipType"] == relation
            && element["from"] == from["spdxId"]
            && element["to"].as_array().is_some_and(|ids| ids.contains(&to["spdxId"]))
    })
}

/// Calls this with the document of every card, with what SPDX requires where the card has none.
fn each_document(mut with: impl FnMut(&str, &SecurityCard<'_>, &Value)) {
    each(|name, card| {
        let report = card.to_json();
        for report in [with_required_facts(&report), with_all_facts(&report)] {
            let card = read(&report);
            with(name, &card, &document(&card));
        }
    });
}

#[test]
fn every_card_is_valid_by_the_official_schema() {
    let Some(schema) = schema(SCHEMA) else { return };
    let validator = validator(&schema);
    each_document(|name, _, document| {
        assert_eq!(errors(&validator, document), [""; 0], "{name}");
    });
}

#[test]
fn a_document_that_is_broken_is_refused_by_the_official_schema() {
    let Some(schema) = schema(SCHEMA) else { return };
    let validator = validator(&schema);
    let good = document(&read(&with_all_facts(&random_report(1, true))));
    let at = |class: &str| graph(&good).iter().position(|element| element["type"] == class).unwrap();
    let broken: [(&str, &str, &str, Value); 12] = [
        ("an unknown key", "ai_AIPackage", "license", json!("MIT")),
        ("a word that is no purpose", "ai_AIPackage", "software_primaryPurpose", json!("weights")),
        ("a day that is no moment", "ai_AIPackage", "releaseTime", json!("2009-12-31")),
        ("a moment with a fraction", "CreationInfo", "created", json!("2009-12-31T00:00:00.5Z")),
        ("a metric that is a text", "ai_AIPackage", "ai_metric", json!(["0.9"])),
        ("a dataset of no type", "dataset_DatasetPackage", "dataset_datasetType", json!([])),
        (
            "a level of confidence that is none",
            "dataset_DatasetPackage",
            "dataset_confidentialityLevel",
            json!("secret"),
        ),
        ("a relation that is none", "Relationship", "relationshipType", json!("trainedWith")),
        (
            "a licence that is no text",
            "simplelicensing_LicenseExpression",
            "simplelicensing_licenseExpression",
            json!(1),
        ),
        ("an id that is no IRI", "software_Package", "spdxId", json!("package")),
        (
            "a digest by no algorithm",
            "software_File",
            "verifiedUsing",
            json!([{ "type": "Hash", "algorithm": "SHA-256" }]),
        ),
        ("an annotation about nothing", "Annotation", "subject", Value::Null),
    ];
    assert!(validator.is_valid(&good));
    for (what, class, key, value) in broken {
        let mut document = good.clone();
        document["@graph"][at(class)][key] = value;
        assert!(!validator.is_valid(&document), "{what} is valid");
    }
    let mut other = good.clone();
    other["@context"] = json!("https://spdx.org/rdf/3.0.0/spdx-context.jsonld");
    assert!(!validator.is_valid(&other), "the context of another version is valid");
}

#[test]
fn what_the_profiles_require_stands_in_every_document() {
    let mut classes: HashSet<String> = HashSet::new();
    each_document(|name, _, document| {
        assert_eq!(missing(document), [""; 0], "{name}");
        classes.extend(graph(document).iter().filter_map(|element| Some(element["type"].as_str()?.to_owned())));
    });
    for class in ["ai_AIPackage", "dataset_DatasetPackage", "security_Vulnerability", "software_File", "Annotation"] {
        assert!(classes.contains(class), "there was no {class}");
    }
}

#[test]
fn every_iri_stands_once_and_every_reference_leads_to_one() {
    let mut compared = 0;
    each_document(|name, _, document| {
        let iris: Vec<&str> = graph(document).iter().filter_map(|element| element["spdxId"].as_str()).collect();
        let known: HashSet<&str> = iris.iter().copied().collect();
        assert_eq!(known.len(), iris.len(), "{name}: an IRI stands twice");
        let creation = &graph(document)[0]["@id"];
        for element in graph(document).iter().skip(1) {
            assert_eq!(&element["creationInfo"], creation, "{name}");
        }
        let collection = graph(document).iter().find(|element| element["type"] == "SpdxDocument").unwrap();
        let held: HashSet<&str> = collection["element"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let itself = collection["spdxId"].as_str().unwrap();
        assert_eq!(
            held,
            known.iter().copied().filter(|iri| *iri != itself).collect(),
            "{name}: not every element is held"
        );
        for element in graph(document) {
            for key in
                ["from", "to", "subject", "suppliedBy", "originatedBy", "createdBy", "createdUsing", "rootElement"]
            {
                let values = match &element[key] {
                    Value::Array(values) => values.clone(),
                    Value::Null => continue,
                    value => vec![value.clone()],
                };
                for value in values.iter().filter_map(Value::as_str) {
                    let individual = value == "expandedlicensing_NoAssertionLicense";
                    assert!(known.contains(value) || individual, "{name}: {value} leads nowhere");
                    compared += 1;
                }
            }
        }
    });
    assert!(compared > 1_000, "{compared}");
}

#[test]
fn two_elements_of_one_id_have_two_iris() {
    // What no rule lets pass is refused or told apart, and never one element in the place of two.
    let mut card = written("defect_detector");
    let mut components = card.system.components.to_vec();
    let base =
        components.iter().find(|component| component.id.as_ref().unwrap().stated() == Some("welds-2026")).unwrap();
    components.extend([base.clone(), base.clone()]);
    card.system.components = smcard_core::List::Owned(components);
    let document = document(&card);
    let packages: Vec<&Value> = graph(&document).iter().filter(|element| element["name"] == "welds-2026").collect();
    let iris: HashSet<&str> = packages.iter().map(|package| package["spdxId"].as_str().unwrap()).collect();
    assert_eq!((packages.len(), iris.len()), (3, 3));
}

#[test]
fn every_written_card_is_read_back_as_it_was() {
    for (name, card) in WRITTEN {
        let report = with_required_facts(&card.to_json());
        let card = read(&report);
        let back = spdx::card(&write(&card).unwrap());
        assert_eq!(back.as_ref().map(without_places), Ok(without_places(&card.tree())), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_card_is_read_back_as_it_was(seed in any::<u64>(), all in any::<bool>()) {
        let report = with_required_facts(&random_report(seed, all));
        let card = read(&report);
        let text = write(&card).map_err(|lacks| TestCaseError::fail(lacks.join("; ")))?;
        let back = spdx::card(&text).map_err(TestCaseError::fail)?;
        prop_assert_eq!(without_places(&back), without_places(&card.tree()));
    }
}

#[test]
fn a_card_of_hostile_words_is_valid_and_read_back_as_it_was() {
    let validator = schema(SCHEMA).map(|schema| validator(&schema));
    for words in [
        "smcard:card",
        "\" }], \"@graph\": [",
        "_:creation",
        "NoAssertionElement",
        "=1+1\n\n```\n<script>",
        "Unknown but stated",
        "[] {}",
        "true",
        "https://a.example/ \"b\" <c>",
        "urn:uuid:0#document",
    ] {
        let report = with_required_facts(&with_words(3, &format!("As it was seen: {words}")));
        let card = read(&report);
        let text = write(&card).unwrap();
        let back = spdx::card(&text).unwrap();
        assert_eq!(without_places(&back), without_places(&card.tree()), "{words}");
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(missing(&document), [""; 0], "{words}");
        if let Some(validator) = &validator {
            assert_eq!(errors(validator, &document), [""; 0], "{words}");
        }
    }
}

#[test]
fn what_other_programs_change_and_add_is_no_obstacle() {
    let card = written("warehouse_agent");
    let mut document = document(&card);
    document["@context"] = json!([document["@context"], { "acme": "https://acme.example/" }]);
    let elements = document["@graph"].as_array_mut().unwrap();
    elements.reverse();
    elements.push(json!({ "type": "Annotation", "name": "acme:seen", "statement": "{}" }));
    for element in elements.iter_mut() {
        element["comment"] = json!("seen");
    }
    let back = spdx::card(&document.to_string()).unwrap();
    assert_eq!(without_places(&back), without_places(&card.tree()));
}

#[test]
fn what_is_no_export_is_told_and_never_a_panic() {
    let context = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
    let annotation = |statement: Value| json!({ "type": "Annotation", "name": "smcard:card", "statement": statement });
    let with = |annotations: &[Value]| json!({ "@context": context, "@graph": annotations }).to_string();
    let deep = "[".repeat(10_000);
    for (document, told) in [
        ("", "not JSON"),
        ("[]", "not SPDX 3"),
        (r#"{"spdxVersion": "SPDX-2.3"}"#, "not SPDX 3"),
        (&json!({ "@context": context }).to_string(), "no export of smcard"),
        (&with(&[annotation(json!("{}")), annotation(json!("{}"))]), "there is not one annotation"),
        (&with(&[annotation(json!({}))]), "has no statement"),
        (&with(&[annotation(json!("{"))]), "is no card"),
        (&with(&[annotation(json!(deep))]), "is no card"),
        (
            &with(&[annotation(json!(r#"{"model_details": {"licence": "MIT"}}"#))]),
            "`model_details.licence` is no field",
        ),
        (&with(&[annotation(json!(r#"{"model_details": []}"#))]), "is not of the kind"),
    ] {
        let error = spdx::card(document).unwrap_err();
        assert!(error.contains(told), "{document:.80}: {error:.200}");
    }
}

#[test]
fn the_iris_follow_from_the_card() {
    let card = written("defect_detector");
    let mut changed = card.clone();
    changed.training_data = Some(smcard_core::Text::new("Others."));
    let iri = |card: &SecurityCard<'_>| document(card)["@graph"][1]["spdxId"].as_str().unwrap().to_owned();
    assert_eq!(iri(&card), iri(&card.clone()));
    assert_ne!(iri(&card), iri(&changed));
    assert!(iri(&card).starts_with("urn:uuid:") && iri(&card).ends_with("#document"), "{}", iri(&card));
}

#[test]
fn a_document_was_created_on_the_last_day_of_which_its_card_tells() {
    let created = |card: &SecurityCard<'_>| document(card)["@graph"][0]["created"].clone();
    // A review after the model was finished; the model after its last test.
    assert_eq!(created(&written("defect_detector")), "2026-09-21T00:00:00Z");
    let card = written("warehouse_agent");
    assert_eq!(created(&card), "2026-11-06T00:00:00Z");
    let day = |day| Some(smcard_core::Text::new(day));
    let mut tested = card.clone();
    let mut tests = tested.security_considerations.tests.to_vec();
    tests[0].date = day("2026-12-01");
    tested.security_considerations.tests = smcard_core::List::Owned(tests);
    assert_eq!(created(&tested), "2026-12-01T00:00:00Z");
    let mut found = card.clone();
    let mut vulnerabilities = found.security_considerations.vulnerabilities.to_vec();
    vulnerabilities[0].found = day("2027-01-01");
    found.security_considerations.vulnerabilities = smcard_core::List::Owned(vulnerabilities);
    assert_eq!(created(&found), "2027-01-01T00:00:00Z");
    // What is to come is no past: the next review is due, and an acceptance ends.
    assert!(card.to_json().contains("2027-05-31"));
}
