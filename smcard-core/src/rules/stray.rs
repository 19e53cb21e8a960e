//! Unknown keys, and what they were meant to be.
//!
//! The rules share this, so that a misspelt key is not reported as a missing field as well.

use std::cell::OnceCell;
use std::fmt;

use crate::finding::Findings;
use crate::names::Names;
use crate::path::Path;
use crate::rules::placed::placed;
use crate::schema::{Block, Kind};
use crate::suggest::nearest;
use crate::tree::Node;

/// The paths of the fields that the unknown keys of a card were meant to be.
#[derive(Default)]
pub(super) struct Strays {
    /// They are as few as findings that are shown.
    meant: Vec<Stray>,
    /// How many unknown keys have been looked at.
    looked_at: usize,
}

/// An unknown key that was meant to be a field.
struct Stray {
    /// The block that the key stands in, and the key, as paths.
    block: String,
    key: String,
    /// The field.
    meant: String,
}

impl Strays {
    /// What the unknown keys of a card were meant to be: a field of their block with a name like
    /// it, or a field of this name in another section, where the card lacks that field.
    ///
    /// Of more unknown keys than are ever shown the rest is left alone.
    pub(super) fn of(schema: &'static Block, card: &Node<'_>) -> Self {
        let mut strays = Strays::default();
        strays.collect(schema, card, &Path::Card, &Missing { schema, card, paths: OnceCell::new() });
        strays
    }

    /// Whether no unknown key of the card was meant to be any field.
    pub(super) fn is_empty(&self) -> bool {
        self.meant.is_empty()
    }

    /// What the unknown key at this path was meant to be.
    pub(super) fn meant_by(&self, key: &Path<'_>) -> Option<&str> {
        let key = key.to_string();
        self.meant.iter().find(|stray| stray.key == key).map(|stray| stray.meant.as_str())
    }

    /// Whether an unknown key was meant to be the field at this path.
    pub(super) fn mean(&self, path: &dyn fmt::Display) -> bool {
        // Hardly any card has an unknown key: the path is only made where one has.
        if self.meant.is_empty() {
            return false;
        }
        let path = path.to_string();
        self.meant.iter().any(|stray| stray.meant == path)
    }

    /// Whether no key of the block at this path was meant to be any field.
    pub(super) fn none_in(&self, path: &Path<'_>) -> bool {
        let path = path.to_string();
        self.meant.iter().all(|stray| stray.block != path)
    }

    fn collect(&mut self, block: &'static Block, node: &Node<'_>, path: &Path<'_>, missing: &Missing<'_>) {
        // What the block lacks: hardly any has an unknown key, so this is not asked before one is met.
        let mut lacking: Option<Vec<&str>> = None;
        for (index, entry) in placed(block, node.entries()) {
            let within = path.key(&entry.key);
            match index.and_then(|index| block.fields.get(index)).map(|field| field.kind) {
                Some(Kind::Block(inner)) => self.collect(inner, &entry.node, &within, missing),
                Some(Kind::List(Kind::Block(inner))) => {
                    for (index, item) in entry.node.items().iter().enumerate() {
                        self.collect(inner, item, &within.item(index), missing);
                    }
                }
                Some(_) => {}
                None if self.looked_at < Findings::SHOWN => {
                    self.looked_at += 1;
                    let lacking = lacking.get_or_insert_with(|| lacks(block, node));
                    let meant = match nearest(&entry.key, lacking.iter().copied()) {
                        Some(name) => Some(path.key(name).to_string()),
                        None => missing.named(&entry.key),
                    };
                    if let Some(meant) = meant {
                        self.meant.push(Stray { block: path.to_string(), key: within.to_string(), meant });
                    }
                }
                None => {}
            }
        }
    }
}

/// The fields that a block lacks.
fn lacks(block: &'static Block, node: &Node<'_>) -> Vec<&'static str> {
    let mut given = Names::default();
    for entry in node.entries() {
        given.add(&entry.key);
    }
    let mut lacking = Vec::new();
    for field in block.fields {
        if !given.contains(field.name) {
            lacking.push(field.name);
        }
    }
    lacking
}

/// The fields that a card lacks. Hardly any card has an unknown key, so nobody lists them before one is met.
struct Missing<'c> {
    schema: &'static Block,
    card: &'c Node<'c>,
    paths: OnceCell<Vec<String>>,
}

impl Missing<'_> {
    /// The path of one with this name.
    fn named(&self, name: &str) -> Option<String> {
        let paths = self.paths.get_or_init(|| {
            let mut paths = self.schema.paths();
            paths.retain(|path| !gives(self.card, path));
            paths
        });
        paths.iter().find(|path| path.rsplit('.').next() == Some(name)).cloned()
    }
}

/// Whether a card gives the field at a path.
fn gives(card: &Node<'_>, path: &str) -> bool {
    path.split('.').try_fold(card, |node, name| node.get(name)).is_some()
}
