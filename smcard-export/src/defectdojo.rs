//! DefectDojo's generic findings: one for each threat that is open or accepted, and for each known vulnerability that
//! is not dealt with.
//!
//! DefectDojo shows texts as Markdown, and refuses a finding with a key that it does not know.

use smcard_core::tree::Node;
use smcard_core::{Day, Objective, Risk, SecurityCard, Text, Threat, ThreatStatus, Vulnerability, VulnerabilityStatus};

use crate::Format;
use crate::cyclonedx::cwe;
use crate::document::{Object, flag, list, number, text, texts, write};
use crate::leaves::{id, stated};
use crate::link;
use crate::markdown::{paragraph, reference};
use crate::naming;

pub(crate) const DEFECTDOJO: Format = Format {
    name: "defectdojo",
    extension: "defectdojo.json",
    doc: "Generic findings of DefectDojo, for tickets and the management of vulnerabilities.",
    write: |card, _| Ok(document(card)),
};

/// The longest title that DefectDojo stores, in characters.
const TITLE: usize = 511;

fn document(card: &SecurityCard<'_>) -> String {
    let security = &card.security_considerations;
    let name = naming::name(card);
    let threats = security.threats.iter().filter_map(|threat| of_threat(card, name, threat));
    let known = security.vulnerabilities.iter().filter_map(|known| of_vulnerability(card, name, known));
    let findings = list(threats.chain(known));
    let document = Object::new()
        .with("name", text("Security model card"))
        .with("type", text("Security model card"))
        // An import without findings is one all the same.
        .with("findings", findings.unwrap_or(Node { at: 0, value: smcard_core::tree::Value::List(Vec::new()) }));
    write(&document.node())
}

fn of_threat<'c>(card: &'c SecurityCard<'_>, name: &'c str, threat: &'c Threat<'_>) -> Option<Node<'c>> {
    let accepted = match threat.status {
        Some(ThreatStatus::Open) => false,
        Some(ThreatStatus::Accepted) => true,
        _ => return None,
    };
    let own = id(&threat.id);
    let mut description: Vec<String> = stated(&threat.scenario).map(paragraph).into_iter().collect();
    description.extend(affected(&threat.affects));
    let owner = stated(&threat.owner).map(|owner| fact("Owner", owner));
    let by = stated(&threat.acceptance.by).map(|by| fact("Accepted by", by));
    let until = stated(&threat.acceptance.expires).map(|day| fact("Accepted until", day));
    let why = stated(&threat.acceptance.reason).map(|reason| fact("Accepted because", reason));
    description.extend([owner, by, until, why].into_iter().flatten());
    let mitigations = threat.mitigations.iter().filter_map(|taken| {
        let described = stated(&taken.description).map(paragraph);
        let named = stated(&taken.r#ref).map(reference);
        let words: Vec<String> = named.into_iter().chain(described).collect();
        (!words.is_empty()).then(|| format!("- {}", words.join(": ").replace('\n', "\n  ")))
    });
    let mitigation = joined(mitigations, "\n");
    let objectives = threat.serves(card.security_considerations.ai_class).into_iter();
    let finding = finding(card, name, own, stated(&threat.title), threat.risk(), description)
        .with_text("severity_justification", Some(justification(threat)))
        .with_text("mitigation", mitigation)
        .with_text("impact", threat.impact.map(|impact| format!("Impact: {}", impact.name())))
        .with_text("references", references(&threat.refs, None))
        .with("cwe", weakness(&threat.refs))
        .with("active", flag(!accepted))
        .with("verified", flag(false))
        .with("risk_accepted", flag(accepted))
        .with_text("planned_remediation_date", day(&threat.due))
        .with("tags", texts(std::iter::once("threat".to_owned()).chain(objectives.map(tag))));
    Some(finding.node())
}

fn of_vulnerability<'c>(card: &'c SecurityCard<'_>, name: &'c str, known: &'c Vulnerability<'_>) -> Option<Node<'c>> {
    let status = known.status?;
    if !matches!(status, VulnerabilityStatus::Open | VulnerabilityStatus::InTriage | VulnerabilityStatus::Accepted) {
        return None;
    }
    let own = id(&known.id);
    let accepted = status == VulnerabilityStatus::Accepted;
    let mut description: Vec<String> = stated(&known.title).map(paragraph).into_iter().collect();
    description.extend(affected(&known.affects));
    let published = own.starts_with("CVE-") || own.starts_with("GHSA-");
    let finding = finding(card, name, own, stated(&known.title), known.severity, description)
        .with_text("severity_justification", known.severity.is_none().then_some(NOT_ASSESSED))
        .with_text("references", references(&known.refs, stated(&known.url)))
        .with("cwe", weakness(&known.refs))
        .with("active", flag(!accepted))
        .with("verified", flag(status != VulnerabilityStatus::InTriage))
        .with("under_review", flag(status == VulnerabilityStatus::InTriage))
        .with("risk_accepted", flag(accepted))
        .with_text("date", day(&known.found))
        .with_text("planned_remediation_version", stated(&known.fixed_in).filter(|version| short(version, 99)))
        .with("vulnerability_ids", texts(published.then_some(own)))
        .with("tags", texts(["vulnerability"]));
    Some(finding.node())
}

const NOT_ASSESSED: &str = "The card does not assess the risk.";

/// What every finding has.
fn finding<'c>(
    card: &'c SecurityCard<'_>,
    name: &'c str,
    own: &'c str,
    title: Option<&'c str>,
    risk: Option<Risk>,
    description: Vec<String>,
) -> Object<'c> {
    let title = title.unwrap_or(own);
    let whole = title.chars().count() <= TITLE;
    let title = if whole { title.to_owned() } else { title.chars().take(TITLE - 1).chain(['…']).collect() };
    let description = joined(description, "\n\n").unwrap_or_else(|| paragraph(own));
    Object::new()
        .with("title", text(title))
        // What was not judged has the lowest, and says why.
        .with("severity", text(risk.map_or("Info", Risk::name)))
        .with("description", text(description))
        .with("component_name", Some(name).filter(|name| short(name, 500)).map(text))
        .with_text("component_version", stated(&card.model_details.version).filter(|version| short(version, 100)))
        .with("unique_id_from_tool", Some(format!("{name}:{own}")).filter(|unique| short(unique, 500)).map(text))
        .with("vuln_id_from_tool", Some(own).filter(|own| short(own, 500)).map(text))
}

fn short(text: &str, most: usize) -> bool {
    text.chars().count() <= most
}

fn justification(threat: &Threat<'_>) -> String {
    match (threat.residual, threat.likelihood.zip(threat.impact)) {
        (Some(residual), _) => format!("Risk after the mitigations: {}.", residual.name()),
        (None, Some((likelihood, impact))) => format!("Likelihood {}, impact {}.", likelihood.name(), impact.name()),
        (None, None) => NOT_ASSESSED.to_owned(),
    }
}

fn fact(label: &str, words: &str) -> String {
    format!("**{label}:** {}", paragraph(words))
}

fn affected(ids: &[Text<'_>]) -> Option<String> {
    let ids: Vec<&str> = ids.iter().filter_map(Text::stated).collect();
    (!ids.is_empty()).then(|| fact("Affects", &ids.join(", ")))
}

fn references(refs: &[Text<'_>], url: Option<&str>) -> Option<String> {
    let url = url.map(|url| format!("- <{}>", link::of_url(url)));
    joined(
        url.into_iter().chain(refs.iter().filter_map(Text::stated).map(|text| format!("- {}", reference(text)))),
        "\n",
    )
}

fn weakness<'c>(refs: &[Text<'_>]) -> Option<Node<'c>> {
    refs.iter().filter_map(Text::stated).find_map(cwe).map(number)
}

fn tag(objective: Objective) -> String {
    Objective::SCHEMA.variant(objective.name()).map_or_else(String::new, |variant| variant.key().replace('_', "-"))
}

fn day(text: &Option<Text<'_>>) -> Option<String> {
    Some(Day::parse(stated(text)?)?.to_string())
}

fn joined(texts: impl IntoIterator<Item = String>, with: &str) -> Option<String> {
    let texts: Vec<String> = texts.into_iter().collect();
    (!texts.is_empty()).then(|| texts.join(with))
}
