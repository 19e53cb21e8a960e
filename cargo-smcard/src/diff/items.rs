//! Which items of two lists are the same thing: by what identifies them, never by where they stand.

use std::collections::{HashMap, VecDeque};

use smcard_core::schema::Block;
use smcard_core::source::visible;
use smcard_core::tree::Node;
use smcard_core::{File, Measure, Mitigation, Review};

/// What identifies an item of a list of blocks: the fields that do, in the order of its name.
pub(super) fn identity(block: &Block) -> &'static [&'static str] {
    match block.name {
        name if name == Measure::SCHEMA.name => &["name", "unit", "slice", "dataset"],
        name if name == Review::SCHEMA.name => &["date", "by"],
        name if name == File::SCHEMA.name => &["path"],
        // Its taxonomy's id where it has one.
        name if name == Mitigation::SCHEMA.name => &["ref", "description"],
        _ => &["id"],
    }
}

/// Whether only the first field identifies an item that has it.
fn first_decides(block: &Block) -> bool {
    block.name == Mitigation::SCHEMA.name
}

/// Whether an item whose identity is gone may be the one whose identity is new: what is identified by its own words,
/// and not by a name that stays.
fn is_reworded(block: &Block) -> bool {
    block.name == Mitigation::SCHEMA.name
}

/// An item of a list, before and now.
pub(super) struct Pair<'n, 't> {
    pub(super) name: String,
    pub(super) old: Option<&'n Node<'t>>,
    pub(super) new: Option<&'n Node<'t>>,
}

/// The items of two lists, in the order of the new one; those that are gone behind them.
pub(super) fn pairs<'n, 't>(block: &Block, old: &'n [Node<'t>], new: &'n [Node<'t>]) -> Vec<Pair<'n, 't>> {
    let mut known: HashMap<Vec<String>, VecDeque<usize>> = HashMap::new();
    for (index, item) in old.iter().enumerate() {
        known.entry(key(block, item)).or_default().push_back(index);
    }
    let mut gone = vec![true; old.len()];
    let mut pairs = Vec::with_capacity(new.len());
    for item in new {
        let same = known.get_mut(&key(block, item)).and_then(VecDeque::pop_front);
        if let Some(gone) = same.and_then(|index| gone.get_mut(index)) {
            *gone = false;
        }
        pairs.push(Pair { name: name(block, item), old: same.and_then(|index| old.get(index)), new: Some(item) });
    }
    let mut left = old.iter().zip(gone).filter_map(|(item, gone)| gone.then_some(item));
    if is_reworded(block) {
        for (pair, item) in pairs.iter_mut().filter(|pair| pair.old.is_none()).zip(left.by_ref()) {
            pair.old = Some(item);
        }
    }
    pairs.extend(left.map(|item| Pair { name: name(block, item), old: Some(item), new: None }));
    pairs
}

/// What an item says of a field of its identity, as a report spells it.
fn said(item: &Node<'_>, field: &str) -> Option<String> {
    let value = &item.get(field)?.value;
    match value {
        smcard_core::tree::Value::Text(text) => Some(text.to_string().trim().to_owned()),
        _ => None,
    }
}

fn key(block: &Block, item: &Node<'_>) -> Vec<String> {
    let fields = identity(block).iter().map(|field| said(item, field));
    if first_decides(block) {
        // The place of the field keeps a text from being taken for an id.
        let first = fields.enumerate().find_map(|(index, said)| Some(vec![index.to_string(), said?]));
        return first.unwrap_or_default();
    }
    fields.map(Option::unwrap_or_default).collect()
}

/// What an item is called.
fn name(block: &Block, item: &Node<'_>) -> String {
    let mut said = identity(block).iter().filter_map(|field| said(item, field));
    if first_decides(block) {
        // A secret that is cut would no longer be known as one.
        return shortened(visible(&said.next().unwrap_or_default()));
    }
    said.collect::<Vec<_>>().join(", ")
}

/// A name that is a whole sentence, as far as it tells it from others.
fn shortened(name: String) -> String {
    match name.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or(&name)),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use smcard_core::SecurityCard;
    use smcard_core::schema::{Field, Form, Kind};

    use super::*;

    fn lists(block: &'static Block, found: &mut Vec<&'static Block>) {
        for Field { kind, .. } in block.fields {
            match kind {
                Kind::Block(inner) => lists(inner, found),
                Kind::List(Kind::Block(inner)) => {
                    found.push(inner);
                    lists(inner, found);
                }
                _ => {}
            }
        }
    }

    #[test]
    fn every_list_of_blocks_has_what_identifies_its_items() {
        let mut found = Vec::new();
        lists(SecurityCard::SCHEMA, &mut found);
        assert!(found.len() >= 9);
        for block in found {
            for field in identity(block) {
                assert!(block.field(field).is_some(), "{} has no `{field}`", block.name);
            }
            assert!(block.field("id").is_none_or(|id| id.form == Form::Id));
        }
    }
}
