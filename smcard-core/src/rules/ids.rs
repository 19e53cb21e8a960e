//! The ids of a card: one name space over all its blocks.

use std::cell::OnceCell;

use crate::card::SecurityCard;
use crate::names::Names;
use crate::schema::{Block, Form, Kind};
use crate::tree::{Entry, Node, Value};
use crate::words::{is_id, says_something};

/// The blocks of a card that have an id, by that id.
#[derive(Default)]
pub(super) struct Ids<'c> {
    lists: Vec<Listed<'c>>,
    named: Vec<Named<'c>>,
    by_id: Names<'c>,
}

/// A list of blocks that have ids, or one that the card might have.
pub(super) struct Listed<'c> {
    pub(super) block: &'static Block,
    ids: Vec<&'c str>,
    /// Whether each of its blocks has an id of its own that can be seen here; so too where the card has no such list.
    each_named: bool,
    /// Whether, besides, no id is one that a rule refuses.
    all_known: OnceCell<bool>,
}

/// The first block of an id.
pub(super) struct Named<'c> {
    pub(super) node: &'c Node<'c>,
    /// The value that is its id.
    pub(super) id: &'c Node<'c>,
    list: usize,
    pub(super) index: usize,
    /// Whether no other block has the id.
    pub(super) alone: bool,
}

impl<'c> Ids<'c> {
    pub(super) fn of(schema: &'static Block, card: &'c Node<'c>) -> Self {
        let mut ids = Ids::default();
        ids.collect(schema, Some(card), true);
        ids
    }

    /// Collects the lists of a block, those that the card lacks as well; `seen` is whether all of it can be seen here.
    fn collect(&mut self, block: &'static Block, node: Option<&'c Node<'c>>, seen: bool) {
        // What is another block, or none, may be what holds the lists.
        let seen = seen && node.is_none_or(|node| is_one(block, node));
        for field in block.fields {
            let of_field = |entry: &&'c Entry<'c>| entry.key == field.name;
            let mut values =
                node.map(Node::entries).unwrap_or_default().iter().filter(of_field).map(|entry| &entry.node);
            match field.kind {
                Kind::Block(inner) => {
                    let (value, seen) = (values.next(), seen && values.next().is_none());
                    self.collect(inner, value, seen);
                }
                Kind::List(Kind::Block(item)) => {
                    if let Some(id) = item.fields.iter().find(|field| field.form == Form::Id) {
                        let (value, seen) = (values.next(), seen && values.next().is_none());
                        self.list(item, id.name, value, seen);
                    }
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, block: &'static Block, key: &str, list: Option<&'c Node<'c>>, seen: bool) {
        let items = list.map(Node::items).unwrap_or_default();
        let number = self.lists.len();
        let mut listed = Listed {
            block,
            ids: Vec::with_capacity(items.len()),
            each_named: seen && list.is_none() == items.is_empty(),
            all_known: OnceCell::new(),
        };
        for (index, node) in items.iter().enumerate() {
            let id = node.get(key);
            let (Some(id), Some(words)) = (id, id.and_then(Node::stated).map(str::trim)) else {
                listed.each_named = false;
                continue;
            };
            match self.by_id.get(words).and_then(|number| self.named.get_mut(number)) {
                Some(first) => {
                    first.alone = false;
                    listed.each_named = false;
                    if let Some(other) = self.lists.get_mut(first.list) {
                        other.each_named = false;
                    }
                }
                None => {
                    self.by_id.set(words.into(), self.named.len());
                    self.named.push(Named { node, id, list: number, index, alone: true });
                    listed.ids.push(words);
                }
            }
        }
        self.lists.push(listed);
    }

    /// The first block of this id, and the list that it stands in.
    pub(super) fn first(&self, id: &str) -> Option<(&Named<'c>, &Listed<'c>)> {
        let named = self.named.get(self.by_id.get(id.trim())?)?;
        Some((named, self.lists.get(named.list)?))
    }

    /// The block of this type and id; none where several blocks have the id.
    pub(super) fn block(&self, block: &'static Block, id: &str) -> Option<&'c Node<'c>> {
        let (named, listed) = self.first(id)?;
        (named.alone && listed.block.is(block)).then_some(named.node)
    }

    /// The ids of blocks of these types.
    pub(super) fn each<'i>(&'i self, blocks: &'i [&'static Block]) -> impl Iterator<Item = &'c str> + 'i {
        self.lists_of(blocks).flat_map(|listed| &listed.ids).copied()
    }

    /// Whether the ids of all blocks of these types are known here, and none is wrong: the block that is meant
    /// somewhere else may be the one that has a finding for its id.
    pub(super) fn all_known(&self, blocks: &[&'static Block]) -> bool {
        self.lists_of(blocks).all(Listed::all_known)
    }

    /// Where the lists of blocks of these types stand, or would stand.
    pub(super) fn paths<'i>(&'i self, blocks: &'i [&'static Block]) -> impl Iterator<Item = String> + 'i {
        self.lists_of(blocks).map(Listed::path)
    }

    fn lists_of<'i>(&'i self, blocks: &'i [&'static Block]) -> impl Iterator<Item = &'i Listed<'c>> {
        self.lists.iter().filter(|listed| blocks.iter().any(|block| listed.block.is(block)))
    }
}

impl Listed<'_> {
    /// Where it stands: `security_considerations.tests`. Only findings ask for it.
    pub(super) fn path(&self) -> String {
        path_to(self.block, SecurityCard::SCHEMA).unwrap_or_default()
    }

    fn all_known(&self) -> bool {
        let known = || self.each_named && self.ids.iter().all(|id| is_id(id) && says_something(id));
        *self.all_known.get_or_init(known)
    }
}

/// The path of the list of these blocks within a block of the schema.
fn path_to(item: &Block, within: &'static Block) -> Option<String> {
    within.fields.iter().find_map(|field| match field.kind {
        Kind::List(Kind::Block(block)) if block.is(item) => Some(field.name.to_owned()),
        Kind::Block(block) => Some(format!("{}.{}", field.name, path_to(item, block)?)),
        _ => None,
    })
}

/// Whether this is such a block: what has none of its fields has its finding.
fn is_one(block: &'static Block, node: &Node<'_>) -> bool {
    node.entries().iter().any(|entry| block.field(&entry.key).is_some())
}

/// The ids that the lists under a key of these blocks refer to; `None` if one of them cannot be seen here, or is wrong.
pub(super) fn referred<'c>(of: &'static Block, blocks: &'c [Node<'c>], key: &str) -> Option<Names<'c>> {
    let mut ids = Names::default();
    for block in blocks {
        if !is_one(of, block) {
            return None;
        }
        match block.get(key).map(|list| &list.value) {
            None => {}
            Some(Value::List(items)) => {
                for item in items {
                    ids.add(item.stated()?.trim());
                }
            }
            Some(_) => return None,
        }
    }
    Some(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paths of all ids, and how many lists each is in.
    fn ids(block: &'static Block, lists: usize, found: &mut Vec<(&'static str, usize)>) {
        for field in block.fields {
            if field.form == Form::Id {
                found.push((block.name, lists));
            }
            match field.kind {
                Kind::Block(inner) => ids(inner, lists, found),
                Kind::List(Kind::Block(inner)) => ids(inner, lists + 1, found),
                _ => {}
            }
        }
    }

    #[test]
    fn every_block_with_an_id_stands_in_a_list_that_is_looked_through() {
        let mut found = Vec::new();
        ids(SecurityCard::SCHEMA, 0, &mut found);
        let names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["Threat", "Test", "Vulnerability", "Zone", "Component", "Flow"]);
        assert!(found.iter().all(|(_, lists)| *lists == 1), "a list within a list is not looked through: {found:?}");
    }
}
