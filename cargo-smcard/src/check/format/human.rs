//! For people: as rustc shows what is wrong, with the line and a caret.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::{Totals, counted, escaped, omitted};
use crate::told::{Checked, Excepted, Told};

/// Behind how many marked characters a caret within them says more than all of them.
const LONG: usize = 60;

pub(crate) fn card(checked: &Checked, colours: bool) -> String {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for told in &checked.told {
        text += &finding(told, &renderer);
        text += "\n\n";
    }
    for Excepted { told, exception } in &checked.excepted {
        let line = format!(
            "excepted: {}: {} [{}], approved by {} until {} ({}:{}): {}\n",
            told.file,
            told.problem.message,
            told.rule.code,
            exception.approved_by,
            exception.expires,
            exception.file,
            exception.line,
            exception.reason
        );
        text += &escaped(line.trim_end());
        text += "\n";
    }
    if let Some(omitted) = omitted(checked) {
        text += &format!("{omitted}\n\n");
    }
    text
}

fn finding(told: &Told, renderer: &Renderer) -> String {
    let level = if told.level == smcard_core::Level::Error { Level::ERROR } else { Level::WARNING };
    let mut group = level.primary_title(escaped(&told.problem.message)).id(told.rule.code).elements(place(told));
    let long = told.line.as_ref().is_some_and(|line| line.marked.len() > LONG);
    if let Some(excerpt) = told.problem.excerpt.as_ref().filter(|_| told.line.is_none() || long) {
        let lines: Vec<String> = excerpt.lines().map(escaped).collect();
        group = group.element(Level::NOTE.no_name().message(lines.join("\n")));
    }
    for help in &told.problem.help {
        group = group.element(Level::HELP.message(escaped(help)));
    }
    for note in &told.problem.notes {
        group = group.element(Level::NOTE.message(escaped(note)));
    }
    if told.line.is_none() && !told.path.is_empty() {
        group = group.element(Level::NOTE.message(format!("at `{}`", escaped(&told.path))));
    }
    renderer.render(&[group])
}

/// The place and its line.
fn place(told: &Told) -> Vec<Element<'_>> {
    let snippet = told.line.as_ref().zip(told.position).map(|(line, position)| {
        let snippet = Snippet::source(Cow::Borrowed(line.text.as_str()))
            .line_start(position.line)
            .annotation(AnnotationKind::Primary.span(line.marked.clone()));
        let column = line.text.get(..line.marked.start).map_or(0, |before| before.chars().count() + 1);
        (snippet, column == position.column)
    });
    let snippet = match snippet {
        Some((snippet, true)) => return vec![snippet.path(Cow::Borrowed(told.file.as_str())).into()],
        // The line is cut, or holds what is not shown as it is: its column is told by itself.
        Some((snippet, false)) => Some(snippet),
        None => None,
    };
    let mut origin = Origin::path(Cow::Borrowed(told.file.as_str()));
    if let Some(position) = told.position {
        origin = origin.line(position.line).char_column(position.column);
    }
    let mut elements = vec![Element::from(origin)];
    elements.extend(snippet.map(Element::from));
    elements
}

pub(super) fn end(totals: Totals) -> String {
    let mut parts = vec![counted(totals.errors, "error"), counted(totals.warnings, "warning")];
    if totals.excepted > 0 {
        parts.push(format!("{} let pass by the policy", counted(totals.excepted, "finding")));
    }
    if totals.unchecked > 0 {
        parts.push(format!("{} not checked, since the policy cannot be read", counted(totals.unchecked, "card")));
    }
    format!("checked {}: {}\n", counted(totals.cards, "card"), parts.join(", "))
}
