//! Security model cards in the formats of other people's tools.
//!
//! The native JSON is the card; an export is a view of it. Each format is a file here, and a
//! function from a card to a text: the same card gives the same bytes everywhere.

#![forbid(unsafe_code)]

mod csv;
pub mod cyclonedx;
mod defectdojo;
mod digest;
mod document;
mod hook;
mod html;
pub mod huggingface;
pub mod in_toto;
mod leaves;
mod licenses;
mod link;
mod markdown;
mod measured;
mod naming;
mod otm;
mod provenance;
pub mod spdx;
pub mod yaml;

pub use hook::Formats;
pub use html::page_policy;
pub use provenance::{PolicyFile, Provenance};
use smcard_core::SecurityCard;

const JSON: Format = Format {
    name: "json",
    extension: "json",
    doc: "The card itself: the report that a build writes.",
    write: |card, _| Ok(card.to_json()),
};

/// A format that a card can be exported to.
#[derive(Debug)]
#[non_exhaustive]
pub struct Format {
    /// The name, as the command line and a policy spell it.
    pub name: &'static str,
    /// The end of the name of such a file, as its tools know it.
    pub extension: &'static str,
    /// Who reads it, and which version it is, in a sentence.
    pub doc: &'static str,
    write: fn(&SecurityCard<'_>, Option<&Provenance<'_>>) -> Result<String, Vec<String>>,
}

impl Format {
    /// All of them, in the order of the documentation.
    pub const ALL: &'static [Format] = &[
        JSON,
        yaml::YAML,
        html::HTML,
        markdown::MARKDOWN,
        huggingface::HUGGINGFACE,
        cyclonedx::V1_6,
        cyclonedx::V1_7,
        cyclonedx::V2_0_PREVIEW,
        spdx::SPDX,
        otm::OTM,
        csv::CSV,
        defectdojo::DEFECTDOJO,
        in_toto::IN_TOTO,
    ];

    /// The format of this name.
    pub fn named(name: &str) -> Option<&'static Format> {
        Format::ALL.iter().find(|format| format.name == name)
    }

    /// The card in this format.
    ///
    /// # Errors
    /// What the format requires and the card lacks: a sentence each, with the path of the field.
    pub fn write(&self, card: &SecurityCard<'_>) -> Result<String, Vec<String>> {
        (self.write)(card, None)
    }

    /// The same with what is known of how the card was checked, in the formats that have a place for it.
    ///
    /// # Errors
    /// As [`Format::write`].
    pub fn write_with(&self, card: &SecurityCard<'_>, provenance: &Provenance<'_>) -> Result<String, Vec<String>> {
        (self.write)(card, Some(provenance))
    }
}
