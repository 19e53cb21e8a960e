//! One JSON object: `{ "version": 1, "files": [ … ], "summary": { … } }`.

use serde_json::{Value, json};
use smcard_core::Level;
use smcard_core::source::visible;
use smcard_evidence::Severity;

use super::scanned::{Scanned, Seen};
use super::totals::Totals;
use crate::told::Told;

pub(super) fn begin() -> String {
    "{\"version\": 1, \"files\": [\n".to_owned()
}

pub(super) fn file(scanned: &Scanned) -> String {
    let checked = &scanned.checked;
    let findings: Vec<Value> = checked.told.iter().zip(&scanned.severities).map(finding).collect();
    let mut file = json!({
        "file": checked.file,
        "errors": checked.errors,
        "warnings": checked.warnings,
        "findings": findings,
    });
    if let (Some(fields), Some(Seen { sha256, looked })) = (file.as_object_mut(), &scanned.seen) {
        // `null` is a digest that was not asked for.
        fields.insert("sha256".to_owned(), json!(sha256));
        fields.insert("size".to_owned(), looked.size.into());
        fields.insert("format".to_owned(), looked.format.name().into());
        fields.insert("facts".to_owned(), shown(serde_json::to_value(&looked.facts).unwrap_or_default()));
        fields.insert("omitted".to_owned(), json!(looked.omitted));
    }
    file.to_string()
}

fn finding((told, severity): (&Told, &Severity)) -> Value {
    json!({
        "code": told.rule.code,
        "severity": severity,
        "level": if told.level == Level::Error { "error" } else { "warning" },
        "place": told.path,
        "message": told.problem.message,
    })
}

/// A value of which each text may be shown, on a terminal too.
fn shown(value: Value) -> Value {
    match value {
        Value::String(text) => visible(&text).into(),
        Value::Array(items) => items.into_iter().map(shown).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (visible(&key), shown(value))).collect(),
        value => value,
    }
}

pub(super) fn end(totals: Totals) -> String {
    let summary = json!({
        "files": totals.files,
        "errors": totals.errors,
        "warnings": totals.warnings,
        "left_out": totals.left_out,
    });
    format!("\n], \"summary\": {summary}}}\n")
}
