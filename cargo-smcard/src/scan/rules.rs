//! What model files must satisfy, as rules: so that their findings are told as those of cards are.

use std::sync::LazyLock;

use smcard_core::{Level, Rule};
use smcard_evidence::{Code, Severity};

use crate::check::format::sarif::Reported;

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let rule = |code: &Code| Rule::beside(code.name(), code.summary(), code.explanation(), level(code.severity()));
    Code::ALL.iter().map(rule).collect()
});

const DOCUMENTATION: &str = "https://docs.rs/smcard-evidence/latest/smcard_evidence/enum.Code.html";

/// All of them, for SARIF.
pub(super) static REPORTED: LazyLock<Reported> =
    LazyLock::new(|| Reported::new(RULES.iter(), DOCUMENTATION, |_| DOCUMENTATION.to_owned()));

/// The rule with this code.
pub(crate) fn named(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// What nobody can judge from the file alone is a warning; what is dangerous, or has not been cleared, an error.
pub(super) fn level(severity: Severity) -> Level {
    match severity {
        Severity::Suspicious => Level::Warning,
        Severity::Unsound | Severity::Dangerous => Level::Error,
    }
}
