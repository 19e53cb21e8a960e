//! Every rule has a card that breaks it, and one beside it that just does not.

mod agreement;
#[path = "../common/mod.rs"]
mod common;
mod excerpts;
mod measured;
mod messages;
mod security;
mod system;
mod time;

use common::{REPORT, findings, report_with, report_without};
use serde_json::json;
use smcard::{Day, Level, Policy, SecurityCard, rules};

/// A report and the policy that it is checked against.
struct Case {
    report: String,
    policy: &'static str,
    /// The policy of the package itself, on top of the other.
    nearer: &'static str,
    /// The day on which it is checked, for the rules that compare with today.
    today: Option<&'static str>,
    /// What is found in a file: the rule and the path.
    found: Option<(&'static str, &'static str)>,
}

fn report(report: impl Into<String>) -> Case {
    Case { report: report.into(), policy: "", nearer: "", today: None, found: None }
}

fn field(path: &str, value: impl Into<serde_json::Value>) -> Case {
    report(report_with(path, value))
}

impl Case {
    fn under(self, policy: &'static str) -> Self {
        Case { policy, ..self }
    }

    fn and_nearer(self, nearer: &'static str) -> Self {
        Case { nearer, ..self }
    }

    fn on(self, today: &'static str) -> Self {
        Case { today: Some(today), ..self }
    }

    /// The codes of what is wrong with the policy or else the report, each once.
    fn codes(&self) -> Vec<&'static str> {
        let findings =
            match Policy::from_layers(&[("../smcard.toml", self.policy), ("smcard.toml", self.nearer)], "parcels") {
                Ok(policy) if self.found.is_some() => self.measured(&policy),
                Ok(policy) => match self.today.and_then(Day::parse) {
                    Some(today) => SecurityCard::check_json(&self.report, &policy, Some(today)),
                    None => findings(&self.report, &policy),
                },
                Err(findings) => findings,
            };
        let mut codes: Vec<_> = findings.iter().map(|finding| finding.rule.code).collect();
        codes.dedup();
        codes
    }
}

fn policy(policy: &'static str) -> Case {
    report(REPORT).under(policy)
}

const EXCEPTION: &str = "[[exception]]\nrule = \"placeholder\"\npath = \"training_data\"\nreason = \"Not counted yet.\"\n\
                         approved_by = \"The head\"\nexpires = \"2027-01-31\"\n";

/// The code of each rule, a case that breaks it, and one that just does not.
fn cases() -> Vec<(&'static str, Case, Case)> {
    let license = |license: &str| field("model_details.license", license);
    let mut cases = vec![
        ("invalid-syntax", report(REPORT.replace("\"0.7\",", "\"0.7\"")), report(REPORT)),
        (
            "card-too-large",
            field("extensions.parcels.sites", vec!["Gent"; smcard::MAX_VALUES]),
            field("extensions.parcels.sites", vec!["Gent"; smcard::MAX_VALUES / 2]),
        ),
        ("wrong-kind", field("model_details.stage", "production"), field("model_details.stage", "Production")),
        ("unknown-field", field("model_details.names", "Parcels"), field("model_details.name", "Parcels")),
        (
            "duplicate-field",
            report(REPORT.replace("\"factors\": {", "\"factors\": {\"relevant_factors\": \"Light\",")),
            report(REPORT),
        ),
        ("missing-field", report(report_without("factors.relevant_factors")), report(REPORT)),
        ("empty-value", field("training_data", " \n"), field("training_data", "0")),
        ("text-too-long", field("training_data", "x".repeat(262_145)), field("training_data", "x".repeat(262_144))),
        (
            "secret-in-card",
            field("training_data", "at AKIAthisisnotasecret"),
            field("training_data", "at AKIAthisisnosecret"),
        ),
        ("control-characters", field("training_data", "Parcels\r"), field("training_data", "Parcels\r\n\tby site")),
        ("placeholder", field("training_data", "Sites: TODO"), field("training_data", "Sites: TODO-lists")),
        ("invalid-key", field("extensions.parcels.region eu", "yes"), field("extensions.parcels.region-eu", "yes")),
        (
            "invalid-number",
            field("extensions.parcels.count", json!(9_007_199_254_740_992_i64)),
            field("extensions.parcels.count", json!(9_007_199_254_740_991_i64)),
        ),
        ("invalid-date", field("model_details.date", "2026-02-29"), field("model_details.date", "2024-02-29")),
        (
            "invalid-url",
            field("model_details.resource", "parcels.example/model"),
            field("model_details.resource", "http://parcels.example"),
        ),
        (
            "invalid-contact",
            field("model_details.contact", "models at parcels.example"),
            field("model_details.contact", "The team <models@parcels.example>"),
        ),
        ("invalid-license", license("Apache 2.0"), license("Apache License 2.0")),
        ("unknown-policy-key", policy("[requires]"), policy("[require]")),
        ("invalid-policy", policy("[require]\nfields = 1"), policy("[require]\nfields = []")),
        (
            "policy-loosened",
            policy("[license]\nallow = [\"Apache-2.0\"]").and_nearer("[optional]\nfields = [\"metrics\"]"),
            policy("[optional]\nfields = [\"metrics\"]").and_nearer("[license]\nallow = [\"Apache-2.0\"]"),
        ),
        ("unused-exception", report(REPORT).under(EXCEPTION), field("training_data", "TODO").under(EXCEPTION)),
        (
            "license-not-allowed",
            license("MIT AND Apache-2.0").under("[license]\nallow = [\"MIT\"]"),
            license("MIT OR Apache-2.0").under("[license]\nallow = [\"MIT\"]"),
        ),
        ("deprecated-license", license("GPL-2.0"), license("GPL-2.0-only")),
        (
            "day-required",
            field("model_details.date", "2026-03").under("[require]\ndays = [\"model_details\"]"),
            field("model_details.date", "2026-03-14").under("[require]\ndays = [\"model_details\"]"),
        ),
        (
            "required-by-policy",
            report(REPORT).under("[require]\nfields = [\"model_details.name\"]"),
            field("model_details.name", "Parcels").under("[require]\nfields = [\"model_details.name\"]"),
        ),
        (
            "extension-missing",
            field("extensions.parcels.site", "Gent").under("[[extension]]\npath = \"parcels.region\"\nrequired = true"),
            field("extensions.parcels.region", "EU").under("[[extension]]\npath = \"parcels.region\"\nrequired = true"),
        ),
    ];
    cases.extend(security::cases());
    cases.extend(system::cases());
    cases.extend(time::cases());
    cases.extend(measured::cases());
    cases
}

#[test]
fn each_rule_speaks_of_what_breaks_it_alone() {
    for (code, breaks, _) in cases() {
        assert_eq!(breaks.codes(), [code], "{}\n{}", breaks.policy, breaks.report);
    }
}

#[test]
fn each_rule_is_silent_about_what_just_keeps_it() {
    for (code, _, keeps) in cases() {
        assert!(keeps.codes().is_empty(), "{code}: {:?}\n{}\n{}", keeps.codes(), keeps.policy, keeps.report);
    }
}

#[test]
fn the_table_of_cases_covers_every_rule_once() {
    let mut covered: Vec<_> = cases().iter().map(|(code, ..)| *code).collect();
    let mut all: Vec<_> = rules::all().map(|rule| rule.code).collect();
    covered.sort_unstable();
    all.sort_unstable();

    assert_eq!(covered, all);
}

#[test]
fn a_rule_is_found_by_its_code_and_no_other() {
    for rule in rules::all() {
        assert!(rules::named(rule.code).is_some_and(|named| std::ptr::eq(named, rule)), "{}", rule.code);
    }
    assert!(rules::named("no-such-rule").is_none());
}

#[test]
fn each_rule_says_what_it_asks_and_why() {
    for rule in rules::all() {
        let kebab = rule.code.chars().all(|char| char.is_ascii_lowercase() || char == '-');

        assert!(kebab, "{}", rule.code);
        assert!(rule.summary.ends_with('.') && rule.explanation.ends_with('.'), "{}", rule.code);
        assert_ne!(rule.level, Level::Allow, "{}", rule.code);
    }
}
