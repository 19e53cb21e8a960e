//! The front matter of a model card on a hub.

use smcard_core::SecurityCard;
use smcard_core::tree::{Node, Value};

use super::document::{Document, plain};
use super::measure;
use super::piece::Piece;

/// The pieces of front matter, which begins on the second line of its file.
///
/// # Errors
/// Why it is none.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let document = Document::yaml(text, 2)?;
    let mut pieces = Vec::new();
    match &document.root.value {
        Value::Block(entries) => {
            for entry in entries {
                let labels = ["front matter".to_owned(), entry.key.to_string()];
                match entry.key.as_ref() {
                    "model-index" => index(&document, &entry.node, &mut pieces),
                    // A card of ours that was edited until it is none: what still fits its fields.
                    "smcard" => document.of_schema(entry.node.entries(), SecurityCard::SCHEMA, "", &mut pieces),
                    _ => match &entry.node.value {
                        Value::List(items) if items.iter().all(|item| plain(item).is_some()) => {
                            let text = items.iter().filter_map(plain).collect::<Vec<_>>().join(", ");
                            pieces.push(Piece::text(&labels, text, document.at(entry.at)));
                        }
                        _ => document.flat(&entry.node, &labels, &mut pieces),
                    },
                }
            }
            Ok(pieces)
        }
        Value::Null => Ok(pieces),
        _ => Err("it holds no keys with values".to_owned()),
    }
}

/// The results of models, as a hub lists them: a figure for each metric.
fn index(document: &Document, node: &Node<'static>, pieces: &mut Vec<Piece>) {
    for model in node.items() {
        if let Some(name) = model.get("name") {
            document.flat(name, &["model-index.name".to_owned()], pieces);
        }
        for result in model.get("results").map(Node::items).unwrap_or_default() {
            let dataset = result.get("dataset").and_then(|dataset| dataset.get("name").or_else(|| dataset.get("type")));
            for metric in result.get("metrics").map(Node::items).unwrap_or_default() {
                let name = metric.get("name").or_else(|| metric.get("type"));
                let figure =
                    measure::Figure { name, value: metric.get("value"), dataset, ..measure::Figure::default() };
                measure::piece(document, metric, &figure, "model-index.results.metrics", pieces);
            }
        }
    }
}
