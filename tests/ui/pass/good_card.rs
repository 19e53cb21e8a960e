// The card that the failing ones spoil is good itself, and any constant may be a value in it.
include!("../common/good_card.rs");

const PERIOD: &str = "2019 to 2024";

static CARD: SecurityCard = card_of_training_data! {
    training_data: PERIOD,
};

fn main() {
    assert_eq!(CARD.training_data.as_ref().and_then(smcard::Text::stated), Some("2019 to 2024"));
}
