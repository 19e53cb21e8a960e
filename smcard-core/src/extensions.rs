//! [`Extensions`]: what an organization adds to a card, in a namespace of its own.

use std::borrow::Cow;

use crate::list::List;
use crate::part::{Part, Slot};
use crate::schema::Kind;
use crate::text::Text;
use crate::tree::{Entry, Node, Value};

/// What an organization adds to a card: a block for each namespace, with any values in it.
///
/// `extensions: { acme: { data_residency: "EU" } }`. The policy file can require a value, by its
/// path `acme.data_residency`.
#[derive(Debug, Clone, PartialEq)]
pub struct Extensions<'a>(pub List<'a, Extension<'a>>);

/// One value of an extension, with its key.
#[derive(Debug, Clone, PartialEq)]
pub struct Extension<'a> {
    /// The key: letters, digits, `_` and `-`.
    pub key: Cow<'a, str>,
    /// The value.
    pub value: ExtensionValue<'a>,
}

/// A value of an extension.
#[derive(Debug, Clone, PartialEq)]
pub enum ExtensionValue<'a> {
    /// A text, or the reason why there is none.
    Text(Text<'a>),
    /// A finite number. A whole number is exact below 2^53.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// Several values.
    List(List<'a, ExtensionValue<'a>>),
    /// A block of values under keys of its own.
    Block(List<'a, Extension<'a>>),
}

impl<'a> Extensions<'a> {
    /// No extensions.
    pub const EMPTY: Self = Extensions(List::EMPTY);

    /// The value at a path such as `acme.data_residency`.
    pub fn get(&self, path: &str) -> Option<&ExtensionValue<'a>> {
        let mut block: &[Extension<'a>] = &self.0;
        let mut segments = path.split('.').peekable();
        while let Some(segment) = segments.next() {
            let value = &block.iter().find(|extension| extension.key == segment)?.value;
            match value {
                value if segments.peek().is_none() => return Some(value),
                ExtensionValue::Block(inner) => block = inner,
                _ => return None,
            }
        }
        None
    }
}

impl<'a> Part<'a> for Extensions<'a> {
    const KIND: Kind = Kind::Extensions;

    fn node(&self) -> Option<Node<'_>> {
        (!self.0.is_empty()).then(|| Node::new(block(&self.0)))
    }

    #[inline]
    fn read(node: Node<'a>) -> Option<Self> {
        match node.value {
            Value::Block(entries) => Some(Extensions(members(entries))),
            _ => None,
        }
    }
}

impl<'a> Slot<'a> for Extensions<'a> {
    const ABSENT: Self = Extensions::EMPTY;
}

fn block<'n>(extensions: &'n [Extension<'_>]) -> Value<'n> {
    let mut entries = Vec::with_capacity(extensions.len());
    for extension in extensions {
        entries.push(Entry::new(&extension.key, Node::new(value(&extension.value))));
    }
    Value::Block(entries)
}

fn value<'n>(stated: &'n ExtensionValue<'_>) -> Value<'n> {
    match stated {
        ExtensionValue::Text(text) => Value::Text(text.borrow()),
        ExtensionValue::Number(number) => Value::Number(*number),
        ExtensionValue::Bool(bool) => Value::Bool(*bool),
        ExtensionValue::List(values) => {
            let mut nodes = Vec::with_capacity(values.len());
            for stated in values.iter() {
                nodes.push(Node::new(value(stated)));
            }
            Value::List(nodes)
        }
        ExtensionValue::Block(extensions) => block(extensions),
    }
}

#[inline]
fn members<'a>(entries: Vec<Entry<'a>>) -> List<'a, Extension<'a>> {
    let mut members = Vec::with_capacity(entries.len());
    for Entry { key, node, .. } in entries {
        if let Some(value) = extension_value(node) {
            members.push(Extension { key, value });
        }
    }
    List::Owned(members)
}

#[inline]
fn extension_value<'a>(node: Node<'a>) -> Option<ExtensionValue<'a>> {
    Some(match node.value {
        Value::Text(text) => ExtensionValue::Text(text),
        Value::Number(number) => ExtensionValue::Number(number),
        Value::Bool(bool) => ExtensionValue::Bool(bool),
        Value::List(nodes) => {
            let mut values = Vec::with_capacity(nodes.len());
            for node in nodes {
                values.extend(extension_value(node));
            }
            ExtensionValue::List(List::Owned(values))
        }
        Value::Block(entries) => ExtensionValue::Block(members(entries)),
        Value::Word(_) | Value::Null | Value::Later | Value::Unfinished => return None,
    })
}
