//! Front matter as a tree: YAML by any writer, in the bounds of a card.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle};
use smcard_core::tree::{Entry, Node, Value};
use smcard_core::{MAX_BYTES, MAX_DEPTH, MAX_VALUES, Text};

/// A list or a block whose end has not come yet.
enum Open {
    List(Vec<Node<'static>>),
    Block(Vec<Entry<'static>>, Option<String>),
}

/// The front matter of a Markdown file, if it has any.
pub(super) fn front_matter(document: &str) -> Option<&str> {
    let text = document.strip_prefix('\u{feff}').unwrap_or(document).trim_start();
    let (first, rest) = text.split_once('\n')?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return rest.get(..end);
        }
        end += line.len();
    }
    None
}

/// The tree of a YAML document. A text in quotes or of several lines is a text there, and a bare one a word.
///
/// # Errors
/// Why it is none, or none that a card could stand in.
pub(crate) fn tree(yaml: &str) -> Result<Node<'static>, String> {
    if yaml.len() > 2 * MAX_BYTES {
        return Err(format!("it has more than {} bytes", 2 * MAX_BYTES));
    }
    let mut parser = Parser::new_from_str(yaml);
    let (mut open, mut values, mut root) = (Vec::new(), 0, None);
    while let Some(event) = parser.next_event() {
        let (event, _) = event.map_err(|error| {
            let at = error.marker();
            format!("not YAML: {} (line {} of it)", error.info(), at.line())
        })?;
        let whole = match event {
            Event::Alias(_) => return Err("it has an alias, which no export has".to_owned()),
            Event::Scalar(.., Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => {
                return Err("it has a tag, which no export has".to_owned());
            }
            Event::Scalar(text, style, ..) => Some(node(match style {
                ScalarStyle::Plain => Value::Word(Cow::Owned(text.into_owned())),
                _ => Value::Text(Text::from(Cow::<str>::Owned(text.into_owned()))),
            })),
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new()));
                None
            }
            Event::MappingStart(..) => {
                open.push(Open::Block(Vec::new(), None));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|open| match open {
                Open::List(items) => node(Value::List(items)),
                Open::Block(entries, _) => node(Value::Block(entries)),
            }),
            _ => None,
        };
        // What stands around a card is no deeper than its key.
        if open.len() > MAX_DEPTH + 1 {
            return Err(format!("it is nested more than {MAX_DEPTH} levels deep"));
        }
        let Some(whole) = whole else { continue };
        values += 1;
        if values > 4 * MAX_VALUES {
            return Err(format!("it has more than {} values", 4 * MAX_VALUES));
        }
        match open.last_mut() {
            Some(open) => open.put(whole)?,
            None if root.is_some() => return Err("it has several documents".to_owned()),
            None => root = Some(whole),
        }
    }
    root.ok_or_else(|| "it is empty".to_owned())
}

impl Open {
    fn put(&mut self, whole: Node<'static>) -> Result<(), String> {
        match self {
            Open::List(items) => items.push(whole),
            Open::Block(_, key @ None) => match whole.value {
                Value::Word(word) => *key = Some(word.into_owned()),
                Value::Text(text) => *key = Some(text.to_string()),
                _ => return Err("it has a key that is no text".to_owned()),
            },
            Open::Block(entries, key) => {
                let key = key.take().unwrap_or_default();
                entries.push(Entry { key: Cow::Owned(key), at: 0, node: whole });
            }
        }
        Ok(())
    }
}

fn node(value: Value<'static>) -> Node<'static> {
    Node { at: 0, value }
}

/// A card in which each bare word is what it stands for where no schema says so: in an extension. Elsewhere a word is
/// the text of a field, but for one that says that there is no value.
pub(super) fn of_card(card: Node<'static>) -> Node<'static> {
    let Value::Block(entries) = card.value else { return card };
    let sections = entries.into_iter().map(|entry| {
        let node = if ["extensions", "measured"].contains(&&*entry.key) {
            resolved(entry.node)
        } else {
            without_nulls(entry.node)
        };
        Entry { node, ..entry }
    });
    node(Value::Block(sections.filter(|entry| !is_null(&entry.node)).collect()))
}

fn is_null(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Word(word) => NULL.contains(&&**word),
        Value::Null => true,
        _ => false,
    }
}

fn without_nulls(node: Node<'static>) -> Node<'static> {
    each(node, &|entry| !is_null(&entry.node), &without_nulls)
}

/// The tree with the values that bare words stand for.
fn resolved(node: Node<'static>) -> Node<'static> {
    match node.value {
        Value::Word(word) => Node { value: of_word(word), ..node },
        _ => each(node, &|_| true, &resolved),
    }
}

/// The node with this done to each node in it.
fn each(
    node: Node<'static>,
    keep: &dyn Fn(&Entry<'static>) -> bool,
    with: &dyn Fn(Node<'static>) -> Node<'static>,
) -> Node<'static> {
    let value = match node.value {
        Value::List(items) => Value::List(items.into_iter().map(with).collect()),
        Value::Block(entries) => {
            let kept = entries.into_iter().filter(keep);
            Value::Block(kept.map(|entry| Entry { node: with(entry.node), ..entry }).collect())
        }
        other => other,
    };
    Node { value, ..node }
}

/// The words for no value.
const NULL: [&str; 5] = ["", "~", "null", "Null", "NULL"];

/// What a bare word is to readers of YAML 1.1 and of 1.2 alike: a writer of the one leaves bare what the other would
/// take for a number.
fn of_word(word: Cow<'static, str>) -> Value<'static> {
    let of_number = |char: char| char.is_ascii_digit() || matches!(char, '+' | '-' | '.' | 'e' | 'E');
    let is_number = |word: &str| match word.split_once(['e', 'E']) {
        Some((digits, power)) => digits.contains('.') && power.starts_with(['+', '-']),
        None => true,
    };
    match &*word {
        null if NULL.contains(&null) => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => match word.parse() {
            Ok(number) if word.chars().all(of_number) && is_number(&word) => Value::Number(number),
            _ => Value::Text(Text::from(word)),
        },
    }
}
