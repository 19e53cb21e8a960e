//! What is written is read back as it was. How Rust source is read is tested where the macro is.

#[path = "../../../tests/common/random/mod.rs"]
mod random;

use proptest::prelude::*;
use random::hostile::hostile;
use random::notation::{as_json_says, without_places};
use random::{Dice, Fields, card as random_card};
use smcard_core::SecurityCard;
use smcard_core::tree::Node;

use super::{Form, Remarks, card};
use crate::load::yaml;

/// A card of any values, with texts that are hard to write if asked for.
fn any_card(seed: u64, fields: Fields, mean: bool) -> Node<'static> {
    let mut dice = Dice::new(seed);
    let mut card = random_card(&mut dice, fields);
    if mean {
        hostile(&mut card, &mut dice);
    }
    card
}

/// Says something about every value, and about some that are not there.
fn remarks(card: &Node<'_>) -> Remarks {
    let mut remarks = Remarks::default();
    for place in random::places::places(card) {
        remarks.add(place.path.trim_start_matches('.'), "a comment */ \u{202e} that\nends # // nothing \" { [ -");
    }
    for path in SecurityCard::SCHEMA.paths() {
        remarks.add(&path, "open");
    }
    remarks.add_at_end("the last");
    remarks
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_card_survives_json(seed in any::<u64>(), mean in any::<bool>()) {
        let tree = any_card(seed, Fields::Some, mean);
        let text = card(&tree, &Remarks::default(), Form::Json);
        let read = SecurityCard::tree_of_json(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(without_places(&read), as_json_says(&tree), "{}", text);
    }

    #[test]
    fn a_card_survives_yaml(seed in any::<u64>(), mean in any::<bool>(), all in any::<bool>(), said in any::<bool>()) {
        let tree = any_card(seed, if all { Fields::All } else { Fields::Some }, mean);
        let remarks = if said { remarks(&tree) } else { Remarks::default() };
        let text = card(&tree, &remarks, Form::Yaml);
        let read = yaml::read(&text).map_err(|broken| TestCaseError::fail(format!("{}\n{text}", broken.message)))?;
        prop_assert_eq!(without_places(&read.card), as_json_says(&tree), "{}", text);
    }
}

/// A card with a value in each notation, and with something to say about it.
fn shown() -> (Node<'static>, Remarks) {
    let json = r#"{
        "model_details": { "version": "2.10", "type": "A text that is longer than a line can be wide, so that it goes on over a second line, which is made of \"words\".", "stage": "Draft" },
        "training_data": "Withheld: see the register",
        "security_considerations": {
            "threats": [
                { "id": "a", "refs": ["AML.T0015"], "scenario": "One\nand\u202etwo.", "status": "Open" },
                { "id": "b", "status": "Open" }
            ],
            "tests": [{ "id": "c", "attempts": 7, "measures": [{ "name": "x", "value": 0, "interval": [0, 0.5] }] }]
        },
        "extensions": { "acme-eu": { "fn": true, "note": "Unknown: lost" } }
    }"#;
    let card = SecurityCard::tree_of_json(json).unwrap();
    let mut remarks = Remarks::default();
    remarks.add("model_details.version", "page 3");
    remarks.add("model_details.date", "missing");
    remarks.add("factors.evaluation_factors", "missing, too");
    remarks.add("security_considerations.threats[0].refs[0]", "line 7");
    remarks.add_at_end("Found no place:");
    remarks.add_at_end("\u{1b}[2J */");
    (without_places(&owned(&card)), remarks)
}

fn owned(card: &Node<'_>) -> Node<'static> {
    yaml::read(&card_text(card)).map(|read| read.card).unwrap_or_else(|broken| panic!("{}", broken.message))
}

fn card_text(tree: &Node<'_>) -> String {
    card(tree, &Remarks::default(), Form::Yaml)
}

#[test]
fn rust_source_looks_like_the_examples() {
    let (tree, remarks) = shown();
    assert_eq!(card(&tree, &remarks, Form::Rust), include_str!("tests/card.rs.txt"));
}

#[test]
fn yaml_has_block_text_quotes_and_comments() {
    let (tree, remarks) = shown();
    assert_eq!(card(&tree, &remarks, Form::Yaml), include_str!("tests/card.yaml"));
}
