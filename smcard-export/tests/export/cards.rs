//! The cards that are exported here: the examples, published ones, and any that the schema allows.

use std::sync::LazyLock;

use smcard_core::tree::{Node, Value};
use smcard_core::{Policy, SecurityCard, Text};

use crate::random::notation::json;
use crate::random::{Dice, Fields, card};

macro_rules! cards {
    ($($name:ident: $path:literal,)+) => {
        $(
            #[path = $path]
            #[allow(missing_docs, dead_code, unreachable_pub, reason = "a card as a user writes it")]
            mod $name;
        )+

        /// Cards as people write them, by name.
        pub(crate) const WRITTEN: &[(&str, &SecurityCard<'static>)] = &[ $( (stringify!($name), &$name::CARD), )+ ];
    };
}

cards! {
    defect_detector: "../../../examples/defect-detector/src/card.rs",
    support_assistant: "../../../examples/support-assistant/src/card.rs",
    transcription_service: "../../../examples/transcription-service/src/card.rs",
    warehouse_agent: "../../../examples/warehouse-agent/src/card.rs",
    clip: "../../../tests/real_cards/clip.rs",
    prior_authorization: "../../../tests/real_cards/prior_authorization.rs",
    whisper: "../../../tests/real_cards/whisper.rs",
}

/// The tree of a card made at random: all of its fields, or some.
pub(crate) fn random_tree(seed: u64, all: bool) -> Node<'static> {
    card(&mut Dice::new(seed), if all { Fields::All } else { Fields::Some })
}

/// The report of a card made at random.
pub(crate) fn random_report(seed: u64, all: bool) -> String {
    json(&random_tree(seed, all))
}

pub(crate) fn read(report: &str) -> SecurityCard<'_> {
    // That of this package, by which the cards were compiled.
    static POLICY: LazyLock<Policy> =
        LazyLock::new(|| Policy::from_toml(include_str!("../../smcard.toml"), "smcard.toml").unwrap());
    SecurityCard::from_json_with(report, &POLICY).unwrap_or_else(|findings| panic!("{findings}\n{report}"))
}

/// The report with the facts that SPDX requires and a card need not have: who, which version, which day.
pub(crate) fn with_required_facts(report: &str) -> String {
    let mut card: serde_json::Value = serde_json::from_str(report).unwrap();
    for (field, value) in [("developer", "Parcels Ltd"), ("version", "2.1"), ("date", "2009-12-31")] {
        let stated = &mut card["model_details"][field];
        let is_stated = stated.as_str().is_some_and(|text| Text::new(text).stated().is_some());
        if !is_stated || (field == "date" && stated.as_str().and_then(smcard_core::Day::parse).is_none()) {
            *stated = value.into();
        }
    }
    card.to_string()
}

/// The same, with components of which everything is known that SPDX asks for, and a vulnerability of each status.
pub(crate) fn with_all_facts(report: &str) -> String {
    let mut card: serde_json::Value = serde_json::from_str(&with_required_facts(report)).unwrap();
    let list = |value: &mut serde_json::Value, more: serde_json::Value| {
        let mut items = value.as_array().cloned().unwrap_or_default();
        items.extend(more.as_array().unwrap().iter().cloned());
        *value = items.into();
    };
    let digest = "0".repeat(64);
    list(
        &mut card["system"]["components"],
        serde_json::json!([
            {
                "id": "facts.base", "kind": "BaseModel", "name": "A base", "version": "1", "supplier": "Others",
                "license": "MIT OR LicenseRef-others", "files": [{ "path": "base.onnx", "sha256": digest }],
                "purl": "pkg:generic/base@1?download_url=https%3A%2F%2Fothers.example%2Fbase"
            },
            { "id": "facts.data", "kind": "Dataset", "name": "Welds", "sensitivity": "Restricted" }
        ]),
    );
    card["extensions"]["spdx"] = serde_json::json!({ "packages": [
        { "id": "facts.base", "released": "2009-01-15" },
        {
            "id": "facts.data", "built": "2009-03-01", "released": "2009-03-20", "type": ["image", "text"],
            "use": "training"
        }
    ] });
    let statuses = ["Open", "InTriage", "Fixed", "NotAffected", "Accepted"].into_iter().enumerate();
    let known = statuses.map(|(number, status)| {
        serde_json::json!({
            "id": format!("CVE-2026-1000{number}"), "title": "It reads past the end", "status": status, "fixed_in": "9.9",
            "affects": ["facts.base"], "refs": ["CWE-125"], "url": "https://cve.example/a", "severity": "High"
        })
    });
    list(&mut card["security_considerations"]["vulnerabilities"], known.collect::<Vec<_>>().into());
    card.to_string()
}

/// Calls this with every written card and with many made at random, each with a name.
pub(crate) fn each(mut with: impl FnMut(&str, &SecurityCard<'_>)) {
    for (name, card) in WRITTEN {
        with(name, card);
    }
    for seed in 0..30 {
        let report = random_report(seed, seed % 2 == 0);
        with(&format!("the card of seed {seed}"), &read(&report));
    }
}

/// A report with other words in each text that may be any words.
pub(crate) fn with_words(seed: u64, words: &str) -> String {
    let mut card = random_tree(seed, true);
    for place in crate::random::places::places(&card) {
        let free = place.field.is_none_or(|field| field.form == smcard_core::schema::Form::Free);
        if let Value::Text(text) = &mut place.of_mut(&mut card).value {
            if free && text.stated().is_some() {
                *text = Text::Stated(words.to_owned().into());
            }
        }
    }
    json(&card)
}

/// The report of a card that says all that a model hub has a key for.
pub(crate) fn on_the_hub() -> String {
    let (_, card) = WRITTEN.iter().find(|(name, _)| *name == "support_assistant").expect("a card of that name");
    let mut report: serde_json::Value = serde_json::from_str(&card.to_json()).expect("a report is JSON");
    report["model_details"]["license"] = "MIT License".into();
    report["training_data"] = "Answers, and https://huggingface.co/datasets/squad.".into();
    let components = report["system"]["components"].as_array_mut().expect("the card has components");
    components
        .push(serde_json::json!({ "id": "peft", "kind": "Library", "name": "PEFT", "purl": "pkg:pypi/peft@0.17" }));
    components.push(serde_json::json!({
        "id": "questions-en",
        "kind": "Dataset",
        "name": "Questions: English",
        "url": "https://huggingface.co/datasets/harbour/questions-en",
    }));
    report["metrics"]["measures"] = serde_json::json!([
        { "name": "Accuracy", "value": 0.93, "slice": "language=en", "dataset": "questions-en" },
        { "name": "Word error rate", "value": 4, "unit": "%", "dataset": "Questions: English" },
        { "name": "F1", "value": 0.5, "slice": "language=no", "dataset": "900 questions" },
        { "name": "right answers", "value": 0.9, "dataset": "questions-en" },
    ]);
    report.to_string()
}
