#![forbid(unsafe_code)]

#[path = "src/card.rs"]
#[allow(dead_code)] // What only the model's code uses looks unused from here.
mod card;

fn main() {
    smcard::build::emit(&card::CARD);
}
