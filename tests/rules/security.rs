//! The cases of the rules about taxonomies, threats, tests and measures.

use serde_json::{Value, json};

use crate::{Case, common, field};

/// A report with one threat that has nothing wrong in it but what these fields change.
fn threat(changes: Value) -> Case {
    let mut threat = json!({
        "id": "patches", "refs": ["NISTAML.022"], "scenario": "A printed patch hides an address.",
        "likelihood": "Low", "impact": "High", "status": "Transferred"
    });
    if let (Some(fields), Value::Object(changes)) = (threat.as_object_mut(), changes) {
        fields.extend(changes);
    }
    field("security_considerations.threats", json!([threat]))
}

fn cited(reference: &str) -> Case {
    threat(json!({ "refs": [reference, "NISTAML.022"] }))
}

fn measure(changes: Value) -> Case {
    let mut measure = json!({ "name": "recall" });
    if let (Some(fields), Value::Object(changes)) = (measure.as_object_mut(), changes) {
        fields.extend(changes);
    }
    field("metrics.measures", json!([measure]))
}

fn measured(value: f64) -> Case {
    measure(json!({ "value": value, "threshold": { "op": "AtLeast", "value": 0.9 } }))
}

/// A card at this stage whose older review approved and whose last one rejected.
fn reviewed(stage: &str) -> Case {
    let mut report: Value =
        serde_json::from_str(&common::report_with("model_details.stage", stage)).unwrap_or_default();
    report["security_considerations"]["reviews"] = json!([
        { "by": "Security", "date": "2026-02-01", "decision": "Rejected" },
        { "by": "Security", "date": "2026-01-31", "decision": "Approved" },
    ]);
    crate::report(report.to_string())
}

/// A mitigated threat whose evidence is one test that ended like this.
fn shown_by(result: &str) -> Case {
    let mut report: Value = serde_json::from_str(common::REPORT).unwrap_or_default();
    report["security_considerations"]["threats"] = json!([{
        "id": "patches", "refs": ["NISTAML.022"], "scenario": "A printed patch hides an address.",
        "likelihood": "Low", "impact": "High", "status": "Mitigated",
        "mitigations": [{ "description": "Looked at." }], "evidence": ["t"]
    }]);
    report["security_considerations"]["tests"] =
        json!([{ "id": "t", "kind": "RedTeaming", "tool": "by hand", "date": "2026-01-31", "result": result }]);
    crate::report(report.to_string())
}

fn tested(failures: u64) -> Case {
    let test = json!({
        "id": "t", "kind": "RedTeaming", "tool": "by hand", "date": "2026-01-31", "result": "Passed",
        "attempts": 3, "failures": failures
    });
    field("security_considerations.tests", json!([test]))
}

fn twice(first: &str, second: &str) -> Case {
    let threat = |id: &str| {
        json!({ "id": id, "refs": ["NISTAML.022"], "scenario": "A patch.", "likelihood": "Low", "impact": "Low",
                "status": "Transferred" })
    };
    field("security_considerations.threats", json!([threat(first), threat(second)]))
}

/// The code of each rule, a case that breaks it, and one that just does not.
pub(crate) fn cases() -> Vec<(&'static str, Case, Case)> {
    let residual = "[risk]\nmax_residual = \"medium\"";
    let open = |impact: &str| {
        let risk = json!({ "status": "Open", "owner": "The team", "likelihood": "High", "impact": impact });
        threat(risk).under("[risk]\nmax_open = \"medium\"")
    };
    let accepted = |acceptance: Value| threat(json!({ "status": "Accepted", "acceptance": acceptance }));
    let acceptance = json!({ "by": "The head", "reason": "It is small.", "expires": "2027-01-31" });
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
            threat(json!({ "refs": ["AML.T0015"], "objective": "Integrity" })),
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
        (
            "acceptance-incomplete",
            accepted(json!({ "by": "The head", "reason": "It is small." })),
            accepted(json!({ "by": "The head", "reason": "It is small.", "expires": "2027-01-31" })),
        ),
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
            accepted(json!({ "by": "The head", "reason": "It is small.", "expires": "2026-03-13" })),
            accepted(json!({ "by": "The head", "reason": "It is small.", "expires": "2026-03-14" })),
        ),
        ("rejected-in-production", reviewed("Production"), reviewed("Review")),
        ("evidence-failed", shown_by("Failed"), shown_by("Inconclusive")),
        (
            "residual-unexplained",
            threat(json!({ "status": "Accepted", "impact": "Critical", "residual": "Low", "acceptance": acceptance })),
            threat(
                json!({ "status": "Accepted", "impact": "Critical", "residual": "Medium", "acceptance": acceptance }),
            ),
        ),
        (
            "interval-excludes-value",
            measure(json!({ "value": 0.9, "interval": [0.91, 0.95] })),
            measure(json!({ "value": 0.91, "interval": [0.91, 0.95] })),
        ),
        ("unit-missing", measure(json!({ "value": 97.09 })), measure(json!({ "value": 97.09, "unit": "points" }))),
        ("threshold-missed", measured(0.899), measured(0.9)),
        ("failures-exceed-attempts", tested(4), tested(3)),
    ]
}
