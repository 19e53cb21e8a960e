//! A tree as YAML that every reader takes for the same: YAML 1.1 and 1.2 differ in what a bare word is.
//!
//! A text stands bare only if it is a few words that begin with a letter and mean nothing in either; any other is in
//! double quotes, where a line of it stands on a line of its own, and what nobody sees is written as an escape.

use smcard_core::source::is_invisible;
use smcard_core::tree::{Entry, Node, Value};

use crate::leaves::figure;

/// How wide a line is, unless a single word is wider.
const WIDTH: usize = 80;

/// The document of a block, without the lines of hyphens around it.
pub(super) fn write(block: &Node<'_>) -> String {
    let mut text = String::new();
    entries(block.entries(), 0, &mut text);
    text
}

/// The keys of a block; the first one goes on in the line that has begun.
fn entries(entries: &[Entry<'_>], indent: usize, text: &mut String) {
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            spaces(indent, text);
        }
        let start = text.len();
        single(&entry.key, indent, 0, text);
        text.push(':');
        match &entry.node.value {
            Value::Block(inner) if !inner.is_empty() => {
                text.push('\n');
                spaces(indent + 2, text);
                self::entries(inner, indent + 2, text);
            }
            Value::List(inner) if !inner.is_empty() => {
                text.push('\n');
                spaces(indent + 2, text);
                items(inner, indent + 2, text);
            }
            _ => {
                text.push(' ');
                let column = indent + text.get(start..).unwrap_or_default().chars().count();
                scalar(&entry.node, indent + 2, column, text);
            }
        }
    }
}

/// The items of a list; the first one goes on in the line that has begun.
fn items(items: &[Node<'_>], indent: usize, text: &mut String) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            spaces(indent, text);
        }
        text.push_str("- ");
        match &item.value {
            Value::Block(inner) if !inner.is_empty() => entries(inner, indent + 2, text),
            Value::List(inner) if !inner.is_empty() => self::items(inner, indent + 2, text),
            _ => scalar(item, indent + 2, indent + 2, text),
        }
    }
}

fn spaces(count: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', count));
}

/// A value without keys or items of its own, from this column on.
fn scalar(node: &Node<'_>, indent: usize, column: usize, text: &mut String) {
    match &node.value {
        Value::Text(words) => single(&words.to_string(), indent, column, text),
        Value::Word(word) => single(word, indent, column, text),
        Value::Number(value) => text.push_str(&number(*value)),
        Value::Bool(bool) => text.push_str(if *bool { "true" } else { "false" }),
        Value::List(_) => text.push_str("[]"),
        Value::Block(_) => text.push_str("{}"),
        _ => text.push_str("null"),
    }
    text.push('\n');
}

/// A number, with the point and the sign without which YAML 1.1 takes `1e21` for a text.
fn number(number: f64) -> String {
    if !number.is_finite() {
        return "null".to_owned();
    }
    let figure = figure(number);
    let Some((digits, power)) = figure.split_once('e') else { return figure };
    let point = if digits.contains('.') { "" } else { ".0" };
    let sign = if power.starts_with('-') { "" } else { "+" };
    format!("{digits}{point}e{sign}{power}")
}

/// A key or a text.
fn single(words: &str, indent: usize, column: usize, text: &mut String) {
    if is_bare(words, column) { text.push_str(words) } else { quoted(words, indent, column, text) }
}

/// Whether a text is a few words that no reader takes for anything else.
fn is_bare(words: &str, column: usize) -> bool {
    let of_words = |char: char| char.is_ascii_alphanumeric() || matches!(char, ' ' | '_' | '-' | '.' | '/' | ',');
    let meaningful = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    words.starts_with(|char: char| char.is_ascii_alphabetic())
        && words.chars().all(of_words)
        && !words.ends_with(' ')
        && column + words.len() <= WIDTH
        && !meaningful.iter().any(|word| word.eq_ignore_ascii_case(words))
}

/// A text in double quotes, which goes on below where it is longer than a line or has several.
fn quoted(words: &str, indent: usize, mut column: usize, text: &mut String) {
    let begin = |text: &mut String| {
        text.push_str("\\\n");
        spaces(indent, text);
        indent
    };
    // A key stands on one line.
    let folds = column > 0;
    text.push('"');
    column += 1;
    let mut is_begin = false;
    for (at, char) in words.char_indices() {
        let rest = words.get(at + char.len_utf8()..).unwrap_or_default();
        let written = match char {
            // A line that goes on loses the spaces at its beginning.
            ' ' if is_begin => "\\ ".to_owned(),
            '"' | '\\' | '\n' | '\t' => char.escape_default().collect(),
            '\u{fffe}' | '\u{ffff}' => escaped(char),
            char if is_invisible(char) => escaped(char),
            char => char.to_string(),
        };
        column += written.chars().count();
        text.push_str(&written);
        is_begin = false;
        let ends = match char {
            '\n' => true,
            ' ' => {
                let word = rest.find([' ', '\n']).unwrap_or(rest.len());
                // Behind the word stands what ends its line.
                column + rest.get(..word).unwrap_or_default().chars().count() + 2 > WIDTH
            }
            _ => false,
        };
        if ends && folds && !rest.is_empty() {
            column = begin(text);
            is_begin = true;
        }
    }
    text.push('"');
}

fn escaped(char: char) -> String {
    match u32::from(char) {
        code @ ..0x100 => format!("\\x{code:02x}"),
        code @ ..0x1_0000 => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{self, Object, list, texts};
    use crate::huggingface::read;

    /// The texts and numbers of a document as they are read back.
    fn read_back(written: &str) -> Vec<String> {
        let tree = read::tree(written).unwrap_or_else(|why| panic!("{why}\n{written}"));
        tree.get("a").unwrap().items().iter().map(|item| item.words().or(item.word()).unwrap().to_owned()).collect()
    }

    const TRAPS: &[&str] = &[
        "no",
        "Yes",
        "NULL",
        "~",
        "y",
        "on",
        "1e3",
        "0x1f",
        "0o7",
        "1_000",
        "12:30:45",
        "2026-09-14",
        ".inf",
        "-",
        "=",
        "<<",
        "---",
        "...",
        "a\n---\nb",
        "a\n...\n",
        "--- a",
        "a: b",
        "a #b",
        "# a",
        "- a",
        "? a",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "|",
        ">-",
        "{a}",
        "[a]",
        "'a'",
        "\"a\"",
        "\\",
        "\\n",
        "",
        " ",
        " a",
        "a ",
        "\t",
        "\n",
        "\n\n a\n  b",
        "a\r\nb",
        "\u{0}",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{202e}",
        "\u{feff}",
        "\u{fffe}",
        "\u{10ffff}",
        "é",
    ];

    #[test]
    fn a_text_that_looks_like_something_else_stays_a_text() {
        let written = write(&Object::new().with("a", texts(TRAPS.iter().copied())).node());
        assert_eq!(read_back(&written), TRAPS);
        for line in written.lines().skip(1) {
            assert!(line.starts_with("  "), "{line}");
            assert!(!line.starts_with("  - ") || line.starts_with("  - \""), "{line} is not in quotes");
        }
        let hidden = |char: char| is_invisible(char) && char != '\n';
        assert!(!written.contains(hidden) && !written.contains('\u{fffe}'), "{written}");
    }

    #[test]
    fn a_key_that_looks_like_something_else_stays_a_key() {
        let keys = ["no", "1e3", "---", "-", "null", "a b", "$schema", "a\nb: c", &"x ".repeat(60)];
        let block = keys.iter().fold(Object::new(), |block, key| block.with((*key).to_owned(), document::number(1)));
        let written = write(&block.node());
        let read = read::tree(&written).unwrap();
        assert_eq!(read.entries().iter().map(|entry| &*entry.key).collect::<Vec<_>>(), keys);
        assert_eq!(written.lines().count(), keys.len(), "a key stands on one line: {written}");
    }

    #[test]
    fn a_number_is_one_to_every_reader() {
        let numbers = [0.0, -0.0, 5.0, -1.5, 1e21, 1.5e-9, f64::MAX, f64::MIN_POSITIVE, 0.1, 9_007_199_254_740_993.0];
        let written = write(&Object::new().with("a", list(numbers.map(document::number))).node());
        for (number, read) in numbers.iter().zip(read_back(&written)) {
            assert_eq!(read.parse::<f64>().unwrap().to_bits(), number.to_bits(), "{read}");
            // What YAML 1.1 takes for a number with an exponent.
            assert!(!read.contains('e') || (read.contains('.') && read.contains(['+', '-'])), "{read}");
        }
        assert_eq!(write(&Object::new().with("a", document::number(f64::NAN)).node()), "a: null\n");
    }

    #[test]
    fn a_long_text_goes_on_below_and_each_line_of_it_begins_one() {
        let text = format!("{}end\n  and\ta\nline", "word ".repeat(20));
        let written = write(&Object::new().with_text("a", Some(text)).node());
        let expected = concat!(
            "a: \"word word word word word word word word word word word word word word word \\\n",
            "  word word word word word end\\n\\\n",
            "  \\  and\\ta\\n\\\n",
            "  line\"\n",
        );
        assert_eq!(written, expected);
    }

    #[test]
    fn lists_and_blocks_stand_in_each_other() {
        let inner = || Object::new().with("b", document::number(1)).with("c", texts(["d"])).node();
        let nested = list([list([inner(), inner()]).unwrap(), Object::new().node()]);
        let written = write(&Object::new().with("a", nested).node());
        let expected = "a:\n  - - b: 1\n      c:\n        - d\n    - b: 1\n      c:\n        - d\n  - {}\n";
        assert_eq!(written, expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_read_as_it_was(
            parts in prop::collection::vec(prop_oneof![prop::sample::select(TRAPS).prop_map(str::to_owned), any::<String>()], 0..12),
            spaced in any::<bool>(),
        ) {
            let text = parts.join(if spaced { " " } else { "" });
            let block = Object::new().with_text("a", Some(text.clone())).with("b", texts([text.clone()])).node();
            let written = write(&Object::new().with("a", list([block])).node());
            let read = read::tree(&written).map_err(TestCaseError::fail)?;
            let block = &read.get("a").unwrap().items()[0];
            let texts = [block.get("a"), block.get("b").map(|list| &list.items()[0])];
            for read in texts {
                let read = read.map(|read| match &read.value {
                    Value::Text(text) => text.to_string(),
                    _ => read.word().unwrap_or_default().to_owned(),
                });
                prop_assert_eq!(read.as_deref(), Some(text.as_str()), "{}", &written);
            }
        }
    }
}
