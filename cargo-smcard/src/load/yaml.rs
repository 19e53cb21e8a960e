//! From YAML to the tree that every rule reads, with the place of each value.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde_core::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_saphyr::budget::Budget;
use serde_saphyr::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};
use serde_saphyr::{Location, Options, Spanned};
use smcard_core::source::{holds_secret, is_harmless};
use smcard_core::tree::{Entry, Node, Value};
use smcard_core::{MAX_BYTES, MAX_DEPTH, MAX_VALUES, Rule, Text, rules};

/// A card as YAML states it. A place in the tree is an index into `places`.
pub(crate) struct Yaml {
    pub(crate) card: Node<'static>,
    /// The bytes of each key and of each value, or an empty range where a block or a list begins.
    pub(crate) places: Vec<Range<usize>>,
}

impl Yaml {
    /// The bytes of the keys and texts that hold a secret, in whatever way YAML writes them.
    pub(crate) fn secrets(&self) -> Vec<Range<usize>> {
        let mut secrets = Vec::new();
        self.collect(&self.card, &mut secrets);
        secrets
    }

    fn collect(&self, node: &Node<'_>, secrets: &mut Vec<Range<usize>>) {
        if node.words().is_some_and(holds_secret) {
            secrets.extend(self.places.get(node.at).cloned());
        }
        for item in node.items() {
            self.collect(item, secrets);
        }
        for entry in node.entries() {
            if holds_secret(&entry.key) {
                secrets.extend(self.places.get(entry.at).cloned());
            }
            self.collect(&entry.node, secrets);
        }
    }
}

/// Why a text is no YAML, and where.
pub(crate) struct Broken {
    pub(crate) rule: &'static Rule,
    pub(crate) message: String,
    /// Line and column, both counted from 1.
    pub(crate) at: Option<(usize, usize)>,
}

/// Reads a card.
pub(crate) fn read(text: &str) -> Result<Yaml, Broken> {
    let root: Spanned<Raw> = serde_saphyr::from_str_with_options(text, options()).map_err(broken)?;
    let mut places = Vec::new();
    let card = node(root, &mut places);
    Ok(Yaml { card, places })
}

/// YAML 1.2 without surprises, in bounds a little wider than those of a card, so that the rules speak of what is too
/// large wherever they can.
fn options() -> Options {
    serde_saphyr::options! {
        budget: Some(budget()),
        // Each is a value that somebody wrote; the rules say which are too many.
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    }
}

fn budget() -> Budget {
    let mut budget = Budget::default();
    budget.max_depth = MAX_DEPTH + 8;
    budget.max_nodes = 2 * MAX_VALUES;
    budget.max_events = 8 * MAX_VALUES;
    budget.max_total_scalar_bytes = 2 * MAX_BYTES;
    // The second one is an error of its own.
    budget.max_documents = 2;
    budget
}

fn broken(error: serde_saphyr::Error) -> Broken {
    use serde_saphyr::Error as Saphyr;

    let at = error.location().filter(|at| *at != Location::UNKNOWN).map(|at| (number(at.line()), number(at.column())));
    let (rule, message) = match &error {
        Saphyr::Budget { .. } => {
            (rules::CARD_TOO_LARGE, "the card is too large, too deep, or repeats too much".to_owned())
        }
        Saphyr::MultipleDocuments { .. } => {
            (rules::INVALID_SYNTAX, "a file holds one card, and this one has several YAML documents".to_owned())
        }
        _ => {
            // It ends in the place, which stands before it already.
            let message = error.to_string();
            let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
            let message = message.strip_prefix("error: ").unwrap_or(message);
            // The parser's own words may quote the text.
            let told = if is_harmless(message) { format!("not YAML: {message}") } else { "not YAML".to_owned() };
            (rules::INVALID_SYNTAX, told)
        }
    };
    Broken { rule, message, at }
}

fn number(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A value of YAML, without a schema.
enum Raw {
    Text(String),
    Number(f64),
    Bool(bool),
    Null,
    List(Vec<Spanned<Raw>>),
    Block(Vec<(Spanned<String>, Spanned<Raw>)>),
}

fn node(raw: Spanned<Raw>, places: &mut Vec<Range<usize>>) -> Node<'static> {
    let at = place(&raw.referenced, places);
    let value = match raw.value {
        Raw::Text(text) => Value::Text(Text::from(Cow::<str>::Owned(text))),
        Raw::Number(number) => Value::Number(number),
        Raw::Bool(bool) => Value::Bool(bool),
        Raw::Null => Value::Null,
        Raw::List(items) => Value::List(items.into_iter().map(|item| node(item, places)).collect()),
        Raw::Block(entries) => {
            let entry = |(key, value): (Spanned<String>, Spanned<Raw>)| {
                let at = place(&key.referenced, places);
                Entry { key: Cow::Owned(key.value), at, node: node(value, places) }
            };
            Value::Block(entries.into_iter().map(entry).collect())
        }
    };
    Node { at, value }
}

fn place(location: &Location, places: &mut Vec<Range<usize>>) -> usize {
    let span = location.span();
    let start = span.byte_offset().map_or(0, number);
    let length = span.byte_len().map_or(0, number);
    places.push(start..start.saturating_add(length));
    places.len() - 1
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a security model card")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::Text(text))
    }

    fn visit_bool<E: Error>(self, bool: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(bool))
    }

    // Beyond 2^53 a number is not exact, which the rules refuse.
    fn visit_i64<E: Error>(self, number: i64) -> Result<Raw, E> {
        Ok(Raw::Number(number as f64))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Raw, E> {
        Ok(Raw::Number(number as f64))
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Raw, E> {
        Ok(Raw::Number(number as f64))
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Raw, E> {
        Ok(Raw::Number(number as f64))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Raw, E> {
        Ok(Raw::Number(number))
    }

    fn visit_unit<E: Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key()? {
            entries.push((key, map.next_value()?));
        }
        Ok(Raw::Block(entries))
    }
}
