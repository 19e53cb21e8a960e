include!("common/good_card.rs");

static CARD: SecurityCard = card_of_training_data! {
    training_data: "Photographs\u{202e}4202 ot 9102 fo",
};

fn main() {}
