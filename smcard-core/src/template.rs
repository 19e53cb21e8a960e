//! What somebody would begin to write: the help of a finding about something that is missing.

use crate::schema::{Block, Choice, Field, Kind};
use crate::suggest::either;

/// How to add a field.
pub(crate) fn add(field: &'static Field) -> String {
    let name = field.name;
    match field.kind {
        Kind::Block(inner) => format!("add\n{}", block(name, inner)),
        Kind::List(Kind::Block(inner)) => format!("add\n{}", list(name, inner)),
        Kind::List(_) => format!("add `{name}: [ … ]`"),
        Kind::Choice(choice) => format!("add `{name}: …`, one of {}", quoted(choice)),
        Kind::Number | Kind::Count | Kind::Bool => format!("add `{name}: …`, {}", field.kind.noun()),
        Kind::Extensions => format!("add `{name}: {{ … }}`"),
        Kind::Text if field.answer => format!("add `{name}: \"…\"`"),
        Kind::Text => format!("add `{name}: \"…\"`, or `{name}: not_applicable(\"why\")`"),
    }
}

/// A section with its required fields; the card itself where there is no name.
pub(crate) fn block(name: &str, block: &'static Block) -> String {
    let mut fields = Vec::new();
    for of_block in block.fields {
        if of_block.required {
            fields.push(field(of_block));
        }
    }
    match name {
        "" => fields.join("\n"),
        name => format!("{name}: {{\n{}\n}},", indented(&fields.join("\n"))),
    }
}

/// A block of a list.
pub(crate) fn item(of: &'static Block) -> String {
    format!("{{\n{}\n}},", indented(&block("", of)))
}

/// A list of blocks.
fn list(name: &str, of: &'static Block) -> String {
    format!("{name}: [\n{}\n],", indented(&item(of)))
}

fn field(field: &'static Field) -> String {
    match field.kind {
        Kind::Block(inner) => block(field.name, inner),
        Kind::Text => format!("{}: \"…\",", field.name),
        Kind::Choice(choice) => format!("{}: /* {} */,", field.name, words(choice)),
        Kind::List(_) => format!("{}: [],", field.name),
        Kind::Number | Kind::Count | Kind::Bool | Kind::Extensions => {
            format!("{}: /* {} */,", field.name, field.kind.noun().replace("`", ""))
        }
    }
}

/// The words of a choice, to take one of.
fn words(choice: &'static Choice) -> String {
    quoted(choice).replace("`", "")
}

fn quoted(choice: &'static Choice) -> String {
    either(choice.variants.iter().map(|variant| variant.name))
}

fn indented(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        lines.push(format!("    {line}"));
    }
    lines.join("\n")
}
