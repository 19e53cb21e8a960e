//! Whatever is read, there is an answer: no panic, no secret told on, no character that drives a terminal.

mod common;

use common::{REPORT, findings, report_with};
use proptest::prelude::*;
use smcard::{Finding, Findings, Policy, SecurityCard};

const POLICY: &str = r#"[require]
fields = ["model_details.name", "extensions"]
[optional]
fields = ["metrics"]
[stage.production]
require = ["model_details.stage"]
optional = ["factors.relevant_factors"]
[license]
allow = ["MIT", "GPL-2.0-only WITH Classpath-exception-2.0"]
[[extension]]
path = "parcels.region"
required = true
doc = "Where the data lies."
[level]
placeholder = "warning"
"#;

/// A text in which some characters are replaced by others, or gone.
fn spoilt(text: &'static str) -> impl Strategy<Value = String> {
    let slip = (
        0..text.chars().count(),
        prop::option::of(prop_oneof![
            any::<char>(),
            "[\\[\\]{}\",:0-9a-z\\\\.=#-]".prop_map(|text| text.chars().next().unwrap_or(' '))
        ]),
    );
    prop::collection::vec(slip, 1..6).prop_map(|slips| {
        let mut chars: Vec<Option<char>> = text.chars().map(Some).collect();
        for (at, char) in slips {
            chars.iter_mut().skip(at).take(1).for_each(|place| *place = char);
        }
        chars.into_iter().flatten().collect()
    })
}

/// JSON of any shape, whose keys are often those of a card.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(serde_json::Value::from),
        any::<f64>().prop_map(serde_json::Value::from),
        any::<String>().prop_map(serde_json::Value::from),
        Just(serde_json::Value::Null),
    ];
    let key = prop_oneof![
        any::<String>(),
        prop::sample::select(
            &["model_details", "stage", "date", "license", "metrics", "training_data", "extensions"][..]
        )
        .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(serde_json::Value::from),
            prop::collection::btree_map(key.clone(), inner, 0..6)
                .prop_map(|entries| serde_json::Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Everything that any output says of these findings.
fn all_that_is_said(findings: &Findings) -> String {
    let one = |finding: &Finding| format!("{finding}\n{}\n{}\n", finding.line(), finding.path);
    findings.iter().map(one).collect()
}

/// Something of the shape of a secret: what may be shown of it, and the whole.
fn secret() -> impl Strategy<Value = String> {
    let shapes = prop::sample::select(
        &[
            "AKIA",
            "sk-ant-",
            "sk-proj-",
            "hf_",
            "AIza",
            "GOCSPX-",
            "ghp_",
            "github_pat_",
            "glpat-",
            "xoxb-",
            "npm_",
            "SG.",
        ][..],
    );
    (shapes, "[a-zA-Z0-9]{80}").prop_map(|(prefix, rest)| format!("{prefix}{rest}"))
}

#[track_caller]
fn assert_untold(secret: &str, said: &str) -> Result<(), TestCaseError> {
    // Neither the whole nor a half that a cut excerpt leaves.
    let tail: String = secret.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    let head: String = secret.chars().take(24).collect();
    prop_assert!(!said.contains(&head) && !said.contains(&tail), "{}", said);
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        if let Err(findings) = SecurityCard::from_json(&text) {
            prop_assert!(findings.has_errors());
        }
    }

    #[test]
    fn a_spoilt_report_is_read_or_refused_in_its_place(report in spoilt(REPORT)) {
        match SecurityCard::from_json(&report) {
            Ok(card) => prop_assert!(!card.check(&Policy::default()).has_errors()),
            Err(findings) => {
                let lines = report.matches('\n').count() + 1;
                let inside = |finding: &Finding| finding.position.is_some_and(|position| position.line <= lines);
                prop_assert!(findings.iter().all(inside), "{}", findings);
            }
        }
    }

    #[test]
    fn json_of_any_shape_is_read_or_refused(json in json()) {
        let findings = findings(&json.to_string(), &Policy::default());

        prop_assert!(findings.has_errors(), "a good card by chance: {}", json);
    }

    #[test]
    fn any_text_is_a_policy_or_refused(text in any::<String>()) {
        if let Err(findings) = Policy::from_toml(&text, "smcard.toml") {
            prop_assert!(findings.has_errors());
        }
    }

    #[test]
    fn a_spoilt_policy_is_read_or_refused_in_its_place(text in spoilt(POLICY)) {
        if let Err(findings) = Policy::from_toml(&text, "smcard.toml") {
            prop_assert!(findings.iter().all(|finding| finding.position.is_some()), "{}", findings);
        }
    }

    #[test]
    fn a_line_holds_no_character_that_ends_it_or_drives_a_terminal(json in json(), policy in spoilt(POLICY)) {
        let of_card = findings(&json.to_string(), &Policy::default());
        let of_policy = Policy::from_toml(&policy, "smcard.toml").err().unwrap_or_default();
        for finding in of_card.iter().chain(&of_policy) {
            let line = finding.line();
            prop_assert!(!line.contains(|char: char| char.is_control() || "\u{202e}\u{2066}\u{2028}".contains(char)), "{:?}", line);
        }
    }

    #[test]
    fn a_finding_drives_no_terminal(json in json()) {
        let text = findings(&json.to_string(), &Policy::default()).to_string();

        prop_assert!(!text.contains(|char: char| char.is_control() && char != '\n'), "{:?}", text);
    }

    #[test]
    fn a_secret_is_told_on_in_no_text(secret in secret(), before in "[a-z ]{0,60}") {
        for field in ["training_data", "model_details.date", "model_details.resource", "model_details.license",
            "model_details.contact", "model_details.stage", "extensions.parcels.region"]
        {
            let findings = findings(&report_with(field, format!("{before} {secret}")), &Policy::default());
            prop_assert!(findings.has_errors(), "{}", field);
            assert_untold(&secret, &all_that_is_said(&findings))?;
        }
    }

    #[test]
    fn a_secret_is_told_on_in_no_key(secret in secret()) {
        prop_assume!(!secret.contains('.')); // no key of any block
        let key = secret;
        for path in [key.clone(), format!("metrics.{key}"), format!("extensions.{key}"), format!("extensions.parcels.{key}")] {
            let findings = findings(&report_with(&path, "TODO"), &Policy::default());
            prop_assert!(findings.has_errors(), "{}", path);
            assert_untold(&key, &all_that_is_said(&findings))?;
        }
    }

    #[test]
    fn a_secret_beside_a_mistake_in_json_is_not_told_on(secret in secret()) {
        for report in [
            REPORT.replace("\"0.7\",", &format!("\"{secret}\" 1")),
            REPORT.replace("\"0.7\",", &format!("\"{secret}")),
            REPORT.replace("\"0.7\",", &secret),
        ] {
            let findings = findings(&report, &Policy::default());
            prop_assert!(findings.has_errors());
            assert_untold(&secret, &all_that_is_said(&findings))?;
        }
    }
}
