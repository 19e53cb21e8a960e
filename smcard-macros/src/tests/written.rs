//! The macro reads what the command line writes as a `src/card.rs`.

use proptest::prelude::*;
use smcard_core::SecurityCard;
use smcard_core::tree::Node;

use super::agreement::random::hostile::hostile;
use super::agreement::random::notation::without_places;
use super::agreement::random::{Dice, Fields, card, places};

/// The command line's own files, which are a program and no library.
#[allow(dead_code, reason = "other parts of that program need more of them")]
#[path = "../../../cargo-smcard/src/write"]
mod write {
    mod parts;
    pub(super) mod remarks;
    mod rust;

    pub(super) fn source(card: &smcard_core::tree::Node<'_>, remarks: &remarks::Remarks) -> String {
        rust::source(card, remarks)
    }
}

use write::remarks::Remarks;

/// What the macro takes the card of a file for.
fn read(source: &str) -> Node<'static> {
    let file: syn::File = syn::parse_file(source).unwrap_or_else(|error| panic!("{error}, in\n{source}"));
    let card = file.items.into_iter().find_map(|item| match item {
        syn::Item::Static(card) => Some(*card.expr),
        _ => None,
    });
    let Some(syn::Expr::Macro(call)) = card else { panic!("no card in\n{source}") };
    without_places(&crate::parse::card(call.mac.tokens, false).root)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_card_survives_rust_source(seed in any::<u64>(), mean in any::<bool>(), all in any::<bool>(), said in any::<bool>()) {
        let mut dice = Dice::new(seed);
        let mut tree = card(&mut dice, if all { Fields::All } else { Fields::Some });
        if mean {
            hostile(&mut tree, &mut dice);
        }
        let mut remarks = Remarks::default();
        if said {
            for place in places::places(&tree) {
                remarks.add(place.path.trim_start_matches('.'), "a comment */ \u{202e} that\nends \\\n/* nothing \" {");
            }
            for path in SecurityCard::SCHEMA.paths() {
                remarks.add(&path, "open");
            }
            remarks.add_at_end("the last");
        }
        let source = write::source(&tree, &remarks);

        prop_assert_eq!(read(&source), tree, "{}", source);
        let visible = |char: char| !smcard_core::source::is_invisible(char) || char == '\n';
        prop_assert!(source.chars().all(visible), "{}", source);
        prop_assert!(!source.lines().any(|line| line.ends_with(' ')), "{}", source);
    }
}
