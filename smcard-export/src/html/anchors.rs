//! Where in the page stands what the card calls by an id.

use std::collections::{HashMap, HashSet};

use smcard_core::{SecurityCard, Text};

/// The anchors of all that has an id.
pub(super) struct Anchors<'c> {
    by_id: HashMap<&'c str, String>,
    pub(super) threats: Vec<String>,
    pub(super) tests: Vec<String>,
    pub(super) vulnerabilities: Vec<String>,
    pub(super) components: Vec<String>,
    pub(super) flows: Vec<String>,
    pub(super) zones: Vec<String>,
}

impl<'c> Anchors<'c> {
    pub(super) fn new(card: &'c SecurityCard<'c>) -> Self {
        let (security, system) = (&card.security_considerations, &card.system);
        let mut making = Making::default();
        Anchors {
            threats: making.each("threat", security.threats.iter().map(|threat| threat.id.as_ref())),
            tests: making.each("test", security.tests.iter().map(|test| test.id.as_ref())),
            vulnerabilities: making
                .each("vulnerability", security.vulnerabilities.iter().map(|known| known.id.as_ref())),
            components: making.each("component", system.components.iter().map(|component| component.id.as_ref())),
            flows: making.each("flow", system.flows.iter().map(|flow| flow.id.as_ref())),
            zones: making.each("zone", system.zones.iter().map(|zone| zone.id.as_ref())),
            by_id: making.by_id,
        }
    }

    /// The link to what has this id.
    pub(super) fn link(&self, id: &str) -> Option<String> {
        self.by_id.get(id.trim()).map(|anchor| format!("#{anchor}"))
    }

    /// The link to what has the id that a text states.
    pub(super) fn link_to(&self, id: Option<&Text<'_>>) -> Option<String> {
        self.link(id?.stated()?)
    }
}

#[derive(Default)]
struct Making<'c> {
    by_id: HashMap<&'c str, String>,
    taken: HashSet<String>,
}

impl<'c> Making<'c> {
    /// An anchor for each: from its id where that is one and nothing else has it, from its number otherwise.
    fn each(&mut self, kind: &str, ids: impl Iterator<Item = Option<&'c Text<'c>>>) -> Vec<String> {
        let mut anchors = Vec::new();
        for (index, id) in ids.enumerate() {
            let id = id.and_then(Text::stated).unwrap_or_default().trim();
            let fits = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.');
            let mut anchor = format!("{kind}-{id}");
            if id.is_empty() || !id.chars().all(fits) || !self.taken.insert(anchor.clone()) {
                // No id holds a tilde.
                anchor = format!("{kind}~{}", index + 1);
            }
            if !id.is_empty() {
                self.by_id.entry(id).or_insert_with(|| anchor.clone());
            }
            anchors.push(anchor);
        }
        anchors
    }
}

#[cfg(test)]
mod tests {
    use smcard_core::{List, Threat};

    use super::*;

    #[test]
    fn every_anchor_stands_once_whatever_the_ids_are() {
        let ids = ["a", "a", "two words", "", "~2", "a"];
        let threats: Vec<_> = ids.iter().map(|id| Threat { id: Some(Text::new(id)), ..Threat::EMPTY }).collect();
        let mut card = SecurityCard::EMPTY;
        card.security_considerations.threats = List::Borrowed(&threats);
        let anchors = Anchors::new(&card);
        assert_eq!(anchors.threats, ["threat-a", "threat~2", "threat~3", "threat~4", "threat~5", "threat~6"]);
        assert_eq!(anchors.link("a").as_deref(), Some("#threat-a"));
        assert_eq!(anchors.link(" two words").as_deref(), Some("#threat~3"));
        assert_eq!(anchors.link(""), None);
    }
}
