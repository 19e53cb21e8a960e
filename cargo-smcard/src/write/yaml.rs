//! A card as YAML: block text for what is long, and quotes around what other programs would take for another type.

use serde_core::ser::{Serialize, SerializeMap, Serializer};
use serde_saphyr::{FlowSeq, SerializerOptions};
use smcard_core::SecurityCard;
use smcard_core::schema::Kind;
use smcard_core::source::is_invisible;
use smcard_core::tree::{Node, Value};

use super::parts::{Given, Part, block, is_known, item, parts};
use super::remarks::{Remarks, wrapped};

/// How wide a text is, without what it is indented by.
const WIDTH: usize = 100;

/// The whole file.
pub(super) fn text(card: &Node<'_>, remarks: &Remarks) -> String {
    let mut writer = Writer { remarks: remarks.clone() };
    let mut text = writer.block(card, "", Some(Kind::Block(SecurityCard::SCHEMA)));
    if !text.lines().any(|line| !line.starts_with('#')) {
        text += "{}\n";
    }
    let rest = writer.remarks.rest();
    if !rest.is_empty() {
        text.push('\n');
    }
    for line in rest {
        text += &comment(&line);
    }
    text
}

struct Writer {
    remarks: Remarks,
}

impl Writer {
    /// The lines of a block, not indented.
    fn block(&mut self, node: &Node<'_>, path: &str, kind: Option<Kind>) -> String {
        let mut text = String::new();
        for part in parts(node.entries(), path, block(kind), &mut self.remarks) {
            match part {
                Part::Remark(line) => text += &comment(&line),
                Part::Entry(Given { entry, path, field }) => {
                    let kind = field.map(|field| field.kind);
                    match self.inner(&entry.node, &path, kind) {
                        None => text += &leaf(Some(&entry.key), &entry.node),
                        Some(inner) => {
                            text += &format!("{}\n{}", begin(&entry.key), indented(&inner));
                        }
                    }
                }
            }
        }
        text
    }

    /// The lines of a block or a list; nothing for any other value, and where there are none.
    fn inner(&mut self, node: &Node<'_>, path: &str, kind: Option<Kind>) -> Option<String> {
        let text = match &node.value {
            Value::List(items) if is_short(items) && !self.remarks.are_below(path) => return None,
            Value::Block(_) => self.block(node, path, kind),
            Value::List(items) => self.list(items, path, kind),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    fn list(&mut self, items: &[Node<'_>], path: &str, kind: Option<Kind>) -> String {
        let mut text = String::new();
        for (index, node) in items.iter().enumerate().filter(|(_, node)| is_known(node)) {
            let path = format!("{path}[{index}]");
            for line in self.remarks.take(&path) {
                text += &comment(&line);
            }
            let inner = self.inner(node, &path, item(kind)).unwrap_or_else(|| leaf(None, node));
            text += "- ";
            text += indented(&inner).trim_start_matches(' ');
        }
        text
    }
}

/// A value without lines of its own, behind a key if it has one.
fn leaf(key: Option<&str>, node: &Node<'_>) -> String {
    let text = match &node.value {
        Value::Text(text) => text.to_string(),
        Value::List(items) if is_short(items) => return yaml_of(key, &FlowSeq(items)),
        _ => return yaml_of(key, node),
    };
    let lines = match text.contains('\n') {
        _ if !is_bare(&text) => vec![quoted(&text)],
        true => [vec!["|-".to_owned()], text.lines().map(str::to_owned).collect()].concat(),
        false if text.chars().count() > WIDTH => [vec![">-".to_owned()], folded(&text)].concat(),
        false => return yaml_of(key, &text),
    };
    let begin = key.map(|key| begin(key) + " ").unwrap_or_default();
    begin + indented(&(lines.join("\n") + "\n")).trim_start()
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

/// Whether a list, such as an interval, holds nothing but a few numbers.
fn is_short(items: &[Node<'_>]) -> bool {
    items.len() <= 4 && items.iter().all(|item| matches!(item.value, Value::Number(_)))
}

fn yaml_of(key: Option<&str>, value: &impl Serialize) -> String {
    match key {
        Some(key) => yaml(&Pair(key, value)),
        None => yaml(value),
    }
}

/// A key with its colon.
fn begin(key: &str) -> String {
    yaml(&Pair(key, &())).trim_end_matches(" null\n").to_owned()
}

/// Whether a text may stand without quotes: nothing in it is hidden, and no white space at the edges of its lines counts.
fn is_bare(text: &str) -> bool {
    let hidden = |char| !matches!(char, '\n' | '\t') && is_invisible(char);
    !text.contains(hidden) && text.trim() == text && text.lines().all(|line| line.trim() == line)
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    let escaped = |char: char| match char {
        '"' | '\\' | '\n' | '\t' => char.escape_default().collect(),
        char if is_invisible(char) && u32::from(char) < 0x100 => format!("\\x{:02x}", u32::from(char)),
        char if is_invisible(char) => format!("\\U{:08x}", u32::from(char)),
        char => char.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// A key with a value.
struct Pair<'v, V>(&'v str, &'v V);

impl<V: Serialize> Serialize for Pair<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0, self.1)?;
        map.end()
    }
}

/// What serde-saphyr writes for a value.
fn yaml(value: &impl Serialize) -> String {
    // A text or number with a key has a notation.
    serde_saphyr::to_string_with_options(value, options()).unwrap_or_default()
}

fn options() -> SerializerOptions {
    serde_saphyr::ser_options! { prefer_block_scalars: false }
}

fn comment(line: &str) -> String {
    wrapped(line, WIDTH).into_iter().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect()
}

fn indented(text: &str) -> String {
    let indent =
        |line: &str| if line.trim_end_matches('\n').is_empty() { line.to_owned() } else { format!("  {line}") };
    text.split_inclusive('\n').map(indent).collect()
}
