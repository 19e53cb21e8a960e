//! The rules on files: those that need no file, and how what was found in files is told.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "what a test cannot set up ends that test")]

use serde_json::json;
use smcard::{Evidence, Finding, Findings, Policy, Problem, SecurityCard, rules};

use crate::common::{REPORT, part, report_with};
use crate::{Case, field, report};

const TESTS: &str = "security_considerations.tests";

impl Case {
    fn finding(self, code: &'static str, path: &'static str) -> Self {
        Case { found: Some((code, path)), ..self }
    }

    /// What is wrong, with what is found in a file.
    pub(crate) fn measured(&self, policy: &Policy) -> Findings {
        SecurityCard::check_json_measured(&self.report, policy, None, &|_| {
            let (code, path) = self.found?;
            let rule = rules::named(code).expect("a rule of this code");
            let findings = vec![Finding::new(rule, path, 0, Problem::new("found"))];
            Some(Evidence { findings, ..Evidence::NONE })
        })
    }
}

/// A card with a file and a test that has a report.
fn whole() -> String {
    let card = report_with(
        "system.components",
        json!([{ "id": "sorter", "kind": "Model", "files": [{ "path": "a.onnx" }, { "path": "b.onnx" }] }]),
    );
    let test = part("test", json!({ "report": "reports/a.json" }));
    let mut card: serde_json::Value = serde_json::from_str(&card).expect("JSON");
    card["security_considerations"]["tests"] = json!([test]);
    card.to_string()
}

fn test(more: serde_json::Value) -> Case {
    field(TESTS, json!([part("test", more)]))
}

/// An exception at the component, by its id.
macro_rules! excepted {
    ($code:literal) => {
        concat!(
            "[[exception]]\nrule = \"",
            $code,
            "\"\npath = \"system.components[sorter]\"\nreason = \"Known.\"\napproved_by = \"The head\"\n\
             expires = \"2027-01-31\"\n"
        )
    };
}

/// A rule that only who reads files can tell of, found in a file, and let pass by an exception.
macro_rules! of_files {
    ($($code:literal),+ $(,)?) => {
        vec![$((
            $code,
            report(whole()).finding($code, "system.components[0].files[1]"),
            report(whole()).finding($code, "system.components[0].files[1]").under(excepted!($code)),
        )),+]
    };
}

/// The code of each rule, a case that breaks it, and one that just does not.
pub(crate) fn cases() -> Vec<(&'static str, Case, Case)> {
    let mut cases = of_files![
        "not-measured",
        "file-missing",
        "digest-mismatch",
        "count-mismatch",
        "fact-mismatch",
        "unsafe-file",
        "file-not-cleared",
        "unsafe-format",
        "format-forbidden",
        "report-unreadable",
        "unjudged-above-policy",
    ];
    let limit = "[evidence]\nmax_attack_success_rate = 0.05\n";
    cases.extend([
        (
            "digest-missing",
            report(whole()).under("[evidence]\ndigest = true\n"),
            test(json!({ "report": "https://parcels.example/7" })).under("[evidence]\ndigest = true\n"),
        ),
        (
            "report-missing",
            test(json!({ "report": "https://parcels.example/7" })).under("[evidence]\nreport = true\n"),
            report(whole()).under("[evidence]\nreport = true\n"),
        ),
        (
            "attack-success-above-policy",
            test(json!({ "kind": "RedTeaming", "attempts": 100, "failures": 6 })).under(limit),
            test(json!({ "kind": "RedTeaming", "attempts": 100, "failures": 5 })).under(limit),
        ),
    ]);
    cases
}

#[test]
fn an_exception_to_what_only_files_show_is_not_unused_where_nobody_has_measured() {
    let policy = Policy::from_toml(excepted!("digest-mismatch"), "smcard.toml").unwrap();
    assert!(SecurityCard::check_json(REPORT, &policy, None).is_empty());
    let measured = SecurityCard::check_json_measured(REPORT, &policy, None, &|_| Some(Evidence::NONE));
    let codes: Vec<_> = measured.iter().map(|finding| finding.rule.code).collect();
    assert_eq!(codes, ["unused-exception"]);
}

#[test]
fn what_was_found_in_a_file_is_told_where_the_card_names_it_at_the_level_of_the_policy() {
    let card = whole();
    let told = |policy: &str| {
        let policy = Policy::from_toml(policy, "smcard.toml").unwrap();
        let case = report(card.clone()).finding("digest-mismatch", "system.components[0].files[1].path");
        let found = case.measured(&policy);
        found.iter().map(|finding| (finding.level, finding.at, finding.position)).next()
    };
    let (level, at, position) = told("").unwrap();
    assert_eq!(level, smcard::Level::Error);
    assert!(card.get(at..).is_some_and(|rest| rest.starts_with("\"b.onnx\"")) && position.is_some(), "{at}");
    assert_eq!(told("[level]\ndigest-mismatch = \"warning\"\n").unwrap().0, smcard::Level::Warning);
    assert_eq!(told("[level]\ndigest-mismatch = \"allow\"\n"), None);
}

#[test]
fn scans_and_reviews_are_not_bound_by_the_rate_of_attacks() {
    for kind in ["ModelScan", "VulnerabilityScan", "ManualReview"] {
        let case = test(json!({ "kind": kind, "attempts": 2, "failures": 2 }));
        assert_eq!(case.under("[evidence]\nmax_attack_success_rate = 0\n").codes(), [""; 0], "{kind}");
    }
    let all = test(json!({ "kind": "RedTeaming", "attempts": 0, "failures": 0 }));
    assert_eq!(all.under("[evidence]\nmax_attack_success_rate = 0\n").codes(), [""; 0]);
}

#[test]
fn every_file_is_pinned_where_the_policy_asks_for_it() {
    let digest = "0".repeat(64);
    let policy = Policy::from_toml("[files]\ndigest = true\n", "smcard.toml").unwrap();
    let files = json!([{ "path": "a.onnx", "sha256": digest }, { "path": "b.onnx" }]);
    let card = report_with("system.components", json!([{ "id": "sorter", "kind": "Model", "files": files }]));
    let found = SecurityCard::check_json(&card, &policy, None);
    let told: Vec<_> = found.iter().map(|finding| (&*finding.path, finding.problem.message.as_str())).collect();
    assert_eq!(told, [("system.components[0].files[1].sha256", "`b.onnx` is not pinned by a digest")]);
    assert_eq!(found.iter().next().unwrap().problem.notes, ["required by smcard.toml:2"]);
}

#[test]
fn a_report_that_is_meant_as_a_file_of_the_package_is_one() {
    for outside in ["../reports/a.json", "/var/a.json", "reports\\a.json"] {
        assert_eq!(test(json!({ "report": outside })).codes(), ["path-outside-package"], "{outside}");
    }
    for elsewhere in ["https://parcels.example/../7", "The vault, shelf 4/7", "doi:10.1/x", "10.48550/arXiv.2401.1"] {
        assert_eq!(test(json!({ "report": elsewhere })).codes(), [""; 0], "{elsewhere}");
    }
}
