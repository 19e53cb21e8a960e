//! The security family: objectives that nobody forgot, and risks within what the policy allows.

use crate::card::{Objective, Objectives, Risk, SecurityConsiderations, Threat, ThreatStatus};
use crate::finding::Problem;
use crate::posture;
use crate::rule::{Level, Rule};
use crate::rules::decision::status;
use crate::rules::site::{Site, Tell};
use crate::rules::{Check, On};
use crate::suggest::listed;
use crate::tree::{Entry, Node, Value};

pub(super) const CHECKS: &[&Check] =
    &[&UNDECIDED_OBJECTIVE, &RESIDUAL_ABOVE_POLICY, &OPEN_RISK_ABOVE_POLICY, &MISSING_OBJECTIVE];

static UNDECIDED_OBJECTIVE: Check = Check {
    rule: Rule {
        code: "undecided-objective",
        summary: "Every threat states what the adversary is after, or refers to an id that decides it.",
        explanation: "The security report is read by objective (NIST AI 100-2): availability, \
                      integrity, privacy, misuse, supply chain. A NISTAML id in `refs` decides \
                      it, together with the AI class; without one, `objectives` states it.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Threat::SCHEMA, undecided_objective),
};

static RESIDUAL_ABOVE_POLICY: Check = Check {
    rule: Rule {
        code: "residual-above-policy",
        summary: "The residual risk of a threat is within the policy's `max_residual`.",
        explanation: "`[risk] max_residual`, or that of the card's stage, is the highest risk \
                      that may be left. A threat that has been dealt with but does not state \
                      its residual risk cannot be shown to be within it.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Threat::SCHEMA, residual_above_policy),
};

static OPEN_RISK_ABOVE_POLICY: Check = Check {
    rule: Rule {
        code: "open-risk-above-policy",
        summary: "The risk of an open threat is within the policy's `max_open`.",
        explanation: "`[risk] max_open`, or that of the card's stage, is the highest risk that \
                      may be open. The risk of a threat follows from its likelihood and impact \
                      (NIST SP 800-30 Rev. 1, table I-2).",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Threat::SCHEMA, open_risk_above_policy),
};

static MISSING_OBJECTIVE: Check = Check {
    rule: Rule {
        code: "missing-objective",
        summary: "Every objective that applies to the AI class has a text or a threat.",
        explanation: "Once a card states its `ai_class`, it answers for each objective of NIST \
                      AI 100-2 that applies: misuse to generative and agentic systems, the \
                      others to all. A reviewer cannot tell silence from oversight; \
                      `not_applicable(\"why\")` is an answer. `[coverage]` in the policy asks \
                      for other objectives.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(SecurityConsiderations::SCHEMA, missing_objective),
};

fn undecided_objective(site: &Site<'_>, tell: &mut Tell<'_>) {
    let class = site.context.class;
    if posture::objectives_of(site.node, class, site.policy()).is_none_or(|found| !found.is_empty()) {
        return;
    }
    tell.field(site, Threat::objectives(), &|| {
        let refs = match (site.node.get(Threat::refs()), class.known()) {
            (None, _) => String::new(),
            (Some(_), Some(class)) => format!("; its `refs` do not decide it for the AI class `{}`", class.name()),
            (Some(_), None) => "; its `refs` do not decide it".to_owned(),
        };
        let objectives = listed(Objective::ALL.iter().map(|objective| objective.name()));
        Problem::new(format!("{} does not say what the adversary is after{refs}", site.named()))
            .help(format!("add `objectives: [ … ]`, of {objectives}, or a NISTAML id to `refs`"))
    });
}

/// The risk that stands under a key.
fn risk(node: &Node<'_>, key: &str) -> Option<Risk> {
    node.get(key)?.word().and_then(Risk::from_name)
}

fn residual_above_policy(site: &Site<'_>, tell: &mut Tell<'_>) {
    let (Some(limit), Some(status)) = (site.policy().max_residual(site.context.stage), status(site)) else { return };
    let dealt_with = matches!(status, ThreatStatus::Mitigated | ThreatStatus::Accepted | ThreatStatus::Transferred);
    let asked = || format!("required by {}", limit.place);
    if dealt_with && !site.tells_of(Threat::residual()) {
        tell.field(site, Threat::residual(), &|| {
            Problem::new(format!("{} does not state its residual risk", site.named()))
                .help("add `residual: …`, the risk that is left")
                .note(asked())
        });
    }
    if let Some(residual) = risk(site.node, Threat::residual()).filter(|residual| *residual > limit.value) {
        tell.field(site, Threat::residual(), &|| {
            Problem::new(format!("the residual risk of {} is `{}`", site.named(), residual.name()))
                .help(format!("the policy allows `{}` at most: mitigate it further", limit.value.name()))
                .note(asked())
        });
    }
}

fn open_risk_above_policy(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(limit) = site.policy().max_open(site.context.stage) else { return };
    if status(site) != Some(ThreatStatus::Open) {
        return;
    }
    let levels = (risk(site.node, Threat::likelihood()), risk(site.node, Threat::impact()));
    let (Some(likelihood), Some(impact)) = levels else { return };
    let risk = Risk::of(likelihood, impact);
    if risk > limit.value {
        tell.field(site, Threat::status(), &|| {
            Problem::new(format!("{} is open, and its risk is `{}`", site.named(), risk.name()))
                .help(format!("the policy allows `{}` at most: mitigate it, or have it accepted", limit.value.name()))
                .note(format!(
                    "likelihood `{}` and impact `{}` make the risk `{}`",
                    likelihood.name(),
                    impact.name(),
                    risk.name()
                ))
                .note(format!("required by {}", limit.place))
        });
    }
}

fn missing_objective(site: &Site<'_>, tell: &mut Tell<'_>) {
    let class = site.context.class;
    let Some(known) = class.known() else { return };
    let (threats, texts) = (SecurityConsiderations::threats(), SecurityConsiderations::objectives());
    // A list or a block that is wrong has its finding, and may hold what is missed here.
    let is_objective = |entry: &Entry<'_>| Objectives::SCHEMA.field(&entry.key).is_some();
    let sound = |name: &'static str, kind: &dyn Fn(&Value<'_>) -> bool| match site.node.get(name) {
        Some(node) => kind(&node.value),
        None => !site.was_meant(name),
    };
    if !sound(threats, &|value| matches!(value, Value::List(items) if !items.is_empty()))
        || !sound(texts, &|value| matches!(value, Value::Block(entries) if entries.iter().any(is_objective)))
    {
        return;
    }
    let items = site.node.get(threats).map(Node::items).unwrap_or_default();
    let mut served = Vec::new();
    for item in items {
        // A threat serves what only the hook can see, or what is wrong with it hides.
        let Some(mut objectives) = posture::objectives_of(item, class, site.policy()) else { return };
        served.append(&mut objectives);
    }
    let at = site.node.entry(SecurityConsiderations::ai_class()).map_or(site.key_at, |entry| entry.at);
    let path = site.path.key(texts);
    for objective in site.policy().coverage(known) {
        let path = path.key(objective.field());
        let text = site.node.get(texts).and_then(|texts| texts.get(objective.field()));
        if text.is_some() || served.contains(&objective) || site.context.strays().mean(&path) {
            continue;
        }
        tell.at(at, &path, &|| {
            Problem::new(format!("nothing covers {}, which applies to `{}`", objective.title(), known.name()))
                .help(format!(
                    "add a threat with `objectives: [{}]`, or {}; `not_applicable(\"why\")` is an answer too",
                    objective.name(),
                    match site.node.get(texts) {
                        Some(_) => format!("`{}: \"…\"` to `objectives`", objective.field()),
                        None => format!("`objectives: {{ {}: \"…\" }}`", objective.field()),
                    }
                ))
                .note(objective.sentence())
        });
    }
}
