//! The files that a card names, measured where they lie.

use std::collections::HashMap;
use std::path::Path;

use smcard_core::rules::measured::{DIGEST_MISMATCH, FILE_MISSING, not_measured};
use smcard_core::source::visible;
use smcard_core::tree::Node;
use smcard_core::{Evidence, ExtensionValue, Finding, Named, Policy, Problem, fact};

/// Where the files of a card lie.
#[derive(Clone, Copy)]
pub(crate) enum Files<'p> {
    /// In the folder of its package.
    Package(&'p Path),
    /// Beside the card; those of a report that a build wrote lie where it was built.
    Beside(&'p Path),
    /// Nobody looks: whoever asks wants the card, and not its files.
    Unread,
}

/// What was measured, if anybody looks.
pub(crate) fn measure(card: &Node<'_>, files: Files<'_>, policy: &Policy) -> Option<Evidence> {
    let (folder, beside) = match files {
        Files::Package(folder) => (folder, false),
        Files::Beside(folder) => (folder, true),
        Files::Unread => return None,
    };
    let named = Named::of(card);
    if named.is_empty() {
        return Some(Evidence::NONE);
    }
    let count = named.files.len() + named.reports.len();
    let mut evidence = smcard_evidence::measure_cards(&[named], folder, policy).pop()?;
    let is_missing = |finding: &Finding| finding.rule.code == FILE_MISSING.code;
    let missing = evidence.findings.iter().filter(|finding| is_missing(finding)).count();
    if beside && missing == count && card.get("measured").is_some() {
        let first = evidence.findings.iter().find(|finding| is_missing(finding)).map(|first| elsewhere(first, policy));
        evidence.findings.retain(|finding| !is_missing(finding));
        evidence.findings.extend(first);
    }
    changed_since(card, &mut evidence);
    Some(evidence)
}

/// Tells of files that are no longer what a report says was measured of them. A build by cargo notices every change, but
/// for a file that is older than the one that it takes the place of.
fn changed_since(card: &Node<'_>, evidence: &mut Evidence) {
    let Some(before) = card.get("measured") else { return };
    for list in [fact::FILES, fact::REPORTS] {
        let Some(ExtensionValue::List(now)) = evidence.facts.get(list) else { continue };
        let now: HashMap<&str, &str> =
            now.iter().filter_map(|facts| Some((text(facts, fact::PATH)?, text(facts, fact::SHA256)?))).collect();
        let before = before.get(list).map(Node::items).unwrap_or_default();
        for (index, facts) in before.iter().enumerate() {
            let stated = |key: &str| facts.get(key).and_then(Node::stated);
            let (Some(path), Some(expected)) = (stated(fact::PATH), stated(fact::SHA256)) else { continue };
            let Some(found) = now.get(path).filter(|found| !found.eq_ignore_ascii_case(expected)) else { continue };
            let problem = Problem::new(format!(
                "`{}` has changed since it was measured: expected SHA-256 {}, found {found}",
                visible(path),
                visible(expected)
            ));
            let problem = problem.help("build the package again, or remove `measured`, which the build writes");
            evidence.findings.push(Finding::new(
                DIGEST_MISMATCH,
                &format!("measured.{list}[{index}].{}", fact::SHA256),
                0,
                problem,
            ));
        }
    }
}

fn text<'f>(facts: &'f ExtensionValue<'_>, key: &str) -> Option<&'f str> {
    let ExtensionValue::Block(facts) = facts else { return None };
    match &facts.iter().find(|fact| fact.key == key)?.value {
        ExtensionValue::Text(text) => text.stated(),
        _ => None,
    }
}

/// What is said of a report none of whose files are here: where it was written, they were measured.
fn elsewhere(first: &Finding, policy: &Policy) -> Finding {
    let problem =
        Problem::new("none of the files that the report names are here, so `measured` was compared with nothing")
            .help("check the package itself, with `cargo smcard check`, or put the report into its folder");
    not_measured(&first.path, problem, policy)
}
