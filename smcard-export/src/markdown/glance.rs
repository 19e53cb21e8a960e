//! What a reviewer asks first, with where the answer comes from.

use smcard_core::{Review, SecurityCard, SystemReport, TestResult, Text, ThreatStatus};

use super::{line, table};
use crate::leaves::{id, stated};

/// The table of the answers, and what follows for a reader.
pub(super) fn glance(card: &SecurityCard<'_>, system: &SystemReport<'_>) -> Vec<String> {
    let rows = vec![
        row("Highest risk that is left", highest(card)),
        row("Open threats", open(card)),
        row("Objectives of an adversary answered", objectives(card)),
        row("Trust boundaries that no threat covers", boundaries(system)),
        row("Security tests", tests(card)),
        row("Last review", reviewed(card)),
    ];
    vec![table::table(vec!["At a glance".to_owned(), String::new()], rows)]
}

fn row(question: &str, answer: String) -> Vec<String> {
    vec![question.to_owned(), answer]
}

fn highest(card: &SecurityCard<'_>) -> String {
    let standing = card.security_considerations.threats.iter();
    let standing: Vec<_> = standing.filter(|threat| threat.status != Some(ThreatStatus::NotApplicable)).collect();
    let Some(highest) = standing.iter().filter_map(|threat| threat.risk()).max() else {
        return if standing.is_empty() { "no threat is stated" } else { "not assessed" }.to_owned();
    };
    let of: Vec<&str> =
        standing.iter().filter(|threat| threat.risk() == Some(highest)).map(|threat| id(&threat.id)).collect();
    let not_assessed = standing.iter().filter(|threat| threat.risk().is_none()).count();
    let rest = if not_assessed > 0 { format!("; {not_assessed} not assessed") } else { String::new() };
    line(&format!("{}: {}{rest}", highest.name(), of.join(", ")))
}

fn open(card: &SecurityCard<'_>) -> String {
    let open = card.security_considerations.threats.iter().filter(|threat| threat.status == Some(ThreatStatus::Open));
    let each = open.map(|threat| {
        let owner = stated(&threat.owner).map(|owner| format!("owner: {owner}"));
        let due = stated(&threat.due).map(|due| format!("due {due}"));
        let more: Vec<String> = owner.into_iter().chain(due).collect();
        if more.is_empty() { id(&threat.id).to_owned() } else { format!("{} ({})", id(&threat.id), more.join(", ")) }
    });
    let each: Vec<String> = each.collect();
    if each.is_empty() { "none".to_owned() } else { line(&format!("{}: {}", each.len(), each.join("; "))) }
}

fn objectives(card: &SecurityCard<'_>) -> String {
    let reports = card.objective_reports();
    let asked: Vec<_> = reports.iter().filter(|report| report.applies != Some(false)).collect();
    let answered = asked.iter().filter(|report| report.answer.is_covered()).count();
    format!("{answered} of {}", asked.len())
}

fn boundaries(system: &SystemReport<'_>) -> String {
    let all = system.boundaries().count();
    let bare: Vec<&str> =
        system.boundaries().filter(|flow| flow.threats.is_empty()).map(|report| id(&report.flow.id)).collect();
    match (all, bare.as_slice()) {
        (0, _) => "no flow is known to cross one".to_owned(),
        (_, []) => format!("none of {all}"),
        (_, bare) => line(&format!("{} of {all}: {}", bare.len(), bare.join(", "))),
    }
}

fn tests(card: &SecurityCard<'_>) -> String {
    let tests = &card.security_considerations.tests;
    if tests.is_empty() {
        return "none is stated".to_owned();
    }
    let with = |result| tests.iter().filter(|test| test.result == result).count();
    let counted = [
        (with(Some(TestResult::Passed)), "passed"),
        (with(Some(TestResult::Failed)), "failed"),
        (with(Some(TestResult::Inconclusive)), "inconclusive"),
        (with(None), "without a result"),
    ];
    let told: Vec<String> =
        counted.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    told.join(", ")
}

fn reviewed(card: &SecurityCard<'_>) -> String {
    let day = |review: &&Review<'_>| stated(&review.date).unwrap_or_default().to_owned();
    let Some(last) = card.security_considerations.reviews.iter().max_by_key(day) else {
        return "none is stated".to_owned();
    };
    let decision = last.decision.map_or("no decision", |decision| decision.name());
    let by = last.by.as_ref().map_or("somebody", Text::words);
    line(&format!("{} by {by}: {decision}", day(&last)))
}
