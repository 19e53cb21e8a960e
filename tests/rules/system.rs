//! The system: what its rules ask, and what they leave alone.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use smcard::{Policy, SecurityCard, rules, taxonomy};

use crate::common::{self, REPORT, part, report_with, summary};
use crate::{Case, report};

/// A system in which a camera, which anybody can reach, sends to a model, which steers a gate.
fn plant() -> Value {
    json!({
        "zones": [
            { "id": "line", "trust": "Untrusted" },
            { "id": "plant", "trust": "Internal" },
        ],
        "components": [
            { "id": "camera", "kind": "Client", "zone": "line" },
            { "id": "detector", "kind": "Model", "zone": "plant" },
            { "id": "gate", "kind": "Tool", "zone": "plant", "permission": "NeedsApproval" },
        ],
        "flows": [{ "id": "verdict", "from": "detector", "to": "gate" }],
    })
}

/// The good report with the plant but for what `change` does to it, and with threats that affect these.
fn within(affects: &[&[&str]], change: impl FnOnce(&mut Value)) -> String {
    let mut system = plant();
    change(&mut system);
    let mut report: Value = serde_json::from_str(REPORT).unwrap();
    report["system"] = system;
    let threats = affects
        .iter()
        .enumerate()
        .map(|(number, ids)| part("threat", json!({ "id": format!("threat-{number}"), "affects": ids })));
    let threats: Vec<Value> = threats.collect();
    if !threats.is_empty() {
        report["security_considerations"]["threats"] = json!(threats);
    }
    report.to_string()
}

fn push(system: &mut Value, list: &str, block: Value) {
    system[list].as_array_mut().unwrap().push(block);
}

/// A flow out of the untrusted zone.
fn crops(system: &mut Value) {
    push(system, "flows", json!({ "id": "crops", "from": "camera", "to": "detector" }));
}

/// A component beside the plant's, with one more field.
fn component(kind: &str, field: &str, value: Value) -> impl FnOnce(&mut Value) {
    move |system| push(system, "components", json!({ "id": "other", "kind": kind, field: value }))
}

fn file(path: &str, sha256: &str) -> String {
    within(&[&["other"]], component("Model", "files", json!([{ "path": path, "sha256": sha256 }])))
}

/// The code of each rule, a case that breaks it, and one that just does not.
pub(crate) fn cases() -> Vec<(&'static str, Case, Case)> {
    let digest = "0123456789abcdef".repeat(4);
    let reached = |affects: &[&str]| report(within(&[affects], crops));
    let used = |permission: &str| report(within(&[], component("Tool", "permission", json!(permission))));
    let pinned = |sha256: Value| {
        let files = json!([part_of_file(sha256)]);
        report(within(&[], component("BaseModel", "files", files)))
    };
    let sensitive = |sensitivity: &str| report(within(&[], component("Dataset", "sensitivity", json!(sensitivity))));
    let purl = |purl: &str| report(within(&[], component("Library", "purl", json!(purl))));
    vec![
        ("dangling-reference", reached(&["crops", "detektor"]), reached(&["crops", "detector"])),
        ("boundary-without-threat", reached(&["camera"]), reached(&["crops"])),
        ("tool-without-threat", used("Allowed"), used("NeedsApproval")),
        ("supplier-without-digest", pinned(json!(null)), pinned(json!(digest))),
        ("sensitive-data-without-threat", sensitive("Confidential"), sensitive("Internal")),
        ("invalid-purl", purl("pypi/torch"), purl("pkg:pypi/torch")),
        ("invalid-digest", report(file("m", &digest.replace('0', "g"))), report(file("m", &digest.to_uppercase()))),
        ("path-outside-package", report(file("m/../../x", &digest)), report(file("m/..x", &digest))),
    ]
}

fn part_of_file(sha256: Value) -> Value {
    if sha256.is_null() {
        json!({ "path": "base.safetensors" })
    } else {
        json!({ "path": "base.safetensors", "sha256": sha256 })
    }
}

fn found(report: &str) -> Vec<(String, String)> {
    let findings = common::findings(report, &Policy::default());
    summary(&findings).into_iter().map(|(code, path)| (code.to_owned(), path.to_owned())).collect()
}

fn codes(report: &str) -> Vec<String> {
    found(report).into_iter().map(|(code, _)| code).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn a_flow_that_stays_in_a_zone_or_leaves_a_trusted_one_needs_no_threat() {
    assert_eq!(codes(&within(&[], |_| {})), NONE);
    for (from, to) in [("detector", "camera"), ("detector", "detector"), ("camera", "camera")] {
        let flow = json!({ "id": "other", "from": from, "to": to });
        assert_eq!(codes(&within(&[], |system| push(system, "flows", flow))), NONE, "{from} {to}");
    }
}

#[test]
fn a_flow_out_of_an_untrusted_zone_is_covered_by_a_threat_to_it_or_to_its_target() {
    let path = "system.flows[1].id".to_owned();
    assert_eq!(found(&within(&[], crops)), [("boundary-without-threat".to_owned(), path.clone())]);
    let told = common::findings(&within(&[], crops), &Policy::default()).to_string();
    assert!(told.contains("it goes from `camera` in `line` (Untrusted) to `detector` in `plant` (Internal)"), "{told}");
    assert_eq!(codes(&within(&[&["gate"], &["crops"]], crops)), NONE);
    assert_eq!(codes(&within(&[&["detector"]], crops)), NONE);
    assert_eq!(
        found(&within(&[&["verdict", "gate", "camera"]], crops)),
        [("boundary-without-threat".to_owned(), path)]
    );
    // Where the target runs is not said: it still comes from outside.
    let nowhere = |system: &mut Value| {
        crops(system);
        system["components"][1].as_object_mut().unwrap().remove("zone");
    };
    assert_eq!(codes(&within(&[], nowhere)), ["boundary-without-threat"]);
    // From nowhere in particular.
    let from_nowhere = |system: &mut Value| {
        crops(system);
        system["components"][0].as_object_mut().unwrap().remove("zone");
    };
    assert_eq!(codes(&within(&[], from_nowhere)), NONE);
}

#[test]
fn of_two_systems_either_may_hold_what_is_meant() {
    // The first names a component that only the second one has.
    let flows = json!({ "flows": [{ "id": "crops", "from": "camera", "to": "gate", "data": "Photographs" }] });
    let components = json!([{ "id": "camera", "kind": "Client" }, { "id": "gate", "kind": "Service" }]);
    let twice = report_with("system", flows.clone()).replacen(
        "\"system\"",
        &format!("\"system\": {}, \"system\"", json!({ "components": components })),
        1,
    );
    assert_eq!(codes(&twice), ["duplicate-field"]);
    let swapped = report_with("system", json!({ "components": components })).replacen(
        "\"system\"",
        &format!("\"system\": {flows}, \"system\""),
        1,
    );
    assert_eq!(codes(&swapped), ["duplicate-field"]);
}

#[test]
fn what_is_wrong_around_a_flow_is_told_once() {
    let with = |change: &dyn Fn(&mut Value)| {
        codes(&within(&[], |system| {
            crops(system);
            change(system);
        }))
    };
    assert_eq!(with(&|system| system["flows"][1]["from"] = json!("kamera")), ["dangling-reference"]);
    assert_eq!(with(&|system| system["flows"][1]["to"] = json!("line")), ["dangling-reference"]);
    assert_eq!(with(&|system| system["components"][0]["zone"] = json!("camera")), ["dangling-reference"]);
    assert_eq!(with(&|system| system["components"][1]["zone"] = json!("plan")), ["dangling-reference"]);
    assert_eq!(with(&|system| system["zones"][0]["trust"] = json!("None")), ["wrong-kind"]);
    // The one that is meant may be the one whose id is wrong.
    assert_eq!(with(&|system| system["zones"][0]["id"] = json!("the line")), ["invalid-id"]);
    assert_eq!(with(&|system| drop(system["components"][1].as_object_mut().unwrap().remove("id"))), ["missing-field"]);
    assert_eq!(with(&|system| system["components"][1]["id"] = json!("camera")), ["duplicate-id"]);
}

#[test]
fn a_misspelt_system_is_no_hundred_dangling_references() {
    for (from, to) in [("\"system\"", "\"sytem\""), ("\"components\"", "\"componets\""), ("\"zones\"", "\"zone\"")] {
        let report = within(&[&["crops", "detector"]], crops).replacen(from, to, 1);
        assert_eq!(codes(&report), ["unknown-field"], "{to}");
    }
    let report = within(&[&["crops"]], crops).replace("\"affects\"", "\"affect\"");
    assert_eq!(codes(&report), ["unknown-field"]);
}

#[test]
fn a_reference_is_told_what_it_may_be() {
    let says = |report: &str, words: &[&str]| {
        let findings = SecurityCard::from_json(report).err().unwrap();
        assert_eq!(findings.len(), 1, "{findings}");
        for word in words {
            assert!(findings.to_string().contains(word), "no {word} in\n{findings}");
        }
    };
    says(
        &within(&[&["crops", "detectors"]], crops),
        &[
            "`detectors` in `affects[1]` in `threats[0]` is not a component or a flow of this card",
            "did you mean `detector`?",
        ],
    );
    says(&within(&[&["crops", "xyz"]], crops), &["add it to `system.components`"]);
    let twice = SecurityCard::from_json(&within(&[&["crops", "xyz"], &["xyz"]], crops)).err().unwrap().to_string();
    assert!(twice.contains("it is also referred to in") && !twice.contains("more places"), "{twice}");
    let zone = |zone: &str| {
        let zone = json!(zone);
        within(&[&["crops"]], |system| {
            crops(system);
            system["components"][1]["zone"] = zone;
        })
    };
    says(
        &zone("plants"),
        &["`plants` in `zone` in `components[1]` is not a zone of this card", "did you mean `plant`?"],
    );
    says(&zone("gate"), &["is not a zone of this card", "`system.components[2]` has this id"]);
}

#[test]
fn a_tool_that_nobody_approves_needs_a_threat_whatever_it_is_called() {
    let tool = |kind: &str, permission: &str, affects: &[&[&str]]| {
        codes(&within(affects, component(kind, "permission", json!(permission))))
    };
    assert_eq!(tool("Tool", "Allowed", &[&["gate"]]), ["tool-without-threat"]);
    assert_eq!(tool("Tool", "Allowed", &[&["other"]]), NONE);
    assert_eq!(tool("Tool", "Denied", &[]), NONE);
    assert_eq!(tool("Service", "Allowed", &[]), NONE);
}

#[test]
fn what_somebody_else_made_has_a_digest_for_each_file_or_a_threat() {
    let digest = "ab".repeat(32);
    let supplied = |kind: &str, fields: Value, affects: &[&[&str]]| {
        let mut component = json!({ "id": "other", "kind": kind });
        component.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        codes(&within(affects, |system| push(system, "components", component)))
    };
    for kind in ["BaseModel", "Adapter"] {
        assert_eq!(supplied(kind, json!({}), &[]), ["supplier-without-digest"], "{kind}");
        assert_eq!(supplied(kind, json!({}), &[&["other"]]), NONE, "{kind}");
    }
    for kind in ["Model", "Guardrail"] {
        assert_eq!(supplied(kind, json!({}), &[]), NONE, "{kind}");
        assert_eq!(supplied(kind, json!({ "supplier": "Somebody" }), &[]), ["supplier-without-digest"], "{kind}");
    }
    assert_eq!(supplied("Dataset", json!({ "supplier": "Somebody" }), &[]), NONE);
    let files = json!({ "files": [{ "path": "a", "sha256": digest }, { "path": "b" }] });
    let report = within(&[], |system| {
        push(system, "components", json!({ "id": "other", "kind": "BaseModel", "files": files["files"] }));
    });
    let card = SecurityCard::from_json(&report).unwrap();
    let told = card.check(&Policy::default()).to_string();
    assert!(told.contains("`other` is not pinned by a digest") && told.contains("to `b` in `files`"), "{told}");
    assert!(told.contains("AML.T0010.003 (AI Supply Chain Compromise: Model)"), "{told}");
}

#[test]
fn confidential_data_has_a_threat_or_a_text_about_privacy() {
    let sensitive = |sensitivity: &str, affects: &[&[&str]], security: Value| {
        let report = within(affects, component("DataStore", "sensitivity", json!(sensitivity)));
        let mut report: Value = serde_json::from_str(&report).unwrap();
        report["security_considerations"].as_object_mut().unwrap().extend(security.as_object().unwrap().clone());
        codes(&report.to_string())
    };
    let code = "sensitive-data-without-threat";
    assert_eq!(sensitive("Restricted", &[], json!({})), [code]);
    assert_eq!(sensitive("Confidential", &[&["gate"]], json!({})), [code]);
    assert_eq!(sensitive("Public", &[], json!({})), NONE);
    assert_eq!(sensitive("Restricted", &[&["other"]], json!({})), NONE);
    assert_eq!(sensitive("Restricted", &[], json!({ "objectives": { "privacy": "Nobody reads it." } })), NONE);
    assert_eq!(sensitive("Restricted", &[], json!({ "objectives": { "integrity": "Nobody reads it." } })), [code]);
    let private = part("threat", json!({ "refs": ["CWE-200"], "objectives": ["Privacy"] }));
    assert_eq!(sensitive("Restricted", &[], json!({ "threats": [private] })), NONE);
}

#[test]
fn a_technique_to_begin_with_is_one_of_the_taxonomies_of_today() {
    let kinds = smcard::ComponentKind::SCHEMA.variants.iter().map(|variant| variant.name);
    let mut techniques = Vec::new();
    for kind in kinds {
        for class in ["Predictive", "Generative", "Agentic"] {
            let report = within(&[], |system| {
                push(system, "components", json!({ "id": "target", "kind": kind, "zone": "plant" }));
                push(system, "flows", json!({ "id": "crops", "from": "camera", "to": "target" }));
            });
            let mut report: Value = serde_json::from_str(&report).unwrap();
            report["security_considerations"]["ai_class"] = json!(class);
            let policy = common::policy("[coverage]\npredictive = []\ngenerative = []\nagentic = []");
            let findings = common::findings(&report.to_string(), &policy);
            let boundary = findings.iter().find(|finding| finding.rule.code == "boundary-without-threat").unwrap();
            let told = boundary.to_string();
            let id = told.split("start with ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
            let concept = taxonomy::find(id).unwrap();
            assert_eq!(concept.standing, taxonomy::Standing::Current, "{id}");
            assert!(told.contains(&format!("{id} ({})", concept.name)), "{told}");
            techniques.push((kind, class, id.to_owned()));
        }
    }
    let of = |kind: &str, class: &str| {
        let found = techniques.iter().find(|(of, at, _)| *of == kind && *at == class);
        found.map(|(.., id)| id.as_str()).unwrap()
    };
    assert_eq!((of("Model", "Predictive"), of("Model", "Generative")), ("AML.T0043", "AML.T0051"));
    assert_eq!((of("DataStore", "Predictive"), of("DataStore", "Agentic")), ("AML.T0020", "AML.T0070"));
    assert_eq!((of("Tool", "Agentic"), of("Service", "Agentic")), ("AML.T0053", "AML.T0049"));
    assert_eq!((of("Dataset", "Generative"), of("Prompt", "Predictive")), ("AML.T0020", "AML.T0051"));
}

#[test]
fn the_rules_of_the_system_are_warnings_that_a_policy_can_raise() {
    for code in
        ["boundary-without-threat", "tool-without-threat", "supplier-without-digest", "sensitive-data-without-threat"]
    {
        assert_eq!(rules::named(code).unwrap().level, smcard::Level::Warning, "{code}");
    }
    let raised = common::policy("[level]\nboundary-without-threat = \"error\"");
    assert!(common::findings(&within(&[], crops), &raised).has_errors());
}
