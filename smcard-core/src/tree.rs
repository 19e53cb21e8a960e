//! A card as a tree, in the one form that every rule reads.
//!
//! The macro makes it from tokens, reading makes it from JSON, the build hook makes it from a
//! typed card. So a rule is written once and runs wherever its input can be seen.

use std::borrow::Cow;

use crate::text::Text;

/// A value, and where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    /// Where the value is, as counted by whatever made the tree: the number of a token in the macro, a
    /// byte offset in JSON, 0 for a typed card.
    pub at: usize,
    /// The value.
    pub value: Value<'a>,
}

/// A value as its source states it, whether or not it fits the card.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// A string, or a reason in place of one.
    Text(Text<'a>),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A bare word, as Rust source names the variant of a choice.
    Word(Cow<'a, str>),
    /// Several values.
    List(Vec<Node<'a>>),
    /// Values under keys, in their order, repetitions included.
    Block(Vec<Entry<'a>>),
    /// JSON's `null`.
    Null,
    /// A constant expression: its value is known only to the build hook.
    Later,
    /// A key that has no value yet, or a value that is nested too deeply to be read. Reading the
    /// source has already reported it.
    Unfinished,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    /// The key, as a report spells it.
    pub key: Cow<'a, str>,
    /// Where the key is.
    pub at: usize,
    /// The value.
    pub node: Node<'a>,
}

impl<'a> Node<'a> {
    /// A value of a typed card, which has no place in a text.
    pub(crate) fn new(value: Value<'a>) -> Self {
        Node { at: 0, value }
    }

    /// The value of a key; if the key is repeated, the first one.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// A key with its value; if the key is repeated, the first one.
    pub fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The words of a text: what it states, or the reason in place of that.
    pub fn words(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text.words()),
            _ => None,
        }
    }

    /// The text, if it states one.
    pub fn stated(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => text.stated(),
            _ => None,
        }
    }

    /// The word of a choice: bare in Rust source, a string in JSON.
    pub fn word(&self) -> Option<&str> {
        match &self.value {
            Value::Word(word) => Some(word),
            _ => self.stated(),
        }
    }

    /// The number.
    pub fn number(&self) -> Option<f64> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number, if it is whole, not negative and below 2^53, and therefore exact.
    pub fn count(&self) -> Option<u64> {
        let whole = |number: &f64| number.fract() == 0.0 && (0.0..2f64.powi(53)).contains(number);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and between 0 and 2^53")]
        self.number().filter(whole).map(|number| number as u64)
    }

    /// The values of a list; nothing for any other value.
    pub fn items(&self) -> &[Node<'a>] {
        match &self.value {
            Value::List(nodes) => nodes,
            _ => &[],
        }
    }

    /// The keys and values of a block; nothing for any other value.
    pub fn entries(&self) -> &[Entry<'a>] {
        match &self.value {
            Value::Block(entries) => entries,
            _ => &[],
        }
    }
}

#[cfg(feature = "command")]
impl Node<'_> {
    /// Whether there is a value that a file can state.
    pub fn is_known(&self) -> bool {
        !matches!(self.value, Value::Null | Value::Later | Value::Unfinished)
    }

    /// The same tree, with texts of its own.
    pub fn to_static(&self) -> Node<'static> {
        let value = match &self.value {
            Value::Text(text) => Value::Text(match text.reason() {
                Some(reason) => reason.text(text.words().to_owned().into()),
                None => Text::Stated(text.words().to_owned().into()),
            }),
            Value::Number(number) => Value::Number(*number),
            Value::Bool(bool) => Value::Bool(*bool),
            Value::Word(word) => Value::Word(word.to_string().into()),
            Value::List(items) => Value::List(items.iter().map(Node::to_static).collect()),
            Value::Block(entries) => Value::Block(entries.iter().map(Entry::to_static).collect()),
            Value::Null => Value::Null,
            Value::Later => Value::Later,
            Value::Unfinished => Value::Unfinished,
        };
        Node { at: self.at, value }
    }
}

#[cfg(feature = "command")]
impl Entry<'_> {
    fn to_static(&self) -> Entry<'static> {
        Entry { key: self.key.to_string().into(), at: self.at, node: self.node.to_static() }
    }
}

impl<'a> Entry<'a> {
    pub(crate) fn new(key: &'a str, node: Node<'a>) -> Self {
        Entry { key: Cow::Borrowed(key), at: 0, node }
    }
}

impl Value<'_> {
    /// What a message calls such a value.
    pub(crate) fn noun(&self) -> &'static str {
        match self {
            Value::Text(text) => text.reason().map_or("a string", |reason| reason.noun),
            Value::Number(_) => "a number",
            Value::Bool(_) => "`true` or `false`",
            Value::Word(_) => "a word without quotes",
            Value::List(_) => "a list",
            Value::Block(_) => "a block",
            Value::Null => "`null`",
            Value::Later => "an expression",
            Value::Unfinished => "nothing",
        }
    }
}
