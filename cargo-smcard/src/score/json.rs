//! For programs: one JSON object, described in the README.

use serde_json::{Value as Json, json};
use smcard_core::source::visible;

use super::Scored;
use super::count::{Gap, Share};
use crate::check::Format;

pub(super) const BEGIN: &str = "{\"version\": 1, \"cards\": [\n";
pub(super) const END: &str = "\n]}\n";

pub(super) fn write(scored: &Scored<'_>) -> String {
    let text = |text: Option<&smcard_core::Text<'_>>| text.and_then(|text| text.stated()).map(visible);
    let sections = scored.score.sections.iter().map(|(name, part)| with(share(part), "section", name.as_str().into()));
    let checked: Json = serde_json::from_str(&Format::Json.card(scored.checked, false)).unwrap_or_default();
    let whole = json!({
        "file": scored.file,
        "name": text(scored.name),
        "version": text(scored.version),
        "sections": sections.collect::<Vec<_>>(),
        "open": scored.score.gaps.iter().map(gap).collect::<Vec<_>>(),
        "check": checked,
    });
    with(whole, "share", share(&scored.score.all)).to_string()
}

fn share(share: &Share) -> Json {
    let [of, answered, not_stated, missing] =
        [share.weight, share.answered, share.not_stated, share.missing()].map(rounded);
    json!({ "of": of, "answered": answered, "not_stated": not_stated, "missing": missing })
}

fn gap(gap: &Gap) -> Json {
    json!({
        "path": gap.path,
        "each": gap.each,
        "adds": rounded(gap.adds),
        "not_stated": rounded(gap.not_stated),
        "why": gap.why,
        "says": gap.says.as_deref().map(visible),
        "lacking": gap.open.iter().map(|name| visible(name)).collect::<Vec<_>>(),
    })
}

/// With as many digits as anybody compares.
fn rounded(share: f64) -> f64 {
    (share * 1000.0 + 1e-6).floor() / 1000.0
}

fn with(mut object: Json, key: &str, value: Json) -> Json {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
    object
}
