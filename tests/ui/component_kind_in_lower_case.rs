include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    system: {
        components: [{ id: "sorter", kind: model }],
    },
};

fn main() {}
