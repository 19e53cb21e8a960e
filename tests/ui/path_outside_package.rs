include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    system: {
        components: [{ id: "sorter", kind: Model, files: [{ path: "../models/sorter.onnx" }] }],
    },
};

fn main() {}
