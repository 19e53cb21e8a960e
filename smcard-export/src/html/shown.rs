//! A threat as the list, the matrix and its own entry show it, and what it is called there.

use smcard_core::tree::Node;
use smcard_core::{Objective, Text, Threat};

use super::words;

/// A threat with what the page needs of it.
pub(super) struct Shown<'r, 'c> {
    pub(super) threat: &'r Threat<'c>,
    pub(super) anchor: &'r str,
    pub(super) node: Option<&'r Node<'c>>,
    pub(super) objectives: Vec<Objective>,
}

/// The id of a threat as a label.
pub(super) fn label(threat: &Threat<'_>) -> String {
    threat.id.as_ref().or(threat.title.as_ref()).map_or_else(|| "–".to_owned(), |text: &Text<'_>| words::plain(text))
}
