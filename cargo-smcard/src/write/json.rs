//! A card as JSON, in the form of a report.

use serde_core::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};
use smcard_core::source::is_invisible;
use smcard_core::tree::{Entry, Node, Value};

/// The whole file.
pub(super) fn text(card: &Node<'_>) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"    "));
    // Writing texts and numbers into memory cannot fail, and serde_json writes UTF-8.
    let written = known(card).serialize(&mut serializer);
    debug_assert!(written.is_ok());
    bytes.push(b'\n');
    let json = String::from_utf8(bytes).unwrap_or_default();
    if !json.contains(is_hidden) {
        return json;
    }
    // Outside of its texts, JSON consists of characters that can be seen.
    let mut escaped = String::with_capacity(json.len());
    for char in json.chars() {
        match char {
            char if is_hidden(char) => {
                let units =
                    char.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
                escaped += &units;
            }
            char => escaped.push(char),
        }
    }
    escaped
}

fn is_hidden(char: char) -> bool {
    char != '\n' && is_invisible(char)
}

/// The card without what is not known.
fn known<'a>(node: &Node<'a>) -> Node<'a> {
    let value = match &node.value {
        Value::List(items) => Value::List(items.iter().filter(|item| item.is_known()).map(known).collect()),
        Value::Block(entries) => {
            let entries = entries.iter().filter(|entry| entry.node.is_known());
            Value::Block(
                entries.map(|entry| Entry { key: entry.key.clone(), at: entry.at, node: known(&entry.node) }).collect(),
            )
        }
        value => value.clone(),
    };
    Node { at: node.at, value }
}
