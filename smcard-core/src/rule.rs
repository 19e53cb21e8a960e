//! [`Rule`]: the facts of a rule. What it looks for stands in `rules/`, beside these facts.

use std::fmt;

/// One thing that a card must satisfy.
#[non_exhaustive]
pub struct Rule {
    /// The name, in kebab-case, that findings show and that a policy uses to set the level.
    pub code: &'static str,
    /// What the rule asks for, in one sentence.
    pub summary: &'static str,
    /// Why it asks for this, and what to do.
    pub explanation: &'static str,
    /// The level of a finding, unless the policy sets another one.
    pub level: Level,
    /// Whether a policy may set another level. What a typed card cannot represent, and a broken
    /// policy itself, are always errors.
    pub adjustable: bool,
}

#[cfg(feature = "command")]
impl Rule {
    /// A rule of something else than cards, such as model files, so that its findings can be told as theirs are.
    pub const fn beside(code: &'static str, summary: &'static str, explanation: &'static str, level: Level) -> Self {
        Rule { code, summary, explanation, level, adjustable: false }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported; the build continues.
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
