//! The risks: each threat as it is without mitigations and with them, what was decided, and who answers for it.

use smcard_core::tree::Node;
use smcard_core::{Risk, Threat, ThreatStatus};

use super::super::declarations::control;
use super::super::parts::{Parts, ends, property};
use super::super::{party, refs};
use super::levels;
use super::of_threat::{affected, title};
use crate::document::{Object, list, text, texts};
use crate::leaves::{id, stated};

pub(super) fn risks<'c>(parts: &Parts<'c>) -> Option<Node<'c>> {
    let threats = parts.card.security_considerations.threats.iter();
    Object::new().with("risks", list(threats.map(|threat| risk(parts, threat)))).some()
}

fn risk<'c>(parts: &Parts<'c>, threat: &'c Threat<'_>) -> Node<'c> {
    let own = id(&threat.id);
    let residual = threat.residual.map(|risk| Object::new().with("score", levels::score(risk).node()).node());
    let responses = responses(threat);
    // Where nothing responds, no field has the day.
    let due = stated(&threat.due).filter(|_| responses.is_empty());
    let due = due.map(|day| property("smcard:threats:due".to_owned(), day.to_owned()));
    Object::new()
        .with("bom-ref", text(refs::of("risk", own)))
        .with("name", text(title(threat)))
        .with("statement", text(stated(&threat.scenario).unwrap_or_else(|| title(threat))))
        .with("affects", affected(parts, threat))
        .with("relatedThreats", texts([refs::of("threat", own), refs::of("scenario", own)]))
        .with("inherentRisk", inherent(threat))
        .with("residualRisk", residual)
        .with("responses", list(responses))
        .with("status", status(threat))
        .with("owner", party::of("owner", &threat.owner))
        .with("properties", list(due))
        .node()
}

/// The risk before any mitigation; what was not judged is left out.
fn inherent<'c>(threat: &Threat<'_>) -> Option<Node<'c>> {
    let score = threat.likelihood.zip(threat.impact).map(|(likelihood, impact)| {
        levels::score(Risk::of(likelihood, impact)).with("methodology", text("qualitative-matrix")).node()
    });
    Object::new()
        .with("likelihood", threat.likelihood.map(levels::likelihood))
        .with("impact", threat.impact.map(levels::impact))
        .with("score", score)
        .some()
}

fn status<'c>(threat: &Threat<'_>) -> Node<'c> {
    match threat.status {
        Some(ThreatStatus::Mitigated) => text("mitigated"),
        Some(ThreatStatus::Accepted) => text("accepted"),
        Some(ThreatStatus::Transferred) => text("transferred"),
        Some(ThreatStatus::NotApplicable) => Object::new().with("name", text("not-applicable")).node(),
        _ if threat.risk().is_some() => text("assessed"),
        _ => text("identified"),
    }
}

/// What is done about a threat, or will be.
fn responses<'c>(threat: &'c Threat<'_>) -> Vec<Node<'c>> {
    let own = id(&threat.id);
    let controls = || texts((1..=threat.mitigations.len()).map(|number| control(own, number)));
    let response = |strategy: &'static str| {
        Object::new().with("bom-ref", text(format!("response:{own}:{strategy}"))).with("strategy", text(strategy))
    };
    let mitigated = threat.status == Some(ThreatStatus::Mitigated);
    let reduces = match threat.status {
        Some(ThreatStatus::Mitigated) => true,
        Some(ThreatStatus::Transferred | ThreatStatus::NotApplicable) => false,
        _ => !threat.mitigations.is_empty(),
    };
    let mut found = Vec::new();
    if reduces {
        let status = mitigated.then_some("implemented");
        found.push(response("reduce").with("controls", controls()).with_text("status", status));
    }
    match threat.status {
        Some(ThreatStatus::Accepted) => found.push(accepted(threat, response("accept"))),
        Some(ThreatStatus::Transferred) => found.push(response("transfer").with("controls", controls())),
        _ => {}
    }
    let mut due = ends(&threat.due);
    found.into_iter().map(|response| response.with("targetDate", due.take()).node()).collect()
}

/// Who bears a risk, and why; until when has no field.
fn accepted<'c>(threat: &'c Threat<'_>, response: Object<'c>) -> Object<'c> {
    let acceptance = &threat.acceptance;
    let expires = stated(&acceptance.expires);
    let expires = expires.map(|day| property("smcard:threats:acceptance.expires".to_owned(), day.to_owned()));
    response
        .with_text("description", stated(&acceptance.reason))
        .with("owner", party::of("owner", &acceptance.by))
        .with("properties", list(expires))
}
