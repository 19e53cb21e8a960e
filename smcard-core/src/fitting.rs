//! What of a tree fits a card: for programs that compare or count what is there before all of it is right.

use crate::card::SecurityCard;
use crate::part::Part as _;
use crate::schema::{Block, Kind};
use crate::tree::{Entry, Node, Value};

impl<'a> SecurityCard<'a> {
    /// The card that a tree states, as far as it fits one, and whether all of it does; `None` if it is no block.
    ///
    /// What does not fit is left out: unknown keys, the second of two values for one key, values of another kind. Each
    /// has its finding in [`SecurityCard::check_tree`], as has whatever else is wrong with the card.
    pub fn fitting(mut tree: Node<'a>) -> Option<(Self, bool)> {
        let Value::Block(entries) = &mut tree.value else { return None };
        let whole = keep_fields(entries, SecurityCard::SCHEMA);
        Some((SecurityCard::read(tree)?, whole))
    }
}

/// Keeps the fields that fit a block. Gives whether these are all.
fn keep_fields(entries: &mut Vec<Entry<'_>>, block: &Block) -> bool {
    let mut known = vec![false; block.fields.len()];
    let mut whole = true;
    entries.retain_mut(|entry| {
        let index = block.fields.iter().position(|field| field.name == entry.key);
        let field = index.and_then(|index| block.fields.get(index));
        let known = index.and_then(|index| known.get_mut(index));
        let keeps = match (field, known) {
            (Some(field), Some(known)) if !*known => {
                *known = true;
                keep(&mut entry.node, field.kind, &mut whole)
            }
            _ => false,
        };
        whole &= keeps;
        keeps
    });
    whole
}

/// Whether a value is of a kind, once what does not fit within it is left out.
fn keep(node: &mut Node<'_>, kind: Kind, whole: &mut bool) -> bool {
    match kind {
        Kind::Choice(choice) => node.word().is_some_and(|word| choice.variant(word).is_some()),
        Kind::Number => node.number().is_some_and(f64::is_finite),
        Kind::Count => node.count().is_some(),
        Kind::Text => matches!(node.value, Value::Text(_)),
        Kind::Bool => matches!(node.value, Value::Bool(_)),
        Kind::Block(block) => match &mut node.value {
            Value::Block(entries) => {
                *whole &= keep_fields(entries, block);
                true
            }
            _ => false,
        },
        Kind::List(kind) => match &mut node.value {
            Value::List(items) => {
                items.retain_mut(|item| {
                    let keeps = keep(item, *kind, whole);
                    *whole &= keeps;
                    keeps
                });
                true
            }
            _ => false,
        },
        Kind::Extensions => matches!(node.value, Value::Block(_)) && keep_extension(node, whole),
    }
}

/// Whether an organization may give such a value, once what it may not give is left out of it.
fn keep_extension(node: &mut Node<'_>, whole: &mut bool) -> bool {
    match &mut node.value {
        Value::Text(_) | Value::Bool(_) => true,
        Value::Number(number) => number.is_finite(),
        Value::List(items) => {
            items.retain_mut(|item| {
                let keeps = keep_extension(item, whole);
                *whole &= keeps;
                keeps
            });
            true
        }
        Value::Block(entries) => {
            let mut keys = std::collections::HashSet::new();
            entries.retain_mut(|entry| {
                let keeps = keys.insert(entry.key.clone()) && keep_extension(&mut entry.node, whole);
                *whole &= keeps;
                keeps
            });
            true
        }
        Value::Word(_) | Value::Null | Value::Later | Value::Unfinished => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitting(text: &str) -> Option<(String, bool)> {
        let (card, whole) = SecurityCard::fitting(SecurityCard::tree_of_json(text).ok()?)?;
        Some((card.to_json().split_whitespace().collect(), whole))
    }

    #[test]
    fn what_fits_is_read_and_what_does_not_is_left_out() {
        let fits = "{\"training_data\":\"TODO\",\"extensions\":{\"acme\":{\"a\":[1,true]}}}";
        assert_eq!(fitting(fits), Some((fits.to_owned(), true)));
        for (other, rest) in [
            ("{\"trainingdata\":\"b\"}", "{}"),
            ("{\"training_data\":1}", "{}"),
            ("{\"training_data\":\"a\",\"training_data\":\"b\"}", "{\"training_data\":\"a\"}"),
            (
                "{\"metrics\":{\"measures\":[{\"name\":\"a\",\"value\":\"b\"},3]}}",
                "{\"metrics\":{\"measures\":[{\"name\":\"a\"}]}}",
            ),
            ("{\"security_considerations\":{\"ai_class\":\"Clever\"}}", "{}"),
            ("{\"extensions\":{\"acme\":{\"a\":null,\"b\":1,\"b\":2}}}", "{\"extensions\":{\"acme\":{\"b\":1}}}"),
        ] {
            assert_eq!(fitting(other), Some((rest.to_owned(), false)), "{other}");
        }
        assert_eq!(fitting("[]"), None);
        assert_eq!(fitting("{"), None);
    }
}
