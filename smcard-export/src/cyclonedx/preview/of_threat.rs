//! What several parts of the document say of a threat.

use std::collections::HashSet;

use smcard_core::tree::Node;
use smcard_core::{Text, Threat};

use super::super::parts::Parts;
use crate::document::{list, text};
use crate::leaves::{id, stated};

/// The parts of the blueprint that a threat affects, each once. A flow is none, and stands in the properties.
pub(super) fn affected<'c>(parts: &Parts<'c>, threat: &Threat<'_>) -> Option<Node<'c>> {
    let mut seen = HashSet::new();
    let ids = threat.affects.iter().filter_map(Text::stated);
    let assets = ids.filter_map(|id| parts.asset_of(id)).filter(|asset| seen.insert(*asset));
    list(assets.map(|asset| text(asset.to_owned())))
}

/// What a threat is called by people.
pub(super) fn title<'c>(threat: &'c Threat<'_>) -> &'c str {
    stated(&threat.title).unwrap_or_else(|| id(&threat.id))
}
