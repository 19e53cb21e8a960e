//! Cards made at random from the schema, and mistakes made in them at random.
//!
//! What a card may hold is read from `SecurityCard::SCHEMA`, so a new field is in these cards
//! without an edit here. A card is made as a tree, which each test writes in the notation that it
//! is about: a report, or the body of the macro. The tests of the macro include this folder too.

#![allow(dead_code, reason = "each test crate uses its own part of this")]
#![allow(clippy::collapsible_if, reason = "some of these crates have let chains, and Rust 1.85 has none")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and these functions are called by tests alone"
)]

mod agreeing;
mod card;
mod dice;
pub(crate) mod hostile;
pub(crate) mod mistake;
pub(crate) mod notation;
pub(crate) mod places;
mod system;

pub(crate) use card::{Fields, card};
pub(crate) use dice::Dice;
