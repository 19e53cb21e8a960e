//! What the AI and Dataset profiles of SPDX 3.0.1 require, as their classes and their conformance say it: no validator
//! looks at it, so this does.

use serde_json::{Value, json};

use super::{document, graph, read};
use crate::cards::{random_report, with_all_facts};

const AI: [&str; 5] =
    ["suppliedBy", "releaseTime", "software_downloadLocation", "software_packageVersion", "software_primaryPurpose"];

const DATASET: [&str; 6] = [
    "builtTime",
    "originatedBy",
    "releaseTime",
    "software_downloadLocation",
    "software_primaryPurpose",
    "dataset_datasetType",
];

/// What a document lacks.
pub(crate) fn missing(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for element in graph(document) {
        let (required, one): (&[&str], &str) = match element["type"].as_str() {
            Some("ai_AIPackage") => (&AI, ""),
            Some("dataset_DatasetPackage") => (&DATASET, "originatedBy"),
            _ => continue,
        };
        let iri = element["spdxId"].as_str().unwrap();
        for key in required.iter().chain(&["name"]) {
            let empty = |value: &Value| value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
            if element[*key].is_null() || empty(&element[*key]) {
                found.push(format!("{iri} has no {key}"));
            }
        }
        if element[one].as_array().is_some_and(|values| values.len() != 1) {
            found.push(format!("{iri} has not one {one}"));
        }
        for relation in ["hasDeclaredLicense", "hasConcludedLicense"] {
            let count = graph(document)
                .iter()
                .filter(|other| other["relationshipType"] == relation && other["from"] == iri)
                .filter(|other| other["to"].as_array().is_some_and(|licenses| licenses.len() == 1))
                .count();
            if count != 1 {
                found.push(format!("{iri} has {count} {relation}"));
            }
        }
    }
    let conforms = document["@graph"][1]["profileConformance"].as_array().cloned().unwrap_or_default();
    for (profile, class) in [("ai", "ai_AIPackage"), ("dataset", "dataset_DatasetPackage")] {
        let has = graph(document).iter().any(|element| element["type"] == class);
        if has != conforms.contains(&json!(profile)) {
            found.push(format!("the document says that it conforms to {profile} where it is {has}"));
        }
    }
    found
}

#[test]
fn a_document_that_lacks_what_a_profile_requires_is_seen() {
    let good = document(&read(&with_all_facts(&random_report(1, true))));
    assert_eq!(missing(&good), [""; 0]);
    for (class, keys) in [("ai_AIPackage", &AI[..]), ("dataset_DatasetPackage", &DATASET[..])] {
        let index = graph(&good).iter().position(|element| element["type"] == class).unwrap();
        for key in keys {
            let mut document = good.clone();
            document["@graph"][index].as_object_mut().unwrap().remove(*key);
            assert!(missing(&document)[0].ends_with(&format!("has no {key}")), "{key}: {:?}", missing(&document));
        }
    }
    for relation in ["hasDeclaredLicense", "hasConcludedLicense"] {
        let index = graph(&good).iter().position(|element| element["relationshipType"] == relation).unwrap();
        let mut without = good.clone();
        let taken = without["@graph"].as_array_mut().unwrap().remove(index);
        assert!(missing(&without)[0].ends_with(&format!("has 0 {relation}")));
        let mut twice = good.clone();
        twice["@graph"].as_array_mut().unwrap().push(taken);
        assert!(missing(&twice)[0].ends_with(&format!("has 2 {relation}")));
    }
}
