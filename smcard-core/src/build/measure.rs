//! What the hook measures before it checks: the files that the cards name.

use std::path::Path;

use crate::evidence::{self, Evidence};
use crate::excerpt::shown;
use crate::finding::Problem;
use crate::policy::Policy;
use crate::rules::measured::not_measured;
use crate::tree::Node;

/// Measures the files that cards name. `smcard-evidence` has one, and `smcard` hands it to the hook with the feature
/// `evidence`.
pub trait Measurer {
    /// Measures the files that each card of a package names (see [`Named`](crate::Named)), which lie in its folder;
    /// `None` if it measures nothing.
    fn measure(&self, cards: &[Node<'_>], package: &Path, policy: &Policy) -> Option<Vec<Evidence>>;
}

/// The [`Measurer`] that measures nothing: what a card says of files is a claim.
#[derive(Debug, Clone, Copy, Default)]
pub struct NothingMeasured;

impl Measurer for NothingMeasured {
    fn measure(&self, _: &[Node<'_>], _: &Path, _: &Policy) -> Option<Vec<Evidence>> {
        None
    }
}

/// What was measured of each card; of those that name no file, nothing.
pub(super) fn measure(
    cards: &[Node<'_>],
    measurer: &dyn Measurer,
    package: &Path,
    policy: &Policy,
) -> Vec<Option<Evidence>> {
    let (mut all, mut named) = (Vec::new(), false);
    for card in cards {
        let evidence = unmeasured(card, policy);
        named |= evidence.is_some();
        // Where nothing is named, nothing is left to be found: an exception to it is needed by nobody.
        all.push(Some(evidence.unwrap_or(Evidence::NONE)));
    }
    let Some(measured) = named.then(|| measurer.measure(cards, package, policy)).flatten() else { return all };
    all.clear();
    for evidence in measured {
        all.push(Some(evidence));
    }
    all.resize(cards.len(), None);
    all
}

/// What is said of a card whose files nobody measures, if it names any.
fn unmeasured(card: &Node<'_>, policy: &Policy) -> Option<Evidence> {
    let (mut first, mut more) = (None, 0);
    evidence::each(card, &mut |spot| match first {
        None => first = Some((spot.at(), spot.path)),
        Some(_) => more += 1,
    });
    let (at, path) = first?;
    let more = match more {
        0 => String::new(),
        1 => " and 1 more file".to_owned(),
        more => format!(" and {more} more files"),
    };
    let problem =
        Problem::new(format!("the card names `{}`{more}, which nothing measures", shown(path))).help(format!(
            "add the feature under [build-dependencies]: smcard = {{ version = \"{}\", features = [\"evidence\"] }}",
            env!("CARGO_PKG_VERSION")
        ));
    Some(Evidence { findings: vec![not_measured(&at, problem, policy)], ..Evidence::NONE })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::SecurityCard;
    use crate::rule::Level;

    fn told(report: &str, policy: &str) -> Vec<(Level, String)> {
        let card = SecurityCard::from_json_with(report, &Policy::default());
        let card = match card {
            Ok(card) => card,
            Err(findings) => panic!("{findings}"),
        };
        let policy = Policy::from_toml(policy, "smcard.toml").unwrap();
        let all = measure(&[card.tree()], &NothingMeasured, Path::new("/"), &policy);
        let findings = card.check_measured(&policy, all[0].as_ref());
        findings.iter().map(|finding| (finding.level, finding.line())).collect()
    }

    fn report(more: &str) -> String {
        include_str!("../../../tests/common/report.json").trim_end().strip_suffix('}').unwrap().to_owned() + more + "}"
    }

    #[test]
    fn a_card_without_files_is_told_nothing() {
        assert_eq!(told(&report(""), "[files]\nforbid = [\"pickle\"]\n"), []);
    }

    #[test]
    fn what_is_not_measured_is_a_warning_unless_the_policy_asks_for_it() {
        let report = report(
            ",\"system\": {\"components\": [{\"id\": \"m\", \"kind\": \"Library\", \"files\": [{\"path\": \"a.onnx\"}, \
             {\"path\": \"b.onnx\"}]}]}",
        );
        let line = format!(
            "the card names `a.onnx` and 1 more file, which nothing measures; help: add the feature under \
             [build-dependencies]: smcard = {{ version = \"{}\", features = [\"evidence\"] }}",
            env!("CARGO_PKG_VERSION")
        );
        assert_eq!(told(&report, ""), [(Level::Warning, format!("{line} [not-measured]"))]);
        assert_eq!(told(&report, "[level]\nnot-measured = \"allow\"\n"), []);
        let asked = "; note: smcard.toml:2 asks for what only a measured file can show [not-measured]";
        assert_eq!(
            told(&report, "[files]\nforbid = [\"pickle\"]\n[level]\nnot-measured = \"allow\"\n"),
            [(Level::Error, line + asked)]
        );
    }
}
