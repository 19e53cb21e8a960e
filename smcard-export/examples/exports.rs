//! Writes every format of the cards of the examples, of published cards and of one that has every field, into a folder:
//! what `scripts/validate-exports` hands to other people's validators.
//!
//! A card that lacks what a format requires stands there a second time with the facts that it lacks, and what was said
//! of it in the folder `refused`.

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
    let all_facts = cards::with_all_facts(&every_field);
    let (every_field, all_facts) = (cards::read(&every_field), cards::read(&all_facts));
    let on_the_hub = cards::on_the_hub();
    let on_the_hub = cards::read(&on_the_hub);
    let more = [("every_field", &every_field), ("all_facts", &all_facts), ("on_the_hub", &on_the_hub)];
    let written = cards::WRITTEN.iter().map(|(name, card)| (*name, *card));
    for (name, card) in written.chain(more) {
        for format in Format::ALL {
            let within = folder.join(format.name);
            std::fs::create_dir_all(&within).expect("the folder can be made");
            let text = format.write(card).unwrap_or_else(|lacks| {
                let refused = folder.join("refused").join(format.name);
                std::fs::create_dir_all(&refused).expect("the folder can be made");
                std::fs::write(refused.join(name), lacks.join("\n")).expect("the folder can be written");
                let report = cards::with_required_facts(&card.to_json());
                let written = format.write(&cards::read(&report));
                written.unwrap_or_else(|lacks| panic!("{name} as {}: {lacks:?}", format.name))
            });
            std::fs::write(within.join(format!("{name}.{}", format.extension)), text)
                .expect("the folder can be written");
        }
    }
}
