include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    extensions: { parcels: { "data residency": "EU" } },
};

fn main() {}
