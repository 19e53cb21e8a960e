include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    system: {
        zones: [{ id: "hall", trust: Untrusted }],
        components: [{ id: "camera", kind: Client, zone: "hall" }, { id: "sorter", kind: Model }],
        flows: [{ id: "images", from: "hall", to: "sorter" }],
    },
};

fn main() {}
