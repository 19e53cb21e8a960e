//! From pieces to a card: each goes where its label says, if it fits there.

use std::borrow::Cow;
use std::collections::HashMap;

use smcard_core::SecurityCard;
use smcard_core::schema::{Block, Form, Kind};
use smcard_core::source::{visible, without_secrets};
use smcard_core::tree::{Entry, Node, Value};

use super::fit::{Fitted, clean, fit, refusal};
use super::label::{Known, Labels, Target};
use super::piece::{Content, Piece, Place};
use crate::write::Remarks;

/// What became of the pieces of the sources.
pub(super) struct Assembled {
    pub(super) card: Node<'static>,
    pub(super) remarks: Remarks,
    pub(super) unplaced: Vec<Unplaced>,
    /// The required fields that nothing was found for.
    pub(super) missing: Vec<String>,
    /// How many fields have a value.
    pub(super) found: usize,
    /// How many of them may have lost a part.
    pub(super) doubtful: usize,
}

/// A piece that no field has taken.
pub(super) struct Unplaced {
    pub(super) label: String,
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) why: String,
}

/// A text that is longer than this, in bytes, takes no more pieces: whoever wrote it meant no field of a card.
const LONGEST: usize = 64 * 1024;

/// Puts pieces into a card.
pub(super) fn assemble(pieces: Vec<Piece>) -> Assembled {
    let mut assembly = Assembly::default();
    let labels = Labels::new();
    for piece in pieces {
        assembly.piece(piece, &labels);
    }
    let card = Node { at: 0, value: Value::Block(assembly.entries) };
    let mut missing = Vec::new();
    required(SecurityCard::SCHEMA, &card, "", &mut missing);
    let Assembly { remarks, unplaced, places, doubtful, .. } = assembly;
    Assembled { card, remarks, unplaced, missing, found: places.len(), doubtful }
}

#[derive(Default)]
struct Assembly {
    entries: Vec<Entry<'static>>,
    remarks: Remarks,
    unplaced: Vec<Unplaced>,
    /// Where the first value of each field was found.
    places: HashMap<String, Place>,
    doubtful: usize,
}

impl Assembly {
    fn piece(&mut self, piece: Piece, labels: &Labels) {
        match &piece.content {
            Content::Value(path, node) => match refusal(path, node) {
                None => self.value(&piece, path, node.clone(), None),
                Some(why) => self.keep(&piece, why),
            },
            Content::Text(text) => match labels.target(&piece.labels) {
                Target::Field(known) => self.text(&piece, known, text),
                Target::Within(known) if known.field.form == Form::Free && known.field.kind == Kind::Text => {
                    let label = clean(piece.labels.last().map(String::as_str).unwrap_or_default());
                    let label = label.trim_end_matches([':', '*', ' ']);
                    match fit(known, text) {
                        Ok(_) => self.text(&piece, known, &format!("{label}:\n{}", clean(text))),
                        Err(_) => self.keep(&piece, String::new()),
                    }
                }
                Target::Within(_) | Target::Nothing => self.keep(&piece, String::new()),
                Target::Two(one, other) => self.keep(&piece, format!("it may belong in `{one}` or `{other}`")),
            },
        }
    }

    fn text(&mut self, piece: &Piece, known: Known, text: &str) {
        match fit(known, text) {
            Err(why) => self.keep(piece, why),
            Ok(Fitted { node, written }) => self.value(piece, known.path, node, written),
        }
    }

    /// Gives a field a value, or more of one.
    fn value(&mut self, piece: &Piece, path: &str, node: Node<'static>, written: Option<String>) {
        let path = &self.numbered(path);
        let free =
            SecurityCard::SCHEMA.at(path).is_some_and(|field| field.form == Form::Free && field.kind == Kind::Text);
        if let (Some(first), Some(given)) = (self.places.get(path).cloned(), self.given(path)) {
            let (old, new) = (given.stated().map(str::to_owned), node.stated().map(str::to_owned));
            match (old, new) {
                _ if given.value == node.value => return,
                (Some(old), Some(_)) if free && old.len() > LONGEST => {
                    return self.keep(piece, format!("`{path}` is long enough"));
                }
                (Some(old), Some(new)) if free => {
                    if old.split("\n\n").any(|part| part == new) {
                        return;
                    }
                    given.value = Value::Text(smcard_core::Text::from(Cow::Owned(format!("{old}\n\n{new}"))));
                }
                _ => {
                    let why = format!("`{path}` has a value from {first} already");
                    return self.keep(piece, why);
                }
            }
        } else {
            set(&mut self.entries, SecurityCard::SCHEMA, path, node);
        }
        let mut said = piece.place.to_string();
        if let Some(written) = written {
            let written = visible(&without_secrets(&written).replace('\n', " "));
            said += &format!(": {}", shortened(&written));
        }
        if let Some(doubt) = piece.doubt {
            said += &format!("; {doubt}");
            self.doubtful += 1;
        }
        self.remarks.add(path, &said);
        self.places.entry(path.to_owned()).or_insert_with(|| piece.place.clone());
    }

    /// The path of an item that comes last in its list.
    fn numbered(&mut self, path: &str) -> String {
        let Some((list, _)) = path.split_once('[') else { return path.to_owned() };
        let items = self.given(list).map_or(0, |list| list.items().len());
        format!("{list}[{items}]")
    }

    fn given(&mut self, path: &str) -> Option<&mut Node<'static>> {
        let mut entries = &mut self.entries;
        let mut keys = path.split('.').peekable();
        while let Some(key) = keys.next() {
            let node = &mut entries.iter_mut().find(|entry| entry.key == key)?.node;
            if keys.peek().is_none() {
                return Some(node);
            }
            match &mut node.value {
                Value::Block(inner) => entries = inner,
                _ => return None,
            }
        }
        None
    }

    /// Keeps what no field takes, unless it says nothing.
    fn keep(&mut self, piece: &Piece, why: String) {
        let text = match &piece.content {
            Content::Text(text) => clean(text),
            Content::Value(_, node) => serde_json::to_string(node).unwrap_or_default(),
        };
        if text.is_empty() {
            return;
        }
        let labels = piece.labels.iter().map(|label| clean(label).trim_end_matches([':', ' ']).to_owned());
        let label = labels.filter(|label| !label.is_empty()).collect::<Vec<_>>().join(" / ");
        self.unplaced.push(Unplaced {
            label,
            text: without_secrets(&text).into_owned(),
            place: piece.place.clone(),
            why,
        });
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// Puts a value at a path, where the schema has it.
fn set(entries: &mut Vec<Entry<'static>>, block: &'static Block, path: &str, node: Node<'static>) {
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    let (key, is_item) = key.split_once('[').map_or((key, false), |(key, _)| (key, true));
    let rank = |key: &str| block.fields.iter().position(|field| field.name == key);
    let index = match entries.iter().position(|entry| entry.key == key) {
        Some(index) => index,
        None => {
            let at = entries.iter().position(|entry| rank(&entry.key) > rank(key)).unwrap_or(entries.len());
            let value = if is_item { Value::List(Vec::new()) } else { Value::Block(Vec::new()) };
            entries.insert(at, Entry { key: Cow::Owned(key.to_owned()), at: 0, node: Node { at: 0, value } });
            at
        }
    };
    let Some(entry) = entries.get_mut(index) else { return };
    match (&mut entry.node.value, rest) {
        (Value::List(items), None) if is_item => items.push(node),
        (Value::Block(inner), Some(rest)) => {
            if let Some(Kind::Block(block)) = block.field(key).map(|field| field.kind) {
                set(inner, block, rest, node);
            }
        }
        (value, None) => *value = node.value,
        _ => {}
    }
}

/// The paths of the required fields that a card does not have.
fn required(block: &'static Block, node: &Node<'_>, within: &str, missing: &mut Vec<String>) {
    for field in block.fields.iter().filter(|field| field.required) {
        let path = if within.is_empty() { field.name.to_owned() } else { format!("{within}.{}", field.name) };
        match (node.get(field.name), field.kind) {
            (inner, Kind::Block(block)) => {
                let nothing = Node { at: 0, value: Value::Null };
                required(block, inner.unwrap_or(&nothing), &path, missing);
            }
            (None, _) => missing.push(path),
            _ => {}
        }
    }
}
