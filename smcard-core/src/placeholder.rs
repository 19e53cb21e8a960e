//! Texts that keep a place for an answer.

use std::ops::Range;

use crate::prefixes::Prefixes;
use crate::text::trimmed;

/// What a text is there for: a word can be a value and no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It answers a question in words.
    Answer,
    /// It names a value of somebody's vocabulary: a unit, a part of the data, an entry of one's
    /// own, where `none`, `test` or `x` are values like any other.
    Label,
}

/// Texts that are placeholders when nothing else stands there, case and brackets aside; sorted by
/// length, then by letters.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "foo", "n.a", "n/a", "tba", "tbc", "tbd", "wip", "xxx", "asdf", "todo", "ditto", "fixme", "to do", "foobar",
    "qwerty", "fill in", "as above", "changeme", "withheld", "change me", "see above", "see below", "text here",
    "undefined", "your name", "your text", "dummy text", "fill me in", "none given", "not stated", "replace me",
    "to be done", "coming soon", "insert here", "lorem ipsum", "placeholder", "sample text", "to be added",
    "example text", "fill this in", "not provided", "not available", "not specified", "same as above",
    "to be decided", "to be defined", "not applicable", "to be provided", "your name here", "your text here",
    "to be announced", "to be completed", "to be confirmed", "to be filled in", "insert text here",
    "to be determined", "work in progress", "information needed", "under construction",
    "more information needed",
];

/// Texts that answer nothing, but that may be a label.
#[rustfmt::skip]
const NO_ANSWER: &[&str] = &[
    "x", "bar", "baz", "nil", "blah", "none", "null", "same", "test", "text", "dummy", "later", "value",
    "string", "example", "nothing", "pending", "testing", "unknown", "optional", "redacted", "not known",
    "description", "unspecified",
];

/// No text of the two lists is longer.
const LONGEST: usize = 24;

/// How long the texts of the two lists are that begin with each byte: the bit of a length is set. Nearly every text of
/// a card is told from all of them by this.
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where a wrong index is an error")]
static LENGTHS: [u32; 256] = {
    let mut lengths = [0; 256];
    let mut lists = [WHOLE, NO_ANSWER].as_slice();
    while let [list, others @ ..] = lists {
        let mut list = *list;
        while let [text, others @ ..] = list {
            let first = text.as_bytes()[0];
            lengths[first as usize] |= 1 << text.len();
            lengths[first.to_ascii_uppercase() as usize] |= 1 << text.len();
            list = others;
        }
        lists = others;
    }
    lengths
};

/// Marks that are a placeholder wherever they stand as a word of their own, in capitals.
const MARKS: &[&str] = &["TODO", "TBD", "TBA", "TBC", "FIXME", "XXX"];

/// Phrases of templates that are a placeholder wherever they stand, case aside.
const PHRASES: &[&str] = &["more information needed", "lorem ipsum"];

/// What opens a blank to fill in, case aside, and the bracket that closes it.
const BLANKS: &[(&str, u8)] = &[
    ("<your ", b'>'),
    ("<insert ", b'>'),
    ("<add ", b'>'),
    ("<fill ", b'>'),
    ("[your ", b']'),
    ("[insert ", b']'),
    ("[add ", b']'),
    ("[fill ", b']'),
];

/// How long a blank to fill in can be, in bytes.
const BLANK_LENGTH: usize = 80;

/// First words of what a template asks for in brackets.
const REQUESTS: &[&str] = &[
    "your", "insert", "add", "fill", "describe", "enter", "specify", "provide", "replace", "explain", "state", "list",
    "name", "link", "more",
];

/// Where one of the marks, phrases or blanks may begin.
pub(crate) static PLACES: Prefixes = {
    let mut places = Prefixes::new().anywhere("{{");
    let mut marks = MARKS;
    while let [mark, others @ ..] = marks {
        places = places.word(mark);
        marks = others;
    }
    let mut phrases = PHRASES;
    while let [phrase, others @ ..] = phrases {
        places = places.word_in_any_case(phrase);
        phrases = others;
    }
    let mut blanks = BLANKS;
    while let [(open, _), others @ ..] = blanks {
        places = places.anywhere(open);
        blanks = others;
    }
    places
};

/// The bytes of the first placeholder in a text; of one among words, from a byte on before which
/// none of [`PLACES`] lies.
pub(crate) fn find(text: &str, role: Role, from: Option<usize>) -> Option<Range<usize>> {
    let trimmed = trimmed(text);
    if is_placeholder(trimmed, role) {
        let start = text.len() - text.trim_start().len();
        return Some(start..start + trimmed.len());
    }
    inside(text, from?)
}

/// Whether a text is a placeholder as a whole.
fn is_placeholder(trimmed: &str, role: Role) -> bool {
    if trimmed.len() > BLANK_LENGTH {
        return is_template(trimmed);
    }
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let (begins, ends) = (is_word(trimmed.as_bytes().first()), is_word(trimmed.as_bytes().last()));
    // Of nearly all texts, their first and last byte tell that nothing stands around them, and that they are no template.
    let bare = if begins && ends { trimmed } else { trimmed.trim_matches(is_blank) };
    if bare.is_empty() {
        return !trimmed.is_empty(); // "...", "-", "???"
    }
    is_listed(bare, role) || !begins && (is_request(trimmed) || is_template(trimmed))
}

/// Marks that stand around a placeholder, or for one. `%`, `$` or `*` can be a unit, or mean all.
fn is_blank(char: char) -> bool {
    matches!(
        char,
        '-' | '–' | '—' | '_' | '.' | '…' | '?' | '!' | ',' | ';' | ':' | '/' | '\\' | '|' | '~' | '\'' | '"' | '`'
    ) || "<>()[]{}".contains(char)
}

/// Whether a text is one that answers nothing, in whatever letter case.
fn is_listed(text: &str, role: Role) -> bool {
    let may_be = |first: &u8| LENGTHS.get(usize::from(*first)).is_some_and(|lengths| lengths & (1 << text.len()) != 0);
    let is_in = |list: &[&str]| {
        let order = |known: &&str| {
            let letters = || known.bytes().cmp(text.bytes().map(|byte| byte.to_ascii_lowercase()));
            known.len().cmp(&text.len()).then_with(letters)
        };
        list.binary_search_by(order).is_ok()
    };
    text.len() <= LONGEST
        && text.as_bytes().first().is_some_and(may_be)
        && (is_in(WHOLE) || role == Role::Answer && is_in(NO_ANSWER))
}

/// Whether a text is one pair of brackets with a request in it, as templates have them.
///
/// A sentence in brackets is a remark, and numbers, addresses and tokens of a model are values.
fn is_request(text: &str) -> bool {
    let enclosed = |open, close| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let Some(inner) = enclosed('[', ']').or_else(|| enclosed('<', '>')) else { return false };
    if inner.contains(['[', '<', '@', '|']) || inner.contains("://") || !inner.contains(char::is_alphabetic) {
        return false;
    }
    let mut words = inner.split_whitespace();
    let first = words.next().unwrap_or_default();
    let asks = REQUESTS.iter().any(|request| request.eq_ignore_ascii_case(first));
    let sentence = inner.ends_with(['.', '…', '!', '?']) || words.count() >= 4;
    asks || !sentence
}

/// Whether a text is nothing but variables of a template.
fn is_template(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, after)) = rest.strip_prefix("{{").and_then(|inner| inner.split_once("}}")) {
        rest = after.trim_start_matches(|char: char| char.is_whitespace() || is_blank(char) && char != '{');
        if rest.is_empty() {
            return true;
        }
    }
    false
}

/// The bytes of the first placeholder that stands among other words.
fn inside(text: &str, mut from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    while let Some(at) = PLACES.next(bytes, from) {
        if let Some(length) = begins(text, at) {
            return Some(at..at + length);
        }
        from = at + 1;
    }
    None
}

/// The length of the mark, phrase or blank that begins at a place.
fn begins(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    let starts =
        |prefix: &str| rest.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()));
    let length = match rest.first()? {
        b'{' => return default_of_template(rest),
        b'<' | b'[' => {
            let (_, close) = BLANKS.iter().find(|(open, _)| starts(open))?;
            return rest.iter().take(BLANK_LENGTH).position(|byte| byte == close).map(|end| end + 1);
        }
        b'T' | b'F' | b'X' => MARKS.iter().find(|mark| rest.starts_with(mark.as_bytes()))?.len(),
        _ => return PHRASES.iter().find(|phrase| starts(phrase)).map(|phrase| phrase.len()),
    };
    let part_of_word = |char: char| char.is_alphanumeric() || char == '_' || char == '-';
    let before = text.get(..at)?.chars().next_back();
    let after = text.get(at + length..)?.chars().next();
    (!before.is_some_and(part_of_word) && !after.is_some_and(part_of_word)).then_some(length)
}

/// The length of a variable that a template left with its default, `{{ name | default(…) }}`. Any
/// other variable among words is part of a prompt.
fn default_of_template(rest: &[u8]) -> Option<usize> {
    let name = rest.get(2..)?;
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'.');
    let length = name.iter().take(BLANK_LENGTH).take_while(|byte| in_name(byte)).count();
    let filter = name.get(length..)?.strip_prefix(b"|")?;
    if !filter.trim_ascii_start().starts_with(b"default") {
        return None;
    }
    let end = filter.windows(2).take(BLANK_LENGTH).position(|pair| pair == b"}}")?;
    Some("{{".len() + length + "|".len() + end + "}}".len())
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;

    fn find(text: &str, role: Role) -> Option<Range<usize>> {
        super::find(text, role, Some(0))
    }

    fn whole(text: &str, role: Role) -> bool {
        find(text, role) == Some(0..text.len())
    }

    #[test]
    fn the_lists_are_sorted_as_they_are_searched() {
        for list in [WHOLE, NO_ANSWER] {
            let sorted = |pair: &[&str]| match pair {
                [one, other] => one.len().cmp(&other.len()).then(one.cmp(other)) == Ordering::Less,
                _ => true,
            };
            assert!(list.windows(2).all(sorted));
            assert!(list.iter().all(|text| text.len() <= LONGEST && is_listed(&text.to_uppercase(), Role::Answer)));
        }
    }

    #[test]
    fn texts_that_answer_nothing_are_refused_as_a_whole() {
        for text in [
            "none",
            "x",
            "unknown",
            "pending",
            "string",
            "null",
            "nil",
            "-",
            "?",
            "see above",
            "same",
            "test",
            "sample text",
            "your name",
            "example",
            "text",
            "N/A",
            "n/a",
            "TBD",
            "todo",
            "None.",
            "(unknown)",
            "—",
            "...",
            "…",
            "[More Information Needed]",
            "[optional]",
            "<...>",
            "<name of the model>",
            "[your team]",
            "{{ model_id | default(\"…\", true) }}",
            "{{user}}",
            "{{ a }} {{ b }}",
            "[Describe how the data was made.]",
        ] {
            assert!(whole(text, Role::Answer), "{text}");
        }
        assert_eq!(find(" \tnone\n", Role::Answer), Some(2..6));
        assert_eq!(find(" none", Role::Answer), Some(1..5));
        assert_eq!(find("none ", Role::Answer), Some(0..4));
    }

    #[test]
    fn a_blank_to_fill_in_is_short() {
        let request = |length: usize| format!("[name {}]", "x".repeat(length - "[name ]".len()));
        assert!(whole(&request(BLANK_LENGTH), Role::Answer));
        assert_eq!(find(&request(BLANK_LENGTH + 1), Role::Answer), None);
    }

    #[test]
    fn short_values_and_sentences_in_brackets_are_answers() {
        for text in [
            "%",
            "$",
            "*",
            "°",
            "NA",
            "na",
            "‰",
            "#",
            "[0.91, 0.95]",
            "[The model proceeds …]",
            "[The model proceeds to answer in detail]",
            "<https://example.com>",
            "<|endoftext|>",
            "x86",
            "Nil nocere",
            "Answer {{user}} politely, then stop.",
            "{{user}} asks: what is a parcel?",
            "none of the above",
            "Tests",
            "Unknown unknowns",
            "TODO-lists",
            "A text about XXXL shirts",
            "",
        ] {
            assert_eq!(find(text, Role::Answer), None, "{text}");
        }
    }

    #[test]
    fn a_label_may_be_a_word_that_answers_nothing() {
        for text in ["none", "x", "unknown", "test", "text", "string", "null", "pending"] {
            assert_eq!(find(text, Role::Label), None, "{text}");
        }
        for text in ["TBD", "-", "n/a", "[optional]", "{{unit}}", "todo"] {
            assert!(whole(text, Role::Label), "{text}");
        }
    }

    #[test]
    fn placeholders_among_words_are_found_where_they_stand() {
        for (text, found) in [
            ("Sites: TODO", "TODO"),
            ("Filled in TBA, later.", "TBA"),
            ("Uses: [More Information Needed] so far", "More Information Needed"),
            ("and LOREM ipsum dolor", "LOREM ipsum"),
            ("Written by <Your name here> in 2026", "<Your name here>"),
            ("By {{ developers | default(\"us\", true)}}, 2026", "{{ developers | default(\"us\", true)}}"),
            ("é TBD", "TBD"),
        ] {
            let range = find(text, Role::Answer).unwrap_or_default();
            assert_eq!(text.get(range), Some(found), "{text}");
        }
        for text in ["éTODO", "TODO_LIST", "x lorem", "<your ", &format!("<your {}>", "x".repeat(99))] {
            assert_eq!(find(text, Role::Answer), None, "{text}");
        }
    }

    #[test]
    fn hostile_texts_are_read_in_one_pass() {
        for part in ["{{", "<your ", "[insert ", "TODO", "lorem ", "{{}}", "{{ a | default", "{{ a | ", "[", "{{}} ."] {
            let text = part.repeat(200_000 / part.len()) + "x";
            assert_eq!(find(&text, Role::Answer), None, "{part}");
        }
    }
}
