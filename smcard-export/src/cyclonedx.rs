//! CycloneDX 1.6, 1.7 and a preview of 2.0: an ML-BOM with the model at `components[0]`.
//!
//! What the format has a field for stands there; all else of the card stands in the properties of
//! its model card, by names such as `smcard:model_details:date`, so that [`card`] reads the very
//! card back. What follows from several fields (an open threat as a vulnerability) is a view: it
//! is there for other programs, and not what is read back.

mod components;
mod declarations;
mod exact;
mod license;
mod model;
mod parts;
mod party;
mod preview;
mod references;
mod refs;
mod services;
mod vulnerabilities;

use serde_json::Value;
use smcard_core::SecurityCard;
use smcard_core::tree::Node;

use crate::Format;
use crate::document::{Object, list, number, text, write};
use crate::leaves;
use parts::Parts;
pub(crate) use preview::V2_0_PREVIEW;
pub(crate) use references::cwe;
pub(crate) use refs::uuid;

/// A version of CycloneDX.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    V1_6,
    V1_7,
    /// The threat model of 2.0, which is not released.
    Preview,
}

impl Version {
    fn number(self) -> &'static str {
        match self {
            Version::V1_6 => "1.6",
            Version::V1_7 => "1.7",
            Version::Preview => "2.0",
        }
    }
}

pub(crate) const V1_6: Format = Format {
    name: "cyclonedx-1.6",
    extension: "cdx.json",
    doc: "CycloneDX 1.6 (ECMA-424), for inventories of software and models such as Dependency-Track.",
    write: |card, _| Ok(document(card, Version::V1_6)),
};

pub(crate) const V1_7: Format = Format {
    name: "cyclonedx-1.7",
    extension: "cdx.json",
    doc: "CycloneDX 1.7, for inventories of software and models that read the newest version.",
    write: |card, _| Ok(document(card, Version::V1_7)),
};

fn document(card: &SecurityCard<'_>, version: Version) -> String {
    let parts = Parts::of(card, version);
    let mut components = vec![model::component(&parts)];
    components.extend(components::components(&parts));
    let document = Object::new()
        .with("$schema", text(format!("http://cyclonedx.org/schema/bom-{}.schema.json", version.number())))
        .with("bomFormat", text("CycloneDX"))
        .with("specVersion", text(version.number()))
        .with("serialNumber", text(format!("urn:uuid:{}", parts.serial)))
        .with("version", number(1))
        .with("metadata", metadata(&parts).node())
        .with("components", list(components))
        .with("services", list(services::services(&parts)))
        .with("dependencies", list(components::dependencies(&parts)))
        .with("vulnerabilities", list(vulnerabilities::vulnerabilities(&parts)))
        .with("declarations", declarations::declarations(&parts))
        .with("definitions", declarations::definitions(&parts));
    write(&document.node())
}

/// Who wrote the document, and what it is about.
fn metadata<'c>(parts: &Parts<'c>) -> Object<'c> {
    let tool = Object::new()
        .with("type", text("application"))
        .with("name", text("smcard"))
        .with("version", text(env!("CARGO_PKG_VERSION")));
    let system = Object::new()
        .with("type", text("application"))
        .with("bom-ref", text(refs::SYSTEM))
        .with("name", text(parts.name))
        .with_text("description", leaves::stated(&parts.card.system.description));
    Object::new()
        .with("tools", Object::new().with("components", list([tool.node()])).node())
        .with("component", system.node())
}

/// The card of an export to CycloneDX, as the tree that every rule reads.
///
/// A text that stands in a field of the format alone is read from there; what stands in a property of the model card is
/// read from the property, whatever was done to the views of it. What other programs have added is left out.
///
/// # Errors
/// Why the text is no export of a card to CycloneDX, in a sentence.
pub fn card(document: &str) -> Result<Node<'static>, String> {
    let document: Value = serde_json::from_str(document).map_err(|error| format!("not JSON: {error}"))?;
    if !["bomFormat", "specFormat"].iter().any(|key| document.get(key).and_then(Value::as_str) == Some("CycloneDX")) {
        return Err("not CycloneDX: neither `bomFormat` nor `specFormat` is `CycloneDX`".to_owned());
    }
    let models = document.get("components").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    // An export has it first, and other programs may sort.
    let properties = |model: &Value| -> Vec<(String, String)> {
        let properties = model.pointer("/modelCard/properties").and_then(Value::as_array);
        let named = properties.into_iter().flatten().filter_map(|property| {
            let value = property.get("value").and_then(Value::as_str)?;
            Some((leaves::path(property.get("name")?.as_str()?)?, value.to_owned()))
        });
        named.collect()
    };
    let found = models.iter().map(|model| (model, properties(model))).find(|(_, values)| !values.is_empty());
    let Some((model, mut values)) = found else {
        return Err("no export of smcard: no component has a model card with properties named `smcard:…`".to_owned());
    };
    for (path, text) in exact::values(model) {
        if !values.iter().any(|(given, _)| given == path) {
            values.push((path.to_owned(), text.to_owned()));
        }
    }
    leaves::read(values)
}
