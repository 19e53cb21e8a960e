//! The system family: what a reviewer would ask of a data-flow diagram, asked by the compiler.
//!
//! Each finding names what no threat covers, and a technique to begin with.

use crate::card::{AiClass, Component, ComponentKind, File, Flow, Permission, Sensitivity, Trust, Zone};
use crate::excerpt::shown;
use crate::finding::Problem;
use crate::rule::{Level, Rule};
use crate::rules::site::{Site, Tell};
use crate::rules::{Check, On};
use crate::taxonomy;
use crate::tree::Node;

pub(super) const CHECKS: &[&Check] =
    &[&BOUNDARY_WITHOUT_THREAT, &TOOL_WITHOUT_THREAT, &SUPPLIER_WITHOUT_DIGEST, &SENSITIVE_DATA_WITHOUT_THREAT];

static BOUNDARY_WITHOUT_THREAT: Check = Check {
    rule: Rule {
        code: "boundary-without-threat",
        summary: "A flow out of an untrusted zone has a threat.",
        explanation: "What comes over a trust boundary is what an adversary controls. A threat \
                      that `affects` the flow or its target says what happens then.",
        level: Level::Warning,
        adjustable: true,
    },
    on: On::Block(Flow::SCHEMA, boundary_without_threat),
};

static TOOL_WITHOUT_THREAT: Check = Check {
    rule: Rule {
        code: "tool-without-threat",
        summary: "A tool that the model may use without approval has a threat.",
        explanation: "Whoever steers the model steers its tools (OWASP Top 10 for Agentic \
                      Applications, ASI02). A threat that `affects` the tool says what the worst \
                      use of it is.",
        level: Level::Warning,
        adjustable: true,
    },
    on: On::Block(Component::SCHEMA, tool_without_threat),
};

static SUPPLIER_WITHOUT_DIGEST: Check = Check {
    rule: Rule {
        code: "supplier-without-digest",
        summary: "A model from a supplier has a digest for each file, or a threat.",
        explanation: "A model that is downloaded by name is whatever stands under that name \
                      today. A digest fixes it; a threat that `affects` the component says what \
                      happens if it changes.",
        level: Level::Warning,
        adjustable: true,
    },
    on: On::Block(Component::SCHEMA, supplier_without_digest),
};

static SENSITIVE_DATA_WITHOUT_THREAT: Check = Check {
    rule: Rule {
        code: "sensitive-data-without-threat",
        summary: "Confidential data has a privacy threat, or a text about privacy.",
        explanation: "A model can give away what it was trained on or what it can read (NIST AI \
                      100-2, privacy compromises). A threat that `affects` the component or \
                      serves `Privacy`, or `objectives.privacy`, says how that is prevented.",
        level: Level::Warning,
        adjustable: true,
    },
    on: On::Block(Component::SCHEMA, sensitive_data_without_threat),
};

fn boundary_without_threat(site: &Site<'_>, tell: &mut Tell<'_>) {
    let text = |key: &str| site.node.get(key)?.stated();
    let (Some(id), Some(from), Some(to)) = (text(Flow::id()), text(Flow::from()), text(Flow::to())) else { return };
    let ids = &site.context.ids;
    // What is not in the card has its finding.
    let Some(source) = ids.block(Component::SCHEMA, from) else { return };
    let Some(target) = ids.block(Component::SCHEMA, to) else { return };
    let (Runs::In(here, Trust::Untrusted), there) = (Runs::of(source, site), Runs::of(target, site)) else { return };
    if matches!(there, Runs::In(_, Trust::Untrusted) | Runs::Unseen) || affected(site, &[id, to]) {
        return;
    }
    tell.field(site, Flow::id(), &|| {
        let there = match there {
            Runs::In(zone, trust) => format!("in `{}` ({})", shown(zone), trust.name()),
            _ => "in no zone".to_owned(),
        };
        let problem = Problem::new(format!(
            "`{}` comes from an untrusted zone, and no threat affects it or `{}`",
            shown(id),
            shown(to)
        ));
        let kind = choice(target, Component::kind(), ComponentKind::from_name);
        uncovered(problem, id, technique(kind, site)).note(format!(
            "it goes from `{}` in `{}` (Untrusted) to `{}` {there}",
            shown(from),
            shown(here),
            shown(to)
        ))
    });
}

/// Where a component runs.
#[derive(Clone, Copy)]
enum Runs<'n> {
    In(&'n str, Trust),
    /// The card does not say.
    Nowhere,
    /// What the card says is wrong, or not known yet.
    Unseen,
}

impl<'n> Runs<'n> {
    fn of(component: &'n Node<'n>, site: &'n Site<'_>) -> Self {
        let Some(zone) = component.get(Component::zone()) else { return Runs::Nowhere };
        let Some(id) = zone.stated() else { return if zone.words().is_some() { Runs::Nowhere } else { Runs::Unseen } };
        let trust =
            site.context.ids.block(Zone::SCHEMA, id).and_then(|zone| choice(zone, Zone::trust(), Trust::from_name));
        trust.map_or(Runs::Unseen, |trust| Runs::In(id, trust))
    }
}

fn tool_without_threat(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(id) = site.node.get(Component::id()).and_then(Node::stated) else { return };
    let kind = choice(site.node, Component::kind(), ComponentKind::from_name);
    let permission = choice(site.node, Component::permission(), Permission::from_name);
    if kind != Some(ComponentKind::Tool) || permission != Some(Permission::Allowed) || affected(site, &[id]) {
        return;
    }
    tell.field(site, Component::id(), &|| {
        let problem = format!("the model may use `{}` without approval, and no threat affects it", shown(id));
        uncovered(Problem::new(problem), id, "ASI02")
    });
}

fn supplier_without_digest(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(id) = site.node.get(Component::id()).and_then(Node::stated) else { return };
    let foreign = match choice(site.node, Component::kind(), ComponentKind::from_name) {
        Some(ComponentKind::BaseModel | ComponentKind::Adapter) => true,
        Some(ComponentKind::Model | ComponentKind::Guardrail) => false,
        _ => return,
    };
    let files = site.node.get(Component::files());
    let loose = files.map(Node::items).unwrap_or_default().iter().find(|file| file.get(File::sha256()).is_none());
    // A list that is empty, or none at all, has its finding.
    let pinned = files.is_some() && loose.is_none();
    if pinned || !(foreign || site.tells_of(Component::supplier())) || affected(site, &[id]) {
        return;
    }
    if files.is_none() && site.was_meant(Component::files()) {
        return;
    }
    tell.field(site, Component::id(), &|| {
        let problem = Problem::new(format!("`{}` is not pinned by a digest, and no threat affects it", shown(id)));
        let problem = match loose.and_then(|file| file.get(File::path())?.stated()) {
            Some(path) => problem.help(format!("add `sha256: \"…\"` to `{}` in `files`", shown(path))),
            None => problem.help("add `files: [{ path: \"…\", sha256: \"…\" }]`"),
        };
        uncovered(problem, id, "AML.T0010.003")
    });
}

fn sensitive_data_without_threat(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(id) = site.node.get(Component::id()).and_then(Node::stated) else { return };
    let Some(sensitivity) = choice(site.node, Component::sensitivity(), Sensitivity::from_name) else { return };
    if sensitivity < Sensitivity::Confidential || affected(site, &[id]) || site.context.may_be_private() {
        return;
    }
    tell.field(site, Component::id(), &|| {
        let problem = Problem::new(format!(
            "`{}` is {}, and neither a threat nor a text is about privacy",
            shown(id),
            sensitivity.name().to_lowercase()
        ));
        uncovered(problem, id, "AML.T0024")
            .help("or say in `security_considerations.objectives.privacy` how the data is kept private")
    });
}

/// Whether a threat affects one of these; so too where nobody can tell.
fn affected(site: &Site<'_>, ids: &[&str]) -> bool {
    ids.iter().any(|id| site.context.may_be_affected(id))
}

/// Says what to do about something that no threat covers, and with what to begin.
fn uncovered(problem: Problem, id: &str, technique: &'static str) -> Problem {
    let name = taxonomy::find(technique).map_or("", |concept| concept.name);
    problem
        .start(id, technique)
        .help(format!("add `affects: [\"{}\"]` to the threat that covers it", shown(id)))
        .help(format!("for a new threat, start with {technique} ({name})"))
}

/// The technique that reaches a component of a kind over a flow.
fn technique(kind: Option<ComponentKind>, site: &Site<'_>) -> &'static str {
    let predicts = matches!(site.context.class.known(), Some(AiClass::Predictive) | None);
    match kind {
        Some(ComponentKind::Dataset) => "AML.T0020",
        Some(ComponentKind::DataStore) if predicts => "AML.T0020",
        Some(ComponentKind::DataStore) => "AML.T0070",
        Some(ComponentKind::Tool) => "AML.T0053",
        Some(ComponentKind::Service | ComponentKind::Library | ComponentKind::Client) => "AML.T0049",
        Some(ComponentKind::Prompt) => "AML.T0051",
        _ if predicts => "AML.T0043",
        _ => "AML.T0051",
    }
}

/// The choice that stands under a key.
fn choice<C>(node: &Node<'_>, key: &str, named: fn(&str) -> Option<C>) -> Option<C> {
    named(node.get(key)?.word()?)
}
