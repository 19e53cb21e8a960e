//! What the build measured of the files that a card names, file by file: facts, where the card itself claims.

use std::collections::HashMap;

use smcard_core::{Extension, ExtensionValue, SecurityCard, fact};

/// What was measured, by the paths of the files.
#[derive(Default)]
pub(crate) struct Measured<'c> {
    files: HashMap<&'c str, Facts<'c>>,
    reports: HashMap<&'c str, Facts<'c>>,
}

/// What was measured of a file.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'c>(&'c [Extension<'c>]);

impl<'c> Measured<'c> {
    pub(crate) fn of(card: &'c SecurityCard<'_>) -> Self {
        Measured { files: facts(card, fact::FILES), reports: facts(card, fact::REPORTS) }
    }

    /// Of a file of a component.
    pub(crate) fn file(&self, path: &str) -> Option<Facts<'c>> {
        self.files.get(path.trim()).copied()
    }

    /// Of a report of a test.
    pub(crate) fn report(&self, path: &str) -> Option<Facts<'c>> {
        self.reports.get(path.trim()).copied()
    }

    /// How many files and reports were measured.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.files.len(), self.reports.len())
    }

    /// The digest of a file of a component: the one that the card pins, or else the one that was measured.
    pub(crate) fn digest(&self, path: &str, pinned: Option<&str>) -> Option<String> {
        let digest = pinned.or_else(|| self.file(path)?.sha256())?;
        Some(digest.trim().to_lowercase())
    }
}

fn facts<'c>(card: &'c SecurityCard<'_>, list: &str) -> HashMap<&'c str, Facts<'c>> {
    let mut facts = HashMap::new();
    let Some(ExtensionValue::List(all)) = card.measured.get(list) else { return facts };
    for one in all.iter() {
        let ExtensionValue::Block(one) = one else { continue };
        let one = Facts(one);
        if let Some(path) = one.text(fact::PATH) {
            facts.entry(path).or_insert(one);
        }
    }
    facts
}

impl<'c> Facts<'c> {
    fn get(&self, key: &str) -> Option<&'c ExtensionValue<'c>> {
        self.0.iter().find(|fact| fact.key == key).map(|fact| &fact.value)
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'c str> {
        match self.get(key)? {
            ExtensionValue::Text(text) => text.stated(),
            _ => None,
        }
    }

    /// A number, whole and exact.
    pub(crate) fn count(&self, key: &str) -> Option<u64> {
        match self.get(key)? {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and between 0 and 2^53")]
            ExtensionValue::Number(number) if number.fract() == 0.0 && (0.0..2f64.powi(53)).contains(number) => {
                Some(*number as u64)
            }
            _ => None,
        }
    }

    /// The digest, if it is one.
    pub(crate) fn sha256(&self) -> Option<&'c str> {
        self.text(fact::SHA256)
            .filter(|digest| digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }

    /// How many findings there are.
    pub(crate) fn findings(&self) -> u64 {
        let listed = match self.get(fact::FINDINGS) {
            Some(ExtensionValue::List(findings)) => findings.len() as u64,
            _ => 0,
        };
        listed.saturating_add(self.count(fact::MORE_FINDINGS).unwrap_or_default())
    }
}
