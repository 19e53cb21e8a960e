//! How a scan is written: each format is a beginning, a part for each file, and an end.

use smcard_core::source::visible;

use super::scanned::Scanned;
use super::totals::Totals;
use super::{facts, json, rules};
use crate::check::format::{human, sarif};

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
                let what = scanned.seen.as_ref().map_or_else(|| "not looked at".to_owned(), facts::line);
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
