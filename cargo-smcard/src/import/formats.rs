//! JSON and YAML by their formats: a card of ours, or of another format, or whatever its keys say.

use smcard_core::SecurityCard;
use smcard_core::tree::{Node, Value};

use super::document::Document;
use super::piece::Piece;
use super::{cyclonedx, spdx, toolkit};

/// The pieces of a document of any of the known formats.
///
/// # Errors
/// It is no object, or a document of a known format without a card.
pub(super) fn pieces(document: &Document) -> Result<Vec<Piece>, String> {
    if !matches!(document.root.value, Value::Block(_)) {
        return Err("it holds no object with keys".to_owned());
    }
    let has = |key: &str| document.root.get(key).is_some();
    let mut pieces = Vec::new();
    // CycloneDX 2.0 says in another key what it is.
    let is_cyclonedx = |key: &str| document.root.get(key).and_then(Node::words) == Some("CycloneDX");
    if is_cyclonedx("bomFormat") || is_cyclonedx("specFormat") {
        match cyclonedx::ours(&document.root) {
            Some(card) => document.of_schema(card.entries(), SecurityCard::SCHEMA, "", &mut pieces),
            None => cyclonedx::pieces(document, &mut pieces)?,
        }
    } else if spdx::is(&document.root) {
        document.of_schema(spdx::ours(&document.root)?.entries(), SecurityCard::SCHEMA, "", &mut pieces);
    } else if ["model_parameters", "considerations", "quantitative_analysis", "schema_version"].into_iter().any(has) {
        toolkit::pieces(document, &mut pieces);
    } else {
        document.of_schema(document.root.entries(), SecurityCard::SCHEMA, "", &mut pieces);
    }
    Ok(pieces)
}
