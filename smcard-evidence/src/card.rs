//! The files and reports that cards name: measured, and held against what the cards and the policy say.

use std::path::Path;

use smcard_core::build::Measurer;
use smcard_core::tree::Node;
use smcard_core::{Evidence, Named, Policy};

use read::Read;

mod claims;
mod component;
mod facts;
mod file;
mod formats;
mod read;
mod report;
mod say;
mod told;

/// Measures the files that each card names, whose paths are relative to a folder: what they are, and what speaks against
/// them or against what the card says of them.
///
/// Each file is read once, whichever cards name it, and several at a time. No link leads out of the folder.
pub fn measure_cards(cards: &[Named<'_>], folder: &Path, policy: &Policy) -> Vec<Evidence> {
    // What lies beside a file in the folder of the process has no folder in its path.
    let folder = if folder == Path::new("") { Path::new(".") } else { folder };
    let read = Read::all(cards, folder);
    cards.iter().map(|named| claims::evidence(named, &read, policy)).collect()
}

/// The [`Measurer`] of the build hook.
#[derive(Debug, Clone, Copy, Default)]
pub struct Files;

impl Measurer for Files {
    fn measure(&self, cards: &[Node<'_>], package: &Path, policy: &Policy) -> Option<Vec<Evidence>> {
        let named: Vec<Named<'_>> = cards.iter().map(Named::of).collect();
        Some(measure_cards(&named, package, policy))
    }
}
