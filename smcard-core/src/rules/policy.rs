//! The policy family: what the organization asks on top, in `smcard.toml`.

use crate::card::SecurityCard;
use crate::finding::Problem;
use crate::license;
use crate::path::Path;
use crate::rule::{Level, Rule};
use crate::rules::site::{Site, Tell};
use crate::rules::{Check, On, shape};
use crate::schema::Form;
use crate::suggest::listed;

pub(super) const CHECKS: &[&Check] =
    &[&UNKNOWN_KEY, &INVALID, &LICENSE_NOT_ALLOWED, &DEPRECATED_LICENSE, &REQUIRED_BY_POLICY, &EXTENSION_MISSING];

pub(crate) static UNKNOWN_POLICY_KEY: &Rule = &UNKNOWN_KEY.rule;
pub(crate) static INVALID_POLICY: &Rule = &INVALID.rule;

static UNKNOWN_KEY: Check = Check {
    rule: Rule {
        code: "unknown-policy-key",
        summary: "A policy file holds only keys, fields and rules that smcard knows.",
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

static LICENSE_NOT_ALLOWED: Check = Check {
    rule: Rule {
        code: "license-not-allowed",
        summary: "The licence satisfies the policy's `[license] allow`.",
        explanation: "An expression passes when the licences that are allowed are enough to satisfy \
                      it: of an `OR`, one; of an `AND`, all. A licence that the card does not state \
                      cannot be seen to be allowed.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Text(license_not_allowed),
};

static DEPRECATED_LICENSE: Check = Check {
    rule: Rule {
        code: "deprecated-license",
        summary: "The licence is not an id that SPDX has replaced.",
        explanation: "`GPL-2.0` does not say whether later versions may be used; SPDX replaced such \
                      ids. They still mean something, so this is a warning.",
        level: Level::Warning,
        adjustable: true,
    },
    on: On::Form(Form::License, deprecated_license),
};

static REQUIRED_BY_POLICY: Check = Check {
    rule: Rule {
        code: "required-by-policy",
        summary: "The card gives every field that the policy requires.",
        explanation: "`[require]` asks on top of the schema, `[stage.…]` asks once the card says that \
                      it has reached that stage.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(SecurityCard::SCHEMA, required_by_policy),
};

static EXTENSION_MISSING: Check = Check {
    rule: Rule {
        code: "extension-missing",
        summary: "The card gives every extension that the policy requires.",
        explanation: "`[[extension]]` with `required = true` declares a field of the organization's own.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(SecurityCard::SCHEMA, extension_missing),
};

fn license_not_allowed(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(allow) = site.policy().licenses().filter(|_| site.form() == Form::License) else { return };
    let refused: Vec<String> = match site.stated() {
        Some(words) => {
            let Ok(license::License { expression, .. }) = license::parse(words) else { return };
            let allowed = |term: &spdx::LicenseReq| allow.names.contains(&term.to_string());
            match expression.evaluate_with_failures(allowed) {
                Ok(()) => return,
                Err(failures) => failures.iter().map(|term| term.req.to_string()).collect(),
            }
        }
        None => Vec::new(),
    };
    tell.here(site, &|| {
        let label = site.label();
        match refused.as_slice() {
            [] => Problem::new(format!("{label} is not stated, so it is not among the allowed ones")),
            refused => Problem::new(format!("{label} is not allowed: {}", listed(refused.iter().map(String::as_str)))),
        }
        .help(format!("the policy allows {}", listed(allow.names.iter().map(String::as_str))))
        .note(format!("required by {}", site.policy().place(allow.line)))
    });
}

fn deprecated_license(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(Ok(license::License { deprecated: ids, .. })) = site.stated().map(license::parse) else { return };
    if !ids.is_empty() {
        tell.here(site, &|| {
            Problem::new(format!("{} uses {}, which SPDX has replaced", site.label(), listed(ids.iter().copied())))
                .help("for a GNU licence write `-only` or `-or-later`; see the SPDX list for the others")
        });
    }
}

fn required_by_policy(site: &Site<'_>, tell: &mut Tell<'_>) {
    let policy = site.policy();
    let mut told: Vec<&str> = Vec::new();
    for demand in policy.demands(site.context.stage) {
        let Some((at, missing)) = first_missing(site, &demand.path) else { continue };
        let fields = (SecurityCard::SCHEMA.at(&demand.path), SecurityCard::SCHEMA.at(&missing));
        let (Some(asked), Some(absent)) = fields else { continue };
        // Whatever is missing by the schema already, or for an earlier line, has its finding.
        let known =
            (absent.required && !policy.relaxes(&missing, site.context.stage)) || site.context.strays().mean(&missing);
        if known || told.contains(&demand.path.as_str()) {
            continue;
        }
        told.push(&demand.path);
        let (section, name) = demand.path.rsplit_once('.').unwrap_or(("", &demand.path));
        let section = if section.is_empty() { Path::Card } else { Path::Card.key(section) };
        tell.at(at, &section.key(name), &|| {
            shape::missing(asked, &section).note(format!("required by {}", policy.place(demand.line)))
        });
    }
}

/// The first part of a path that a card does not give, and where the block stands that lacks it.
fn first_missing(site: &Site<'_>, path: &str) -> Option<(usize, String)> {
    let (mut block, mut at) = (site.node, site.key_at);
    for (index, _) in path.match_indices('.').chain([(path.len(), "")]) {
        let reached = path.get(..index)?;
        let name = reached.rsplit('.').next()?;
        match block.entry(name) {
            Some(entry) => (block, at) = (&entry.node, entry.at),
            None => return Some((at, reached.to_owned())),
        }
    }
    None
}

fn extension_missing(site: &Site<'_>, tell: &mut Tell<'_>) {
    let given = site.node.entry(SecurityCard::extensions());
    for extension in site.policy().extensions().iter().filter(|extension| extension.required) {
        let mut segments = extension.path.split('.');
        if given.and_then(|given| segments.try_fold(&given.node, |node, segment| node.get(segment))).is_some() {
            continue;
        }
        let extensions = site.path.key(SecurityCard::extensions());
        tell.at(given.map_or(site.key_at, |given| given.at), &extensions.key(&extension.path), &|| {
            let nested: Vec<&str> = extension.path.split('.').collect();
            let open = nested.iter().map(|segment| format!("{segment}: ")).collect::<Vec<_>>().join("{ ");
            let close = " }".repeat(nested.len() - 1);
            let problem = Problem::new(format!("missing extension `{}`", extension.path))
                .help(format!("add `{extensions}: {{ {open}\"…\"{close} }}`"));
            let problem = if extension.doc.is_empty() { problem } else { problem.note(extension.doc.clone()) };
            problem.note(format!("required by {}", site.policy().place(extension.line)))
        });
    }
}
