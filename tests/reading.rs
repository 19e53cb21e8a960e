//! Reading a report: what is wrong is named with its path, line and column, all of it at once.

mod common;

use std::borrow::Cow;

use common::{REPORT, only_finding, place_of, report_with, report_without, summary};
use serde::Deserialize;
use serde::de::value::{BytesDeserializer, Error, MapDeserializer};
use serde_json::json;
use smcard::{SecurityCard, Text};

/// Code, path, line and column of the one thing that is wrong.
fn only_error(report: &str) -> (&'static str, String, (usize, usize)) {
    let finding = only_finding(report);
    let place = finding.position.map_or((0, 0), |position| (position.line, position.column));
    (finding.rule.code, finding.path, place)
}

#[test]
fn where_a_report_is_no_json_the_character_is_underlined() {
    for (text, drawn) in [
        ("{\"a\": é, \"b\": 1}", "1 | {\"a\": é, \"b\": 1}\n  |       ^\n"),
        ("{\"a\": \u{202e}, \"b\": 1}", "1 | {\"a\": \\u{202e}, \"b\": 1}\n  |       ^^^^^^^^\n"),
    ] {
        let told = SecurityCard::from_json(text).expect_err("no JSON").to_string();
        assert!(told.contains(drawn), "{told}");
    }
}

#[test]
fn a_good_report_is_read_and_written_to_the_same_bytes() {
    let card = SecurityCard::from_json(REPORT).unwrap();

    assert_eq!(card.model_details.version.as_ref().and_then(Text::stated), Some("2.1.0"));
    assert_eq!(card.to_json(), REPORT);
}

#[test]
fn an_unknown_key_is_named_where_it_stands() {
    let report = report_with("factors.colour", "blue");

    assert_eq!(only_error(&report), ("unknown-field", "factors.colour".to_owned(), place_of("\"colour\"", &report)));
}

#[test]
fn a_misspelt_key_is_told_the_field_that_it_was_meant_to_be() {
    let report = REPORT.replace("\"license\"", "\"lisence\"");

    assert_eq!(only_finding(&report).problem.help, ["did you mean `license`?"]);
}

#[test]
fn a_misplaced_key_is_told_where_it_belongs() {
    let report = REPORT.replace("\"0.7\",", "\"0.7\", \"datasets\": \"Photographs\",");
    let report = report.replace("\"datasets\": \"4,000 photographs of 2025\",", "");

    assert_eq!(only_finding(&report).problem.help, ["`datasets` belongs in `evaluation_data`"]);
}

#[test]
fn a_repeated_key_is_named_where_it_stands_again() {
    let report = REPORT.replace("\"version\": \"2.1.0\",", "\"version\": \"2.1.0\",\n        \"version\": \"3.0.0\",");
    let (line, column) = place_of("\"version\"", &report);

    assert_eq!(only_error(&report), ("duplicate-field", "model_details.version".to_owned(), (line + 1, column)));
}

#[test]
fn a_key_repeated_with_an_escape_is_the_same_key() {
    let report = REPORT.replace("\"version\": \"2.1.0\",", "\"version\": \"2.1.0\", \"v\\u0065rsion\": \"3.0.0\",");

    assert_eq!(only_error(&report).0, "duplicate-field");
}

#[test]
fn a_missing_key_is_named_where_its_section_begins() {
    let report = report_without("metrics.decision_thresholds");
    let place = place_of("\"metrics\"", &report);

    assert_eq!(only_error(&report), ("missing-field", "metrics.decision_thresholds".to_owned(), place));
}

#[test]
fn what_an_item_of_a_list_lacks_is_named_where_the_item_begins() {
    let report = report_with("metrics.measures", json!([{ "name": "recall", "value": 1 }, { "name": "precision" }]));
    let (line, column) = place_of("\"precision\"", &report);
    let path = "metrics.measures[1].value".to_owned();
    assert_eq!(only_error(&report), ("missing-field", path, (line - 1, column - "\"name\": ".len() - 2)));
}

#[test]
fn a_missing_section_is_named_where_the_card_begins() {
    let report = report_without("metrics");

    assert_eq!(only_error(&report), ("missing-field", "metrics".to_owned(), (1, 1)));
}

#[test]
fn a_value_of_the_wrong_kind_is_named_where_it_stands() {
    for (value, noun) in [
        (json!(12.5), "the number 12.5"),
        (json!(true), "`true`"),
        (json!(null), "`null`"),
        (json!(["EU"]), "a list"),
        (json!({"a": "b"}), "a block"),
    ] {
        let report = report_with("training_data", value);
        let (line, column) = place_of("\"training_data\": ", &report);
        let place = (line, column + "\"training_data\": ".len());

        assert_eq!(only_error(&report), ("wrong-kind", "training_data".to_owned(), place));
        assert!(only_finding(&report).problem.message.ends_with(&format!(", found {noun}")));
    }
}

#[test]
fn a_column_counts_characters() {
    let report =
        REPORT.replace("\"training_data\": \"Photographs", "\"training_data\": \"Fotogräfier 写真\", \"colour\": \"");

    assert_eq!(only_error(&report).2, place_of("\"colour\"", &report));
    assert_eq!(only_error(&report).2.1, 40);
}

#[test]
fn two_mistakes_on_one_line_have_a_column_each() {
    let report = REPORT.replace("\"0.7\",", "\"0.7\", \"colour\": 1, \"weight\": 2,");
    let places = ["\"colour\"", "\"weight\""].map(|key| place_of(key, &report));
    let findings = SecurityCard::from_json(&report).unwrap_err();
    let told: Vec<_> = findings.iter().filter_map(|it| it.position.map(|place| (place.line, place.column))).collect();

    assert_eq!(told, places);
}

#[test]
fn everything_that_is_wrong_is_said_in_one_run() {
    let report = report_with("model_details.date", "14.3.2026")
        .replace("\"license\": \"Apache-2.0\"", "\"lisence\": \"Apache-2.0\"")
        .replace("\"Wet parcels are often missed\"", "null")
        .replace("\"decision_thresholds\"", "\"performance_measures\"");
    let findings = SecurityCard::from_json(&report).unwrap_err();
    let mut found = summary(&findings);
    found.sort_unstable();

    assert_eq!(
        found,
        [
            ("duplicate-field", "metrics.performance_measures"),
            ("invalid-date", "model_details.date"),
            ("missing-field", "metrics.decision_thresholds"),
            ("unknown-field", "model_details.lisence"),
            ("wrong-kind", "caveats_and_recommendations"),
        ]
    );
}

#[test]
fn a_text_without_escapes_is_borrowed_and_one_with_escapes_is_owned() {
    let report = REPORT.replace("Five folds", "Five \\\"folds\\\"").replace("\"0.7\"", "\"Withheld: under audit\"");
    let card = SecurityCard::from_json(&report).unwrap();

    assert!(matches!(&card.training_data, Some(Text::Stated(Cow::Borrowed(_)))));
    assert!(matches!(&card.metrics.decision_thresholds, Some(Text::Withheld(Cow::Borrowed("under audit")))));
    assert!(
        matches!(&card.metrics.variation_approaches, Some(Text::Stated(Cow::Owned(text))) if text == "Five \"folds\"")
    );
}

#[test]
fn a_reason_is_read_as_a_reason_and_written_as_it_was() {
    let report = REPORT
        .replace("\"Five folds\"", "\"Not applicable: one fixed split\"")
        .replace("\"0.7\"", "\"Withheld: contract 118\"");
    let card = SecurityCard::from_json(&report).unwrap();

    assert_eq!(card.metrics.variation_approaches, Some(Text::not_applicable("one fixed split")));
    assert_eq!(card.metrics.decision_thresholds, Some(Text::withheld("contract 118")));
    assert_eq!(card.to_json(), report);
}

#[test]
fn a_reason_with_escapes_is_a_reason_too() {
    let report = REPORT.replace("\"0.7\"", "\"Withheld\\u003a the \\\"Kraft\\\" contract\"");
    let card = SecurityCard::from_json(&report).unwrap();

    assert_eq!(card.metrics.decision_thresholds, Some(Text::withheld("the \"Kraft\" contract")));
}

#[test]
fn serde_reads_what_from_json_reads_and_refuses_what_it_refuses() {
    let card: SecurityCard = serde_json::from_str(REPORT).unwrap();
    let refused = serde_json::from_str::<SecurityCard>(&report_without("training_data")).unwrap_err();

    assert_eq!(card, SecurityCard::from_json(REPORT).unwrap());
    assert!(refused.to_string().contains("missing field `training_data`"), "{refused}");
}

#[test]
fn of_a_repeated_key_the_first_value_alone_is_looked_at() {
    let report = REPORT.replace("\"0.7\",", "\"0.7\", \"decision_thresholds\": \"TODO\",");

    assert_eq!(only_finding(&report).rule.code, "duplicate-field");
}

#[test]
fn cards_that_differ_in_one_item_are_not_the_same() {
    let with = |reference: &str| report_with("security_considerations.references", json!(["A paper", reference]));
    let (one, other) = (with("A book"), with("A talk"));

    assert_eq!(SecurityCard::from_json(&one).unwrap(), SecurityCard::from_json(&one).unwrap());
    assert_ne!(SecurityCard::from_json(&one).unwrap(), SecurityCard::from_json(&other).unwrap());
}

#[test]
fn what_no_report_holds_is_named_by_whatever_reads_it() {
    let bytes = BytesDeserializer::<Error>::new(b"a card");
    let keys = MapDeserializer::<_, Error>::new(std::iter::once((7, "seven")));

    let told = |read: Result<SecurityCard<'_>, Error>| read.unwrap_err().to_string();

    assert!(told(SecurityCard::deserialize(bytes)).ends_with("expected a value of a security model card"));
    assert!(told(SecurityCard::deserialize(keys)).ends_with("expected a string"));
}
