//! Where a policy says something.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A file of a policy.
#[derive(Debug)]
pub(crate) struct PolicyFile {
    /// What messages call it.
    pub(crate) name: String,
    /// What it leaves to nearer files, in the words of `[policy] delegate`.
    pub(crate) delegated: Vec<String>,
}

impl PolicyFile {
    /// Whether nearer files may loosen what this word stands for.
    pub(crate) fn leaves(&self, word: &str) -> bool {
        let family = word.split('.').next();
        self.delegated.iter().any(|left| left == word || Some(left.as_str()) == family)
    }
}

/// Where a policy says something.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) file: Arc<PolicyFile>,
    pub(crate) line: usize,
    /// The bytes of the file's text.
    pub(crate) span: Range<usize>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.name, self.line)
    }
}
