//! Exceptions: which findings the policy lets pass, and which exceptions nothing needs any more.

use std::cell::RefCell;

use crate::card::{ModelDetails, SecurityCard, Threat};
use crate::date::{Day, is_date};
use crate::exception::Exception;
use crate::finding::{Finding, Findings, Position, Problem};
use crate::path::Path;
use crate::policy::Policy;
use crate::rule::{Level, Rule};
use crate::rules::{Check, On};
use crate::tree::{Node, Value};

pub(super) const CHECKS: &[&Check] = &[&UNUSED_EXCEPTION, &EXCEPTION_EXPIRED];

static UNUSED_EXCEPTION: Check = Check {
    rule: Rule {
        code: "unused-exception",
        summary: "Every exception in the policy lets something pass.",
        explanation: "An exception that nothing needs any more would silently let the next \
                      mistake at its place pass. One that ended before the card's own date no \
                      longer applies.",
        level: Level::Warning,
        adjustable: true,
    },
    on: On::Reading,
};

static EXCEPTION_EXPIRED: Check = Check {
    rule: Rule {
        code: "exception-expired",
        summary: "No exception in the policy has ended by today.",
        explanation: "What it let pass is a finding again from the day after its `expires` on. \
                      Only `smcard check` compares it with today, since a build uses no clock.",
        level: Level::Warning,
        adjustable: true,
    },
    on: On::Reading,
};

/// The exceptions of a policy, asked about one card.
pub(super) struct Exempt<'c> {
    card: &'c Node<'c>,
    policy: &'c Policy,
    /// The card's own day, month or year, if it states one.
    date: Option<&'c str>,
    today: Option<Day>,
    /// Of each exception, whether it has let something pass.
    used: RefCell<Vec<bool>>,
}

impl<'c> Exempt<'c> {
    pub(super) fn new(card: &'c Node<'c>, policy: &'c Policy, today: Option<Day>) -> Self {
        let details = card.get(SecurityCard::model_details());
        let date = details.and_then(|details| details.get(ModelDetails::date())?.stated());
        let date = date.filter(|_| !policy.exceptions.all().is_empty());
        let used = RefCell::new(vec![false; policy.exceptions.all().len()]);
        Exempt { card, policy, date: date.filter(|date| is_date(date)), today, used }
    }

    /// The exception that lets a finding of this rule at this path pass.
    pub(super) fn of(&self, rule: &Rule, path: &Path<'_>) -> Option<&'c Exception> {
        let by_path = self.policy.exceptions.from(rule)?;
        let mut spelt = Spelt::default();
        spelt.walk(path, self.card);
        for (numbered, named) in spelt.ends.iter().rev() {
            for path in [spelt.numbered.get(..*numbered), spelt.named.get(..*named)] {
                let Some(index) = path.and_then(|path| by_path.get(path)) else { continue };
                let Some(exception) = self.policy.exceptions.all().get(index) else { continue };
                if !self.ended(exception) && !self.expired(exception) {
                    if let Some(used) = self.used.borrow_mut().get_mut(index) {
                        *used = true;
                    }
                    return Some(exception);
                }
            }
        }
        None
    }

    fn ended(&self, exception: &Exception) -> bool {
        self.date.is_some_and(|date| exception.expires.get(..date.len()).is_some_and(|until| until < date))
    }

    /// Whether it has ended by today.
    fn expired(&self, exception: &Exception) -> bool {
        self.today.is_some_and(|today| Day::parse(&exception.expires).is_some_and(|last| last < today))
    }

    /// Tells of those that let nothing pass. Where a value is still to come, it may need one, as may what `unseen` says
    /// that nobody has looked at.
    pub(super) fn tell_unused(&self, unseen: &dyn Fn(&Rule) -> bool, findings: &mut Findings) {
        let (used, all) = (self.used.borrow(), self.policy.exceptions.all());
        if !used.contains(&false) || holds_later(self.card) {
            return;
        }
        for (exception, used) in all.iter().zip(used.iter()) {
            if *used || unseen(exception.rule) {
                continue;
            }
            let expired = self.expired(exception) && !self.ended(exception);
            let rule = if expired { &EXCEPTION_EXPIRED.rule } else { &UNUSED_EXCEPTION.rule };
            findings.add(self.policy.level(rule), &|| {
                let problem = match self.date.filter(|_| self.ended(exception)) {
                    Some(date) => Problem::new(format!(
                        "the exception to {exception} ended on {}, before the card's own date",
                        exception.expires
                    ))
                    .help("fix the problem and remove the exception, or have it approved again and change `expires`")
                    .note(format!("`model_details.date` is {date}")),
                    None if expired => {
                        Problem::new(format!("the exception to {exception} ended on {}", exception.expires)).help(
                            "fix the problem and remove the exception, or have it approved again and change `expires`",
                        )
                    }
                    None => Problem::new(format!("nothing needs the exception to {exception}"))
                        .help("remove it from the policy"),
                };
                let position = Some(Position { line: exception.line, column: 1 });
                let file = Some(exception.file.clone());
                Finding { file, position, ..Finding::new(rule, "", 0, problem) }
            });
        }
    }
}

fn holds_later(node: &Node<'_>) -> bool {
    match &node.value {
        Value::Later => true,
        Value::List(items) => items.iter().any(holds_later),
        Value::Block(entries) => entries.iter().any(|entry| holds_later(&entry.node)),
        _ => false,
    }
}

/// A path as an exception may spell it: its items by number, or by id where they have one.
#[derive(Default)]
struct Spelt {
    numbered: String,
    named: String,
    /// Where each part of the two ends: the path, and every path that it lies beneath.
    ends: Vec<(usize, usize)>,
}

impl Spelt {
    /// Spells a path, and gives the value that stands there.
    fn walk<'n>(&mut self, path: &Path<'_>, card: &'n Node<'n>) -> Option<&'n Node<'n>> {
        match path {
            Path::Card => Some(card),
            Path::Key(within, key) => {
                let block = self.walk(within, card);
                for part in key.split('.') {
                    let dot = if self.numbered.is_empty() { "" } else { "." };
                    self.push(&format!("{dot}{part}"), None);
                }
                block?.get(key)
            }
            Path::Item(within, index) => {
                let item = self.walk(within, card).and_then(|list| list.items().get(*index));
                let id = item.and_then(|item| item.get(Threat::id())?.stated()).filter(|id| id.len() <= 128);
                // What looks like a number is one: an exception is for a single item.
                let id = id.filter(|id| !id.bytes().all(|byte| byte.is_ascii_digit()));
                self.push(&format!("[{index}]"), id.map(|id| format!("[{id}]")).as_deref());
                item
            }
        }
    }

    fn push(&mut self, number: &str, name: Option<&str>) {
        self.numbered += number;
        self.named += name.unwrap_or(number);
        self.ends.push((self.numbered.len(), self.named.len()));
    }
}
