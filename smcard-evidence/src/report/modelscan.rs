//! The report of ModelScan: which files were looked at, and the issues that were found in them.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::json::{Loose, Object};
use super::{Draft, Outcome, shown};

#[derive(Debug, Deserialize)]
pub(super) struct Document {
    summary: Object<Summary>,
    issues: Vec<Object<Issue>>,
    errors: Vec<Object<About>>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    #[serde(default)]
    modelscan_version: Loose,
    total_issues_by_severity: BTreeMap<String, Loose>,
    #[serde(default)]
    total_issues: Loose,
    scanned: Object<Scanned>,
    #[serde(default)]
    skipped: Option<Object<Skipped>>,
}

#[derive(Debug, Deserialize)]
struct Scanned {
    #[serde(default)]
    total_scanned: Loose,
    #[serde(default)]
    scanned_files: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Skipped {
    #[serde(default)]
    total_skipped: Loose,
    #[serde(default)]
    skipped_files: Vec<Object<About>>,
}

#[derive(Debug, Deserialize)]
struct Issue {
    severity: String,
    source: String,
}

/// What an error or a file that was skipped is about.
#[derive(Debug, Deserialize)]
struct About {
    #[serde(default)]
    source: Loose,
}

const SEVERITIES: [&str; 4] = ["LOW", "MEDIUM", "HIGH", "CRITICAL"];

pub(super) fn read(document: Document, draft: &mut Draft) {
    let Document { summary: Object(summary), issues, errors } = document;
    draft.tool("ModelScan", summary.modelscan_version.text());
    let number = |length: usize| length as u64;
    draft.compare("total_issues", &summary.total_issues, number(issues.len()));
    severities(&summary, &issues, draft);
    let scanned = &summary.scanned.0;
    draft.compare("total_scanned", &scanned.total_scanned, number(scanned.scanned_files.len()));
    let skipped = summary.skipped.as_ref().map_or(&[] as &[_], |Object(skipped)| &skipped.skipped_files);
    if let Some(Object(said)) = &summary.skipped {
        draft.compare("total_skipped", &said.total_skipped, number(skipped.len()));
    }
    files(scanned, &issues, &errors, skipped, draft);
}

fn severities(summary: &Summary, issues: &[Object<Issue>], draft: &mut Draft) {
    let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
    for Object(issue) in issues {
        *counted.entry(&issue.severity).or_default() += 1;
    }
    let said = &summary.total_issues_by_severity;
    for severity in said.keys().map(String::as_str).chain(counted.keys().copied()) {
        if !SEVERITIES.contains(&severity) {
            draft.problem(format!("the severity `{}` is unknown", shown(severity)));
        }
    }
    for severity in SEVERITIES {
        let count = counted.get(severity).copied().unwrap_or_default();
        draft.compare(severity, said.get(severity).unwrap_or(&Loose::Absent), count);
        if count > 0 {
            draft.severities.insert(severity.to_lowercase(), count);
        }
    }
}

/// Counts files: several scanners may have looked at one, and found several issues in it.
fn files(
    scanned: &Scanned,
    issues: &[Object<Issue>],
    errors: &[Object<About>],
    skipped: &[Object<About>],
    draft: &mut Draft,
) {
    let mut seen = HashSet::new();
    for Object(issue) in issues {
        if seen.insert(issue.source.as_str()) {
            draft.count(Outcome::Failure, 1);
        }
    }
    for (outcome, list) in [(Outcome::Error, errors), (Outcome::Skip, skipped)] {
        if outcome == Outcome::Skip {
            scanned.scanned_files.iter().filter(|file| seen.insert(file)).for_each(|_| draft.count(Outcome::Pass, 1));
        }
        for Object(about) in list {
            // An error that is about no file is one by itself.
            if about.source.text().is_none_or(|source| seen.insert(source)) {
                draft.count(outcome, 1);
            }
        }
    }
}
