include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    extensions: Factors { parcels: { region: "EU" } },
};

fn main() {}
