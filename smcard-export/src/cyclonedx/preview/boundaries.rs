//! The boundaries between zones of different trust that flows cross.

use std::collections::{HashMap, HashSet};

use smcard_core::tree::Node;
use smcard_core::{Component, FlowReport, Trust, Zone};

use super::super::parts::Parts;
use super::super::refs;
use super::levels;
use crate::document::{Object, list, text, texts};
use crate::leaves::{id, stated};

/// A pair of zones, the less trusted one first, and the flows between them.
pub(super) struct Boundary<'p, 'c> {
    zones: [&'c Zone<'c>; 2],
    trust: Trust,
    flows: Vec<&'p FlowReport<'c>>,
}

/// Each pair of zones that a flow crosses, in the order of the flows.
pub(super) fn boundaries<'p, 'c>(parts: &'p Parts<'c>) -> Vec<Boundary<'p, 'c>> {
    let zones: HashMap<&str, &'c Zone<'c>> = parts.card.system.zones.iter().map(|zone| (id(&zone.id), zone)).collect();
    let zone = |component: Option<&'c Component<'c>>| zones.get(id(&component?.zone)).copied();
    let mut found: Vec<Boundary<'p, 'c>> = Vec::new();
    let mut index: HashMap<[&str; 2], usize> = HashMap::new();
    for flow in parts.system.boundaries() {
        let (Some(from), Some(to)) = (zone(flow.from), zone(flow.to)) else { continue };
        let mut pair = [from, to];
        // Their trust is known and differs, or there would be no boundary.
        pair.sort_by_key(|zone| zone.trust);
        let at = *index.entry(pair.map(|zone| id(&zone.id))).or_insert(found.len());
        if at == found.len() {
            let trust = pair.iter().find_map(|zone| zone.trust).unwrap_or(Trust::Untrusted);
            found.push(Boundary { zones: pair, trust, flows: Vec::new() });
        }
        if let Some(boundary) = found.get_mut(at) {
            boundary.flows.push(flow);
        }
    }
    found
}

impl<'c> Boundary<'_, 'c> {
    fn named(&self, kind: &str) -> String {
        let [less, more] = self.zones.map(|zone| id(&zone.id));
        format!("{kind}:{less}:{more}")
    }

    /// The boundary, as a part of the blueprint.
    pub(super) fn of_blueprint(&self) -> Node<'c> {
        Object::new()
            .with("bom-ref", text(self.named("boundary")))
            .with("type", text("trust"))
            .with("zones", texts(self.zones.map(|zone| refs::of("zone", id(&zone.id)))))
            .node()
    }

    /// What trust changes there, and which threats there are.
    pub(super) fn of_threats(&self) -> Node<'c> {
        let mut seen = HashSet::new();
        let threats = self.flows.iter().flat_map(|flow| flow.threats.iter()).map(|threat| id(&threat.id));
        let threats = threats.filter(|threat| seen.insert(*threat)).map(|threat| refs::of("threat", threat));
        let threats: Vec<String> = threats.collect();
        Object::new()
            .with("bom-ref", text(self.named("trust")))
            .with("boundary", text(self.named("boundary")))
            .with("trustLevel", text(levels::trust(self.trust)))
            .with("threatsAtBoundary", texts(threats))
            .with("properties", list(self.flows.iter().map(|flow| crossing(flow))))
            .node()
    }
}

/// A flow that crosses, by its id.
fn crossing<'c>(report: &FlowReport<'_>) -> Node<'c> {
    let flow = stated(&report.flow.id).unwrap_or_default().trim().to_owned();
    super::super::parts::property("smcard:system:flows.id".to_owned(), flow)
}
