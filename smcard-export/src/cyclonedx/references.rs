//! References to taxonomies: weaknesses, and patterns of attacks.

use std::collections::HashSet;

use smcard_core::Text;
use smcard_core::taxonomy::Reference;
use smcard_core::tree::Node;

use super::refs;
use crate::document::{Object, list, number, text};

/// How the format has a reference.
enum Sort {
    /// A weakness of CWE, by its number.
    Cwe(u32),
    /// A risk of a list of OWASP, which is a weakness by name.
    Named(String),
    /// A technique or an attack.
    Pattern,
}

fn sort(reference: &str) -> Sort {
    if let Some(number) = cwe(reference) {
        return Sort::Cwe(number);
    }
    match Reference::new(reference).concept() {
        Some(concept) if concept.taxonomy.label.starts_with("OWASP") => {
            Sort::Named(format!("{} {}", concept.id, concept.name))
        }
        _ => Sort::Pattern,
    }
}

/// The weaknesses among references, each once, as 2.0 has them.
pub(super) fn weaknesses<'c>(refs: &[Text<'_>]) -> Option<Node<'c>> {
    let mut seen = HashSet::new();
    let each = refs.iter().filter_map(Text::stated).filter_map(|reference| {
        let (key, weakness) = match sort(reference) {
            Sort::Cwe(cwe) => (cwe.to_string(), Object::new().with("cweId", number(cwe))),
            Sort::Named(name) => (name.clone(), Object::new().with("name", text(name))),
            Sort::Pattern => return None,
        };
        seen.insert(key).then(|| weakness.node())
    });
    list(each)
}

/// A technique or an attack that threats refer to.
pub(super) struct Pattern<'c> {
    pub(super) id: &'c str,
    name: &'c str,
}

/// The patterns among references, each once.
pub(super) fn patterns<'c>(refs: &'c [Text<'_>]) -> Vec<Pattern<'c>> {
    let mut seen = HashSet::new();
    let each = refs.iter().filter_map(Text::stated).filter(|reference| matches!(sort(reference), Sort::Pattern));
    let each = each.map(|reference| {
        let reference = Reference::new(reference);
        let named = if reference.name.is_empty() { reference.id } else { reference.name };
        match reference.concept() {
            Some(concept) => Pattern { id: concept.id, name: concept.name },
            // One of the policy, which knows more than the tables.
            None => Pattern { id: reference.id, name: named },
        }
    });
    each.filter(|pattern| seen.insert(pattern.id)).collect()
}

impl<'c> Pattern<'c> {
    pub(super) fn own(&self) -> String {
        refs::of("reference", self.id)
    }

    pub(super) fn node(&self) -> Node<'c> {
        let technique = Object::new().with("id", text(self.id)).with("name", text(self.name)).node();
        Object::new()
            .with("bom-ref", text(self.own()))
            .with("name", text(self.name))
            .with("techniques", list([technique]))
            .node()
    }
}

/// The numbers of the CWE entries among references, each once.
pub(super) fn numbers<'c>(refs: &[Text<'_>]) -> Option<Node<'c>> {
    let mut seen = HashSet::new();
    let each = refs.iter().filter_map(Text::stated).filter_map(cwe).filter(|number| seen.insert(*number));
    list(each.map(number))
}

/// The number of a CWE entry.
pub(crate) fn cwe(reference: &str) -> Option<u32> {
    let digits = Reference::new(reference).id.strip_prefix("CWE-")?;
    digits.parse().ok().filter(|number| *number > 0)
}
