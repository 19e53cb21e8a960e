//! The decision family: somebody has decided, and the card says who, what and until when.

use crate::card::{Acceptance, Threat, ThreatStatus};
use crate::finding::Problem;
use crate::policy::{Demand, Fields};
use crate::rule::{Level, Rule};
use crate::rules::site::{Site, Tell};
use crate::rules::{Check, On};
use crate::suggest::listed;
use crate::text::Reason;
use crate::tree::Value;

pub(super) const CHECKS: &[&Check] = &[&ANSWER_REQUIRED, &OWNER_MISSING, &MITIGATION_MISSING, &ACCEPTANCE_INCOMPLETE];

static ANSWER_REQUIRED: Check = Check {
    rule: Rule {
        code: "answer-required",
        summary: "A decision has an answer, and so does every field for which the policy asks for one.",
        explanation: "Who owns a threat, who accepted a risk and until when, what mitigates \
                      it, who reviewed it: `not_applicable`, `withheld` and `unknown` do not \
                      answer these questions. They do in a description, unless the policy asks \
                      for an answer with `[require] answered`.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Text(answer_required),
};

static OWNER_MISSING: Check = Check {
    rule: Rule {
        code: "owner-missing",
        summary: "An open threat has an owner.",
        explanation: "A threat that nobody answers for stays open.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Threat::SCHEMA, owner_missing),
};

static MITIGATION_MISSING: Check = Check {
    rule: Rule {
        code: "mitigation-missing",
        summary: "A mitigated threat says what mitigates it.",
        explanation: "A reviewer cannot judge a mitigation that is not named.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Threat::SCHEMA, mitigation_missing),
};

static ACCEPTANCE_INCOMPLETE: Check = Check {
    rule: Rule {
        code: "acceptance-incomplete",
        summary: "An accepted risk says who accepted it, why and until when.",
        explanation: "A risk that is accepted forever, or by nobody, is an open one (NIST AI \
                      RMF, Manage 1.4: residual risks are documented).",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Threat::SCHEMA, acceptance_incomplete),
};

/// The fields for which the policy asks for an answer.
const ANSWERED: fn(&Fields) -> &[Demand] = |fields| &fields.answered;

fn answer_required(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Value::Text(text) = &site.node.value else { return };
    let Some(field) = site.field else { return };
    let policy = site.policy();
    if !field.answer && !policy.wants_any(ANSWERED) {
        return;
    }
    let Some(reason) = text.reason().or_else(|| Reason::resembled_by(text.words())) else { return };
    let wanted = || policy.wants(ANSWERED, &site.path, site.context.stage);
    let asked = policy.wants_any(ANSWERED).then(wanted).flatten();
    if !field.answer && asked.is_none() {
        return;
    }
    tell.here(site, &|| {
        let problem = Problem::new(format!("{} needs an answer, found {}", site.label(), reason.noun));
        let problem = if field.required {
            problem.help("write the answer")
        } else {
            problem.help("write the answer, or leave the field out")
        };
        let problem = problem.note(field.sentence());
        match asked {
            Some(place) => problem.note(format!("required by {place}")),
            None => problem,
        }
    });
}

/// What was decided about the threat that stands here.
pub(super) fn status(site: &Site<'_>) -> Option<ThreatStatus> {
    site.node.get(Threat::status())?.word().and_then(ThreatStatus::from_name)
}

fn owner_missing(site: &Site<'_>, tell: &mut Tell<'_>) {
    if status(site) == Some(ThreatStatus::Open) && !site.tells_of(Threat::owner()) {
        tell.field(site, Threat::owner(), &|| {
            Problem::new(format!("{} is open and has no owner", site.named()))
                .help("add `owner: \"…\"` to say who answers for it, or change `status`")
        });
    }
}

fn mitigation_missing(site: &Site<'_>, tell: &mut Tell<'_>) {
    if status(site) == Some(ThreatStatus::Mitigated) && !site.tells_of(Threat::mitigations()) {
        tell.field(site, Threat::mitigations(), &|| {
            Problem::new(format!("{} is mitigated, but names no mitigation", site.named()))
                .help("add `mitigations: [{ description: \"…\" }]`")
        });
    }
}

fn acceptance_incomplete(site: &Site<'_>, tell: &mut Tell<'_>) {
    let accepted = status(site) == Some(ThreatStatus::Accepted);
    let Some(entry) = site.node.entry(Threat::acceptance()) else {
        if accepted && !site.was_meant(Threat::acceptance()) {
            tell.field(site, Threat::acceptance(), &|| {
                Problem::new(format!("{} is accepted, but nobody accepted it", site.named()))
                    .help("add `acceptance: { by: \"…\", reason: \"…\", expires: \"…\" }`")
            });
        }
        return;
    };
    let path = site.path.key(Threat::acceptance());
    let lacks = |name: &str| entry.node.get(name).is_none() && !site.context.strays().mean(&path.key(name));
    // An empty block, or one of foreign keys, has its finding.
    let known = entry.node.entries().iter().any(|entry| Acceptance::SCHEMA.field(&entry.key).is_some());
    let mut missing = Vec::new();
    for field in Acceptance::SCHEMA.fields {
        if known && lacks(field.name) {
            missing.push(field.name);
        }
    }
    if !missing.is_empty() {
        tell.at(entry.at, &path, &|| {
            let mut lines = Vec::new();
            for name in &missing {
                lines.push(format!("{name}: \"…\","));
            }
            Problem::new(format!("the acceptance of {} lacks {}", site.named(), listed(missing.iter().copied())))
                .help(format!("add `{}`", lines.join(" ")))
        });
    }
}
