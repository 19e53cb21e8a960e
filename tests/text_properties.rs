//! What holds of every text, date and number that a card can state.

mod common;

use std::borrow::Cow;

use common::{REPORT, findings, report_with, summary};
use proptest::prelude::*;
use smcard::{Extension, ExtensionValue, Extensions, List, Policy, SecurityCard, Stage, Text};

/// Characters that have no place in a text, by the ranges of Unicode that they stand in.
fn unseen() -> impl Strategy<Value = char> {
    prop_oneof![
        prop::char::ranges(Cow::Borrowed(&['\u{0}'..='\u{8}', '\u{b}'..='\u{c}', '\u{e}'..='\u{1f}'])),
        prop::char::range('\u{7f}', '\u{9f}'),
        prop::char::ranges(Cow::Borrowed(&['\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'])),
        prop::char::ranges(Cow::Borrowed(&['\u{200b}'..='\u{200b}', '\u{2028}'..='\u{2029}', '\u{2060}'..='\u{2064}'])),
        prop::char::ranges(Cow::Borrowed(&['\u{feff}'..='\u{feff}', '\u{fff9}'..='\u{fffb}'])),
        prop::char::range('\u{e0000}', '\u{e007f}'),
    ]
}

/// A text that answers: some words, then anything that can be printed.
fn answer() -> impl Strategy<Value = String> {
    ("[a-z]{4,9} [a-z]{4,9} ", "([\\PC&&[^\u{2028}\u{2029}]]|[\n\t\"\\\\é写🦀]){0,40}")
        .prop_map(|(words, rest)| words + &rest)
        .prop_filter("a blank to fill in is no answer", |text| !text.contains("{{"))
}

fn day() -> impl Strategy<Value = String> {
    (1970..2100u32, 1..=12u32, 1..=28u32).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

/// A text as a card states it, or a reason in its place.
fn text() -> impl Strategy<Value = Text<'static>> {
    (answer(), 0..5).prop_map(|(words, kind)| match kind {
        0 => Text::NotApplicable(words.into()),
        1 => Text::Withheld(words.into()),
        2 => Text::Unknown(words.into()),
        _ => Text::Stated(words.into()),
    })
}

/// A number that a report holds exactly: a fraction of any size, or a whole number below 2^53.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        prop::num::f64::NORMAL.prop_filter("an exact one", |number| number.abs() < 2f64.powi(53)),
        prop::num::f64::SUBNORMAL,
        (-1_000_000..1_000_000i32).prop_map(f64::from),
    ]
}

fn extension_value() -> impl Strategy<Value = ExtensionValue<'static>> {
    let leaf = prop_oneof![
        text().prop_map(ExtensionValue::Text),
        number().prop_map(ExtensionValue::Number),
        any::<bool>().prop_map(ExtensionValue::Bool),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|values| ExtensionValue::List(List::Owned(values))),
            block(inner).prop_map(ExtensionValue::Block),
        ]
    })
}

fn block(
    values: impl Strategy<Value = ExtensionValue<'static>>,
) -> impl Strategy<Value = List<'static, Extension<'static>>> {
    prop::collection::btree_map("[a-zA-Z0-9_-]{1,12}", values, 1..4)
        .prop_map(|entries| entries.into_iter().map(|(key, value)| Extension { key: key.into(), value }).collect())
}

fn extensions() -> impl Strategy<Value = Extensions<'static>> {
    let namespaces = block(block(extension_value()).prop_map(ExtensionValue::Block));
    prop_oneof![Just(Extensions(List::EMPTY)), namespaces.prop_map(Extensions)]
}

/// A card that gives all there is, in words of any kind.
fn card() -> impl Strategy<Value = SecurityCard<'static>> {
    let stage =
        prop::option::of(prop::sample::select(&[Stage::Draft, Stage::Review, Stage::Production, Stage::Retired][..]));
    (prop::collection::vec(text(), 23), day(), stage, extensions()).prop_map(|(texts, date, stage, extensions)| {
        let mut card = SecurityCard::EMPTY;
        let details = &mut card.model_details;
        (details.date, details.stage) = (Some(Text::Stated(date.into())), stage);
        details.resource = Some(Text::new("https://parcels.example/model"));
        details.license = Some(Text::new("Apache-2.0"));
        details.contact = Some(Text::new("models@parcels.example"));
        let fields = [
            &mut details.developer,
            &mut details.version,
            &mut details.r#type,
            &mut details.information,
            &mut details.citation,
            &mut card.intended_use.primary_uses,
            &mut card.intended_use.primary_users,
            &mut card.intended_use.out_of_scope_uses,
            &mut card.factors.relevant_factors,
            &mut card.factors.evaluation_factors,
            &mut card.metrics.performance_measures,
            &mut card.metrics.decision_thresholds,
            &mut card.metrics.variation_approaches,
            &mut card.evaluation_data.datasets,
            &mut card.evaluation_data.motivation,
            &mut card.evaluation_data.preprocessing,
            &mut card.training_data,
            &mut card.quantitative_analyses.unitary_results,
            &mut card.quantitative_analyses.intersectional_results,
            &mut card.ethical_considerations,
            &mut card.caveats_and_recommendations,
            &mut card.security_considerations.threat_modeling,
            &mut card.security_considerations.security_testing,
        ];
        for (field, text) in fields.into_iter().zip(texts) {
            *field = Some(text);
        }
        card.model_details.name = Some(Text::new("Parcels"));
        card.extensions = extensions;
        card
    })
}

/// Whether a calendar has the day: counted in days and back, it is the same day again
/// (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn is_day(year: i64, month: i64, day: i64) -> bool {
    let shifted = if month <= 2 { year - 1 } else { year };
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = shifted.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;

    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let back_month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let back_year = era * 400 + year_of_era + i64::from(back_month <= 2);
    (1..=12).contains(&month) && (back_year, back_month, of_year - (153 * from_march + 2) / 5 + 1) == (year, month, day)
}

proptest! {
    #[test]
    fn a_character_that_no_reader_sees_is_refused_and_named(before in answer(), unseen in unseen(), after in answer()) {
        let text = format!("{before}{unseen}{after}");
        let findings = findings(&report_with("training_data", text), &Policy::default());

        prop_assert_eq!(summary(&findings), [("control-characters", "training_data")]);
        let name = format!("U+{:04X}", u32::from(unseen));
        prop_assert!(findings.iter().all(|finding| finding.problem.message.ends_with(&name)), "{}", findings);
    }

    #[test]
    fn a_carriage_return_stands_only_before_a_line_feed(before in answer(), after in answer()) {
        let windows = report_with("training_data", format!("{before}\r\n{after}"));
        let bare = report_with("training_data", format!("{before}\r{after}"));

        prop_assert!(SecurityCard::from_json(&windows).is_ok());
        prop_assert_eq!(SecurityCard::from_json(&bare).is_ok(), after.starts_with('\n'));
    }

    #[test]
    fn a_card_of_any_words_is_read_back_as_it_was_written(card in card()) {
        let report = card.to_json();
        let read = SecurityCard::from_json(&report).map_err(|findings| TestCaseError::fail(findings.to_string()))?;

        prop_assert_eq!(&read, &card);
        prop_assert_eq!(read.to_json(), report);
    }

    #[test]
    fn a_report_keeps_its_meaning_for_any_reader_of_json(card in card()) {
        let report: serde_json::Value = serde_json::from_str(&card.to_json())?;
        let words = card.training_data.as_ref().map(ToString::to_string);

        prop_assert_eq!(report.get("training_data").and_then(|text| text.as_str()), words.as_deref());
    }

    #[test]
    fn a_date_is_accepted_exactly_if_a_calendar_has_the_day(year in 0..10_000i64, month in 0..15i64, day in 0..34i64) {
        let date = format!("{year:04}-{month:02}-{day:02}");
        let accepted = SecurityCard::from_json(&report_with("model_details.date", date)).is_ok();

        prop_assert_eq!(accepted, is_day(year, month, day));
    }

    #[test]
    fn the_last_days_of_february_are_those_of_the_calendar(
        year in prop_oneof![0..10_000i64, (0..100i64).prop_map(|century| century * 100)],
        day in 28..31i64,
    ) {
        let date = format!("{year:04}-02-{day}");
        let accepted = SecurityCard::from_json(&report_with("model_details.date", date)).is_ok();

        prop_assert_eq!(accepted, is_day(year, 2, day));
    }

    #[test]
    fn a_date_written_in_any_other_way_is_refused(date in "[0-9]{1,4}[-/. ]?[0-9]{1,2}[-/. ]?[0-9]{1,4}") {
        prop_assume!(date.len() != 10 || date.bytes().filter(|byte| *byte == b'-').count() != 2);
        let findings = findings(&report_with("model_details.date", date), &Policy::default());

        prop_assert_eq!(summary(&findings), [("invalid-date", "model_details.date")]);
    }
}

#[test]
fn the_report_that_other_tests_change_is_good() {
    assert!(findings(REPORT, &Policy::default()).is_empty());
}
