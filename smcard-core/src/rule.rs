//! [`Rule`]: the facts of a rule. What it looks for stands in `rules/`, beside these facts.

use std::fmt;

/// One thing that a card must satisfy.
#[non_exhaustive]
pub struct Rule {
    /// The name that findings carry and a policy sets the level of, in kebab-case.
    pub code: &'static str,
    /// What the rule asks, in one sentence.
    pub summary: &'static str,
    /// Why it asks this, and what to do.
    pub explanation: &'static str,
    /// What a finding weighs, where the policy does not say otherwise.
    pub level: Level,
    /// Whether a policy may set another level. What cannot be held in a typed card, and a broken
    /// policy itself, cannot be waved through.
    pub adjustable: bool,
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported; the build goes on.
    Warning,
    /// Reported; the build fails.
    Error,
}

impl Level {
    /// The levels, as a policy file spells them.
    pub(crate) const NAMES: &'static [(&'static str, Level)] =
        &[("allow", Level::Allow), ("warning", Level::Warning), ("error", Level::Error)];

    /// The level as a policy file spells it.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, level)| *level == self).map_or("", |(name, _)| *name)
    }
}
