//! JSON documents whose keys stand in the order in which they were written.
//!
//! A document is the tree that a card is, so that it is ordered without a map of its own.

use std::borrow::Cow;

use serde_core::Serialize as _;
use serde_json::ser::{PrettyFormatter, Serializer};
use smcard_core::Text;
use smcard_core::tree::{Entry, Node, Value};

/// An object in the making.
#[derive(Default)]
pub(crate) struct Object<'c>(Vec<Entry<'c>>);

impl<'c> Object<'c> {
    pub(crate) fn new() -> Self {
        Object::default()
    }

    /// The object with this key as well, if there is a value for it.
    pub(crate) fn with(mut self, key: impl Into<Cow<'c, str>>, value: impl Into<Option<Node<'c>>>) -> Self {
        self.0.extend(value.into().map(|node| Entry { key: key.into(), at: 0, node }));
        self
    }

    /// The object with a text under this key, if there is one.
    pub(crate) fn with_text(self, key: &'static str, value: Option<impl Into<Cow<'c, str>>>) -> Self {
        self.with(key, value.map(text))
    }

    /// The object with the keys of another one after its own.
    pub(crate) fn and(mut self, other: Object<'c>) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The text at a path such as `considerations/users/0`.
    pub(crate) fn at(&self, path: &str) -> Option<&str> {
        let (key, rest) = path.split_once('/').unwrap_or((path, ""));
        let first = &self.0.iter().find(|entry| entry.key == key)?.node;
        let rest = rest.split('/').filter(|step| !step.is_empty());
        let node = rest.into_iter().try_fold(first, |node, step| match step.parse::<usize>() {
            Ok(index) => node.items().get(index),
            Err(_) => node.get(step),
        });
        node?.stated()
    }

    pub(crate) fn node(self) -> Node<'c> {
        node(Value::Block(self.0))
    }

    /// The object, if it has any key.
    pub(crate) fn some(self) -> Option<Node<'c>> {
        (!self.0.is_empty()).then(|| self.node())
    }
}

pub(crate) fn text<'c>(text: impl Into<Cow<'c, str>>) -> Node<'c> {
    node(Value::Text(Text::Stated(text.into())))
}

pub(crate) fn number<'c>(number: impl Into<f64>) -> Node<'c> {
    node(Value::Number(number.into()))
}

pub(crate) fn flag<'c>(flag: bool) -> Node<'c> {
    node(Value::Bool(flag))
}

pub(crate) fn null<'c>() -> Node<'c> {
    node(Value::Null)
}

/// These values, if there are any.
pub(crate) fn list<'c>(values: impl IntoIterator<Item = Node<'c>>) -> Option<Node<'c>> {
    let values: Vec<Node<'c>> = values.into_iter().collect();
    (!values.is_empty()).then(|| node(Value::List(values)))
}

/// These texts, if there are any.
pub(crate) fn texts<'c, T: Into<Cow<'c, str>>>(texts: impl IntoIterator<Item = T>) -> Option<Node<'c>> {
    list(texts.into_iter().map(text))
}

fn node(value: Value<'_>) -> Node<'_> {
    Node { at: 0, value }
}

/// The document: indented by four spaces, as a report is, with a final newline.
pub(crate) fn write(document: &Node<'_>) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"    "));
    // Writing a tree of texts and numbers into memory cannot fail, and serde_json writes UTF-8.
    let written = document.serialize(&mut serializer);
    debug_assert!(written.is_ok());
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}
