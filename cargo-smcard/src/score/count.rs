//! How complete a card is: what it has of what is expected, and what it lacks.

use smcard_core::SecurityCard;

use super::answers::{Count, View};
use super::expected::{self, EXPECTED, REQUIRED, REQUIRED_WHY};
use crate::told::Checked;

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
