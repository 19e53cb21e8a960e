//! A document of JSON or YAML as a tree, and pieces of it by the schema's keys, or by whatever its keys say.

use std::ops::Range;

use smcard_core::SecurityCard;
use smcard_core::schema::{Block, Kind};
use smcard_core::tree::{Entry, Node, Value};

use super::fit::refusal;
use super::piece::{At, Piece};
use crate::load::yaml;

/// A document as a tree, with the lines of its places.
pub(super) struct Document {
    pub(super) root: Node<'static>,
    lines: Lines,
}

/// From a place in the tree to a line.
struct Lines {
    /// Where each line begins.
    starts: Vec<usize>,
    /// What a place of a tree of YAML is a number in.
    places: Option<Vec<Range<usize>>>,
    /// The number of the first line.
    first: usize,
}

impl Document {
    /// Reads JSON.
    ///
    /// # Errors
    /// Why it is none, with the line.
    pub(super) fn json(text: &str) -> Result<Self, String> {
        let root = SecurityCard::tree_of_json(text)
            .map_err(|findings| findings.iter().map(|finding| finding.line()).collect::<Vec<_>>().join("; "))?;
        Ok(Document { root: root.to_static(), lines: Lines::new(text, None, 1) })
    }

    /// Reads YAML, whose first line is this one of its file.
    ///
    /// # Errors
    /// Why it is none, with the line.
    pub(super) fn yaml(text: &str, first: usize) -> Result<Self, String> {
        let read = yaml::read(text).map_err(|broken| match broken.at {
            Some((line, _)) => format!("{} (line {})", broken.message, line + first - 1),
            None => broken.message,
        })?;
        Ok(Document { root: read.card, lines: Lines::new(text, Some(read.places), first) })
    }

    /// A tree that another reader has made, in which no value has a line.
    pub(super) fn of(root: Node<'static>) -> Self {
        Document { root, lines: Lines::new("", None, 1) }
    }

    /// The line of a place.
    pub(super) fn at(&self, at: usize) -> At {
        let byte = match &self.lines.places {
            Some(places) => places.get(at).map_or(0, |range| range.start),
            None => at,
        };
        At::Line(self.lines.first + self.lines.starts.partition_point(|start| *start <= byte).saturating_sub(1))
    }

    /// The values of the schema's own keys, and pieces for all others.
    pub(super) fn of_schema(
        &self,
        entries: &[Entry<'static>],
        block: &'static Block,
        within: &str,
        pieces: &mut Vec<Piece>,
    ) {
        for entry in entries {
            let path = if within.is_empty() { entry.key.to_string() } else { format!("{within}.{}", entry.key) };
            let field = block.field(&entry.key);
            match (field.map(|field| field.kind), &entry.node.value) {
                (Some(Kind::Block(inner)), Value::Block(entries)) => self.of_schema(entries, inner, &path, pieces),
                (Some(Kind::List(kind)), Value::List(items)) => {
                    for (index, item) in items.iter().enumerate() {
                        let path = format!("{path}[{index}]");
                        if let Some(node) = self.sifted(item, *kind, &path, pieces) {
                            pieces.push(Piece::value(path, node, self.at(item.at)));
                        }
                    }
                }
                (Some(kind), _) => {
                    if let Some(node) = self.sifted(&entry.node, kind, &path, pieces) {
                        pieces.push(Piece::value(path, node, self.at(entry.at)));
                    }
                }
                (None, _) => {
                    let labels: Vec<String> = path.split('.').map(str::to_owned).collect();
                    self.flat(&entry.node, &labels, pieces);
                }
            }
        }
    }

    /// A value with those parts of it alone that fit the schema; the others become pieces.
    pub(super) fn sifted(
        &self,
        node: &Node<'static>,
        kind: Kind,
        path: &str,
        pieces: &mut Vec<Piece>,
    ) -> Option<Node<'static>> {
        let value = match (&node.value, kind) {
            (Value::Block(entries), Kind::Block(block)) => {
                let mut kept = Vec::new();
                for entry in entries {
                    let path = format!("{path}.{}", entry.key);
                    match block.field(&entry.key) {
                        Some(field) => {
                            let node = self.sifted(&entry.node, field.kind, &path, pieces);
                            kept.extend(node.map(|node| Entry { key: entry.key.clone(), at: 0, node }));
                        }
                        None => self.flat(&entry.node, &[path], pieces),
                    }
                }
                Value::Block(kept)
            }
            (Value::List(items), Kind::List(kind)) => {
                let each = |(index, item)| self.sifted(item, *kind, &format!("{path}[{index}]"), pieces);
                Value::List(items.iter().enumerate().filter_map(each).collect())
            }
            (value, _) => {
                let at = node.at;
                let node = Node { at: 0, value: value.clone() };
                if refusal(path, &node).is_some() {
                    // It is refused again where the card is put together, and kept with the reason.
                    pieces.push(Piece::value(path, node, self.at(at)));
                    return None;
                }
                value.clone()
            }
        };
        Some(Node { at: 0, value })
    }

    /// Pieces of whatever keys there are: the keys are the labels.
    pub(super) fn flat(&self, node: &Node<'static>, labels: &[String], pieces: &mut Vec<Piece>) {
        match &node.value {
            Value::Block(entries) => {
                for entry in entries {
                    self.flat(&entry.node, &[labels, &[entry.key.to_string()]].concat(), pieces);
                }
            }
            Value::List(items) if items.iter().any(|item| matches!(item.value, Value::Block(_) | Value::List(_))) => {
                for item in items {
                    self.flat(item, labels, pieces);
                }
            }
            Value::List(items) => {
                // What a template asks is no part of what is answered.
                let (asked, said): (Vec<String>, Vec<String>) =
                    items.iter().filter_map(plain).partition(|text| text.trim_end().ends_with('?'));
                let at = self.at(node.at);
                pieces.extend(asked.into_iter().map(|text| Piece::text(labels, text, at)));
                pieces.push(Piece::text(labels, said.join("\n"), at));
            }
            _ => pieces.extend(plain(node).map(|text| Piece::text(labels, text, self.at(node.at)))),
        }
    }
}

/// A value that is no block and no list, as a text.
pub(super) fn plain(node: &Node<'_>) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(_) | Value::Bool(_) => serde_json::to_string(node).ok(),
        _ => None,
    }
}

impl Lines {
    fn new(text: &str, places: Option<Vec<Range<usize>>>, first: usize) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Lines { starts: std::iter::once(0).chain(ends).collect(), places, first }
    }
}
