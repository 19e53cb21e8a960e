//! What an organization adds to a report is read and written as it stands.

mod common;

use common::{REPORT, findings, only_finding, report_with, summary};
use serde_json::json;
use smcard::{Extension, ExtensionValue, List, Policy, SecurityCard, Text};

/// The good report with these extensions behind all else, written as `to_json` writes.
fn report_with_extensions(extensions: &str) -> String {
    REPORT.replace("\n    }\n}\n", &format!("\n    }},\n    \"extensions\": {extensions}\n}}\n"))
}

#[test]
fn extensions_of_every_kind_are_read_and_written_to_the_same_bytes() {
    let report = report_with_extensions(
        r#"{
        "parcels": {
            "region": "EU",
            "retention": "Withheld: see the register",
            "consent": "Not applicable: no persons",
            "cameras": 12,
            "loss": -0.125,
            "audited": true,
            "sites": [
                "Gent",
                3,
                false,
                [
                    "nested"
                ]
            ],
            "owner": {
                "team-a": {
                    "mail": "a@parcels.example"
                }
            }
        }
    }"#,
    );
    let card = SecurityCard::from_json(&report).unwrap();
    let value = |path: &str| card.extensions.get(path).unwrap().clone();

    assert_eq!(value("parcels.region"), ExtensionValue::Text(Text::new("EU")));
    assert_eq!(value("parcels.retention"), ExtensionValue::Text(Text::withheld("see the register")));
    assert_eq!(value("parcels.consent"), ExtensionValue::Text(Text::not_applicable("no persons")));
    assert_eq!(value("parcels.cameras"), ExtensionValue::Number(12.0));
    assert_eq!(value("parcels.loss"), ExtensionValue::Number(-0.125));
    assert_eq!(value("parcels.audited"), ExtensionValue::Bool(true));
    assert_eq!(value("parcels.owner.team-a.mail"), ExtensionValue::Text(Text::new("a@parcels.example")));
    assert_eq!(
        value("parcels.sites"),
        ExtensionValue::List(List::Borrowed(&[
            ExtensionValue::Text(Text::new("Gent")),
            ExtensionValue::Number(3.0),
            ExtensionValue::Bool(false),
            ExtensionValue::List(List::Borrowed(&[ExtensionValue::Text(Text::new("nested"))])),
        ]))
    );
    assert_eq!(card.to_json(), report);
}

#[test]
fn no_value_is_found_at_a_path_that_leads_nowhere() {
    let report = report_with("extensions", json!({"parcels": {"region": "EU"}}));
    let card = SecurityCard::from_json(&report).unwrap();

    for path in ["", "parcels.", "parcels.site", "parcels.region.city", "region", "parcels..region"] {
        assert_eq!(card.extensions.get(path), None, "{path}");
    }
}

#[test]
fn a_whole_number_is_written_without_a_fraction_as_far_as_it_is_exact() {
    let mut card = SecurityCard::from_json(REPORT).unwrap();
    let written = |number: f64, card: &mut SecurityCard<'_>| {
        let site = Extension { key: "site".into(), value: ExtensionValue::Number(number) };
        let parcels = Extension { key: "parcels".into(), value: ExtensionValue::Block(List::Owned(vec![site])) };
        card.extensions = smcard::Extensions(List::Owned(vec![parcels]));
        let report = card.to_json();
        report.split_once("\"site\": ").unwrap().1.split_whitespace().next().unwrap().to_owned()
    };
    for (number, text) in [
        (95.0, "95"),
        (-95.0, "-95"),
        (0.0, "0"),
        (-0.0, "-0.0"),
        (0.5, "0.5"),
        (9_007_199_254_740_991.0, "9007199254740991"),
        (9_007_199_254_740_992.0, "9007199254740992.0"),
        (f64::INFINITY, "null"),
    ] {
        assert_eq!(written(number, &mut card), text);
    }
}

#[test]
fn a_namespace_is_a_block() {
    let finding = only_finding(&report_with("extensions.parcels", "EU"));

    assert_eq!((finding.rule.code, finding.path.as_str()), ("wrong-kind", "extensions.parcels"));
}

#[test]
fn null_says_nothing_among_extensions_either() {
    let finding = only_finding(&report_with("extensions.parcels.sites", json!(["Gent", null])));

    assert_eq!((finding.rule.code, finding.path.as_str()), ("wrong-kind", "extensions.parcels.sites[1]"));
}

#[test]
fn extensions_that_hold_nothing_are_an_error() {
    for (path, value) in [
        ("extensions", json!({})),
        ("extensions.parcels", json!({})),
        ("extensions.parcels.sites", json!([])),
        ("extensions.parcels.region", json!("")),
    ] {
        let finding = only_finding(&report_with(path, value));

        assert_eq!((finding.rule.code, finding.path.as_str()), ("empty-value", path));
    }
}

#[test]
fn a_key_repeated_among_extensions_is_an_error() {
    let finding = only_finding(&report_with_extensions(r#"{"parcels": {"region": "EU", "region": "US"}}"#));

    assert_eq!((finding.rule.code, finding.path.as_str()), ("duplicate-field", "extensions.parcels.region"));
}

#[test]
fn the_texts_of_extensions_obey_the_rules_for_texts() {
    let finding = only_finding(&report_with("extensions.parcels.sites", json!(["Gent", "TODO"])));

    assert_eq!((finding.rule.code, finding.path.as_str()), ("placeholder", "extensions.parcels.sites[1]"));
}

#[test]
fn a_card_written_by_hand_is_the_card_that_is_read() {
    let report = report_with_extensions("{\"parcels\": {\"region\": \"EU\"}}");
    let read = SecurityCard::from_json(&report).unwrap();
    let mut card = SecurityCard::from_json(REPORT).unwrap();
    let region = [Extension { key: "region".into(), value: ExtensionValue::Text(Text::new("EU")) }];
    let parcels = [Extension { key: "parcels".into(), value: ExtensionValue::Block(List::Borrowed(&region)) }];
    card.extensions = smcard::Extensions(List::Borrowed(&parcels));

    assert_eq!(read, card);
}

#[test]
fn a_key_is_no_answer_and_so_no_placeholder() {
    for key in ["na", "todo", "withheld", "_", "xxx"] {
        let report = report_with(&format!("extensions.parcels.{key}"), "EU");

        assert!(SecurityCard::from_json(&report).is_ok(), "{key}");
    }
}

#[test]
fn a_secret_is_none_as_a_key_either() {
    let report = report_with("extensions.parcels.AKIAthisisnotasecret", "Gent");
    let finding = only_finding(&report);

    assert_eq!((finding.rule.code, &*finding.path), ("secret-in-card", "extensions.parcels.AKIA…"));
}

#[test]
fn a_key_that_no_reader_sees_is_named_and_shown_nowhere_as_it_stands() {
    for path in ["extensions.par\u{202e}cels", "extensions.parcels.re\u{1b}gion"] {
        let findings = findings(&report_with(path, json!({ "site": "TODO" })), &Policy::default());
        let said = format!("{findings}{:?}", summary(&findings));

        assert_eq!(findings.iter().next().unwrap().rule.code, "control-characters", "{findings}");
        assert!(!said.contains(['\u{202e}', '\u{1b}']), "{said}");
    }
}

#[test]
fn a_key_of_a_hundred_kilobytes_is_a_short_finding() {
    let finding = only_finding(&report_with(&format!("extensions.parcels.{}", "k".repeat(100_000)), "EU"));

    assert_eq!(finding.rule.code, "invalid-key");
    assert!(finding.to_string().len() + finding.path.len() < 400, "{finding}");
}
