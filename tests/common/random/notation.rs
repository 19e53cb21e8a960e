//! A tree as somebody writes it: as the report, or as the body of the macro.

use std::borrow::Cow;

use smcard_core::Text;
use smcard_core::tree::{Entry, Node, Value};

/// The JSON of a report.
pub(crate) fn json(card: &Node<'_>) -> String {
    serde_json::to_string_pretty(card).expect("a tree is JSON")
}

/// The body of the macro, as a user writes it in Rust.
pub(crate) fn rust(card: &Node<'_>) -> String {
    members(card.entries())
}

fn members(entries: &[Entry<'_>]) -> String {
    entries.iter().map(|entry| format!("{}: {},\n", key(&entry.key), value(&entry.node))).collect()
}

/// A key stands in quotes where it is no name of Rust.
fn key(key: &str) -> String {
    let name =
        key.chars().all(|char| char.is_ascii_alphanumeric() || char == '_') && !key.starts_with(char::is_numeric);
    if name && !key.is_empty() && key != "_" { key.to_owned() } else { format!("{key:?}") }
}

fn value(node: &Node<'_>) -> String {
    match &node.value {
        Value::Text(text) => match text.reason() {
            Some(reason) => format!("{}({:?})", reason.name, text.words()),
            None => format!("{:?}", text.words()),
        },
        Value::Number(number) => format!("{number:?}"),
        Value::Bool(bool) => bool.to_string(),
        Value::Word(word) => word.to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(value).collect::<Vec<_>>().join(", ")),
        Value::Block(entries) => format!("{{ {} }}", members(entries)),
        Value::Null => "null".to_owned(),
        Value::Later => "SOMETHING_ELSE".to_owned(),
        Value::Unfinished => String::new(),
        other => panic!("{other:?} has no notation yet"),
    }
}

/// The tree without its places, for comparing what two notations say.
pub(crate) fn without_places<'a>(node: &Node<'a>) -> Node<'a> {
    let value = match &node.value {
        Value::List(items) => Value::List(items.iter().map(without_places).collect()),
        Value::Block(entries) => Value::Block(
            entries
                .iter()
                .map(|entry| Entry { key: entry.key.clone(), at: 0, node: without_places(&entry.node) })
                .collect(),
        ),
        value => value.clone(),
    };
    Node { at: 0, value }
}

/// The tree as JSON can say it: a word stands in quotes there.
pub(crate) fn as_json_says<'a>(node: &Node<'a>) -> Node<'a> {
    let value = match &node.value {
        Value::Word(word) => Value::Text(Text::Stated(Cow::clone(word))),
        Value::List(items) => Value::List(items.iter().map(as_json_says).collect()),
        Value::Block(entries) => Value::Block(
            entries
                .iter()
                .map(|entry| Entry { key: entry.key.clone(), at: 0, node: as_json_says(&entry.node) })
                .collect(),
        ),
        value => value.clone(),
    };
    Node { at: 0, value }
}
