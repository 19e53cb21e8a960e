include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    extensions: { parcels: { share: 4.8% } },
};

fn main() {}
