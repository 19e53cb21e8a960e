//! The JSON Schema and cards made at random: each that may be is valid, and one with a mistake of shape is not.

use serde_json::Value;

use crate::random::mistake::KINDS;
use crate::random::notation::json;
use crate::random::{Dice, Fields, card};
use crate::schema::{errors, validator};

/// The mistakes that a schema sees: the others are about what a text says, or about another place of the card.
const OF_SHAPE: &[&str] = &[
    "a misspelt key",
    "a key that is no field",
    "a required field left out",
    "a value of another kind",
    "a misspelt choice",
];

fn value(card: &smcard_core::tree::Node<'_>) -> Value {
    serde_json::from_str(&json(card)).unwrap()
}

#[test]
fn every_card_that_may_be_is_valid_and_one_mistake_of_shape_is_not() {
    let validator = validator();
    let of_shape: Vec<_> = KINDS.iter().filter(|(name, _)| OF_SHAPE.contains(name)).copied().collect();
    assert_eq!(of_shape.len(), OF_SHAPE.len());
    let mut made = vec![0; OF_SHAPE.len()];
    for seed in 0..200 {
        let good = card(&mut Dice::new(seed), Fields::All);
        assert_eq!(errors(&validator, &value(&good)), [""; 0], "{}", json(&good));
        for ((name, slip), made) in of_shape.iter().zip(&mut made) {
            let mut dice = Dice::new(seed);
            let mut card = card(&mut dice, Fields::All);
            let Some(done) = slip(&mut card, &mut dice) else { continue };
            *made += 1;
            assert!(!validator.is_valid(&value(&card)), "{name}: {done}\n{}", json(&card));
        }
    }
    for ((name, _), made) in of_shape.iter().zip(made) {
        assert!(made > 50, "{name} was made {made} times");
    }
}
