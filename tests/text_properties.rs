//! What holds of every text and date that a card can state.

mod common;

use std::borrow::Cow;

use common::{REPORT, findings, report_with, summary};
use proptest::prelude::*;
use serde_json::json;
use smcard::{Policy, SecurityCard};

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
    fn a_month_may_stand_for_a_day_exactly_if_a_calendar_has_it(year in 0..10_000i64, month in 0..15i64) {
        let month_alone = format!("{year:04}-{month:02}");
        let of_model = SecurityCard::from_json(&report_with("model_details.date", month_alone.as_str())).is_ok();
        let review = json!([{ "by": "Security", "date": month_alone, "decision": "Approved" }]);
        let of_review = findings(&report_with("security_considerations.reviews", review), &Policy::default());

        prop_assert_eq!(of_model, (1..=12).contains(&month));
        prop_assert_eq!(summary(&of_review), [("invalid-date", "security_considerations.reviews[0].date")]);
    }

    #[test]
    fn a_date_written_in_any_other_way_is_refused(date in "[0-9]{1,4}([-/. ]?[0-9]{1,2}([-/. ]?[0-9]{1,4})?)?") {
        let lengths: Vec<usize> = date.split('-').map(str::len).collect();
        prop_assume!(!matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2]));
        let findings = findings(&report_with("model_details.date", date), &Policy::default());

        prop_assert_eq!(summary(&findings), [("invalid-date", "model_details.date")]);
    }
}

#[test]
fn the_report_that_other_tests_change_is_good() {
    assert!(findings(REPORT, &Policy::default()).is_empty());
}
