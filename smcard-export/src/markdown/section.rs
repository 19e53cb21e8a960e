//! A section: its texts as a list, its lists of blocks as a table and the rest of each.

use smcard_core::schema::{Block, Field, Form, Kind};
use smcard_core::tree::{Node, Value};

use super::{line, paragraph, reference, table};
use crate::leaves::plain;
use crate::link;

/// In place of a value that a card must have.
pub(crate) const NOT_STATED: &str = "_not stated_";

pub(crate) fn heading(level: usize, words: &str) -> String {
    let rest = words.trim_end_matches('#');
    let marks = words.get(rest.len()..).unwrap_or_default();
    // Such marks at the end of a heading belong to it only if they are escaped.
    let escape = if !marks.is_empty() && rest.ends_with(' ') { "\\" } else { "" };
    format!("{} {rest}{escape}{marks}", "#".repeat(level))
}

/// The name of a field for people: `Out of scope uses`.
pub(crate) fn label(key: &str) -> String {
    let words = key.split('_').map(|word| match word {
        "ai" | "id" | "url" => word.to_uppercase(),
        "sha256" => "SHA-256".to_owned(),
        "purl" => "package URL".to_owned(),
        "ref" => "reference".to_owned(),
        "refs" => "references".to_owned(),
        "op" => "must be".to_owned(),
        word => word.to_owned(),
    });
    let words = words.collect::<Vec<_>>().join(" ");
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    line(&(first + chars.as_str()))
}

/// A value in words: a truth value as an answer.
fn shown(node: &Node<'_>) -> String {
    match node.value {
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        _ => line(&plain(node)),
    }
}

/// The fields of a block: those that are short as a list, then each list of blocks under a heading.
pub(crate) fn block(of: &'static Block, node: &Node<'_>, level: usize, blocks: &mut Vec<String>) {
    let mut items = Vec::new();
    let mut below = Vec::new();
    for field in of.fields {
        match (node.get(field.name), field.kind) {
            (Some(node), Kind::List(Kind::Block(of))) => below.push((field, *of, node)),
            (Some(node), Kind::Block(of)) => {
                let mut inner = Vec::new();
                block(of, node, level + 1, &mut inner);
                items.push(Item::Below(field, inner));
            }
            (Some(node), _) => items.push(Item::Line(item(field, node, 0))),
            (None, _) if field.required => items.push(Item::Line(format!("- **{}:** {NOT_STATED}", label(field.name)))),
            (None, _) => {}
        }
    }
    let mut lines = Vec::new();
    let mut after = Vec::new();
    for item in items {
        match item {
            Item::Line(line) => lines.push(line),
            Item::Below(field, inner) => {
                after.push(heading(level, &label(field.name)));
                after.extend(inner);
            }
        }
    }
    if !lines.is_empty() {
        blocks.push(lines.join("\n"));
    }
    blocks.append(&mut after);
    for (field, of, node) in below {
        blocks.push(heading(level, &label(field.name)));
        list_of_blocks(of, node, level + 1, blocks);
    }
}

enum Item {
    Line(String),
    Below(&'static Field, Vec<String>),
}

/// A table of what is short, and under a heading each the rest of the items.
pub(super) fn list_of_blocks(of: &'static Block, list: &Node<'_>, level: usize, blocks: &mut Vec<String>) {
    let columns: Vec<&Field> = of
        .fields
        .iter()
        .filter(|field| is_short(field) && list.items().iter().any(|item| item.get(field.name).is_some()))
        .collect();
    let headings = columns.iter().map(|field| label(field.name)).collect();
    let rows = list.items().iter().map(|item| {
        let cell = |field: &&Field| item.get(field.name).map_or_else(String::new, |node| cell(field, node));
        columns.iter().map(cell).collect()
    });
    if !columns.is_empty() {
        blocks.push(table::table(headings, rows.collect()));
    }
    for (number, node) in (1..).zip(list.items()) {
        let rest = of.fields.iter().filter(|field| !is_short(field));
        let lines: Vec<String> = rest.filter_map(|field| Some(item(field, node.get(field.name)?, 0))).collect();
        if !lines.is_empty() {
            let first = columns.first().and_then(|field| node.get(field.name));
            let name = first.map_or_else(|| number.to_string(), |node| line(&plain(node)));
            // Where the first field is no id, two items may share it.
            let by_id = columns.first().is_some_and(|field| field.form == Form::Id);
            let name = if by_id { name } else { format!("{number}: {name}") };
            blocks.push(heading(level, &name));
            blocks.push(lines.join("\n"));
        }
    }
}

/// Whether a value is short enough for a cell.
fn is_short(field: &Field) -> bool {
    match field.kind {
        Kind::Number | Kind::Count | Kind::Bool | Kind::Choice(_) => true,
        Kind::Text => {
            !matches!(field.form, Form::Free | Form::Url | Form::License | Form::Purl | Form::Label)
                || (field.answer && field.form == Form::Free && field.required)
        }
        _ => false,
    }
}

fn cell(field: &Field, node: &Node<'_>) -> String {
    match field.form {
        Form::Sha256 => format!("`{}`", plain(node).chars().filter(char::is_ascii_alphanumeric).collect::<String>()),
        _ => shown(node),
    }
}

/// A field as an item of a list, this deep in it.
fn item(field: &Field, node: &Node<'_>, depth: usize) -> String {
    labelled(&label(field.name), field, node, depth)
}

/// The same with another label.
pub(crate) fn labelled(label: &str, field: &Field, node: &Node<'_>, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let label = format!("{indent}- **{label}:**");
    match (field.kind, &node.value) {
        (Kind::Block(of), _) => {
            let lines = of.fields.iter().filter_map(|field| Some(item(field, node.get(field.name)?, depth + 1)));
            std::iter::once(label).chain(lines).collect::<Vec<_>>().join("\n")
        }
        (Kind::List(Kind::Block(of)), _) => {
            let lines = node.items().iter().map(|node| inner_block(of, node, depth + 1));
            std::iter::once(label).chain(lines).collect::<Vec<_>>().join("\n")
        }
        (Kind::List(Kind::Text), Value::List(items)) => {
            let lines = items.iter().map(|node| format!("{indent}  - {}", words(field.form, node, depth + 2)));
            std::iter::once(label).chain(lines).collect::<Vec<_>>().join("\n")
        }
        (Kind::List(_), Value::List(items)) => {
            let words: Vec<String> = items.iter().map(|node| line(&plain(node))).collect();
            format!("{label} {}", words.join(", "))
        }
        _ => format!("{label} {}", words(field.form, node, depth + 1)),
    }
}

/// A block within an item: its first field, and the others below.
fn inner_block(of: &'static Block, node: &Node<'_>, depth: usize) -> String {
    let given = of.fields.iter().filter_map(|field| Some((field, node.get(field.name)?)));
    let lines = given.enumerate().map(|(index, (field, node))| item(field, node, depth + index.min(1)));
    lines.collect::<Vec<_>>().join("\n")
}

/// The words of a value, in an item this deep.
fn words(form: Form, node: &Node<'_>, depth: usize) -> String {
    let indented = |text: String| text.replace('\n', &format!("\n{}", "  ".repeat(depth)));
    match &node.value {
        Value::Text(text) => match (text.reason(), form) {
            (Some(reason), _) => {
                format!("_{}_ {}", line(reason.prefix.trim_end()), indented(paragraph(text.words())))
            }
            (None, Form::Url) => format!("<{}>", link::of_url(text.words())),
            (None, Form::Reference) => reference(text.words()),
            (None, _) => indented(paragraph(text.words())),
        },
        _ => shown(node),
    }
}

/// A section that is one value: a text, or what an organization adds.
pub(crate) fn value(node: &Node<'_>, blocks: &mut Vec<String>) {
    match &node.value {
        Value::Text(_) => blocks.push(words(Form::Free, node, 0)),
        _ => blocks.push(added(node, 0).join("\n")),
    }
}

/// Values of any kind as a list, this deep.
fn added(node: &Node<'_>, depth: usize) -> Vec<String> {
    let indent = "  ".repeat(depth);
    let mut lines = Vec::new();
    let mut put = |begin: String, node: &Node<'_>| match &node.value {
        Value::List(_) | Value::Block(_) => {
            lines.push(begin.trim_end().to_owned());
            lines.extend(added(node, depth + 1));
        }
        _ => lines.push(format!("{begin}{}", words(Form::Free, node, depth + 1))),
    };
    for (number, node) in (1..).zip(node.items()) {
        match &node.value {
            Value::List(_) | Value::Block(_) => put(format!("{indent}- {number}: "), node),
            _ => put(format!("{indent}- "), node),
        }
    }
    for entry in node.entries() {
        put(format!("{indent}- **{}:** ", line(&entry.key)), &entry.node);
    }
    lines
}
