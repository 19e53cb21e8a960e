//! One JSON object: `{ "version": 1, "files": [ … ], "summary": { … } }`.

use serde_json::{Value, json};
use smcard_core::source::visible;

use super::format::Totals;
use super::scanned::Scanned;

pub(super) fn begin() -> String {
    "{\"version\": 1, \"files\": [\n".to_owned()
}

pub(super) fn file(scanned: &Scanned) -> String {
    let checked = &scanned.checked;
    let mut file = json!({ "file": checked.file, "errors": checked.errors, "warnings": checked.warnings });
    let findings: Vec<Value> = checked
        .told
        .iter()
        .map(|told| {
            let level = if told.level == smcard_core::Level::Error { "error" } else { "warning" };
            let message = visible(&told.problem.message);
            json!({ "code": told.rule.code, "level": level, "place": told.path, "message": message })
        })
        .collect();
    let fields = file.as_object_mut();
    if let (Some(fields), Some(measured)) = (fields, &scanned.measured) {
        let severities = measured.findings.iter().map(|finding| json!(finding.severity));
        let findings = findings.iter().cloned().zip(severities).map(|(mut finding, severity)| {
            finding["severity"] = severity;
            finding
        });
        fields.insert("sha256".to_owned(), measured.sha256.clone().into());
        fields.insert("size".to_owned(), measured.size.into());
        fields.insert("format".to_owned(), measured.format.name().into());
        fields.insert("facts".to_owned(), shown(serde_json::to_value(&measured.facts).unwrap_or_default()));
        fields.insert("findings".to_owned(), findings.collect());
        fields.insert("omitted".to_owned(), json!(measured.omitted));
        return file.to_string();
    }
    file["findings"] = findings.into();
    file.to_string()
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
