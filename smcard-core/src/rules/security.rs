//! The security family: threats that somebody answers for, evidence that exists, objectives that
//! nobody forgot.

use std::collections::HashSet;

use crate::card::Comparison;
use crate::card::{Acceptance, Measure, Objective, Risk, SecurityConsiderations, Test, Threat, ThreatStatus};
use crate::finding::{Level, Problem};
use crate::node::{Node, Value};
use crate::posture;
use crate::rules::shape::shown;
use crate::rules::{Check, Rule, Site, Spot};
use crate::schema::{Form, Kind};
use crate::suggest::{listed, nearest};

pub(super) const RULES: &[&Rule] = &[
    &DUPLICATE_ID,
    &UNDECIDED_OBJECTIVE,
    &OWNER_MISSING,
    &MITIGATION_MISSING,
    &ACCEPTANCE_INCOMPLETE,
    &DANGLING_EVIDENCE,
    &RESIDUAL_ABOVE_POLICY,
    &OPEN_RISK_ABOVE_POLICY,
    &MISSING_OBJECTIVE,
    &THRESHOLD_MISSED,
    &FAILURES_EXCEED_ATTEMPTS,
];

static DUPLICATE_ID: Rule = Rule {
    code: "duplicate-id",
    summary: "An id is unique in its list.",
    explanation: "Evidence, tickets and later versions of the card refer to threats and tests by id.",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(duplicate_id),
};

static UNDECIDED_OBJECTIVE: Rule = Rule {
    code: "undecided-objective",
    summary: "Every threat serves an objective of an adversary.",
    explanation: "The security report is read by objective (NIST AI 100-2): availability, integrity, \
                  privacy, misuse, supply chain. A NISTAML id among `refs` decides it, together with \
                  the AI class; without one, `objective` says it.",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(undecided_objective),
};

static OWNER_MISSING: Rule = Rule {
    code: "owner-missing",
    summary: "An open threat has an owner.",
    explanation: "What nobody answers for stays open.",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(owner_missing),
};

static MITIGATION_MISSING: Rule = Rule {
    code: "mitigation-missing",
    summary: "A mitigated threat says what mitigates it.",
    explanation: "A reviewer cannot weigh a mitigation that is not named.",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(mitigation_missing),
};

static ACCEPTANCE_INCOMPLETE: Rule = Rule {
    code: "acceptance-incomplete",
    summary: "An accepted risk says who accepted it, why and until when.",
    explanation: "A risk that is accepted for ever and by nobody is an open one (NIST AI RMF, Manage \
                  1.4: residual risks are documented).",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(acceptance_incomplete),
};

static DANGLING_EVIDENCE: Rule = Rule {
    code: "dangling-evidence",
    summary: "Evidence of a threat is the id of a test of the card.",
    explanation: "A test that is not in the card cannot be looked at.",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(dangling_evidence),
};

static RESIDUAL_ABOVE_POLICY: Rule = Rule {
    code: "residual-above-policy",
    summary: "The residual risk of a threat is within the policy's `max_residual`.",
    explanation: "`[risk] max_residual`, or that of the card's stage, is the highest risk that may be \
                  left. A threat that has been dealt with and does not state its residual risk cannot \
                  be seen to be within it.",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(residual_above_policy),
};

static OPEN_RISK_ABOVE_POLICY: Rule = Rule {
    code: "open-risk-above-policy",
    summary: "The risk of an open threat is within the policy's `max_open`.",
    explanation: "`[risk] max_open`, or that of the card's stage, is the highest risk that may be open. \
                  The risk of a threat follows from its likelihood and impact (NIST SP 800-30 Rev. 1, \
                  table I-2).",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(open_risk_above_policy),
};

static MISSING_OBJECTIVE: Rule = Rule {
    code: "missing-objective",
    summary: "Every objective that applies to the AI class has a text or a threat.",
    explanation: "Once a card states its `ai_class`, it answers for each objective of NIST AI 100-2 that \
                  applies: misuse to generative and agentic systems, the others to all. Silence is not \
                  told from oversight; `not_applicable(\"why\")` is an answer. `[coverage]` in the policy \
                  asks for other objectives.",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(missing_objective),
};

static THRESHOLD_MISSED: Rule = Rule {
    code: "threshold-missed",
    summary: "A measure reaches its own threshold.",
    explanation: "A card that states what a figure must reach and that it does not describes a model \
                  that is not ready.",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(threshold_missed),
};

static FAILURES_EXCEED_ATTEMPTS: Rule = Rule {
    code: "failures-exceed-attempts",
    summary: "A test has no more failures than attempts.",
    explanation: "One of the two counts is wrong, and the rate that follows from them is too.",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(failures_exceed_attempts),
};

fn duplicate_id(site: &Site<'_>) -> Vec<Spot> {
    let Some(block) = site.block() else { return Vec::new() };
    let mut spots = Vec::new();
    for field in block.fields {
        let Kind::List(Kind::Block(item)) = field.kind else { continue };
        let Some(id) = item.fields.iter().find(|field| field.form == Form::Id) else { continue };
        let mut seen = HashSet::new();
        let items = site.node.get(field.name).map(Node::items).unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            let Some(node) = item.get(id.name) else { continue };
            if words(node).is_some_and(|words| !seen.insert(words.trim())) {
                spots.push(Spot {
                    at: node.at,
                    path: format!("{}[{index}].{}", site.path_of(field.name), id.name),
                    problem: Problem::new(format!(
                        "the id `{}` stands twice in `{}`",
                        shown(words(node).unwrap_or_default()),
                        site.path_of(field.name)
                    ))
                    .help("give each an id of its own"),
                });
            }
        }
    }
    spots
}

fn undecided_objective(site: &Site<'_>) -> Vec<Spot> {
    if !site.is(Threat::SCHEMA) || posture::objectives_of(site.node, site.class).is_none_or(|found| !found.is_empty()) {
        return Vec::new();
    }
    let class = match site.class.known() {
        Some(class) => format!(", none of which decides it for the AI class `{}`", class.name()),
        None => ", none of which decides it".to_owned(),
    };
    let refs = if site.node.get("refs").is_some() { class } else { String::new() };
    site.spot(
        "objective",
        Problem::new(format!("what the adversary of {} is after is not decided by its `refs`{refs}", site.named()))
            .help(format!("add `objective: …`, one of {}, or a NISTAML id to `refs`", objectives(&Objective::ALL))),
    )
}

fn owner_missing(site: &Site<'_>) -> Vec<Spot> {
    if site.status() != Some(ThreatStatus::Open)
        || site.node.get("owner").is_some()
        || site.is_stray(&site.path_of("owner"))
    {
        return Vec::new();
    }
    site.spot(
        "owner",
        Problem::new(format!("{} is open and has no owner", site.named()))
            .help("add `owner: \"…\"`, who answers for it; or another `status`"),
    )
}

fn mitigation_missing(site: &Site<'_>) -> Vec<Spot> {
    let path = site.path_of("mitigations");
    if site.status() != Some(ThreatStatus::Mitigated) || site.node.get("mitigations").is_some() || site.is_stray(&path)
    {
        return Vec::new();
    }
    site.spot(
        "mitigations",
        Problem::new(format!("{} is mitigated, and no mitigation is named", site.named()))
            .help("add `mitigations: [{ description: \"…\" }]`"),
    )
}

fn acceptance_incomplete(site: &Site<'_>) -> Vec<Spot> {
    let accepted = site.status() == Some(ThreatStatus::Accepted);
    let acceptance = site.node.entry("acceptance").filter(|_| site.is(Threat::SCHEMA));
    match acceptance {
        None if accepted && !site.is_stray(&site.path_of("acceptance")) => site.spot(
            "acceptance",
            Problem::new(format!("{} is accepted, and not by anybody", site.named()))
                .help("add `acceptance: { by: \"…\", reason: \"…\", expires: \"…\" }`"),
        ),
        Some(entry) if matches!(entry.node.value, Value::Block(_)) => {
            let path = site.path_of("acceptance");
            let lacks = |name: &&str| entry.node.get(name).is_none() && !site.is_stray(&format!("{path}.{name}"));
            let missing: Vec<&str> = Acceptance::SCHEMA.fields.iter().map(|field| field.name).filter(lacks).collect();
            if missing.is_empty() {
                return Vec::new();
            }
            let problem =
                Problem::new(format!("the acceptance of {} lacks {}", site.named(), listed(missing.iter().copied())));
            let lines: Vec<String> = missing.iter().map(|name| format!("{name}: \"…\",")).collect();
            vec![Spot { at: entry.at, path, problem: problem.help(format!("add `{}`", lines.join(" "))) }]
        }
        _ => Vec::new(),
    }
}

fn dangling_evidence(site: &Site<'_>) -> Vec<Spot> {
    if !site.is(SecurityConsiderations::SCHEMA) {
        return Vec::new();
    }
    let items = |key: &str| site.node.get(key).map(Node::items).unwrap_or_default();
    let ids: Vec<&Node<'_>> = items("tests").iter().filter_map(|test| test.get("id")).collect();
    if ids.iter().any(|id| matches!(id.value, Value::Later)) {
        return Vec::new(); // The build hook sees all of them.
    }
    let known: HashSet<&str> = ids.iter().filter_map(|id| words(id)).collect();
    let mut spots = Vec::new();
    for (threat, node) in items("threats").iter().enumerate() {
        for (index, evidence) in node.get("evidence").map(Node::items).unwrap_or_default().iter().enumerate() {
            let Some(id) = words(evidence).filter(|id| !known.contains(id) && !id.trim().is_empty()) else { continue };
            let shown = shown(id);
            let path = format!("{}[{threat}].evidence[{index}]", site.path_of("threats"));
            let problem = Problem::new(format!("`{shown}` in {} is no test of this card", crate::rules::label(&path)));
            let problem = match nearest(id, known.iter().copied()) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("add the test to `{}`", site.path_of("tests"))),
            };
            spots.push(Spot { at: evidence.at, path, problem });
        }
    }
    spots
}

fn residual_above_policy(site: &Site<'_>) -> Vec<Spot> {
    let (Some(limit), Some(status)) = (site.policy.max_residual(site.stage), site.status()) else { return Vec::new() };
    let dealt_with = matches!(status, ThreatStatus::Mitigated | ThreatStatus::Accepted | ThreatStatus::Transferred);
    let problem = match site.node.get("residual") {
        None if dealt_with => Problem::new(format!("{} does not state its residual risk", site.named()))
            .help("add `residual: …`, the risk that is left"),
        Some(node) => match node.word().and_then(Risk::from_name) {
            Some(residual) if residual > limit.value => {
                let problem = Problem::new(format!("the residual risk of {} is {}", site.named(), residual.name()));
                problem.help(format!("the policy allows {} at most: mitigate it further", limit.value.name()))
            }
            _ => return Vec::new(),
        },
        None => return Vec::new(),
    };
    site.spot("residual", problem.note(format!("asked for by {}", site.policy.place(limit.line))))
}

fn open_risk_above_policy(site: &Site<'_>) -> Vec<Spot> {
    let Some(limit) = site.policy.max_open(site.stage).filter(|_| site.status() == Some(ThreatStatus::Open)) else {
        return Vec::new();
    };
    let level = |key: &str| site.node.get(key).and_then(Node::word).and_then(Risk::from_name);
    let (Some(likelihood), Some(impact)) = (level("likelihood"), level("impact")) else { return Vec::new() };
    let risk = Risk::of(likelihood, impact);
    if risk <= limit.value {
        return Vec::new();
    }
    let problem = Problem::new(format!("{} is open, and its risk is {}", site.named(), risk.name()))
        .help(format!("the policy allows {} at most: mitigate it, or have it accepted", limit.value.name()))
        .note(format!("likelihood {} and impact {} make {}", likelihood.name(), impact.name(), risk.name()))
        .note(format!("asked for by {}", site.policy.place(limit.line)));
    site.spot("status", problem)
}

fn missing_objective(site: &Site<'_>) -> Vec<Spot> {
    if !site.is(SecurityConsiderations::SCHEMA) {
        return Vec::new();
    }
    let class = site.class;
    let Some(known) = class.known() else { return Vec::new() };
    let threats = site.node.get("threats").map(Node::items).unwrap_or_default();
    let served: Option<Vec<Vec<Objective>>> =
        threats.iter().map(|threat| posture::objectives_of(threat, class)).collect();
    let Some(served) = served else { return Vec::new() }; // A threat serves what only the hook can see.
    let at = site.node.entry("ai_class").map_or(site.key_at, |entry| entry.at);
    let asked = site.policy.coverage(known);
    let missing = asked.iter().filter(|objective| {
        let text = site.node.get("objectives").and_then(|texts| texts.get(objective.field()));
        let path = format!("{}.{}", site.path_of("objectives"), objective.field());
        text.is_none() && !served.iter().flatten().any(|served| served == *objective) && !site.is_stray(&path)
    });
    missing
        .map(|objective| Spot {
            at,
            path: format!("{}.{}", site.path_of("objectives"), objective.field()),
            problem: Problem::new(format!(
                "no word on {}, an objective that applies to `{}`",
                objective.title(),
                known.name()
            ))
            .help(format!(
                "add a threat that serves it, or `objectives: {{ {}: \"…\" }}`, or `not_applicable(\"why\")` there",
                objective.field()
            ))
            .note(objective.sentence()),
        })
        .collect()
}

fn threshold_missed(site: &Site<'_>) -> Vec<Spot> {
    if !site.is(Measure::SCHEMA) {
        return Vec::new();
    }
    let number = |node: &Node<'_>, key: &str| node.get(key).and_then(Node::number);
    let Some(threshold) = site.node.get("threshold") else { return Vec::new() };
    let op = threshold.get("op").and_then(Node::word).and_then(Comparison::from_name);
    let (Some(op), Some(value), Some(figure)) = (op, number(threshold, "value"), number(site.node, "value")) else {
        return Vec::new();
    };
    if op.holds(figure, value) {
        return Vec::new();
    }
    let name = site.node.get("name").and_then(words).map(|name| format!("`{}`", shown(name)));
    let name = name.unwrap_or_else(|| site.label());
    site.spot(
        "value",
        Problem::new(format!("{name} is {figure} and misses its own threshold, `{}` {value}", op.name()))
            .help("state the figure that was measured, and do not release the model before it reaches the threshold"),
    )
}

fn failures_exceed_attempts(site: &Site<'_>) -> Vec<Spot> {
    let count = |key: &str| site.node.get(key).filter(|_| site.is(Test::SCHEMA)).and_then(Node::count);
    match (count("attempts"), count("failures")) {
        (Some(attempts), Some(failures)) if failures > attempts => site.spot(
            "failures",
            Problem::new(format!("{} has {failures} failures in {attempts} attempts", site.named()))
                .help("a failure is an attempt that succeeded against the model: mend one of the counts"),
        ),
        _ => Vec::new(),
    }
}

/// The words of a text.
fn words<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.value {
        Value::Text(text) => Some(text.words()),
        _ => None,
    }
}

fn objectives(objectives: &[Objective]) -> String {
    listed(objectives.iter().map(|objective| objective.name()))
}

impl<'s> Site<'s> {
    fn is(&self, block: &crate::schema::Block) -> bool {
        self.block().is_some_and(|here| here.is(block))
    }

    /// What was decided about the threat that stands here.
    fn status(&self) -> Option<ThreatStatus> {
        self.node
            .get("status")
            .filter(|_| self.is(Threat::SCHEMA))
            .and_then(Node::word)
            .and_then(ThreatStatus::from_name)
    }

    /// What a message calls a block that has an id: by it, if it is known.
    fn named(&self) -> String {
        match self.node.get("id").and_then(words) {
            Some(id) => format!("`{}`", shown(id)),
            None => self.label(),
        }
    }

    /// One problem of a field of this block: at its key, or at the block where it has none.
    fn spot(&self, name: &str, problem: Problem) -> Vec<Spot> {
        let at = self.node.entry(name).map_or(self.key_at, |entry| entry.at);
        vec![Spot { at, path: self.path_of(name), problem }]
    }
}
