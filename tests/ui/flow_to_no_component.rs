include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    system: {
        components: [{ id: "camera", kind: Client }, { id: "sorter", kind: Model }],
        flows: [{ id: "images", from: "camera", to: "sortr" }],
    },
};

fn main() {}
