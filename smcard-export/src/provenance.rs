//! [`Provenance`]: what a card itself does not say of how it was checked.

use smcard_core::Exception;

use crate::digest;

/// What a card was checked against, for readers who must be able to tell. Whoever exports knows it; a card does not.
#[derive(Debug, Clone, Default)]
pub struct Provenance<'p> {
    /// The policy files, the outermost first.
    pub policy: Vec<PolicyFile>,
    /// The exceptions that are in force for the card.
    pub exceptions: Vec<&'p Exception>,
    /// The revision of the source, if the environment hands one over.
    pub revision: Option<String>,
}

/// A policy file, so that another copy of it can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFile {
    /// Its path, as whoever exports names it.
    pub name: String,
    /// Its SHA-256 digest, in hexadecimal digits.
    pub sha256: String,
}

impl PolicyFile {
    /// A policy file of these bytes.
    pub fn new(name: impl Into<String>, bytes: &[u8]) -> Self {
        PolicyFile { name: name.into(), sha256: digest::sha256(bytes) }
    }
}
