//! A good report with its good parts, reports that differ from it in one place, and what the rules say of them.
//!
//! A field that becomes required is added to `report.json` or `parts.json`.

#![allow(dead_code, reason = "each test crate uses its own part of this")]
#![allow(clippy::expect_used, reason = "a test fails by panicking, and these functions are called by tests alone")]

use serde_json::{Map, Value};
use smcard::{Finding, Findings, Policy, SecurityCard};

/// A good report, as `to_json` writes it.
pub(crate) const REPORT: &str = include_str!("report.json");

/// The good report with this value at a path such as `model_details.date`; what stood there is gone.
pub(crate) fn report_with(path: &str, value: impl Into<Value>) -> String {
    changed(path, |block, name| drop(block.insert(name.to_owned(), value.into())))
}

/// The good report without what stands at this path.
pub(crate) fn report_without(path: &str) -> String {
    changed(path, |block, name| drop(block.remove(name).expect("the good report has this field")))
}

fn changed(path: &str, change: impl FnOnce(&mut Map<String, Value>, &str)) -> String {
    let mut report: Value = serde_json::from_str(REPORT).expect("the good report is JSON");
    let mut names: Vec<&str> = path.split('.').collect();
    let last = names.pop().expect("a split gives one part at least");
    let mut block = report.as_object_mut().expect("a report is an object");
    for name in names {
        let inner = block.entry(name).or_insert_with(|| Value::Object(Map::new()));
        block = inner.as_object_mut().expect("what stands around a field is an object");
    }
    change(block, last);
    format!("{report:#}")
}

/// A good threat, acceptance, test, measure or review but for these changes; `null` takes a field away.
pub(crate) fn part(name: &str, changes: Value) -> Value {
    let mut parts: Value = serde_json::from_str(include_str!("parts.json")).expect("the good parts are JSON");
    let mut part = parts.get_mut(name).expect("one of the good parts").take();
    if let (Some(fields), Value::Object(changes)) = (part.as_object_mut(), changes) {
        fields.extend(changes);
        fields.retain(|_, value| !value.is_null());
    }
    part
}

/// A policy that is right.
pub(crate) fn policy(text: &str) -> Policy {
    Policy::from_toml(text, "smcard.toml").expect("the policy is right")
}

/// What the rules say of a report: on reading it, or of the card that was read.
pub(crate) fn findings(report: &str, policy: &Policy) -> Findings {
    SecurityCard::from_json_with(report, policy).map_or_else(|findings| findings, |card| card.check(policy))
}

/// Each finding as its code and its path.
pub(crate) fn summary(findings: &Findings) -> Vec<(&'static str, &str)> {
    findings.iter().map(|finding| (finding.rule.code, finding.path.as_str())).collect()
}

/// What is wrong with a report, if it is one thing.
pub(crate) fn only_finding(report: &str) -> Finding {
    let mut findings =
        SecurityCard::from_json(report).expect_err("the report is wrong").into_iter().collect::<Vec<_>>();
    let first = findings.pop().expect("what is wrong has a finding");
    assert!(findings.is_empty(), "more than one finding: {findings:?}");
    first
}

/// Where a part of a text begins: line and column, both counted from 1.
pub(crate) fn place_of(part: &str, text: &str) -> (usize, usize) {
    let (before, _) = text.split_once(part).expect("the text holds this part");
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}
