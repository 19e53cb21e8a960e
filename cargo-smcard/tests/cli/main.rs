//! Sessions: what a user types, and what comes back.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod any_card;
mod asking;
mod check;
mod diff;
mod diff_formats;
mod export;
mod extract;
mod folders;
mod formats;
mod import;
mod import_cards;
mod import_pdf;
mod init;
#[cfg(unix)]
mod interview;
mod measured;
mod other_ci;
mod packages;
mod pdfs;
mod policy;
#[path = "../../../smcard-extract/tests/extract/programs.rs"]
#[allow(dead_code, reason = "the tests of the library use all of it")]
mod programs;
#[cfg(unix)]
mod pty;
mod python_team;
#[path = "../../../tests/common/random/mod.rs"]
mod random;
mod readme;
mod scan;
mod schema;
mod score;
mod session;
#[cfg(unix)]
mod terminal;
mod verify;
mod view;
mod yaml;
