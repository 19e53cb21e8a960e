//! The entries of a block, each at its field.

use crate::schema::Block;
use crate::tree::Entry;

/// The entries of a block, each with the index of its field if the block has that. In a card that was written by a
/// program the fields stand in the schema's order, so each is looked for behind the one before it.
pub(super) fn placed<'e, 'n>(
    block: &'static Block,
    entries: &'e [Entry<'n>],
) -> impl Iterator<Item = (Option<usize>, &'e Entry<'n>)> {
    let mut next = 0;
    entries.iter().map(move |entry| {
        let index = block.index(&entry.key, next);
        next = index.map_or(next, |index| index + 1);
        (index, entry)
    })
}
