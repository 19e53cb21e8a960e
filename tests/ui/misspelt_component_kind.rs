include!("common/good_card.rs");

static CARD: SecurityCard = card_of_extensions! {
    system: {
        components: [{ id: "gate", kind: Tol, permission: NeedsApproval }],
    },
};

fn main() {}
