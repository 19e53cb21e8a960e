include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    system: {
        zones: [{ id: "hal", trust: Untrusted }],
        components: [{ id: "camera", kind: Client, zone: "hall" }, { id: "scale", kind: Client, zone: "hall" }],
    },
};

fn main() {}
