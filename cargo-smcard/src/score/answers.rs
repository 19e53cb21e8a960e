//! What of a card is answered, not stated and missing.

use std::collections::HashSet;

use smcard_core::tree::{Node, Value};
use smcard_core::{Level, ObjectiveReport, SecurityCard, SystemReport, Text};

use crate::told::Checked;

/// A card with what is derived from it.
pub(super) struct View<'c> {
    pub(super) card: &'c SecurityCard<'c>,
    tree: Node<'c>,
    pub(super) objectives: Vec<ObjectiveReport<'c>>,
    pub(super) system: SystemReport<'c>,
    /// The fields whose value is no answer, by the rules.
    wrong: HashSet<&'c str>,
}

/// How a card answers for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Answered,
    /// Withheld or unknown: somebody has thought of it, and a reviewer cannot read it.
    NotStated,
    Missing,
}

/// How many of the things that a part consists of are answered for; nothing counts as missing.
#[derive(Debug, Default)]
pub(super) struct Count {
    pub(super) total: usize,
    pub(super) answered: usize,
    pub(super) not_stated: usize,
    /// What is not answered for, by name.
    pub(super) open: Vec<String>,
}

impl Count {
    pub(super) fn of(states: impl Iterator<Item = (String, State)>) -> Self {
        let mut count = Count::default();
        for (name, state) in states {
            count.total += 1;
            match state {
                State::Answered => count.answered += 1,
                State::NotStated => count.not_stated += 1,
                State::Missing => {}
            }
            if state != State::Answered {
                count.open.push(name);
            }
        }
        count
    }

    pub(super) fn each(items: impl Iterator<Item = (String, bool)>) -> Self {
        Count::of(items.map(|(name, has)| (name, if has { State::Answered } else { State::Missing })))
    }

    pub(super) fn all() -> Self {
        Count { total: 1, answered: 1, ..Count::default() }
    }

    fn one(state: State) -> Self {
        Count { open: Vec::new(), ..Count::of(std::iter::once((String::new(), state))) }
    }
}

impl<'c> View<'c> {
    pub(super) fn of(card: &'c SecurityCard<'c>, checked: &'c Checked) -> Self {
        // A placeholder is none, whatever a policy says of it.
        let is_wrong = |level, code| level == Level::Error || code == "placeholder";
        let told = checked.told.iter().filter(|told| is_wrong(told.level, told.rule.code));
        let (objectives, system) = (card.objective_reports(), card.system_report());
        View { card, tree: card.tree(), objectives, system, wrong: told.map(|told| told.path.as_str()).collect() }
    }

    /// Whether a field is answered for; a list is if there is anything in it.
    pub(super) fn field(&self, path: &str) -> Count {
        Count::one(match self.value(path).map(|node| &node.value) {
            None => State::Missing,
            Some(_) if self.wrong.contains(path) => State::Missing,
            Some(Value::Text(Text::Withheld(_) | Text::Unknown(_))) => State::NotStated,
            Some(_) => State::Answered,
        })
    }

    /// The text in a field, as a report spells it.
    pub(super) fn says(&self, path: &str) -> Option<String> {
        match &self.value(path)?.value {
            Value::Text(text) => Some(text.to_string()),
            _ => None,
        }
    }

    pub(super) fn value(&self, path: &str) -> Option<&Node<'c>> {
        path.split('.').try_fold(&self.tree, |node, key| node.get(key))
    }
}
