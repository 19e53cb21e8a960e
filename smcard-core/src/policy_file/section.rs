//! Reading a table of a policy: what is asked for is what is known.
//!
//! A section remembers the keys that were asked of it. Whatever else it holds is unknown, so the
//! keys of a policy are declared by the code that reads them, and nowhere else.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use crate::excerpt::{draw_without, shown};
use crate::finding::{Finding, Findings, Position, Problem};
use crate::policy::{Place, PolicyFile};
use crate::policy_evidence::Switch;
use crate::policy_file::document::{Spanned, Table, Value};
use crate::rule::Rule;
use crate::rules::{INVALID_POLICY, UNKNOWN_POLICY_KEY};
use crate::secret;
use crate::suggest::{either, listed, nearest};

/// The text of a policy, and what is wrong with it so far.
pub(super) struct Source<'t> {
    text: &'t str,
    file: Arc<PolicyFile>,
    /// Where each line ends.
    line_ends: Vec<usize>,
    findings: RefCell<Findings>,
    /// Where secrets stand that an excerpt must not show.
    secrets: OnceCell<Vec<Range<usize>>>,
}

/// A table of a policy.
pub(super) struct Section<'t> {
    table: &'t Table<'t>,
    /// The header, such as `stage.draft`; empty for the file itself.
    name: String,
    span: Range<usize>,
    asked: Vec<String>,
    source: &'t Source<'t>,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str, file: PolicyFile) -> Self {
        // As long as it will be: growing step by step would take three times the memory.
        let mut line_ends = Vec::with_capacity(text.bytes().filter(|byte| *byte == b'\n').count());
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                line_ends.push(at);
            }
        }
        Source {
            text,
            file: Arc::new(file),
            line_ends,
            findings: RefCell::new(Findings::NONE),
            secrets: OnceCell::new(),
        }
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    pub(super) fn file(&self) -> &Arc<PolicyFile> {
        &self.file
    }

    /// Makes known what the file leaves to nearer ones, before anything else of it is read.
    pub(super) fn delegating(self, delegated: Vec<String>) -> Self {
        let file = Arc::new(PolicyFile { name: self.file.name.clone(), delegated });
        Source { file, ..self }
    }

    /// Reports a problem; its words are asked for only if there is room.
    pub(super) fn report(&self, rule: &'static Rule, span: Range<usize>, problem: &dyn Fn() -> Problem) {
        let kept = self.findings.borrow_mut().count(rule.level);
        if kept {
            self.keep(rule, span, problem());
        }
    }

    fn keep(&self, rule: &'static Rule, span: Range<usize>, problem: Problem) {
        let line = self.line(&span);
        let begins = line.checked_sub(2).and_then(|before| self.line_ends.get(before)).map_or(0, |end| end + 1);
        let before = self.text.get(begins..span.start).unwrap_or_default();
        let position = Position { line, column: before.chars().count() + 1 };
        let secrets = self.secrets.get_or_init(|| secret::places(self.text, true));
        let problem = problem.excerpt(draw_without(secrets, self.text, span.clone(), Some(line)));
        let finding = Finding::new(rule, "", span.start, problem);
        let finding = Finding { file: Some(self.file.name.clone()), position: Some(position), ..finding };
        self.findings.borrow_mut().keep(rule.level, finding);
    }

    /// The line on which a value stands, counted from 1.
    pub(super) fn line(&self, span: &Range<usize>) -> usize {
        self.line_ends.partition_point(|end| *end < span.start) + 1
    }

    /// Where the policy says what stands here.
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        Place { file: Arc::clone(&self.file), line: self.line(span), span: span.clone() }
    }

    /// What is wrong, in the order of the text.
    pub(super) fn into_findings(self) -> Findings {
        let mut findings = self.findings.into_inner();
        findings.sort();
        findings
    }

    /// A text of the policy. A secret is none: reports would carry it.
    fn harmless(&self, key: &str, text: &str, span: &Range<usize>) -> bool {
        let Some(secret::Secret { what, .. }) = secret::find(text) else { return true };
        self.report(INVALID_POLICY, span.clone(), &|| {
            Problem::new(format!("`{key}` contains {what}"))
                .help("revoke it, then remove it: everyone who builds the package can read its policy")
        });
        false
    }
}

impl<'t> Section<'t> {
    pub(super) fn new(table: &'t Table<'t>, source: &'t Source<'t>) -> Self {
        Section { table, name: String::new(), span: 0..0, asked: Vec::new(), source }
    }

    pub(super) fn source(&self) -> &'t Source<'t> {
        self.source
    }

    /// Where the section begins.
    pub(super) fn place(&self) -> Place {
        self.source.place(&self.span)
    }

    /// Reports a problem of the section as a whole.
    pub(super) fn report(&self, rule: &'static Rule, problem: &dyn Fn() -> Problem) {
        self.source.report(rule, self.span.clone(), problem);
    }

    /// Whether a key is there, whatever its value.
    pub(super) fn holds(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// Whether a key holds a list.
    pub(super) fn is_list(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|value| value.value.items().is_some())
    }

    /// Makes a key known without reading it.
    pub(super) fn knows(&mut self, key: &str) {
        if !self.asked.iter().any(|asked| asked == key) {
            self.asked.push(key.to_owned());
        }
    }

    /// Where a key's value stands.
    pub(super) fn place_of(&self, key: &str) -> Option<Place> {
        self.table.get(key).map(|value| self.source.place(&value.span))
    }

    /// The table under a key.
    pub(super) fn section(&mut self, key: &str) -> Option<Section<'t>> {
        let value = self.ask(key)?;
        let Value::Table(table) = &value.value else {
            self.refuse(key, value, "a table");
            return None;
        };
        Some(Section { name: self.path_of(key), span: value.span.clone(), ..Section::new(table, self.source) })
    }

    /// The tables of a list of tables, `[[key]]`.
    pub(super) fn sections(&mut self, key: &str) -> Vec<Section<'t>> {
        let (name, source, mut sections) = (self.path_of(key), self.source, Vec::new());
        let whole = self.each(key, "a list of tables (`[[…]]`)", &mut |item| {
            let Value::Table(table) = &item.value else { return false };
            sections.push(Section { name: name.clone(), span: item.span.clone(), ..Section::new(table, source) });
            true
        });
        if whole { sections } else { Vec::new() }
    }

    /// The text under a key.
    pub(super) fn text(&mut self, key: &str) -> Option<Spanned<String>> {
        let value = self.ask(key)?;
        let Some(text) = value.value.text() else {
            self.refuse(key, value, "a string");
            return None;
        };
        let text = Spanned { value: text.to_owned(), span: value.span.clone() };
        self.source.harmless(&self.path_of(key), &text.value, &text.span).then_some(text)
    }

    /// The texts of a list under a key.
    pub(super) fn texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        let mut texts = Vec::new();
        let whole = self.each(key, "a list of strings", &mut |item| {
            let Some(text) = item.value.text() else { return false };
            texts.push(Spanned { value: text.to_owned(), span: item.span.clone() });
            true
        });
        if !whole {
            return Vec::new();
        }
        texts.retain(|text| self.source.harmless(&self.path_of(key), &text.value, &text.span));
        texts
    }

    /// `true` or `false` under a key.
    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.ask(key)?;
        let Value::Flag(flag) = value.value else {
            self.refuse(key, value, "`true` or `false`");
            return None;
        };
        Some(flag)
    }

    /// A number of days under a key.
    pub(super) fn days(&mut self, key: &str) -> Option<u32> {
        let value = self.ask(key)?;
        let days = match &value.value {
            Value::Integer(digits, radix) => u32::from_str_radix(digits, *radix).ok().filter(|days| *days > 0),
            _ => None,
        };
        if days.is_none() {
            self.refuse(key, value, "a whole number of days, 1 or more,");
        }
        days
    }

    /// A share between 0 and 1 under a key.
    pub(super) fn share(&mut self, key: &str) -> Option<Spanned<f64>> {
        let value = self.ask(key)?;
        let share = match &value.value {
            Value::Float(digits) | Value::Integer(digits, 10) => digits.parse().ok(),
            _ => None,
        };
        let share = share.filter(|share| (0.0..=1.0).contains(share));
        if share.is_none() {
            self.refuse(key, value, "a share between 0 and 1");
        }
        Some(Spanned { value: share?, span: value.span.clone() })
    }

    /// `true` or `false` under a key, with its place.
    pub(super) fn switch(&mut self, key: &str) -> Option<Switch> {
        let (on, place) = (self.flag(key)?, self.place_of(key)?);
        Some(Switch { on, place })
    }

    /// Reports every key that nobody has asked for.
    pub(super) fn finish(self) -> &'t Source<'t> {
        for (key, span) in self.table.keys() {
            if self.asked.iter().any(|asked| asked == key) {
                continue;
            }
            self.source.report(UNKNOWN_POLICY_KEY, span.clone(), &|| {
                let place = if self.name.is_empty() { "a policy".to_owned() } else { format!("`[{}]`", self.name) };
                let problem = Problem::new(format!("unknown key `{}` in {place}", shown(key)));
                let asked = || self.asked.iter().map(String::as_str);
                match nearest(key, asked()) {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help(format!("{place} knows {}", listed(asked()))),
                }
            });
        }
        self.source
    }

    fn path_of(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    /// What stands under a key, which is known from now on.
    fn ask(&mut self, key: &str) -> Option<&'t Spanned<Value<'t>>> {
        self.knows(key);
        self.table.get(key)
    }

    /// Reports a value of the wrong kind.
    fn refuse(&self, key: &str, value: &Spanned<Value<'_>>, kind: &str) {
        let problem = || Problem::new(format!("expected {kind} for `{}`", self.path_of(key)));
        self.source.report(INVALID_POLICY, value.span.clone(), &problem);
    }

    /// Takes each item of the list under a key. Gives whether all could be taken; if not, the key is reported.
    fn each(&mut self, key: &str, kind: &str, take: &mut dyn FnMut(&'t Spanned<Value<'t>>) -> bool) -> bool {
        let Some(value) = self.ask(key) else { return false };
        let whole = value.value.items().is_some_and(|items| items.iter().all(take));
        if !whole {
            self.refuse(key, value, kind);
        }
        whole
    }
}

/// What is said of a word that is none of those that may stand there.
pub(super) fn unknown_word(word: &str, known: &[String]) -> Problem {
    let expected = either(known.iter().map(String::as_str));
    let problem = Problem::new(format!("unknown value `{}`; expected {expected}", shown(word)));
    match nearest(word, known.iter().map(String::as_str)) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    }
}
