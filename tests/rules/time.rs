//! The time family: what it asks on a day, and that nothing asks it where no day is given.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use smcard::{Day, Policy, SecurityCard};

use crate::common::{self, REPORT, findings, part, report_with, summary};
use crate::{Case, EXCEPTION, field, report};

const STALE: &str = "[review]\nmax_age_days = 180\n";

fn threat(changes: Value) -> String {
    report_with("security_considerations.threats", json!([part("threat", changes)]))
}

fn accepted() -> String {
    threat(json!({ "status": "Accepted", "acceptance": part("acceptance", json!({})) }))
}

fn due() -> String {
    threat(json!({ "status": "Open", "owner": "Parcel Vision Ltd", "due": "2026-08-31" }))
}

fn reviewed() -> String {
    let last = part("review", json!({ "date": "2026-04-01", "next_due": "2026-10-01" }));
    // What an older review asked for, the last one has done.
    let older = part("review", json!({ "next_due": "2026-03-31" }));
    report_with("security_considerations.reviews", json!([last, older]))
}

pub(crate) fn cases() -> Vec<(&'static str, Case, Case)> {
    vec![
        ("date-in-future", report(REPORT).on("2026-03-12"), report(REPORT).on("2026-03-13")),
        ("acceptance-expired", report(accepted()).on("2027-02-01"), report(accepted()).on("2027-01-31")),
        ("threat-overdue", report(due()).on("2026-09-01"), report(due()).on("2026-08-31")),
        ("review-overdue", report(reviewed()).on("2026-10-02"), report(reviewed()).on("2026-10-01")),
        (
            "card-stale",
            report(REPORT).under(STALE).on("2026-09-11"), // 181 days after 14 March
            report(REPORT).under(STALE).on("2026-09-10"),
        ),
        (
            "exception-expired",
            report(REPORT).under(EXCEPTION).on("2027-02-01"),
            field("training_data", "TODO").under(EXCEPTION).on("2027-01-31"),
        ),
    ]
}

fn on(report: &str, policy: &str, today: &str) -> Vec<(&'static str, String)> {
    let found = SecurityCard::check_json(report, &common::policy(policy), Day::parse(today));
    found.iter().map(|finding| (finding.rule.code, finding.path.clone())).collect()
}

#[test]
fn no_rule_of_time_speaks_where_no_day_is_given() {
    for (code, breaks, _) in cases().into_iter().filter(|(code, ..)| *code != "exception-expired") {
        let policy = common::policy(breaks.policy);
        assert_eq!(summary(&findings(&breaks.report, &policy)), [], "{code}");
        assert!(SecurityCard::check_json(&breaks.report, &policy, None).is_empty(), "{code}");
    }
}

#[test]
fn a_day_counts_in_whatever_way_a_card_is_checked() {
    let card = SecurityCard::from_json(REPORT).unwrap();
    let policy = common::policy(STALE);
    let late = Day::parse("2026-09-11").unwrap();
    assert_eq!(summary(&card.check_on(&policy, late)), [("card-stale", "model_details.date")]);
    assert_eq!(summary(&card.check(&policy)), []);
    for (today, expected) in [(Some(late), &[("card-stale", "model_details.date")][..]), (None, &[])] {
        assert_eq!(summary(&SecurityCard::check_tree(&card.tree(), &policy, today)), expected);
    }
}

#[test]
fn nobody_is_asked_for_a_model_that_is_retired() {
    for (report, policy) in [(accepted(), ""), (due(), ""), (reviewed(), ""), (REPORT.to_owned(), STALE)] {
        let mut retired: Value = serde_json::from_str(&report).unwrap();
        assert!(!on(&report, policy, "2030-01-01").is_empty());
        retired["model_details"]["stage"] = json!("Retired");
        assert_eq!(on(&retired.to_string(), policy, "2030-01-01"), [], "{policy}");
    }
}

#[test]
fn an_acceptance_that_had_ended_before_the_card_is_told_once() {
    // The good card is of 14 March.
    let until = |expires: &str| {
        let acceptance = part("acceptance", json!({ "expires": expires }));
        let report = threat(json!({ "status": "Accepted", "acceptance": acceptance }));
        on(&report, "", "2027-01-01").into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    assert_eq!(until("2026-03-13"), ["acceptance-before-card"]);
    assert_eq!(until("2026-03-14"), ["acceptance-expired"]);
}

#[test]
fn a_review_makes_a_card_young_again() {
    let reviews = json!([part("review", json!({ "date": "2026-09-01" }))]);
    let reviewed = report_with("security_considerations.reviews", reviews);
    assert_eq!(on(&reviewed, STALE, "2026-09-11"), []);
    assert_eq!(on(&reviewed, STALE, "2027-03-01"), [("card-stale", "model_details.date".to_owned())]);
}

#[test]
fn a_month_counts_from_its_last_day_and_is_in_the_future_before_its_first() {
    let of_month = report_with("model_details.date", "2026-03");
    assert_eq!(on(&of_month, STALE, "2026-09-27"), [], "180 days after 31 March");
    assert_eq!(on(&of_month, STALE, "2026-09-28"), [("card-stale", "model_details.date".to_owned())]);
    assert_eq!(on(&of_month, "", "2026-03-01"), []);
    assert_eq!(on(&of_month, "", "2026-02-28"), [("date-in-future", "model_details.date".to_owned())]);
}

#[test]
fn an_exception_that_has_ended_lets_nothing_pass() {
    let report = report_with("training_data", "TODO");
    assert_eq!(
        on(&report, EXCEPTION, "2027-02-01"),
        [("placeholder", "training_data".to_owned()), ("exception-expired", String::new())]
    );
    let found = SecurityCard::check_json(&report, &common::policy(EXCEPTION), Day::parse("2027-02-01"));
    let told = found.iter().find(|finding| finding.rule.code == "exception-expired").unwrap();
    let words = "the exception to `placeholder` at `training_data` ended on 2027-01-31";
    assert_eq!(told.problem.message, words);
}

#[test]
fn the_last_day_of_a_review_of_the_future_is_not_in_the_future() {
    let reviews = json!([part("review", json!({ "date": "2026-05-01", "next_due": "2030-01-01" }))]);
    let report = report_with("security_considerations.reviews", reviews);
    assert_eq!(on(&report, "", "2026-05-01"), []);
    let path = "security_considerations.reviews[0].date".to_owned();
    assert_eq!(on(&report, "", "2026-04-01"), [("date-in-future", path)]);
}

#[test]
fn a_warning_of_a_good_report_has_its_place_in_the_text() {
    let report = report_with("model_details.license", "GPL-2.0");
    let found = SecurityCard::check_json(&report, &Policy::default(), None);
    let places: Vec<_> = found.iter().map(|finding| (finding.rule.code, finding.position, finding.at)).collect();
    let at = report.find("\"GPL-2.0\"").unwrap();
    let (line, column) = common::place_of("\"GPL-2.0\"", &report);
    assert_eq!(places, [("deprecated-license", Some(smcard::Position { line, column }), at)]);
    assert!(!found.has_errors());
}

#[test]
fn what_is_wrong_with_a_policy_keeps_its_place_there() {
    let policy = common::policy(&format!("\n\n{EXCEPTION}"));
    let report = report_with("factors.relevant_factors", " ");
    let found = SecurityCard::check_json(&report, &policy, None);
    let unused = found.iter().find(|finding| finding.rule.code == "unused-exception").unwrap();
    assert_eq!(unused.position, Some(smcard::Position { line: 3, column: 1 }));
    assert_eq!(unused.file.as_deref(), Some("smcard.toml"));
}
