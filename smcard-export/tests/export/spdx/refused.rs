//! What a card lacks for the profiles is refused, all at once, by the path of the field and what to write.

use serde_json::{Value, json};
use smcard_core::SecurityCard;

use super::{document, graph, missing, named, read, related, write, written};
use crate::cards::{each, random_report, with_all_facts};

/// The sentences that refuse a card with this value at a pointer; `null` takes the field away.
fn refused(report: &Value, pointer: &str, value: Value) -> Vec<String> {
    let mut card = report.clone();
    let (block, key) = pointer.rsplit_once('/').unwrap();
    let block = card.pointer_mut(block).unwrap();
    match block {
        Value::Object(fields) if value.is_null() => drop(fields.remove(key)),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        block => block[key] = value,
    }
    write(&read(&card.to_string())).err().unwrap_or_default()
}

fn full() -> Value {
    serde_json::from_str(&with_all_facts(&random_report(1, true))).unwrap()
}

/// The index of the component of this id.
fn component(report: &Value, id: &str) -> usize {
    report["system"]["components"].as_array().unwrap().iter().position(|component| component["id"] == id).unwrap()
}

#[test]
fn what_the_ai_profile_requires_of_the_model_is_refused_if_the_card_does_not_state_it() {
    let mut report = full();
    // The component of the model may name a supplier and a version of its own.
    for component in report["system"]["components"].as_array_mut().unwrap() {
        if component["kind"] == "Model" {
            component["kind"] = json!("Guardrail");
        }
    }
    for (field, value, says) in [
        (
            "developer",
            json!("Withheld: By contract."),
            "`model_details.developer` names nobody, and SPDX requires who supplies the model (`suppliedBy`): write who developed it, or the `supplier` of its component",
        ),
        (
            "version",
            json!("Unknown: It is not told."),
            "`model_details.version` states no version, and SPDX requires one (`packageVersion`): write the version that the card describes",
        ),
        (
            "date",
            json!("2009-12"),
            "`model_details.date` names no day, and SPDX requires the day of the release (`releaseTime`): write it as `YYYY-MM-DD`",
        ),
        (
            "date",
            json!("2009"),
            "`model_details.date` names no day, and SPDX requires the day of the release (`releaseTime`): write it as `YYYY-MM-DD`",
        ),
        (
            "date",
            json!("Unknown: Nobody wrote it down."),
            "`model_details.date` names no day, and SPDX requires the day of the release (`releaseTime`): write it as `YYYY-MM-DD`",
        ),
    ] {
        let found = refused(&report, &format!("/model_details/{field}"), value);
        let of_model: Vec<&String> = found.iter().filter(|sentence| sentence.contains("model_details")).collect();
        assert_eq!(of_model, [says]);
    }
}

#[test]
fn what_is_lacking_is_told_all_at_once() {
    let mut card = written("warehouse_agent");
    card.model_details.developer = None;
    card.model_details.date = Some(smcard_core::Text::unknown("Nobody wrote it down."));
    card.model_details.license = Some(smcard_core::Text::new("Our own terms"));
    let lacks = write(&card).unwrap_err();
    let paths: Vec<&str> = lacks.iter().map(|sentence| sentence.split('`').nth(1).unwrap()).collect();
    assert_eq!(paths, ["model_details.developer", "model_details.date", "model_details.license"]);
    // A card about which nothing is known lacks it all, and is no panic.
    assert_eq!(write(&SecurityCard::EMPTY).unwrap_err().len(), 3);
}

#[test]
fn every_sentence_names_a_field_of_the_card_and_what_to_write() {
    let mut told = 0;
    each(|name, card| {
        for sentence in write(card).err().unwrap_or_default() {
            let path = sentence.split('`').nth(1).unwrap();
            assert!(SecurityCard::SCHEMA.at(path).is_some(), "{name}: {sentence}");
            assert!(sentence.contains(": write "), "{name}: {sentence}");
            told += 1;
        }
    });
    assert!(told > 10, "{told}");
}

#[test]
fn a_licence_that_nobody_states_is_no_assertion_and_one_that_is_no_expression_is_refused() {
    let mut card = written("warehouse_agent");
    card.model_details.license = Some(smcard_core::Text::unknown("The card does not say."));
    let stated = document(&card);
    assert_eq!(missing(&stated), [""; 0]);
    let model = named(&stated, "ai_AIPackage", "warehouse-agent");
    let no_assertion = json!({ "spdxId": "expandedlicensing_NoAssertionLicense" });
    for relation in ["hasDeclaredLicense", "hasConcludedLicense"] {
        assert!(related(&stated, model, relation, &no_assertion), "{relation}");
    }
    card.model_details.license = Some(smcard_core::Text::new("NOASSERTION"));
    assert!(related(
        &document(&card),
        named(&document(&card), "ai_AIPackage", "warehouse-agent"),
        "hasDeclaredLicense",
        &no_assertion
    ));
    card.model_details.license = Some(smcard_core::Text::new("Our own terms"));
    assert_eq!(
        write(&card).unwrap_err(),
        [
            "`model_details.license` is no licence expression of SPDX: write one, such as `Apache-2.0`, or `LicenseRef-` and a name"
        ]
    );
}

#[test]
fn a_place_to_download_from_is_never_guessed() {
    let document = document(&read(&with_all_facts(&random_report(1, true))));
    assert_eq!(named(&document, "ai_AIPackage", "A base")["software_downloadLocation"], "https://others.example/base");
    assert_eq!(named(&document, "dataset_DatasetPackage", "Welds")["software_downloadLocation"], "NOASSERTION");
    // A page about a component is no place to download it from.
    let mut card = written("transcription_service");
    card.model_details.date = Some(smcard_core::Text::new("2025-11-20"));
    let document = super::document(&card);
    let base = graph(&document).iter().find(|element| element["software_packageUrl"].is_string()).unwrap();
    assert_eq!(base["software_downloadLocation"], "https://models.kestrel.example/asr-medium");
    assert_eq!(named(&document, "ai_AIPackage", "transcription-service")["software_downloadLocation"], "NOASSERTION");
}

#[test]
fn a_component_is_no_more_than_the_card_knows_of_it() {
    let document = document(&written("defect_detector"));
    let model = named(&document, "ai_AIPackage", "weld-defect-detector");
    let base = graph(&document)
        .iter()
        .find(|element| element["spdxId"].as_str().is_some_and(|iri| iri.ends_with("#component:backbone")));
    let data = named(&document, "software_Package", "welds-2026");
    assert_eq!(data["software_primaryPurpose"], "data");
    assert!(related(&document, model, "other", data));
    let base = base.unwrap();
    assert_eq!((&base["type"], &base["software_primaryPurpose"]), (&json!("software_Package"), &json!("model")));
    // Nobody knows its version, so no property says one.
    assert!(base["software_packageVersion"].is_null() && base["releaseTime"].is_null());
    assert!(related(&document, model, "descendantOf", base));
    let evaluated = named(&document, "software_Package", "evaluation data");
    assert!(related(&document, model, "testedOn", evaluated));
    // What is withheld is no data.
    assert!(!graph(&document).iter().any(|element| element["name"] == "training data"));
    let agent = super::document(&written("support_assistant"));
    let trained = named(&agent, "software_Package", "training data");
    assert!(related(&agent, named(&agent, "ai_AIPackage", "harbour-support-assistant"), "trainedOn", trained));
    assert!(!document.to_string().contains("dataset_DatasetPackage"));
    assert_eq!(
        document["@graph"][1]["profileConformance"],
        json!(["core", "software", "ai", "simpleLicensing", "security"])
    );
}

#[test]
fn a_component_with_the_facts_of_a_profile_is_a_package_of_it() {
    let document = document(&read(&full().to_string()));
    let base = named(&document, "ai_AIPackage", "A base");
    assert_eq!((&base["releaseTime"], &base["software_packageVersion"]), (&json!("2009-01-15T00:00:00Z"), &json!("1")));
    let others = named(&document, "Agent", "Others");
    assert_eq!(base["suppliedBy"], others["spdxId"]);
    let data = named(&document, "dataset_DatasetPackage", "Welds");
    assert_eq!(
        (&data["builtTime"], &data["releaseTime"]),
        (&json!("2009-03-01T00:00:00Z"), &json!("2009-03-20T00:00:00Z"))
    );
    assert_eq!(
        (&data["dataset_datasetType"], &data["dataset_confidentialityLevel"]),
        (&json!(["image", "text"]), &json!("red"))
    );
    // A card names a supplier only if somebody else made the component.
    let report = full();
    let developer = named(&document, "Agent", report["model_details"]["developer"].as_str().unwrap());
    assert_eq!(data["originatedBy"], json!([developer["spdxId"]]));
    let model =
        graph(&document).iter().find(|element| element["spdxId"] == document["@graph"][1]["rootElement"][0]).unwrap();
    assert!(related(&document, model, "trainedOn", data));
    let mut evaluated = full();
    evaluated["extensions"]["spdx"]["packages"][1]["use"] = json!("evaluation");
    let document = super::document(&read(&evaluated.to_string()));
    let data = named(&document, "dataset_DatasetPackage", "Welds");
    let model = json!({ "spdxId": document["@graph"][1]["rootElement"][0] });
    assert!(related(&document, &model, "testedOn", data) && !related(&document, &model, "trainedOn", data));
}

#[test]
fn what_a_profile_requires_of_a_component_is_refused_if_the_card_does_not_state_it() {
    let report = full();
    let (base, data) = (component(&report, "facts.base"), component(&report, "facts.data"));
    let of = |index: usize, field: &str| format!("/system/components/{index}/{field}");
    let fact = |index: usize, key: &str| format!("/extensions/spdx/packages/{index}/{key}");
    for (pointer, value, path, says) in [
        (
            of(base, "supplier"),
            json!("Unknown: Nobody knows."),
            format!("system.components[{base}].supplier"),
            "`suppliedBy`",
        ),
        (of(base, "version"), Value::Null, format!("system.components[{base}].version"), "`packageVersion`"),
        (
            of(data, "supplier"),
            json!("Withheld: By contract."),
            format!("system.components[{data}].supplier"),
            "`originatedBy`",
        ),
        (fact(0, "released"), Value::Null, "extensions.spdx.packages[0].released".to_owned(), "`releaseTime`"),
        (fact(1, "released"), json!("2009-03"), "extensions.spdx.packages[1].released".to_owned(), "`releaseTime`"),
        (fact(1, "built"), Value::Null, "extensions.spdx.packages[1].built".to_owned(), "`builtTime`"),
        (fact(1, "built"), json!(2009), "extensions.spdx.packages[1].built".to_owned(), "`builtTime`"),
        (fact(0, "built"), json!("2009"), "extensions.spdx.packages[0].built".to_owned(), "`builtTime`"),
        (fact(1, "type"), json!("pictures"), "extensions.spdx.packages[1].type".to_owned(), "`image`"),
        (fact(1, "use"), json!("tuning"), "extensions.spdx.packages[1].use".to_owned(), "`training` or `evaluation`"),
        (fact(1, "source"), json!("a"), "extensions.spdx.packages[1].source".to_owned(), "is not known"),
        (fact(1, "id"), json!("nobody"), "extensions.spdx.packages[1].id".to_owned(), "no model or dataset"),
        (fact(1, "id"), json!("facts.base"), "extensions.spdx.packages[1].id".to_owned(), "stands there twice"),
        ("/extensions/spdx/packages/1".to_owned(), json!("a"), "extensions.spdx.packages[1]".to_owned(), "is no block"),
        ("/extensions/spdx/packages".to_owned(), json!("a"), "extensions.spdx.packages".to_owned(), "is no list"),
    ] {
        let found = refused(&report, &pointer, value);
        let told = found.iter().any(|sentence| sentence.starts_with(&format!("`{path}`")) && sentence.contains(says));
        assert!(told, "{pointer}: {found:#?}");
    }
}

#[test]
fn the_facts_of_the_model_itself_stand_in_its_details() {
    let mut report: Value = serde_json::from_str(&written("warehouse_agent").to_json()).unwrap();
    report["extensions"] = json!({ "spdx": { "packages": [{ "id": "agent", "released": "2026-11-06" }] } });
    assert_eq!(
        write(&read(&report.to_string())).unwrap_err(),
        ["`extensions.spdx.packages[0].id` is the model of the card: write its facts in `model_details`"]
    );
}

#[test]
fn an_organization_may_have_called_its_own_namespace_so() {
    let mut report: Value = serde_json::from_str(&written("warehouse_agent").to_json()).unwrap();
    report["extensions"] = json!({ "spdx": { "packager": "logistics" } });
    assert_eq!(missing(&document(&read(&report.to_string()))), [""; 0]);
}
