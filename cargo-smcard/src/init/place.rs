//! Places of a card under construction: named as findings name them, looked up in the schema, read and written in a
//! tree.

use std::fmt;

use smcard_core::SecurityCard;
use smcard_core::schema::{Block, Field, Kind};
use smcard_core::tree::{Entry, Node, Value};

/// A place, from the card itself down: `system.components[0].id`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Place(Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

impl Place {
    pub(super) fn key(&self, key: &str) -> Self {
        self.with(Step::Key(key.to_owned()))
    }

    pub(super) fn item(&self, index: usize) -> Self {
        self.with(Step::Item(index))
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Place(steps)
    }

    /// The place that a finding or a saved interview names.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let mut pieces = part.split('[');
            steps.push(Step::Key(pieces.next().filter(|key| !key.is_empty())?.to_owned()));
            for index in pieces {
                steps.push(Step::Item(index.strip_suffix(']')?.parse().ok()?));
            }
        }
        Some(Place(steps))
    }

    /// The place without its last step.
    pub(super) fn above(&self) -> Self {
        Place(self.0.split_last().map(|(_, above)| above.to_vec()).unwrap_or_default())
    }

    /// The last key.
    pub(super) fn name(&self) -> &str {
        let keys = self.0.iter().rev().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Item(_) => None,
        });
        keys.into_iter().next().unwrap_or_default()
    }

    /// The number of the item that this is, or that it lies in.
    pub(super) fn index(&self) -> Option<usize> {
        self.0.iter().rev().find_map(|step| match step {
            Step::Item(index) => Some(*index),
            Step::Key(_) => None,
        })
    }

    /// The lists in which this lies, the outermost first.
    pub(super) fn lists(&self) -> impl Iterator<Item = Place> {
        let items = self.0.iter().enumerate().filter(|(_, step)| matches!(step, Step::Item(_)));
        items.map(|(index, _)| Place(self.0.iter().take(index).cloned().collect()))
    }

    pub(super) fn is_within(&self, above: &Place) -> bool {
        self.0.starts_with(&above.0)
    }

    /// The place in the schema: the same for all items of a list.
    pub(super) fn schema_path(&self) -> String {
        let keys = self.0.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Item(_) => None,
        });
        keys.collect::<Vec<_>>().join(".")
    }

    /// The field of the schema here: of an item of a list, the list.
    pub(super) fn field(&self) -> Option<&'static Field> {
        SecurityCard::SCHEMA.at(&self.schema_path())
    }

    /// The value here.
    pub(super) fn of<'n, 't>(&self, card: &'n Node<'t>) -> Option<&'n Node<'t>> {
        self.0.iter().try_fold(card, |node, step| match step {
            Step::Key(key) => node.get(key),
            Step::Item(index) => node.items().get(*index),
        })
    }

    /// Puts a value here: blocks that are not there yet are made, and an item behind the last one is added.
    pub(super) fn put(&self, card: &mut Node<'static>, value: Node<'static>) {
        put(&self.0, card, SecurityCard::SCHEMA.into(), value);
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if index == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Item(item) => write!(f, "[{item}]")?,
            }
        }
        Ok(())
    }
}

pub(super) fn node(value: Value<'static>) -> Node<'static> {
    Node { at: 0, value }
}

fn put(steps: &[Step], at: &mut Node<'static>, block: Option<&'static Block>, value: Node<'static>) {
    let Some((step, rest)) = steps.split_first() else {
        *at = value;
        return;
    };
    match step {
        Step::Key(key) => {
            if !matches!(at.value, Value::Block(_)) {
                at.value = Value::Block(Vec::new());
            }
            let Value::Block(entries) = &mut at.value else { return };
            let inner = block.and_then(|block| block.field(key)).and_then(|field| block_of(field.kind));
            let index = match entries.iter().position(|entry| entry.key == *key) {
                Some(index) => index,
                None => {
                    let index = slot(entries, block, key);
                    let empty = node(Value::Block(Vec::new()));
                    entries.insert(index, Entry { key: key.clone().into(), at: 0, node: empty });
                    index
                }
            };
            if let Some(entry) = entries.get_mut(index) {
                put(rest, &mut entry.node, inner, value);
            }
        }
        Step::Item(index) => {
            if !matches!(at.value, Value::List(_)) {
                at.value = Value::List(Vec::new());
            }
            let Value::List(items) = &mut at.value else { return };
            let index = (*index).min(items.len());
            if index == items.len() {
                items.push(node(Value::Block(Vec::new())));
            }
            if let Some(item) = items.get_mut(index) {
                put(rest, item, block, value);
            }
        }
    }
}

/// Where a key belongs: in the order of the schema, and behind what the schema does not know.
fn slot(entries: &[Entry<'_>], block: Option<&'static Block>, key: &str) -> usize {
    let order = |key: &str| block.and_then(|block| block.fields.iter().position(|field| field.name == key));
    let Some(own) = order(key) else { return entries.len() };
    entries.iter().position(|entry| order(&entry.key).is_none_or(|other| other > own)).unwrap_or(entries.len())
}

/// The block that such a value is, or that each item of such a list is.
pub(super) fn block_of(kind: Kind) -> Option<&'static Block> {
    match kind {
        Kind::Block(block) => Some(block),
        Kind::List(kind) => block_of(*kind),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use smcard_core::Text;

    use super::*;

    fn text(text: &'static str) -> Node<'static> {
        node(Value::Text(Text::new(text)))
    }

    #[test]
    fn a_place_is_read_as_findings_spell_it() {
        let path = "security_considerations.threats[2].mitigations[0].ref";
        let place = Place::parse(path).unwrap();
        assert_eq!(place.to_string(), path);
        assert_eq!(place.schema_path(), "security_considerations.threats.mitigations.ref");
        assert_eq!((place.name(), place.index()), ("ref", Some(0)));
        for wrong in ["", "a..b", "a[x]", "a[1", "[0]"] {
            assert_eq!(Place::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn values_stand_in_the_order_of_the_schema_whatever_came_first() {
        let mut card = node(Value::Block(Vec::new()));
        for (path, value) in [
            ("system.components[0].kind", "Model"),
            ("model_details.date", "2026"),
            ("system.components[0].id", "detector"),
            ("system.zones[0].id", "plant"),
            ("model_details.developer", "Northwind"),
        ] {
            Place::parse(path).unwrap().put(&mut card, text(value));
        }
        let json = serde_json::to_string(&card).unwrap();
        let expected = concat!(
            r#"{"model_details":{"developer":"Northwind","date":"2026"},"#,
            r#""system":{"zones":[{"id":"plant"}],"components":[{"id":"detector","kind":"Model"}]}}"#
        );
        assert_eq!(json, expected);
        let kind = Place::parse("system.components[0].kind").unwrap();
        assert_eq!(kind.of(&card).and_then(Node::stated), Some("Model"));
    }
}
