//! What was looked at in all.

use std::fmt;

use crate::check::format::counted;

/// What was looked at in all.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Totals {
    pub(super) files: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// Hidden entries of folders, and what a build has written.
    pub(super) left_out: usize,
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [files, errors, warnings] = [(self.files, "file"), (self.errors, "error"), (self.warnings, "warning")]
            .map(|(count, noun)| counted(count, noun));
        writeln!(f, "looked at {files}: {errors}, {warnings}")?;
        if self.left_out > 0 {
            let entries = if self.left_out == 1 { "entry" } else { "entries" };
            writeln!(f, "note: {} {entries} of folders left out: hidden, or written by a build", self.left_out)?;
        }
        Ok(())
    }
}
