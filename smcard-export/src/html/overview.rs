//! The answer in one row: six facts that a reviewer asks for first, each with its reason and a link to where it stands.

use maud::{Markup, html};
use smcard_core::{Answer, Day, TestResult, Text, Threat, ThreatStatus};

use super::{Report, threats, words};

/// How many of a list a fact names.
const NAMED: usize = 3;

pub(super) fn overview(report: &Report<'_>) -> Markup {
    html! {
        ul.glance {
            (residual(report))
            (open(report))
            (objectives(report))
            (boundaries(report))
            (tests(report))
            (review(report))
        }
    }
}

/// One fact: what it is about, its value, its reason, and whether a reviewer must act on it.
fn fact(title: &str, link: &str, act: bool, value: &Markup, reason: &Markup) -> Markup {
    html! {
        li.act[act] {
            h3 { a href=(link) { (title) } @if act { " " span.mark { "Needs action" } } }
            p.value { (value) }
            div.reason { (reason) }
        }
    }
}

fn residual(report: &Report<'_>) -> Markup {
    let all = &report.card.security_considerations.threats;
    let highest = all.iter().filter_map(Threat::risk).max();
    let with: Vec<_> = all.iter().filter(|threat| highest.is_some() && threat.risk() == highest).collect();
    let unassessed = all.iter().filter(|threat| threat.risk().is_none()).count();
    let value = match highest {
        Some(_) => words::risk(highest),
        None if all.is_empty() => html! { "No threat stated" },
        None => words::risk(None),
    };
    let reason = html! {
        p { (names(report, &with)) }
        @if unassessed > 0 { p { (words::count(unassessed, "threat is", "threats are")) " not assessed" } }
    };
    fact(
        "Highest residual risk",
        "#threats",
        highest > Some(smcard_core::Risk::Medium) || unassessed > 0 || all.is_empty(),
        &value,
        &reason,
    )
}

fn open(report: &Report<'_>) -> Markup {
    let all = &report.card.security_considerations.threats;
    let open: Vec<_> = all.iter().filter(|threat| threat.status == Some(ThreatStatus::Open)).collect();
    let value = html! { (open.len()) span.of { " of " (all.len()) } };
    let reason = html! {
        @for threat in open.iter().take(NAMED) {
            p {
                (threats::link(report, threat)) ": "
                @match &threat.owner { Some(owner) => (words::line(owner)), None => (words::absent("no owner")) }
                @if let Some(due) = &threat.due { ", due " (words::line(due)) }
            }
        }
        (more(open.len()))
    };
    fact("Open threats", "#threats", !open.is_empty(), &value, &reason)
}

fn objectives(report: &Report<'_>) -> Markup {
    let applying = report.objectives.iter().filter(|one| one.applies != Some(false));
    let total = applying.clone().count();
    let covered = applying.clone().filter(|one| one.answer.is_covered()).count();
    let by = |answer: Answer| applying.clone().filter(|one| one.answer == answer).count();
    let kinds = [
        (Answer::Threats, "by threats"),
        (Answer::Text, "by a text"),
        (Answer::NotApplicable, "not applicable"),
        (Answer::Withheld, "withheld"),
        (Answer::Unknown, "unknown"),
        (Answer::Nothing, "without an answer"),
    ];
    let told = kinds.iter().map(|(answer, how)| (by(*answer), how)).filter(|(number, _)| *number > 0);
    let told = told.map(|(number, how)| format!("{number} {how}")).collect::<Vec<_>>().join(", ");
    let value = html! { (covered) span.of { " of " (total) } };
    let reason = html! {
        p { (told) }
        @if report.card.security_considerations.ai_class.is_none() {
            p { "The AI class is not stated, so misuse is counted." }
        }
    };
    fact("Objectives covered", "#objectives", covered < total, &value, &reason)
}

fn boundaries(report: &Report<'_>) -> Markup {
    let crossing: Vec<_> =
        report.system.flows.iter().zip(&report.anchors.flows).filter(|(flow, _)| flow.boundary.is_some()).collect();
    let bare: Vec<_> = crossing.iter().filter(|(flow, _)| flow.threats.is_empty()).collect();
    let stated = !report.system.flows.is_empty();
    let value = if stated {
        html! { (bare.len()) span.of { " of " (crossing.len()) } }
    } else {
        html! { "Not stated" }
    };
    let reason = html! {
        @if !stated { p { "The card describes no data flows." } }
        @if bare.is_empty() && !crossing.is_empty() {
            p { "Each flow that crosses one, or its receiver, is named by a threat." }
        }
        @if stated && crossing.is_empty() { p { "No flow crosses a trust boundary." } }
        @for (flow, anchor) in bare.iter().take(NAMED) {
            p { a.id href={ "#" (anchor) } { (words::name(flow.flow.id.as_ref())) } }
        }
        (more(bare.len()))
    };
    fact("Boundaries without a threat", "#system", !bare.is_empty() || !stated, &value, &reason)
}

fn tests(report: &Report<'_>) -> Markup {
    let all = &report.card.security_considerations.tests;
    let of = |result: Option<TestResult>| all.iter().filter(|test| test.result == result).count();
    let results = [
        (of(Some(TestResult::Passed)), "passed"),
        (of(Some(TestResult::Failed)), "failed"),
        (of(Some(TestResult::Inconclusive)), "inconclusive"),
        (of(None), "without a result"),
    ];
    let failed = of(Some(TestResult::Failed));
    let told: Vec<_> = results.iter().filter(|(number, _)| *number > 0).collect();
    let (attempts, failures) = all.iter().fold((0u64, 0u64), |(attempts, failures), test| {
        (attempts.saturating_add(test.attempts.unwrap_or(0)), failures.saturating_add(test.failures.unwrap_or(0)))
    });
    let value = html! {
        @if told.is_empty() { "None stated" }
        @for (index, (number, what)) in told.iter().enumerate() {
            @if index > 0 { span.of { ", " } }
            (number) span.of { " " (what) }
        }
    };
    let reason = html! {
        @if attempts > 0 { p { (failures) " of " (attempts) " attempts succeeded" } }
        @for test in all.iter().filter(|test| test.result == Some(TestResult::Failed)).take(NAMED) {
            p { "Failed: " a.id href=[report.anchors.link_to(test.id.as_ref())] { (words::name(test.id.as_ref())) } }
        }
    };
    fact("Security tests", "#tests", failed > 0 || all.is_empty(), &value, &reason)
}

fn review(report: &Report<'_>) -> Markup {
    let Some(last) = super::reviews::last(report.card) else {
        let reason = html! { p { "The card names no review." } };
        return fact("Last review", "#reviews", true, &html! { "None" }, &reason);
    };
    let rejected = last.decision == Some(smcard_core::Decision::Rejected);
    let value = html! {
        @match last.decision { Some(decision) => (words::titled(decision.name())), None => "No decision" }
    };
    let day = |text: Option<&Text<'_>>| text.and_then(Text::stated).and_then(Day::parse);
    let age = day(report.card.model_details.date.as_ref())
        .zip(day(last.date.as_ref()))
        .map(|(card, review)| card.since(review));
    let reason = html! {
        p { (words::line_or_absent(last.by.as_ref())) ", " (words::line_or_absent(last.date.as_ref())) }
        @match age {
            Some(0) => p { "on the day of the card" },
            Some(days) => p {
                (days.unsigned_abs()) @if days.abs() == 1 { " day " } @else { " days " }
                @if days > 0 { "old at the card’s date" } @else { "after the card’s date" }
            },
            None => {},
        }
        @if let Some(next) = &last.next_due { p { "Next due " (words::line(next)) } }
    };
    fact("Last review", "#reviews", rejected, &value, &reason)
}

fn names(report: &Report<'_>, of: &[&Threat<'_>]) -> Markup {
    html! {
        (threats::links(report, of, NAMED))
    }
}

fn more(total: usize) -> Markup {
    html! { @if total > NAMED { p { "and " (total - NAMED) " more" } } }
}
