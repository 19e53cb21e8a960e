//! How findings are written: each format is a beginning, a part for each card, and an end.

use smcard_core::Level;

use crate::told::{Checked, Told};

mod github;
pub(crate) mod human;
mod json;
mod junit;
pub(crate) mod sarif;

/// A format of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people: each finding with its line, on standard error
    #[default]
    Human,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// JUnit XML, for test reports
    Junit,
}

/// What was checked in all.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Totals {
    pub(crate) cards: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) excepted: usize,
    /// Cards whose policy cannot be read.
    pub(crate) unchecked: usize,
}

impl Format {
    pub(crate) fn begin(self) -> String {
        match self {
            Format::Human | Format::Github => String::new(),
            Format::Json => json::begin(),
            Format::Sarif => sarif::begin(),
            Format::Junit => junit::begin(),
        }
    }

    /// What is written of a card.
    pub(crate) fn card(self, checked: &Checked, colours: bool) -> String {
        match self {
            Format::Human => human::card(checked, colours),
            Format::Json => json::card(checked),
            Format::Sarif => sarif::card(checked),
            Format::Github => github::card(checked),
            Format::Junit => junit::card(checked),
        }
    }

    /// What stands between the parts of two cards that are not empty.
    pub(crate) fn between(self) -> &'static str {
        match self {
            Format::Json | Format::Sarif => ",\n",
            Format::Human | Format::Github | Format::Junit => "",
        }
    }

    pub(crate) fn end(self, totals: Totals) -> String {
        match self {
            Format::Human => human::end(totals),
            Format::Github => String::new(),
            Format::Json => json::end(totals),
            Format::Sarif => sarif::end(),
            Format::Junit => junit::end(),
        }
    }
}

fn level(told: &Told) -> &'static str {
    if told.level == Level::Error { "error" } else { "warning" }
}

/// A finding in words on several lines, without its place and its code.
fn words(told: &Told) -> String {
    let mut words = told.problem.message.clone();
    for (label, texts) in [("help", &told.problem.help), ("note", &told.problem.notes)] {
        for text in texts {
            words += &format!("\n{label}: {text}");
        }
    }
    escaped(&words)
}

/// A text whose lines hold only what a reader sees.
fn escaped(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(smcard_core::source::visible).collect();
    lines.join("\n")
}

/// `1 error`, `2 errors`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// What is said of findings that are counted and not told.
fn omitted(checked: &Checked) -> Option<String> {
    let omitted = checked.omitted();
    (omitted > 0).then(|| format!("and {} in {}", counted(omitted, "more finding"), checked.file))
}
