//! What is told of many findings, and how one is written out.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::report_with;
use smcard::{Finding, Findings, Level, Policy, Position, Problem, SecurityCard, rules};

/// A finding of this level at this place.
fn finding(level: Level, at: usize) -> Finding {
    let rule = rules::named("placeholder").expect("a rule");
    let mut finding = Finding::new(rule, "training_data", at, Problem::new("it is wrong"));
    finding.level = level;
    finding
}

/// So many errors, and so many warnings behind them, each at a place of its own.
fn many(errors: usize, warnings: usize) -> Findings {
    let errors = (0..errors).map(|at| finding(Level::Error, at));
    errors.chain((0..warnings).map(|at| finding(Level::Warning, 1_000 + at))).collect()
}

/// How many there are, how many are errors, how many are kept, and how many are not.
fn counts(findings: &Findings) -> (usize, usize, usize, usize) {
    (findings.len(), findings.errors(), findings.iter().count(), findings.omitted())
}

#[test]
fn a_hundred_errors_and_a_hundred_warnings_are_kept_and_all_are_counted() {
    assert_eq!(counts(&many(100, 100)), (200, 100, 200, 0));
    assert_eq!(counts(&many(101, 102)), (203, 101, 200, 3));
    assert_eq!(counts(&many(0, 102)), (102, 0, 100, 2));
    assert!(many(0, 0).is_empty() && !many(0, 1).is_empty());
    assert!(many(1, 0).has_errors() && !many(0, 1).has_errors());
    assert!(many(101, 0).to_string().ends_with("code: placeholder\n\nand 1 more"));
    assert!(many(100, 0).to_string().ends_with("code: placeholder"));
}

#[test]
fn what_the_policy_allows_is_no_finding() {
    let mut findings = many(1, 1);
    findings.push(finding(Level::Allow, 7));
    assert_eq!(counts(&findings), (2, 1, 2, 0));
}

#[test]
fn what_was_found_elsewhere_stands_behind_and_is_counted() {
    let mut findings = many(60, 1);
    findings.append(many(70, 130));
    assert_eq!(counts(&findings), (261, 130, 200, 61));
    let places: Vec<usize> = findings.iter().map(|finding| finding.at).collect();
    assert_eq!((places[59], places[60], places[61], places[100]), (59, 1_000, 0, 39));
    findings.append(many(2, 0));
    assert_eq!(counts(&findings), (263, 132, 200, 63));
}

#[test]
fn what_is_dropped_is_counted_no_longer() {
    let mut findings = many(103, 4);
    findings.retain(|finding| finding.at % 2 == 0);
    assert_eq!(counts(&findings), (55, 53, 52, 3));
}

#[test]
fn findings_are_put_in_the_order_of_their_places() {
    let mut findings: Findings = [3, 1, 2].into_iter().map(|at| finding(Level::Error, at)).collect();
    findings.sort();
    assert_eq!((&findings).into_iter().map(|finding| finding.at).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(findings.into_iter().map(|finding| finding.at).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn what_is_let_pass_is_kept_and_counted_like_errors() {
    let exception = "[[exception]]\nrule = \"placeholder\"\npath = \"security_considerations.references\"\n\
                     reason = \"Ticket 4\"\napproved_by = \"Security\"\nexpires = \"2099-12-31\"\n";
    let policy = Policy::from_toml(exception, "smcard.toml").expect("the policy is right");
    let of = |count: usize| {
        let report = report_with("security_considerations.references", vec!["TODO"; count]);
        SecurityCard::from_json_with(&report, &policy).expect("excepted").check(&policy)
    };
    let counts = |findings: &Findings| (findings.len(), findings.exceptions(), findings.excepted().len());
    assert_eq!(counts(&of(100)), (0, 100, 100));
    assert_eq!(counts(&of(101)), (0, 101, 100));
    let mut findings = of(60);
    findings.append(of(70));
    assert_eq!(counts(&findings), (0, 130, 100));
    assert_eq!(findings.excepted()[60].finding.path, "security_considerations.references[0]");
}

#[test]
fn a_finding_is_written_out_with_its_place() {
    let mut found = finding(Level::Error, 0);
    found.problem = Problem::new("it is\u{7} wrong").help("write\na\u{202e}\nb").note("so it is");
    let of = |file: Option<&str>, position: Option<Position>| {
        let mut found = found.clone();
        (found.file, found.position) = (file.map(str::to_owned), position);
        (found.line(), found.to_string())
    };
    let line = "it is\\u{7} wrong; help: write a\\u{202e} b; note: so it is [placeholder]";
    let whole = "it is\\u{7} wrong\nhelp: write\n      a\\u{202e}\n      b\nnote: so it is\ncode: placeholder";
    let place = Position { line: 3, column: 14 };
    for (file, position, before) in [
        (None, None, ""),
        (None, Some(place), "3:14: "),
        (Some("smcard.toml"), None, "smcard.toml: "),
        (Some("smcard.toml"), Some(place), "smcard.toml:3:14: "),
    ] {
        assert_eq!(of(file, position), (format!("{before}{line}"), format!("{before}{whole}")));
    }
    assert!(found.is_error() && !finding(Level::Warning, 0).is_error());
}
