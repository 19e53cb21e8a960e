//! The controls: what mitigates a threat, and what watches over the whole system.

use smcard_core::tree::Node;
use smcard_core::{Mitigation, Threat, ThreatStatus};

use super::super::declarations::control;
use super::super::parts::{Parts, property};
use super::super::refs;
use super::of_threat::affected;
use crate::document::{Object, list, text};
use crate::leaves::{id, stated};
use crate::naming;

/// The fields of a system that are controls of the whole of it.
pub(super) const CONTROLS: [&str; 5] =
    ["human_oversight", "access_control", "monitoring", "incident_response", "change_management"];

pub(super) fn controls<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let mut found = Vec::new();
    for threat in parts.card.security_considerations.threats.iter() {
        for (number, taken) in (1..).zip(threat.mitigations.iter()) {
            found.push(of_threat(parts, threat, taken, control(id(&threat.id), number)));
        }
    }
    let system = parts.tree.get("system");
    for field in CONTROLS {
        let words = system.and_then(|system| system.get(field)?.stated());
        found.extend(words.map(|words| of_system(field, words)));
    }
    found
}

fn of_threat<'c>(parts: &Parts<'c>, threat: &Threat<'_>, taken: &'c Mitigation<'_>, own: String) -> Node<'c> {
    let (name, description) = naming::mitigation(taken, &own);
    let status = (threat.status == Some(ThreatStatus::Mitigated)).then_some("implemented");
    let reference = stated(&taken.r#ref).map(str::to_owned);
    let reference = reference.map(|reference| property("smcard:threats:mitigations.ref".to_owned(), reference));
    Object::new()
        .with("bom-ref", text(own))
        .with("name", text(name))
        .with_text("description", description)
        .with_text("status", status)
        .with("appliesTo", affected(parts, threat))
        .with("properties", list(reference))
        .node()
}

/// A control without anything that it applies to: it is one of the whole system.
fn of_system<'c>(field: &'static str, words: &str) -> Node<'c> {
    let mut name = field.replace('_', " ");
    name.get_mut(..1).map(str::make_ascii_uppercase);
    Object::new()
        .with("bom-ref", text(refs::of("control", field)))
        .with("name", text(name))
        .with("description", text(words.to_owned()))
        .node()
}
