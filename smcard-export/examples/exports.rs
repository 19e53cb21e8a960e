//! Writes every format of the cards of the examples, of published cards and of one that has every field, into a folder:
//! what `scripts/validate-exports` hands to other people's validators.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what cannot be written ends the program"
)]
#![allow(dead_code, reason = "the tests use the rest")]

use std::path::PathBuf;

use smcard_export::Format;

#[path = "../tests/export/cards.rs"]
mod cards;
#[path = "../../tests/common/random/mod.rs"]
mod random;

fn main() {
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("the folder to write into"));
    let every_field = cards::random_report(1, true);
    let every_field = cards::read(&every_field);
    let on_the_hub = cards::on_the_hub();
    let on_the_hub = cards::read(&on_the_hub);
    let written = cards::WRITTEN.iter().map(|(name, card)| (*name, *card));
    std::fs::create_dir_all(folder.join("json")).expect("the folder can be made");
    for (name, card) in written.chain([("every_field", &every_field), ("on_the_hub", &on_the_hub)]) {
        std::fs::write(folder.join("json").join(name).with_extension("json"), card.to_json())
            .expect("the folder can be written");
        for format in Format::ALL {
            let within = folder.join(format.name);
            std::fs::create_dir_all(&within).expect("the folder can be made");
            let text = format.write(card).unwrap_or_else(|lacks| panic!("{name} as {}: {lacks:?}", format.name));
            std::fs::write(within.join(format!("{name}.{}", format.extension)), text)
                .expect("the folder can be written");
        }
    }
}
