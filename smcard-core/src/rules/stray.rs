//! Unknown keys, and what they were meant to be.
//!
//! The rules share this, so that a misspelt key is not reported as a missing field as well.

use std::collections::{HashMap, HashSet};

use crate::node::Node;
use crate::rules::shape::{join, last};
use crate::schema::{Block, Kind};
use crate::suggest::nearest;

/// The paths of the fields that the unknown keys of a card were meant to be.
#[derive(Default)]
pub(crate) struct Strays {
    /// By the place of the key.
    by_place: HashMap<usize, String>,
    meant: HashSet<String>,
}

impl Strays {
    /// What the unknown keys of a card were meant to be: a field of their block with a name like
    /// it, or a field of this name in another section, where the card lacks that field.
    pub(super) fn of(schema: &'static Block, card: &Node<'_>) -> Self {
        let missing: Vec<String> = schema.paths().into_iter().filter(|path| !gives(card, path)).collect();
        let mut strays = Strays::default();
        strays.collect(schema, card, "", &missing);
        strays
    }

    /// What the unknown key at this place was meant to be.
    pub(super) fn meant_at(&self, at: usize) -> Option<&str> {
        // Where a tree has no places, all of its keys stand at 0.
        self.by_place.get(&at).filter(|_| at > 0).map(String::as_str)
    }

    /// Whether an unknown key was meant to be the field at this path.
    pub(super) fn mean(&self, path: &str) -> bool {
        self.meant.contains(path)
    }

    fn collect(&mut self, block: &'static Block, node: &Node<'_>, path: &str, missing: &[String]) {
        // Found once for the block: a report may hold unknown keys by the hundred thousand.
        let names = block.fields.iter().map(|field| field.name);
        let lacking: Vec<&str> = names.filter(|name| node.get(name).is_none()).collect();
        for entry in node.entries() {
            let within = || join(path, &entry.key);
            match block.field(&entry.key).map(|field| field.kind) {
                Some(Kind::Block(inner)) => self.collect(inner, &entry.node, &within(), missing),
                Some(Kind::List(Kind::Block(inner))) => {
                    for (index, item) in entry.node.items().iter().enumerate() {
                        self.collect(inner, item, &format!("{}[{index}]", within()), missing);
                    }
                }
                Some(_) => {}
                None => {
                    let meant = match nearest(&entry.key, lacking.iter().copied()) {
                        Some(name) => Some(join(path, name)),
                        None => missing.iter().find(|path| last(path) == entry.key).cloned(),
                    };
                    if let Some(meant) = meant {
                        self.meant.insert(meant.clone());
                        self.by_place.insert(entry.at, meant);
                    }
                }
            }
        }
    }
}

/// Whether a card gives the field at a path.
fn gives(card: &Node<'_>, path: &str) -> bool {
    path.split('.').try_fold(card, |node, name| node.get(name)).is_some()
}
