//! What is known to be wrong, and what was decided about it.

use std::cmp::Reverse;

use maud::{Markup, html};
use smcard_core::schema::Form;
use smcard_core::{Vulnerability, VulnerabilityStatus};

use super::{Report, facts, words};

/// The fields that stand in the heading and the line below it.
const ELSEWHERE: [&str; 5] = ["id", "title", "status", "severity", "url"];

pub(super) fn vulnerabilities(report: &Report<'_>) -> Markup {
    let all = &report.card.security_considerations.vulnerabilities;
    let nodes = report.items("security_considerations", "vulnerabilities");
    let mut order: Vec<_> = all.iter().zip(&report.anchors.vulnerabilities).enumerate().collect();
    // What is not decided comes first, then the worst.
    order.sort_by_key(|(_, (known, _))| (!undecided(known), Reverse(known.severity)));
    html! {
        @if all.is_empty() { p { (words::absent("The card names no vulnerability.")) } }
        @for (index, (known, anchor)) in order {
            article.entry #(anchor) {
                h3 { (words::line_or_absent(known.title.as_ref())) " " code.id { (words::name(known.id.as_ref())) } }
                ul.line {
                    li { "Severity " (words::risk(known.severity)) }
                    li {
                        @match known.status {
                            Some(status) => span.status.act[undecided(known)] { (words::titled(status.name())) },
                            None => (words::absent("no decision")),
                        }
                    }
                    @if let Some(url) = &known.url { li { (facts::formed(report, Form::Url, url)) } }
                }
                (facts::facts(report, Vulnerability::SCHEMA, nodes.get(index), &ELSEWHERE))
            }
        }
    }
}

fn undecided(known: &Vulnerability<'_>) -> bool {
    matches!(known.status, None | Some(VulnerabilityStatus::Open | VulnerabilityStatus::InTriage))
}
