//! The blueprint: what the system is made of, who acts on it, what flows between them, and through which zones.

use smcard_core::tree::Node;
use smcard_core::{Component, ComponentKind, Decision, Flow, Text, Zone};

use super::super::parts::{Parts, Sort, begins, ends, properties, property};
use super::super::{components, party, refs};
use super::boundaries::Boundary;
use super::controls::CONTROLS;
use crate::document::{Object, flag, list, text, texts};
use crate::leaves::{beside, id, plain, stated};
use crate::link;

/// The system of a card that has one.
pub(super) fn blueprint<'c>(parts: &Parts<'c>, boundaries: &[Boundary<'_, 'c>]) -> Option<Node<'c>> {
    let block = parts.tree.get("system")?;
    let system = &parts.card.system;
    let components = || system.components.iter().zip(parts.blocks("system", "components"));
    let of = |sort: Sort| components().filter(move |(component, _)| parts.sort_of(component) == sort);
    let is_data = |component: &Component<'_>| component.kind == Some(ComponentKind::Dataset);
    let assets = components().filter_map(|(component, block)| match parts.sort_of(component) {
        Sort::Actor => None,
        Sort::Asset => Some(inline(parts, component, block)),
        _ => (!is_data(component)).then(|| referring(parts, component)),
    });
    let data = system.components.iter().filter(|component| is_data(component));
    let zones = system.zones.iter().zip(parts.blocks("system", "zones"));
    let flows = system.flows.iter().zip(parts.blocks("system", "flows"));
    let diagram = stated(&system.diagram).map(|url| {
        Object::new()
            .with("name", text("Data-flow diagram"))
            .with("type", Object::new().with("type", text("data-flow")).node())
            .with("url", text(link::of_url(url)))
            .node()
    });
    let blueprint = Object::new()
        .with("bom-ref", text("blueprint:system"))
        .with("name", text(parts.name))
        .with_text("description", stated(&system.description))
        .with("metadata", reviewed(parts))
        .with("modelTypes", texts(["data-flow"]))
        .with("assets", list(assets))
        .with("dataSets", list(data.map(|component| data_set(parts, component))))
        .with("zones", list(zones.map(|(zone, block)| of_zone(zone, block))))
        .with("boundaries", list(boundaries.iter().map(Boundary::of_blueprint)))
        .with("flows", list(flows.filter_map(|(flow, block)| of_flow(parts, flow, block))))
        .with("actors", list(of(Sort::Actor).map(|(component, block)| actor(parts, component, block))))
        .with("assumptions", list(assumptions(&system.assumptions)))
        .with("visualizations", list(diagram))
        .with("properties", rest(block));
    Some(blueprint.node())
}

/// What the last review decided.
fn reviewed<'c>(parts: &Parts<'c>) -> Option<Node<'c>> {
    let reviews = &parts.card.security_considerations.reviews;
    let last = reviews.iter().max_by_key(|review| stated(&review.date))?;
    let approved = matches!(last.decision, Some(Decision::Approved | Decision::ApprovedWithConditions));
    let valid = Object::new().with("end", ends(&last.next_due)).some();
    Object::new()
        .with("reviewer", party::of("reviewer", &last.by))
        .with("reviewDate", begins(&last.date))
        .with("approver", party::of_other("approver", &last.by).filter(|_| approved))
        .with("approvalDate", begins(&last.date).filter(|_| approved))
        .with("validityPeriod", valid)
        .some()
}

fn zone_of<'c>(component: &Component<'_>) -> Option<Node<'c>> {
    stated(&component.zone).map(|zone| text(refs::of("zone", zone.trim())))
}

fn classification<'c>(component: &Component<'_>) -> Option<Node<'c>> {
    component.sensitivity.map(|sensitivity| text(sensitivity.name().to_lowercase()))
}

fn asset<'c>(parts: &Parts<'c>, component: &Component<'_>) -> Object<'c> {
    Object::new().with_text("bom-ref", parts.asset_of(id(&component.id)).map(str::to_owned))
}

/// A component or service that stands elsewhere in the document.
fn referring<'c>(parts: &Parts<'c>, component: &Component<'_>) -> Node<'c> {
    asset(parts, component)
        .with_text("componentRef", parts.ref_of(id(&component.id)).map(str::to_owned))
        .with("zone", zone_of(component))
        .with("classification", Object::new().with("classification", classification(component)).some())
        .node()
}

/// A tool or a store, which stands here alone.
fn inline<'c>(parts: &Parts<'c>, component: &'c Component<'_>, block: &Node<'_>) -> Node<'c> {
    let sort = if component.kind == Some(ComponentKind::Tool) { "tool" } else { "data-store" };
    let elsewhere = ["id", "kind", "name", "zone", "sensitivity", "description", "url"];
    asset(parts, component)
        .with("type", text(sort))
        .with("name", text(components::naming(component)))
        .with_text("description", stated(&component.description))
        .with("zone", zone_of(component))
        .with("classification", Object::new().with("classification", classification(component)).some())
        .with("properties", properties(block, "system:components.", &elsewhere))
        .with("externalReferences", components::references(component))
        .node()
}

fn data_set<'c>(parts: &Parts<'c>, component: &'c Component<'_>) -> Node<'c> {
    let name = components::naming(component);
    let profile = classification(component).map(|classification| {
        Object::new().with("name", text("sensitivity")).with("classification", classification).node()
    });
    asset(parts, component)
        .with("name", text(name))
        .with("description", text(stated(&component.description).unwrap_or(name)))
        .with("dataProfiles", list(profile))
        .node()
}

fn actor<'c>(parts: &Parts<'c>, component: &'c Component<'_>, block: &Node<'_>) -> Node<'c> {
    let role = Object::new().with("name", text("client")).node();
    let kind = Object::new().with("name", text(components::naming(component))).node();
    let party = Object::new().with("roles", list([role])).with("system", Object::new().with("kind", kind).node());
    let elsewhere = ["id", "kind", "name", "zone", "description"];
    asset(parts, component)
        .with("party", party.node())
        .with_text("description", stated(&component.description))
        .with("zone", zone_of(component))
        .with("properties", properties(block, "system:components.", &elsewhere))
        .node()
}

fn of_zone<'c>(zone: &'c Zone<'_>, block: &Node<'_>) -> Node<'c> {
    Object::new()
        .with("bom-ref", text(refs::of("zone", id(&zone.id))))
        .with("name", text(id(&zone.id)))
        .with_text("description", stated(&zone.description))
        .with("type", text("trust"))
        .with("properties", properties(block, "system:zones.", &["id", "description"]))
        .node()
}

/// A flow between two parts of the blueprint.
fn of_flow<'c>(parts: &Parts<'c>, flow: &'c Flow<'_>, block: &Node<'_>) -> Option<Node<'c>> {
    let end = |end: &Option<Text<'_>>| parts.asset_of(id(end)).map(str::to_owned);
    let name = |words| Object::new().with("name", text(words)).node();
    let elsewhere = ["id", "from", "to", "data", "encrypted", "authentication"];
    let flow = Object::new()
        .with("bom-ref", text(refs::of("flow", id(&flow.id))))
        .with("name", text(stated(&flow.data).unwrap_or_else(|| id(&flow.id))))
        .with("type", text("data"))
        .with("source", text(end(&flow.from)?))
        .with("destination", text(end(&flow.to)?))
        .with("encrypted", flow.encrypted.map(flag))
        .with("authentication", list(stated(&flow.authentication).map(name)))
        .with("properties", properties(block, "system:flows.", &elsewhere));
    Some(flow.node())
}

/// What is assumed, each once: it is a set.
fn assumptions<'c>(assumptions: &'c [Text<'_>]) -> Vec<Node<'c>> {
    let mut seen = std::collections::HashSet::new();
    let stated = assumptions.iter().filter_map(Text::stated).filter(|words| seen.insert(*words));
    stated.map(|words| Object::new().with("description", text(words)).node()).collect()
}

/// What of the system stands nowhere else.
fn rest<'c>(block: &Node<'_>) -> Option<Node<'c>> {
    let lists = ["description", "zones", "components", "flows", "assumptions", "diagram"];
    let elsewhere: Vec<&str> = lists.into_iter().chain(CONTROLS).collect();
    let leaves = beside(block, "system:", &elsewhere).into_iter().map(|leaf| property(leaf.path, leaf.text));
    let assumed = block.get("assumptions").map_or(&[] as &[Node<'_>], Node::items).iter().enumerate();
    let reasons = assumed.filter(|(_, words)| words.stated().is_none());
    let reasons = reasons.map(|(index, words)| property(format!("smcard:system:assumptions[{index}]"), plain(words)));
    list(leaves.chain(reasons))
}
