//! One JSON object: `{ "version": 1, "files": [ … ], "summary": { … } }`.

use serde_json::{Value, json};
use smcard_core::source::visible;

use super::{Totals, level};
use crate::told::{Checked, Excepted, Told};

pub(super) fn begin() -> String {
    "{\"version\": 1, \"files\": [\n".to_owned()
}

pub(super) fn card(checked: &Checked) -> String {
    let findings: Vec<Value> = checked.told.iter().map(finding).collect();
    let excepted: Vec<Value> = checked.excepted.iter().map(let_pass).collect();
    json!({
        "file": checked.file,
        "kind": if checked.is_card { "card" } else { "policy" },
        "errors": checked.errors,
        "warnings": checked.warnings,
        "omitted": checked.omitted(),
        "findings": findings,
        "excepted": excepted,
    })
    .to_string()
}

fn finding(told: &Told) -> Value {
    let words = |texts: &[String]| texts.iter().map(|text| Value::from(super::escaped(text))).collect::<Vec<_>>();
    let problem = &told.problem;
    json!({
        "code": told.rule.code,
        "level": level(told),
        "path": told.path,
        "file": told.file,
        "line": told.position.map(|position| position.line),
        "column": told.position.map(|position| position.column),
        "message": visible(&problem.message),
        "excerpt": problem.excerpt.as_deref().map(super::escaped),
        "help": words(&problem.help),
        "notes": words(&problem.notes),
    })
}

fn let_pass(Excepted { told, exception }: &Excepted) -> Value {
    let mut value = finding(told);
    if let Some(object) = value.as_object_mut() {
        object.insert(
            "exception".to_owned(),
            json!({
                "reason": visible(&exception.reason),
                "approved_by": visible(&exception.approved_by),
                "expires": exception.expires,
                "file": exception.file,
                "line": exception.line,
            }),
        );
    }
    value
}

pub(super) fn end(totals: Totals) -> String {
    let summary = json!({
        "cards": totals.cards,
        "errors": totals.errors,
        "warnings": totals.warnings,
        "excepted": totals.excepted,
        "unchecked": totals.unchecked,
    });
    format!("\n], \"summary\": {summary}}}\n")
}
