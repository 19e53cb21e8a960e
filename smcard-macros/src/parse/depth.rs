//! How deep brackets may stand in each other, in whatever the card is made of.

use proc_macro2::{Group, TokenStream, TokenTree};

/// Far more than an expression needs, and few enough for everything that descends into groups.
const DEEPEST: usize = 1_000;

/// The first group that stands in more than [`DEEPEST`] others.
pub(super) fn too_deep(tokens: &TokenStream) -> Option<Group> {
    let mut open = vec![tokens.clone().into_iter()];
    while let Some(tokens) = open.last_mut() {
        match tokens.next() {
            Some(TokenTree::Group(group)) if open.len() == DEEPEST => return Some(group),
            Some(TokenTree::Group(group)) => open.push(group.stream().into_iter()),
            Some(_) => {}
            None => {
                open.pop();
            }
        }
    }
    None
}
