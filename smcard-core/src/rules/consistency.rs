//! The consistency family: a card agrees with itself. Each finding names both places.

use crate::card::{
    Acceptance, Comparator, Comparison, Decision, Direction, Measure, ModelDetails, Review, Risk, SecurityCard,
    SecurityConsiderations, Stage, Test, TestResult, Threat, ThreatStatus, Threshold,
};
use crate::date::{is_date, is_day};
use crate::excerpt::shown;
use crate::finding::Problem;
use crate::policy::DeclaredStage;
use crate::rule::{Level, Rule};
use crate::rules::decision::status;
use crate::rules::form::is_exact;
use crate::rules::site::{Site, Tell};
use crate::rules::{Check, On};
use crate::tree::Node;
use crate::words::figure;

pub(super) const CHECKS: &[&Check] = &[
    &ACCEPTANCE_BEFORE_CARD,
    &REJECTED_IN_PRODUCTION,
    &EVIDENCE_FAILED,
    &RESIDUAL_UNEXPLAINED,
    &RISK_NOT_ASSESSED,
    &INTERVAL_EXCLUDES_VALUE,
    &UNIT_MISSING,
    &THRESHOLD_MISSED,
    &DIRECTION_CONTRADICTED,
    &FAILURES_EXCEED_ATTEMPTS,
];

static ACCEPTANCE_BEFORE_CARD: Check = Check {
    rule: Rule {
        code: "acceptance-before-card",
        summary: "An acceptance does not end before the date of the card.",
        explanation: "A risk whose acceptance had ended by the time the model was finished is \
                      an open one. Whether it has ended by today is not checked: a build uses \
                      no clock.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Threat::SCHEMA, acceptance_before_card),
};

static REJECTED_IN_PRODUCTION: Check = Check {
    rule: Rule {
        code: "rejected-in-production",
        summary: "The last review of a model in production did not reject it.",
        explanation: "Either the stage is wrong, or a review is missing, or the model should not be in use.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(SecurityConsiderations::SCHEMA, rejected_in_production),
};

static EVIDENCE_FAILED: Check = Check {
    rule: Rule {
        code: "evidence-failed",
        summary: "The evidence for a mitigated threat is not failed tests alone.",
        explanation: "Failed tests show that the mitigation does not work. A reviewer looks \
                      for a test that was made after the mitigation and passed.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Threat::SCHEMA, evidence_failed),
};

static RESIDUAL_UNEXPLAINED: Check = Check {
    rule: Rule {
        code: "residual-unexplained",
        summary: "A residual risk is lower than the risk only if a mitigation is named.",
        explanation: "Likelihood and impact determine the risk (NIST SP 800-30 Rev. 1, table \
                      I-2). What lowers it is a mitigation, and a reviewer must be able to \
                      judge it.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Threat::SCHEMA, residual_unexplained),
};

static RISK_NOT_ASSESSED: Check = Check {
    rule: Rule {
        code: "risk-not-assessed",
        summary: "A threat has likelihood and impact, or neither while nobody asks for its risk.",
        explanation: "The risk of a threat follows from both (NIST SP 800-30 Rev. 1, table I-2), \
                      and nobody has to invent one: without them, and without `residual`, the \
                      risk is not assessed, and every view says so. A model in production, or \
                      one under a policy that limits risk, cannot leave it at that.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Threat::SCHEMA, risk_not_assessed),
};

static INTERVAL_EXCLUDES_VALUE: Check = Check {
    rule: Rule {
        code: "interval-excludes-value",
        summary: "An interval contains its value.",
        explanation: "A confidence interval lies around the figure. One of the three numbers is wrong.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Measure::SCHEMA, interval_excludes_value),
};

static UNIT_MISSING: Check = Check {
    rule: Rule {
        code: "unit-missing",
        summary: "A figure outside the range 0 to 1 has a unit.",
        explanation: "Without a unit, a figure is a share between 0 and 1, so 97.09 may be \
                      97.09 % or a mistake; so is what it is compared with: the bounds of its \
                      interval, its threshold, its baseline, its comparator. A dimensionless \
                      figure, such as a count or a ratio, has the unit `1`.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Measure::SCHEMA, unit_missing),
};

static THRESHOLD_MISSED: Check = Check {
    rule: Rule {
        code: "threshold-missed",
        summary: "A measure meets its own threshold.",
        explanation: "A card whose figure misses the threshold that it states describes a \
                      model that is not ready.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Measure::SCHEMA, threshold_missed),
};

static DIRECTION_CONTRADICTED: Check = Check {
    rule: Rule {
        code: "direction-contradicted",
        summary: "A threshold lies on the side on which the figure gets worse.",
        explanation: "Where a higher figure is better, a threshold is a least value, and where a \
                      lower one is, a greatest. One of the two is wrong, and a comparison of \
                      two cards would call a step back an improvement.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Measure::SCHEMA, direction_contradicted),
};

static FAILURES_EXCEED_ATTEMPTS: Check = Check {
    rule: Rule {
        code: "failures-exceed-attempts",
        summary: "A test has no more failures than attempts.",
        explanation: "One of the two counts is wrong, and so is the rate that follows from them.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Test::SCHEMA, failures_exceed_attempts),
};

/// The text of a field of a block, if it states one.
fn text<'n>(node: &'n Node<'_>, key: &str) -> Option<&'n str> {
    node.get(key)?.stated()
}

/// The number of a field of a block; none that a rule of its own refuses.
fn number(node: &Node<'_>, key: &str) -> Option<f64> {
    node.get(key)?.number().filter(|number| is_exact(*number))
}

fn acceptance_before_card(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(acceptance) = site.node.get(Threat::acceptance()) else { return };
    let Some(expires) = text(acceptance, Acceptance::expires()) else { return };
    let details = site.context.card.get(SecurityCard::model_details());
    let Some(date) = details.and_then(|details| text(details, ModelDetails::date())) else { return };
    // Dates are in the order of their letters, a month or a year before its first day; what is none has its finding.
    if !(is_day(expires) && is_date(date) && expires < date) {
        return;
    }
    let Some(entry) = acceptance.entry(Acceptance::expires()) else { return };
    tell.at(entry.node.at, &site.path.key(Threat::acceptance()).key(Acceptance::expires()), &|| {
        Problem::new(format!("the acceptance of {} ended on {expires}, before the card's own date", site.named()))
            .help("have the risk accepted again, or change the `status` of the threat")
            .note(format!("`model_details.date` is {date}"))
    });
}

fn rejected_in_production(site: &Site<'_>, tell: &mut Tell<'_>) {
    if site.context.stage != DeclaredStage::Known(Stage::Production) {
        return;
    }
    let reviews = site.node.get(SecurityConsiderations::reviews()).map(Node::items).unwrap_or_default();
    let date = |review| text(review, Review::date()).filter(|date| is_day(date));
    let mut last: Option<(&str, usize, &Node<'_>)> = None;
    for (index, review) in reviews.iter().enumerate() {
        // A review whose day is wrong, or not known yet, might be the last one.
        let Some(date) = date(review) else { return };
        if last.is_none_or(|(latest, ..)| latest <= date) {
            last = Some((date, index, review));
        }
    }
    let Some((date, index, last)) = last else { return };
    let Some(entry) = last.entry(Review::decision()) else { return };
    if entry.node.word().and_then(Decision::from_name) != Some(Decision::Rejected) {
        return;
    }
    let path = site.path.key(SecurityConsiderations::reviews());
    tell.at(entry.at, &path.item(index).key(Review::decision()), &|| {
        Problem::new(format!("the last review, on {date}, rejected a model in production"))
            .help("change `stage`, or add the review that approved it")
            .note("`model_details.stage` is `Production`")
    });
}

fn evidence_failed(site: &Site<'_>, tell: &mut Tell<'_>) {
    if status(site) != Some(ThreatStatus::Mitigated) {
        return;
    }
    let evidence = site.node.get(Threat::evidence()).map(Node::items).unwrap_or_default();
    let result = |id: &Node<'_>| {
        let test = site.context.ids.block(Test::SCHEMA, id.stated()?)?;
        test.get(Test::result())?.word().and_then(TestResult::from_name)
    };
    let mut failed = false;
    for id in evidence {
        match result(id) {
            // A test or a result that is wrong, or not known yet, might be the one that passed.
            None | Some(TestResult::Passed) => return,
            Some(result) => failed |= result == TestResult::Failed,
        }
    }
    if !failed {
        return;
    }
    tell.field(site, Threat::evidence(), &|| {
        let mut ids = Vec::new();
        for id in evidence.iter().filter_map(Node::stated) {
            ids.push(format!("`{}`", shown(id)));
        }
        Problem::new(format!("{} is mitigated, but no test of its evidence passed", site.named()))
            .help("add a test that shows that the mitigation works, or change the `status` of the threat")
            .note(format!("its evidence is {}", ids.join(", ")))
    });
}

fn residual_unexplained(site: &Site<'_>, tell: &mut Tell<'_>) {
    let risk = |key: &str| site.node.get(key)?.word().and_then(Risk::from_name);
    let levels = (risk(Threat::likelihood()), risk(Threat::impact()), risk(Threat::residual()));
    let (Some(likelihood), Some(impact), Some(residual)) = levels else { return };
    let before = Risk::of(likelihood, impact);
    // A mitigated threat without a mitigation has its finding; who bears a risk for us lowers ours.
    let explained = !matches!(status(site), Some(ThreatStatus::Open | ThreatStatus::Accepted));
    if explained || residual >= before || site.tells_of(Threat::mitigations()) {
        return;
    }
    tell.field(site, Threat::residual(), &|| {
        Problem::new(format!(
            "the residual risk of {} is lower than its risk, but no mitigation is named",
            site.named()
        ))
        .help("add `mitigations: [{ description: \"…\" }]`, or state the risk as it is")
        .note(format!(
            "likelihood `{}` and impact `{}` make the risk `{}`; `residual` is `{}`",
            likelihood.name(),
            impact.name(),
            before.name(),
            residual.name()
        ))
    });
}

fn risk_not_assessed(site: &Site<'_>, tell: &mut Tell<'_>) {
    let (likelihood, impact) = (Threat::likelihood(), Threat::impact());
    let missing = match (site.tells_of(likelihood), site.tells_of(impact)) {
        (true, true) => return,
        (true, false) => impact,
        (false, true) => likelihood,
        (false, false) => {
            not_assessed(site, tell);
            return;
        }
    };
    tell.field(site, missing, &|| {
        Problem::new(format!("{} has half of a risk: `{missing}` is missing", site.named()))
            .help(format!("add `{missing}: …`, or leave out both: the risk is then not assessed"))
    });
}

/// Tells of a risk that was not assessed where somebody asks for it.
fn not_assessed(site: &Site<'_>, tell: &mut Tell<'_>) {
    // It is decided that what cannot happen has no risk; what was meant to be a status is told of already.
    if site.tells_of(Threat::residual()) || status(site) == Some(ThreatStatus::NotApplicable) {
        return;
    }
    let (policy, stage) = (site.policy(), site.context.stage);
    let limit = policy.max_open(stage).or_else(|| policy.max_residual(stage));
    let why = match (limit, stage) {
        (Some(limit), _) => format!("risks are limited by {}", limit.place),
        (None, DeclaredStage::Known(Stage::Production)) => "`model_details.stage` is `Production`".to_owned(),
        _ => return,
    };
    tell.field(site, Threat::likelihood(), &|| {
        Problem::new(format!("the risk of {} is not assessed", site.named()))
            .help("add `likelihood: …` and `impact: …`")
            .note(why.clone())
    });
}

fn interval_excludes_value(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some([low, high]) = site.node.get(Measure::interval()).map(Node::items) else { return };
    let bound = |node: &Node<'_>| node.number().filter(|number| is_exact(*number));
    let (Some(low), Some(high), Some(value)) = (bound(low), bound(high), number(site.node, Measure::value())) else {
        return;
    };
    if low <= high && !(low..=high).contains(&value) {
        tell.field(site, Measure::interval(), &|| {
            Problem::new(format!("the interval of {} does not contain its value", site.named()))
                .help("correct the one that is wrong")
                .note(format!("the interval is [{}, {}], and `value` is {}", figure(low), figure(high), figure(value)))
        });
    }
}

fn unit_missing(site: &Site<'_>, tell: &mut Tell<'_>) {
    let within = |block: &str, key: &str| number(site.node.get(block)?, key);
    let bounds = site.node.get(Measure::interval()).map(Node::items).unwrap_or_default();
    let figures = [number(site.node, Measure::value()), number(site.node, Measure::baseline())];
    let compared =
        [within(Measure::threshold(), Threshold::value()), within(Measure::comparator(), Comparator::value())];
    let bounds = bounds.iter().map(|bound| bound.number().filter(|number| is_exact(*number)));
    let all = figures.into_iter().chain(compared).chain(bounds).flatten();
    let Some(outside) = all.into_iter().find(|figure| !(0.0..=1.0).contains(figure)) else { return };
    if site.tells_of(Measure::unit()) {
        return;
    }
    tell.field(site, Measure::unit(), &|| {
        let problem = match number(site.node, Measure::value()) {
            Some(value) if value != outside => {
                Problem::new(format!("{} is compared with {} and has no unit", site.named(), figure(outside)))
            }
            _ => Problem::new(format!("{} is {} and has no unit", site.named(), figure(outside))),
        };
        problem
            .help("add `unit: \"…\"`, such as `%`, `ms` or `1` for a dimensionless figure")
            .note("without a unit a figure is a share between 0 and 1")
    });
}

fn threshold_missed(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(threshold) = site.node.get(Measure::threshold()) else { return };
    let op = threshold.get(Threshold::op()).and_then(Node::word).and_then(Comparison::from_name);
    let numbers = (number(threshold, Threshold::value()), number(site.node, Measure::value()));
    let (Some(op), (Some(value), Some(reached))) = (op, numbers) else { return };
    if !op.holds(reached, value) {
        tell.field(site, Measure::value(), &|| {
            Problem::new(format!("{} is {}, which misses its own threshold", site.named(), figure(reached)))
                .help("correct the figure or the threshold; if both are right, the model is not ready")
                .note(format!("`threshold` is `{}` {}", op.name(), figure(value)))
        });
    }
}

fn direction_contradicted(site: &Site<'_>, tell: &mut Tell<'_>) {
    let word = |node: &Node<'_>, key: &str| node.get(key).and_then(Node::word).map(str::to_owned);
    let direction = word(site.node, Measure::direction()).and_then(|word| Direction::from_name(&word));
    let op = site.node.get(Measure::threshold()).and_then(|threshold| word(threshold, Threshold::op()));
    let op = op.and_then(|word| Comparison::from_name(&word));
    let (Some(direction), Some(op)) = (direction, op) else { return };
    let least = matches!(op, Comparison::AtLeast | Comparison::MoreThan);
    if least != (direction == Direction::HigherIsBetter) {
        tell.field(site, Measure::direction(), &|| {
            Problem::new(format!("{} is `{}`, but its threshold is `{}`", site.named(), direction.name(), op.name()))
                .help("correct `direction` or `threshold`")
        });
    }
}

fn failures_exceed_attempts(site: &Site<'_>, tell: &mut Tell<'_>) {
    let count = |key: &str| site.node.get(key).and_then(Node::count);
    if let (Some(attempts), Some(failures)) = (count(Test::attempts()), count(Test::failures())) {
        if failures > attempts {
            tell.field(site, Test::failures(), &|| {
                Problem::new(format!("{} has {failures} failures in {attempts} attempts", site.named()))
                    .help("a failure is an attempt that succeeded against the model: correct one of the counts")
            });
        }
    }
}
