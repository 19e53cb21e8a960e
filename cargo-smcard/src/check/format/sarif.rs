//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/>).

use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use smcard_core::source::visible;
use smcard_core::{Level, Rule, rules};

use super::{level, words};
use crate::told::{Checked, Excepted, Told};

/// The rules that a run can report, and where each is documented.
pub(crate) struct Reported {
    rules: Vec<&'static Rule>,
    documentation: &'static str,
    link: fn(&Rule) -> String,
}

/// The rules of cards.
static OF_CARDS: LazyLock<Reported> =
    LazyLock::new(|| Reported::new(rules::all(), DOCUMENTATION, |rule| format!("{DOCUMENTATION}#{}", rule.code)));

const DOCUMENTATION: &str = "https://docs.rs/smcard/latest/smcard/rules/index.html";

pub(super) fn begin() -> String {
    OF_CARDS.begin()
}

pub(super) fn card(checked: &Checked) -> String {
    OF_CARDS.file(checked)
}

impl Reported {
    pub(crate) fn new(
        rules: impl Iterator<Item = &'static Rule>,
        documentation: &'static str,
        link: fn(&Rule) -> String,
    ) -> Self {
        Reported { rules: rules.collect(), documentation, link }
    }

    pub(crate) fn begin(&self) -> String {
        let rules: Vec<Value> = self.rules.iter().map(|rule| self.descriptor(rule)).collect();
        let driver = json!({
            "name": "smcard",
            "version": env!("CARGO_PKG_VERSION"),
            "informationUri": self.documentation,
            "rules": rules,
        });
        format!(
            "{{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\", \"runs\": [{{\n\
             \"tool\": {{\"driver\": {driver}}},\n\"columnKind\": \"unicodeCodePoints\",\n\"results\": [\n"
        )
    }

    fn descriptor(&self, rule: &Rule) -> Value {
        let level = if rule.level == Level::Error { "error" } else { "warning" };
        json!({
            "id": rule.code,
            "shortDescription": { "text": rule.summary },
            "fullDescription": { "text": rule.explanation },
            "helpUri": (self.link)(rule),
            "help": { "text": format!("{} {}", rule.summary, rule.explanation) },
            "defaultConfiguration": { "level": level },
        })
    }

    /// What was found in a file.
    pub(crate) fn file(&self, checked: &Checked) -> String {
        let told = checked.told.iter().map(|told| self.result(told).to_string());
        let excepted = checked.excepted.iter().map(|excepted| self.suppressed(excepted).to_string());
        told.chain(excepted).collect::<Vec<_>>().join(",\n")
    }

    fn result(&self, told: &Told) -> Value {
        let mut location = Map::new();
        let mut physical = json!({ "artifactLocation": { "uri": uri(&told.file) } });
        if let (Some(position), Some(physical)) = (told.position, physical.as_object_mut()) {
            let mut region = json!({ "startLine": position.line, "startColumn": position.column });
            if let (Some(end), Some(region)) = (told.end_column, region.as_object_mut()) {
                region.insert("endColumn".to_owned(), end.max(position.column + 1).into());
            }
            physical.insert("region".to_owned(), region);
        }
        location.insert("physicalLocation".to_owned(), physical);
        if !told.path.is_empty() {
            location.insert(
                "logicalLocations".to_owned(),
                json!([{ "fullyQualifiedName": visible(&told.path), "kind": "member" }]),
            );
        }
        json!({
            "ruleId": told.rule.code,
            "ruleIndex": self.rules.iter().position(|rule| rule.code == told.rule.code),
            "level": level(told),
            "message": { "text": words(told) },
            "locations": [location],
        })
    }

    /// What the policy lets pass is a result too, with who approved it.
    fn suppressed(&self, Excepted { told, exception }: &Excepted) -> Value {
        let mut result = self.result(told);
        let justification =
            format!("{} (approved by {} until {})", exception.reason, exception.approved_by, exception.expires);
        if let Some(result) = result.as_object_mut() {
            let suppression =
                json!({ "kind": "external", "status": "accepted", "justification": visible(&justification) });
            result.insert("suppressions".to_owned(), json!([suppression]));
        }
        result
    }
}

/// A file as a reference (RFC 3986): what is no part of one is written as `%` and its bytes.
fn uri(file: &str) -> String {
    let mut uri = String::new();
    let file = file.replace('\\', "/");
    if file.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in file.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(byte)),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

pub(crate) fn end() -> String {
    "\n]}]}\n".to_owned()
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_file_is_a_reference_whatever_its_name_holds() {
        assert_eq!(uri("cards/a.json"), "cards/a.json");
        assert_eq!(uri("a b/ü:#?.json"), "a%20b/%C3%BC%3A%23%3F.json");
        assert_eq!(uri("/srv/a.json"), "file:///srv/a.json");
    }
}
