//! Reading a report into a tree, and finding the places in its text.

use crate::excerpt::draw;
use crate::finding::{Finding, Findings, Position, Problem};
use crate::json::tree::Bounds;
use crate::limits::MAX_BYTES;
use crate::order;
use crate::rule::Rule;
use crate::rules::{CARD_TOO_LARGE, INVALID_SYNTAX, too_long};
use crate::tree::{Node, Value};

/// The tree of a report. A place in it is the number of a token, from which [`locate`] finds the
/// bytes: a report without findings never pays for that.
#[inline]
pub(super) fn tree(text: &str) -> Result<Node<'_>, Box<Finding>> {
    if text.len() > MAX_BYTES {
        return Err(Box::new(Finding::new(CARD_TOO_LARGE, "", 0, too_long())));
    }
    if text.trim().is_empty() {
        let problem = Problem::new("the report is empty").help("a report is a JSON object");
        return Err(refuse(INVALID_SYNTAX, text, 0, problem));
    }
    let mut bounds = Bounds::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let tree = bounds.read(&mut deserializer);
    let tree = tree.and_then(|mut tree| {
        deserializer.end()?;
        if bounds.fractions() {
            read_numbers(&mut tree, text, &mut (1..).zip(starts(text)));
        }
        Ok(tree)
    });
    tree.map_err(|error| {
        let at = offset(text, error.line(), error.column());
        match bounds.broken() {
            Some(problem) => refuse(CARD_TOO_LARGE, text, at, problem),
            None => {
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                let problem = Problem::new(format!("not JSON: {message}"));
                // Some editors write it, and show it nowhere.
                let marked = text.starts_with('\u{feff}');
                let help = "save it as UTF-8 without a byte order mark, which stands at its beginning";
                refuse(INVALID_SYNTAX, text, at, if marked { problem.help(help) } else { problem })
            }
        }
    })
}

/// The tree of a report, in which a place is a byte offset.
#[cfg(feature = "command")]
pub(super) fn placed_tree(text: &str) -> Result<Node<'_>, Box<Finding>> {
    let mut tree = tree(text)?;
    let starts: Vec<usize> = starts(text).collect();
    place(&mut tree, &|token| token.checked_sub(1).and_then(|index| starts.get(index)).copied().unwrap_or_default());
    Ok(tree)
}

#[cfg(feature = "command")]
fn place(node: &mut Node<'_>, byte: &impl Fn(usize) -> usize) {
    node.at = byte(node.at);
    match &mut node.value {
        Value::List(nodes) => nodes.iter_mut().for_each(|node| place(node, byte)),
        Value::Block(entries) => {
            for entry in entries {
                entry.at = byte(entry.at);
                place(&mut entry.node, byte);
            }
        }
        _ => {}
    }
}

/// Reads every number again, as Rust reads it: serde_json by itself is a last digit off now and then,
/// and its feature that is not would be built a second time wherever somebody else has serde_json.
#[inline]
fn read_numbers(node: &mut Node<'_>, text: &str, starts: &mut impl Iterator<Item = (usize, usize)>) {
    match &mut node.value {
        Value::Number(number) => {
            let start = starts.find(|(token, _)| *token == node.at);
            let written = start.and_then(|(_, at)| text.get(at..)).unwrap_or_default();
            let written = written.split([',', ']', '}', ' ', '\t', '\n', '\r']).next().unwrap_or_default();
            *number = written.parse().unwrap_or(*number);
        }
        Value::List(nodes) => nodes.iter_mut().for_each(|node| read_numbers(node, text, starts)),
        Value::Block(entries) => entries.iter_mut().for_each(|entry| read_numbers(&mut entry.node, text, starts)),
        _ => {}
    }
}

/// Where serde_json stopped: it counts lines from 1, and bytes up to and with the one in question.
#[inline]
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (before + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[inline]
fn refuse(rule: &'static Rule, text: &str, at: usize, problem: Problem) -> Box<Finding> {
    let position = Position::of(text, at);
    let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let problem = problem.excerpt(draw(text, at..at + width, Some(position.line)));
    Box::new(Finding { position: Some(position), ..Finding::new(rule, "", at, problem) })
}

/// Gives each finding its byte and its position, in one walk over the text however many there are.
#[inline]
pub(super) fn locate(findings: &mut Findings, text: &str) {
    // What stands in another file, such as the policy, has its place there.
    let mut in_order: Vec<&mut Finding> = findings.iter_mut().filter(|finding| finding.file.is_none()).collect();
    order::sort(&mut in_order, |one, other| one.at.cmp(&other.at));
    let (mut position, mut reached) = (Position { line: 1, column: 1 }, 0);
    let mut starts = (1..).zip(starts(text));
    let mut start = starts.next();
    for finding in in_order {
        while start.is_some_and(|(number, _)| number < finding.at) {
            start = starts.next();
        }
        let at = start.map_or(text.len(), |(_, at)| at);
        position = position.after(text.get(reached..at).unwrap_or_default());
        reached = at;
        finding.at = at;
        finding.position = Some(position);
    }
}

/// Where each key and each value begins, in their order, in a text that is known to be JSON.
#[inline]
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut bytes = text.bytes().enumerate();
    let mut within_word = false;
    std::iter::from_fn(move || {
        for (at, byte) in bytes.by_ref() {
            let in_word = matches!(byte, b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z');
            let begins = in_word && !within_word;
            within_word = in_word;
            match byte {
                b'"' => {
                    let mut escaped = false;
                    for (_, byte) in bytes.by_ref() {
                        match byte {
                            _ if escaped => escaped = false,
                            b'\\' => escaped = true,
                            b'"' => break,
                            _ => {}
                        }
                    }
                    return Some(at);
                }
                b'{' | b'[' => return Some(at),
                _ if begins => return Some(at),
                _ => {}
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_begins_where_its_key_or_value_does() {
        let text = "{\"a\\\"{\": [1, -2.5e3,true],\n \"b\": {}, \"c\":\"[x\"}";
        let found: Vec<&str> = starts(text).filter_map(|at| text.get(at..at + 2)).collect();

        assert_eq!(found, ["{\"", "\"a", "[1", "1,", "-2", "tr", "\"b", "{}", "\"c", "\"["]);
    }
}
