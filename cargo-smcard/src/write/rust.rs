//! A card as the source of a `src/card.rs`, formatted as the examples are.

use smcard_core::SecurityCard;
use smcard_core::schema::{Field, Kind};
use smcard_core::source::is_invisible;
use smcard_core::tree::{Node, Value};

use super::parts::{Given, Part, block, item, join, parts};
use super::remarks::{Remarks, wrapped};

/// How wide a line is, as rustfmt is told for the examples.
const WIDTH: usize = 120;
const INDENT: usize = 4;

/// The whole file.
pub(crate) fn source(card: &Node<'_>, remarks: &Remarks) -> String {
    let mut writer = Writer { remarks: remarks.clone() };
    let body = writer.block(card, "", Some(Kind::Block(SecurityCard::SCHEMA)), 0);
    let mut text = format!(
        "use smcard::{{SecurityCard, security_card}};\n\npub static CARD: SecurityCard = security_card! {body};\n"
    );
    let rest = writer.remarks.rest();
    if !rest.is_empty() {
        text.push('\n');
    }
    for line in rest {
        text += &comment(&line, 0);
    }
    text
}

struct Writer {
    remarks: Remarks,
}

impl Writer {
    /// A value that stands behind so many characters, on a line that is indented by so many.
    fn value(&mut self, node: &Node<'_>, path: &str, kind: Option<Kind>, column: usize, indent: usize) -> String {
        // A section has a line for each field, however short they are.
        let may = !self.remarks.are_below(path) && indent > INDENT || !matches!(node.value, Value::Block(_));
        let short = may.then(|| self.in_line(node, path, kind)).flatten();
        if let Some(short) = short.filter(|short| column + short.chars().count() < WIDTH) {
            return short;
        }
        match &node.value {
            Value::Block(_) => self.block(node, path, kind, indent),
            Value::List(items) => self.list(items, path, kind, column, indent),
            Value::Text(text) => match text.reason() {
                Some(reason) => format!("{}({})", reason.name, broken(text.words(), column + reason.name.len() + 1)),
                None => broken(text.words(), column),
            },
            _ => self.in_line(node, path, kind).unwrap_or_default(),
        }
    }

    /// A value on one line, if it may stand so: several blocks, or what has comments in it, may not.
    fn in_line(&self, node: &Node<'_>, path: &str, kind: Option<Kind>) -> Option<String> {
        Some(match &node.value {
            Value::Text(text) if is_word(text.words(), kind) && text.reason().is_none() => text.words().to_owned(),
            Value::Text(text) => match text.reason() {
                Some(reason) => format!("{}({})", reason.name, literal(text.words())),
                None => literal(text.words()),
            },
            Value::Number(_) => number(node, kind),
            Value::Bool(bool) => bool.to_string(),
            Value::Word(word) => word.to_string(),
            Value::List(items) => {
                let blocks = items.iter().filter(|item| matches!(item.value, Value::Block(_))).count();
                if blocks > 1 || self.remarks.are_below(path) {
                    return None;
                }
                let known = items.iter().filter(|item| item.is_known());
                let items: Option<Vec<String>> = known.map(|node| self.in_line(node, path, item(kind))).collect();
                format!("[{}]", items?.join(", "))
            }
            Value::Block(entries) => {
                let mut fields = Vec::new();
                for entry in entries.iter().filter(|entry| entry.node.is_known()) {
                    let field = block(kind).and_then(|block| block.field(&entry.key));
                    let value = self.in_line(&entry.node, &join(path, &entry.key), field.map(|field| field.kind))?;
                    fields.push(format!("{}: {value}", key(&entry.key, field)));
                }
                if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) }
            }
            _ => return None,
        })
    }

    /// A block with a line for each field.
    fn block(&mut self, node: &Node<'_>, path: &str, kind: Option<Kind>, indent: usize) -> String {
        let inner = indent + INDENT;
        let mut text = String::new();
        for part in parts(node.entries(), path, block(kind), &mut self.remarks) {
            match part {
                Part::Remark(line) => text += &comment(&line, inner),
                Part::Entry(Given { entry, path, field }) => {
                    let begin = format!("{:inner$}{}: ", "", key(&entry.key, field));
                    let column = begin.chars().count();
                    text += &begin;
                    text += &self.value(&entry.node, &path, field.map(|field| field.kind), column, inner);
                    text += ",\n";
                }
            }
        }
        if text.is_empty() { "{}".to_owned() } else { format!("{{\n{text}{:indent$}}}", "") }
    }

    /// A list with a line for each item; a single block is held by the brackets.
    fn list(&mut self, items: &[Node<'_>], path: &str, kind: Option<Kind>, column: usize, indent: usize) -> String {
        let paths: Vec<String> = (0..items.len()).map(|index| format!("{path}[{index}]")).collect();
        match (items, paths.as_slice()) {
            ([only @ Node { value: Value::Text(_), .. }], [path]) if !self.remarks.are_below(path) => {
                return format!("[{}]", self.value(only, path, item(kind), column + 1, indent));
            }
            _ => {}
        }
        let inner = indent + INDENT;
        let mut text = String::new();
        for (node, path) in items.iter().zip(paths).filter(|(node, _)| node.is_known()) {
            for line in self.remarks.take(&path) {
                text += &comment(&line, inner);
            }
            text += &format!("{:inner$}", "");
            text += &self.value(node, &path, item(kind), inner, inner);
            text += ",\n";
        }
        if text.is_empty() { "[]".to_owned() } else { format!("[\n{text}{:indent$}]", "") }
    }
}

/// A line of a comment.
fn comment(line: &str, indent: usize) -> String {
    let lines = wrapped(line, WIDTH - indent - 3).into_iter();
    lines.map(|line| format!("{:indent$}// {line}", "").trim_end().to_owned() + "\n").collect()
}

/// A key stands in quotes where it is no name of Rust; the macro takes keywords that are fields.
fn key(key: &str, field: Option<&Field>) -> String {
    let plain = key.chars().all(|char| char.is_ascii_alphanumeric() || char == '_');
    let is_name = plain && (field.is_some() || syn::parse_str::<syn::Ident>(key).is_ok());
    if is_name { key.to_owned() } else { literal(key) }
}

/// Whether a text, as JSON has them, is a word of the choice that belongs here.
fn is_word(text: &str, kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Choice(choice)) if choice.variant(text).is_some())
}

/// A number: of a count without a fraction, of a measure with one.
fn number(node: &Node<'_>, kind: Option<Kind>) -> String {
    let number = node.number().unwrap_or_default();
    match node.count() {
        Some(count) if !matches!(kind, Some(Kind::Number)) && number.is_sign_positive() => count.to_string(),
        _ => format!("{number:?}"),
    }
}

/// A text as one literal.
fn literal(text: &str) -> String {
    let escaped: String = text.chars().map(escaped).collect();
    format!("\"{escaped}\"")
}

/// A text as a literal over several lines, which stands behind so many characters. A backslash at the end of a line
/// takes away the line's end and all spaces after it.
fn broken(text: &str, column: usize) -> String {
    let column = column + 1;
    let room = WIDTH.saturating_sub(column + 2).max(40);
    let mut lines = Vec::new();
    let (mut line, mut length) = (String::new(), 0);
    for word in words(text) {
        let shown: String = word.chars().map(escaped).collect();
        let long = shown.chars().count();
        // A line may end behind a space or a line's end alone, and no line may begin with either.
        let ended = line.ends_with("\\n");
        if !line.is_empty() && (ended || length + long > room) {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        line += &shown;
        length += long;
    }
    lines.push(line);
    format!("\"{}\"", lines.join(&format!("\\\n{:column$}", "")))
}

/// The words of a text, each with all white space behind it; the first with that before it, too.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut white) = (0, false);
    for (at, char) in text.char_indices() {
        if white && !char.is_whitespace() && !text.get(start..at).unwrap_or_default().trim().is_empty() {
            words.extend(text.get(start..at));
            start = at;
        }
        // A line's end is written as an escape, and a space of another kind stays at its place.
        white = matches!(char, ' ' | '\n') || white && char.is_whitespace();
    }
    words.extend(text.get(start..));
    words
}

/// A character within quotes.
fn escaped(char: char) -> String {
    match char {
        '"' | '\\' | '\n' | '\r' | '\t' | '\0' => char.escape_default().collect(),
        char if is_invisible(char) => char.escape_unicode().collect(),
        char => char.to_string(),
    }
}
