#![forbid(unsafe_code)]

#[path = "src/card.rs"]
mod card;

fn main() {
    smcard::build::emit(&card::CARD);
}
