//! Threats, known vulnerabilities, and what counters them.

use std::collections::{HashMap, HashSet};

use smcard_core::taxonomy::Reference;
use smcard_core::tree::Node;
use smcard_core::{Mitigation, Risk, Text, Threat, ThreatStatus, Vulnerability, VulnerabilityStatus};

use super::{Parts, attributes, level};
use crate::document::{Object, list, null, number, text, texts};
use crate::leaves::{Leaf, beside, id, stated};
use crate::naming;

/// A threat at something that it affects.
#[derive(Clone)]
pub(super) struct Instance<'c> {
    threat: &'c str,
    state: &'static str,
    /// The numbers of its mitigations, and whether they are in place.
    mitigations: usize,
    implemented: bool,
}

impl<'c> Instance<'c> {
    pub(super) fn node(&self) -> Node<'c> {
        let mitigations = (1..=self.mitigations).map(|number| {
            let state = if self.implemented { text("implemented") } else { null() };
            Object::new().with("mitigation", text(mitigation(self.threat, number))).with("state", state).node()
        });
        Object::new()
            .with("threat", text(self.threat))
            .with("state", text(self.state))
            .with("mitigations", list(mitigations))
            .node()
    }
}

/// The threats and vulnerabilities at each component and flow, by its id; at the model those that name nothing.
pub(super) fn instances<'c>(parts: &Parts<'c>) -> HashMap<&'c str, Vec<Instance<'c>>> {
    let security = &parts.card.security_considerations;
    let mut affected: HashMap<&'c str, Vec<Instance<'c>>> = HashMap::new();
    let mut put = |affects: &'c [Text<'c>], instance: &Instance<'c>| {
        let model = parts.model.map(|model| id(&model.id)).filter(|_| affects.is_empty());
        let mut seen = HashSet::new();
        for asset in affects.iter().filter_map(Text::stated).map(str::trim).chain(model) {
            if seen.insert(asset) {
                affected.entry(asset).or_default().push(instance.clone());
            }
        }
    };
    for threat in security.threats.iter() {
        let implemented = threat.status == Some(ThreatStatus::Mitigated);
        let (threat_id, state) = (id(&threat.id), state(threat.status));
        let mitigations = threat.mitigations.len();
        put(&threat.affects, &Instance { threat: threat_id, state, mitigations, implemented });
    }
    for known in security.vulnerabilities.iter() {
        let state = match known.status {
            Some(VulnerabilityStatus::Fixed) => "mitigated",
            Some(VulnerabilityStatus::NotAffected) => "not-applicable",
            Some(VulnerabilityStatus::Accepted) => "accepted",
            _ => "exposed",
        };
        put(&known.affects, &Instance { threat: id(&known.id), state, mitigations: 0, implemented: false });
    }
    affected
}

fn state(status: Option<ThreatStatus>) -> &'static str {
    match status {
        Some(ThreatStatus::Mitigated) => "mitigated",
        Some(ThreatStatus::Accepted) => "accepted",
        Some(ThreatStatus::Transferred) => "transferred",
        Some(ThreatStatus::NotApplicable) => "not-applicable",
        _ => "exposed",
    }
}

pub(super) fn threats<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let security = &parts.card.security_considerations;
    let threats = security.threats.iter().zip(parts.blocks("security_considerations", "threats"));
    let known = security.vulnerabilities.iter().zip(parts.blocks("security_considerations", "vulnerabilities"));
    let threats = threats.map(|(threat, block)| of_threat(threat, block));
    threats.chain(known.map(|(known, block)| of_vulnerability(known, block))).collect()
}

fn of_threat<'c>(threat: &'c Threat<'_>, block: &Node<'_>) -> Node<'c> {
    let elsewhere = ["id", "title", "refs", "affects", "scenario", "mitigations"];
    let rest = beside(block, "threats:", &elsewhere).into_iter().chain(named_weaknesses(&threat.refs, "threats"));
    Object::new()
        .with("id", text(id(&threat.id)))
        .with("name", text(stated(&threat.title).unwrap_or_else(|| id(&threat.id))))
        .with_text("description", stated(&threat.scenario))
        .with("categories", texts(categories(&threat.refs)))
        .with("cwes", texts(weaknesses(&threat.refs)))
        .with("risk", risk(threat.likelihood, threat.impact))
        .with("attributes", attributes(rest))
        .node()
}

fn of_vulnerability<'c>(known: &'c Vulnerability<'_>, block: &Node<'_>) -> Node<'c> {
    let rest = beside(block, "vulnerabilities:", &["id", "title", "affects", "refs"]).into_iter();
    let rest = rest.chain(named_weaknesses(&known.refs, "vulnerabilities"));
    Object::new()
        .with("id", text(id(&known.id)))
        .with("name", text(stated(&known.title).unwrap_or_else(|| id(&known.id))))
        .with("categories", texts(categories(&known.refs)))
        .with("cwes", texts(weaknesses(&known.refs)))
        .with("risk", risk(None, known.severity))
        .with("tags", texts(["vulnerability"]))
        .with("attributes", attributes(rest))
        .node()
}

/// What was not judged is 0 where the format wants a number, and says so.
fn risk<'c>(likelihood: Option<Risk>, impact: Option<Risk>) -> Node<'c> {
    let not_assessed = |level: Option<Risk>| level.is_none().then_some("not assessed");
    Object::new()
        .with("likelihood", likelihood.map_or_else(null, |likelihood| number(level(likelihood))))
        .with_text("likelihoodComment", not_assessed(likelihood))
        .with("impact", number(impact.map_or(0.0, level)))
        .with_text("impactComment", not_assessed(impact))
        .node()
}

fn is_weakness(reference: &str) -> bool {
    Reference::new(reference).id.starts_with("CWE-")
}

fn categories<'c>(refs: &'c [Text<'_>]) -> impl Iterator<Item = &'c str> {
    refs.iter().filter_map(Text::stated).filter(|reference| !is_weakness(reference))
}

fn weaknesses<'c>(refs: &'c [Text<'_>]) -> impl Iterator<Item = &'c str> {
    let weaknesses = refs.iter().filter_map(Text::stated).filter(|reference| is_weakness(reference));
    weaknesses.map(|reference| Reference::new(reference).id)
}

/// The names that the card gives to CWE entries, for which the format has no field.
fn named_weaknesses<'r>(refs: &'r [Text<'_>], of: &'r str) -> impl Iterator<Item = Leaf> + 'r {
    let named = refs.iter().enumerate().filter_map(|(index, text)| Some((index, text.stated()?)));
    let named = named.filter(|(_, reference)| is_weakness(reference) && Reference::new(reference).id != *reference);
    named.map(move |(index, text)| Leaf { path: format!("smcard:{of}:refs[{index}]"), text: text.to_owned() })
}

fn mitigation(threat: &str, number: usize) -> String {
    format!("{threat}:{number}")
}

pub(super) fn mitigations<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let mut found = Vec::new();
    for threat in parts.card.security_considerations.threats.iter() {
        let share = share(threat);
        for (number, taken) in (1..).zip(threat.mitigations.iter()) {
            found.push(of_mitigation(taken, mitigation(id(&threat.id), number), share));
        }
    }
    found
}

fn of_mitigation<'c>(taken: &'c Mitigation<'_>, own: String, share: Option<f64>) -> Node<'c> {
    let (name, description) = naming::mitigation(taken, &own);
    let noted = stated(&taken.r#ref).map(|text| ("smcard:threats:mitigations.ref", text.to_owned()));
    let noted =
        noted.into_iter().chain(share.is_none().then(|| ("smcard:export:riskReduction", "not assessed".to_owned())));
    let noted = noted.map(|(path, text)| Leaf { path: path.to_owned(), text });
    Object::new()
        .with("id", text(own))
        .with("name", text(name))
        .with_text("description", description)
        .with("riskReduction", number(share.unwrap_or(0.0)))
        .with("attributes", attributes(noted))
        .node()
}

/// How much of the inherent risk each mitigation takes away, in percent; none if that was not judged.
fn share(threat: &Threat<'_>) -> Option<f64> {
    let inherent = level(Risk::of(threat.likelihood?, threat.impact?));
    let residual = level(threat.residual?);
    let count = u32::try_from(threat.mitigations.len()).ok()?;
    Some(((inherent - residual) / inherent * 100.0).max(0.0) / f64::from(count.max(1)))
}
