include!("common/good_card.rs");

static CARD: SecurityCard = card_of_model_details! {
    model_details: {
        developer: "Parcel Vision Ltd",
        date: "2026-03-14",
        version: "2.1.0",
        type: "Image classification",
        information: "A convolutional network of 11 layers",
        resource: "https://parcels.example/model",
        citation: "Parcel Vision Ltd (2026)",
        license: "Apache-2.0",
        stage: Decision::Approved,
        contact: "models@parcels.example",
    },
};

fn main() {}
