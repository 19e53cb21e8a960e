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

mod asking;
mod check;
mod folders;
mod formats;
mod init;
#[cfg(unix)]
mod interview;
mod packages;
mod policy;
#[cfg(unix)]
mod pty;
mod python_team;
mod readme;
mod schema;
mod session;
#[cfg(unix)]
mod terminal;
mod yaml;
