//! The objectives of an adversary (NIST AI 100-2), each with what the card answers.

use maud::{Markup, html};
use smcard_core::{Answer, Objective, ObjectiveReport};

use super::{Report, threats, words};

/// How many threats or tests an objective names.
const NAMED: usize = 20;

pub(super) fn objectives(report: &Report<'_>) -> Markup {
    let class = report.card.security_considerations.ai_class;
    html! {
        p.note {
            "The objectives are those of NIST AI 100-2 E2025. AI class: "
            @match class { Some(class) => b { (words::spaced(class.name())) }, None => (words::absent("not stated")) } "."
        }
        @for one in &report.objectives { (objective(report, one)) }
    }
}

fn objective(report: &Report<'_>, one: &ObjectiveReport<'_>) -> Markup {
    let open = one.applies != Some(false) && !one.answer.is_covered();
    html! {
        article.entry.objective {
            div {
                h3 { (words::titled(one.objective.name())) }
                p.status.act[open] { (answer(one)) }
            }
            div {
            p.note { (meaning(one.objective)) }
            @if let Some(text) = one.text { div.prose { (words::prose(text)) } }
            @if !one.threats.is_empty() {
                p {
                    b { "Threats: " }
                    @for (index, threat) in one.threats.iter().take(NAMED).enumerate() {
                        @if index > 0 { ", " }
                        (threats::link(report, threat)) " " (words::risk(threat.risk()))
                    }
                    @if one.threats.len() > NAMED { " and " (one.threats.len() - NAMED) " more" }
                }
            }
            @if !one.tests.is_empty() {
                p {
                    b { "Tests: " }
                    @for (index, test) in one.tests.iter().take(NAMED).enumerate() {
                        @if index > 0 { ", " }
                        a.id href=[report.anchors.link_to(test.id.as_ref())] { (words::name(test.id.as_ref())) }
                        @if let Some(result) = test.result { " (" (words::spaced(result.name())) ")" }
                    }
                    @if one.tests.len() > NAMED { " and " (one.tests.len() - NAMED) " more" }
                }
            }
        }
        }
    }
}

fn answer(one: &ObjectiveReport<'_>) -> String {
    match one.answer {
        _ if one.applies == Some(false) && one.answer == Answer::Nothing => "Does not apply to this class".to_owned(),
        Answer::Threats => format!("Covered by {}", words::count(one.threats.len(), "threat", "threats")),
        Answer::Text => "Covered by a text".to_owned(),
        Answer::NotApplicable => "Not applicable".to_owned(),
        Answer::Withheld => "Withheld".to_owned(),
        Answer::Unknown => "Unknown".to_owned(),
        _ => "Not covered".to_owned(),
    }
}

/// What the objective means, as the declaration says it.
fn meaning(objective: Objective) -> &'static str {
    Objective::SCHEMA.variant(objective.name()).map_or("", |variant| variant.doc.trim())
}
