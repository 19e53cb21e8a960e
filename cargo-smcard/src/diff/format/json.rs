//! For programs: one JSON object, described in the README.

use serde_json::{Value as Json, json};

use super::{Change, Kind, Version, label, of_kind};

pub(super) fn write([old, new]: &[Version<'_>; 2], changes: &[Change]) -> String {
    let side =
        |version: &Version<'_>| json!({ "file": version.file, "name": version.name(), "version": version.version() });
    let count = |kind: Kind| of_kind(changes, kind).len();
    let all: Vec<Json> = changes.iter().map(change).collect();
    let whole = json!({
        "version": 1,
        "old": side(old),
        "new": side(new),
        "summary": {
            "regressions": count(Kind::Regression),
            "improvements": count(Kind::Improvement),
            "changes": count(Kind::Change),
        },
        "changes": all,
    });
    format!("{whole:#}\n")
}

fn change(change: &Change) -> Json {
    json!({
        "kind": change.kind.name(),
        "code": change.matter.code,
        "path": change.path,
        "label": label(&change.label, |name| format!("`{name}`")),
        "old": change.old.as_ref().map(|said| &said.json),
        "new": change.new.as_ref().map(|said| &said.json),
    })
}
