//! Lines of a file as they may be shown: visible, not too long, and none that holds a secret.

use std::borrow::Cow;
use std::ops::Range;

use crate::characters::{self, escape};
use crate::secret;

/// How much of a long line stands on each side of what is marked, in characters.
const CONTEXT: usize = 100;

/// The text of a file, of which lines are shown.
pub struct Source<'t> {
    text: &'t str,
    /// Where secrets stand.
    secrets: Vec<Range<usize>>,
}

/// A line as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line, or the part of it around what is marked.
    pub text: String,
    /// The bytes of `text` that are marked.
    pub marked: Range<usize>,
}

impl<'t> Source<'t> {
    /// The text of a file. One that does not parse may be `broken` off within a secret, of which a part is hidden, too.
    pub fn new(text: &'t str, broken: bool) -> Self {
        let mut secrets = secret::disguised(text, broken);
        secrets.append(&mut secret::ranges(text, broken));
        Source { text, secrets }
    }

    /// Hides the line of a value that is known to hold a secret.
    pub fn hide(&mut self, range: Range<usize>) {
        self.secrets.push(range);
    }

    /// The line on which a range of bytes begins; nothing if it holds a secret.
    pub fn line(&self, range: Range<usize>) -> Option<Line> {
        let (above, below) = (self.text.get(..range.start)?, self.text.get(range.start..)?);
        let start = above.rfind('\n').map_or(0, |end| end + 1);
        let end = range.start + below.find('\n').unwrap_or(below.len());
        let whole = self.text.get(start..end)?;
        let touches = |secret: &Range<usize>| secret.start < end && secret.end > start;
        if self.secrets.iter().any(touches) {
            return None;
        }
        let whole = whole.trim_end_matches('\r');
        let marked = range.start - start..range.end.clamp(range.start, end) - start;
        let (before, rest) = whole.split_at_checked(marked.start.min(whole.len()))?;
        let (marked, after) = rest.split_at_checked(marked.len().min(rest.len()))?;
        // A line may be as long as the file.
        let cut = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        let mut text = if cut > 0 { "…".to_owned() } else { String::new() };
        // A tab is as wide as the terminal makes it, which the carets below the line cannot know.
        let plain = |text: &str| escape(&text.replace('\t', "    "));
        text += &plain(before.get(cut..).unwrap_or_default());
        let from = text.len();
        text += &plain(&shortened(marked));
        let to = text.len();
        text += &plain(&shortened(after));
        Some(Line { text, marked: from..to })
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(CONTEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// A text as it may be shown in one line, such as the path of a file: what a reader cannot see is written as an escape,
/// and in place of a secret stands its beginning.
pub fn visible(text: &str) -> String {
    escape(&secret::mask(text))
}

/// A text of any number of lines with the beginning of each secret in place of it.
pub fn without_secrets(text: &str) -> Cow<'_, str> {
    secret::mask(text)
}

/// Whether a character is one that a reader cannot see, and that is written as an escape wherever that is possible.
pub fn is_invisible(char: char) -> bool {
    characters::name(char).is_some()
}

/// Whether a text holds a secret.
pub fn holds_secret(text: &str) -> bool {
    secret::find(text).is_some()
}

/// Whether a message about a file that does not parse, in the words of whoever parsed it, repeats no secret of the file.
pub fn is_harmless(message: &str) -> bool {
    secret::mask_broken(message) == message && secret::disguised(message, true).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: [&str; 2] = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"];

    #[test]
    fn a_line_is_marked_where_the_range_is() {
        let text = "first: 1\nse\u{1b}cond: \"two\"\r\nthird";
        let at = text.find("\"two\"").unwrap();
        let line = Source::new(text, false).line(at..at + 5).unwrap();
        assert_eq!(line.text, "se\\u{1b}cond: \"two\"");
        assert_eq!(line.text.get(line.marked), Some("\"two\""));
        assert_eq!(Source::new(text, false).line(text.len()..text.len()).unwrap().text, "third");
    }

    #[test]
    fn a_range_over_several_lines_is_marked_on_its_first() {
        let text = "a: {\n  b: 1\n}\n";
        let line = Source::new(text, false).line(3..text.len()).unwrap();
        assert_eq!((line.text.as_str(), line.marked), ("a: {", 3..4));
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_marked() {
        let text = format!("{}MARK{}", "ä".repeat(5_000), "b".repeat(5_000));
        let line = Source::new(&text, false).line(10_000..10_004).unwrap();
        assert_eq!(line.text.get(line.marked.clone()), Some("MARK"));
        assert!(line.text.chars().count() < 220, "{}", line.text);
    }

    #[test]
    fn a_line_that_holds_a_secret_is_not_shown() {
        let token = TOKEN.concat();
        let escaped = token.replace('_', "\\u005f");
        let key = "-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----";
        for text in [token.as_str(), &escaped, key] {
            let text = format!("a: 1\nb: {text}\nc: 2");
            let source = Source::new(&text, false);
            let at = text.find("\nb").unwrap() + 1;
            assert_eq!(source.line(at..at + 1), None, "{text}");
            assert!(source.line(0..1).is_some());
        }
        let body = key.find("MII").unwrap();
        assert_eq!(Source::new(key, false).line(body..body + 1), None);
        assert_eq!(Source::new("a: ghp_16C7e4", true).line(0..1), None);
        let mut known = Source::new("a: 1\nb: 2", false);
        known.hide(5..9);
        assert_eq!(known.line(5..6), None);
        assert!(known.line(0..1).is_some());
    }

    #[test]
    fn a_path_is_shown_without_secrets_and_without_what_drives_a_terminal() {
        assert_eq!(visible(&format!("a\u{1b}[2J/{}.json", TOKEN.concat())), "a\\u{1b}[2J/ghp_….json");
    }
}
