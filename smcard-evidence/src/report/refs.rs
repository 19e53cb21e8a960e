//! Ids of taxonomies out of reports, in the edition that each tool means.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use smcard_core::taxonomy;

use super::shown;
use crate::limits;

/// The ids of taxonomies that a report names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Refs {
    /// Those that a card can cite, as it does: `LLM01:2023`, `AML.T0015`, `CWE-94`.
    pub refs: BTreeSet<String>,
    /// Those of other taxonomies: `AVID` and `NIST AI RMF`.
    pub other_refs: BTreeMap<String, BTreeSet<String>>,
    /// What was tested or tagged and leads to no id that is known.
    pub unmapped: BTreeSet<String>,
    /// How many more there are of all these.
    pub omitted_refs: u64,
}

impl Refs {
    /// Adds an id as a table of facts has it.
    pub(super) fn known(&mut self, id: &str) {
        let id = id.to_owned();
        let into = match other_taxonomy(&id) {
            Some(taxonomy) => self.other_refs.entry(taxonomy.to_owned()).or_default(),
            None => &mut self.refs,
        };
        insert(into, id, &mut self.omitted_refs);
    }

    /// Adds what leads to no id.
    pub(super) fn unmapped(&mut self, name: &str) {
        insert(&mut self.unmapped, shown(name), &mut self.omitted_refs);
    }

    /// Adds what another part of the report names.
    pub(super) fn join(&mut self, other: Refs) {
        other.refs.into_iter().for_each(|id| insert(&mut self.refs, id, &mut self.omitted_refs));
        other.unmapped.into_iter().for_each(|name| insert(&mut self.unmapped, name, &mut self.omitted_refs));
        for (taxonomy, ids) in other.other_refs {
            let into = self.other_refs.entry(taxonomy).or_default();
            ids.into_iter().for_each(|id| insert(into, id, &mut self.omitted_refs));
        }
        self.omitted_refs += other.omitted_refs;
    }

    /// Adds an id that stands in a text of its own, such as a tag; `false` if there is none.
    pub(super) fn tag(&mut self, tag: &str) -> bool {
        let id = taxonomy::find(tag).map(|concept| concept.id.to_owned()).or_else(|| weakness(tag));
        id.is_some_and(|id| {
            insert(&mut self.refs, id, &mut self.omitted_refs);
            true
        })
    }
}

fn insert(into: &mut BTreeSet<String>, id: String, omitted: &mut u64) {
    if into.len() < limits::LISTED {
        into.insert(id);
    } else if !into.contains(&id) {
        *omitted += 1;
    }
}

/// A weakness as tools write it: `CWE-79`, `cwe:79`, `external/cwe/cwe-079`.
fn weakness(tag: &str) -> Option<String> {
    let tag = tag.strip_prefix("external/cwe/").unwrap_or(tag);
    let (name, number) = tag.split_once(['-', ':'])?;
    let of_cwe = name.eq_ignore_ascii_case("cwe") && (1..=5).contains(&number.len());
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    let number: u32 = if of_cwe && digits { number.parse().ok()? } else { return None };
    (number > 0).then(|| format!("CWE-{number}"))
}

/// The taxonomy of an id that no card can cite.
fn other_taxonomy(id: &str) -> Option<&'static str> {
    match id.as_bytes() {
        [b'E' | b'P' | b'S', number @ ..] if number.len() == 4 && number.iter().all(u8::is_ascii_digit) => Some("AVID"),
        _ if id.starts_with("MEASURE ") => Some("NIST AI RMF"),
        _ => None,
    }
}

/// Whether it is an id of a taxonomy that no card can cite.
#[cfg(test)]
pub(super) fn is_other(id: &str) -> bool {
    other_taxonomy(id).is_some()
}

/// Whether it is an id of AVID.
pub(super) fn is_avid(id: &str) -> bool {
    other_taxonomy(id) == Some("AVID")
}
