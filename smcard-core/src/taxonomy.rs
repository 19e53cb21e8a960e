//! Taxonomies of attacks on AI systems: what an id stands for.
//!
//! Facts only: ids, names, relations, versions. The table is made from the files in `taxonomies/`
//! of the repository, whose sources are in `NOTICE`; a lookup parses nothing.

use std::sync::LazyLock;

use crate::card::{AiClass, Objective};
use crate::suggest::nearest;

mod table;

/// A taxonomy in the version that smcard knows.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Taxonomy {
    /// Its name in messages.
    pub label: &'static str,
    /// Its full name.
    pub name: &'static str,
    /// The version of the facts; if there are several editions, that of the newest.
    pub version: &'static str,
    /// Whether the table contains all of it. Of CWE, it contains what is about AI.
    pub complete: bool,
}

/// An entry of a taxonomy: a technique, a mitigation, a risk, a weakness.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Concept {
    /// The id, with the edition where one is needed.
    pub id: &'static str,
    /// The official name, preceded by the parent's if it is not unique by itself.
    pub name: &'static str,
    /// What the taxonomy calls such an entry.
    pub kind: &'static str,
    /// The taxonomy.
    pub taxonomy: &'static Taxonomy,
    /// Former names, short names and other names in use.
    pub other_names: &'static [&'static str],
    /// Whether the taxonomy still contains it.
    pub standing: Standing,
    /// The ids that took its place.
    pub replaced_by: &'static [&'static str],
    /// The objectives that it has against a predictive system (NIST AI 100-2).
    pub predictive: &'static [Objective],
    /// The objectives that it has against a generative system (NIST AI 100-2).
    pub generative: &'static [Objective],
}

/// Whether a taxonomy still contains an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Current,
    /// It is in an edition that a newer one has superseded.
    Superseded,
    /// It no longer does.
    Retired,
}

/// The taxonomies that smcard knows.
pub fn all() -> &'static [Taxonomy] {
    &table::TAXONOMIES
}

/// Every entry, sorted by id.
pub fn concepts() -> &'static [Concept] {
    &table::CONCEPTS
}

/// The entry of this id.
pub fn find(id: &str) -> Option<&'static Concept> {
    let index = KEYS.binary_search(&key(id)?).ok()?;
    table::CONCEPTS.get(index)
}

/// The ids as numbers in their order: a search among these compares no strings. Made where somebody looks one up, which
/// takes less than to make it at every clean build.
static KEYS: LazyLock<Vec<u128>> = LazyLock::new(|| {
    let mut keys = Vec::with_capacity(table::CONCEPTS.len());
    for concept in &table::CONCEPTS {
        keys.extend(key(concept.id));
    }
    keys
});

/// The bytes of an id as a number, with zeros behind them, so that an id which begins another comes before it; nothing
/// for a text that is longer than any id.
fn key(id: &str) -> Option<u128> {
    let mut key = [0; 16];
    key.get_mut(..id.len())?.copy_from_slice(id.as_bytes());
    Some(u128::from_be_bytes(key))
}

/// The entries that an id without its edition may mean, the newest last: `LLM06` is three.
pub fn editions(bare: &str) -> impl Iterator<Item = &'static Concept> {
    let of = |id: &str| Some(id.strip_prefix(bare)?.as_bytes().first().copied());
    // Ids are sorted: those with a `:` behind the bare one stand together.
    let start = table::CONCEPTS.partition_point(|concept| match of(concept.id) {
        Some(next) => next < Some(b':'),
        None => concept.id < bare,
    });
    let rest = table::CONCEPTS.get(start..).unwrap_or_default();
    let count = rest.iter().take_while(|concept| of(concept.id) == Some(Some(b':'))).count();
    rest.get(..count).unwrap_or_default().iter()
}

/// The newest edition of an id that means the same thing in every edition, or has but one.
fn of_every_edition(bare: &str) -> Option<&'static Concept> {
    let newest = editions(bare).last()?;
    editions(bare).all(|edition| edition.becomes(newest)).then_some(newest)
}

/// The entries of this name, present or former, letter case aside.
pub fn named(name: &str) -> impl Iterator<Item = &'static Concept> {
    table::CONCEPTS.iter().filter(move |concept| concept.is_named(name))
}

/// The taxonomy whose ids look like this one, digits aside.
pub(crate) fn of_shape(id: &str) -> Option<&'static Taxonomy> {
    let shape = |byte: u8| if byte.is_ascii_digit() { b'#' } else { byte };
    let alike = |known: &str| known.len() == id.len() && known.bytes().map(shape).eq(id.bytes().map(shape));
    table::CONCEPTS.iter().find(|concept| alike(concept.id)).map(|concept| concept.taxonomy)
}

/// The known id that is nearest to a misspelt one.
pub(crate) fn nearest_id(id: &str) -> Option<&'static Concept> {
    nearest(id, table::CONCEPTS.iter().map(|concept| concept.id)).and_then(find)
}

impl Concept {
    /// Whether this is its name, or was, letter case aside.
    pub fn is_named(&self, name: &str) -> bool {
        same_letters(self.name, name) || self.other_names.iter().any(|known| same_letters(known, name))
    }

    /// Whether it is this entry, or this entry alone took its place in the end.
    fn becomes(&'static self, newest: &'static Concept) -> bool {
        std::ptr::eq(self, newest)
            || matches!((self.standing, self.replaced_by), (Standing::Superseded, [id])
                if find(id).is_some_and(|next| next.becomes(newest)))
    }

    /// The entries that stand for it today: itself if it is current.
    pub fn current(&'static self) -> Vec<&'static Concept> {
        if self.standing == Standing::Current {
            return vec![self];
        }
        let mut current = Vec::new();
        for successor in self.replaced_by.iter().filter_map(|id| find(id)) {
            current.append(&mut successor.current());
        }
        current
    }

    /// The objectives that it serves against a system of a class; against any where the class is
    /// not known. Only NIST AI 100-2 says so of its entries.
    pub fn objectives(&self, class: Option<AiClass>) -> impl Iterator<Item = Objective> {
        let predictive = if matches!(class, Some(AiClass::Predictive) | None) { self.predictive } else { &[] };
        let generative = if matches!(class, Some(AiClass::Predictive)) { &[] } else { self.generative };
        predictive.iter().chain(generative.iter().filter(|objective| !predictive.contains(objective))).copied()
    }
}

/// A reference to a taxonomy, as a card writes it: an id, with a name behind it or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The id.
    pub id: &'a str,
    /// The name; empty where there is none.
    pub name: &'a str,
}

impl<'a> Reference<'a> {
    /// Splits a text such as `AML.T0015 Evade AI Model` or `LLM01:2026: Prompt Injection`.
    pub fn new(text: &'a str) -> Self {
        let text = text.trim();
        let around = |char: char| char.is_whitespace() || matches!(char, '(' | ')' | ':' | '-' | '–' | '—' | '"');
        let (id, name) = match text.split_once(char::is_whitespace) {
            Some((id, name)) => (id, name.trim_matches(around)),
            None => (text, ""),
        };
        Reference { id: id.trim_end_matches([':', ',']), name }
    }

    /// Whether it refers to an entry of the tables, or may refer to one of a taxonomy of which they hold a part.
    pub(crate) fn may_exist(self) -> bool {
        self.concept().is_some() || of_shape(self.id).is_some_and(|taxonomy| !taxonomy.complete)
    }

    /// The entry that it refers to. An id without its edition refers to the newest one, unless it
    /// means different things in the editions: then it refers to none of them.
    pub fn concept(self) -> Option<&'static Concept> {
        find(self.id).or_else(|| of_every_edition(self.id))
    }

    /// The entry that a text refers to.
    pub(crate) fn in_text(text: &str) -> Option<&'static Concept> {
        // Most texts are an id and nothing else.
        find(text).or_else(|| Reference::new(text).concept())
    }
}

/// Whether two names are the same, letter case aside.
fn same_letters(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || (!(one.is_ascii() && other.is_ascii())
            && one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn referred(text: &str) -> Option<&'static str> {
        Reference::new(text).concept().map(|concept| concept.id)
    }

    #[test]
    fn an_id_needs_its_edition_only_where_it_means_different_things() {
        assert_eq!(referred("ML01"), Some("ML01:2023"));
        assert_eq!(referred("ML10 Model Poisoning"), Some("ML10:2023"));
        assert_eq!(referred("LLM01"), Some("LLM01:2026"));
        assert_eq!(referred("LLM01: Prompt Injection"), Some("LLM01:2026"));
        assert_eq!(referred("ASI01"), Some("ASI01"));
        for ambiguous in ["LLM02", "LLM03", "LLM04", "LLM05", "LLM06", "LLM07", "LLM08", "LLM09", "LLM10"] {
            assert_eq!(referred(ambiguous), None, "{ambiguous}");
        }
        for nothing in ["", ":", "LLM", "LLM0", "ML11", "ML01:2024", "AML", "ZZZ", "é"] {
            assert_eq!(referred(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn editions_are_found_as_a_search_through_all_entries_finds_them() {
        let mut bare: Vec<&str> = concepts().iter().filter_map(|concept| concept.id.split(':').next()).collect();
        bare.extend(["", "LLM", "LLM0", "ML1", "AML.T0015", "NISTAML.01", "~"]);
        for bare in bare {
            let of = |concept: &&Concept| concept.id.strip_prefix(bare).is_some_and(|rest| rest.starts_with(':'));
            let expected: Vec<&str> = concepts().iter().filter(of).map(|concept| concept.id).collect();
            let found: Vec<&str> = editions(bare).map(|concept| concept.id).collect();
            assert_eq!(found, expected, "{bare}");
        }
    }

    #[test]
    fn shapes_of_ids_are_told_apart_by_all_but_their_digits() {
        let label = |id: &str| of_shape(id).map(|taxonomy| taxonomy.label);
        assert_eq!(label("AML.T9999"), label("AML.T0015"));
        assert_eq!(label("LLM42:2031"), Some("OWASP LLM Top 10"));
        assert_eq!(label("CWE-9999"), Some("CWE"));
        for other in ["", "AML.T99", "aml.t0015", "LLM01:2026 ", "ÄML.T001"] {
            assert_eq!(label(other), None, "{other}");
        }
    }

    #[test]
    fn names_are_the_same_in_whatever_case() {
        assert!(same_letters("Évasion", "éVASION"));
        assert!(!same_letters("Evasion", "Evasion attack"));
        assert!(!same_letters("Evasion", "éVASION"));
    }
}
