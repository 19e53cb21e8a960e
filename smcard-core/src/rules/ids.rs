//! The ids of a card: one name space over all its blocks.

use std::cell::OnceCell;
use std::sync::LazyLock;

use crate::card::SecurityCard;
use crate::names::Names;
use crate::schema::{Block, Form, Kind};
use crate::text::trimmed;
use crate::tree::{Node, Value};
use crate::words::{is_id, says_something};

/// The blocks of a card that have an id, by that id.
#[derive(Default)]
pub(super) struct Ids<'c> {
    lists: Vec<Listed<'c>>,
    named: Vec<Named<'c>>,
    by_id: Names<'c>,
}

/// A list of the schema whose blocks have ids.
pub(super) struct List {
    /// The blocks that lead to it, from the card itself on, each with the key to take.
    steps: Vec<(&'static Block, &'static str)>,
    /// What it holds.
    pub(super) item: &'static Block,
    /// The key of the id.
    id: &'static str,
}

static LISTS: LazyLock<Vec<List>> = LazyLock::new(|| {
    let mut lists = Vec::new();
    find(SecurityCard::SCHEMA, &[], &mut lists);
    lists
});

fn find(block: &'static Block, above: &[(&'static Block, &'static str)], lists: &mut Vec<List>) {
    for field in block.fields {
        let mut steps = above.to_vec();
        steps.push((block, field.name));
        match field.kind {
            Kind::Block(inner) => find(inner, &steps, lists),
            Kind::List(Kind::Block(item)) => {
                if let Some(id) = item.fields.iter().find(|field| field.form == Form::Id) {
                    lists.push(List { steps, item, id: id.name });
                }
            }
            _ => {}
        }
    }
}

/// A list of blocks that have ids, or one that the card might have.
pub(super) struct Listed<'c> {
    pub(super) of: &'static List,
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
    pub(super) fn of(card: &'c Node<'c>) -> Self {
        let mut ids = Ids { lists: Vec::with_capacity(LISTS.len()), ..Ids::default() };
        for list in LISTS.iter() {
            // Whether all of it can be seen here.
            let (mut node, mut seen) = (Some(card), true);
            for (block, key) in &list.steps {
                // What is another block, or none, may be what holds the list.
                seen &= node.is_none_or(|node| is_one(block, node));
                let mut values = node.map(Node::entries).unwrap_or_default().iter().filter(|entry| entry.key == *key);
                node = values.next().map(|entry| &entry.node);
                seen &= values.next().is_none();
            }
            ids.collect(list, node, seen);
        }
        ids
    }

    /// Collects the ids of a list, which the card may lack.
    fn collect(&mut self, of: &'static List, list: Option<&'c Node<'c>>, seen: bool) {
        let items = list.map(Node::items).unwrap_or_default();
        let number = self.lists.len();
        let mut listed = Listed {
            of,
            ids: Vec::with_capacity(items.len()),
            each_named: seen && list.is_none() == items.is_empty(),
            all_known: OnceCell::new(),
        };
        self.named.reserve(items.len());
        for (index, node) in items.iter().enumerate() {
            let id = node.get(of.id);
            let (Some(id), Some(words)) = (id, id.and_then(Node::stated).map(trimmed)) else {
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
        let named = self.named.get(self.by_id.get(trimmed(id))?)?;
        Some((named, self.lists.get(named.list)?))
    }

    /// The block of this type and id; none where several blocks have the id.
    pub(super) fn block(&self, block: &'static Block, id: &str) -> Option<&'c Node<'c>> {
        let (named, listed) = self.first(id)?;
        (named.alone && listed.of.item.is(block)).then_some(named.node)
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
        self.lists.iter().filter(|listed| blocks.iter().any(|block| listed.of.item.is(block)))
    }
}

impl Listed<'_> {
    /// Where it stands: `security_considerations.tests`. Only findings ask for it.
    pub(super) fn path(&self) -> String {
        let mut keys = Vec::new();
        for (_, key) in &self.of.steps {
            keys.push(*key);
        }
        keys.join(".")
    }

    fn all_known(&self) -> bool {
        let known = || self.each_named && self.ids.iter().all(|id| is_id(id) && says_something(id));
        *self.all_known.get_or_init(known)
    }
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
                    ids.add(trimmed(item.stated()?));
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
