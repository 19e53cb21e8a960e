//! The components of the system that answer over a network, or call the model: services, tools, stores, clients.

use std::collections::HashMap;

use smcard_core::FlowReport;
use smcard_core::tree::Node;

use super::components::{naming, references, supplier};
use super::license;
use super::parts::{Parts, Sort, properties, version};
use crate::document::{Object, flag, list, text, texts};
use crate::leaves::{id, stated};

/// The fields of a component that stand in fields of a service.
const ELSEWHERE: [&str; 8] = ["id", "name", "version", "supplier", "license", "url", "zone", "description"];

pub(super) fn services<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let mut of_component: HashMap<&str, Vec<&FlowReport<'c>>> = HashMap::new();
    for flow in &parts.system.flows {
        let (from, to) = (id(&flow.flow.from), id(&flow.flow.to));
        of_component.entry(from).or_default().push(flow);
        if from != to {
            of_component.entry(to).or_default().push(flow);
        }
    }
    let mut found = Vec::new();
    let blocks = parts.blocks("system", "components");
    for (component, block) in parts.card.system.components.iter().zip(blocks) {
        if parts.sort_of(component) != Sort::Service {
            continue;
        }
        let own = id(&component.id);
        let flows = of_component.get(own).map_or(&[] as &[_], Vec::as_slice);
        let crosses = flows.iter().any(|flow| flow.boundary.is_some());
        let service = Object::new()
            .with_text("bom-ref", parts.ref_of(own).map(str::to_owned))
            .with("provider", supplier(component))
            .with("name", text(naming(component)))
            .with_text("version", version(&component.version))
            .with_text("description", stated(&component.description))
            .with("x-trust-boundary", crosses.then(|| flag(true)))
            .with_text("trustZone", stated(&component.zone))
            .with("data", list(flows.iter().map(|flow| data(parts, own, flow))))
            .with("licenses", license::licenses(&component.license))
            .with("externalReferences", references(component))
            .with("properties", properties(block, "system:components.", &ELSEWHERE));
        found.push(service.node());
    }
    found
}

/// What no card says of the data of a flow.
fn not_stated<'c>(parts: &Parts<'c>) -> Node<'c> {
    let words = text("not stated");
    if parts.is_preview() { Object::new().with("name", words).node() } else { words }
}

/// A flow, as the service at one of its ends sees it.
fn data<'c>(parts: &Parts<'c>, own: &str, report: &FlowReport<'c>) -> Node<'c> {
    let flow = report.flow;
    let (from, to) = (id(&flow.from), id(&flow.to));
    let direction = match (from == own, to == own) {
        (true, true) => "bi-directional",
        (true, false) => "outbound",
        _ => "inbound",
    };
    let end = |of: &str| {
        // What is behind `#` may hold other letters than ASCII: the address is an IRI.
        parts.ref_of(of).map(|name| format!("urn:cdx:{}/1#{name}", parts.serial))
    };
    Object::new()
        .with("flow", text(direction))
        .with("classification", not_stated(parts))
        .with("name", text(stated(&flow.data).unwrap_or_else(|| id(&flow.id))))
        .with("source", texts((direction != "outbound").then(|| end(from)).flatten()))
        .with("destination", texts((direction != "inbound").then(|| end(to)).flatten()))
        .node()
}
