//! Cards in the formats of other people's tools: valid by the official schemas, whole, and always the same bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking, and these functions are called by tests alone"
)]

#[path = "../../../tests/common/random/mod.rs"]
mod random;

mod cards;
mod cyclonedx;
mod cyclonedx_preview;
mod defectdojo;
mod formats;
mod huggingface;
mod in_toto;
mod markdown;
mod measured;
mod otm;
mod schemas;
mod spdx;
mod spreadsheet;
