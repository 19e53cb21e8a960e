//! CSV for spreadsheets: a row of headings, and one row for the card.
//!
//! The columns follow from the schema and are the same for every card, so that the rows of several
//! cards make one table. A list is JSON in its cell. A text that a spreadsheet would take for a
//! formula begins with an apostrophe, and so does one that begins with an apostrophe itself: to
//! have the text back, take one away.

use smcard_core::SecurityCard;
use smcard_core::schema::{Block, Kind};
use smcard_core::tree::{Node, Value};

use crate::Format;
use crate::leaves::plain;

pub(crate) const CSV: Format = Format {
    name: "csv",
    extension: "csv",
    doc: "CSV (RFC 4180), one row for the card, for spreadsheets.",
    write: |card, _| Ok(document(card)),
};

fn document(card: &SecurityCard<'_>) -> String {
    let tree = card.tree();
    let mut columns = Vec::new();
    collect(SecurityCard::SCHEMA, "", Some(&tree), &mut columns);
    let row = |cells: Vec<String>| cells.join(",") + "\r\n";
    let headings = columns.iter().map(|(path, _)| cell(path)).collect();
    row(headings) + &row(columns.iter().map(|(_, text)| cell(text)).collect())
}

/// The path of each column, with what the card has there.
fn collect(block: &'static Block, within: &str, node: Option<&Node<'_>>, columns: &mut Vec<(String, String)>) {
    for field in block.fields {
        let path = if within.is_empty() { field.name.to_owned() } else { format!("{within}.{}", field.name) };
        let node = node.and_then(|node| node.get(field.name));
        match field.kind {
            Kind::Block(block) => collect(block, &path, node, columns),
            _ => columns.push((path, node.map_or_else(String::new, text))),
        }
    }
}

fn text(node: &Node<'_>) -> String {
    match &node.value {
        // A tree of texts is JSON.
        Value::List(_) | Value::Block(_) => serde_json::to_string(node).unwrap_or_default(),
        _ => plain(node),
    }
}

/// A cell, in quotes whatever stands in it.
fn cell(text: &str) -> String {
    let apostrophe = if is_taken_for_formula(text) { "'" } else { "" };
    format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
}

/// Whether a spreadsheet may calculate with a text, or hide its first character.
///
/// What stands before the first sign may be dropped by a program that reads the file.
fn is_taken_for_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text
            .trim_start_matches(|char: char| char.is_whitespace() || char.is_control() || char == '\u{feff}')
            .starts_with(['=', '+', '-', '@', '\'', '＝', '＋', '－', '＠'])
}
