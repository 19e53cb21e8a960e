//! A card as a file: Rust source, JSON or YAML, with what is to be said about it in comments.

use std::path::Path;

use clap::ValueEnum;
use smcard_core::tree::Node;

mod json;
mod parts;
mod remarks;
mod rust;
#[cfg(test)]
mod tests;
mod yaml;

pub(crate) use remarks::Remarks;

/// In what a card is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// A `src/card.rs`
    Rust,
    /// A JSON file, which has no comments
    Json,
    /// A YAML file
    Yaml,
}

impl Form {
    /// What the name of a file says.
    pub(crate) fn of(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "rs" => Some(Form::Rust),
            "json" => Some(Form::Json),
            "yaml" | "yml" => Some(Form::Yaml),
            _ => None,
        }
    }
}

/// Writes a card as a whole file.
///
/// A value that is not known (an expression, `null`, a key without value) is left out.
pub(crate) fn card(card: &Node<'_>, remarks: &Remarks, form: Form) -> String {
    match form {
        Form::Rust => rust::source(card, remarks),
        Form::Json => json::text(card),
        Form::Yaml => yaml::text(card, remarks),
    }
}
