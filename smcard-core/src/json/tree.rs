//! A tree and the types of a card as serde sees them.
//!
//! Every block is written and read through its tree, so no type needs a derive of its own, and
//! any format of serde gives the same keys in the same order.

use std::borrow::Cow;
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
            Value::Number(number) => match integer(*number) {
                Some(integer) => serializer.serialize_i64(integer),
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
fn integer(number: f64) -> Option<i64> {
    let exact = number.fract() == 0.0 && number.abs() < 2f64.powi(53) && !(number == 0.0 && number.is_sign_negative());
    // The bound makes the conversion exact.
    #[expect(clippy::cast_possible_truncation, reason = "bounded by 2^53 above")]
    exact.then_some(number as i64)
}

/// What has been read so far, and what of it was too much.
pub(super) struct Bounds<'de> {
    /// The values and entries of the lists and blocks that are not whole yet, the innermost last.
    nodes: Vec<Node<'de>>,
    entries: Vec<Entry<'de>>,
    /// How many keys and values have begun: the place of the next one is this number and one.
    tokens: usize,
    values: usize,
    bytes: usize,
    fractions: bool,
    broken: Option<fn() -> Problem>,
}

impl<'de> Bounds<'de> {
    /// Nothing yet, with room for what is open in most cards.
    pub(super) fn new() -> Self {
        Bounds {
            nodes: Vec::with_capacity(OPEN),
            entries: Vec::with_capacity(OPEN),
            tokens: 0,
            values: 0,
            bytes: 0,
            fractions: false,
            broken: None,
        }
    }

    /// Reads a card.
    pub(super) fn read<D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<Node<'de>, D::Error> {
        Seed { bounds: self, depth: 0, at: 0, of: Whole::List }.deserialize(deserializer)?;
        self.nodes.pop().ok_or_else(|| D::Error::custom("no value"))
    }

    /// What is said of the bound that was broken, if one was.
    pub(super) fn broken(&self) -> Option<Problem> {
        self.broken.map(|problem| problem())
    }

    /// Whether any number was not whole: serde_json may have rounded it to a neighbour.
    pub(super) fn fractions(&self) -> bool {
        self.fractions
    }

    fn place(&mut self) -> usize {
        self.tokens += 1;
        self.tokens
    }

    fn broke<E: Error>(&mut self, problem: fn() -> Problem) -> E {
        self.broken = Some(problem);
        E::custom(problem().message)
    }
}

/// What a value is a part of.
#[derive(Clone, Copy)]
enum Whole {
    /// A list, or nothing: it is the next of the open values.
    List,
    /// A block: it belongs to the last of the open entries.
    Block,
}

/// Reads a value that stands this deep, and leaves it among what is open: to hand a value up through the functions of
/// a format copies it in each.
struct Seed<'b, 'de> {
    bounds: &'b mut Bounds<'de>,
    depth: usize,
    at: usize,
    of: Whole,
}

impl<'de> Seed<'_, 'de> {
    fn put<E: Error>(self, value: Value<'de>) -> Result<(), E> {
        let bounds = self.bounds;
        bounds.values += 1;
        if bounds.values > MAX_VALUES {
            return Err(bounds.broke(too_many));
        }
        if bounds.bytes > MAX_BYTES {
            return Err(bounds.broke(too_long));
        }
        let node = Node { at: self.at, value };
        match (self.of, bounds.entries.last_mut()) {
            (Whole::Block, Some(entry)) => entry.node = node,
            _ => bounds.nodes.push(node),
        }
        Ok(())
    }

    /// The seed of what stands in this list or block.
    fn inner<E: Error>(&mut self, of: Whole) -> Result<Seed<'_, 'de>, E> {
        match self.depth < MAX_DEPTH {
            true => Ok(Seed { bounds: self.bounds, depth: self.depth + 1, at: 0, of }),
            false => Err(self.bounds.broke(too_deep)),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<(), D::Error> {
        self.at = self.bounds.place();
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a security model card")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<(), E> {
        self.bounds.bytes += text.len();
        self.put(Value::Text(Text::new(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<(), E> {
        self.bounds.bytes += text.len();
        self.put(Value::Text(Cow::<str>::Owned(text).into()))
    }

    fn visit_bool<E: Error>(self, bool: bool) -> Result<(), E> {
        self.put(Value::Bool(bool))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.put(Value::Number(number as f64))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.put(Value::Number(number as f64))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.bounds.fractions = true;
        self.put(Value::Number(number))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.put(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        let (begun, mut long) = (self.bounds.nodes.len(), Vec::new());
        while list.next_element_seed(self.inner(Whole::List)?)?.is_some() {
            spill(&mut self.bounds.nodes, begun, &mut long);
        }
        let nodes = whole(&mut self.bounds.nodes, begun, long);
        self.put(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let (begun, mut long) = (self.bounds.entries.len(), Vec::new());
        while let Some(Str(key)) = map.next_key()? {
            let at = self.bounds.place();
            self.bounds.bytes += key.len();
            self.bounds.entries.push(Entry { key, at, node: Node { at, value: Value::Unfinished } });
            map.next_value_seed(self.inner(Whole::Block)?)?;
            spill(&mut self.bounds.entries, begun, &mut long);
        }
        let entries = whole(&mut self.bounds.entries, begun, long);
        self.put(Value::Block(entries))
    }
}

/// How many values and entries are open at once in most cards.
const OPEN: usize = 64;

/// From how many values on a list gets room of its own while it is read, in small steps: to double it would hold twice
/// what was read.
const MANY: usize = 1024;

/// Moves what is open from a place on to room of its own, if it is much.
fn spill<T>(open: &mut Vec<T>, begun: usize, long: &mut Vec<T>) {
    if long.is_empty() && open.len() - begun < MANY {
        return;
    }
    if long.len() == long.capacity() {
        long.reserve_exact((long.len() / 8).max(open.len() - begun));
    }
    long.extend(open.drain(begun..));
}

/// What is open from a place on, in room of its length.
fn whole<T>(open: &mut Vec<T>, begun: usize, long: Vec<T>) -> Vec<T> {
    if long.is_empty() { open.split_off(begun) } else { long }
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
        let tree = Bounds::new().read(deserializer)?;
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
