//! What of a card is answered, not stated and missing.

use std::collections::HashSet;

use smcard_core::tree::{Node, Value};
use smcard_core::{Level, ObjectiveReport, SecurityCard, SystemReport, Text};

use super::expected::{self, EXPECTED, REQUIRED, REQUIRED_WHY};
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
    answered: usize,
    not_stated: usize,
    /// What is not answered for, by name.
    open: Vec<String>,
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
    fn says(&self, path: &str) -> Option<String> {
        match &self.value(path)?.value {
            Value::Text(text) => Some(text.to_string()),
            _ => None,
        }
    }

    fn value(&self, path: &str) -> Option<&Node<'c>> {
        path.split('.').try_fold(&self.tree, |node, key| node.get(key))
    }
}

/// How complete a card is; what weighs, in percent.
#[derive(Default)]
pub(crate) struct Score {
    pub(crate) all: Share,
    /// By section, in the order of a report.
    pub(crate) sections: Vec<(String, Share)>,
    /// What is not answered for, what would add most first.
    pub(crate) gaps: Vec<Gap>,
}

/// What a part of a card weighs, and how much of that it has.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Share {
    pub(crate) weight: f64,
    pub(crate) answered: f64,
    pub(crate) not_stated: f64,
}

/// Something that is not answered for.
pub(crate) struct Gap {
    pub(crate) path: String,
    /// What is expected of each item of the list.
    pub(crate) each: Option<&'static str>,
    /// Which items lack it.
    pub(crate) open: Vec<String>,
    /// Why it weighs what it does.
    pub(crate) why: &'static str,
    /// What stands there: a reason, or what a rule does not take for an answer.
    pub(crate) says: Option<String>,
    /// What it would add, and how much of that is not stated.
    pub(crate) adds: f64,
    pub(crate) not_stated: f64,
}

impl Share {
    pub(crate) fn missing(&self) -> f64 {
        (self.weight - self.answered - self.not_stated).max(0.0)
    }

    fn add(&mut self, other: Share) {
        self.weight += other.weight;
        self.answered += other.answered;
        self.not_stated += other.not_stated;
    }
}

/// Counts what a card has.
pub(crate) fn score(card: &SecurityCard<'_>, checked: &Checked) -> Score {
    let view = View::of(card, checked);
    let mut score = Score::default();
    for (path, field) in expected::required() {
        let says = view.says(&path);
        let why = if view.value(&path).is_none() { field.sentence() } else { REQUIRED_WHY };
        let count = view.field(&path);
        score.part(Gap { says, ..Gap::new(path, why) }, REQUIRED, count);
    }
    for expected in EXPECTED {
        let says = expected.each.is_none().then(|| view.says(expected.path)).flatten();
        let gap = Gap { each: expected.each, says, ..Gap::new(expected.path.to_owned(), expected.why) };
        score.part(gap, expected.weight, (expected.count)(&view));
    }
    score.gaps.sort_by(|one, other| other.adds.total_cmp(&one.adds));
    score
}

impl Gap {
    fn new(path: String, why: &'static str) -> Self {
        Gap { path, each: None, open: Vec::new(), why, says: None, adds: 0.0, not_stated: 0.0 }
    }
}

impl Score {
    fn part(&mut self, gap: Gap, weight: u32, count: Count) {
        let weight = f64::from(weight);
        // A card has no more than 100,000 values.
        let of = |part: usize| if count.total == 0 { 0.0 } else { weight * part as f64 / count.total as f64 };
        let share = Share { weight, answered: of(count.answered), not_stated: of(count.not_stated) };
        self.all.add(share);
        let section = gap.path.split('.').next().unwrap_or_default();
        match self.sections.iter_mut().find(|(name, _)| name == section) {
            Some((_, all)) => all.add(share),
            None => self.sections.push((section.to_owned(), share)),
        }
        if count.total == 0 || count.answered < count.total {
            let adds = weight - share.answered;
            self.gaps.push(Gap { open: count.open, adds, not_stated: share.not_stated, ..gap });
        }
    }
}
