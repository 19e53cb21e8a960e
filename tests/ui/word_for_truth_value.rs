include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    system: {
        components: [{ id: "camera", kind: Client }],
        flows: [{ id: "images", from: "camera", to: "camera", encrypted: yes }],
    },
};

fn main() {}
