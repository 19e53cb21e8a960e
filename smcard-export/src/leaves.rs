//! The values of a card one by one, each as a text under its path, and the card back from them.
//!
//! What a format has no field for stands in its list of named texts; nothing of a card is lost there.

mod read;

use smcard_core::Text;
use smcard_core::tree::{Node, Value};

pub(crate) use read::read;

/// A value that has no others in it.
pub(crate) struct Leaf {
    /// Where it stands, such as `security_considerations.threats[0].refs[1]`.
    pub(crate) path: String,
    /// The value as a text; one of an extension, of which no schema knows the kind, as JSON.
    pub(crate) text: String,
}

/// The sections whose values have any kind.
const OF_ANY_KIND: [&str; 2] = ["extensions", "measured"];

/// All values of a card, in its order.
pub(crate) fn leaves(card: &Node<'_>) -> Vec<Leaf> {
    let mut found = Vec::new();
    for entry in card.entries() {
        walk(&entry.node, entry.key.to_string(), OF_ANY_KIND.contains(&&*entry.key), &mut found);
    }
    found
}

/// What a block of a card says beside the fields that stand elsewhere, under names such as `smcard:threats:owner`. A
/// reason in place of a text stands nowhere else.
pub(crate) fn beside(block: &Node<'_>, of: &str, elsewhere: &[&str]) -> Vec<Leaf> {
    let mut found = Vec::new();
    for entry in block.entries() {
        let reason = entry.node.words().is_some() && entry.node.stated().is_none();
        if reason || !elsewhere.contains(&&*entry.key) {
            walk(&entry.node, format!("smcard:{of}{}", entry.key), false, &mut found);
        }
    }
    found
}

fn walk(node: &Node<'_>, path: String, any_kind: bool, found: &mut Vec<Leaf>) {
    match &node.value {
        Value::Block(entries) if !entries.is_empty() => {
            for entry in entries {
                walk(&entry.node, format!("{path}.{}", entry.key), any_kind, found);
            }
        }
        Value::List(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                walk(item, format!("{path}[{index}]"), any_kind, found);
            }
        }
        _ => {
            let text = if any_kind { json(node) } else { plain(node) };
            found.push(Leaf { path, text });
        }
    }
}

/// A single value in the words of a report.
pub(crate) fn plain(node: &Node<'_>) -> String {
    match &node.value {
        Value::Text(text) => text.to_string(),
        Value::Word(word) => word.to_string(),
        Value::Number(number) => figure(*number),
        Value::Bool(bool) => bool.to_string(),
        _ => json(node),
    }
}

/// A single value as JSON.
fn json(node: &Node<'_>) -> String {
    match &node.value {
        Value::Number(number) => figure(*number),
        // A tree of texts is JSON.
        _ => serde_json::to_string(node).unwrap_or_default(),
    }
}

/// A number that is read back as the same one.
pub(crate) fn figure(number: f64) -> String {
    let whole = number.fract() == 0.0 && number.abs() < 2f64.powi(53);
    if whole && !(number == 0.0 && number.is_sign_negative()) { format!("{number:.0}") } else { format!("{number:?}") }
}

/// The name under which a value stands in another format: `smcard:<section>:<field>`.
pub(crate) fn name(path: &str) -> String {
    match path.split_once('.') {
        Some((section, field)) => format!("smcard:{section}:{field}"),
        None => format!("smcard:{path}"),
    }
}

/// The path of a value with this name, if it is the name of one.
pub(crate) fn path(name: &str) -> Option<String> {
    let path = name.strip_prefix("smcard:")?;
    // What is said of the export itself is no value of the card.
    if path.starts_with("export:") { None } else { Some(path.replacen(':', ".", 1)) }
}

/// What a text states.
pub(crate) fn stated<'t>(text: &'t Option<Text<'_>>) -> Option<&'t str> {
    text.as_ref().and_then(Text::stated)
}

/// The id that a text states, without space around it; empty if there is none.
pub(crate) fn id<'t>(text: &'t Option<Text<'_>>) -> &'t str {
    stated(text).unwrap_or_default().trim()
}
