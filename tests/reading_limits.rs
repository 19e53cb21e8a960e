//! Reading is bounded: whatever a report holds, there is one clear error and no overflow.

mod common;

use std::cell::Cell;

use common::{REPORT, only_finding, report_with};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde_json::{Value, json};
use smcard::{MAX_BYTES, MAX_DEPTH, MAX_VALUES, SecurityCard};

#[test]
fn a_report_may_have_as_many_bytes_as_the_limit_and_no_more() {
    let largest = REPORT.to_owned() + &" ".repeat(MAX_BYTES - REPORT.len());
    let finding = only_finding(&(largest.clone() + " "));

    assert!(SecurityCard::from_json(&largest).is_ok());
    assert_eq!(finding.rule.code, "card-too-large");
    assert_eq!(finding.problem.message, "the card has more than 16777216 bytes as JSON");
}

/// The good report with a value in as many lists that an organization adds, in two blocks and the card.
fn report_of_depth(lists: usize) -> String {
    let value = (0..lists).fold(json!("Gent"), |inner, _| Value::Array(vec![inner]));
    report_with("extensions.parcels.site", value)
}

#[test]
fn blocks_and_lists_may_stand_in_each_other_up_to_the_limit_and_no_further() {
    let blocks = ["the card", "extensions", "parcels"].len();
    let finding = only_finding(&report_of_depth(MAX_DEPTH - blocks + 1));

    assert!(SecurityCard::from_json(&report_of_depth(MAX_DEPTH - blocks)).is_ok());
    assert_eq!(finding.rule.code, "card-too-large");
    assert_eq!(finding.problem.message, "more than 32 nested blocks and lists");
}

#[test]
fn brackets_nested_a_hundred_thousand_times_overflow_nothing() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let blocks = "{\"a\":".repeat(100_000) + "1" + &"}".repeat(100_000);

    for report in [deep.clone(), blocks, REPORT.replace("\"Five folds\"", &deep)] {
        assert_eq!(only_finding(&report).problem.message, "more than 32 nested blocks and lists");
    }
}

#[test]
fn brackets_that_are_never_closed_overflow_nothing() {
    let finding = only_finding(&"[".repeat(100_000));

    assert_eq!(finding.problem.message, "more than 32 nested blocks and lists");
}

#[test]
fn of_ten_thousand_unknown_keys_the_first_hundred_are_kept_and_all_are_counted() {
    let unknown: String = (0..10_000).map(|index| format!("        \"key_{index}\": \"value\",\n")).collect();
    let report = REPORT.replace("        \"developer\"", &(unknown + "        \"developer\""));
    let findings = SecurityCard::from_json(&report).unwrap_err();
    let last = findings.iter().last().unwrap();

    assert_eq!((findings.len(), findings.omitted()), (10_000, 9_900));
    assert!(findings.iter().all(|finding| finding.rule.code == "unknown-field"));
    assert_eq!((last.path.as_str(), last.position.unwrap().line), ("model_details.key_99", 102));
}

#[test]
fn a_text_of_ten_megabytes_is_one_short_finding() {
    let finding = only_finding(&report_with("training_data", "word ".repeat(2_000_000)));

    assert_eq!((finding.rule.code, finding.path.as_str()), ("text-too-long", "training_data"));
    assert!(finding.to_string().len() < 300, "{finding}");
}

#[test]
fn an_unknown_key_of_a_megabyte_is_one_short_finding() {
    let finding = only_finding(&report_with(&"key".repeat(300_000), "value"));

    assert_eq!(finding.rule.code, "unknown-field");
    assert!(finding.to_string().len() < 1_000, "{finding}");
}

#[test]
fn characters_that_a_reader_cannot_see_are_named_wherever_they_stand() {
    for (escaped, name) in [("\\u0000", "U+0000"), ("\\u202e", "U+202E"), ("\\u200b", "U+200B"), ("\\u001b", "U+001B")]
    {
        let report = REPORT.replace("Five folds", &format!("Five{escaped} folds"));
        let finding = only_finding(&report);

        assert_eq!((finding.rule.code, finding.path.as_str()), ("control-characters", "metrics.variation_approaches"));
        assert!(finding.problem.message.contains(name), "{finding}");
    }
}

#[test]
fn a_raw_control_character_is_no_json() {
    let finding = only_finding(&REPORT.replace("Five folds", "Five\0folds"));

    assert_eq!(finding.rule.code, "invalid-syntax");
    assert!(!finding.to_string().contains('\0'), "{finding:?}");
}

#[test]
fn a_report_cut_off_anywhere_is_one_error_at_its_end() {
    let whole = REPORT.trim_end();
    for end in (1..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let cut = whole.get(..end).unwrap();
        let finding = only_finding(cut);
        let line = finding.position.unwrap().line;

        assert_eq!(finding.rule.code, "invalid-syntax", "{cut}");
        assert!(line >= cut.trim_end().lines().count(), "line {line} of\n{cut}");
    }
}

#[test]
fn what_is_no_report_is_one_clear_error() {
    for (text, message) in [
        ("", "the report is empty"),
        (" \n", "the report is empty"),
        ("[]", "expected a block for the card, found a list"),
        ("null", "expected a block for the card, found `null`"),
        ("\"text\"", "expected a block for the card, found a string"),
        ("{}", "the card is empty"),
        ("{} {}", "not JSON: trailing characters"),
        ("# card", "not JSON: expected value"),
    ] {
        assert_eq!(only_finding(text).problem.message, message);
    }
}

#[test]
fn a_byte_order_mark_that_no_editor_shows_is_named() {
    let help = |text: &str| only_finding(text).problem.help.concat();
    assert!(help("\u{feff}{}").contains("without a byte order mark"), "{}", help("\u{feff}{}"));
    assert_eq!(help("# card"), "");
}

#[test]
fn of_a_hundred_unknown_keys_it_is_looked_for_what_they_were_meant_to_be() {
    let errors = |others: usize| {
        let mut report: Value = serde_json::from_str(&report_with("model_details.a_lisence", "MIT")).unwrap();
        let details = report["model_details"].as_object_mut().unwrap();
        details.remove("license");
        let license = details.remove("a_lisence").unwrap();
        details.extend((0..others).map(|index| (format!("__{index}"), json!("Red"))));
        details.insert("zlicense".to_owned(), license);
        SecurityCard::from_json(&report.to_string()).unwrap_err().errors()
    };
    assert_eq!(errors(99), 100);
    // The one that is not looked at may be what the missing one was meant to be: both are told.
    assert_eq!(errors(100), 102);
}

/// How many of so many values are taken, through serde, until they are too much.
fn taken<T: Clone + IntoDeserializer<'static, Error>>(value: T, count: usize) -> usize {
    let taken = Cell::new(0);
    let values = std::iter::repeat_n(value, count).inspect(|_| taken.set(taken.get() + 1));
    let list = SeqDeserializer::<_, Error>::new(values);
    let card = SecurityCard::deserialize(MapDeserializer::new(std::iter::once(("extensions", list))));
    assert!(card.is_err_and(|error| error.to_string().starts_with("the card has more than ")));
    taken.get()
}

#[test]
fn reading_stops_where_a_card_is_too_large() {
    // With the key before them, so many megabytes are too much.
    assert_eq!(taken("x".repeat(1024 * 1024), 40), MAX_BYTES / 1024 / 1024);
    assert_eq!(taken(true, 2 * MAX_VALUES), MAX_VALUES + 1);
    assert_eq!(MAX_VALUES, 100_000);
}
