//! How a scan is written: each format is a beginning, a part for each file, and an end.

use std::fmt;

use smcard_core::source::visible;

use super::scanned::Scanned;
use super::{facts, json, rules};
use crate::check::format::{counted, human, sarif};

/// A format of what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people: what each file is, and what speaks against it
    #[default]
    Human,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// What was looked at in all.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Totals {
    pub(super) files: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// Hidden entries of folders, and what a build has written.
    pub(super) left_out: usize,
}

impl Format {
    pub(super) fn begin(self) -> String {
        match self {
            Format::Human => String::new(),
            Format::Json => json::begin(),
            Format::Sarif => rules::REPORTED.begin(),
        }
    }

    pub(super) fn file(self, scanned: &Scanned, colours: bool) -> String {
        match self {
            Format::Human => {
                let file = &scanned.checked.file;
                let what = scanned.measured.as_ref().map_or_else(|| "not looked at".to_owned(), facts::line);
                format!("{file}: {}\n{}", visible(&what), human::card(&scanned.checked, colours))
            }
            Format::Json => json::file(scanned),
            Format::Sarif => rules::REPORTED.file(&scanned.checked),
        }
    }

    pub(super) fn between(self) -> &'static str {
        match self {
            Format::Human => "",
            Format::Json | Format::Sarif => ",\n",
        }
    }

    pub(super) fn end(self, totals: Totals) -> String {
        match self {
            Format::Human => String::new(),
            Format::Json => json::end(totals),
            Format::Sarif => sarif::end(),
        }
    }
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
