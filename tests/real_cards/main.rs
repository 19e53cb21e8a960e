//! Cards of other people's models, written with smcard: each builds without one invented fact.
//!
//! What a source does not say is `unknown` here, or left out. The cards are in words of our own; their figures, links
//! and names are compared with the sources, which lie beside the repository where the project is developed.

#![allow(clippy::expect_used, reason = "what a test cannot set up ends that test")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

use serde_json::Value;
use smcard::{Answer, Fact, Policy, SecurityCard, Text};

#[allow(missing_docs, unreachable_pub, reason = "a card as a user writes it")]
mod clip;
#[allow(missing_docs, unreachable_pub, reason = "a card as a user writes it")]
mod prior_authorization;
#[allow(missing_docs, unreachable_pub, reason = "a card as a user writes it")]
mod whisper;

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/cards/");

/// Each card with the file of its source.
const CARDS: [(&SecurityCard, &str); 3] = [
    (&whisper::CARD, "whisper.md"),
    (&clip::CARD, "clip.md"),
    (&prior_authorization::CARD, "chai_Penguin-Ai_PA-SLM.xml"),
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What stands under these keys are ids and words of smcard, and no facts of the source.
const OURS: [&str; 9] = ["id", "kind", "from", "to", "refs", "direction", "stage", "ai_class", "date"];

/// The cards with the text of their sources; what is missing is said aloud.
fn with_sources() -> Vec<(&'static SecurityCard<'static>, String)> {
    let mut found = Vec::new();
    for (card, file) in CARDS {
        match fs::read_to_string(format!("{SOURCES}{file}")) {
            Ok(source) => found.push((card, source)),
            // Not `eprintln`, which a test that passes does not show.
            Err(_) => {
                writeln!(std::io::stderr(), "SKIPPED: there is no {SOURCES}{file}, so nothing was compared with it")
                    .expect("standard error can be written")
            }
        }
    }
    found
}

/// A date of a card as the sources write it: `September 2022`, `08/23/2024`.
fn as_written(date: &str) -> String {
    match date.split('-').collect::<Vec<_>>().as_slice() {
        [year, month] => {
            let number: usize = month.parse().expect("a month");
            format!("{} {year}", MONTHS.get(number - 1).expect("one of twelve"))
        }
        [year, month, day] => format!("{month}/{day}/{year}"),
        _ => date.to_owned(),
    }
}

/// The texts and figures of a card, but for what is smcard's own.
fn facts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(block) => {
            for (_, value) in block.iter().filter(|(key, _)| !OURS.contains(&key.as_str())) {
                facts(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| facts(item, found)),
        Value::String(text) => found.push(text.clone()),
        Value::Number(number) => found.push(number.to_string()),
        Value::Bool(_) | Value::Null => {}
    }
}

fn facts_of(card: &SecurityCard<'_>) -> Vec<String> {
    let mut found = Vec::new();
    facts(&serde_json::from_str(&card.to_json()).expect("a report is JSON"), &mut found);
    found
}

/// Whether a word can be nothing but a fact: a figure, a link, a name such as `RN50`, `ResNet` or `YFCC100M`.
fn is_fact(word: &str) -> bool {
    word.chars().any(|letter| letter.is_ascii_digit())
        || word.chars().skip(1).any(char::is_uppercase)
        || word.contains("://")
}

/// The words of a text, without the punctuation around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let outside = |letter: char| !letter.is_alphanumeric();
    text.split_whitespace().map(move |word| if word.contains("://") { word } else { word.trim_matches(outside) })
}

/// Whether a text contains this, and not as a part of a longer figure.
fn contains(text: &str, fact: &str) -> bool {
    let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    text.match_indices(fact).any(|(at, _)| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + fact.len()..).unwrap_or_default());
        let fraction = after.starts_with(['.', ',']) && digit(after.chars().nth(1));
        !(digit(fact.chars().next()) && before.ends_with(|letter: char| letter.is_ascii_digit() || letter == '.'))
            && !(digit(fact.chars().last()) && (digit(after.chars().next()) || fraction))
    })
}

#[test]
fn each_card_builds_and_what_it_leaves_open_is_told() {
    let found = CARDS.map(|(card, _)| {
        let findings = card.check(&Policy::default());
        assert!(!findings.has_errors(), "{findings}");
        findings.iter().map(|finding| format!("{} {}", finding.rule.code, finding.path)).collect::<Vec<_>>()
    });

    // The base model of which the source gives no revision is what a reviewer has to ask about.
    assert_eq!(found, [vec![], vec![], vec!["supplier-without-digest system.components[2].id".to_owned()]]);
}

#[test]
fn each_card_means_the_same_as_its_report() {
    for (card, _) in CARDS {
        assert_eq!(SecurityCard::from_json(&card.to_json()).as_ref().ok(), Some(card));
    }
}

#[test]
fn what_a_source_does_not_say_is_not_covered() {
    let answers = prior_authorization::CARD.objective_reports().into_iter().map(|report| report.answer);
    let expected = [Answer::Unknown, Answer::Unknown, Answer::Text, Answer::Unknown, Answer::Unknown];
    assert_eq!(answers.collect::<Vec<_>>(), expected);

    let system = prior_authorization::CARD.system_report();
    let base = system.components.iter().find(|report| report.component.name.is_some()).expect("the base model");
    let unknown = base.facts.iter().filter(|(_, fact)| *fact == Fact::Unknown).map(|(field, _)| field.name);
    assert_eq!(unknown.collect::<Vec<_>>(), ["version", "supplier", "license"]);
}

#[test]
fn every_figure_link_and_name_of_a_card_is_in_its_source() {
    for (card, source) in with_sources() {
        let source = source.to_lowercase();
        let mut missing = String::new();
        let mut compared = 0;
        for text in facts_of(card) {
            for word in words(&text).filter(|word| is_fact(word)) {
                compared += 1;
                if !contains(&source, &word.to_lowercase()) {
                    writeln!(missing, "{word} in {text:?}").expect("a string takes what is written");
                }
            }
        }
        assert!(missing.is_empty(), "{missing}");
        assert!(compared > 15, "{compared}");
        let details = &card.model_details;
        let stated = |text: &Option<Text<'_>>| text.as_ref().expect("each card has it").to_string();
        for fact in [stated(&details.name), stated(&details.developer), as_written(&stated(&details.date))] {
            assert!(contains(&source, &fact.to_lowercase()), "{fact}");
        }
    }
}

#[test]
fn each_figure_of_the_health_card_stands_behind_its_name_in_the_source() {
    const NEAR: usize = 20;
    let card = &prior_authorization::CARD;
    let tested = card.security_considerations.tests.iter().flat_map(|test| test.measures.iter());
    let measures: Vec<_> = card.metrics.measures.iter().chain(tested).collect();
    assert_eq!(measures.len(), 13);
    let Some((_, source)) = with_sources().into_iter().find(|(with_source, _)| *with_source == card) else { return };
    let source = source.to_lowercase();
    for measure in measures {
        let (name, value) = (measure.name.as_ref().expect("a name").to_string(), measure.value.expect("a figure"));
        let mut behind = source
            .match_indices(&name)
            .map(|(at, _)| source.get(at + name.len()..).unwrap_or_default().chars().take(NEAR).collect::<String>());
        assert!(behind.any(|text| contains(&text, &format!("{value}%"))), "{name}: {value}");
    }
}

#[test]
fn no_card_repeats_a_sentence_of_its_source() {
    const RUN: usize = 8;
    let letters = |text: &str| words(text).map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    for (card, source) in with_sources() {
        let source = letters(&source);
        for text in facts_of(card) {
            let words: Vec<&str> = words(&text).collect();
            for run in words.windows(RUN) {
                let run = run.join(" ").to_lowercase();
                assert!(!source.contains(&run), "{run}");
            }
        }
    }
}
