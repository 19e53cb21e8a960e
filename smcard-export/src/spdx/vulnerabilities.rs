//! What is known to be wrong: vulnerabilities, each with what was decided about it.

use std::collections::{HashMap, HashSet};

use smcard_core::tree::Node;
use smcard_core::{SecurityCard, Text, Threat, Vulnerability, VulnerabilityStatus};

use super::graph::Graph;
use super::references::reference;
use crate::document::{Object, list, text};
use crate::leaves::{id, stated};
use crate::{cyclonedx, link, naming};

/// The elements that can have a vulnerability.
pub(super) struct Targets<'p, 'c> {
    /// The model of the card.
    pub(super) model: &'p str,
    /// Each component that is an element, by its id.
    pub(super) components: &'p HashMap<&'c str, String>,
}

impl Targets<'_, '_> {
    /// The elements of these ids, each once; the model where nothing is named. A service or a flow is no element.
    fn of(&self, ids: &[Text<'_>]) -> Vec<String> {
        if ids.is_empty() {
            return vec![self.model.to_owned()];
        }
        let mut seen = HashSet::new();
        let iris = ids.iter().filter_map(Text::stated).filter_map(|id| self.components.get(id.trim()));
        iris.filter(|iri| seen.insert(*iri)).cloned().collect()
    }
}

pub(super) fn add<'c>(graph: &mut Graph<'c>, card: &'c SecurityCard<'_>, targets: &Targets<'_, 'c>) {
    let security = &card.security_considerations;
    let mut known = HashSet::new();
    for vulnerability in security.vulnerabilities.iter() {
        known.insert(id(&vulnerability.id));
        of_card(graph, card, targets, vulnerability);
    }
    // A policy may let a threat refer to a vulnerability that is in no taxonomy.
    for threat in security.threats.iter() {
        for cve in threat.refs.iter().filter_map(Text::stated).filter_map(cve) {
            if known.insert(cve) {
                of_threat(graph, targets, threat, cve);
            }
        }
    }
}

fn of_card<'c>(
    graph: &mut Graph<'c>,
    card: &'c SecurityCard<'_>,
    targets: &Targets<'_, 'c>,
    vulnerability: &'c Vulnerability<'_>,
) {
    let own = id(&vulnerability.id);
    let iri = graph.iri("vulnerability", own);
    let advisory = stated(&vulnerability.url).map(|url| reference("securityAdvisory", link::of_url(url), None));
    let mut seen = HashSet::new();
    let weaknesses = vulnerability.refs.iter().filter_map(Text::stated).filter_map(cyclonedx::cwe);
    let weaknesses = weaknesses.filter(|number| seen.insert(*number));
    let weaknesses = weaknesses.map(|number| reference("cwe", format!("CWE-{number}"), None));
    let facts = [
        vulnerability.status.map(|status| format!("Status: {}", status.name())),
        vulnerability.severity.map(|severity| format!("Severity: {}", severity.name())),
        stated(&vulnerability.found).map(|day| format!("Found: {day}")),
        stated(&vulnerability.fixed_in).map(|version| format!("Fixed in: {version}")),
        (!vulnerability.affects.is_empty()).then(|| {
            let ids: Vec<&str> = vulnerability.affects.iter().filter_map(Text::stated).collect();
            format!("Affects: {}", ids.join(", "))
        }),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let properties = Object::new()
        .with("name", text(own))
        .with_text("description", stated(&vulnerability.title))
        .with_text("comment", (!facts.is_empty()).then(|| facts.join("\n")))
        .with("externalIdentifier", list([identifier(own)]))
        .with("externalRef", list(advisory.into_iter().chain(weaknesses)));
    graph.add(&iri, "security_Vulnerability", properties);
    let affected = targets.of(&vulnerability.affects);
    if vulnerability.status != Some(VulnerabilityStatus::NotAffected) {
        associate(graph, &affected, &iri);
    }
    decided(graph, card, vulnerability, &iri, affected);
}

fn of_threat<'c>(graph: &mut Graph<'c>, targets: &Targets<'_, 'c>, threat: &'c Threat<'_>, cve: &'c str) {
    let iri = graph.iri("vulnerability", cve);
    let properties = Object::new()
        .with("name", text(cve))
        .with_text("description", stated(&threat.title).or_else(|| stated(&threat.scenario)))
        .with("externalIdentifier", list([identifier(cve)]));
    graph.add(&iri, "security_Vulnerability", properties);
    associate(graph, &targets.of(&threat.affects), &iri);
}

fn associate(graph: &mut Graph<'_>, affected: &[String], vulnerability: &str) {
    for element in affected {
        graph.relate(element, "hasAssociatedVulnerability", &[vulnerability.to_owned()]);
    }
}

/// Adds what was decided, as SPDX has it after VEX.
fn decided<'c>(
    graph: &mut Graph<'c>,
    card: &'c SecurityCard<'_>,
    vulnerability: &'c Vulnerability<'_>,
    iri: &str,
    affected: Vec<String>,
) {
    let Some(status) = vulnerability.status else { return };
    // What the word means, in the words of the schema: more than the word, no card says.
    let variant = VulnerabilityStatus::SCHEMA.variant(status.name());
    let meaning = variant.map_or("", |variant| variant.doc.lines().next().unwrap_or_default().trim());
    let says = |key: &'static str| Object::new().with(key, text(meaning));
    let (class, relation, properties, affected) = match status {
        VulnerabilityStatus::Open | VulnerabilityStatus::Accepted => {
            ("security_VexAffectedVulnAssessmentRelationship", "affects", says("security_actionStatement"), affected)
        }
        VulnerabilityStatus::InTriage => (
            "security_VexUnderInvestigationVulnAssessmentRelationship",
            "underInvestigationFor",
            says("security_statusNotes"),
            affected,
        ),
        VulnerabilityStatus::NotAffected => (
            "security_VexNotAffectedVulnAssessmentRelationship",
            "doesNotAffect",
            says("security_impactStatement"),
            affected,
        ),
        VulnerabilityStatus::Fixed => {
            let Some(fixed) = stated(&vulnerability.fixed_in) else { return };
            let fixed = fixed_in(graph, card, affected, fixed);
            ("security_VexFixedVulnAssessmentRelationship", "fixedIn", says("security_statusNotes"), fixed)
        }
        _ => return,
    };
    graph.relate_as(class, iri, relation, &affected, properties);
}

/// What no longer has a vulnerability: the model itself if it has that version, else a package of that version.
fn fixed_in<'c>(
    graph: &mut Graph<'c>,
    card: &'c SecurityCard<'_>,
    affected: Vec<String>,
    version: &'c str,
) -> Vec<String> {
    if stated(&card.model_details.version) == Some(version) {
        return affected;
    }
    let iri = graph.iri("fixed", version);
    let package = Object::new()
        .with("name", text(naming::name(card)))
        .with("software_primaryPurpose", text("model"))
        .with("software_packageVersion", text(version));
    graph.add(&iri, "software_Package", package);
    vec![iri]
}

fn identifier(id: &str) -> Node<'_> {
    let sort = if cve(id).is_some() { "cve" } else { "securityOther" };
    Object::new()
        .with("type", text("ExternalIdentifier"))
        .with("externalIdentifierType", text(sort))
        .with("identifier", text(id))
        .node()
}

/// The id of a CVE that a text begins with.
fn cve(text: &str) -> Option<&str> {
    let id = text.split_whitespace().next()?;
    let (year, number) = id.strip_prefix("CVE-")?.split_once('-')?;
    let digits = |text: &str| text.len() >= 4 && text.chars().all(|char| char.is_ascii_digit());
    (digits(year) && digits(number)).then_some(id)
}
