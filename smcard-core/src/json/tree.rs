//! A tree and the types of a card as serde sees them.
//!
//! Every block is written and read through its tree, so no type needs a derive of its own, and
//! any format of serde gives the same keys in the same order.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::card::SecurityCard;
use crate::finding::{Finding, Problem};
use crate::limits::{MAX_BYTES, MAX_DEPTH, MAX_VALUES};
use crate::part::Part;
use crate::policy::Policy;
use crate::rules::{too_deep, too_long, too_many};
use crate::text::Text;
use crate::tree::{Entry, Node, Value};

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Text(Text::Stated(text)) => serializer.serialize_str(text),
            Value::Text(reason) => serializer.collect_str(reason),
            Value::Number(number) => match whole(*number) {
                Some(whole) => serializer.serialize_i64(whole),
                None => serializer.serialize_f64(*number),
            },
            Value::Bool(bool) => serializer.serialize_bool(*bool),
            Value::Word(word) => serializer.serialize_str(word),
            Value::List(nodes) => {
                let mut list = serializer.serialize_seq(Some(nodes.len()))?;
                nodes.iter().try_for_each(|node| list.serialize_element(node))?;
                list.end()
            }
            Value::Block(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|entry| map.serialize_entry(&entry.key, &entry.node))?;
                map.end()
            }
            Value::Null | Value::Later | Value::Unfinished => serializer.serialize_none(),
        }
    }
}

/// A number that is whole and exact, so that `95` is not written `95.0`.
fn whole(number: f64) -> Option<i64> {
    let exact = number.fract() == 0.0 && number.abs() < 2f64.powi(53) && !(number == 0.0 && number.is_sign_negative());
    // The bound makes the conversion exact.
    #[expect(clippy::cast_possible_truncation, reason = "bounded by 2^53 above")]
    exact.then_some(number as i64)
}

/// What has been read so far, and what of it was too much.
#[derive(Default)]
pub(super) struct Bounds<'de> {
    nodes: Open<Node<'de>>,
    entries: Open<Entry<'de>>,
    /// How many keys and values have begun: the place of the next one is this number and one.
    tokens: Cell<usize>,
    values: Cell<usize>,
    bytes: Cell<usize>,
    fractions: Cell<bool>,
    broken: Cell<Option<fn() -> Problem>>,
}

impl Bounds<'_> {
    /// What is said of the bound that was broken, if one was.
    pub(super) fn broken(&self) -> Option<Problem> {
        self.broken.get().map(|problem| problem())
    }

    /// Whether any number was not whole: serde_json may have rounded it to a neighbour.
    pub(super) fn fractions(&self) -> bool {
        self.fractions.get()
    }

    fn place(&self) -> usize {
        self.tokens.set(self.tokens.get() + 1);
        self.tokens.get()
    }

    /// Counts a key or a text, before anything is made of it.
    fn count(&self, text: &str) {
        self.bytes.set(self.bytes.get() + text.len());
    }

    fn broke<E: Error>(&self, problem: fn() -> Problem) -> E {
        self.broken.set(Some(problem));
        E::custom(problem().message)
    }
}

/// Reads a value that stands this deep.
#[derive(Clone, Copy)]
pub(super) struct Seed<'b, 'de> {
    bounds: &'b Bounds<'de>,
    depth: usize,
    at: usize,
}

impl<'b, 'de> Seed<'b, 'de> {
    /// Reads the card itself.
    pub(super) fn new(bounds: &'b Bounds<'de>) -> Self {
        Seed { bounds, depth: 0, at: 0 }
    }

    fn node<E: Error>(self, value: Value<'de>) -> Result<Node<'de>, E> {
        let Bounds { values, bytes, .. } = self.bounds;
        values.set(values.get() + 1);
        match (values.get() <= MAX_VALUES, bytes.get() <= MAX_BYTES) {
            (true, true) => Ok(Node { at: self.at, value }),
            (false, _) => Err(self.bounds.broke(too_many)),
            (true, false) => Err(self.bounds.broke(too_long)),
        }
    }

    /// The seed of what stands in this list or block.
    fn inner<E: Error>(self) -> Result<Self, E> {
        match self.depth < MAX_DEPTH {
            true => Ok(Seed { depth: self.depth + 1, ..self }),
            false => Err(self.bounds.broke(too_deep)),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, 'de> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(Seed { at: self.bounds.place(), ..self })
    }
}

impl<'de> Visitor<'de> for Seed<'_, 'de> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a security model card")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        self.bounds.count(text);
        self.node(Value::Text(Text::new(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        self.bounds.count(&text);
        self.node(Value::Text(Cow::<str>::Owned(text).into()))
    }

    fn visit_bool<E: Error>(self, bool: bool) -> Result<Self::Value, E> {
        self.node(Value::Bool(bool))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        self.node(Value::Number(number as f64))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        self.node(Value::Number(number as f64))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        self.bounds.fractions.set(true);
        self.node(Value::Number(number))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        self.node(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        self.visit_unit()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let (inner, mut nodes) = (self.inner()?, self.bounds.nodes.begin());
        while let Some(node) = list.next_element_seed(inner)? {
            nodes.push(node);
        }
        self.node(Value::List(nodes.end()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (inner, mut entries) = (self.inner()?, self.bounds.entries.begin());
        while let Some(Str(key)) = map.next_key()? {
            let at = self.bounds.place();
            self.bounds.count(&key);
            entries.push(Entry { key, at, node: map.next_value_seed(inner)? });
        }
        self.node(Value::Block(entries.end()))
    }
}

/// What has been read of the lists, or blocks, that are not whole yet, the innermost last. Each gets room of its own once
/// its length is known, or is seen to be long.
struct Open<T>(Cell<Vec<T>>);

impl<T> Default for Open<T> {
    fn default() -> Self {
        Open(Cell::default())
    }
}

impl<T> Open<T> {
    /// A list, or block, that begins here.
    fn begin(&self) -> Begun<'_, T> {
        let open = self.0.take();
        let begun = open.len();
        self.0.set(open);
        Begun { open: self, begun, long: Vec::new() }
    }
}

/// One that is being read.
struct Begun<'o, T> {
    open: &'o Open<T>,
    /// How many values of those around it are open.
    begun: usize,
    /// Its values, if they are many.
    long: Vec<T>,
}

impl<T> Begun<'_, T> {
    /// From how many values on room is made in small steps: to double it would hold twice what was read.
    const MANY: usize = 1024;

    fn push(&mut self, value: T) {
        if self.long.is_empty() {
            let mut open = self.open.0.take();
            open.push(value);
            if open.len() - self.begun == Self::MANY {
                self.long = open.drain(self.begun..).collect();
            }
            self.open.0.set(open);
            return;
        }
        if self.long.len() == self.long.capacity() {
            self.long.reserve_exact(self.long.len() / 8);
        }
        self.long.push(value);
    }

    fn end(self) -> Vec<T> {
        if !self.long.is_empty() {
            return self.long;
        }
        let mut open = self.open.0.take();
        let values = open.drain(self.begun..).collect();
        self.open.0.set(open);
        values
    }
}

/// A string, borrowed where the input allows it, which serde's own `Cow` never is.
pub(super) struct Str<'a>(pub(super) Cow<'a, str>);

impl<'de> Deserialize<'de> for Str<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(StrVisitor)
    }
}

struct StrVisitor;

impl<'de> Visitor<'de> for StrVisitor {
    type Value = Str<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Str(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Str(Cow::Owned(text.to_owned())))
    }
}

impl Serialize for SecurityCard<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.tree().serialize(serializer)
    }
}

/// Reads a card from any format, within the bounds of [`SecurityCard::from_json`] and with the
/// rules of the default policy.
///
/// A fraction is as exact as the format's own reader makes it. For a report,
/// [`SecurityCard::from_json`] reads every digit, and tells where each thing is that is wrong.
impl<'de> Deserialize<'de> for SecurityCard<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tree = Seed::new(&Bounds::default()).deserialize(deserializer)?;
        let findings = super::check(&tree, &Policy::default());
        match (!findings.has_errors()).then(|| SecurityCard::read(tree)).flatten() {
            Some(card) => Ok(card),
            None => {
                let errors = findings.iter().filter(|finding| finding.is_error()).map(Finding::line);
                Err(D::Error::custom(errors.collect::<Vec<_>>().join("\n")))
            }
        }
    }
}
