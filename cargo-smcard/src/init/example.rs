//! An example for every question: the values of one card, which is as good as a card can be.

use std::sync::LazyLock;

use serde_json::Value;

use super::place::Place;

const CARD: &str = include_str!("example.json");

static EXAMPLE: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(CARD).unwrap_or_default());

/// What an answer at a place may look like.
pub(super) fn of(at: &Place) -> Option<String> {
    let path = at.schema_path();
    let keys: Vec<&str> = path.split('.').collect();
    Some(match find(&EXAMPLE, &keys)? {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> =
                items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect();
            items.join(", ")
        }
        other => other.to_string(),
    })
}

/// The first value at a path, in whichever item of the lists on the way.
fn find<'v>(value: &'v Value, keys: &[&str]) -> Option<&'v Value> {
    let Some((key, rest)) = keys.split_first() else { return Some(value) };
    match value {
        Value::Array(items) => items.iter().find_map(|item| find(item, keys)),
        value => find(value.get(key)?, rest),
    }
}

#[cfg(test)]
mod tests {
    use smcard_core::schema::{Block, Kind};
    use smcard_core::{Day, Policy, SecurityCard};

    use super::super::place::block_of;
    use super::*;

    #[test]
    fn the_example_is_a_card_that_no_rule_finds_anything_wrong_with() {
        let found = SecurityCard::check_json(CARD, &Policy::default(), Day::parse("2026-11-01"));
        assert!(found.is_empty(), "{found}");
    }

    #[test]
    fn there_is_an_example_for_every_field() {
        fn each(block: &'static Block, at: &Place) {
            for field in block.fields.iter().filter(|field| !field.name.starts_with('$')) {
                let place = at.key(field.name);
                match block_of(field.kind) {
                    Some(inner) => each(inner, &place),
                    None if field.kind == Kind::Extensions => {}
                    None => assert!(of(&place).is_some_and(|text| !text.is_empty()), "{place}"),
                }
            }
        }
        each(SecurityCard::SCHEMA, &Place::default());
    }
}
