//! A preview of CycloneDX 2.0: the threat model natively, as a blueprint of the system, threats, risks and controls.
//!
//! CycloneDX 2.0 is not released, and may change: this follows the schema of the branch
//! `2.0-dev-threatmodeling` of 12 July 2026. Components, services, the model card and the claims are those
//! of 1.7 but for the fields that 2.0 has renamed, so a card is read back in the same way. The model card
//! of the format has the whole card; the threat model is a view of it.

mod blueprint;
mod boundaries;
mod controls;
mod levels;
mod of_threat;
mod risks;
mod threats;

use smcard_core::SecurityCard;

use super::parts::{Parts, property};
use super::{Version, components, declarations, metadata, model, services, vulnerabilities};
use crate::Format;
use crate::document::{Object, list, number, text, write};
use boundaries::boundaries;

pub(crate) const V2_0_PREVIEW: Format = Format {
    name: "cyclonedx-2.0-preview",
    extension: "cdx-2.0-preview.json",
    doc: "A preview of CycloneDX 2.0, which is not released, for tools that model threats: the format may change.",
    write: |card, _| Ok(document(card)),
};

/// What a reader of the document must know of it.
const CONVENTIONS: [(&str, &str); 5] = [
    ("smcard:export:preview", "CycloneDX 2.0 is not released; this follows the preview of 2026-07-12"),
    (
        "smcard:export:levels",
        "Likelihood Critical is very-high here; impact Medium, High, Critical is moderate, major, catastrophic",
    ),
    (
        "smcard:export:score",
        "inherentRisk.score follows from likelihood and impact by NIST SP 800-30 Rev. 1, table I-2; residualRisk.score is \
         stated by the card",
    ),
    (
        "smcard:export:trustLevel",
        "Untrusted, Partner, Internal, Privileged are untrusted, semi-trusted, trusted, highly-trusted here; that of a \
         boundary is the one of its less trusted zone",
    ),
    (
        "smcard:export:parties",
        "Who is named in the card is an organization here: the card does not say whether it names a person",
    ),
];

fn document(card: &SecurityCard<'_>) -> String {
    let parts = Parts::of(card, Version::Preview);
    let mut components = vec![model::component(&parts)];
    components.extend(components::components(&parts));
    let conventions = CONVENTIONS.map(|(name, value)| property(name.to_owned(), value.to_owned()));
    let boundaries = boundaries(&parts);
    let document = Object::new()
        .with("$schema", text("https://cyclonedx.org/schema/2.0/cyclonedx-2.0.schema.json"))
        .with("specFormat", text("CycloneDX"))
        .with("specVersion", text(Version::Preview.number()))
        .with("serialNumber", text(format!("urn:uuid:{}", parts.serial)))
        .with("version", number(1))
        .with("metadata", metadata(&parts).with("properties", list(conventions)).node())
        .with("components", list(components))
        .with("services", list(services::services(&parts)))
        .with("dependencies", list(components::dependencies(&parts)))
        .with("vulnerabilities", list(vulnerabilities::vulnerabilities(&parts)))
        .with("blueprints", list(blueprint::blueprint(&parts, &boundaries)))
        .with("threats", threats::threats(&parts, &boundaries))
        .with("risks", risks::risks(&parts))
        .with("controls", list(controls::controls(&parts)))
        .with("declarations", declarations::declarations(&parts))
        .with("definitions", declarations::definitions(&parts));
    write(&document.node())
}
