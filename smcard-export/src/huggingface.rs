//! The README of a model on the Hugging Face Hub: front matter that the hub reads, and the headings of its template.
//!
//! The front matter has what the card says in the hub's own words, and the whole card under the key `smcard`, so that
//! [`card`] reads the very card back. That key is the truth: the other keys and the text below the front matter are
//! views of it, for the hub and for people, and may be edited without changing what is read back.

mod body;
mod ids;
mod license;
mod matter;
pub(crate) mod read;
mod results;
mod vocabulary;

use smcard_core::SecurityCard;
use smcard_core::tree::{Node, Value};

use crate::{Format, leaves, yaml};

pub(crate) const HUGGINGFACE: Format = Format {
    name: "huggingface",
    extension: "README.md",
    doc: "A README.md for the Hugging Face Hub, with the hub's front matter and headings.",
    write: |card, _| Ok(document(card)),
};

/// The key of the front matter that has the card.
const KEY: &str = "smcard";

fn document(card: &SecurityCard<'_>) -> String {
    // The hub draws formulas before it reads Markdown, and a backslash before a parenthesis begins or ends one.
    let body = body::body(card).replace("\\\\(", "&#92;(").replace("\\\\)", "&#92;)");
    format!("---\n{}---\n\n{body}", yaml::write(&matter::matter(card), &mut yaml::without_comments))
}

/// The card of an export to Hugging Face, as the tree that every rule reads.
///
/// It is read from the key `smcard` of the front matter alone, in whatever way YAML writes it there: the hub and its
/// library write front matter anew.
///
/// # Errors
/// Why the text is no export of a card to Hugging Face, in a sentence.
pub fn card(document: &str) -> Result<Node<'static>, String> {
    let matter = read::front_matter(document).ok_or("not an export of smcard: there is no front matter")?;
    let none = || format!("not an export of smcard: the front matter has no key `{KEY}`");
    // Nearly all front matter is somebody else's, and need not be read.
    if !matter.contains(KEY) {
        return Err(none());
    }
    let matter = read::tree(matter).map_err(|why| format!("the front matter cannot be read: {why}"))?;
    let Value::Block(entries) = matter.value else { return Err(none()) };
    let card = entries.into_iter().find(|entry| entry.key == KEY).ok_or_else(none)?.node;
    if !matches!(card.value, Value::Block(_)) {
        return Err(format!("`{KEY}` in the front matter is no card"));
    }
    leaves::read(leaves::leaves(&read::of_card(card)).into_iter().map(|leaf| (leaf.path, leaf.text)))
}
