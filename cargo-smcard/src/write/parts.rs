//! The parts of a block, in the order in which a file has them: its values, and what is said about them.

use smcard_core::schema::{Block, Field, Kind};
use smcard_core::tree::Entry;

use super::remarks::Remarks;

/// A part of a block.
pub(super) enum Part<'n, 'a> {
    /// A line about what follows, or about what is not there.
    Remark(String),
    /// A key with its value.
    Entry(Given<'n, 'a>),
}

/// A key with its value, and what the schema knows of it.
pub(super) struct Given<'n, 'a> {
    pub(super) entry: &'n Entry<'a>,
    pub(super) path: String,
    pub(super) field: Option<&'static Field>,
}

/// The parts of a block at a path. What is not known has no place in a file.
pub(crate) fn parts<'n, 'a>(
    entries: &'n [Entry<'a>],
    within: &str,
    block: Option<&'static Block>,
    remarks: &mut Remarks,
) -> Vec<Part<'n, 'a>> {
    let mut open = open(entries, within, block, remarks).into_iter().peekable();
    let mut parts = Vec::new();
    for entry in entries.iter().filter(|entry| entry.node.is_known()) {
        let rank = rank(&entry.key, block);
        while let Some((_, lines)) = open.next_if(|(other, _)| *other < rank) {
            parts.extend(lines.into_iter().map(Part::Remark));
        }
        let path = join(within, &entry.key);
        parts.extend(remarks.take(&path).into_iter().map(Part::Remark));
        let field = block.and_then(|block| block.field(&entry.key));
        parts.push(Part::Entry(Given { entry, path, field }));
    }
    parts.extend(open.flat_map(|(_, lines)| lines).map(Part::Remark));
    parts
}

/// What is said about fields that a block does not have, by the places of the fields in it.
fn open(
    entries: &[Entry<'_>],
    within: &str,
    block: Option<&'static Block>,
    remarks: &mut Remarks,
) -> Vec<(usize, Vec<String>)> {
    let has = |name: &str| entries.iter().any(|entry| entry.key == name && entry.node.is_known());
    let mut open = Vec::new();
    for (rank, field) in block.map(|block| block.fields).unwrap_or_default().iter().enumerate() {
        let path = join(within, field.name);
        if has(field.name) || !remarks.are_below(&path) {
            continue;
        }
        let mut lines = remarks.take(&path);
        if let Kind::Block(inner) = field.kind {
            lines.extend(open_of_nothing(inner, &path, remarks));
        }
        for below in remarks.paths_below(&path) {
            lines.extend(remarks.take(&below));
        }
        open.push((rank, lines));
    }
    open
}

fn open_of_nothing(block: &'static Block, within: &str, remarks: &mut Remarks) -> Vec<String> {
    open(&[], within, Some(block), remarks).into_iter().flat_map(|(_, lines)| lines).collect()
}

fn rank(key: &str, block: Option<&'static Block>) -> usize {
    let of_field = block.and_then(|block| block.fields.iter().position(|field| field.name == key));
    of_field.unwrap_or(usize::MAX)
}

/// The path of a key in the block at a path.
pub(crate) fn join(within: &str, key: &str) -> String {
    if within.is_empty() { key.to_owned() } else { format!("{within}.{key}") }
}

/// The kind of the items of a list of this kind.
pub(crate) fn item(kind: Option<Kind>) -> Option<Kind> {
    match kind {
        Some(Kind::List(kind)) => Some(*kind),
        _ => None,
    }
}

/// The block that a value of this kind is.
pub(crate) fn block(kind: Option<Kind>) -> Option<&'static Block> {
    match kind {
        Some(Kind::Block(block)) => Some(block),
        _ => None,
    }
}
