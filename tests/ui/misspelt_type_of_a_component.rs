include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    system: {
        components: [Componet { id: "camera", kind: Client }],
    },
};

fn main() {}
