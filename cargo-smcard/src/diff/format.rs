//! How differences are written.

use super::Version;
use super::change::{Change, Name, Said};
use super::matter::Kind;
use crate::{excerpt, output};

mod human;
mod json;
mod markdown;

/// A format of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Human,
    /// For a pull request
    Markdown,
    /// One JSON object
    Json,
}

impl Format {
    pub(crate) fn write(self, versions: &[Version<'_>; 2], changes: &[Change]) -> String {
        match self {
            Format::Human => human::write(changes, output::stdout_colours()),
            Format::Markdown => markdown::write(versions, changes),
            Format::Json => json::write(versions, changes),
        }
    }
}

/// The changes of a kind.
fn of_kind(changes: &[Change], kind: Kind) -> Vec<&Change> {
    changes.iter().filter(|change| change.kind == kind).collect()
}

/// How many there are of each kind: `1 regression, 0 improvements, 2 other changes`.
fn counts(changes: &[Change]) -> String {
    let count = |kind: Kind| kind.counted(of_kind(changes, kind).len());
    Kind::ALL.map(count).join(", ")
}

/// What a change is called, with its names in quotes of the format: `` `residual` of threat `evasion` ``.
fn label(names: &[Name], quoted: impl Fn(&str) -> String) -> String {
    let part = |name: &Name| match (name.noun.as_str(), excerpt::shortened(&name.name)) {
        (noun, name) if name.is_empty() => noun.to_owned(),
        ("", name) => quoted(&name),
        (noun, name) => format!("{noun} {}", quoted(&name)),
    };
    names.iter().map(part).collect::<Vec<_>>().join(" of ")
}

/// What was said before and what is said now, as people read it: in short, and of two long texts only the part in which
/// they differ.
enum Words {
    Added(String),
    Removed(String),
    Changed(String, String),
}

impl Words {
    fn of(change: &Change) -> Self {
        let whole = |said: &Said| excerpt::shortened(&said.words);
        match (&change.old, &change.new) {
            (Some(old), Some(new)) => {
                let [old, new] = excerpt::difference(&old.words, &new.words);
                Words::Changed(old, new)
            }
            (None, Some(new)) => Words::Added(whole(new)),
            (Some(old), None) => Words::Removed(whole(old)),
            (None, None) => Words::Changed(String::new(), String::new()),
        }
    }
}
