//! The one walk that takes every rule to every place of a card.

use crate::card::SecurityCard;
use crate::date::Day;
use crate::evidence::Evidence;
use crate::finding::Findings;
use crate::limits::{MAX_DEPTH, MAX_VALUES};
use crate::names::Names;
use crate::path::Path;
use crate::policy::Policy;
use crate::rule::Rule;
use crate::rules::shape::{CARD_TOO_LARGE, too_deep, too_many};
use crate::rules::site::{Context, Expected, Given, Site, Tell};
use crate::rules::{CHECKS, Look, measured};
use crate::schema::{Field, Form, Kind};
use crate::taxonomy::Reference;
use crate::text::Text;
use crate::tree::{Entry, Node, Value};
use crate::words::doubtful;

/// Applies every rule to a card; those that compare with today only where a day is given, and those of files only where
/// these were measured.
pub(super) fn check(card: &Node<'_>, policy: &Policy, today: Option<Day>, evidence: Option<&Evidence>) -> Findings {
    let context = Context::new(card, policy, today);
    let mut walk = Walk { context: &context, findings: Findings::NONE, values: 0, fields: Vec::with_capacity(64) };
    walk.value(
        Site {
            context: &context,
            node: card,
            key_at: card.at,
            expected: Expected::Kind(Kind::Block(SecurityCard::SCHEMA)),
            field: None,
            path: Path::Card,
            given: Given::default(),
            concept: None,
            doubtful: None,
        },
        0,
    );
    if let Some(evidence) = evidence {
        measured::tell(&context, evidence, &mut walk.findings);
    }
    context.exempt.tell_unused(&|rule| evidence.is_none() && measured::is_of_files(rule), &mut walk.findings);
    walk.findings
}

struct Walk<'w> {
    context: &'w Context<'w>,
    findings: Findings,
    /// How many values have been looked at.
    values: usize,
    /// The field of each entry of the blocks that are being walked, the innermost last; none for an entry that is no
    /// field, or repeats one.
    fields: Vec<Option<&'static Field>>,
}

impl Walk<'_> {
    fn value(&mut self, mut site: Site<'_>, depth: usize) {
        self.values += 1;
        if self.values > MAX_VALUES {
            if self.values == MAX_VALUES + 1 {
                self.ask(CARD_TOO_LARGE, |site, tell| tell.here(site, &too_many), &site);
            }
            return;
        }
        if depth > MAX_DEPTH {
            self.ask(CARD_TOO_LARGE, |site, tell| tell.here(site, &too_deep), &site);
            return;
        }
        let begun = self.fields.len();
        site.given = match (site.block(), &site.node.value) {
            (Some(block), Value::Block(entries)) => Given::of(block, entries, &mut self.fields),
            _ => Given::default(),
        };
        site.concept = match site.form() {
            Form::Reference => site.stated().and_then(Reference::in_text),
            _ => None,
        };
        site.doubtful = site.words().and_then(doubtful);
        if !self.one(&site) {
            self.within(&site, begun, depth);
        }
        self.fields.truncate(begun);
    }

    /// Looks at a block or a list, and at what it holds.
    fn within(&mut self, site: &Site<'_>, begun: usize, depth: usize) {
        match &site.node.value {
            Value::Block(entries) => {
                for (rule, look) in &CHECKS.any_block {
                    self.ask(rule, *look, site);
                }
                // What holds foreign keys alone is another block: its finding says so.
                if let Some(here) = site.block().filter(|_| !site.given.only_strangers()) {
                    for (rule, look) in CHECKS.of_block(here) {
                        self.ask(rule, *look, site);
                    }
                }
                match site.block() {
                    Some(_) => self.fields(site, begun, entries, depth),
                    None => self.members(site, entries, depth),
                }
            }
            Value::List(items) => {
                let expected = match site.expected {
                    Expected::Kind(Kind::List(kind)) => Expected::Kind(*kind),
                    _ => Expected::Anything,
                };
                for (index, node) in items.iter().enumerate() {
                    let path = site.path.item(index);
                    self.value(Site { node, key_at: node.at, expected, path, ..*site }, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// Asks what is asked of a single value, until a rule speaks. Gives whether one did.
    fn one(&mut self, site: &Site<'_>) -> bool {
        let checks = &*CHECKS;
        let besides = match site.expected {
            Expected::Key => &checks.key,
            _ => checks.of_form(site.form()),
        };
        let is_text = matches!(site.node.value, Value::Text(_));
        self.any(&checks.value, site) || is_text && (self.any(&checks.text, site) || self.any(besides, site))
    }

    fn any(&mut self, checks: &[(&'static Rule, Look)], site: &Site<'_>) -> bool {
        checks.iter().any(|(rule, look)| self.ask(rule, *look, site))
    }

    fn ask(&mut self, rule: &'static Rule, look: Look, site: &Site<'_>) -> bool {
        let mut tell = Tell { context: self.context, rule, findings: &mut self.findings, spoken: false };
        look(site, &mut tell);
        tell.spoken
    }

    /// The fields of a block of the schema; of a repeated key the first one.
    fn fields(&mut self, site: &Site<'_>, begun: usize, entries: &[Entry<'_>], depth: usize) {
        for (number, entry) in entries.iter().enumerate() {
            let Some(field) = self.fields.get(begun + number).copied().flatten() else { continue };
            let path = site.path.key(field.name);
            let expected = Expected::Kind(field.kind);
            let (node, key_at) = (&entry.node, entry.at);
            self.value(Site { node, key_at, expected, field: Some(field), path, ..*site }, depth + 1);
        }
    }

    /// The members of a block that an organization names itself.
    fn members(&mut self, site: &Site<'_>, entries: &[Entry<'_>], depth: usize) {
        let expected = match site.expected {
            Expected::Kind(Kind::Extensions) if site.form() != Form::Measured => Expected::Namespace,
            _ => Expected::Anything,
        };
        let mut seen = Names::default();
        for entry in entries.iter().filter(|entry| seen.add(&entry.key)) {
            let path = site.path.key(&entry.key);
            let key = Node { at: entry.at, value: Value::Text(Text::Stated((&*entry.key).into())) };
            let site = Site { path, ..*site };
            self.one(&Site { node: &key, expected: Expected::Key, doubtful: doubtful(&entry.key), ..site });
            self.value(Site { node: &entry.node, expected, ..site }, depth + 1);
        }
    }
}
