//! YAML that every reader takes for the same: YAML 1.1 and 1.2 differ in what a bare word is.
//!
//! A text that is longer than a line or has several is a block of lines. A shorter one stands bare where it means nothing
//! else to any reader. What neither can be is in double quotes, with escapes for what nobody sees.

use std::borrow::Cow;

use smcard_core::source::is_invisible;
use smcard_core::tree::{Node, Value};

use crate::Format;
use crate::leaves::figure;

pub(crate) const YAML: Format = Format {
    name: "yaml",
    extension: "yaml",
    doc: "The card itself as YAML, for people and for programs.",
    write: |card, _| Ok(write(&card.tree(), &mut without_comments)),
};

/// How wide a text is, without what it is indented by.
pub const WIDTH: usize = 100;

/// The comments in a block or a list: the lines before each of its values, and after the last one. Each line begins with
/// `#`. The path of the block or list is one such as `system.components[0]`.
pub type Comments<'c> = dyn FnMut(&str, &Node<'_>) -> Vec<Vec<String>> + 'c;

/// The [`Comments`] of a document that has none.
pub(crate) fn without_comments(_: &str, _: &Node<'_>) -> Vec<Vec<String>> {
    Vec::new()
}

/// The document of a block.
///
/// A value that is not known (an expression, `null`, a key without a value) is left out, and counts for no comment.
pub fn write(block: &Node<'_>, comments: &mut Comments<'_>) -> String {
    let said = comments("", block);
    let mut writer = Writer { text: String::new(), begun: false, comments };
    writer.lines(block, "", 0, said);
    writer.text
}

struct Writer<'w, 'c> {
    text: String,
    /// Whether the line has begun, with a hyphen.
    begun: bool,
    comments: &'w mut Comments<'c>,
}

impl Writer<'_, '_> {
    /// The lines of a block or a list, at this indent.
    fn lines(&mut self, node: &Node<'_>, path: &str, indent: usize, said: Vec<Vec<String>>) {
        let mut said = said.into_iter();
        for entry in node.entries().iter().filter(|entry| entry.node.is_known()) {
            self.say(said.next(), indent);
            self.begin(indent);
            self.text.push_str(&single(&entry.key));
            self.text.push(':');
            let path = if path.is_empty() { entry.key.to_string() } else { format!("{path}.{}", entry.key) };
            self.value(&entry.node, &path, indent, "\n");
        }
        for (index, item) in node.items().iter().enumerate().filter(|(_, item)| item.is_known()) {
            self.say(said.next(), indent);
            self.begin(indent);
            self.text.push('-');
            self.value(item, &format!("{path}[{index}]"), indent, " ");
        }
        said.for_each(|lines| self.say(Some(lines), indent));
        if !has_values(node) {
            self.begin(indent);
            self.text.push_str(if matches!(node.value, Value::List(_)) { "[]\n" } else { "{}\n" });
        }
    }

    fn say(&mut self, lines: Option<Vec<String>>, indent: usize) {
        for line in lines.into_iter().flatten() {
            self.begin(indent);
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    fn begin(&mut self, indent: usize) {
        if !std::mem::take(&mut self.begun) {
            self.spaces(indent);
        }
    }

    fn spaces(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
    }

    /// What stands behind a key or a hyphen at this indent; between it and lines of its own stands `between`.
    fn value(&mut self, node: &Node<'_>, path: &str, indent: usize, between: &str) {
        let is_single = !matches!(node.value, Value::Block(_) | Value::List(_));
        let said = if is_single { Vec::new() } else { (self.comments)(path, node) };
        if is_single || said.iter().all(Vec::is_empty) && (!has_values(node) || is_short(node)) {
            self.text.push(' ');
            self.in_line(node, indent + 2);
            self.text.push('\n');
        } else {
            self.text.push_str(between);
            self.begun = between == " ";
            self.lines(node, path, indent + 2, said);
        }
    }

    /// A value that has no lines of its own, but for those of a text at this indent.
    fn in_line(&mut self, node: &Node<'_>, indent: usize) {
        match &node.value {
            Value::Text(words) => self.words(&words.to_string(), indent),
            Value::Word(word) => self.words(word, indent),
            Value::Number(value) => self.text.push_str(&number(*value)),
            Value::Bool(bool) => self.text.push_str(if *bool { "true" } else { "false" }),
            Value::List(items) => {
                let numbers: Vec<String> = items.iter().filter_map(Node::number).map(number).collect();
                self.text.push_str(&format!("[{}]", numbers.join(", ")));
            }
            _ => self.text.push_str("{}"),
        }
    }

    /// A text: bare, as a block or in quotes.
    fn words(&mut self, words: &str, indent: usize) {
        // A line's end at the end of the text is that of its last line.
        let (lines, end) = words.strip_suffix('\n').map_or((words, "-"), |lines| (lines, ""));
        let (style, lines) = match words.contains('\n') {
            true if is_block(lines) => ('|', lines.split('\n').map(str::to_owned).collect()),
            false if is_block(lines) && words.chars().count() > WIDTH => ('>', folded(words)),
            _ => return self.text.push_str(&single(words)),
        };
        self.text.push(style);
        self.text.push_str(end);
        for line in lines {
            self.text.push('\n');
            if !line.is_empty() {
                self.spaces(indent);
                self.text.push_str(&line);
            }
        }
    }
}

fn has_values(node: &Node<'_>) -> bool {
    node.items().iter().any(Node::is_known) || node.entries().iter().any(|entry| entry.node.is_known())
}

/// Whether a value is a list, such as an interval, of nothing but a few numbers.
fn is_short(node: &Node<'_>) -> bool {
    let items = node.items();
    matches!(items.len(), 1..=4) && items.iter().all(|item| matches!(item.value, Value::Number(_)))
}

/// A number, with the point and the sign without which YAML 1.1 takes `1e21` for a text.
fn number(number: f64) -> String {
    if !number.is_finite() {
        let word = if number.is_nan() { ".nan" } else { ".inf" };
        return if number < 0.0 { format!("-{word}") } else { word.to_owned() };
    }
    let figure = figure(number);
    let Some((digits, power)) = figure.split_once('e') else { return figure };
    let point = if digits.contains('.') { "" } else { ".0" };
    let sign = if power.starts_with('-') { "" } else { "+" };
    format!("{digits}{point}e{sign}{power}")
}

/// A key or a text on one line.
fn single(words: &str) -> Cow<'_, str> {
    if is_bare(words) { words.into() } else { quoted(words).into() }
}

/// Whether a text may stand on a line by itself: no reader takes it, or a part of it, for anything else.
fn is_bare(words: &str) -> bool {
    let begins =
        |char: char| char.is_ascii_alphanumeric() || !char.is_ascii() || matches!(char, '.' | '(' | '/' | '$' | '_');
    words.starts_with(begins)
        && !words.starts_with("...")
        && words.trim() == words
        && !words.contains(|char| matches!(char, '\n' | '\t') || is_hidden(char))
        && !words.contains(": ")
        && !words.ends_with(':')
        && !words.contains(" #")
        && !is_like_number(words)
        && !MEANINGFUL.iter().any(|word| word.eq_ignore_ascii_case(words))
}

/// What stands for a truth value, for none, or for a number to some reader.
const MEANINGFUL: [&str; 14] =
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity", ".nan", ".inf"];

/// Whether a text that has no sign may be a number, a date or a time to some reader.
fn is_like_number(words: &str) -> bool {
    let of_number = |char: char| char.is_ascii_digit() || "_.,:+- eEtTzZ".contains(char);
    let has_base = |base: &str| words.get(..2).is_some_and(|begin| begin.eq_ignore_ascii_case(base));
    words.starts_with(|char: char| char.is_ascii_digit() || char == '.')
        && (words.chars().all(of_number) || ["0b", "0o", "0x"].into_iter().any(has_base))
}

/// Whether the lines of a text may be those of a block: its first one has no indent, which would be taken for that of the
/// block, and no white space stands where an editor takes it away.
fn is_block(lines: &str) -> bool {
    let is_kept = |line: &str| line.trim_end() == line && line.trim_start() == line.trim_start_matches(' ');
    !lines.is_empty() && lines.trim() == lines && lines.split('\n').all(is_kept) && !lines.contains(is_hidden)
}

/// Whether a character is written as an escape: one that is not seen, or that YAML does not allow.
fn is_hidden(char: char) -> bool {
    is_invisible(char) || matches!(char, '\u{fffe}' | '\u{ffff}')
}

/// The lines of a text, where a line's end stands for one space.
fn folded(text: &str) -> Vec<String> {
    let (mut lines, mut line, mut length, mut apart) = (Vec::new(), String::new(), 0, false);
    for word in text.split(' ') {
        let long = word.chars().count();
        // Around an empty word there are several spaces, which only stand within a line.
        let may_end = apart && !word.is_empty() && !word.starts_with('\t');
        if may_end && length + 1 + long > WIDTH {
            lines.push(std::mem::take(&mut line));
            length = 0;
        } else if length > 0 || !line.is_empty() {
            line.push(' ');
            length += 1;
        }
        line += word;
        length += long;
        apart = !word.is_empty() && !word.ends_with('\t');
    }
    lines.push(line);
    lines
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    let escaped = |char: char| match char {
        '"' | '\\' | '\n' | '\t' => char.escape_default().collect(),
        char if is_hidden(char) && u32::from(char) < 0x100 => format!("\\x{:02x}", u32::from(char)),
        char if is_hidden(char) => format!("\\U{:08x}", u32::from(char)),
        char => char.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

#[cfg(test)]
mod tests;
