//! The threats: a list by residual risk, the matrix beside it, and each threat with what was done about it.

use std::cmp::Reverse;

use maud::{Markup, html};
use smcard_core::tree::Node;
use smcard_core::{Objective, Threat, ThreatStatus};

use super::references::reference;
use super::shown::Shown;
use super::{Report, facts, matrix, words};

/// The fields that stand in the heading and the line below it.
const ELSEWHERE: [&str; 9] =
    ["id", "title", "scenario", "likelihood", "impact", "residual", "status", "objectives", "acceptance"];

pub(super) fn threats(report: &Report<'_>) -> Markup {
    let security = &report.card.security_considerations;
    let nodes = report.items("security_considerations", "threats");
    let each = security.threats.iter().zip(&report.anchors.threats).enumerate();
    let mut shown: Vec<_> = each
        .map(|(index, (threat, anchor))| Shown {
            threat,
            anchor,
            node: nodes.get(index),
            objectives: threat.serves(security.ai_class),
        })
        .collect();
    // By residual risk, then by objective; the order of the card decides what is left.
    shown.sort_by_key(|shown| {
        let objective = Objective::ALL.iter().position(|objective| shown.objectives.contains(objective));
        (Reverse(shown.threat.risk()), objective.unwrap_or(Objective::ALL.len()))
    });
    html! {
        @if let Some(text) = &security.threat_modeling { div.prose { (words::prose(text)) } }
        @if shown.is_empty() {
            p { (words::absent("The card names no threats.")) }
        } @else {
            (list(&shown))
            (matrix::matrix(&shown))
            @for shown in &shown { (article(report, shown)) }
        }
    }
}

/// A link to a threat by its id.
pub(super) fn link(report: &Report<'_>, threat: &Threat<'_>) -> Markup {
    html! { a.id href=[report.anchors.link_to(threat.id.as_ref())] { (words::name(threat.id.as_ref())) } }
}

/// Links to the first of some threats, and how many more there are.
pub(super) fn links(report: &Report<'_>, all: &[&Threat<'_>], most: usize) -> Markup {
    html! {
        @for (index, threat) in all.iter().take(most).enumerate() { @if index > 0 { ", " } (link(report, threat)) }
        @if all.len() > most { " and " (all.len() - most) " more" }
    }
}

/// What was decided about a threat; a word that a reviewer must act on is marked.
pub(super) fn status(status: Option<ThreatStatus>) -> Markup {
    match status {
        Some(status) => html! { span.status.act[status == ThreatStatus::Open] { (words::titled(status.name())) } },
        None => words::absent("not stated"),
    }
}

fn list(all: &[Shown<'_, '_>]) -> Markup {
    html! {
        div.frame {
            table.stack {
                caption { "Threats by residual risk" }
                thead { tr {
                    th scope="col" { "Threat" } th scope="col" { "Objectives" } th scope="col" { "Inherent" }
                    th scope="col" { "Residual" } th scope="col" { "Status" } th scope="col" { "Owner, due" }
                } }
                tbody {
                    @for shown in all {
                        @let threat = shown.threat;
                        tr {
                            th scope="row" { a href={ "#" (shown.anchor) } { (title(threat)) } }
                            td data-label="Objectives" { (objectives(&shown.objectives)) }
                            td data-label="Inherent" { (words::risk(matrix::inherent(threat))) }
                            td data-label="Residual" { (residual(threat)) }
                            td data-label="Status" { (status(threat.status)) }
                            td data-label="Owner, due" { (owner(threat)) }
                        }
                    }
                }
            }
        }
    }
}

fn title(threat: &Threat<'_>) -> String {
    threat.title.as_ref().or(threat.id.as_ref()).map_or_else(|| "Threat without an id".to_owned(), words::plain)
}

/// The risk that is left; where the card does not say so, that which follows from likelihood and impact.
fn residual(threat: &Threat<'_>) -> Markup {
    html! {
        (words::risk(threat.risk()))
        @if threat.residual.is_none() && threat.risk().is_some() { " " span.note { "as inherent" } }
    }
}

fn owner(threat: &Threat<'_>) -> Markup {
    let open = threat.status == Some(ThreatStatus::Open);
    html! {
        @match (&threat.owner, &threat.acceptance.by) {
            (Some(owner), _) => (words::line(owner)),
            (None, Some(by)) => { "Accepted by " (words::line(by)) },
            (None, None) if open => span.status.act { "No owner" },
            (None, None) => "–",
        }
        @if let Some(due) = &threat.due { br; span.date { "due " (words::line(due)) } }
        @if let Some(expires) = &threat.acceptance.expires { br; span.date { "until " (words::line(expires)) } }
    }
}

pub(super) fn objectives(all: &[Objective]) -> Markup {
    html! {
        @if all.is_empty() { (words::absent("not stated")) }
        @for (index, objective) in all.iter().enumerate() { @if index > 0 { ", " } (words::titled(objective.name())) }
    }
}

fn article(report: &Report<'_>, shown: &Shown<'_, '_>) -> Markup {
    let threat = shown.threat;
    let level = |node: &str| match shown.node.and_then(|threat| threat.get(node)).and_then(Node::word) {
        Some(word) => html! { (words::spaced(word)) },
        None => html! { "not assessed" },
    };
    html! {
        article.entry #(shown.anchor) {
            h3 { (title(threat)) @if threat.title.is_some() { " " code.id { (words::name(threat.id.as_ref())) } } }
            ul.line {
                li { "Residual " (residual(threat)) }
                li { "Likelihood " b { (level("likelihood")) } ", impact " b { (level("impact")) } }
                li { (status(threat.status)) }
                li { (objectives(&shown.objectives)) }
            }
            div.prose {
                @match &threat.scenario {
                    Some(scenario) => (words::prose(scenario)),
                    None => p { (words::absent("The scenario is not stated.")) },
                }
            }
            @if shown.node.is_some_and(|node| node.get("acceptance").is_some()) {
                p.accepted {
                    "Accepted by " b { (words::line_or_absent(threat.acceptance.by.as_ref())) }
                    ", until " b { (words::line_or_absent(threat.acceptance.expires.as_ref())) } ": "
                    (words::line_or_absent(threat.acceptance.reason.as_ref()))
                }
            }
            @if threat.mitigations.is_empty() && threat.status == Some(ThreatStatus::Mitigated) {
                p { (words::absent("No mitigation is named.")) }
            }
            (facts::facts(report, Threat::SCHEMA, shown.node, &with(&ELSEWHERE, &["mitigations"])))
            (mitigations(threat))
        }
    }
}

fn with<'f>(some: &[&'f str], more: &[&'f str]) -> Vec<&'f str> {
    [some, more].concat()
}

fn mitigations(threat: &Threat<'_>) -> Markup {
    html! {
        @if !threat.mitigations.is_empty() {
            h4 { "Mitigations" }
            ul.items {
                @for mitigation in threat.mitigations.iter() {
                    li {
                        (words::line_or_absent(mitigation.description.as_ref()))
                        @if let Some(text) = &mitigation.r#ref { " " span.cite { "(" (reference(text)) ")" } }
                    }
                }
            }
        }
    }
}
