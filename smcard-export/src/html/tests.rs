//! The security tests: under which conditions, with which counts and rates, and what they prove.

use maud::{Markup, html};
use smcard_core::schema::Form;
use smcard_core::tree::Node;
use smcard_core::{Knowledge, Test, TestKind, TestResult, Text};

use super::{Report, facts, measured, measures, words};

/// The fields that stand in the heading and the line below it, or in a table.
const ELSEWHERE: [&str; 8] = ["id", "kind", "date", "result", "attempts", "failures", "target", "measures"];

pub(super) fn tests(report: &Report<'_>) -> Markup {
    let security = &report.card.security_considerations;
    let nodes = report.items("security_considerations", "tests");
    html! {
        @if let Some(text) = &security.security_testing { div.prose { (words::prose(text)) } }
        @if security.tests.is_empty() { p { (words::absent("The card names no test.")) } } @else {
            (list(report))
            @for (index, (test, anchor)) in security.tests.iter().zip(&report.anchors.tests).enumerate() {
                (article(report, test, anchor, nodes.get(index)))
            }
        }
    }
}

fn result(test: &Test<'_>) -> Markup {
    match test.result {
        Some(result) => html! { span.status.act[result == TestResult::Failed] { (words::titled(result.name())) } },
        None => words::absent("no result"),
    }
}

fn kind(test: &Test<'_>) -> Markup {
    words::choice(test.kind.map(TestKind::name))
}

/// How many attempts succeeded, of how many, and which share that is.
fn attempts(test: &Test<'_>) -> Option<String> {
    Some(match (test.failures, test.attempts) {
        (Some(failures), Some(attempts)) if attempts > 0 => {
            #[expect(clippy::cast_precision_loss, reason = "a share, shown with one decimal")]
            let share = 100.0 * failures as f64 / attempts as f64;
            format!("{failures} of {attempts} ({share:.1} %)")
        }
        (Some(failures), Some(_) | None) => format!("{failures}"),
        (None, Some(attempts)) => format!("? of {attempts}"),
        (None, None) => return None,
    })
}

fn list(report: &Report<'_>) -> Markup {
    let all = report.card.security_considerations.tests.iter().zip(&report.anchors.tests);
    html! {
        div.frame {
            table.stack {
                caption { "Security tests" }
                thead { tr {
                    th scope="col" { "Test" } th scope="col" { "Kind" } th scope="col" { "Attacker knew" }
                    th scope="col" { "Date" } th.number scope="col" { "Attempts that succeeded" }
                    th scope="col" { "Result" }
                } }
                tbody {
                    @for (test, anchor) in all {
                        tr {
                            th scope="row" { a.id href={ "#" (anchor) } { (words::name(test.id.as_ref())) } }
                            td data-label="Kind" { (kind(test)) }
                            td data-label="Attacker knew" { (words::choice(test.knowledge.map(Knowledge::name))) }
                            td data-label="Date" { (words::date(test.date.as_ref())) }
                            td.number data-label="Attempts that succeeded" {
                                @match attempts(test) { Some(told) => (told), None => (words::absent("not counted")) }
                            }
                            td data-label="Result" { (result(test)) }
                        }
                    }
                }
            }
        }
    }
}

fn article(report: &Report<'_>, test: &Test<'_>, anchor: &str, node: Option<&Node<'_>>) -> Markup {
    html! {
        article.entry #(anchor) {
            h3 { (kind(test)) " " code.id { (words::name(test.id.as_ref())) } }
            ul.line {
                li { (result(test)) }
                li { (words::line_or_absent(test.date.as_ref())) }
                @if let Some(told) = attempts(test) { li { (told) " attempts succeeded" } }
            }
            dl.facts {
                div { dt { "Target" } dd { (target(report, test.target.as_ref())) } }
            }
            (facts::facts(report, Test::SCHEMA, node, &ELSEWHERE))
            (measured::test(report, test))
            (measures::table(&test.measures, "Rates that it found"))
        }
    }
}

/// What was tested: the id of a component, or words; without either, the model itself.
fn target(report: &Report<'_>, target: Option<&Text<'_>>) -> Markup {
    match target {
        None => html! { "The model itself" },
        Some(text) if report.anchors.link_to(Some(text)).is_some() => facts::formed(report, Form::Component, text),
        Some(text) => words::prose(text),
    }
}
