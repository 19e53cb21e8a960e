include!("common/good_card.rs");

static CARD: SecurityCard = card_of_model_details! {
    model_details: "Parcel model 2.1.0, by Parcel Vision Ltd",
};

fn main() {}
