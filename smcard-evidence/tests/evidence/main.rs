//! Model files, harmless and harmful, and reports of tests: what is said of them, whole and damaged.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod bounds;
mod cards;
mod corpus;
mod damaged;
mod detours;
mod facts;
mod reports;
mod reports_damaged;
mod reports_random;
mod reports_real;
mod seeds;
mod table;
