//! The data-flow diagram, in Mermaid, which code hosts draw.

use std::collections::HashMap;
use std::fmt::Write as _;

use smcard_core::{Component, ComponentKind, SecurityCard, SystemReport, Text, Trust};

use super::{line, section, table};
use crate::leaves::{id, stated};

/// How many threats a flow names; each threat names all that it affects.
const MOST_THREATS: usize = 12;
/// With more components than this a diagram shows nothing any more, and code hosts may not draw it.
const MOST_COMPONENTS: usize = 40;
const MOST_FLOWS: usize = 200;

pub(super) fn diagram(card: &SecurityCard<'_>, report: &SystemReport<'_>, level: usize) -> Vec<String> {
    let system = &card.system;
    if system.components.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![section::heading(level, "Data flows")];
    if system.components.len() > MOST_COMPONENTS || report.flows.len() > MOST_FLOWS {
        let told = format!("More than {MOST_COMPONENTS} components or {MOST_FLOWS} flows are not drawn.");
        blocks.push(told);
    } else {
        blocks.push(format!("```mermaid\n{}```", drawn(card, report)));
        let told = "A thick arrow crosses a trust boundary, and a dashed one is not encrypted.\n\
                    The numbers are those of the table.";
        blocks.push(told.to_owned());
    }
    if !report.flows.is_empty() {
        blocks.push(flows(report));
    }
    blocks
}

/// The diagram: zones by trust, components in them, flows by their numbers.
fn drawn(card: &SecurityCard<'_>, report: &SystemReport<'_>) -> String {
    let mut drawn = String::from("flowchart LR\n");
    let mut nodes: HashMap<&str, usize> = HashMap::new();
    for (number, component) in card.system.components.iter().enumerate() {
        nodes.entry(id(&component.id)).or_insert(number);
    }
    let mut zones: Vec<(usize, _)> = card.system.zones.iter().enumerate().collect();
    zones.sort_by_key(|(_, zone)| zone.trust);
    for (number, zone) in zones {
        let trust = zone.trust.map_or("not stated", Trust::name);
        put(&mut drawn, format_args!("    subgraph z{number} [\"{} ({trust})\"]\n", label(id(&zone.id))));
        for (number, of) in report.components.iter().enumerate() {
            if of.zone.is_some_and(|its| std::ptr::eq(its, zone)) {
                put(&mut drawn, format_args!("        {}\n", node(number, of.component)));
            }
        }
        drawn.push_str("    end\n");
    }
    for (number, of) in report.components.iter().enumerate() {
        if of.zone.is_none() {
            put(&mut drawn, format_args!("    {}\n", node(number, of.component)));
        }
    }
    let mut styles = String::new();
    let mut links = 0;
    for (number, flow) in (1..).zip(&report.flows) {
        let ends = nodes.get(id(&flow.flow.from)).zip(nodes.get(id(&flow.flow.to)));
        let Some((from, to)) = ends else { continue };
        put(&mut drawn, format_args!("    n{from} -->|\"{number}\"| n{to}\n"));
        let thick = flow.boundary.map(|_| "stroke-width:4px");
        let dashed = (flow.flow.encrypted == Some(false)).then_some("stroke-dasharray:6 4");
        let style: Vec<&str> = thick.into_iter().chain(dashed).collect();
        if !style.is_empty() {
            put(&mut styles, format_args!("    linkStyle {links} {}\n", style.join(",")));
        }
        links += 1;
    }
    drawn + &styles
}

fn put(text: &mut String, written: std::fmt::Arguments<'_>) {
    // A string takes what is written.
    let _ = text.write_fmt(written);
}

/// A component in the shape of its kind, under its number: an id of the card may be a word of Mermaid.
fn node(number: usize, component: &Component<'_>) -> String {
    let name = label(stated(&component.name).unwrap_or_else(|| id(&component.id)));
    let kind = component.kind.map_or("", ComponentKind::name);
    let permission = component.permission.map_or(String::new(), |permission| format!(": {}", permission.name()));
    let words = format!("\"{name}<br/>{kind}{permission}\"");
    match component.kind {
        Some(ComponentKind::DataStore | ComponentKind::Dataset) => format!("n{number}[({words})]"),
        Some(ComponentKind::Client) => format!("n{number}([{words}])"),
        Some(ComponentKind::Tool) => format!("n{number}[[{words}]]"),
        _ => format!("n{number}[{words}]"),
    }
}

/// A text in the quotes of Mermaid: all but letters, digits and a few signs that mean nothing there by its number.
///
/// Mermaid looks for formulas (`$$x$$`), icons (`fa:fa-car`) and ends of lines (`\n`) when it has read the numbers, so what
/// stands between these signs and what follows is a space without a width.
fn label(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for char in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if char.is_alphanumeric() || " -.,/".contains(char) {
            written.push(char);
        } else if super::escape::is_invisible(char) {
            put(&mut written, format_args!("U+{:04X}", u32::from(char)));
        } else {
            put(&mut written, format_args!("#{};", u32::from(char)));
            if "$:\\".contains(char) {
                written.push_str("#8203;");
            }
        }
    }
    written
}

/// The flows with their numbers.
fn flows(report: &SystemReport<'_>) -> String {
    let headings = ["No", "Flow", "From", "To", "Trust", "Threats"].map(str::to_owned).to_vec();
    let rows = (1..).zip(&report.flows).map(|(number, flow): (usize, _)| {
        let trust = flow.boundary.map(|(from, to)| format!("{} to {}", from.name(), to.name()));
        let mut threats: Vec<&str> = flow.threats.iter().take(MOST_THREATS).map(|threat| id(&threat.id)).collect();
        let more = format!("and {} more", flow.threats.len().saturating_sub(MOST_THREATS));
        threats.extend((flow.threats.len() > MOST_THREATS).then_some(more.as_str()));
        let none = if flow.boundary.is_some() { "**none**" } else { "none" };
        let end = |end: &Option<Text<'_>>| line(id(end));
        vec![
            number.to_string(),
            line(id(&flow.flow.id)),
            end(&flow.flow.from),
            end(&flow.flow.to),
            trust.unwrap_or_default(),
            if threats.is_empty() { none.to_owned() } else { line(&threats.join(", ")) },
        ]
    });
    table::table(headings, rows.collect())
}
