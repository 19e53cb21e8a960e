//! Cards without mistakes.

use super::{assert_expands_to, card, errors};

/// A card of every kind of value, in the words of Rust.
pub(super) const RUST: &str = r#"
    model_details: {
        developer: "Parcel Vision Ltd",
        date: "2026-03-14",
        version: env!("CARGO_PKG_VERSION"),
        type: "Image classification",
        information: INFORMATION,
        resource: "https://parcels.example/model",
        citation: withheld("under review"),
        license: "Apache-2.0",
        contact: "models@parcels.example",
        stage: Review,
    },
    intended_use: {
        primary_uses: "Sorting parcels",
        primary_users: "The staff of a sorting centre",
        out_of_scope_uses: "Deciding on a claim",
    },
    factors: { relevant_factors: "Light", evaluation_factors: "Light" },
    metrics: { performance_measures: "Recall", decision_thresholds: "0.7", variation_approaches: "Five folds" },
    evaluation_data: { datasets: "Photographs", motivation: "Alike", preprocessing: "Scaled" },
    training_data: not_applicable("rules written by hand"),
    quantitative_analyses: { unitary_results: "0.93", intersectional_results: "0.88" },
    ethical_considerations: concat!("No person ", "is shown"),
    caveats_and_recommendations: "Wet parcels are missed",
    security_considerations: { threat_modeling: "Printed labels", security_testing: "200 labels" },
    system: {
        exposure: Internal,
        zones: [{ id: "hall", trust: Untrusted }],
        components: [{ id: "camera", kind: Client, zone: "hall" }, { id: "sorter", kind: Model }],
        flows: [{ id: "images", from: "camera", to: "sorter", encrypted: false }],
        assumptions: ["Cameras are sealed"],
    },
    extensions: { parcels: { region: "EU", cameras: -12, audited: true, sites: ["Gent", 0.5] } },
"#;

/// The same card as a report spells it, as far as JSON can say it.
const JSON: &str = r#"
{
    "model_details": {
        "developer": "Parcel Vision Ltd",
        "date": "2026-03-14",
        "version": "2.1.0",
        "type": "Image classification",
        "information": "A network",
        "resource": "https://parcels.example/model",
        "citation": "Withheld: under review",
        "license": "Apache-2.0",
        "contact": "models@parcels.example",
        "stage": "Review"
    },
    "intended_use": {
        "primary_uses": "Sorting parcels",
        "primary_users": "The staff of a sorting centre",
        "out_of_scope_uses": "Deciding on a claim"
    },
    "factors": { "relevant_factors": "Light", "evaluation_factors": "Light" },
    "metrics": { "performance_measures": "Recall", "decision_thresholds": "0.7", "variation_approaches": "Five folds" },
    "evaluation_data": { "datasets": "Photographs", "motivation": "Alike", "preprocessing": "Scaled" },
    "training_data": "Not applicable: rules written by hand",
    "quantitative_analyses": { "unitary_results": "0.93", "intersectional_results": "0.88" },
    "ethical_considerations": "No person is shown",
    "caveats_and_recommendations": "Wet parcels are missed",
    "security_considerations": { "threat_modeling": "Printed labels", "security_testing": "200 labels" },
    "system": {
        "exposure": "Internal",
        "zones": [{ "id": "hall", "trust": "Untrusted" }],
        "components": [{ "id": "camera", "kind": "Client", "zone": "hall" }, { "id": "sorter", "kind": "Model" }],
        "flows": [{ "id": "images", "from": "camera", "to": "sorter", "encrypted": false }],
        "assumptions": ["Cameras are sealed"]
    },
    "extensions": { "parcels": { "region": "EU", "cameras": -12, "audited": true, "sites": ["Gent", 0.5] } }
}
"#;

#[test]
fn a_card_names_every_field_given_or_not() {
    assert_expands_to("complete.expanded.rs", &card(RUST));
}

#[test]
fn the_json_of_a_report_is_a_card_as_it_stands() {
    let rust = RUST
        .replace("env!(\"CARGO_PKG_VERSION\")", "\"2.1.0\"")
        .replace("INFORMATION", "\"A network\"")
        .replace("withheld(\"under review\")", "\"Withheld: under review\"")
        .replace("not_applicable(\"rules written by hand\")", "\"Not applicable: rules written by hand\"")
        .replace("concat!(\"No person \", \"is shown\")", "\"No person is shown\"");

    assert_eq!(card(JSON), card(&rust));
    assert!(errors(JSON).is_empty());
}

#[test]
fn a_type_name_may_stand_before_a_brace() {
    let mut named = RUST.to_owned();
    for (key, name) in [
        ("model_details", "ModelDetails"),
        ("intended_use", "smcard::IntendedUse"),
        ("factors", "Factors"),
        ("security_considerations", "::smcard::SecurityConsiderations"),
        ("system", "System"),
    ] {
        named = named.replace(&format!("{key}: {{"), &format!("{key}: {name} {{"));
    }

    assert_eq!(card(&format!("SecurityCard {{ {named} }}")), card(RUST));
}

#[test]
fn a_keyword_may_be_written_raw() {
    assert_eq!(card(&RUST.replace("type:", "r#type:")), card(RUST));
}

#[test]
fn a_variant_may_be_written_with_its_path() {
    for path in ["Stage::Review", "smcard::Stage::Review", "\"Review\""] {
        assert_eq!(card(&RUST.replace("stage: Review", &format!("stage: {path}"))), card(RUST), "{path}");
    }
}

#[test]
fn a_card_without_mistakes_has_no_error() {
    assert_eq!(errors(RUST), [] as [&str; 0]);
}
