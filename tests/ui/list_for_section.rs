include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    extensions: ["EU"],
};

fn main() {}
