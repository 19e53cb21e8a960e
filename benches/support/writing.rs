//! The same card as Rust source in the two ways in which one can be written.

use smcard::schema::{Block, Choice, Form, Kind};
use smcard::tree::{Node, Value};
use smcard::{SecurityCard, Text};

use super::card::CARD;

/// A way to write a card.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    /// With `security_card!`.
    Macro,
    /// As a struct literal, with every field named.
    Literal,
}

impl Writing {
    /// What a source must name before it holds cards.
    pub(crate) fn imports(self) -> &'static str {
        match self {
            Writing::Macro => "use smcard::{SecurityCard, security_card};\n",
            Writing::Literal => "use std::borrow::Cow;\n\nuse smcard::*;\n",
        }
    }

    /// A `static` of this name: the card of these benchmarks, with the number in its sentences so
    /// that no two cards are the same.
    pub(crate) fn card(self, name: &str, number: usize) -> String {
        self.item(name, number, &CARD)
    }

    /// A `static` of this name: this card, with the number in its sentences.
    pub(crate) fn item(self, name: &str, number: usize, card: &SecurityCard<'_>) -> String {
        let (begin, end) = if self == Writing::Macro { ("security_card!(", ")") } else { ("", "") };
        let card = Source { writing: self, number }.block(SecurityCard::SCHEMA, &card.tree());
        format!("pub static {name}: SecurityCard = {begin}{card}{end};\n")
    }
}

struct Source {
    writing: Writing,
    number: usize,
}

impl Source {
    fn block(&self, block: &Block, node: &Node<'_>) -> String {
        let fields = block.fields.iter().filter_map(|field| {
            let value = match (node.get(field.name), self.writing) {
                (Some(value), Writing::Literal) if is_optional(field.kind) => {
                    format!("Some({})", self.value(field.kind, field.form, value))
                }
                (Some(value), _) => self.value(field.kind, field.form, value),
                (None, Writing::Literal) => absent(field.kind),
                (None, Writing::Macro) => return None,
            };
            Some(format!("{}: {value},\n", field.ident))
        });
        let hidden = match (block.name, self.writing) {
            ("SecurityCard", Writing::Literal) => "places: Places::EMPTY,\n",
            _ => "",
        };
        format!("{} {{\n{}{hidden}}}", block.name, fields.collect::<String>())
    }

    fn value(&self, kind: Kind, form: Form, node: &Node<'_>) -> String {
        let literal = self.writing == Writing::Literal;
        match (kind, &node.value) {
            (Kind::Block(block), _) => self.block(block, node),
            (Kind::List(kind), _) => {
                let items =
                    node.items().iter().map(|item| self.value(*kind, form, item)).collect::<Vec<_>>().join(", ");
                if literal { format!("List::Borrowed(&[{items}])") } else { format!("[{items}]") }
            }
            (Kind::Choice(Choice { name, .. }), _) => {
                let word = node.word().unwrap_or_default();
                if literal { format!("{name}::{word}") } else { word.to_owned() }
            }
            (Kind::Extensions, _) if literal => format!("Extensions({})", extension_list(node)),
            (_, Value::Text(text)) => self.text(text, form),
            (_, Value::Number(number)) => {
                if kind == Kind::Count {
                    format!("{number}")
                } else {
                    format!("{number:?}")
                }
            }
            (_, Value::Bool(bool)) => bool.to_string(),
            (_, Value::List(items)) => {
                let items = items.iter().map(|item| self.value(kind, Form::Id, item)).collect::<Vec<_>>();
                format!("[{}]", items.join(", "))
            }
            (_, Value::Block(entries)) => {
                let entries = entries.iter();
                let entries =
                    entries.map(|entry| format!("{}: {}", entry.key, self.value(kind, Form::Id, &entry.node)));
                format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
            }
            _ => String::new(),
        }
    }

    fn text(&self, text: &Text<'_>, form: Form) -> String {
        // What has no space may be an id that another part of the card refers to.
        let sentence = form == Form::Free && text.words().contains(' ');
        let number = if sentence { format!(" ({})", self.number) } else { String::new() };
        let words = format!("\"{}{number}\"", text.words().escape_default());
        match (text.reason(), self.writing) {
            (None, Writing::Literal) => format!("Text::new({words})"),
            (Some(reason), Writing::Literal) => format!("Text::{}({words})", reason.name),
            (None, Writing::Macro) => words,
            (Some(reason), Writing::Macro) => format!("{}({words})", reason.name),
        }
    }
}

/// Whether the type of such a field is an `Option`.
fn is_optional(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Number | Kind::Count | Kind::Bool | Kind::Choice(_))
}

fn absent(kind: Kind) -> String {
    match kind {
        Kind::Block(block) => format!("{}::EMPTY", block.name),
        Kind::List(_) => "List::EMPTY".to_owned(),
        Kind::Extensions => "Extensions(List::EMPTY)".to_owned(),
        _ => "None".to_owned(),
    }
}

/// The block of an extension as a literal.
fn extension_list(node: &Node<'_>) -> String {
    let entries = node
        .entries()
        .iter()
        .map(|entry| format!("Extension {{ key: Cow::Borrowed({:?}), value: {} }}", entry.key, extension(&entry.node)));
    format!("List::Borrowed(&[{}])", entries.collect::<Vec<_>>().join(", "))
}

fn extension(node: &Node<'_>) -> String {
    let value = match &node.value {
        Value::Text(text) => format!("Text(Text::new({:?}))", text.words()),
        Value::Number(number) => format!("Number({number:?})"),
        Value::Bool(bool) => format!("Bool({bool})"),
        Value::List(items) => {
            format!("List(List::Borrowed(&[{}]))", items.iter().map(extension).collect::<Vec<_>>().join(", "))
        }
        _ => format!("Block({})", extension_list(node)),
    };
    format!("ExtensionValue::{value}")
}
