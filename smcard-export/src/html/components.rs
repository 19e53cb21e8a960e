//! What the system is made of: each component with its files, and what no threat affects.

use maud::{Markup, html};
use smcard_core::schema::Form;
use smcard_core::tree::Node;
use smcard_core::{Component, ComponentKind, ComponentReport, File};

use super::{Report, facts, measured, threats, words};

/// The fields that stand in the heading and the line below it, or in a table.
const ELSEWHERE: [&str; 7] = ["id", "name", "kind", "zone", "sensitivity", "permission", "files"];
/// Those and the version, unless a reason stands in its place, which is too long for a heading.
const WITH_VERSION: [&str; 8] = ["id", "name", "kind", "version", "zone", "sensitivity", "permission", "files"];

/// How many threats a component names.
const NAMED: usize = 12;

pub(super) fn components(report: &Report<'_>) -> Markup {
    let nodes = report.items("system", "components");
    let untouched = report.system.untouched_components().count();
    html! {
        @if report.system.components.is_empty() { p { (words::absent("The card names no component.")) } } @else {
            p.note {
                (words::count(report.system.components.len(), "component", "components"))
                ", " (untouched) " of them affected by no threat."
            }
        }
        @for (index, (one, anchor)) in report.system.components.iter().zip(&report.anchors.components).enumerate() {
            (component(report, one, anchor, nodes.get(index)))
        }
    }
}

fn component(report: &Report<'_>, one: &ComponentReport<'_>, anchor: &str, node: Option<&Node<'_>>) -> Markup {
    let component = one.component;
    let version = component.version.as_ref().filter(|version| version.stated().is_some());
    let elsewhere: &[&str] = if version.is_some() { &WITH_VERSION } else { &ELSEWHERE };
    html! {
        article.entry.component #(anchor) {
            h3 {
                (words::name(component.name.as_ref().or(component.id.as_ref())))
                @if let Some(version) = version { " " span.version { (words::line(version)) } }
                @if component.name.is_some() { " " code.id { (words::name(component.id.as_ref())) } }
            }
            ul.line {
                li { "Kind: " (words::choice(component.kind.map(ComponentKind::name))) }
                li {
                    @match &component.zone {
                        Some(zone) => { "Zone: " (facts::formed(report, Form::Zone, zone)) },
                        None => { "Zone: " (words::absent("not stated")) },
                    }
                }
                @if let Some(sensitivity) = component.sensitivity { li { (words::titled(sensitivity.name())) " data" } }
                @if let Some(permission) = component.permission { li { "Use: " (words::spaced(permission.name())) } }
                li {
                    @if one.threats.is_empty() { span.status.act { "No threat affects it" } } @else {
                        "Threats: "
                        (threats::links(report, &one.threats, NAMED))
                    }
                }
            }
            (facts::facts(report, Component::SCHEMA, node, elsewhere))
            (files(report, &component.files))
        }
    }
}

fn files(report: &Report<'_>, files: &[File<'_>]) -> Markup {
    html! {
        @if !files.is_empty() {
            div.frame tabindex="0" role="group" aria-label="Files, scrolls sideways" {
                table {
                    caption { "Files" }
                    thead { tr {
                        th scope="col" { "Path" } th scope="col" { "Claimed SHA-256" } th scope="col" { "Measured" }
                    } }
                    tbody {
                        @for file in files {
                            tr {
                                th scope="row" { code { (words::name(file.path.as_ref())) } }
                                td {
                                    @match &file.sha256 {
                                        Some(digest) => code.digest { (words::plain(digest)) },
                                        None => span.status.act { "No digest" },
                                    }
                                }
                                td { (measured::file(report, file)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
