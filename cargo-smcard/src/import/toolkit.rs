//! Model cards of the Model Card Toolkit, in the shape of its schema 0.0.2 and in that before it, where lists held texts.

use smcard_core::tree::{Entry, Node, Value};

use super::document::{Document, plain};
use super::measure::{self, Figure};
use super::piece::Piece;

/// The pieces of a card, with the paths of its keys as labels.
pub(super) fn pieces(document: &Document, pieces: &mut Vec<Piece>) {
    for entry in document.root.entries() {
        walk(document, entry, "", pieces);
    }
}

fn walk(document: &Document, entry: &Entry<'static>, within: &str, pieces: &mut Vec<Piece>) {
    let path = if within.is_empty() { entry.key.to_string() } else { format!("{within}.{}", entry.key) };
    match path.as_str() {
        "schema_version" => {}
        "quantitative_analysis.performance_metrics" => {
            for metric in entry.node.items() {
                let figure = Figure::of(metric, "confidence_interval", ["lower_bound", "upper_bound"]);
                measure::piece(document, metric, &figure, &path, pieces);
                if let Some(threshold) = metric.get("threshold") {
                    document.flat(threshold, &[format!("{path}.threshold")], pieces);
                }
            }
        }
        "considerations.ethical_considerations" => {
            for item in entry.node.items() {
                pieces.extend(risk(item).map(|text| Piece::text(&[&path], text, document.at(item.at))));
            }
        }
        "model_parameters.data" => data(document, &entry.node, &path, pieces),
        _ => value(document, &entry.node, &path, pieces),
    }
}

fn value(document: &Document, node: &Node<'static>, path: &str, pieces: &mut Vec<Piece>) {
    match &node.value {
        Value::Block(entries) => {
            for entry in entries.iter().filter(|entry| !is_picture(&entry.key)) {
                walk(document, entry, path, pieces);
            }
        }
        Value::List(items) => {
            for item in items {
                match &item.value {
                    // An older shape: the item is its own description.
                    Value::Text(_) => {
                        let path = format!("{path}{}", own(path));
                        document.flat(item, &[path], pieces);
                    }
                    _ => value(document, item, path, pieces),
                }
            }
        }
        _ => document.flat(node, &[path.to_owned()], pieces),
    }
}

/// The key under which the items of a list have their text.
fn own(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("users" | "use_cases" | "limitations" | "tradeoffs") => ".description",
        Some("references") => ".reference",
        Some("citations") => ".citation",
        Some("owners") => ".name",
        _ => "",
    }
}

/// What can go wrong, and what was done about it.
pub(super) fn risk(item: &Node<'static>) -> Option<String> {
    if let Some(text) = plain(item) {
        return Some(text);
    }
    let mut lines: Vec<String> = item.get("name").and_then(plain).into_iter().collect();
    for entry in item.entries().iter().filter(|entry| entry.key != "name") {
        lines.extend(plain(&entry.node).map(|text| format!("{}: {text}", heading(&entry.key))));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// `Mitigation strategy` for `mitigation_strategy` and `mitigationStrategy`.
fn heading(key: &str) -> String {
    let mut words = String::new();
    for char in key.chars() {
        match char {
            '_' => words.push(' '),
            char if char.is_uppercase() => {
                words.push(' ');
                words.extend(char.to_lowercase());
            }
            char if words.is_empty() => words.extend(char.to_uppercase()),
            char => words.push(char),
        }
    }
    words
}

/// The data, whose names say what it was for.
fn data(document: &Document, node: &Node<'static>, path: &str, pieces: &mut Vec<Piece>) {
    let items = if matches!(node.value, Value::List(_)) { node.items() } else { std::slice::from_ref(node) };
    for item in items {
        let name = item.get("name").and_then(plain).unwrap_or_default();
        let said = item.entries().iter().filter(|entry| entry.key != "name" && !is_picture(&entry.key));
        let lines: Vec<String> = said.filter_map(|entry| plain(&entry.node)).collect();
        if !lines.is_empty() {
            pieces.push(Piece::text(&[path, &name], lines.join("\n"), document.at(item.at)));
        }
    }
}

/// Pictures are in base64, and no text.
fn is_picture(key: &str) -> bool {
    matches!(key, "graphics" | "image")
}
