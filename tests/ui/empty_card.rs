use smcard::{SecurityCard, security_card};

static CARD: SecurityCard = security_card! {};

fn main() {}
