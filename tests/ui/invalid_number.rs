include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    extensions: { parcels: { serial: 9007199254740993 } },
};

fn main() {}
