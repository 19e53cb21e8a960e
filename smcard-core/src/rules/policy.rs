//! The policy family: what the organization asks on top, in `smcard.toml`.

use crate::finding::{Level, Problem};
use crate::license;
use crate::node::Value;
use crate::rules::{Check, Rule, Site, Spot, shape};
use crate::schema::{Form, Kind};
use crate::suggest::listed;
use crate::text::Text;

pub(super) const RULES: &[&Rule] = &[
    &UNKNOWN_POLICY_KEY,
    &INVALID_POLICY,
    &LICENSE_NOT_ALLOWED,
    &DEPRECATED_LICENSE,
    &REQUIRED_BY_POLICY,
    &EXTENSION_MISSING,
];

pub(crate) static UNKNOWN_POLICY_KEY: Rule = Rule {
    code: "unknown-policy-key",
    summary: "A policy file holds only keys, fields and rules that smcard knows.",
    explanation: "A misspelt key would switch off a check without anybody noticing.",
    level: Level::Error,
    adjustable: false,
    check: Check::Reading,
};

pub(crate) static INVALID_POLICY: Rule = Rule {
    code: "invalid-policy",
    summary: "A policy file can be read, and its values are of the right kind.",
    explanation: "A card that cannot be checked against its policy does not pass it.",
    level: Level::Error,
    adjustable: false,
    check: Check::Reading,
};

static LICENSE_NOT_ALLOWED: Rule = Rule {
    code: "license-not-allowed",
    summary: "The licence satisfies the policy's `[license] allow`.",
    explanation: "An expression passes when the licences that are allowed are enough to satisfy \
                  it: of an `OR`, one; of an `AND`, all. A licence that the card does not state \
                  cannot be seen to be allowed.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(license_not_allowed),
};

static DEPRECATED_LICENSE: Rule = Rule {
    code: "deprecated-license",
    summary: "The licence is not an id that SPDX has replaced.",
    explanation: "`GPL-2.0` does not say whether later versions may be used; SPDX replaced such \
                  ids. They still mean something, so this is a warning.",
    level: Level::Warning,
    adjustable: true,
    check: Check::Value(deprecated_license),
};

static REQUIRED_BY_POLICY: Rule = Rule {
    code: "required-by-policy",
    summary: "The card gives every field that the policy requires.",
    explanation: "`[require]` asks on top of the schema, `[stage.…]` asks once the card says that \
                  it has reached that stage.",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(required_by_policy),
};

static EXTENSION_MISSING: Rule = Rule {
    code: "extension-missing",
    summary: "The card gives every extension that the policy requires.",
    explanation: "`[[extension]]` with `required = true` declares a field of the organization's own.",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(extension_missing),
};

fn license_not_allowed(site: &Site<'_>) -> Option<Problem> {
    let allow = site.policy.licenses().filter(|_| site.form == Form::License)?;
    let Value::Text(text) = &site.node.value else { return None };
    let label = site.label();
    let problem = match text {
        Text::Stated(words) => {
            let expression = license::parse(words).ok()?.expression;
            let allowed = |term: &spdx::LicenseReq| allow.names.contains(&term.to_string());
            let failures = expression.evaluate_with_failures(allowed).err()?;
            let refused: Vec<String> = failures.iter().map(|term| term.req.to_string()).collect();
            Problem::new(format!("{label} is not allowed: {}", listed(refused.iter().map(String::as_str))))
        }
        Text::NotApplicable(_) | Text::Withheld(_) => {
            Problem::new(format!("{label} is not stated, so it is not among the allowed ones"))
        }
    };
    Some(
        problem
            .help(format!("the policy allows {}", listed(allow.names.iter().map(String::as_str))))
            .note(format!("asked for by {}", site.policy.place(allow.line))),
    )
}

fn deprecated_license(site: &Site<'_>) -> Option<Problem> {
    let ids = license::parse(site.stated(Form::License)?).ok()?.deprecated;
    (!ids.is_empty()).then(|| {
        Problem::new(format!("{} uses {}, which SPDX has replaced", site.label(), listed(ids)))
            .help("for a GNU licence write `-only` or `-or-later`; see the SPDX list for the others")
    })
}

fn required_by_policy(site: &Site<'_>) -> Vec<Spot> {
    if !site.path.is_empty() {
        return Vec::new(); // Paths are counted from the card itself.
    }
    let Some(card) = site.block() else { return Vec::new() };
    let mut spots: Vec<Spot> = Vec::new();
    for demand in site.policy.demands(site.stage) {
        let Some((at, missing)) = first_missing(site, &demand.path) else { continue };
        let (Some(asked), Some(absent)) = (card.at(&demand.path), card.at(&missing)) else { continue };
        // Whatever is missing by the schema already, or for an earlier line, has its finding.
        let known = (absent.required && !site.policy.relaxes(&missing, site.stage)) || site.is_stray(&missing);
        if known || spots.iter().any(|spot| spot.path == demand.path) {
            continue;
        }
        let section = demand.path.rsplit_once('.').map(|(section, _)| section).unwrap_or_default();
        let problem = shape::missing(asked, section).note(format!("asked for by {}", site.policy.place(demand.line)));
        spots.push(Spot { at, path: demand.path.clone(), problem });
    }
    spots
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

fn extension_missing(site: &Site<'_>) -> Vec<Spot> {
    let Some(extensions) = site.block().filter(|_| site.path.is_empty()).and_then(extensions_field) else {
        return Vec::new();
    };
    let given = site.node.entry(extensions);
    let missing = site.policy.extensions().iter().filter(|extension| extension.required);
    missing
        .filter(|extension| {
            let mut segments = extension.path.split('.');
            given.and_then(|given| segments.try_fold(&given.node, |node, segment| node.get(segment))).is_none()
        })
        .map(|extension| {
            let nested: Vec<&str> = extension.path.split('.').collect();
            let open = nested.iter().map(|segment| format!("{segment}: ")).collect::<Vec<_>>().join("{ ");
            let close = " }".repeat(nested.len() - 1);
            let problem = Problem::new(format!("missing extension `{}`", extension.path))
                .help(format!("add `{extensions}: {{ {open}\"…\"{close} }}`"));
            let problem = if extension.doc.is_empty() { problem } else { problem.note(extension.doc.clone()) };
            Spot {
                at: given.map_or(site.key_at, |given| given.at),
                path: format!("{extensions}.{}", extension.path),
                problem: problem.note(format!("asked for by {}", site.policy.place(extension.line))),
            }
        })
        .collect()
}

/// The field of a card that holds what an organization adds.
fn extensions_field(card: &'static crate::schema::Block) -> Option<&'static str> {
    card.fields.iter().find(|field| matches!(field.kind, Kind::Extensions)).map(|field| field.name)
}
