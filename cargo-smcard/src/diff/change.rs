//! A change: what it is about, where, and what stood there before and stands there now.

use serde_json::{Map, Value as Json};
use smcard_core::schema::{Block, Form, Kind as Of};
use smcard_core::source::{visible, without_secrets};
use smcard_core::tree::{Node, Value};

use super::matter::{Kind, Matter, Turn};

/// One difference between two cards.
pub(crate) struct Change {
    pub(crate) matter: &'static Matter,
    pub(crate) kind: Kind,
    /// The path of the field, with ids in place of numbers: `security_considerations.threats[evasion].residual`.
    pub(crate) path: String,
    /// What it is called, the innermost part first.
    pub(crate) label: Vec<Name>,
    pub(crate) old: Option<Said>,
    pub(crate) new: Option<Said>,
}

/// A part of what a change is called: a noun, if it is one of several, and its name. Both may be shown as they are.
pub(crate) struct Name {
    pub(crate) noun: String,
    pub(crate) name: String,
}

/// What a card says in a place, as it may be shown.
#[derive(Clone)]
pub(crate) struct Said {
    /// In words of one line.
    pub(crate) words: String,
    pub(crate) json: Json,
}

/// Where in a card something is; put into words only where something changed.
#[derive(Clone, Copy)]
pub(super) enum Place<'p> {
    Card,
    Key(&'p Place<'p>, &'p str),
    /// An item of a list, with what its kind is called.
    Item(&'p Place<'p>, &'static Block, &'p str),
    /// What a view derives from a place: what it is called, and its name.
    View(&'p Place<'p>, &'static str, &'p str),
}

impl Change {
    pub(super) fn new(matter: &'static Matter, turn: Turn, place: &Place<'_>, [old, new]: [Option<Said>; 2]) -> Self {
        let mut label = Vec::new();
        place.label(&mut label);
        Change { matter, kind: matter.kind(turn), path: visible(&place.path()), label, old, new }
    }
}

impl Place<'_> {
    fn path(&self) -> String {
        match self {
            Place::Card => String::new(),
            Place::Key(Place::Card, key) => (*key).to_owned(),
            Place::Key(above, key) => format!("{}.{key}", above.path()),
            Place::Item(above, _, id) => format!("{}[{id}]", above.path()),
            Place::View(above, ..) => above.path(),
        }
    }

    /// Whether it is within an item of a list.
    pub(super) fn in_item(&self) -> bool {
        match self {
            Place::Card => false,
            Place::Key(above, _) | Place::View(above, ..) => above.in_item(),
            Place::Item(..) => true,
        }
    }

    fn label(&self, label: &mut Vec<Name>) {
        if let Place::View(above, noun, name) = self {
            label.push(Name { noun: (*noun).to_owned(), name: visible(name) });
            let mut place = *above;
            while let Place::Key(above, _) = place {
                place = above;
            }
            return place.label(label);
        }
        // The keys down from an item, or from the card.
        let (mut keys, mut place) = (Vec::new(), self);
        while let Place::Key(above, key) = place {
            keys.push(*key);
            place = above;
        }
        keys.reverse();
        // The key of the list says no more than the noun of its items, nor do the sections around it.
        if !keys.is_empty() && (label.is_empty() || matches!(place, Place::Item(..)) && keys.len() > 1) {
            label.push(Name { noun: String::new(), name: visible(&keys.join(".")) });
        }
        if let Place::Item(above, block, id) = place {
            label.push(Name { noun: block.name.to_lowercase(), name: visible(id) });
            above.label(label);
        }
    }
}

impl Said {
    pub(super) fn words(words: impl Into<String>) -> Self {
        let words = visible(&words.into());
        Said { json: Json::String(words.clone()), words }
    }

    /// What a card says of a risk by not rating it.
    pub(super) fn not_assessed() -> Self {
        Said { words: "not assessed".to_owned(), json: Json::Null }
    }

    /// What a value says.
    pub(super) fn of(node: &Node<'_>, kind: Option<Of>) -> Self {
        Said { words: words(node, kind), json: json(node) }
    }
}

/// A value in words of one line.
fn words(node: &Node<'_>, kind: Option<Of>) -> String {
    match (&node.value, kind) {
        (Value::Block(_), Some(Of::Block(block))) => summary(node, block),
        (Value::Text(text), _) => visible(&text.to_string()),
        (Value::Word(word), _) => visible(word),
        (Value::List(items), _) => {
            format!("[{}]", items.iter().map(|item| words(item, None)).collect::<Vec<_>>().join(", "))
        }
        _ => json(node).to_string(),
    }
}

/// A block in words of one line: what it chooses, counts and connects; where it does none of these, its first text.
fn summary(node: &Node<'_>, block: &Block) -> String {
    let mut parts = Vec::new();
    for entry in node.entries() {
        let Some(field) = block.field(&entry.key) else { continue };
        let tells = matches!(field.kind, Of::Choice(_) | Of::Number | Of::Count | Of::Bool)
            || matches!(field.form, Form::Component | Form::Zone | Form::Day);
        if tells && !matches!(field.kind, Of::List(_)) {
            parts.push(format!("{} {}", field.name, words(&entry.node, None)));
        }
    }
    if parts.is_empty() {
        let texts = node.entries().iter().filter(|entry| {
            block.field(&entry.key).is_some_and(|field| field.kind == Of::Text && field.form == Form::Free)
        });
        parts.extend(texts.map(|entry| words(&entry.node, None)).next());
    }
    parts.join(", ")
}

/// A value as JSON, without secrets and without what drives a terminal.
fn json(node: &Node<'_>) -> Json {
    // A secret may go over several lines.
    let shown = |text: &str| without_secrets(text).split('\n').map(visible).collect::<Vec<_>>().join("\n");
    match &node.value {
        Value::Text(text) => Json::String(shown(&text.to_string())),
        Value::Word(word) => Json::String(visible(word)),
        Value::List(items) => Json::Array(items.iter().map(json).collect()),
        Value::Block(entries) => {
            let entry = |entry: &smcard_core::tree::Entry<'_>| (visible(&entry.key), json(&entry.node));
            Json::Object(entries.iter().map(entry).collect::<Map<_, _>>())
        }
        // Numbers, whole ones without a fraction, and booleans.
        _ => serde_json::to_value(node).unwrap_or_default(),
    }
}
