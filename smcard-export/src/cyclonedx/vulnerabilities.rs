//! What is wrong, or can go wrong and is not dealt with: threats that are open or accepted, and known vulnerabilities.

use smcard_core::tree::Node;
use smcard_core::{Acceptance, Risk, Threat, ThreatStatus, Vulnerability, VulnerabilityStatus};

use super::parts::{Parts, properties, version};
use super::references::{numbers, weaknesses};
use super::refs;
use crate::document::{Object, list, text, texts};
use crate::leaves::{id, stated};
use crate::link;

pub(super) fn vulnerabilities<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let security = &parts.card.security_considerations;
    let mut found = Vec::new();
    // The preview has threats of its own.
    if !parts.is_preview() {
        for (threat, block) in security.threats.iter().zip(parts.blocks("security_considerations", "threats")) {
            found.extend(of_threat(parts, threat, block));
        }
    }
    let blocks = parts.blocks("security_considerations", "vulnerabilities");
    for (vulnerability, block) in security.vulnerabilities.iter().zip(blocks) {
        found.push(known(parts, vulnerability, block));
    }
    found
}

fn of_threat<'c>(parts: &Parts<'c>, threat: &'c Threat<'_>, block: &Node<'_>) -> Option<Node<'c>> {
    let analysis = match threat.status {
        Some(ThreatStatus::Open) => Object::new().with("state", text("in_triage")),
        Some(ThreatStatus::Accepted) => Object::new()
            .with("state", text("exploitable"))
            .with("response", texts(["will_not_fix"]))
            .with_text("detail", accepted(&threat.acceptance)),
        _ => return None,
    };
    let inherent = threat.likelihood.zip(threat.impact);
    let inherent = inherent.map(|(likelihood, impact)| {
        let words = format!("before any mitigation: likelihood {}, impact {}", likelihood.name(), impact.name());
        rating(Risk::of(likelihood, impact), Some(words))
    });
    let residual = threat.residual.map(|risk| rating(risk, Some("after the mitigations".to_owned())));
    let affects = parts.affected(&threat.affects);
    let vulnerability = Object::new()
        .with("bom-ref", text(refs::of("threat", id(&threat.id))))
        .with("id", text(format!("SMC-{}", id(&threat.id))))
        .with("source", source())
        .with("ratings", list(residual.into_iter().chain(inherent)))
        .with("cwes", numbers(&threat.refs))
        .with("description", text(stated(&threat.title).unwrap_or_else(|| id(&threat.id))))
        .with_text("detail", stated(&threat.scenario))
        .with("analysis", analysis.node())
        .with("affects", list(affects.into_iter().map(|name| Object::new().with("ref", text(name)).node())))
        .with("properties", properties(block, "threats:", &["id", "title", "scenario"]));
    Some(vulnerability.node())
}

/// Who accepted a risk, until when and why, in a sentence.
fn accepted(acceptance: &Acceptance<'_>) -> Option<String> {
    let by = stated(&acceptance.by).map(|by| format!("by {by}"));
    let until = stated(&acceptance.expires).map(|day| format!("until {day}"));
    let who: Vec<String> = by.into_iter().chain(until).collect();
    let who = (!who.is_empty()).then(|| format!("Accepted {}", who.join(" ")));
    match (who, stated(&acceptance.reason)) {
        (Some(who), Some(reason)) => Some(format!("{who}: {reason}")),
        (who, reason) => who.or_else(|| reason.map(str::to_owned)),
    }
}

fn known<'c>(parts: &Parts<'c>, vulnerability: &'c Vulnerability<'_>, block: &Node<'_>) -> Node<'c> {
    let analysis = match vulnerability.status {
        Some(VulnerabilityStatus::Open) => Some(Object::new().with("state", text("exploitable"))),
        Some(VulnerabilityStatus::InTriage) => Some(Object::new().with("state", text("in_triage"))),
        Some(VulnerabilityStatus::Fixed) => Some(Object::new().with("state", text("resolved"))),
        Some(VulnerabilityStatus::NotAffected) => Some(Object::new().with("state", text("not_affected"))),
        Some(VulnerabilityStatus::Accepted) => {
            Some(Object::new().with("state", text("exploitable")).with("response", texts(["will_not_fix"])))
        }
        _ => None,
    };
    let fixed = version(&vulnerability.fixed_in);
    let affected = parts.affected(&vulnerability.affects).into_iter().map(|name| {
        let versions =
            fixed.map(|fixed| Object::new().with("version", text(fixed)).with("status", text("unaffected")).node());
        Object::new().with("ref", text(name)).with("versions", list(versions)).node()
    });
    let advisory = stated(&vulnerability.url).map(|url| Object::new().with("url", text(link::of_url(url))).node());
    let elsewhere = ["id", "title", "status", "severity", "fixed_in", "url"];
    Object::new()
        .with("bom-ref", text(refs::of("vulnerability", id(&vulnerability.id))))
        .with("id", text(id(&vulnerability.id)))
        .with("ratings", list(vulnerability.severity.map(|severity| rating(severity, None))))
        .with("cwes", numbers(&vulnerability.refs).filter(|_| !parts.is_preview()))
        .with("weaknesses", weaknesses(&vulnerability.refs).filter(|_| parts.is_preview()))
        .with_text("description", stated(&vulnerability.title))
        .with("advisories", list(advisory))
        .with("analysis", analysis.map(Object::node))
        .with("affects", list(affected))
        .with("properties", properties(block, "vulnerabilities:", &elsewhere))
        .node()
}

fn source<'c>() -> Node<'c> {
    Object::new().with("name", text("security model card")).node()
}

fn rating<'c>(risk: Risk, justification: Option<String>) -> Node<'c> {
    Object::new()
        .with("severity", text(risk.name().to_lowercase()))
        .with("method", text("other"))
        .with_text("justification", justification)
        .node()
}
