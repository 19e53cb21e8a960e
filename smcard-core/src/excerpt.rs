//! A line of text with a caret under what is wrong in it.
//!
//! A stable compiler can underline only a whole literal, and a build hook has no source at all,
//! so the message draws the place itself.

use std::ops::Range;

use crate::characters::escape;
use crate::secret;

/// How many characters of a long line stand on each side of what is wrong.
const CONTEXT: usize = 40;

/// How many characters of a long word are searched for a secret.
const SEEN: usize = 1_000;

/// The line of `text` around a range of bytes, with carets under the range; under an empty one, with a single caret.
///
/// `line` is the number to draw in the margin, if the text is a file.
pub(crate) fn draw(text: &str, range: Range<usize>, line: Option<usize>) -> String {
    // A file that is drawn does not parse: it may be broken off within a secret.
    draw_without(&secret::places(text, line.is_some()), text, range, line)
}

/// The same for a text whose [secrets](secret::places) are known: a hundred excerpts of one long line look
/// through it once.
pub(crate) fn draw_without(secrets: &[Range<usize>], text: &str, range: Range<usize>, line: Option<usize>) -> String {
    let (above, rest) = text.split_at_checked(range.start).unwrap_or((text, ""));
    let (marked, after) = rest.split_at_checked(range.len()).unwrap_or((rest, ""));
    // A range over several lines is marked on its first one.
    let (marked, after) = match marked.split_once('\n') {
        Some((marked, _)) => (marked, ""),
        None => (marked, after.lines().next().unwrap_or_default()),
    };
    let before = above.rsplit('\n').next().unwrap_or_default();

    let number = line.map(|line| line.to_string()).unwrap_or_default();
    let gap = if number.is_empty() { "" } else { " " };
    let (begins, ends) = (above.len() - before.len(), above.len() + marked.len() + after.len());
    let first = secrets.get(secrets.partition_point(|secret| secret.end <= begins));
    if first.is_some_and(|secret| secret.start < ends) {
        return format!("{number}{gap}| … (the line contains a secret and is not shown)");
    }
    let head = match before.char_indices().nth_back(CONTEXT - 1).filter(|(at, _)| *at > 0) {
        Some((at, _)) => format!("…{}", escape(before.get(at..).unwrap_or_default())),
        None => escape(before),
    };
    let marked = escape(&shorten(marked));
    let tail = escape(&shorten(after));

    let margin = " ".repeat(number.len());
    let indent = " ".repeat(head.chars().count());
    let carets = "^".repeat(marked.chars().count().max(1));
    format!("{margin}{gap}|\n{number}{gap}| {head}{marked}{tail}\n{margin}{gap}| {indent}{carets}")
}

/// The beginning of a text, as much as a message has room for.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(CONTEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// A key or word from outside, short and visible enough for a message, and no secret.
pub(crate) fn shown(word: &str) -> String {
    // No secret that begins in what is shown needs more to be recognized.
    let begins = word.char_indices().nth(SEEN).and_then(|(end, _)| word.get(..end)).unwrap_or(word);
    if let Some(secret::Secret { prefix, .. }) = secret::find(begins) {
        return format!("{prefix}…");
    }
    if !secret::disguised(begins, false).is_empty() {
        return "…".to_owned();
    }
    let short: String = word.chars().take(60).collect();
    escape(&short) + if short.len() < word.len() { "…" } else { "" }
}
