//! The JSON Schema: every card that passes is valid by it, and a card of another shape is not.

use std::path::Path;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::session::{Folder, REPORT};
use crate::yaml::CARD;

pub(crate) fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&Folder::new().smcard(&["schema"]).ended(0).out).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "a schema by its own dialect");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

pub(crate) fn errors(validator: &Validator, card: &Value) -> Vec<String> {
    validator.iter_errors(card).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn report() -> Value {
    serde_json::from_str(REPORT).unwrap()
}

#[test]
fn cards_that_pass_are_valid() {
    let validator = validator();
    assert_eq!(errors(&validator, &report()), [""; 0]);
    let yaml: Value = serde_saphyr::from_str(CARD).unwrap();
    assert_eq!(errors(&validator, &yaml), [""; 0]);
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let seeds = repository.join("fuzz/seeds/reader");
    let mut cards = 0;
    for seed in std::fs::read_dir(seeds).unwrap() {
        let text = std::fs::read_to_string(seed.unwrap().path()).unwrap();
        if smcard_core::SecurityCard::from_json(&text).is_ok() {
            let card: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(errors(&validator, &card), [""; 0], "{text}");
            cards += 1;
        }
    }
    assert!(cards >= 4, "{cards} cards of the seeds pass");
}

#[test]
fn a_reason_is_a_plain_text() {
    let validator = validator();
    for reason in ["Not applicable: it has none", "Withheld: a contract", "Unknown: others trained it"] {
        for (section, field) in
            [("model_details", "license"), ("model_details", "date"), ("factors", "relevant_factors")]
        {
            let mut card = report();
            card[section][field] = json!(reason);
            assert_eq!(errors(&validator, &card), [""; 0], "{section}.{field} {reason}");
        }
    }
}

#[test]
fn a_mistake_of_shape_is_refused_by_the_schema_as_by_the_rules() {
    let validator = validator();
    let threat = json!({ "id": "t", "scenario": "It is tampered with.", "status": "Transferred" });
    let measure = json!({ "name": "recall", "value": 0.9 });
    let mut cases: Vec<(&str, Value)> = Vec::new();
    let mut case = |what, change: &dyn Fn(&mut Value)| {
        let mut card = report();
        card["security_considerations"]["threats"] = json!([threat]);
        card["metrics"]["measures"] = json!([measure]);
        card["extensions"] = json!({ "acme": { "key": ["a", 1, true, { "b": "c" }] } });
        assert_eq!(errors(&validator, &card), [""; 0]);
        change(&mut card);
        cases.push((what, card));
    };
    case("a field that is missing", &|card| drop(card["model_details"].as_object_mut().unwrap().remove("date")));
    case("a section that is missing", &|card| drop(card.as_object_mut().unwrap().remove("factors")));
    case("an unknown field", &|card| card["model_details"]["licence"] = json!("MIT"));
    case("an unknown section", &|card| card["ethics"] = json!("None"));
    case("a number for a text", &|card| card["training_data"] = json!(7));
    case("a text for a section", &|card| card["factors"] = json!("Light"));
    case("null", &|card| card["training_data"] = Value::Null);
    case("an empty text", &|card| card["training_data"] = json!(" \n"));
    case("an empty list", &|card| card["security_considerations"]["threats"] = json!([]));
    case("a word of no choice", &|card| card["security_considerations"]["threats"][0]["status"] = json!("open"));
    case("a field of an item that is missing", &|card| {
        drop(card["security_considerations"]["threats"][0].as_object_mut().unwrap().remove("scenario"));
    });
    case("a date of another form", &|card| card["model_details"]["date"] = json!("14.03.2026"));
    case("a month that no calendar has", &|card| card["model_details"]["date"] = json!("2026-13"));
    case("a text for a number", &|card| card["metrics"]["measures"][0]["value"] = json!("0.9"));
    case("an interval of three", &|card| card["metrics"]["measures"][0]["interval"] = json!([0.1, 0.2, 0.3]));
    case("a reason for an answer", &|card| {
        card["security_considerations"]["threats"][0]["due"] = json!("Unknown: nobody said");
    });
    case("a key that no extension may have", &|card| card["extensions"]["acme"]["a key"] = json!(1));
    case("null in an extension", &|card| card["extensions"]["acme"]["key"] = Value::Null);
    for (what, card) in cases {
        assert!(!validator.is_valid(&card), "{what} is valid by the schema");
        assert!(smcard_core::SecurityCard::from_json(&card.to_string()).is_err(), "{what} passes");
    }
}

#[test]
fn every_field_of_the_declaration_is_in_the_schema_in_its_order() {
    let text = Folder::new().smcard(&["schema"]).ended(0).out;
    let mut from = 0;
    for field in smcard_core::SecurityCard::SCHEMA.fields {
        let key = format!("\n    \"{}\": {{", field.name);
        let at = text[from..].find(&key).unwrap_or_else(|| panic!("{key} is missing or out of order"));
        from += at + key.len();
    }
}
