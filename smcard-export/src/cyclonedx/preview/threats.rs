//! The threats, how each would come about, the attacks that they are, and the boundaries at which they are.

use std::collections::HashSet;

use smcard_core::tree::Node;
use smcard_core::{Objective, Threat};

use super::super::declarations::control;
use super::super::parts::{Parts, property};
use super::super::references::{patterns, weaknesses};
use super::super::refs;
use super::boundaries::Boundary;
use super::levels;
use super::of_threat::{affected, title};
use crate::document::{Object, list, text, texts};
use crate::leaves::{beside, id, stated};

/// The fields of a threat that stand in fields of the format, here or in its risk.
const ELSEWHERE: [&str; 11] = [
    "id",
    "title",
    "scenario",
    "likelihood",
    "impact",
    "status",
    "mitigations",
    "residual",
    "acceptance",
    "owner",
    "due",
];

pub(super) fn threats<'c>(parts: &Parts<'c>, boundaries: &[Boundary<'_, 'c>]) -> Option<Node<'c>> {
    let threats = &parts.card.security_considerations.threats;
    let blocks = parts.blocks("security_considerations", "threats");
    let mut seen = HashSet::new();
    let patterns = threats.iter().flat_map(|threat| patterns(&threat.refs)).filter(|pattern| seen.insert(pattern.id));
    Object::new()
        .with("threats", list(threats.iter().zip(blocks).map(|(threat, block)| of_threat(parts, threat, block))))
        .with("scenarios", list(threats.iter().map(|threat| scenario(parts, threat))))
        .with("attackPatterns", list(patterns.map(|pattern| pattern.node())))
        .with("trustBoundaries", list(boundaries.iter().map(Boundary::of_threats)))
        .some()
}

fn of_threat<'c>(parts: &Parts<'c>, threat: &'c Threat<'_>, block: &Node<'_>) -> Node<'c> {
    let own = id(&threat.id);
    let patterns = patterns(&threat.refs).into_iter().map(|pattern| text(pattern.own()));
    let mitigations = (1..=threat.mitigations.len()).map(|number| control(own, number));
    // An asset that it affects stands by name; a flow has no other place.
    let rest = beside(block, "threats:", &ELSEWHERE).into_iter();
    let rest =
        rest.filter(|leaf| !leaf.path.starts_with("smcard:threats:affects") || parts.asset_of(&leaf.text).is_none());
    Object::new()
        .with("bom-ref", text(refs::of("threat", own)))
        .with("name", text(title(threat)))
        .with("weaknesses", weaknesses(&threat.refs))
        .with("attackPatterns", list(patterns))
        .with("affectedAssets", affected(parts, threat))
        .with("mitigations", texts(mitigations))
        .with("properties", list(rest.map(|leaf| property(leaf.path, leaf.text))))
        .node()
}

/// How a threat would come about, and how bad that would be.
fn scenario<'c>(parts: &Parts<'c>, threat: &'c Threat<'_>) -> Node<'c> {
    let own = id(&threat.id);
    let objectives = threat.serves(parts.card.security_considerations.ai_class).into_iter().map(attribute);
    Object::new()
        .with("bom-ref", text(refs::of("scenario", own)))
        .with("name", text(title(threat)))
        .with_text("description", stated(&threat.scenario))
        .with("threats", texts([refs::of("threat", own)]))
        .with("likelihood", threat.likelihood.map(levels::likelihood))
        .with("impact", threat.impact.map(levels::impact))
        .with("riskAttributes", list(objectives))
        .with("affectedAssets", affected(parts, threat))
        .with("relatedRisks", texts([refs::of("risk", own)]))
        .node()
}

/// An objective of an adversary, which is what a risk is to.
fn attribute<'c>(objective: Objective) -> Node<'c> {
    let named = |name: &'static str| Object::new().with("name", text(name)).node();
    match objective {
        Objective::Availability => text("availability"),
        Objective::Integrity => text("integrity"),
        Objective::Privacy => text("privacy"),
        Objective::Misuse => named("misuse"),
        _ => named("supply chain"),
    }
}
