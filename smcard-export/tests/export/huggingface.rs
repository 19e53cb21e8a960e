//! The README of a model hub: what its front matter says, and the very card back from it.

use proptest::prelude::*;
use serde_json::{Value, json};
use smcard_core::SecurityCard;
use smcard_export::{Format, huggingface};

use crate::cards::{WRITTEN, on_the_hub, random_report, random_tree, read};
use crate::markdown::HOSTILE;
use crate::random::Dice;
use crate::random::hostile::hostile;
use crate::random::notation::without_places;

mod page;

fn text(card: &SecurityCard<'_>) -> String {
    Format::named("huggingface").unwrap().write(card).unwrap()
}

fn written(name: &str) -> &'static SecurityCard<'static> {
    WRITTEN.iter().find(|(other, _)| *other == name).unwrap().1
}

/// The front matter, and what follows it: split as the hub's library does.
fn parts(readme: &str) -> (&str, &str) {
    readme.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap()
}

/// The front matter without the card.
fn matter(readme: &str) -> &str {
    parts(readme).0.split("\nsmcard:").next().unwrap()
}

/// The keys of the front matter.
fn keys(readme: &str) -> Vec<&str> {
    let begins = |line: &&str| !line.is_empty() && !line.starts_with(' ');
    parts(readme).0.lines().filter(begins).map(|line| line.split_once(':').unwrap().0).collect()
}

/// A card of a report that was changed.
fn changed(name: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut report: Value = serde_json::from_str(&written(name).to_json()).unwrap();
    change(&mut report);
    text(&read(&report.to_string()))
}

fn back(readme: &str) -> Result<smcard_core::tree::Node<'static>, String> {
    huggingface::card(readme).map(|card| without_places(&card))
}

#[test]
fn every_written_card_is_read_back_as_it_was() {
    for (name, card) in WRITTEN.iter().copied().chain([("empty", &SecurityCard::EMPTY)]) {
        assert_eq!(back(&text(card)), Ok(without_places(&card.tree())), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_card_is_read_back_as_it_was(seed in any::<u64>(), all in any::<bool>()) {
        let report = random_report(seed, all);
        prop_assert_eq!(back(&text(&read(&report))), Ok(random_tree(seed, all)));
    }

    #[test]
    fn a_card_of_hostile_words_is_read_back_as_it_was_and_makes_no_key(seed in any::<u64>()) {
        let plain = random_tree(seed, true);
        let mut tree = plain.clone();
        hostile(&mut tree, &mut Dice::new(seed));
        let (plain, _) = SecurityCard::fitting(plain).unwrap();
        let (card, whole) = SecurityCard::fitting(tree.clone()).unwrap();
        prop_assert!(whole);
        let readme = text(&card);
        prop_assert_eq!(back(&readme), Ok(tree));
        // What names a licence, a dataset or a task no longer does.
        let plain = text(&plain);
        let known = keys(&plain);
        for key in keys(&readme) {
            prop_assert!(known.contains(&key) || key.starts_with("license"), "{}", key);
        }
        let hidden = ['\u{0}', '\u{7}', '\u{1b}', '\u{7f}', '\u{85}', '\u{202e}', '\u{2066}', '\u{2028}', '\u{feff}'];
        prop_assert!(!readme.contains(hidden), "{}", readme);
    }
}

#[test]
fn a_card_that_says_no_more_than_it_must_has_no_empty_heading() {
    let required = changed("defect_detector", |report| {
        report.as_object_mut().unwrap().remove("system");
        report.as_object_mut().unwrap().remove("extensions");
        report["metrics"].as_object_mut().unwrap().remove("measures");
        for key in ["name", "stage"] {
            report["model_details"].as_object_mut().unwrap().remove(key);
        }
        report["security_considerations"]
            .as_object_mut()
            .unwrap()
            .retain(|key, _| ["threat_modeling", "security_testing"].contains(&key.as_str()));
    });
    let expected = "license: other\nlicense_name: northwind-internal\nlicense_link: LICENSE\n\
                    pipeline_tag: image-classification\ntags:\n  - security-model-card";
    assert_eq!(matter(&required), expected);
    let (_, body) = parts(&required);
    assert!(body.contains("# Model Card for unnamed model\n"), "{body}");
    for none in ["### System", "## More Information", "**Stage:**", "### Threats"] {
        assert!(!body.contains(none), "{none}\n{body}");
    }
    let lines: Vec<&str> = body.lines().filter(|line| !line.is_empty()).collect();
    for pair in lines.windows(2) {
        let level = |line: &str| line.bytes().take_while(|byte| *byte == b'#').count();
        let (above, below) = (level(pair[0]), level(pair[1]));
        assert!(above == 0 || below == 0 || below > above, "{pair:?}");
    }
    let empty = text(&SecurityCard::EMPTY);
    assert!(
        empty.contains("\n- **Developed by:** _not stated_\n") && empty.contains("\n## Citation\n\n_not stated_\n")
    );
}

#[test]
fn front_matter_has_what_the_card_says_in_the_words_of_the_hub() {
    let report = on_the_hub();
    let readme = text(&read(&report));
    assert_eq!(back(&readme), Ok(without_places(&read(&report).tree())));
    let expected = r#"language:
  - en
  - "no"
license: mit
library_name: peft
pipeline_tag: text-generation
tags:
  - security-model-card
  - generative
datasets:
  - harbour/questions-en
  - squad
metrics:
  - accuracy
  - wer
  - f1
base_model:
  - auklet-labs/auklet-8b-instruct
base_model_relation: adapter
model-index:
  - name: harbour-support-assistant
    results:
      - task:
          type: text-generation
        dataset:
          type: harbour/questions-en
          name: "Questions: English"
        metrics:
          - type: accuracy
            value: 0.93
            name: Accuracy (language=en)
          - type: wer
            value: 4
            name: Word error rate, %"#;
    assert_eq!(matter(&readme), expected);
}

#[test]
fn nothing_is_said_in_the_words_of_the_hub_that_the_card_does_not_say() {
    // An agent calls its base model; two libraries are no answer; an address of another host is none of the hub.
    let readme = changed("support_assistant", |report| {
        report["security_considerations"]["ai_class"] = json!("Agentic");
        let components = report["system"]["components"].as_array_mut().unwrap();
        for name in ["transformers", "timm"] {
            components.push(json!({ "id": name, "kind": "Library", "name": name }));
        }
        components.push(json!({ "id": "d", "kind": "Dataset", "url": "https://huggingface.co.example/datasets/a" }));
        report["model_details"]["type"] = json!("A model that does more than text generation");
        report["model_details"]["license"] = json!("Withheld: It is in the contract.");
    });
    assert_eq!(matter(&readme), "tags:\n  - security-model-card\n  - agentic");
    let unknown =
        changed("support_assistant", |report| report["model_details"]["license"] = json!("Unknown: Why not."));
    assert!(matter(&unknown).starts_with("license: unknown\npipeline_tag:"), "{}", matter(&unknown));
}

#[test]
fn the_key_is_the_truth_whatever_is_done_around_it() {
    let card = written("transcription_service");
    let tree = Ok(without_places(&card.tree()));
    let readme = text(card);
    let (front, body) = parts(&readme);
    for (what, edited) in [
        ("the text is another one", format!("---\n{front}\n---\n\n# Another\n\n---\nsmcard: {{}}\n---\n")),
        ("the text is gone", format!("---\n{front}\n---")),
        (
            "the hub\u{2019}s keys are others",
            format!("---\n{}\n---\n{body}", front.replacen("license: apache-2.0", "license: mit\nco2: 1", 1)),
        ),
        ("the lines end as on Windows", readme.replace('\n', "\r\n")),
        ("there is a byte order mark and an empty line", format!("\u{feff}\n{readme}")),
        (
            "the card is written in another way",
            format!("---\ntags: []\n\"smcard\": {}\n---\n", card.to_json().replace('\n', "\n  ").trim_end()),
        ),
    ] {
        assert_eq!(back(&edited), tree, "{what}");
    }
}

#[test]
fn what_another_writer_leaves_bare_is_the_text_that_it_was() {
    let readme = "---\nsmcard:\n  model_details:\n    version: 1.10\n    date: 2026-09-14\n    developer: ~\n    \
                  type: |-\n      One\n\n      two\n  metrics:\n    measures:\n    - {name: x, value: 1e3}\n  \
                  extensions: {acme: {a: 1.50, b: yes, c: true, d: '1', e: 1e3, f: 1.e+21}}\n---\n";
    let report = json!({
        "model_details": { "date": "2026-09-14", "version": "1.10", "type": "One\n\ntwo" },
        "metrics": { "measures": [{ "name": "x", "value": 1000 }] },
        "extensions": { "acme": { "a": 1.5, "b": "yes", "c": true, "d": "1", "e": "1e3", "f": 1e21 } },
    });
    let card = huggingface::card(readme).unwrap();
    let read: Value = serde_json::to_value(&card).unwrap();
    assert_eq!(read, report);
}

#[test]
fn what_is_no_export_is_told_and_never_a_panic() {
    let deep = format!("---\nsmcard: {}{}\n---\n", "[".repeat(100), "]".repeat(100));
    for (document, told) in [
        ("", "there is no front matter"),
        ("# A model\n", "there is no front matter"),
        ("---\nsmcard: {}\n", "there is no front matter"),
        ("---\nlicense: mit\n---\n", "has no key `smcard`"),
        ("---\n- smcard\n---\n", "has no key `smcard`"),
        ("---\ntags: [smcard]\n---\n", "has no key `smcard`"),
        ("---\nsmcard: {\n---\n", "not YAML"),
        ("---\nsmcard: *a\n---\n", "not YAML"),
        ("---\na: &a 1\nsmcard: *a\n---\n", "it has an alias"),
        ("---\nsmcard: !!str a\n---\n", "it has a tag"),
        ("---\n? [a]\n: smcard\n---\n", "a key that is no text"),
        ("---\nsmcard:\n  training_data: a\n  training_data: b\n---\n", "`training_data` stands there twice"),
        ("---\nsmcard:\n  model_details:\n    licence: MIT\n---\n", "`model_details.licence` is no field of a card"),
        ("---\nsmcard:\n  security_considerations: {ai_class: Psychic}\n---\n", "expected a word of the schema"),
        ("---\nsmcard: a\n---\n", "is no card"),
        (&deep, "nested more than"),
    ] {
        let error = huggingface::card(document).unwrap_err();
        assert!(error.contains(told), "{document:.80}: {error:.200}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_export_that_was_damaged_is_never_a_panic(cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::sample::select(HOSTILE)), 1..6)) {
        let mut readme = text(WRITTEN[0].1);
        for (from, to, with) in cuts {
            let mut ends = [from.index(readme.len() + 1), to.index(readme.len() + 1)].map(|at| readme.ceil_char_boundary(at));
            ends.sort_unstable();
            readme.replace_range(ends[0]..ends[1].min(ends[0] + 40), with);
        }
        let _ = huggingface::card(&readme);
    }
}
