//! CycloneDX: valid, read back to the very card, and every reference leads somewhere.

use std::collections::HashMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use smcard_core::SecurityCard;
use smcard_export::{Format, cyclonedx};

use crate::cards::{WRITTEN, each, random_report, random_tree, read, with_words};
use crate::random::notation::without_places;
use crate::schemas::{errors, schema, validator};

const VERSIONS: [(&str, &str); 3] = [
    ("cyclonedx-1.6", "bom-1.6.schema.json"),
    ("cyclonedx-1.7", "bom-1.7.schema.json"),
    ("cyclonedx-2.0-preview", "bom-2.0-preview-threatmodeling.schema.json"),
];

fn text(card: &SecurityCard<'_>, format: &str) -> String {
    Format::named(format).unwrap().write(card).unwrap()
}

fn document(card: &SecurityCard<'_>, format: &str) -> Value {
    serde_json::from_str(&text(card, format)).unwrap()
}

fn warehouse() -> Value {
    let (_, card) = WRITTEN.iter().find(|(name, _)| *name == "warehouse_agent").unwrap();
    document(card, "cyclonedx-1.6")
}

/// The objects of a list that have this value under a key.
fn with<'v>(list: &'v Value, key: &str, value: &str) -> &'v Value {
    list.as_array().unwrap().iter().find(|item| item[key] == value).unwrap_or_else(|| panic!("no {value} in {list}"))
}

#[test]
fn every_card_is_valid_by_the_official_schema() {
    for (format, file) in VERSIONS {
        let Some(schema) = schema(file) else { return };
        let validator = validator(&schema);
        each(|name, card| {
            assert_eq!(errors(&validator, &document(card, format)), [""; 0], "{format} of {name}");
        });
    }
}

#[test]
fn a_document_that_is_broken_is_refused_by_the_official_schema() {
    for (format, file) in VERSIONS {
        let Some(schema) = schema(file) else { return };
        let validator = validator(&schema);
        let good = document(&read(&random_report(1, true)), format);
        let broken: [(&str, &str, Value); 8] = [
            ("an unknown key", "/components/0/modelCard/licence", json!("MIT")),
            ("a model of no type", "/components/0/type", json!("model")),
            (
                "a metric that is a number",
                "/components/0/modelCard/quantitativeAnalysis/performanceMetrics/0/value",
                json!(0.9),
            ),
            ("a state of no vulnerability", "/vulnerabilities/0/analysis/state", json!("open")),
            ("a serial number of another form", "/serialNumber", json!("1")),
            ("a name that is a list", "/components/0/name", json!([])),
            (
                "a day that is no moment",
                "/components/0/releaseNotes",
                json!({ "type": "other", "timestamp": "2026-02-30" }),
            ),
            ("a claim with a key of its own", "/declarations/claims/0/status", json!("open")),
        ];
        for (what, pointer, value) in broken {
            let mut document = good.clone();
            let (block, key) = pointer.rsplit_once('/').unwrap();
            document.pointer_mut(block).unwrap()[key] = value;
            assert!(!validator.is_valid(&document), "{what} is valid by {file}");
        }
    }
}

#[test]
fn every_written_card_is_read_back_as_it_was() {
    for (name, card) in WRITTEN {
        for (format, _) in VERSIONS {
            let read = cyclonedx::card(&text(card, format));
            assert_eq!(read.as_ref().map(without_places), Ok(without_places(&card.tree())), "{format} of {name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_card_is_read_back_as_it_was(seed in any::<u64>(), all in any::<bool>()) {
        let tree = random_tree(seed, all);
        let report = random_report(seed, all);
        for (format, _) in VERSIONS {
            let back = cyclonedx::card(&text(&read(&report), format)).map_err(TestCaseError::fail)?;
            prop_assert_eq!(without_places(&back), tree.clone(), "{}", format);
        }
    }
}

#[test]
fn a_card_of_hostile_words_is_read_back_as_it_was() {
    for words in
        ["smcard:export:x", "\" }], \"x\": 1", "=1+1\n\n```\n<script>", "Unknown but stated", "[] {}", "true", "1e3"]
    {
        let report = with_words(3, &format!("As it was seen: {words}"));
        let card = read(&report);
        let back = cyclonedx::card(&text(&card, "cyclonedx-1.7")).unwrap();
        assert_eq!(without_places(&back), without_places(&card.tree()), "{words}");
    }
}

#[test]
fn a_value_that_another_program_changed_is_read_as_changed() {
    let mut document = warehouse();
    document["components"][0]["version"] = json!("0.8.0");
    let back = cyclonedx::card(&document.to_string()).unwrap();
    let version = back.get("model_details").and_then(|details| details.get("version"));
    assert_eq!(version.and_then(|version| version.stated()), Some("0.8.0"));
}

#[test]
fn what_other_programs_add_and_sort_is_no_obstacle() {
    let (_, card) = WRITTEN[3];
    let mut document = document(card, "cyclonedx-1.6");
    document["components"].as_array_mut().unwrap().insert(0, json!({ "type": "library", "name": "serde" }));
    document["components"][1]["modelCard"]["properties"].as_array_mut().unwrap().push(json!({ "name": "acme:seen" }));
    let back = cyclonedx::card(&document.to_string()).unwrap();
    assert_eq!(without_places(&back), without_places(&card.tree()));
}

#[test]
fn what_is_no_export_is_told_and_never_a_panic() {
    let property = |name: &str, value: &str| {
        json!({ "bomFormat": "CycloneDX", "components": [{ "modelCard": { "properties": [{ "name": name, "value": value }] } }] })
            .to_string()
    };
    let deep = format!("smcard:extensions:{}", vec!["a"; 10_000].join("."));
    for (document, told) in [
        ("", "not JSON"),
        ("[]", "not CycloneDX"),
        (r#"{"bomFormat": "CycloneDX"}"#, "no export of smcard"),
        (&property("smcard:model_details:licence", "MIT"), "`model_details.licence` is no field of a card"),
        (&property("smcard:security_considerations:threats[7].id", "a"), "does not follow"),
        (&property("smcard:security_considerations:threats[", "a"), "is no path of a card"),
        (&property("smcard:security_considerations:ai_class", "Psychic"), "expected a word of the schema"),
        (&property("smcard:training_data:x", "a"), "is not of the kind"),
        (&property("smcard:metrics:measures[0].value", "high"), "expected a number"),
        (&property("smcard:extensions:acme.key", "what"), "is not JSON"),
        (&property(&deep, "1"), "is no path of a card"),
    ] {
        let error = cyclonedx::card(document).unwrap_err();
        assert!(error.contains(told), "{document:.80}: {error:.200}");
    }
}

/// The names that a document gives, with how often, and those that it refers to.
fn names(value: &Value, given: &mut HashMap<String, usize>, used: &mut Vec<String>) {
    const REFERRING: [&str; 8] =
        ["ref", "dependsOn", "target", "mitigationStrategies", "evidence", "counterEvidence", "requirement", "claims"];
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(name) if key == "bom-ref" => *given.entry(name.clone()).or_default() += 1,
                    Value::String(name) if REFERRING.contains(&key.as_str()) => used.push(name.clone()),
                    Value::Array(names) if REFERRING.contains(&key.as_str()) => {
                        used.extend(names.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => {}
                }
                names(value, given, used);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, given, used)),
        Value::String(link) => {
            used.extend(link.strip_prefix("urn:cdx:").map(|link| link.split_once('#').unwrap().1.to_owned()))
        }
        _ => {}
    }
}

#[test]
fn every_name_stands_once_and_every_reference_leads_to_one() {
    let mut compared = 0;
    each(|name, card| {
        for (format, _) in VERSIONS {
            let (mut given, mut used) = (HashMap::new(), Vec::new());
            names(&document(card, format), &mut given, &mut used);
            let twice: Vec<_> = given.iter().filter(|(_, count)| **count > 1).collect();
            assert!(twice.is_empty(), "{format} of {name}: {twice:?}");
            for reference in used {
                assert!(given.contains_key(&reference), "{format} of {name}: {reference} leads nowhere");
                compared += 1;
            }
        }
    });
    assert!(compared > 1_000, "{compared}");
}

#[test]
fn a_link_to_a_part_names_the_document_itself() {
    let document = warehouse();
    let serial = document["serialNumber"].as_str().unwrap().replace("urn:uuid:", "urn:cdx:");
    let host = with(&document["services"], "name", "model-host");
    let question = with(&host["data"], "name", "Prompts, mail and stock figures");
    assert_eq!(question["source"], json!([format!("{serial}/1#component:agent")]));
    assert_eq!((&question["flow"], &question["destination"]), (&json!("inbound"), &Value::Null));
    let answer = with(&host["data"], "name", "Answers, and the calls that the model asks for");
    assert_eq!(answer["destination"], json!([format!("{serial}/1#component:agent")]));
    assert_eq!((&answer["flow"], &answer["source"]), (&json!("outbound"), &Value::Null));
    assert_eq!((&host["x-trust-boundary"], &host["trustZone"]), (&json!(true), &json!("internet")));
}

#[test]
fn the_serial_number_follows_from_the_card() {
    let (_, card) = WRITTEN[0];
    let mut changed = card.clone();
    changed.training_data = Some(smcard_core::Text::new("Others."));
    let serial = |card: &SecurityCard<'_>, format| document(card, format)["serialNumber"].clone();
    assert_eq!(serial(card, "cyclonedx-1.6"), serial(&(*card).clone(), "cyclonedx-1.6"));
    assert_ne!(serial(card, "cyclonedx-1.6"), serial(&changed, "cyclonedx-1.6"));
    assert_ne!(serial(card, "cyclonedx-1.6"), serial(card, "cyclonedx-1.7"));
}

#[test]
fn threats_that_are_open_or_accepted_are_vulnerabilities_and_the_others_claims() {
    let document = warehouse();
    let vulnerabilities = &document["vulnerabilities"];
    let open = with(vulnerabilities, "id", "SMC-spent-budget");
    assert_eq!(open["analysis"], json!({ "state": "in_triage" }));
    assert_eq!(open["ratings"][0]["severity"], "low");
    assert_eq!(open["affects"], json!([{ "ref": "service:model-host" }]));
    assert_eq!(with(&open["properties"], "name", "smcard:threats:owner")["value"], "Logistics systems");
    assert_eq!(with(&open["properties"], "name", "smcard:threats:due")["value"], "2027-02-28");
    let accepted = with(vulnerabilities, "id", "SMC-price-leak");
    assert_eq!(accepted["analysis"]["state"], "exploitable");
    assert_eq!(accepted["analysis"]["response"], json!(["will_not_fix"]));
    let fixed = with(vulnerabilities, "id", "FJORD-2026-031");
    assert_eq!((&fixed["analysis"]["state"], &fixed["cwes"]), (&json!("resolved"), &json!([200])));
    assert_eq!(fixed["affects"][0]["versions"], json!([{ "version": "0.6.2", "status": "unaffected" }]));
    assert_eq!(vulnerabilities.as_array().unwrap().len(), 3);

    let declarations = &document["declarations"];
    let claim = with(&declarations["claims"], "bom-ref", "claim:goal-hijack");
    assert_eq!(claim["predicate"], "A mail gives the agent another goal is mitigated");
    assert_eq!(claim["evidence"], json!(["test:hidden-instructions"]));
    assert_eq!(claim["mitigationStrategies"], json!(["mitigation:goal-hijack:1", "mitigation:goal-hijack:2"]));
    let acceptance = with(&declarations["evidence"], "bom-ref", "acceptance:price-leak");
    assert_eq!(
        (&acceptance["expires"], &acceptance["author"]["name"]),
        (&json!("2027-05-31T23:59:59Z"), &json!("Head of purchasing"))
    );
    let test = with(&declarations["evidence"], "bom-ref", "test:hidden-instructions");
    let content: Value =
        serde_json::from_str(test["data"][0]["contents"]["attachment"]["content"].as_str().unwrap()).unwrap();
    assert_eq!((&content["attempts"], &test["created"]), (&json!(120), &json!("2026-10-30T00:00:00Z")));
    let map = &declarations["attestations"][0]["map"];
    let integrity = with(map, "requirement", "requirement:NISTAML.02");
    assert!(integrity["claims"].as_array().unwrap().contains(&json!("claim:tool-misuse")), "{integrity}");
    assert_eq!(
        with(&document["definitions"]["standards"][0]["requirements"], "identifier", "NISTAML.02")["title"],
        "Integrity Violations"
    );
}

#[test]
fn the_model_stands_first_with_what_the_card_says_of_it() {
    let document = warehouse();
    let model = &document["components"][0];
    assert_eq!((&model["type"], &model["bom-ref"]), (&json!("machine-learning-model"), &json!("component:agent")));
    assert_eq!(model["manufacturer"]["contact"], json!([{ "email": "logistics-systems@fjord.example" }]));
    assert_eq!(model["licenses"], json!([{ "expression": "LicenseRef-fjord-internal" }]));
    assert_eq!(model["releaseNotes"]["timestamp"], "2026-11-06T00:00:00Z");
    let references = &model["externalReferences"];
    assert_eq!(with(references, "type", "security-contact")["url"], "mailto:security@fjord.example");
    assert_eq!(with(references, "type", "documentation")["url"], "https://git.fjord.example/logistics/warehouse-agent");
    let metric = &model["modelCard"]["quantitativeAnalysis"]["performanceMetrics"][0];
    assert_eq!((&metric["type"], &metric["value"]), (&json!("orders as a planner's"), &json!("0.962")));
    assert_eq!(document["dependencies"][0], json!({ "ref": "system", "dependsOn": ["component:agent"] }));
    assert_eq!(
        with(&document["components"], "bom-ref", "component:replayed-weeks")["data"][0]["classification"],
        "internal"
    );
}

#[test]
fn a_reason_stands_in_no_field_of_the_format() {
    let document = warehouse();
    let hosted = with(&document["components"], "bom-ref", "component:hosted-model");
    assert!(hosted["version"].is_null() && hosted["licenses"].is_null());
    assert_eq!(with(&hosted["properties"], "name", "smcard:system:components.kind")["value"], "BaseModel");
    let version = with(&hosted["properties"], "name", "smcard:system:components.version");
    assert_eq!(version["value"], "Unknown: The host may change it without notice.");
}

#[test]
fn a_citation_is_one_where_the_version_knows_citations() {
    let card = WRITTEN[0].1.clone();
    let cited = SecurityCard {
        model_details: smcard_core::ModelDetails {
            citation: Some(smcard_core::Text::new("Doe (2026), https://doi.org/10.1145/3287560.")),
            ..card.model_details.clone()
        },
        ..card
    };
    for (format, sort) in [("cyclonedx-1.6", "other"), ("cyclonedx-1.7", "citation")] {
        let references = document(&cited, format)["components"][0]["externalReferences"].clone();
        let citation = with(&references, "url", "https://doi.org/10.1145/3287560");
        assert_eq!(
            (&citation["type"], &citation["comment"]),
            (&json!(sort), &json!("Doe (2026), https://doi.org/10.1145/3287560."))
        );
    }
}
