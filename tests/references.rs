//! An id that no part of a card has is one mistake, in however many places it is referred to.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use common::{findings, only_finding, policy, report_with, summary};
use serde_json::{Value, json};
use smcard::Policy;

/// A report with these zones, and with a component in each zone of these ids.
fn report(zones: Value, component_zones: &[&str]) -> String {
    let component = |(number, zone)| json!({ "id": format!("camera-{number}"), "kind": "Client", "zone": zone });
    let components: Vec<Value> = component_zones.iter().enumerate().map(component).collect();
    report_with("system", json!({ "zones": zones, "components": components }))
}

fn plant() -> Value {
    json!([{ "id": "plant", "trust": "Internal" }])
}

#[test]
fn a_misspelt_id_is_told_once_with_the_places_that_refer_to_it() {
    let finding = only_finding(&report(json!([{ "id": "plnat", "trust": "Internal" }]), &["plant"; 6]));

    assert_eq!((finding.rule.code, &*finding.path), ("dangling-reference", "system.components[0].zone"));
    let told = finding.to_string();
    assert!(told.contains("help: did you mean `plnat`?"), "{told}");
    let others = "note: it is also referred to in `system.components[1].zone`, `system.components[2].zone` and \
                  `system.components[3].zone`, and in 2 more places";
    assert!(told.contains(others), "{told}");
}

#[test]
fn two_missing_ids_are_two_findings_and_one_place_has_no_others() {
    let found = findings(&report(plant(), &["plant", "plnat", "site"]), &Policy::default());

    assert_eq!(
        summary(&found),
        [("dangling-reference", "system.components[1].zone"), ("dangling-reference", "system.components[2].zone")]
    );
    assert!(!found.to_string().contains("also"), "{found}");
}

#[test]
fn an_exception_for_one_place_hides_no_other_one() {
    let policy = policy(
        "[[exception]]\nrule = \"dangling-reference\"\npath = \"system.components[0].zone\"\nreason = \"Ticket 4\"\n\
         approved_by = \"Security\"\nexpires = \"2099-12-31\"\n",
    );
    let found = findings(&report(plant(), &["site", "site", "plant", "site"]), &policy);

    assert_eq!(
        summary(&found),
        [("dangling-reference", "system.components[1].zone"), ("dangling-reference", "system.components[3].zone")]
    );
}

#[test]
fn nobody_misses_what_another_mistake_hides() {
    let system_with = |part: Value| {
        let mut system = json!({
            "zones": plant(),
            "components": [{ "id": "camera", "kind": "Client", "zone": "plant" }],
            "flows": [{ "id": "images", "from": "camera", "to": "camera" }],
        });
        let parts = system.as_object_mut().expect("a block");
        parts.extend(part.as_object().expect("a block").clone());
        parts.retain(|_, value| !value.is_null());
        report_with("system", system)
    };
    for (part, code) in [
        (json!({ "components": null, "componets": [{ "id": "camera", "kind": "Client" }] }), "unknown-field"),
        (json!({ "components": "the camera" }), "wrong-kind"),
        (json!({ "zones": { "id": "plant", "trust": "Internal" } }), "wrong-kind"),
        (json!({ "zones": [] }), "empty-value"),
    ] {
        assert_eq!(only_finding(&system_with(part.clone())).rule.code, code, "{part}");
    }
    for (system, code) in [(json!("a camera"), "wrong-kind"), (json!({ "a": 1, "b": 2 }), "unknown-field")] {
        let mut report: Value = serde_json::from_str(&report_with("system", system)).expect("JSON");
        let threat = common::part("threat", json!({ "affects": ["camera"] }));
        report.pointer_mut("/security_considerations").expect("a section")["threats"] = json!([threat]);
        assert_eq!(only_finding(&report.to_string()).rule.code, code);
    }
}

#[test]
fn of_two_blocks_with_the_same_id_either_may_be_meant() {
    let threat = common::part("threat", json!({ "id": "t", "evidence": ["t"] }));
    let mut report: Value = serde_json::from_str(common::REPORT).expect("JSON");
    let security = report.pointer_mut("/security_considerations").expect("a section");
    security["threats"] = json!([threat]);
    security["tests"] = json!([common::part("test", json!({ "id": "t" }))]);

    assert_eq!(only_finding(&report.to_string()).rule.code, "duplicate-id");
}
