//! Policies of several files: what a nearer one may ask, and what lets a finding pass.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod answers;
mod bounds;
#[path = "../common/mod.rs"]
mod common;
mod exceptions;
mod files;
mod loosening;
mod secrets;

use smcard::{Findings, Policy};

/// The name of the package that a policy is read for.
const PACKAGE: &str = "parcels";

/// The policy of an outer file and a nearer one.
fn layered(outer: &str, nearer: &str) -> Result<Policy, Findings> {
    Policy::from_layers(&[("../smcard.toml", outer), ("smcard.toml", nearer)], PACKAGE)
}

/// The lines of what is wrong with a policy.
fn lines(policy: Result<Policy, Findings>) -> Vec<String> {
    let findings = policy.err().unwrap_or_default();
    findings.iter().map(smcard::Finding::line).collect()
}
