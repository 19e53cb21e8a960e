//! [`Exception`]: what a policy lets pass, for whom, why and until when.

use std::fmt;
use std::ops::Range;

use crate::rule::Rule;

/// A finding that somebody has approved, as `[[exception]]` in `smcard.toml` states it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Exception {
    /// The package whose cards it is for; if `None`, any package that the file applies to.
    pub package: Option<String>,
    /// The rule that it is an exception to.
    pub rule: &'static Rule,
    /// Where: a path such as `security_considerations.threats[legacy-evasion]`, and everything below
    /// it.
    pub path: String,
    /// Why it was approved.
    pub reason: String,
    /// Who approved it.
    pub approved_by: String,
    /// The last day on which it applies: `YYYY-MM-DD`.
    pub expires: String,
    /// The policy file that contains it, as messages name it.
    pub file: String,
    /// The line of that file.
    pub line: usize,
    pub(crate) span: Range<usize>,
}

/// What a message calls it: the rule and the path.
impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` at `{}`", self.rule.code, self.path)
    }
}
