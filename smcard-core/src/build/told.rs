//! What is told of findings: a line each, errors first, and not without end.

use crate::build::directive::Directive;
use crate::finding::{Finding, Findings};

/// The lines for these findings, each with what they are about before it.
///
/// Errors come first: what is cut off must never be the only error, or the build would pass.
pub(super) fn told(label: Option<&str>, findings: &Findings) -> impl Iterator<Item = Directive> {
    let label = label.map(|label| format!("{label}: ")).unwrap_or_default();
    let errors = findings.0.iter().filter(|finding| finding.is_error());
    let others = findings.0.iter().filter(|finding| !finding.is_error());
    let more = match findings.0.len().saturating_sub(Findings::SHOWN) {
        0 => None,
        1 => Some(Directive::Warning(format!("{label}and 1 more finding"))),
        more => Some(Directive::Warning(format!("{label}and {more} more findings"))),
    };
    let line = move |finding: &Finding| {
        let line = format!("{label}{}", finding.line());
        if finding.is_error() { Directive::Error(line) } else { Directive::Warning(line) }
    };
    errors.chain(others).take(Findings::SHOWN).map(line).chain(more)
}
