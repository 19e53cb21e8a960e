//! What is told of findings: a line each, errors first, and not without end.

use crate::build::directive::Directive;
use crate::card::SecurityCard;
use crate::finding::{Finding, Findings, Position};
use crate::secret;

/// The findings of a card with their place in its source: of a value that the macro could not know
/// its own, of any other the card's.
pub(super) fn located(card: &SecurityCard<'_>, mut findings: Findings) -> Findings {
    // What stands in another file, such as the policy, has its place there.
    for finding in findings.iter_mut().filter(|finding| finding.file.is_none()) {
        let Some(place) = card.places.of(&finding.path).or_else(|| card.places.of("")) else { continue };
        finding.file = Some(file_name(place.file()));
        finding.position = Some(Position { line: place.line() as usize, column: place.column() as usize });
    }
    findings
}

/// What messages call a file of the card's source. Its path is cargo's, and may hold anything.
fn file_name(path: &str) -> String {
    secret::mask(path).into_owned()
}

/// The lines for these findings, each with what they are about before it.
///
/// Errors come first: what is cut off must never be the only error, or the build would pass.
pub(super) fn told(label: Option<&str>, findings: &Findings) -> impl Iterator<Item = Directive> {
    let label = label.map(|label| format!("{label}: ")).unwrap_or_default();
    let errors = findings.iter().filter(|finding| finding.is_error());
    let others = findings.iter().filter(|finding| !finding.is_error());
    let more = match findings.len().saturating_sub(Findings::SHOWN) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_the_path_of_the_card_is_not_shown() {
        let token = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"].concat();
        assert_eq!(file_name(&format!("src/{token}/card.rs")), "src/ghp_…/card.rs");
    }
}
