include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    extensions: { parcels: { share: 1e400 } },
};

fn main() {}
