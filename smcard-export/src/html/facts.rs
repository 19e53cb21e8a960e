//! Blocks of the card as lists of facts, by the schema: a field that is declared is shown, without a line here.

use maud::{Markup, html};
use smcard_core::schema::{Block, Field, Form, Kind};
use smcard_core::tree::{Node, Value};
use smcard_core::{Risk, Text};

use super::references::reference;
use super::{Report, words};

/// What the card says in a block, but for the fields that stand elsewhere; a required field that is missing is told.
pub(super) fn facts(
    report: &Report<'_>,
    schema: &'static Block,
    node: Option<&Node<'_>>,
    elsewhere: &[&str],
) -> Markup {
    let mut shown = Vec::new();
    for field in schema.fields.iter().filter(|field| !elsewhere.contains(&field.name)) {
        match node.and_then(|node| node.get(field.name)) {
            Some(node) => shown.push((field, Some(node))),
            None if field.required => shown.push((field, None)),
            None => {}
        }
    }
    html! {
        @if !shown.is_empty() {
            dl.facts {
                @for (field, node) in shown {
                    div { dt { (words::label(field.name)) } dd { (fact(report, field, node)) } }
                }
            }
        }
    }
}

/// What the card says in a field.
pub(super) fn fact(report: &Report<'_>, field: &'static Field, node: Option<&Node<'_>>) -> Markup {
    node.map_or_else(|| words::absent("not stated"), |node| value(report, field.kind, field.form, node))
}

fn value(report: &Report<'_>, kind: Kind, form: Form, node: &Node<'_>) -> Markup {
    match (kind, &node.value) {
        (Kind::List(_), Value::List(items)) if form == Form::Interval => html! {
            @for (index, bound) in items.iter().enumerate() { @if index > 0 { " to " } (own(bound)) }
        },
        (Kind::List(of), Value::List(items)) if refers(form) => html! {
            @for (index, item) in items.iter().enumerate() { @if index > 0 { ", " } (value(report, *of, form, item)) }
        },
        (Kind::List(of), Value::List(items)) => html! {
            ul.plain { @for item in items { li { (value(report, *of, form, item)) } } }
        },
        (Kind::Block(block), Value::Block(_)) => facts(report, block, Some(node), &[]),
        (Kind::Choice(choice), _) => match node.word().and_then(|word| choice.variant(word)) {
            Some(variant) if choice.name == Risk::SCHEMA.name => words::risk(Risk::from_name(variant.name)),
            Some(variant) => html! { (words::titled(variant.name)) },
            None => own(node),
        },
        (_, Value::Text(text)) => formed(report, form, text),
        _ => own(node),
    }
}

/// Whether such a text is the id of something else in the card: several of these stand in a line.
fn refers(form: Form) -> bool {
    matches!(form, Form::Evidence | Form::Zone | Form::Component | Form::Asset)
}

/// A text of a form.
pub(super) fn formed(report: &Report<'_>, form: Form, text: &Text<'_>) -> Markup {
    let Some(stated) = text.stated() else { return words::line(text) };
    match form {
        Form::Url | Form::Contact => link(text),
        Form::Reference => reference(text),
        form if refers(form) => match report.anchors.link(stated) {
            Some(anchor) => html! { a.id href=(anchor) { (words::plain(text)) } },
            None => html! { code { (words::plain(text)) } },
        },
        Form::Id | Form::Purl | Form::Path | Form::Sha256 => html! { code { (words::plain(text)) } },
        Form::Free => words::prose(text),
        _ => words::line(text),
    }
}

/// A text that leads somewhere, as a link where a browser can follow it safely.
pub(super) fn link(text: &Text<'_>) -> Markup {
    match text.stated().and_then(address) {
        Some(address) if !address.starts_with("mailto:") => html! {
            a.out href=(address) rel="noopener noreferrer" { (words::plain(text)) }
        },
        Some(address) => html! { a href=(address) { (words::plain(text)) } },
        None => words::line(text),
    }
}

/// The address that a text stands for: of the web, or of mail. Nothing with any other scheme becomes a link.
fn address(stated: &str) -> Option<String> {
    let stated = stated.trim();
    let visible = stated.chars().all(|char| char.is_ascii_graphic() || char.is_alphanumeric());
    let scheme = stated.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        _ if !visible => None,
        Some("http" | "https" | "mailto") => Some(stated.to_owned()),
        None if stated.starts_with("10.") && stated.contains('/') => Some(format!("https://doi.org/{stated}")),
        None if stated.split('@').filter(|part| !part.is_empty()).count() == 2 && !stated.contains(['/', '?', '&']) => {
            Some(format!("mailto:{stated}"))
        }
        _ => None,
    }
}

/// A value as it is, whatever the schema expects: those of extensions, too.
pub(super) fn own(node: &Node<'_>) -> Markup {
    match &node.value {
        Value::Text(text) => words::prose(text),
        Value::Number(number) => html! { (words::number(*number)) },
        Value::Bool(true) => html! { "Yes" },
        Value::Bool(false) => html! { "No" },
        Value::Word(word) => html! { (words::key(word)) },
        Value::List(items) => html! { ul.plain { @for item in items { li { (own(item)) } } } },
        Value::Block(entries) => html! {
            dl.facts { @for entry in entries { div { dt { (words::key(&entry.key)) } dd { (own(&entry.node)) } } } }
        },
        _ => words::absent("not stated"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_a_link_but_an_address_of_the_web_or_of_mail() {
        for (stated, expected) in [
            ("https://example.org/a?b=c", Some("https://example.org/a?b=c")),
            ("HTTP://example.org", Some("HTTP://example.org")),
            ("security@example.org", Some("mailto:security@example.org")),
            ("10.1000/182", Some("https://doi.org/10.1000/182")),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("https://example.org/\u{202e}gpj", None),
            ("https://example.org/ onclick=x", None),
            ("+47 22 00 00 00", None),
        ] {
            assert_eq!(address(stated).as_deref(), expected, "{stated}");
        }
    }
}
