//! The page of a card, as the parser of a browser reads it.

#![allow(clippy::expect_used, reason = "what a test cannot set up ends that test")]

#[path = "../common/large_system.rs"]
mod large_system;
#[path = "../../../tests/common/random/mod.rs"]
mod random;

mod content;
mod hostile;
mod page;
mod structure;
