//! The cases of the rules about taxonomies, threats, tests and measures.

use serde_json::{Value, json};

use crate::common::{self, part};
use crate::{Case, field};

/// A report with the good threat but for these changes.
fn threat(changes: Value) -> Case {
    field("security_considerations.threats", json!([part("threat", changes)]))
}

fn cited(reference: &str) -> Case {
    threat(json!({ "refs": [reference, "NISTAML.022"] }))
}

fn measure(changes: Value) -> Case {
    field("metrics.measures", json!([part("measure", changes)]))
}

fn measured(value: f64) -> Case {
    measure(json!({ "value": value, "threshold": { "op": "AtLeast", "value": 0.9 } }))
}

/// A card at this stage whose older review approved and whose last one rejected.
fn reviewed(stage: &str) -> Case {
    let reviews = [
        part("review", json!({ "date": "2026-02-01", "decision": "Rejected" })),
        part("review", json!({ "date": "2026-01-31" })),
    ];
    changed(&[("model_details", "stage", json!(stage)), ("security_considerations", "reviews", json!(reviews))])
}

/// A mitigated threat whose evidence is one test that ended like this.
fn shown_by(result: &str) -> Case {
    let threat = json!({ "status": "Mitigated", "mitigations": [{ "description": "Looked at." }], "evidence": ["t"] });
    changed(&[
        ("security_considerations", "threats", json!([part("threat", threat)])),
        ("security_considerations", "tests", json!([part("test", json!({ "result": result }))])),
    ])
}

/// The good report with these fields in its sections.
fn changed(changes: &[(&str, &str, Value)]) -> Case {
    let mut report: Value = serde_json::from_str(common::REPORT).unwrap_or_default();
    for (section, field, value) in changes {
        if let Some(section) = report.get_mut(section).and_then(Value::as_object_mut) {
            section.insert((*field).to_owned(), value.clone());
        }
    }
    crate::report(report.to_string())
}

fn tested(failures: u64) -> Case {
    let test = part("test", json!({ "attempts": 3, "failures": failures }));
    field("security_considerations.tests", json!([test]))
}

fn twice(first: &str, second: &str) -> Case {
    let threat = |id: &str| part("threat", json!({ "id": id }));
    field("security_considerations.threats", json!([threat(first), threat(second)]))
}

/// The code of each rule, a case that breaks it, and one that just does not.
pub(crate) fn cases() -> Vec<(&'static str, Case, Case)> {
    let residual = "[risk]\nmax_residual = \"medium\"";
    let open = |impact: &str| {
        let risk = json!({ "status": "Open", "owner": "The team", "likelihood": "High", "impact": impact });
        threat(risk).under("[risk]\nmax_open = \"medium\"")
    };
    let acceptance = |changes: Value| part("acceptance", changes);
    let accepted = |changes: Value| threat(json!({ "status": "Accepted", "acceptance": acceptance(changes) }));
    let bears = |residual: &str| {
        let acceptance = acceptance(json!({}));
        threat(json!({
            "status": "Accepted", "impact": "Critical", "residual": residual, "acceptance": acceptance
        }))
    };
    let class = |class: &str| {
        field("security_considerations.ai_class", class).under("[coverage]\nagentic = [\"misuse\"]\npredictive = []")
    };
    vec![
        ("ambiguous-edition", cited("LLM06"), cited("LLM06:2026")),
        ("unknown-reference", cited("AML.T0199"), cited("AML.T0015")),
        ("retired-reference", cited("AML.T0045"), cited("AML.T0048.004")),
        ("name-mismatch", cited("AML.T0015 Evasion"), cited("AML.T0015 evade AI model")),
        ("superseded-edition", cited("LLM06:2025"), cited("LLM03:2026")),
        ("duplicate-id", twice("a", "a"), twice("a", "b")),
        (
            "undecided-objective",
            threat(json!({ "refs": ["AML.T0015"] })),
            threat(json!({ "refs": ["AML.T0015"], "objectives": ["Integrity"] })),
        ),
        (
            "owner-missing",
            threat(json!({ "status": "Open" })),
            threat(json!({ "status": "Open", "owner": "The team" })),
        ),
        (
            "mitigation-missing",
            threat(json!({ "status": "Mitigated" })),
            threat(json!({ "status": "Mitigated", "mitigations": [{ "description": "Looked at." }] })),
        ),
        ("acceptance-incomplete", accepted(json!({ "expires": null })), accepted(json!({}))),
        ("dangling-evidence", threat(json!({ "evidence": ["t"] })), tested(0)),
        (
            "residual-above-policy",
            threat(json!({ "residual": "High" })).under(residual),
            threat(json!({ "residual": "Medium" })).under(residual),
        ),
        ("open-risk-above-policy", open("High"), open("Medium")),
        ("missing-objective", class("Agentic"), class("Predictive")),
        ("invalid-id", twice("a b", "a"), twice("a-b", "a")),
        (
            "answer-required",
            threat(json!({ "owner": "Not applicable: nobody" })),
            threat(json!({ "title": "Not applicable: nobody" })),
        ),
        (
            "acceptance-before-card",
            accepted(json!({ "expires": "2026-03-13" })),
            accepted(json!({ "expires": "2026-03-14" })),
        ),
        ("rejected-in-production", reviewed("Production"), reviewed("Review")),
        ("evidence-failed", shown_by("Failed"), shown_by("Inconclusive")),
        ("residual-unexplained", bears("Low"), bears("Medium")),
        (
            "interval-excludes-value",
            measure(json!({ "value": 0.9, "interval": [0.91, 0.95] })),
            measure(json!({ "value": 0.91, "interval": [0.91, 0.95] })),
        ),
        ("unit-missing", measure(json!({ "value": 97.09 })), measure(json!({ "value": 97.09, "unit": "points" }))),
        ("threshold-missed", measured(0.899), measured(0.9)),
        ("failures-exceed-attempts", tested(4), tested(3)),
        ("risk-not-assessed", threat(json!({ "impact": null })), threat(json!({ "likelihood": null, "impact": null }))),
        (
            "direction-contradicted",
            measure(json!({ "direction": "LowerIsBetter", "threshold": { "op": "AtLeast", "value": 0.9 } })),
            measure(json!({ "direction": "HigherIsBetter", "threshold": { "op": "AtLeast", "value": 0.9 } })),
        ),
    ]
}
