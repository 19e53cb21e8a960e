//! The rules: what a card must satisfy, and the walk that applies them.
//!
//! A rule stands in the list of its family: code, sentence, explanation, level and function
//! together. The macro, the build hook and reading all call [`check`]; each rule runs wherever
//! its input can be seen, and is silent where it cannot.
//!
#![doc = include_str!("rules/table.md")]

use std::fmt;

use crate::card::{SecurityCard, Stage};
use crate::finding::{Finding, Findings, Level, Problem};
use crate::node::{Entry, Node, Value};
use crate::policy::Policy;
use crate::posture::DeclaredClass;
use crate::schema::{Block, Field, Form, Kind};

mod form;
mod policy;
mod security;
mod shape;
mod stray;
mod taxonomy;
pub(crate) mod text;

pub(crate) use policy::{INVALID_POLICY, UNKNOWN_POLICY_KEY};
use stray::Strays;

pub use shape::INVALID_SYNTAX;
pub(crate) use text::secret;

/// One thing that a card must satisfy.
pub struct Rule {
    /// The name that findings carry and a policy sets the level of, in kebab-case.
    pub code: &'static str,
    /// What the rule asks, in one sentence.
    pub summary: &'static str,
    /// Why it asks this, and what to do.
    pub explanation: &'static str,
    /// What a finding weighs, where the policy does not say otherwise.
    pub level: Level,
    /// Whether a policy may set another level. What cannot be held in a typed card, and a broken
    /// policy itself, cannot be waved through.
    pub adjustable: bool,
    /// How the rule finds what breaks it.
    pub(crate) check: Check,
}

/// How a rule finds what breaks it.
pub(crate) enum Check {
    /// While a source, a report or a policy is being read, before there is a card.
    Reading,
    /// Once for every value. The first rule that speaks of a value is the only one, so that one
    /// mistake is one finding; the order of the rules is the order of the lists.
    Value(fn(&Site) -> Option<Problem>),
    /// Once for every block, on what it holds and what it lacks.
    Block(fn(&Site) -> Vec<Spot>),
}

/// A place inside a block that a rule speaks of.
pub(crate) struct Spot {
    pub(crate) at: usize,
    pub(crate) path: String,
    pub(crate) problem: Problem,
}

/// All rules, in the order in which they are asked.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [shape::RULES, text::RULES, form::RULES, taxonomy::RULES, security::RULES, policy::RULES]
        .into_iter()
        .flatten()
        .copied()
}

/// The rule of this code.
pub fn named(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

/// Applies every rule to a card: what it breaks, in the order of its source.
pub fn check(card: &Node<'_>, policy: &Policy) -> Findings {
    let strays = Strays::of(SecurityCard::SCHEMA, card);
    let (stage, class) = (DeclaredStage::of(card), DeclaredClass::of(card));
    let rules = all().map(|rule| (rule, policy.level(rule))).filter(|(_, level)| *level > Level::Allow).collect();
    let mut walk = Walk { policy, rules, stage, class, strays: &strays, findings: Vec::new() };
    walk.value(card, card.at, Expected::Kind(Kind::Block(SecurityCard::SCHEMA)), Form::Free, "");
    Findings(walk.findings)
}

/// What the place of a value asks of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expected {
    /// A field of the schema.
    Kind(Kind),
    /// The block of an organization among the extensions.
    Namespace,
    /// Whatever an organization puts there.
    Anything,
    /// The name that an organization gives to a value of its own.
    Key,
}

/// What the card says of its stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeclaredStage {
    /// It says nothing, or nothing valid.
    None,
    /// This stage.
    Known(Stage),
    /// An expression that only the build hook can see.
    Later,
}

impl DeclaredStage {
    fn of(card: &Node<'_>) -> Self {
        match card.get("model_details").and_then(|details| details.get("stage")) {
            Some(Node { value: Value::Later, .. }) => DeclaredStage::Later,
            Some(node) => node.word().and_then(Stage::from_name).map_or(DeclaredStage::None, DeclaredStage::Known),
            None => DeclaredStage::None,
        }
    }
}

/// A value at its place in a card: what a rule looks at.
pub(crate) struct Site<'s> {
    pub(crate) policy: &'s Policy,
    pub(crate) stage: DeclaredStage,
    pub(crate) class: DeclaredClass,
    /// What the unknown keys of the card were meant to be.
    pub(crate) strays: &'s Strays,
    pub(crate) node: &'s Node<'s>,
    /// Where the key of this value stands; for the card itself, and in a list, where the value does.
    pub(crate) key_at: usize,
    pub(crate) expected: Expected,
    pub(crate) form: Form,
    /// Empty for the card itself.
    pub(crate) path: &'s str,
}

impl<'s> Site<'s> {
    /// The words that somebody wrote here: a text, or the reason in place of one.
    pub(crate) fn words(&self) -> Option<&'s str> {
        match &self.node.value {
            Value::Text(text) => Some(text.words()),
            _ => None,
        }
    }

    /// The text here, if it should have this form.
    pub(crate) fn stated(&self, form: Form) -> Option<&'s str> {
        match &self.node.value {
            Value::Text(text) if self.form == form => text.stated(),
            _ => None,
        }
    }

    /// The block of the schema that belongs here.
    pub(crate) fn block(&self) -> Option<&'static Block> {
        match self.expected {
            Expected::Kind(Kind::Block(block)) => Some(block),
            _ => None,
        }
    }

    /// The path of a field of this block.
    pub(crate) fn path_of(&self, name: &str) -> String {
        shape::join(self.path, name)
    }

    /// What a message calls this value.
    pub(crate) fn label(&self) -> String {
        match self.expected {
            Expected::Key => format!("the name {}", label(self.path)),
            _ => label(self.path),
        }
    }

    /// The fields that this block must have by the schema and lacks; not those of which a
    /// misspelt or misplaced key tells already.
    pub(crate) fn missing(&self) -> impl Iterator<Item = (&'static Field, String)> {
        let fields = self.block().map(|block| block.fields).unwrap_or_default();
        fields
            .iter()
            .filter(|field| field.required && self.node.get(field.name).is_none())
            .map(|field| (field, self.path_of(field.name)))
            .filter(|(_, path)| !self.policy.relaxes(path, self.stage))
            .filter(|(_, path)| !self.is_stray(path))
    }

    /// Whether an unknown key of the card was meant to be this field.
    pub(crate) fn is_stray(&self, path: &str) -> bool {
        self.strays.mean(path)
    }
}

/// What a message calls the value at a path: `` `date` in `model_details` ``.
pub(crate) fn label(path: &str) -> String {
    let Some((section, field)) = path.rsplit_once('.') else {
        return if path.is_empty() { "the card".to_owned() } else { format!("`{path}`") };
    };
    // The whole path of something deep is longer than it helps; the caret shows where it is.
    let near = section.rsplit('.').next().unwrap_or(section);
    format!("`{field}` in `{near}`")
}

struct Walk<'w> {
    policy: &'w Policy,
    /// What is asked of every value, at the level that the policy gives it.
    rules: Vec<(&'static Rule, Level)>,
    stage: DeclaredStage,
    class: DeclaredClass,
    strays: &'w Strays,
    findings: Vec<Finding>,
}

impl Walk<'_> {
    fn value(&mut self, node: &Node<'_>, key_at: usize, expected: Expected, form: Form, path: &str) {
        let (policy, stage, class, strays) = (self.policy, self.stage, self.class, self.strays);
        let site = Site { policy, stage, class, strays, node, key_at, expected, form, path };
        let first = self.rules.iter().find_map(|&(rule, level)| match rule.check {
            Check::Value(check) => Some(Finding { level, ..Finding::new(rule, path, node.at, check(&site)?) }),
            Check::Block(_) | Check::Reading => None,
        });
        let mut found = Vec::from_iter(first);
        let spoken = !found.is_empty();
        if !spoken && matches!(node.value, Value::Block(_)) {
            for &(rule, level) in &self.rules {
                if let Check::Block(check) = rule.check {
                    found.extend(
                        check(&site).into_iter().map(|Spot { at, path, problem }| Finding {
                            level,
                            ..Finding::new(rule, &path, at, problem)
                        }),
                    );
                }
            }
            self.findings.append(&mut found);
            self.entries(&site, node.entries());
        }
        self.findings.append(&mut found);
        let inner = match expected {
            Expected::Kind(Kind::List(kind)) => Expected::Kind(*kind),
            _ => Expected::Anything,
        };
        let items = if spoken { &[] } else { node.items() };
        for (index, node) in items.iter().enumerate() {
            self.value(node, node.at, inner, form, &format!("{path}[{index}]"));
        }
    }

    fn entries(&mut self, site: &Site<'_>, entries: &[Entry<'_>]) {
        let mut seen = std::collections::HashSet::new();
        for entry in entries.iter().filter(|entry| seen.insert(&*entry.key)) {
            let path = site.path_of(&shape::shown(&entry.key));
            let (expected, form) = match site.expected {
                Expected::Kind(Kind::Block(block)) => match block.field(&entry.key) {
                    Some(field) => (Expected::Kind(field.kind), field.form),
                    None => continue,
                },
                Expected::Kind(Kind::Extensions) => (Expected::Namespace, Form::Free),
                _ => (Expected::Anything, Form::Free),
            };
            if site.block().is_none() {
                let key = Node { at: entry.at, value: Value::Text(crate::Text::Stated((&*entry.key).into())) };
                self.value(&key, entry.at, Expected::Key, Form::Free, &path);
            }
            self.value(&entry.node, entry.at, expected, form, &path);
        }
    }
}
