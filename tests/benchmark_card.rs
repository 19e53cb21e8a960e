//! The card of the benchmarks: what is measured against serde by hand is the same card, and one as users have them.

use smcard::Policy;

#[path = "../benches/support/card.rs"]
#[allow(missing_docs, unreachable_pub, reason = "a card as a user writes it")]
mod card;

#[path = "../benches/support/serde_card.rs"]
#[allow(missing_docs, unreachable_pub, reason = "a card as a user writes it")]
mod serde_card;

#[test]
fn the_card_by_hand_is_the_card_that_it_is_measured_against() {
    let ours: serde_json::Value = serde_json::from_str(&card::CARD.to_json()).unwrap();
    let by_hand = serde_json::to_value(&serde_card::CARD).unwrap();

    assert_eq!(ours, by_hand);
}

#[test]
fn the_card_of_the_benchmarks_has_no_finding() {
    let findings = card::CARD.check(&Policy::default());

    assert!(findings.is_empty(), "{findings}");
}
