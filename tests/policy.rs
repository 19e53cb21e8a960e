//! Each part of a policy changes what the rules say of a card.

mod common;

use common::{REPORT, findings, policy, report_with, report_without, summary};
use serde_json::json;
use smcard::{Finding, Level, Policy, Stage};

/// Asserts the codes and paths of what is wrong with a report under a policy.
#[track_caller]
fn assert_findings(report: &str, policy_text: &str, expected: &[(&str, &str)]) {
    let findings = findings(report, &policy(policy_text));

    assert_eq!(summary(&findings), expected, "{policy_text}\n{findings}");
}

/// What the policy says of a report, if it is one thing.
fn only_finding(report: &str, policy_text: &str) -> Finding {
    let mut findings: Vec<_> = findings(report, &policy(policy_text)).into_iter().collect();

    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.remove(0)
}

fn at_stage(stage: &str) -> String {
    report_with("model_details.stage", stage)
}

#[test]
fn a_card_can_be_checked_as_if_it_were_at_another_stage() {
    let asks = "[stage.production]\nrequire = [\"model_details.name\"]\n";
    let assumed = policy(asks).at_stage(Stage::Production);
    for report in [REPORT.to_owned(), at_stage("Draft")] {
        assert_eq!(summary(&findings(&report, &policy(asks))), []);
        assert_eq!(summary(&findings(&report, &assumed)), [("required-by-policy", "model_details.name")]);
    }
    assert_eq!(summary(&findings(&at_stage("Production"), &policy(asks).at_stage(Stage::Draft))), []);
}

#[test]
fn an_empty_policy_asks_for_nothing_on_top() {
    assert_findings(REPORT, "", &[]);
    assert_findings(&report_without("metrics"), "", &[("missing-field", "metrics")]);
}

#[test]
fn a_required_field_is_missing_until_the_card_gives_it() {
    let policy = "[require]\nfields = [\"model_details.name\", \"model_details.stage\"]\n";

    assert_findings(
        REPORT,
        policy,
        &[("required-by-policy", "model_details.name"), ("required-by-policy", "model_details.stage")],
    );
    assert_findings(
        &report_with("model_details.name", "Parcels"),
        policy,
        &[("required-by-policy", "model_details.stage")],
    );
}

#[test]
fn a_demand_names_the_line_of_the_policy_that_makes_it() {
    let finding = only_finding(REPORT, "\n[require]\nfields = [\n  \"model_details.name\",\n]\n");

    assert_eq!(finding.problem.message, "missing field `name` in `model_details`");
    assert!(finding.problem.notes.contains(&"required by smcard.toml:4".to_owned()), "{finding}");
}

#[test]
fn a_field_required_twice_is_missing_once() {
    let policy = "[require]\nfields = [\"model_details.name\"]\n[stage.draft]\nrequire = [\"model_details.name\"]\n";

    assert_findings(&at_stage("Draft"), policy, &[("required-by-policy", "model_details.name")]);
}

#[test]
fn a_field_that_the_schema_requires_is_missing_once_though_the_policy_requires_it_too() {
    let policy = "[require]\nfields = [\"training_data\", \"metrics\", \"factors.relevant_factors\"]\n";

    assert_findings(&report_without("training_data"), policy, &[("missing-field", "training_data")]);
    assert_findings(
        &report_without("factors.relevant_factors"),
        policy,
        &[("missing-field", "factors.relevant_factors")],
    );
    assert_findings(&report_without("factors"), policy, &[("missing-field", "factors")]);
}

#[test]
fn an_optional_field_may_be_left_out() {
    let policy = "[optional]\nfields = [\"factors.evaluation_factors\", \"metrics\"]\n";

    assert_findings(&report_without("factors.evaluation_factors"), policy, &[]);
    assert_findings(&report_without("metrics"), policy, &[]);
    assert_findings(&report_without("metrics.decision_thresholds"), policy, &[]);
    assert_findings(
        &report_without("factors.relevant_factors"),
        policy,
        &[("missing-field", "factors.relevant_factors")],
    );
}

#[test]
fn an_optional_field_that_is_given_is_checked_all_the_same() {
    let policy = "[optional]\nfields = [\"training_data\"]\n";

    assert_findings(&report_with("training_data", "TODO"), policy, &[("placeholder", "training_data")]);
}

#[test]
fn a_stage_asks_only_of_cards_that_have_reached_it() {
    let policy = "[stage.production]\nrequire = [\"model_details.name\"]\n";

    assert_findings(&at_stage("Production"), policy, &[("required-by-policy", "model_details.name")]);
    assert_findings(&at_stage("Review"), policy, &[]);
    assert_findings(REPORT, policy, &[]);
}

#[test]
fn a_stage_relaxes_only_cards_that_are_at_it() {
    let policy = "[stage.draft]\noptional = [\"model_details.citation\"]\n";
    let without = |stage: &str| at_stage(stage).replace("\"citation\": \"Parcel Vision Ltd (2026)\",", "");

    assert_findings(&without("Draft"), policy, &[]);
    assert_findings(&without("Retired"), policy, &[("missing-field", "model_details.citation")]);
    assert_findings(&report_without("model_details.citation"), policy, &[("missing-field", "model_details.citation")]);
}

#[test]
fn what_a_stage_makes_optional_counts_more_than_what_is_required_of_all() {
    let policy = "[require]\nfields = [\"model_details.name\"]\n[stage.draft]\noptional = [\"model_details\"]\n";

    assert_findings(&at_stage("Draft"), policy, &[]);
    assert_findings(&at_stage("Review"), policy, &[("required-by-policy", "model_details.name")]);
}

#[test]
fn what_a_stage_requires_counts_more_than_what_is_optional_for_all() {
    let policy = "[optional]\nfields = [\"metrics\"]\n[stage.production]\nrequire = [\"metrics\"]\n";
    let without = |stage: &str| {
        let report: serde_json::Value = serde_json::from_str(&at_stage(stage)).unwrap();
        let mut report = report.as_object().unwrap().clone();
        report.remove("metrics");
        json!(report).to_string()
    };

    assert_findings(&without("Production"), policy, &[("required-by-policy", "metrics")]);
    assert_findings(&without("Draft"), policy, &[]);
}

#[test]
fn what_is_required_counts_more_than_what_is_optional_in_the_same_place() {
    let everywhere = "[require]\nfields = [\"training_data\"]\n[optional]\nfields = [\"training_data\"]\n";
    let draft = "[stage.draft]\nrequire = [\"model_details.name\"]\noptional = [\"model_details.name\"]\n";

    assert_findings(&report_without("training_data"), everywhere, &[("required-by-policy", "training_data")]);
    assert_findings(&at_stage("Draft"), draft, &[("required-by-policy", "model_details.name")]);
}

#[test]
fn a_licence_passes_when_the_allowed_ones_satisfy_it() {
    let policy =
        "[license]\nallow = [\"MIT\", \"GPL-2.0-only WITH Classpath-exception-2.0\", \"LicenseRef-parcels\"]\n";
    let refused = [("license-not-allowed", "model_details.license")];
    for (license, expected) in [
        ("MIT", &[][..]),
        ("MIT License", &[]),
        ("LicenseRef-parcels", &[]),
        ("MIT OR AGPL-3.0-only", &[]),
        ("MIT AND LicenseRef-parcels", &[]),
        ("GPL-2.0-only WITH Classpath-exception-2.0", &[]),
        ("Apache-2.0", &refused),
        ("GPL-2.0-only", &refused),
        ("MIT AND AGPL-3.0-only", &refused),
        ("Withheld: under negotiation", &refused),
    ] {
        assert_findings(&report_with("model_details.license", license), policy, expected);
    }
}

#[test]
fn a_refused_licence_is_told_which_ones_pass_and_who_says_so() {
    let report = report_with("model_details.license", "MIT AND Apache-2.0");
    let finding = only_finding(&report, "[license]\nallow = [\"MIT\", \"BSD-3-Clause\"]\n");

    assert_eq!(finding.problem.message, "`license` in `model_details` is not allowed: `Apache-2.0`");
    assert_eq!(finding.problem.help, ["the policy allows `MIT` and `BSD-3-Clause`"]);
    assert_eq!(finding.problem.notes, ["required by smcard.toml:2"]);
}

#[test]
fn a_required_extension_is_missing_until_the_card_gives_it() {
    let policy = "[[extension]]\npath = \"parcels.data.region\"\nrequired = true\ndoc = \"Where the data lies.\"\n";
    let finding = only_finding(REPORT, policy);

    assert_eq!(finding.path, "extensions.parcels.data.region");
    assert_eq!(finding.problem.help, ["add `extensions: { parcels: { data: { region: \"…\" } } }`"]);
    assert_eq!(finding.problem.notes, ["Where the data lies.", "required by smcard.toml:2"]);
    assert_findings(&report_with("extensions.parcels.data.region", "EU"), policy, &[]);
}

#[test]
fn an_extension_that_is_not_required_may_be_left_out() {
    assert_findings(REPORT, "[[extension]]\npath = \"parcels.region\"\n", &[]);
}

#[test]
fn a_level_turns_an_error_into_a_warning_and_back() {
    let todo = report_with("training_data", "TODO");
    let deprecated = report_with("model_details.license", "GPL-2.0");

    assert_eq!(only_finding(&todo, "").level, Level::Error);
    assert_eq!(only_finding(&todo, "[level]\nplaceholder = \"warning\"\n").level, Level::Warning);
    assert_eq!(only_finding(&deprecated, "").level, Level::Warning);
    assert_eq!(only_finding(&deprecated, "[level]\ndeprecated-license = \"error\"\n").level, Level::Error);
}

#[test]
fn a_rule_that_is_allowed_is_switched_off() {
    assert_findings(&report_with("training_data", "TODO"), "[level]\nplaceholder = \"allow\"\n", &[]);
    assert_findings(&report_without("training_data"), "[level]\nmissing-field = \"allow\"\n", &[]);
}

#[test]
fn what_is_asked_of_files_is_a_format_that_there_is_and_a_share() {
    let told = |text: &str| {
        let findings = Policy::from_toml(text, "smcard.toml").unwrap_err();
        findings.iter().map(Finding::line).collect::<Vec<_>>().join("\n")
    };
    let misspelt = told("[files]\nforbid = [\"pickel\"]\n");
    assert!(misspelt.contains("unknown value `pickel`; expected `safetensors`, `gguf`, "), "{misspelt}");
    assert!(misspelt.contains("did you mean `pickle`?"), "{misspelt}");
    assert!(told("[files]\nforbids = []\n").contains("did you mean `forbid`?"));
    assert!(told("[evidence]\nmax_unjudged_rates = 0.1\n").contains("did you mean `max_unjudged_rate`?"));
    for wrong in ["1.5", "-0.1", "\"0.1\"", "2", "nan", "inf", "2026-01-01"] {
        let told = told(&format!("[evidence]\nmax_attack_success_rate = {wrong}\n"));
        assert!(
            told.contains("expected a share between 0 and 1 for `evidence.max_attack_success_rate`"),
            "{wrong}: {told}"
        );
    }
    for right in ["0", "1", "0.05", "5e-2", "1.0"] {
        let policy = Policy::from_toml(&format!("[evidence]\nmax_unjudged_rate = {right}\n"), "smcard.toml").unwrap();
        let (rate, place) = policy.max_unjudged_rate().unwrap();
        assert!((0.0..=1.0).contains(&rate) && place == "smcard.toml:2", "{right}");
    }
}

#[test]
fn days_are_asked_of_dates_and_of_what_holds_them() {
    for path in ["model_details.date", "model_details", "security_considerations.tests", "security_considerations"] {
        assert!(Policy::from_toml(&format!("[require]\ndays = [\"{path}\"]"), "smcard.toml").is_ok(), "{path}");
    }
    for path in ["training_data", "security_considerations.reviews.date", "metrics"] {
        let policy = Policy::from_toml(&format!("[require]\ndays = [\"{path}\"]"), "smcard.toml");
        let findings = policy.expect_err("there is no such date");
        let line = findings.iter().map(Finding::line).collect::<String>();
        assert!(line.contains(&format!("`{path}` holds no date that may be a month or a year")), "{line}");
        assert!(line.starts_with("smcard.toml:2:9: ") && line.ends_with("[invalid-policy]"), "{line}");
    }
}
