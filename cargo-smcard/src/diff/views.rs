//! What the derived views of two cards say: trust boundaries, objectives of an adversary, the last review.

use std::collections::HashMap;

use smcard_core::{Answer, Flow, FlowReport, Objective, ObjectiveReport, Review, SecurityCard, Text};

use super::change::{Change, Place, Said};
use super::matter::{self, Turn};
use super::orders;

const SYSTEM: Place<'_> = Place::Key(&Place::Card, "system");
const SECURITY: Place<'_> = Place::Key(&Place::Card, "security_considerations");

pub(super) fn compare(old: &SecurityCard<'_>, new: &SecurityCard<'_>, changes: &mut Vec<Change>) {
    boundaries(old, new, changes);
    objectives(old, new, changes);
    last_review(old, new, changes);
}

/// A flow as far as boundaries go.
#[derive(Clone, PartialEq)]
struct Crossing {
    words: String,
    uncovered: bool,
}

impl Crossing {
    fn of(report: Option<&FlowReport<'_>>) -> Option<Self> {
        let report = report?;
        let (from, to) = report.boundary?;
        let uncovered = report.threats.is_empty();
        let covered = if uncovered { "no threat covers it" } else { "covered by a threat" };
        Some(Crossing { words: format!("from {} to {}, {covered}", from.name(), to.name()), uncovered })
    }
}

fn boundaries(old: &SecurityCard<'_>, new: &SecurityCard<'_>, changes: &mut Vec<Change>) {
    let (before, now) = (old.system_report(), new.system_report());
    let id = |report: &FlowReport<'_>| report.flow.id.as_ref().and_then(Text::stated).unwrap_or_default().to_owned();
    let by_id = |reports: &[FlowReport<'_>]| {
        let mut crossings = HashMap::new();
        for report in reports {
            crossings.entry(id(report)).or_insert_with(|| Crossing::of(Some(report)));
        }
        crossings
    };
    let (known, left) = (by_id(&before.flows), by_id(&now.flows));
    let gone = before.flows.iter().map(&id).filter(|id| !left.contains_key(id));
    let flows = Place::Key(&SYSTEM, "flows");
    let mut told = std::collections::HashSet::new();
    for id in now.flows.iter().map(&id).chain(gone) {
        let of = |crossings: &HashMap<String, Option<Crossing>>| crossings.get(&id).cloned().flatten();
        let (old, new) = (of(&known), of(&left));
        if old == new || !told.insert(id.clone()) {
            continue;
        }
        let is_open = |crossing: &Option<Crossing>| crossing.as_ref().is_some_and(|crossing| crossing.uncovered);
        let turn = turn(is_open(&old), is_open(&new));
        let said = [old, new].map(|crossing| {
            Some(Said::words(crossing.map_or_else(|| "not crossed".to_owned(), |crossing| crossing.words)))
        });
        let place = Place::Item(&flows, Flow::SCHEMA, &id);
        changes.push(Change::new(&matter::BOUNDARY, turn, &Place::View(&place, "trust boundary", ""), said));
    }
}

/// Which way something goes that should not be open.
fn turn(was_open: bool, is_open: bool) -> Turn {
    match (was_open, is_open) {
        (false, true) => Turn::Worse,
        (true, false) => Turn::Better,
        _ => Turn::Neither,
    }
}

fn objectives(old: &SecurityCard<'_>, new: &SecurityCard<'_>, changes: &mut Vec<Change>) {
    let state = |report: &ObjectiveReport<'_>| {
        // Without a class, each of them may apply.
        let applies = report.applies != Some(false);
        let words = match report.answer {
            Answer::Threats => "answered by threats",
            Answer::Text => "answered by a text",
            Answer::NotApplicable => "not applicable",
            _ if !applies => "does not apply to this AI class",
            Answer::Withheld => "open: withheld",
            Answer::Unknown => "open: unknown",
            _ => "open",
        };
        (applies && !report.answer.is_covered(), words)
    };
    let place = Place::Key(&SECURITY, "objectives");
    for (before, now) in old.objective_reports().iter().zip(&new.objective_reports()) {
        let (was, is) = (state(before), state(now));
        if was == is {
            continue;
        }
        let name = now.objective.name();
        let key = Objective::SCHEMA.variant(name).map(|variant| variant.key()).unwrap_or_default();
        let said = [was, is].map(|(_, words)| Some(Said::words(words)));
        let place = Place::Key(&place, &key);
        changes.push(Change::new(&matter::OBJECTIVE, turn(was.0, is.0), &Place::View(&place, "objective", &key), said));
    }
}

fn last_review(old: &SecurityCard<'_>, new: &SecurityCard<'_>, changes: &mut Vec<Change>) {
    let last = |card: &SecurityCard<'_>| {
        let date = |review: &&Review<'_>| review.date.as_ref().and_then(Text::stated).unwrap_or_default().to_owned();
        let review = card.security_considerations.reviews.iter().max_by_key(date)?;
        review.decision.map(|decision| (decision, date(&review)))
    };
    let (Some(was), Some(is)) = (last(old), last(new)) else { return };
    if was.0 == is.0 {
        return;
    }
    let turn = orders::of_decisions(was.0, is.0);
    let said = [was, is].map(|(decision, date)| Some(Said::words(format!("{} on {date}", decision.name()))));
    let place = Place::Key(&SECURITY, "reviews");
    changes.push(Change::new(
        &matter::LAST_REVIEW,
        turn,
        &Place::View(&place, "decision of the last review", ""),
        said,
    ));
}
