//! What is written is read as it was.

use proptest::prelude::*;

use super::*;
use crate::document::{self, Object, list, texts};
use crate::huggingface::read;

fn plain(block: &Node<'_>) -> String {
    write(block, &mut without_comments)
}

/// The texts and numbers of a document as they are read back.
fn read_back(written: &str) -> Vec<String> {
    let tree = read::tree(written).unwrap_or_else(|why| panic!("{why}\n{written}"));
    tree.get("a").unwrap().items().iter().map(|item| item.words().or(item.word()).unwrap().to_owned()).collect()
}

/// Texts that mean something else bare.
#[rustfmt::skip]
const TRAPS: &[&str] = &[
    "no", "Yes", "NULL", "~", "y", "on", "1e3", "0x1f", "0o7", "1_000", "1,000", "0B1", "12:30:45",
    "2026-09-14", "2026-09-14 10:00:00 Z", "inf", "NaN", ".inf", ".NaN", ".5", ".", "... a", "-", "=", "<<",
    "---", "...", "a\n---\nb", "a\n...\n", "--- a", "a: b", "a #b", "# a", "- a", "? a", "&a", "*a", "!a",
    "%a", "@a", "`a", "|", ">-", "{a}", "[a]", "'a'", "\"a\"", "\\", "\\n", "", " ", " a", "a:", "\u{a0}a",
    "a\tb", "=a", "~a", "-a", "+1", "a ", "\t", "\n", "\n\n a\n  b", "a\r\nb", "\u{0}", "\u{7f}", "\u{85}",
    "\u{a0}", "\u{2028}", "\u{202e}", "\u{feff}", "\u{fffe}",
];

/// Texts that stand bare in spite of what is in them.
#[rustfmt::skip]
const BARE: &[&str] = &[
    "é", "“a”", "a's", "a \"b\"", "97 percent", "0a3f9e", "12th", "https://a.example/b?c=d#e", "LLM01:2026",
    "a@b.example", "(a)", "$schema", "a, [b], {c} & *d", "yes, no", "a - b", "e3", "../.a/b.json", "写",
    "\u{10ffff}",
];

#[test]
fn a_text_that_looks_like_something_else_stays_a_text() {
    let written = plain(&Object::new().with("a", texts(TRAPS.iter().chain(BARE).copied())).node());
    assert_eq!(read_back(&written), [TRAPS, BARE].concat());
    let items: Vec<&str> = written.lines().filter(|line| line.starts_with("  - ")).collect();
    for (item, trap) in items.iter().zip(TRAPS) {
        let is_block = item.starts_with("  - |") && trap.contains('\n');
        assert!(item.starts_with("  - \"") || is_block, "{item} is not in quotes");
    }
    for (item, text) in items.iter().skip(TRAPS.len()).zip(BARE) {
        assert_eq!(*item, format!("  - {text}"));
    }
    assert!(!written.contains(is_hidden), "{written}");
}

#[test]
fn a_key_that_looks_like_something_else_stays_a_key() {
    let spaced = "x ".repeat(60);
    let keys = [TRAPS, BARE, &["a b", "a\nb: c", &spaced]].concat();
    let block = keys.iter().fold(Object::new(), |block, key| block.with((*key).to_owned(), document::number(1)));
    let written = plain(&Object::new().with("a", block.node()).node());
    let read = read::tree(&written).unwrap();
    let read = read.get("a").unwrap();
    assert_eq!(read.entries().iter().map(|entry| &*entry.key).collect::<Vec<_>>(), keys);
    assert_eq!(written.lines().count(), 1 + keys.len(), "a key stands on one line: {written}");
}

#[test]
fn a_number_is_one_to_every_reader() {
    let numbers = [0.0, -0.0, 5.0, -1.5, 1e21, 1.5e-9, f64::MAX, f64::MIN_POSITIVE, 0.1, 9_007_199_254_740_993.0];
    let written = plain(&Object::new().with("a", list(numbers.map(document::number))).node());
    for (number, read) in numbers.iter().zip(read_back(&written)) {
        assert_eq!(read.parse::<f64>().unwrap().to_bits(), number.to_bits(), "{read}");
        // What YAML 1.1 takes for a number with an exponent.
        assert!(!read.contains('e') || (read.contains('.') && read.contains(['+', '-'])), "{read}");
    }
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY].map(document::number);
    assert_eq!(plain(&Object::new().with("a", list(odd)).node()), "a: [.nan, .inf, -.inf]\n");
}

#[test]
fn a_long_text_and_one_of_several_lines_are_blocks() {
    let long = "word ".repeat(20);
    let block = Object::new()
        .with_text("long", Some(format!("{long}word  {long}end: #")))
        .with_text("lines", Some("One:\n\n  # two\n---\nthree"))
        .with_text("ended", Some("One.\n"))
        .with("list", texts(["1.\n2."]));
    let expected = "\
long: >-
  word word word word word word word word word word word word word word word word word word word word
  word  word word word word word word word word word word word word word word word word word word word
  word end: #
lines: |-
  One:

    # two
  ---
  three
ended: |
  One.
list:
  - |-
    1.
    2.
";
    assert_eq!(plain(&block.node()), expected);
}

#[test]
fn white_space_that_would_be_lost_in_a_block_is_in_quotes() {
    let texts = [" a\nb", "a \nb", "a\n\tb", "a\nb\n\n", "\na", "a\r\nb", "a\n \nb", &format!("{} ", "a ".repeat(60))];
    for text in texts {
        let written = plain(&Object::new().with_text("a", Some(text)).node());
        assert!(written.starts_with("a: \"") && written.lines().count() == 1, "{written}");
    }
}

#[test]
fn lists_and_blocks_stand_in_each_other() {
    let inner = || Object::new().with("b", document::number(1)).with("c", texts(["d"])).node();
    let nested = list([list([inner(), inner()]).unwrap(), Object::new().node()]);
    let written = plain(&Object::new().with("a", nested).node());
    let expected = "a:\n  - - b: 1\n      c:\n        - d\n    - b: 1\n      c:\n        - d\n  - {}\n";
    assert_eq!(written, expected);
}

#[test]
fn comments_stand_before_values_and_after_the_last_one_and_where_there_is_none() {
    let numbers = list([document::number(1), document::null(), document::number(2)]);
    let empty = || Object::new().with("f", document::null()).node();
    let block = Object::new().with("a", numbers).with("b", empty()).with("c", list([empty()])).node();
    let mut comments = |path: &str, node: &Node<'_>| {
        let values = node.items().len() + node.entries().len();
        (0..=values).map(|index| vec![format!("# {path} {index}")]).collect()
    };
    let expected = "\
#  0
a:
  # a 0
  - 1
  # a 1
  - 2
  # a 2
  # a 3
#  1
b:
  # b 0
  # b 1
  {}
#  2
c:
  # c 0
  - # c[0] 0
    # c[0] 1
    {}
  # c 1
#  3
";
    assert_eq!(write(&block, &mut comments), expected);
    assert_eq!(plain(&block), "a:\n  - 1\n  - 2\nb: {}\nc:\n  - {}\n");
    assert_eq!(plain(&empty()), "{}\n");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_as_it_was_whatever_ends_the_lines(
        parts in prop::collection::vec(
            prop_oneof![
                prop::sample::select([TRAPS, BARE].concat()).prop_map(str::to_owned),
                "[a-z]{1,20}( {1,2}[a-z:#\t-]{1,20}){1,20}",
                any::<String>(),
            ],
            0..12,
        ),
        between in prop::sample::select(&["", " ", "\n", "\n  "]),
        windows in any::<bool>(),
    ) {
        let text = parts.join(between);
        let block = Object::new().with_text("a", Some(text.clone())).with("b", texts([text.clone()]));
        // Readers look no further for the colon of a key than this.
        let key: String = text.chars().take(100).collect();
        let block = block.with(key.clone(), document::number(1)).node();
        let written = plain(&Object::new().with("a", list([block])).node());
        // An editor takes it away.
        prop_assert!(written.lines().all(|line| !line.ends_with([' ', '\t'])), "{}", written);
        let written = if windows { written.replace('\n', "\r\n") } else { written };
        let read = read::tree(&written).map_err(TestCaseError::fail)?;
        let block = &read.get("a").unwrap().items()[0];
        prop_assert_eq!(&*block.entries()[2].key, &key, "{}", &written);
        let texts = [&block.entries()[0].node, &block.entries()[1].node.items()[0]];
        for read in texts {
            let words = match &read.value {
                Value::Text(text) => text.to_string(),
                _ => read.word().unwrap_or_default().to_owned(),
            };
            prop_assert_eq!(&words, &text, "{}", &written);
        }
    }
}
