//! The system: what it does, its data-flow diagram, and tables with the same facts.

use std::collections::HashMap;
use std::ptr;

use maud::{Markup, html};
use smcard_core::schema::Form;
use smcard_core::{Component, ComponentReport, FlowReport, System, Text, Trust, Zone};

use super::{Report, diagram, facts, threats, words};

/// The fields that the diagram and the tables show.
const ELSEWHERE: [&str; 4] = ["description", "zones", "components", "flows"];

/// How many threats or components a cell names.
const NAMED: usize = 12;

pub(super) fn system(report: &Report<'_>) -> Markup {
    let system = &report.card.system;
    let Some(node) = report.tree.get("system") else {
        return html! { p { (words::absent("The card does not describe the system that the model is part of.")) } };
    };
    html! {
        @if let Some(description) = &system.description { div.prose { (words::prose(description)) } }
        (diagram::figure(report))
        (flows(report))
        (zones(report))
        (facts::facts(report, System::SCHEMA, Some(node), &ELSEWHERE))
    }
}

fn flows(report: &Report<'_>) -> Markup {
    let all = report.system.flows.iter().zip(&report.anchors.flows).enumerate();
    html! {
        @if !report.system.flows.is_empty() {
            div.frame tabindex="0" role="group" aria-label="Data flows, scrolls sideways" {
                table.stack {
                    caption { "Data flows by number" }
                    thead { tr {
                        th.number scope="col" { "No." } th scope="col" { "Flow" }
                        th scope="col" { "From" } th scope="col" { "To" }
                        th scope="col" { "Data" } th scope="col" { "Authentication" } th scope="col" { "Encrypted" }
                        th scope="col" { "Boundary" } th scope="col" { "Threats" }
                    } }
                    tbody { @for (index, (flow, anchor)) in all { (row(report, index + 1, flow, anchor)) } }
                }
            }
        }
    }
}

fn row(report: &Report<'_>, number: usize, one: &FlowReport<'_>, anchor: &str) -> Markup {
    let flow = one.flow;
    html! {
        tr #(anchor) {
            td.number data-label="No." { (number) }
            th scope="row" { code { (words::name(flow.id.as_ref())) } }
            td data-label="From" { (end(report, flow.from.as_ref(), one.from)) }
            td data-label="To" { (end(report, flow.to.as_ref(), one.to)) }
            td data-label="Data" { (words::line_or_absent(flow.data.as_ref())) }
            td data-label="Authentication" { (words::line_or_absent(flow.authentication.as_ref())) }
            td data-label="Encrypted" {
                @match flow.encrypted {
                    Some(true) => "Yes",
                    Some(false) => span.status.act { "No" },
                    None => (words::absent("not stated")),
                }
            }
            td data-label="Boundary" {
                @match one.boundary {
                    Some((from, to)) => { (words::titled(from.name())) " → " (words::spaced(to.name())) },
                    None => "–",
                }
            }
            td data-label="Threats" {
                @if one.threats.is_empty() { span.status.act { "No threat" } }
                (threats::links(report, &one.threats, NAMED))
            }
        }
    }
}

/// An end of a flow: the component, or the id that the card gives where it has no such component.
fn end(report: &Report<'_>, id: Option<&Text<'_>>, component: Option<&Component<'_>>) -> Markup {
    match (id, component) {
        (Some(id), Some(_)) => facts::formed(report, Form::Component, id),
        (Some(id), None) => html! { (words::line(id)) " " (words::absent("(no such component)")) },
        (None, _) => words::absent("not stated"),
    }
}

fn zones(report: &Report<'_>) -> Markup {
    let all = report.card.system.zones.iter().zip(&report.anchors.zones);
    let mut within: HashMap<*const Zone<'_>, Vec<&ComponentReport<'_>>> = HashMap::new();
    for one in &report.system.components {
        if let Some(zone) = one.zone {
            within.entry(ptr::from_ref(zone)).or_default().push(one);
        }
    }
    html! {
        @if !report.card.system.zones.is_empty() {
            div.frame {
                table.stack {
                    caption { "Trust zones" }
                    thead { tr {
                        th scope="col" { "Zone" } th scope="col" { "Trust" }
                        th scope="col" { "Components" } th scope="col" { "Who and what is in it" }
                    } }
                    tbody {
                        @for (zone, anchor) in all {
                            @let within = within.get(&ptr::from_ref(zone)).map_or(&[][..], Vec::as_slice);
                            tr #(anchor) {
                                th scope="row" { code { (words::name(zone.id.as_ref())) } }
                                td data-label="Trust" { (words::choice(zone.trust.map(Trust::name))) }
                                td data-label="Components" {
                                    @if within.is_empty() { "–" }
                                    @for (index, one) in within.iter().take(NAMED).enumerate() {
                                        @if index > 0 { ", " }
                                        @let id = one.component.id.as_ref();
                                        a.id href=[report.anchors.link_to(id)] { (words::name(id)) }
                                    }
                                    @if within.len() > NAMED { " and " (within.len() - NAMED) " more" }
                                }
                                td data-label="Who and what is in it" { (words::line_or_absent(zone.description.as_ref())) }
                            }
                        }
                    }
                }
            }
        }
    }
}
