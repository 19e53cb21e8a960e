//! The official schemas, which lie beside the repository where the project is developed.

use std::fs;
use std::io::Write as _;

use jsonschema::{Registry, Validator};
use serde_json::Value;

const SCHEMAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/schemas/");

/// A schema of this name; where there is none, that is said aloud.
pub(crate) fn schema(file: &str) -> Option<Value> {
    match fs::read_to_string(format!("{SCHEMAS}{file}")) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(_) => {
            // Not `eprintln`, which a test that passes does not show.
            writeln!(std::io::stderr(), "SKIPPED: there is no {SCHEMAS}{file}, so nothing was validated by it")
                .expect("standard error can be written");
            None
        }
    }
}

/// A validator that knows the schemas to which those of CycloneDX refer, and fetches none.
pub(crate) fn validator(schema: &Value) -> Validator {
    let mut registry = Registry::new();
    for file in ["spdx.schema.json", "jsf-0.82.schema.json", "cryptography-defs.schema.json"] {
        if let Some(schema) = self::schema(file) {
            // 1.6 and 1.7 name them by http, the preview of 2.0 by https.
            for scheme in ["http", "https"] {
                registry = registry.add(format!("{scheme}://cyclonedx.org/schema/{file}"), schema.clone()).unwrap();
            }
        }
    }
    // What the preview says of behaviours is nowhere published; no card has any.
    let nothing = serde_json::json!({ "not": {} });
    registry = registry.add("https://cyclonedx.org/schema/behavior-taxonomy.schema.json", nothing).unwrap();
    let registry = Box::leak(Box::new(registry.prepare().unwrap()));
    jsonschema::options().should_validate_formats(true).with_registry(registry).build(schema).unwrap()
}

pub(crate) fn errors(validator: &Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).map(|error| format!("{}: {error:.300}", error.instance_path())).collect()
}
