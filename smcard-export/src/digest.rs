//! SHA-256 digests, as people and programs write them.

use sha2::{Digest as _, Sha256};

/// The SHA-256 digest of these bytes, in hexadecimal digits.
pub(crate) fn sha256(bytes: impl AsRef<[u8]>) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        digits.push_str(&format!("{byte:02x}"));
    }
    digits
}
