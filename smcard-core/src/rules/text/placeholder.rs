//! Texts that keep a place for an answer.

use std::ops::Range;

/// Texts that are placeholders when nothing else stands there, case and punctuation aside.
const WHOLE: &[&str] = &[
    "n/a",
    "na",
    "not applicable",
    "not available",
    "none given",
    "tba",
    "tbc",
    "tbd",
    "to be added",
    "to be announced",
    "to be completed",
    "to be confirmed",
    "to be decided",
    "to be defined",
    "to be determined",
    "to be done",
    "to be filled in",
    "to do",
    "todo",
    "fixme",
    "fill in",
    "fill me in",
    "fill this in",
    "coming soon",
    "more information needed",
    "placeholder",
    "your text here",
    "change me",
    "changeme",
    "lorem ipsum",
    "foobar",
    "asdf",
    "xxx",
    "withheld",
];

/// Marks that are a placeholder wherever they stand as a word of their own, in capitals.
const MARKS: &[&str] = &["TODO", "TBD", "TBA", "TBC", "FIXME", "XXX"];

/// Phrases of templates that are a placeholder wherever they stand, case aside.
const PHRASES: &[&str] = &["more information needed", "lorem ipsum"];

/// What opens a blank to fill in, and the bracket that closes it.
const BLANKS: &[(&str, char)] = &[
    ("<your ", '>'),
    ("<insert ", '>'),
    ("<add ", '>'),
    ("<fill ", '>'),
    ("[your ", ']'),
    ("[insert ", ']'),
    ("[add ", ']'),
    ("[fill ", ']'),
    ("{{", '}'),
];

/// The bytes of the first placeholder in a text.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let whole = start..start + text.trim().len();
    let trimmed = text.trim();
    let bare = trimmed.trim_matches(|char: char| !char.is_alphanumeric());
    if bare.is_empty()
        && !trimmed.is_empty()
        && trimmed.chars().all(|char| char.is_ascii_punctuation() || "…–—".contains(char))
    {
        return Some(whole); // "...", "-", "???"
    }
    let enclosed = |open, close| trimmed.starts_with(open) && trimmed.ends_with(close);
    let hollow = trimmed.len() < 80 && trimmed.matches(['<', '[']).count() == 1;
    if WHOLE.iter().any(|known| bare.eq_ignore_ascii_case(known))
        || (hollow && (enclosed('<', '>') || enclosed('[', ']')))
    {
        return Some(whole);
    }
    inside(text)
}

/// The bytes of the first placeholder that stands among other words.
fn inside(text: &str) -> Option<Range<usize>> {
    // ASCII lower case keeps every byte where it is.
    let lower = text.to_ascii_lowercase();
    let phrase = || PHRASES.iter().find_map(|phrase| lower.find(phrase).map(|at| at..at + phrase.len()));
    let blank = || {
        BLANKS.iter().find_map(|(open, close)| {
            let at = lower.find(open)?;
            let end = lower.get(at..)?.find(*close)?;
            Some(at..at + end + close.len_utf8())
        })
    };
    mark(text).or_else(phrase).or_else(blank)
}

fn mark(text: &str) -> Option<Range<usize>> {
    let part_of_word = |char: char| char.is_alphanumeric() || char == '_' || char == '-';
    MARKS.iter().find_map(|mark| {
        text.match_indices(mark).find_map(|(at, _)| {
            let end = at + mark.len();
            let before = text.get(..at)?.chars().next_back();
            let after = text.get(end..)?.chars().next();
            (!before.is_some_and(part_of_word) && !after.is_some_and(part_of_word)).then_some(at..end)
        })
    })
}
