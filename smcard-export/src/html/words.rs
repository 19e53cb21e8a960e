//! What the card says, as it may stand in the page: the one place that takes the words out of a text.

use maud::{Markup, html};
use smcard_core::source::{visible, visible_lines};
use smcard_core::{Risk, Text};

/// A text in a line: its words, or the reason in place of them.
pub(super) fn line(text: &Text<'_>) -> Markup {
    match text.reason() {
        None => html! { (visible_lines(text.words())) },
        Some(reason) => html! {
            span.reason { b { (reason.prefix.trim_end()) } " " (visible_lines(text.words())) }
        },
    }
}

/// A day, a month or a year, in which no line breaks.
pub(super) fn date(text: Option<&Text<'_>>) -> Markup {
    let is_short = text.and_then(Text::stated).is_some_and(|date| date.len() <= "2026-12-31".len());
    if is_short {
        html! { span.date { (line_or_absent(text)) } }
    } else {
        line_or_absent(text)
    }
}

/// A text in a line, or that the card does not state it.
pub(super) fn line_or_absent(text: Option<&Text<'_>>) -> Markup {
    text.map_or_else(|| absent("not stated"), line)
}

/// A text as paragraphs: an empty line parts two of them, and a line's end stands.
pub(super) fn prose(text: &Text<'_>) -> Markup {
    let words = visible_lines(text.words());
    let mut paragraphs: Vec<Vec<&str>> = vec![Vec::new()];
    for line in words.trim().split('\n') {
        match paragraphs.last_mut() {
            Some(last) if !line.trim().is_empty() => last.push(line),
            Some(last) if !last.is_empty() => paragraphs.push(Vec::new()),
            _ => {}
        }
    }
    html! {
        @for (index, lines) in paragraphs.iter().enumerate() {
            p.reason[text.reason().is_some()] {
                @if let (0, Some(reason)) = (index, text.reason()) { b { (reason.prefix.trim_end()) } " " }
                @for (index, line) in lines.iter().enumerate() { @if index > 0 { br; } (line) }
            }
        }
    }
}

/// The words of a text in one line without markup, for an attribute or a label.
pub(super) fn plain(text: &Text<'_>) -> String {
    let words = text.words().split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}{}", text.reason().map_or("", |reason| reason.prefix), visible(&words))
}

/// The id or name that a text states; of a card without one, a dash.
pub(super) fn name(text: Option<&Text<'_>>) -> String {
    text.map_or_else(|| "–".to_owned(), plain)
}

/// A key of the card that no schema knows, such as one of an extension.
pub(super) fn key(key: &str) -> String {
    visible(key)
}

/// What the card does not say, in words.
pub(super) fn absent(words: &str) -> Markup {
    html! { span.absent { (words) } }
}

/// The label of a field: `out_of_scope_uses` is "Out of scope uses".
pub(super) fn label(field: &str) -> String {
    let words = field.split('_').map(|word| match word {
        "ai" => "AI",
        "id" => "ID",
        "purl" => "package URL",
        "ref" => "reference",
        "refs" => "references",
        "sha256" => "SHA-256",
        "url" => "URL",
        word => word,
    });
    capital(&words.collect::<Vec<_>>().join(" "))
}

/// The word of a choice as people write it: `NeedsApproval` is "needs approval".
pub(super) fn spaced(word: &str) -> String {
    let mut spaced = String::with_capacity(word.len() + 4);
    for char in word.chars() {
        if char.is_uppercase() && !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.extend(char.to_lowercase());
    }
    spaced
}

/// The same words with a capital letter at the beginning.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The word of a choice as people write it, with a capital letter.
pub(super) fn titled(word: &str) -> String {
    capital(&spaced(word))
}

/// The word of a choice with a capital letter, or that the card does not state it.
pub(super) fn choice(word: Option<&str>) -> Markup {
    word.map_or_else(|| absent("not stated"), |word| html! { (titled(word)) })
}

/// A level of risk: its word on its colour.
pub(super) fn risk(risk: Option<Risk>) -> Markup {
    match risk {
        Some(risk) => html! { span.risk.{ (spaced(risk.name())) } { (titled(risk.name())) } },
        None => html! { span.risk.unassessed { "Not assessed" } },
    }
}

/// So many of something: "1 threat", "2 threats".
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A number as the report writes it.
pub(super) fn number(number: f64) -> String {
    format!("{number}")
}
