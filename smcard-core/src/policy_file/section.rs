//! Reading a table of a policy: what is asked for is what is known.
//!
//! A section remembers the keys that were asked of it. Whatever else it holds is unknown, so the
//! keys of a policy are declared by the code that reads them, and nowhere else.

use std::cell::RefCell;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::excerpt::draw;
use crate::finding::{Finding, Findings, Position, Problem};
use crate::rule::Rule;
use crate::rules::{INVALID_POLICY, UNKNOWN_POLICY_KEY};
use crate::suggest::{listed, nearest};

/// The text of a policy, and what is wrong with it so far.
pub(super) struct Source<'t> {
    text: &'t str,
    file: &'t str,
    findings: RefCell<Findings>,
}

/// A value with its bytes in the text.
pub(super) struct Spanned<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// A table of a policy.
pub(super) struct Section<'t> {
    table: &'t DeTable<'t>,
    /// The header, such as `stage.draft`; empty for the file itself.
    name: String,
    span: Range<usize>,
    asked: Vec<String>,
    source: &'t Source<'t>,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str, file: &'t str) -> Self {
        Source { text, file, findings: RefCell::new(Findings::NONE) }
    }

    pub(super) fn report(&self, rule: &'static Rule, span: Range<usize>, problem: Problem) {
        self.findings.borrow_mut().add(rule.level, || {
            let position = Position::of(self.text, span.start);
            let problem = problem.excerpt(draw(self.text, span.clone(), Some(position.line)));
            let finding = Finding::new(rule, "", span.start, problem);
            Finding { file: Some(self.file.to_owned()), position: Some(position), ..finding }
        });
    }

    /// The line on which a value stands, counted from 1.
    pub(super) fn line(&self, span: &Range<usize>) -> usize {
        Position::of(self.text, span.start).line
    }

    /// What is wrong, in the order of the text.
    pub(super) fn into_findings(self) -> Findings {
        let mut findings = self.findings.into_inner();
        findings.sort();
        findings
    }
}

impl<'t> Section<'t> {
    pub(super) fn new(table: &'t DeTable<'t>, source: &'t Source<'t>) -> Self {
        Section { table, name: String::new(), span: 0..0, asked: Vec::new(), source }
    }

    pub(super) fn source(&self) -> &'t Source<'t> {
        self.source
    }

    /// Reports a problem of the section as a whole.
    pub(super) fn report(&self, rule: &'static Rule, problem: Problem) {
        self.source.report(rule, self.span.clone(), problem);
    }

    /// Whether a key is there, whatever its value.
    pub(super) fn holds(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Whether a key holds a list.
    pub(super) fn is_list(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|value| matches!(value.get_ref(), DeValue::Array(_)))
    }

    /// Makes a key known without reading it.
    pub(super) fn knows(&mut self, key: &str) {
        if !self.asked.iter().any(|asked| asked == key) {
            self.asked.push(key.to_owned());
        }
    }

    /// The line on which a key's value stands.
    pub(super) fn line_of(&self, key: &str) -> Option<usize> {
        self.table.get(key).map(|value| self.source.line(&value.span()))
    }

    /// The table under a key.
    pub(super) fn section(&mut self, key: &str) -> Option<Section<'t>> {
        let name = self.path_of(key);
        self.ask(key, "a table", |value| match value.get_ref() {
            DeValue::Table(table) => Some((table, value.span())),
            _ => None,
        })
        .map(|(table, span)| Section { table, name, span, asked: Vec::new(), source: self.source })
    }

    /// The tables of a list of tables, `[[key]]`.
    pub(super) fn sections(&mut self, key: &str) -> Vec<Section<'t>> {
        let name = self.path_of(key);
        let tables = self.ask(key, "a list of tables, `[[…]]`", |value| match value.get_ref() {
            DeValue::Array(values) => values
                .iter()
                .map(|value| match value.get_ref() {
                    DeValue::Table(table) => Some((table, value.span())),
                    _ => None,
                })
                .collect::<Option<Vec<_>>>(),
            _ => None,
        });
        let open = |(table, span)| Section { table, name: name.clone(), span, asked: Vec::new(), source: self.source };
        tables.unwrap_or_default().into_iter().map(open).collect()
    }

    /// The text under a key.
    pub(super) fn text(&mut self, key: &str) -> Option<Spanned<String>> {
        self.ask(key, "a text", |value| {
            let text = value.get_ref().as_str()?;
            Some(Spanned { value: text.to_owned(), span: value.span() })
        })
    }

    /// The texts of a list under a key.
    pub(super) fn texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        let texts = self.ask(key, "a list of texts", |value| match value.get_ref() {
            DeValue::Array(values) => values
                .iter()
                .map(|value| Some(Spanned { value: value.get_ref().as_str()?.to_owned(), span: value.span() }))
                .collect::<Option<Vec<_>>>(),
            _ => None,
        });
        texts.unwrap_or_default()
    }

    /// `true` or `false` under a key.
    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        self.ask(key, "`true` or `false`", |value| value.get_ref().as_bool())
    }

    /// The one key that this section knows, read by `read`.
    pub(super) fn only<T>(mut self, key: &'static str, read: fn(&mut Self, &'static str) -> T) -> T {
        let value = read(&mut self, key);
        self.finish();
        value
    }

    /// Reports every key that nobody has asked for.
    pub(super) fn finish(self) -> &'t Source<'t> {
        for (key, value) in self.table.iter().filter(|(key, _)| !self.asked.iter().any(|asked| asked == key.get_ref()))
        {
            let place = if self.name.is_empty() { "a policy".to_owned() } else { format!("`[{}]`", self.name) };
            let problem =
                Problem::new(format!("unknown key `{}` in {place}", crate::characters::escape(key.get_ref())));
            let asked = || self.asked.iter().map(String::as_str);
            let problem = match nearest(key.get_ref(), asked()) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("{place} knows {}", listed(asked()))),
            };
            let span = if key.span().is_empty() { value.span() } else { key.span() };
            self.source.report(UNKNOWN_POLICY_KEY, span, problem);
        }
        self.source
    }

    fn path_of(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn ask<T>(
        &mut self,
        key: &str,
        kind: &str,
        read: impl FnOnce(&'t toml::Spanned<DeValue<'t>>) -> Option<T>,
    ) -> Option<T> {
        self.knows(key);
        let value = self.table.get(key)?;
        let read = read(value);
        if read.is_none() {
            let problem = Problem::new(format!("`{}` takes {kind}", self.path_of(key)));
            self.source.report(INVALID_POLICY, value.span(), problem);
        }
        read
    }
}
