//! A file that was looked at: what was measured, and its findings as those of a card are told.

use std::path::Path;

use smcard_core::source::visible;
use smcard_core::{Level, Problem};
use smcard_evidence::{Finding, Looked, Measured, Severity};

use super::rules;
use crate::told::{Checked, Told};

/// What was seen of a file.
pub(super) struct Seen {
    /// If it was asked for.
    pub(super) sha256: Option<String>,
    pub(super) looked: Looked,
}

impl From<Measured> for Seen {
    fn from(measured: Measured) -> Self {
        Seen { sha256: Some(measured.sha256.clone()), looked: measured.into() }
    }
}

impl From<Looked> for Seen {
    fn from(looked: Looked) -> Self {
        Seen { sha256: None, looked }
    }
}

/// A file that was looked at.
pub(super) struct Scanned {
    /// Nothing, for a link that is not followed.
    pub(super) seen: Option<Seen>,
    pub(super) checked: Checked,
    /// How serious each finding that is told is.
    pub(super) severities: Vec<Severity>,
}

impl Scanned {
    pub(super) fn new(file: &Path, seen: Seen) -> Self {
        let mut checked = checked(file, &seen.looked.findings);
        let omitted = seen.looked.omitted;
        let counted = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        checked.errors = checked.errors.saturating_add(counted(omitted.dangerous.saturating_add(omitted.unsound)));
        checked.warnings = checked.warnings.saturating_add(counted(omitted.suspicious));
        let severities = seen.looked.findings.iter().map(|finding| finding.severity).collect();
        Scanned { seen: Some(seen), checked, severities }
    }

    pub(super) fn unmeasured(file: &Path, finding: Finding) -> Self {
        let severities = vec![finding.severity];
        Scanned { seen: None, checked: checked(file, &[finding]), severities }
    }
}

fn checked(file: &Path, findings: &[Finding]) -> Checked {
    let file = visible(&file.display().to_string());
    let told: Vec<Told> = findings.iter().filter_map(|finding| told(&file, finding)).collect();
    let errors = told.iter().filter(|told| told.level == Level::Error).count();
    Checked { file, errors, warnings: told.len() - errors, told, ..Checked::default() }
}

fn told(file: &str, finding: &Finding) -> Option<Told> {
    let rule = rules::named(finding.code.name())?;
    let mut path = finding.place.members.join(" > ");
    if let Some(offset) = finding.place.offset {
        path += &format!("{}byte {offset}", if path.is_empty() { "" } else { ", " });
    }
    Some(Told {
        rule,
        level: rules::level(finding.severity),
        path: visible(&path),
        file: file.to_owned(),
        position: None,
        end_column: None,
        line: None,
        problem: Problem::new(visible(&finding.message)).help(rule.explanation),
    })
}
