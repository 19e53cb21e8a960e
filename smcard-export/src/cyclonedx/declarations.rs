//! What the card claims, and on what evidence: of threats that are dealt with, and of each objective of an adversary.

use std::collections::HashSet;

use smcard_core::tree::Node;
use smcard_core::{
    Answer, Objective, ObjectiveReport, Objectives, Test, TestResult, Text, Threat, ThreatStatus, taxonomy,
};

use super::parts::{Parts, begins, ends};
use super::refs;
use crate::document::{Object, list, text, texts};
use crate::leaves::{id, stated};

/// Where NIST AI 100-2 has an objective.
fn requirement(objective: Objective) -> &'static str {
    match objective {
        Objective::Availability => "NISTAML.01",
        Objective::Integrity => "NISTAML.02",
        Objective::Privacy => "NISTAML.03",
        Objective::Misuse => "NISTAML.04",
        _ => "NISTAML.05",
    }
}

pub(super) fn declarations<'c>(parts: &Parts<'c>) -> Option<Node<'c>> {
    let security = &parts.card.security_considerations;
    let tests: HashSet<&str> = security.tests.iter().map(|test| id(&test.id)).collect();
    let failed: HashSet<&str> =
        security.tests.iter().filter(|test| test.result == Some(TestResult::Failed)).map(|test| id(&test.id)).collect();
    let mut claims = Vec::new();
    let mut evidence = Vec::new();
    for (test, block) in security.tests.iter().zip(parts.blocks("security_considerations", "tests")) {
        evidence.push(of_test(parts, test, block));
    }
    for threat in security.threats.iter() {
        if let Some(word) = claimed(threat.status) {
            claims.push(of_threat(parts, threat, word, &tests, &failed));
            if !parts.is_preview() {
                evidence.extend(of_mitigations(threat));
            }
            evidence.extend(of_acceptance(threat));
        }
    }
    let reports = parts.card.objective_reports();
    let answered = || reports.iter().filter(|report| report.answer.is_covered());
    claims.extend(answered().map(|report| of_objective(parts, report)));
    let map = answered().map(|report| {
        let threats = report.threats.iter().filter(|threat| claimed(threat.status).is_some());
        let threats = threats.map(|threat| refs::of("claim", id(&threat.id)));
        let own = refs::of("claim:objective", requirement(report.objective));
        Object::new()
            .with("requirement", text(refs::of("requirement", requirement(report.objective))))
            .with("claims", texts(std::iter::once(own).chain(threats)))
            .node()
    });
    let attestation = list(map).map(|map| {
        let summary = "What the card says of each objective of an adversary, by its author's own account";
        Object::new().with("summary", text(summary)).with("map", map).node()
    });
    Object::new()
        .with("attestations", list(attestation))
        .with("claims", list(claims))
        .with("evidence", list(evidence))
        .some()
}

/// The standard that the claims answer to.
pub(super) fn definitions<'c>(parts: &Parts<'c>) -> Option<Node<'c>> {
    let reports = parts.card.objective_reports();
    let requirements = reports.iter().filter(|report| report.answer.is_covered()).map(|report| {
        let concept = requirement(report.objective);
        Object::new()
            .with("bom-ref", text(refs::of("requirement", concept)))
            .with("identifier", text(concept))
            .with_text("title", taxonomy::find(concept).map(|concept| concept.name))
            .node()
    });
    let standard = list(requirements).map(|requirements| {
        Object::new()
            .with("bom-ref", text(refs::STANDARD))
            .with("name", text("NIST AI 100-2"))
            .with("version", text("E2025"))
            .with("owner", text("NIST"))
            .with("requirements", requirements)
            .node()
    });
    Object::new().with("standards", list(standard)).some()
}

/// What is claimed of a threat with this status; nothing of one that is open.
fn claimed(status: Option<ThreatStatus>) -> Option<&'static str> {
    match status {
        Some(ThreatStatus::Mitigated) => Some("is mitigated"),
        Some(ThreatStatus::Accepted) => Some("is accepted"),
        Some(ThreatStatus::Transferred) => Some("is borne by somebody else"),
        Some(ThreatStatus::NotApplicable) => Some("does not apply"),
        _ => None,
    }
}

fn of_threat<'c>(
    parts: &Parts<'c>,
    threat: &'c Threat<'_>,
    word: &str,
    tests: &HashSet<&str>,
    failed: &HashSet<&str>,
) -> Node<'c> {
    let own = id(&threat.id);
    let name = stated(&threat.title).unwrap_or(own);
    // A claim has one target.
    let affected = parts.affected(&threat.affects);
    let target = match affected.as_slice() {
        [only] => only.clone(),
        _ => parts.model_ref.clone(),
    };
    let mut named = HashSet::new();
    let cited = threat.evidence.iter().filter_map(Text::stated).map(str::trim);
    let cited: Vec<&str> = cited.filter(|test| tests.contains(test) && named.insert(*test)).collect();
    let of_tests = |found: bool| {
        let those = cited.iter().filter(move |test| failed.contains(*test) != found);
        those.map(|test| refs::of("test", test)).collect::<Vec<_>>()
    };
    let acceptance = of_acceptance(threat).map(|_| refs::of("acceptance", own));
    let taken = if parts.is_preview() { control } else { mitigation };
    let mitigations = (1..=threat.mitigations.len()).map(|number| taken(own, number));
    Object::new()
        .with("bom-ref", text(refs::of("claim", own)))
        .with("target", text(target))
        .with("predicate", text(format!("{name} {word}")))
        .with("mitigationStrategies", texts(mitigations))
        .with_text("reasoning", stated(&threat.scenario))
        .with("evidence", texts(of_tests(true).into_iter().chain(acceptance)))
        .with("counterEvidence", texts(of_tests(false)))
        .node()
}

fn mitigation(threat: &str, number: usize) -> String {
    format!("mitigation:{threat}:{number}")
}

/// The control of the preview of 2.0 that a mitigation is.
pub(super) fn control(threat: &str, number: usize) -> String {
    format!("control:{threat}:{number}")
}

fn of_mitigations<'c>(threat: &'c Threat<'_>) -> Vec<Node<'c>> {
    let numbered = (1..).zip(threat.mitigations.iter());
    let evidence = numbered.map(|(number, taken)| {
        let described = stated(&taken.description);
        let description = match stated(&taken.r#ref) {
            Some(reference) => Some(format!("{reference}: {}", described.unwrap_or_default())),
            None => described.map(str::to_owned),
        };
        Object::new()
            .with("bom-ref", text(mitigation(id(&threat.id), number)))
            .with("propertyName", text("smcard:threats:mitigations"))
            .with_text("description", description)
            .node()
    });
    evidence.collect()
}

/// The decision to bear a risk: the day on which it ends stands here and nowhere else in the format.
fn of_acceptance<'c>(threat: &'c Threat<'_>) -> Option<Node<'c>> {
    let acceptance = &threat.acceptance;
    let given = [&acceptance.by, &acceptance.reason, &acceptance.expires].into_iter().any(Option::is_some);
    let by = stated(&acceptance.by).map(|by| Object::new().with("name", text(by)).node());
    let evidence = Object::new()
        .with("bom-ref", text(refs::of("acceptance", id(&threat.id))))
        .with("propertyName", text("smcard:threats:acceptance"))
        .with_text("description", stated(&acceptance.reason))
        .with("expires", ends(&acceptance.expires))
        .with("author", by);
    given.then(|| evidence.node())
}

fn of_test<'c>(parts: &Parts<'c>, test: &'c Test<'_>, block: &Node<'_>) -> Node<'c> {
    let words = [stated(&test.tool).map(str::to_owned), test.result.map(|result| result.name().to_owned())];
    let words: Vec<String> = words.into_iter().flatten().collect();
    let attachment = Object::new()
        .with(if parts.is_preview() { "mediaType" } else { "contentType" }, text("application/json"))
        // A tree of texts is JSON.
        .with("content", text(serde_json::to_string(block).unwrap_or_default()));
    let contents = Object::new().with("attachment", attachment.node());
    let data = Object::new().with("name", text("the test, as the card has it")).with("contents", contents.node());
    Object::new()
        .with("bom-ref", text(refs::of("test", id(&test.id))))
        .with("propertyName", text("smcard:tests"))
        .with("description", text(words.join(": ")))
        .with("data", list([data.node()]))
        .with("created", begins(&test.date))
        .with("author", stated(&test.by).map(|by| Object::new().with("name", text(by)).node()))
        .node()
}

fn of_objective<'c>(parts: &Parts<'c>, report: &ObjectiveReport<'_>) -> Node<'c> {
    let mut fields = Objective::ALL.into_iter().zip(Objectives::SCHEMA.fields);
    let field = fields.find(|(objective, _)| *objective == report.objective).map(|(_, field)| field);
    let sentence = field.map_or("", |field| field.sentence());
    let words = match report.answer {
        Answer::NotApplicable => format!("Does not apply: {sentence}"),
        _ => format!("Considered: {sentence}"),
    };
    let mut seen = HashSet::new();
    let tests = report.tests.iter().map(|test| id(&test.id)).filter(|test| seen.insert(*test));
    let tests: Vec<String> = tests.map(|test| refs::of("test", test)).collect();
    Object::new()
        .with("bom-ref", text(refs::of("claim:objective", requirement(report.objective))))
        .with("target", text(parts.model_ref.clone()))
        .with("predicate", text(words))
        .with_text("reasoning", report.text.map(|text| text.words().to_owned()))
        .with("evidence", texts(tests))
        .node()
}
