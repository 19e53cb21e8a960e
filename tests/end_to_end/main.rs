//! Whole projects, built by cargo as a user builds them: what the macro says, what the build
//! script does, what lies in the target folder afterwards.

#[path = "../common/random/mod.rs"]
mod random;

mod as_written;
mod broken_cards;
mod card;
mod embed;
mod exports;
mod folders;
mod hostile;
mod lighter;
mod measured;
mod policy;
mod policy_files;
mod project;
mod quiet;
mod readme;
mod rebuilds;
mod report;
mod security;
mod seed;
mod several;
mod system;
mod values;
