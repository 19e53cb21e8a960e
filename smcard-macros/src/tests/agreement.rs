//! The macro and a report say the same of the same card, good or with one mistake in it.
//!
//! The cards are those that the tests of the reader make at random.

#[path = "../../../tests/common/random/mod.rs"]
pub(super) mod random;

use proc_macro2::{TokenStream, TokenTree};
use proptest::prelude::*;
use random::mistake::{KINDS, tempting};
use random::notation::{as_json_says, json, rust, without_places};
use random::{Dice, Fields, card};
use smcard_core::tree::Node;

fn tokens(body: &str) -> TokenStream {
    body.parse().unwrap_or_else(|error| panic!("{error}, in\n{body}"))
}

/// What the macro takes a body for.
fn read(body: &str) -> Node<'static> {
    without_places(&crate::parse::card(tokens(body), false).root)
}

/// How many errors the expansion of a body holds.
fn errors(body: &str) -> usize {
    errors_in(crate::card(tokens(body)))
}

fn errors_in(tokens: TokenStream) -> usize {
    let errors = |token| match token {
        TokenTree::Group(group) => errors_in(group.stream()),
        TokenTree::Ident(word) => usize::from(word == "compile_error"),
        _ => 0,
    };
    tokens.into_iter().map(errors).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_card_of_any_values_is_the_same_in_rust_and_as_json(seed in any::<u64>(), all in any::<bool>()) {
        let card = card(&mut Dice::new(seed), if all { Fields::All } else { Fields::Some });
        let (rust, json) = (rust(&card), json(&card));

        prop_assert_eq!(read(&rust), card.clone(), "{}", rust);
        prop_assert_eq!(read(&json), as_json_says(&card), "{}", json);
        prop_assert_eq!((errors(&rust), errors(&json)), (0, 0), "{}", rust);
    }

    #[test]
    fn a_mistake_made_at_random_is_one_error(seed in any::<u64>(), (name, slip) in prop::sample::select(KINDS)) {
        let mut dice = Dice::new(seed);
        let mut card = card(&mut dice, Fields::All);
        let Some(done) = slip(&mut card, &mut dice) else { return Ok(()) };
        let body = rust(&card);

        prop_assert_eq!(errors(&body), 1, "{}: {}\n{}", name, done, body);
    }
}

#[test]
fn a_mistake_where_other_rules_read_is_one_error() {
    for (path, edit, what) in tempting() {
        let mut card = card(&mut Dice::new(7), Fields::All);
        edit.make(&mut card, path);
        let body = rust(&card);

        assert_eq!(errors(&body), 1, "{what}\n{body}");
    }
}
