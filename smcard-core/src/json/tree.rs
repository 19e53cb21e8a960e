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
pub(super) struct Bounds {
    /// How many keys and values have begun: the place of the next one is this number and one.
    tokens: Cell<usize>,
    values: Cell<usize>,
    bytes: Cell<usize>,
    fractions: Cell<bool>,
    broken: Cell<Option<fn() -> Problem>>,
}

impl Bounds {
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

    fn check<E: Error>(&self, within: bool, problem: fn() -> Problem) -> Result<(), E> {
        if within {
            return Ok(());
        }
        self.broken.set(Some(problem));
        Err(E::custom(problem().message))
    }
}

/// Reads a value that stands this deep.
#[derive(Clone, Copy)]
pub(super) struct Seed<'b> {
    bounds: &'b Bounds,
    depth: usize,
    at: usize,
}

impl<'b> Seed<'b> {
    /// Reads the card itself.
    pub(super) fn new(bounds: &'b Bounds) -> Self {
        Seed { bounds, depth: 0, at: 0 }
    }

    fn node<'a, E: Error>(self, value: Value<'a>) -> Result<Node<'a>, E> {
        self.bounds.values.set(self.bounds.values.get() + 1);
        self.bounds.check(self.bounds.values.get() <= MAX_VALUES, too_many)?;
        if let Value::Text(text) = &value {
            self.bounds.bytes.set(self.bounds.bytes.get() + text.words().len());
            self.bounds.check(self.bounds.bytes.get() <= MAX_BYTES, too_long)?;
        }
        Ok(Node { at: self.at, value })
    }

    /// The seed of what stands in this list or block.
    fn inner<E: Error>(self) -> Result<Self, E> {
        self.bounds.check(self.depth < MAX_DEPTH, too_deep)?;
        Ok(Seed { depth: self.depth + 1, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(Seed { at: self.bounds.place(), ..self })
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a security model card")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        self.node(Value::Text(Text::new(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
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
        let (inner, mut nodes) = (self.inner()?, Vec::new());
        while let Some(node) = list.next_element_seed(inner)? {
            grow(&mut nodes);
            nodes.push(node);
        }
        fit(&mut nodes);
        self.node(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (inner, mut entries) = (self.inner()?, Vec::new());
        while let Some(Str(key)) = map.next_key()? {
            let at = self.bounds.place();
            self.bounds.bytes.set(self.bounds.bytes.get() + key.len());
            grow(&mut entries);
            entries.push(Entry { key, at, node: map.next_value_seed(inner)? });
        }
        fit(&mut entries);
        self.node(Value::Block(entries))
    }
}

/// Gives back the room that a short list does not need: a vector begins with room for four.
fn fit<T>(values: &mut Vec<T>) {
    if values.len() <= 2 {
        values.shrink_to_fit();
    }
}

/// Makes room in small steps once a list is long: to double it would hold twice what was read.
fn grow<T>(values: &mut Vec<T>) {
    if values.len() == values.capacity() && values.len() >= 1024 {
        values.reserve_exact(values.len() / 8);
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
