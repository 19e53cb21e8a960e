//! Zones, components and flows, each with the threats that affect it.

use std::collections::HashMap;

use smcard_core::tree::Node;
use smcard_core::{ComponentKind, ComponentReport, Trust};

use super::threats::{Instance, instances};
use super::{Parts, attributes, component_name};
use crate::document::{Object, list, number, text};
use crate::leaves::{Leaf, beside, id, stated};

/// The zone of what has none, and no model to be part of. The least trust, since nothing is known of it.
const NO_ZONE: &str = "zone:not-stated";

pub(super) fn zones<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let mut found = Vec::new();
    for (zone, block) in parts.card.system.zones.iter().zip(parts.blocks("system", "zones")) {
        let risk = Object::new().with("trustRating", number(rating(zone.trust)));
        let zone = Object::new()
            .with("id", text(id(&zone.id)))
            .with("name", text(id(&zone.id)))
            .with_text("description", stated(&zone.description))
            .with("risk", risk.node())
            .with("attributes", attributes(beside(block, "system:zones.", &["id", "description"])));
        found.push(zone.node());
    }
    if parts.system.components.iter().any(|report| parent(parts, report).is_none()) {
        let risk = Object::new().with("trustRating", number(rating(None)));
        let zone = Object::new()
            .with("id", text(NO_ZONE))
            .with("name", text("zone not stated"))
            .with("risk", risk.node())
            .with("attributes", Object::new().with("smcard:system:zones.trust", text("not stated")).node());
        found.push(zone.node());
    }
    found
}

/// Trust as a number: a convention of ours, which the document states.
fn rating(trust: Option<Trust>) -> f64 {
    match trust {
        Some(Trust::Partner) => 30.0,
        Some(Trust::Internal) => 70.0,
        Some(Trust::Privileged) => 100.0,
        _ => 1.0,
    }
}

/// The zone of a component, or the model of which a component without a zone is a part.
fn parent<'c>(parts: &Parts<'c>, report: &ComponentReport<'c>) -> Option<Node<'c>> {
    let zone = report.zone.map(|zone| id(&zone.id));
    let model = parts.model.map(|model| id(&model.id)).filter(|model| *model != id(&report.component.id));
    match (zone, model) {
        (Some(zone), _) => Some(Object::new().with("trustZone", text(zone)).node()),
        (None, Some(model)) => Some(Object::new().with("component", text(model)).node()),
        (None, None) => None,
    }
}

pub(super) fn components<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let affected = instances(parts);
    let blocks = parts.blocks("system", "components");
    let each = parts.system.components.iter().zip(blocks).map(|(report, block)| {
        let component = report.component;
        let mut rest = beside(block, "system:components.", &["id", "kind", "name", "zone", "description"]);
        if component.zone.is_none() {
            let path = "smcard:system:components.zone".to_owned();
            rest.push(Leaf { path, text: "not stated".to_owned() });
        }
        let no_zone = || Object::new().with("trustZone", text(NO_ZONE)).node();
        Object::new()
            .with("id", text(id(&component.id)))
            .with("name", text(component_name(component)))
            .with("type", text(kind(component.kind)))
            .with_text("description", stated(&component.description))
            .with("parent", parent(parts, report).unwrap_or_else(no_zone))
            .with("threats", threats_of(&affected, id(&component.id)))
            .with("attributes", attributes(rest))
            .node()
    });
    each.collect()
}

/// A kind as tools spell it: `data-store`.
fn kind(kind: Option<ComponentKind>) -> String {
    let variant = kind.and_then(|kind| ComponentKind::SCHEMA.variant(kind.name()));
    variant.map_or_else(|| "not stated".to_owned(), |variant| variant.key().replace('_', "-"))
}

pub(super) fn flows<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let affected = instances(parts);
    let flows = parts.card.system.flows.iter().zip(parts.blocks("system", "flows"));
    let each = flows.map(|(flow, block)| {
        Object::new()
            .with("id", text(id(&flow.id)))
            .with("name", text(stated(&flow.data).unwrap_or_else(|| id(&flow.id))))
            .with("source", text(id(&flow.from)))
            .with("destination", text(id(&flow.to)))
            .with("threats", threats_of(&affected, id(&flow.id)))
            .with("attributes", attributes(beside(block, "system:flows.", &["id", "from", "to", "data"])))
            .node()
    });
    each.collect()
}

fn threats_of<'c>(affected: &HashMap<&'c str, Vec<Instance<'c>>>, id: &str) -> Option<Node<'c>> {
    list(affected.get(id)?.iter().map(Instance::node))
}
