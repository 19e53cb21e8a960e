//! The rules: what a card must satisfy.
//!
//! A rule stands in the list of its family: code, sentence, explanation, level and function
//! together. The macro, the build hook and reading all call [`check`]; each rule runs wherever
//! its input can be seen, and is silent where it cannot.
//!
#![doc = include_str!("rules/list.md")]

use std::sync::LazyLock;

use crate::date::Day;
use crate::evidence::Evidence;
use crate::finding::Findings;
use crate::policy::Policy;
use crate::rule::{Level, Rule};
use crate::schema::{Block, Form};
use crate::suggest;
use crate::tree::Node;

mod consistency;
mod dangling;
mod decision;
mod exception;
mod extension;
mod form;
mod identity;
mod ids;
pub mod measured;
mod placed;
mod policy;
mod security;
mod shape;
mod site;
mod stray;
mod system;
mod taxonomy;
mod text;
mod time;
mod walk;

use site::{Site, Tell};

pub use shape::{CARD_TOO_LARGE, INVALID_SYNTAX};

pub(crate) use shape::{too_deep, too_long, too_many};

pub(crate) use policy::{INVALID_POLICY, POLICY_LOOSENED, UNKNOWN_POLICY_KEY};

/// A rule, and what it looks at.
struct Check {
    rule: Rule,
    on: On,
}

/// Looks at a place, and tells what is wrong there.
type Look = fn(&Site<'_>, &mut Tell<'_>);

/// What a rule looks at. Of a single value the first rule that speaks is the only one, so that one
/// mistake is one finding: those on every value come first, then those on texts, then those on keys or on a
/// form, each in the order of the lists.
enum On {
    /// Nothing of its own: whoever reads a source, a report or a policy speaks of it.
    Reading,
    /// Every value.
    Value(Look),
    /// Every text, and every key of an extension.
    Text(Look),
    /// Every key of an extension.
    Key(Look),
    /// Every text of one of these forms, with or without a reason in its place.
    Form(&'static [Form], Look),
    /// Every block: what it holds and what it lacks.
    AnyBlock(Look),
    /// Every block of this type.
    Block(&'static Block, Look),
}

/// The rules of each family, in the order in which they are asked.
const FAMILIES: &[&[&Check]] = &[
    shape::CHECKS,
    text::CHECKS,
    form::CHECKS,
    taxonomy::CHECKS,
    decision::CHECKS,
    identity::CHECKS,
    security::CHECKS,
    system::CHECKS,
    consistency::CHECKS,
    policy::CHECKS,
    measured::CHECKS,
    exception::CHECKS,
    time::CHECKS,
];

/// All rules, in the order in which they are asked.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    CHECKS.all.iter().copied()
}

/// The rule of this code.
pub fn named(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}

/// The rule whose code is nearest to a misspelt one.
pub fn nearest(code: &str) -> Option<&'static Rule> {
    suggest::nearest(code, all().map(|rule| rule.code)).and_then(named)
}

/// The rules about texts of a form, in the order in which they are asked.
#[cfg(feature = "command")]
pub fn of_form(form: Form) -> impl Iterator<Item = &'static Rule> {
    CHECKS.of_form(form).iter().map(|(rule, _)| *rule)
}

/// The blocks to which a text of a form refers by their ids.
#[cfg(feature = "command")]
pub fn referred_by(form: Form) -> &'static [&'static Block] {
    dangling::blocks(form)
}

/// Applies every rule to a card, apart from those that compare with today: what it breaks, in the order of its source.
pub fn check(card: &Node<'_>, policy: &Policy) -> Findings {
    walk::check(card, policy, None, None)
}

/// Applies every rule to a card as of a day.
pub fn check_on(card: &Node<'_>, policy: &Policy, today: Day) -> Findings {
    walk::check(card, policy, Some(today), None)
}

/// Applies every rule to a card whose files were measured; those that compare with today only where a day is given.
pub(crate) fn check_measured(
    card: &Node<'_>,
    policy: &Policy,
    today: Option<Day>,
    evidence: Option<&Evidence>,
) -> Findings {
    walk::check(card, policy, today, evidence)
}

/// The rules, by what they look at.
struct Checks {
    all: Vec<&'static Rule>,
    value: Vec<(&'static Rule, Look)>,
    text: Vec<(&'static Rule, Look)>,
    key: Vec<(&'static Rule, Look)>,
    /// By the number of the form.
    form: Vec<Vec<(&'static Rule, Look)>>,
    any_block: Vec<(&'static Rule, Look)>,
    block: Vec<(&'static Block, Vec<(&'static Rule, Look)>)>,
}

impl Checks {
    fn of_form(&self, form: Form) -> &[(&'static Rule, Look)] {
        self.form.get(form as usize).map(Vec::as_slice).unwrap_or_default()
    }

    fn of_block(&self, block: &Block) -> &[(&'static Rule, Look)] {
        let of_block = self.block.iter().find(|(other, _)| other.is(block));
        of_block.map(|(_, checks)| checks.as_slice()).unwrap_or_default()
    }
}

static CHECKS: LazyLock<Checks> = LazyLock::new(|| {
    let mut checks = Checks {
        all: Vec::new(),
        value: Vec::new(),
        text: Vec::new(),
        key: Vec::new(),
        form: Vec::new(),
        any_block: Vec::new(),
        block: Vec::new(),
    };
    for family in FAMILIES {
        for Check { rule, on } in *family {
            checks.all.push(rule);
            match *on {
                On::Reading => {}
                On::Value(look) => checks.value.push((rule, look)),
                On::Text(look) => checks.text.push((rule, look)),
                On::Key(look) => checks.key.push((rule, look)),
                On::Form(forms, look) => {
                    for form in forms {
                        let number = *form as usize;
                        if checks.form.len() <= number {
                            checks.form.resize(number + 1, Vec::new());
                        }
                        if let Some(checks) = checks.form.get_mut(number) {
                            checks.push((rule, look));
                        }
                    }
                }
                On::AnyBlock(look) => checks.any_block.push((rule, look)),
                On::Block(block, look) => match checks.block.iter_mut().find(|(other, _)| other.is(block)) {
                    Some((_, checks)) => checks.push((rule, look)),
                    None => checks.block.push((block, vec![(rule, look)])),
                },
            }
        }
    }
    checks
});

/// The lowest level that a policy may give to an adjustable rule. A secret that nobody is told of
/// is published.
pub(crate) fn least_level(rule: &Rule) -> Level {
    if rule.code == text::SECRET_IN_CARD.rule.code { Level::Warning } else { Level::Allow }
}
