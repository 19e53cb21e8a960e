//! What holds of every card, whatever it holds: cards are made from the schema, at random.

#[path = "common/random/mod.rs"]
mod random;

use proptest::prelude::*;
use random::notation::{json, without_places};
use random::places::places;
use random::{Dice, Fields, card};
use smcard::schema::{Block, Kind};
use smcard::{Policy, SecurityCard, rules};
use smcard_core::tree::{Entry, Node, Value};

fn card_of(seed: u64, all: bool) -> Node<'static> {
    card(&mut Dice::new(seed), if all { Fields::All } else { Fields::Some })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_wrong_with_it(seed in any::<u64>(), all in any::<bool>()) {
        let card = card_of(seed, all);
        let findings = rules::check(&card, &Policy::default());

        prop_assert!(findings.is_empty(), "{}\n{}", findings, json(&card));
    }

    #[test]
    fn it_is_read_back_from_its_report_as_it_was_written(seed in any::<u64>(), all in any::<bool>()) {
        let card = card_of(seed, all);
        let report = json(&card);
        let read = SecurityCard::from_json(&report).map_err(|findings| TestCaseError::fail(findings.to_string()))?;
        let written = read.to_json();
        let again = SecurityCard::from_json(&written).map_err(|findings| TestCaseError::fail(findings.to_string()))?;

        prop_assert_eq!(without_places(&read.tree()), card);
        prop_assert_eq!(&again, &read);
        prop_assert_eq!(again.to_json(), written);
    }

    #[test]
    fn serde_reads_and_writes_the_same_card(seed in any::<u64>(), all in any::<bool>()) {
        let card = card_of(seed, all);
        let report = json(&card);
        let read = SecurityCard::from_json(&report).map_err(|findings| TestCaseError::fail(findings.to_string()))?;
        let by_serde: SecurityCard<'_> = serde_json::from_str(&report)?;

        prop_assert!(are_alike(&by_serde.tree(), &read.tree()), "{}", report);
        let compact = serde_json::to_string(&read)?;
        let again = serde_json::from_str::<SecurityCard<'_>>(&compact)?;
        prop_assert!(are_alike(&again.tree(), &read.tree()), "{}", compact);
        prop_assert_eq!(SecurityCard::from_json(&compact).ok(), Some(read));
    }
}

/// Whether two trees say the same, a fraction aside that is off by eight
/// of its smallest steps at most: serde_json by itself rounds some.
fn are_alike(one: &Node<'_>, other: &Node<'_>) -> bool {
    match (&one.value, &other.value) {
        (Value::Number(one), Value::Number(other)) => one.to_bits().abs_diff(other.to_bits()) <= 8,
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| are_alike(one, other))
        }
        (Value::Block(one), Value::Block(other)) => {
            let same =
                |(one, other): (&Entry<'_>, &Entry<'_>)| one.key == other.key && are_alike(&one.node, &other.node);
            one.len() == other.len() && one.iter().zip(other).all(same)
        }
        (one, other) => one == other,
    }
}

#[test]
fn a_value_that_only_the_build_script_knows_is_no_mistake_wherever_it_stands() {
    for seed in 0..8 {
        let good = card(&mut Dice::new(seed), Fields::All);
        for place in places(&good) {
            if matches!(place.of(&good).value, Value::Block(_) | Value::List(_)) {
                continue; // no expression makes a block or a list
            }
            let mut later = good.clone();
            place.of_mut(&mut later).value = Value::Later;
            let findings = rules::check(&later, &Policy::default());
            assert!(findings.is_empty(), "at `{}`: {findings}\n{}", place.path, json(&good));
        }
    }
}

/// The paths of a block's fields, of whatever kind.
fn fields(block: &'static Block, within: &str, found: &mut Vec<String>) {
    for field in block.fields {
        let path = format!("{within}.{}", field.name);
        match field.kind {
            Kind::Block(inner) => fields(inner, &path, found),
            Kind::List(Kind::Block(inner)) => fields(inner, &format!("{path}[0]"), found),
            _ => {}
        }
        found.push(path);
    }
}

#[test]
fn no_field_of_the_schema_is_left_out_of_these_cards() {
    let (mut declared, mut given) = (Vec::new(), Vec::new());
    fields(SecurityCard::SCHEMA, "", &mut declared);
    for seed in 0..20 {
        given.extend(places(&card(&mut Dice::new(seed), Fields::All)).into_iter().map(|place| place.path));
    }
    declared.retain(|path| !given.contains(path));

    assert_eq!(declared, [""; 0]);
}
