//! Names and numbers in a line for people.

use crate::check::format::counted;

/// How many things of a kind are named.
pub(super) const NAMED: usize = 8;

/// The first names, and how many more there are.
pub(super) fn listed<T: AsRef<str>>(names: impl Iterator<Item = T>) -> String {
    let mut all: Vec<String> = names.map(|name| name.as_ref().to_owned()).collect();
    let more = all.len().saturating_sub(NAMED);
    all.truncate(NAMED);
    if more > 0 {
        all.push(format!("{more} more"));
    }
    all.join(" ")
}

pub(super) fn counted_u64(count: u64, noun: &str) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), noun)
}
