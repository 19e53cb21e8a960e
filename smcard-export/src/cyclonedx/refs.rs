//! The names by which the parts of a document refer to each other, and its serial number.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

pub(super) const SYSTEM: &str = "system";
pub(super) const DEVELOPER: &str = "party:developer";
pub(super) const MODEL: &str = "model";
pub(super) const EVALUATION_DATA: &str = "data:evaluation";
pub(super) const TRAINING_DATA: &str = "data:training";
pub(super) const STANDARD: &str = "standard:NIST-AI-100-2";

/// The name of what a card calls by an id, apart from everything else that has one.
pub(super) fn of(kind: &str, id: &str) -> String {
    format!("{kind}:{id}")
}

/// A serial number that follows from the content (RFC 9562, version 8).
pub(super) fn serial(version: &str, report: &str) -> String {
    uuid(&format!("CycloneDX {version}"), report)
}

/// The identifier of what a card is in a format: another card or another format has another one.
pub(crate) fn uuid(format: &str, report: &str) -> String {
    let digest = Sha256::new().chain_update(format).chain_update("\n").chain_update(report).finalize();
    let mut uuid = String::with_capacity(36);
    for (index, byte) in digest.iter().take(16).enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            uuid.push('-');
        }
        let byte = match index {
            6 => byte & 0x0f | 0x80,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        // A string takes what is written.
        let _ = write!(uuid, "{byte:02x}");
    }
    uuid
}
