// The date, the type, the resource, the licence and the contact are missing.
include!("common/good_card.rs");

static CARD: SecurityCard = card_of_model_details! {
    model_details: {
        developer: "Parcel Vision Ltd",
        version: "2.1.0",
        information: "A convolutional network of 11 layers",
        citation: "Parcel Vision Ltd (2026)",
    },
};

fn main() {}
