//! [`Remarks`]: what is said about a card and its values, for a file that has comments.

use std::collections::BTreeMap;

use smcard_core::source::visible;

/// Lines to be put before the values of a card, given or not, and at the end of its file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Remarks {
    of_values: BTreeMap<String, Vec<String>>,
    at_end: Vec<String>,
}

impl Remarks {
    /// Says something about the value at a path such as `security_considerations.threats[0].owner`. If the card has no
    /// such value, it is said where the value would be.
    pub(crate) fn add(&mut self, path: &str, words: &str) {
        let said = self.of_values.entry(path.to_owned()).or_default();
        for line in words.lines() {
            if said.last().is_none_or(|last| last != line) {
                said.push(line.to_owned());
            }
        }
    }

    /// Says something at the end of the file.
    pub(crate) fn add_at_end(&mut self, words: &str) {
        if words.is_empty() {
            self.at_end.push(String::new());
        }
        self.at_end.extend(words.lines().map(str::to_owned));
    }

    /// Whether anything is said about a value below a path, or about the one at it.
    pub(crate) fn are_below(&self, path: &str) -> bool {
        self.below(path).next().is_some()
    }

    /// The paths at and below a path about which something is said.
    pub(crate) fn paths_below(&self, path: &str) -> Vec<String> {
        self.below(path).cloned().collect()
    }

    fn below<'r>(&'r self, path: &'r str) -> impl Iterator<Item = &'r String> {
        let from = self.of_values.range(path.to_owned()..);
        let within = from.map(|(below, _)| below).take_while(move |below| below.starts_with(path));
        let after = |below: &String| below.get(path.len()..).and_then(|rest| rest.chars().next());
        within.filter(move |below| path.is_empty() || matches!(after(below), None | Some('.' | '[')))
    }

    /// What is said about a value, which is then no longer to be said.
    pub(crate) fn take(&mut self, path: &str) -> Vec<String> {
        self.of_values.remove(path).unwrap_or_default()
    }

    /// What is still to be said, with what belongs at the end last.
    pub(crate) fn rest(self) -> Vec<String> {
        let of_values = self.of_values.into_iter();
        let mut rest: Vec<String> =
            of_values.flat_map(|(path, lines)| lines.into_iter().map(move |line| format!("{path}: {line}"))).collect();
        rest.extend(self.at_end);
        rest
    }
}

/// A line of a comment, in lines that are not wider than this: what a reader cannot see is written as an escape, so that
/// no text ends the comment, and in place of a secret stands its beginning.
pub(crate) fn wrapped(line: &str, width: usize) -> Vec<String> {
    let line = visible(&line.replace('\t', "    "));
    let indent: String = line.chars().take_while(|char| *char == ' ').take(width / 2).collect();
    let mut lines = Vec::new();
    let (mut current, mut length) = (indent.clone(), indent.len());
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let long = word.chars().count();
        if length > indent.len() && length + 1 + long > width {
            lines.push(std::mem::replace(&mut current, indent.clone()));
            length = indent.len();
        }
        if length > indent.len() {
            current.push(' ');
            length += 1;
        }
        current += word;
        length += long;
    }
    lines.push(current.trim_end().to_owned());
    lines
}
