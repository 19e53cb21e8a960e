//! The policy family: what the organization asks on top, in `smcard.toml`.

use crate::card::SecurityCard;
use crate::date::is_day;
use crate::excerpt::shown;
use crate::finding::Problem;
use crate::license;
use crate::names::Names;
use crate::path::Path;
use crate::policy::{Demand, Fields};
use crate::rule::{Level, Rule};
use crate::rules::extension::extension_missing;
use crate::rules::site::{Site, Tell};
use crate::rules::{Check, On, shape};
use crate::schema::{Block, Field, Form, Kind};
use crate::suggest::listed;
use crate::tree::{Node, Value};

pub(super) const CHECKS: &[&Check] = &[
    &UNKNOWN_KEY,
    &INVALID,
    &LOOSENED,
    &LICENSE_NOT_ALLOWED,
    &DEPRECATED_LICENSE,
    &DAY_REQUIRED,
    &REQUIRED_BY_POLICY,
    &EXTENSION_MISSING,
];

pub(crate) static UNKNOWN_POLICY_KEY: &Rule = &UNKNOWN_KEY.rule;
pub(crate) static INVALID_POLICY: &Rule = &INVALID.rule;
pub(crate) static POLICY_LOOSENED: &Rule = &LOOSENED.rule;

static UNKNOWN_KEY: Check = Check {
    rule: Rule {
        code: "unknown-policy-key",
        summary: "A policy file contains only keys, fields and rules that smcard knows.",
        explanation: "A misspelt key would switch off a check without anybody noticing.",
        level: Level::Error,
        adjustable: false,
    },
    on: On::Reading,
};

static INVALID: Check = Check {
    rule: Rule {
        code: "invalid-policy",
        summary: "A policy file can be read, and its values are of the right kind.",
        explanation: "A card that cannot be checked against its policy does not pass it.",
        level: Level::Error,
        adjustable: false,
    },
    on: On::Reading,
};

static LOOSENED: Check = Check {
    rule: Rule {
        code: "policy-loosened",
        summary: "A policy file does not ask for less than an outer file does.",
        explanation: "Every `smcard.toml` from the package up to the root of the workspace \
                      applies. A nearer one may ask for more. It may ask for less only where \
                      the outer one delegates that to nearer files, with `[policy] delegate`.",
        level: Level::Error,
        adjustable: false,
    },
    on: On::Reading,
};

static LICENSE_NOT_ALLOWED: Check = Check {
    rule: Rule {
        code: "license-not-allowed",
        summary: "The licence satisfies the policy's `[license] allow`.",
        explanation: "An expression passes if the allowed licences are enough to satisfy it: \
                      one of an `OR`, all of an `AND`. A licence that the card does not state \
                      cannot be shown to be allowed.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::License], license_not_allowed),
};

static DEPRECATED_LICENSE: Check = Check {
    rule: Rule {
        code: "deprecated-license",
        summary: "The licence id is not one that SPDX has replaced.",
        explanation: "`GPL-2.0` does not say whether later versions may be used, so SPDX \
                      replaced such ids. They still mean something, so this is a warning.",
        level: Level::Warning,
        adjustable: true,
    },
    on: On::Form(&[Form::License], deprecated_license),
};

static DAY_REQUIRED: Check = Check {
    rule: Rule {
        code: "day-required",
        summary: "A date is a day where the policy asks for one.",
        explanation: "A month or a year is enough for a card, unless `[require] days` lists the \
                      field: who computes ages and deadlines from it needs the day.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Date], day_required),
};

static REQUIRED_BY_POLICY: Check = Check {
    rule: Rule {
        code: "required-by-policy",
        summary: "The card has every field that the policy requires.",
        explanation: "`[require]` applies on top of the schema; `[stage.…]` applies once the \
                      card states that stage.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(SecurityCard::SCHEMA, required_by_policy),
};

static EXTENSION_MISSING: Check = Check {
    rule: Rule {
        code: "extension-missing",
        summary: "The card has every extension that the policy requires.",
        explanation: "`[[extension]]` with `required = true` declares a field of your organization's own.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(SecurityCard::SCHEMA, extension_missing),
};

/// The fields for which the policy asks for a day.
const DAYS: fn(&Fields) -> &[Demand] = |fields| &fields.days;

fn day_required(site: &Site<'_>, tell: &mut Tell<'_>) {
    let policy = site.policy();
    let Some(text) = site.stated().filter(|text| !is_day(text) && policy.wants_any(DAYS)) else { return };
    let Some(place) = policy.wants(DAYS, &site.path, site.context.stage) else { return };
    tell.here(site, &|| {
        Problem::new(format!("{} is `{}`, and the policy asks for the day", site.label(), shown(text)))
            .help("write the day as `YYYY-MM-DD`")
            .note(format!("required by {place}"))
    });
}

fn license_not_allowed(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(allow) = site.policy().licenses() else { return };
    let mut refused = Vec::new();
    if let Some(words) = site.stated() {
        let Ok(expression) = license::parse(words) else { return };
        for term in expression.refused(&|term| allow.names.iter().any(|name| name == term)) {
            refused.push(term.to_owned());
        }
        if refused.is_empty() {
            return;
        }
    }
    tell.here(site, &|| {
        let label = site.label();
        match refused.as_slice() {
            [] => Problem::new(format!("{label} is not stated, so it cannot be shown to be allowed")),
            refused => Problem::new(format!("{label} is not allowed: {}", listed(refused.iter().map(String::as_str)))),
        }
        .help(format!("the policy allows {}", listed(allow.names.iter().map(String::as_str))))
        .note(format!("required by {}", allow.place))
    });
}

fn deprecated_license(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(Ok(license::Expression { deprecated: ids, .. })) = site.stated().map(license::parse) else { return };
    if !ids.is_empty() {
        tell.here(site, &|| {
            Problem::new(format!("{} uses {}, which SPDX has replaced", site.label(), listed(ids.iter().copied())))
                .help("for a GNU licence write `-only` or `-or-later`; see the SPDX list for the others")
        });
    }
}

fn required_by_policy(site: &Site<'_>, tell: &mut Tell<'_>) {
    let mut told = Names::default();
    for demand in site.policy().demands(site.context.stage) {
        if told.add(&demand.path) {
            let steps: Vec<&str> = demand.path.split('.').collect();
            Asked { site, demand }.of(tell, SecurityCard::SCHEMA, (site.node, site.key_at), &site.path, &steps);
        }
    }
}

/// A field that the policy requires, on the way to it.
struct Asked<'a> {
    site: &'a Site<'a>,
    demand: &'a Demand,
}

impl Asked<'_> {
    /// Tells of the field where this block, or a block in it, lacks it.
    fn of(
        &self,
        tell: &mut Tell<'_>,
        block: &'static Block,
        (node, at): (&Node<'_>, usize),
        path: &Path<'_>,
        steps: &[&str],
    ) {
        let Some((name, rest)) = steps.split_first().filter(|_| matches!(node.value, Value::Block(_))) else { return };
        let Some(field) = block.field(name) else { return };
        let path_of_field = path.key(name);
        let Some(entry) = node.entry(name) else {
            self.lacks(tell, field, at, path, steps);
            return;
        };
        match field.kind {
            Kind::Block(inner) => self.of(tell, inner, (&entry.node, entry.at), &path_of_field, rest),
            Kind::List(Kind::Block(inner)) => {
                for (index, item) in entry.node.items().iter().enumerate() {
                    self.of(tell, inner, (item, item.at), &path_of_field.item(index), rest);
                }
            }
            _ => {}
        }
    }

    /// Tells that a block lacks its field of the first name, and with it the one of the last.
    fn lacks(&self, tell: &mut Tell<'_>, field: &'static Field, at: usize, path: &Path<'_>, steps: &[&str]) {
        let (Some((name, rest)), context) = (steps.split_first(), self.site.context) else { return };
        let Some(asked) = (if rest.is_empty() { Some(field) } else { within(field, rest) }) else { return };
        let missing = path.key(name);
        // Whatever is missing by the schema already has its finding.
        if (field.required && !context.policy.relaxes(&missing, context.stage)) || context.strays().mean(&missing) {
            return;
        }
        beneath(path, steps, &mut |section, name| {
            tell.at(at, &section.key(name), &|| {
                shape::missing(asked, section).note(format!("required by {}", self.demand.place))
            });
        });
    }
}

/// The field beneath one that is not there; nothing where a list lies between, of whose items
/// there are none to lack it.
fn within(field: &'static Field, steps: &[&str]) -> Option<&'static Field> {
    steps.iter().try_fold(field, |field, step| match field.kind {
        Kind::Block(block) => block.field(step),
        _ => None,
    })
}

/// Gives the block that the last of these steps lies in, and that step.
fn beneath(path: &Path<'_>, steps: &[&str], give: &mut dyn FnMut(&Path<'_>, &str)) {
    match steps {
        [] => {}
        [last] => give(path, last),
        [first, rest @ ..] => beneath(&path.key(first), rest, give),
    }
}
