//! The taxonomy family: references that mean what the card takes them to mean.

use crate::excerpt::shown;
use crate::finding::Problem;
use crate::rule::{Level, Rule};
use crate::rules::site::{Site, Tell};
use crate::rules::{Check, On};
use crate::schema::Form;
use crate::suggest::either;
use crate::taxonomy::{Concept, Reference, Standing, editions, named, nearest_id, of_shape};

pub(super) const CHECKS: &[&Check] =
    &[&AMBIGUOUS_EDITION, &UNKNOWN_REFERENCE, &RETIRED_REFERENCE, &NAME_MISMATCH, &SUPERSEDED_EDITION];

static AMBIGUOUS_EDITION: Check = Check {
    rule: Rule {
        code: "ambiguous-edition",
        summary: "A reference names the edition if the id means different things in different editions.",
        explanation: "`LLM06` is excessive agency, sensitive information disclosure or \
                      unbounded consumption, depending on the edition of the OWASP list. Add \
                      the edition to the id: `LLM06:2026`.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Reference], ambiguous_edition),
};

static UNKNOWN_REFERENCE: Check = Check {
    rule: Rule {
        code: "unknown-reference",
        summary: "A reference is the id of an entry in a known taxonomy.",
        explanation: "The taxonomies are MITRE ATLAS, NIST AI 100-2, the OWASP Top 10s for \
                      LLM, machine learning and agentic applications, and CWE. If an id is \
                      newer than smcard's tables, add it to the policy with \
                      `[[taxonomy.extra]]`.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Reference], unknown_reference),
};

static RETIRED_REFERENCE: Check = Check {
    rule: Rule {
        code: "retired-reference",
        summary: "A reference is to an entry that its taxonomy still contains.",
        explanation: "ATLAS removes entries without leaving a trace, so a reader who looks one \
                      up finds nothing. The finding names what took its place.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Reference], retired_reference),
};

static NAME_MISMATCH: Check = Check {
    rule: Rule {
        code: "name-mismatch",
        summary: "A name after an id is a name of that entry.",
        explanation: "Either the id or the name is wrong, and they lead to different \
                      mitigations. Former names are accepted.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Reference], name_mismatch),
};

static SUPERSEDED_EDITION: Check = Check {
    rule: Rule {
        code: "superseded-edition",
        summary: "A reference is to the newest edition of its list.",
        explanation: "An older edition is not wrong, but readers compare cards by the current \
                      one, in which the numbers have changed.",
        level: Level::Warning,
        adjustable: true,
    },
    on: On::Form(&[Form::Reference], superseded_edition),
};

/// The reference that stands here, if it refers to no entry.
fn unmatched<'s>(site: &Site<'s>) -> Option<Reference<'s>> {
    if site.concept.is_none() { site.stated().map(Reference::new) } else { None }
}

fn ambiguous_edition(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(Reference { id, .. }) = unmatched(site) else { return };
    let meanings: Vec<&Concept> = editions(id).collect();
    if meanings.is_empty() {
        return;
    }
    tell.here(site, &|| {
        let problem = Problem::new(format!("`{id}` in {} has no edition", site.label()));
        let mut problem = problem.help(format!("write {}", alternatives(&meanings)));
        for meaning in meanings.iter().rev() {
            problem = problem.note(described(meaning));
        }
        problem
    });
}

fn unknown_reference(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(found @ Reference { id, .. }) = unmatched(site) else { return };
    if found.may_exist() || site.policy().extra(id).is_some() {
        return;
    }
    let taxonomy = of_shape(id);
    tell.here(site, &|| {
        let text = site.stated().unwrap_or_default().trim();
        let label = site.label();
        if let Some(taxonomy) = taxonomy {
            let (known, version) = (taxonomy.label, taxonomy.version);
            return Problem::new(format!("`{}` in {label} is not in {known} {version}", shown(id))).help(
                "check the id; if it is newer than this version, add it to the policy: `[[taxonomy.extra]]` with `id` and `name`",
            );
        }
        // What does not look like an id is probably a name, of several words.
        let problem = Problem::new(format!("`{}` in {label} is not an id of a known taxonomy", shown(text)));
        if VULNERABILITIES.iter().any(|prefix| id.starts_with(prefix)) {
            return problem
                .help("`refs` say what kind of attack or weakness it is; name the vulnerability itself in `scenario`")
                .note("CWE has an id for most kinds of weakness, such as `CWE-502`");
        }
        let meant: Vec<&Concept> = named(text).take(3).collect();
        match (meant.as_slice(), nearest_id(id)) {
            ([], Some(near)) => problem.help(format!("did you mean {}?", described(near))),
            ([], None) => problem
                .help("write an id such as `AML.T0015`, `NISTAML.022`, `LLM01:2026`, `ML01:2023`, `ASI01` or `CWE-1039`")
                .help("declare an id of your own in the policy: `[[taxonomy.extra]]` with `id` and `name`"),
            (meant, _) => {
                let problem = problem.help(format!("write the id of this name: {}", alternatives(meant)));
                describing(problem, meant)
            }
        }
    });
}

/// What the ids of single vulnerabilities begin with.
const VULNERABILITIES: &[&str] = &["CVE-", "GHSA-", "RUSTSEC-", "PYSEC-", "OSV-"];

fn retired_reference(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(concept) = site.concept else { return };
    if concept.standing != Standing::Retired {
        return;
    }
    tell.here(site, &|| {
        let problem = Problem::new(format!("{} in {} has been retired", described(concept), site.label()));
        match concept.current().as_slice() {
            [] => problem.help(format!("{} has nothing in its place", concept.taxonomy.label)),
            current => {
                let problem = problem.help(format!("write {}", alternatives(current)));
                describing(problem, current)
            }
        }
    });
}

fn name_mismatch(site: &Site<'_>, tell: &mut Tell<'_>) {
    // Most texts are an id and nothing else.
    let more = site.stated().filter(|text| site.concept.is_none_or(|concept| concept.id != *text));
    let Some(reference) = more.map(Reference::new).filter(|reference| !reference.name.is_empty()) else { return };
    let wrong =
        || Problem::new(format!("`{}` in {} is not named `{}`", reference.id, site.label(), shown(reference.name)));
    match (site.concept, site.policy().extra(reference.id)) {
        (Some(concept), _) if !concept.is_named(reference.name) => tell.here(site, &|| {
            let problem = wrong().help(format!("it is {}", described(concept)));
            let namesakes = named(reference.name).filter(|other| other.taxonomy == concept.taxonomy);
            namesakes
                .take(3)
                .fold(problem, |problem, other| problem.help(format!("{} has that name", described(other))))
        }),
        (None, Some(name)) if !name.eq_ignore_ascii_case(reference.name) => {
            tell.here(site, &|| wrong().help(format!("the policy names it `{name}`")));
        }
        _ => {}
    }
}

fn superseded_edition(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(concept) = site.concept else { return };
    if concept.standing != Standing::Superseded {
        return;
    }
    tell.here(site, &|| {
        let problem = Problem::new(format!("{} in {} is of an older edition", described(concept), site.label()));
        let edition = concept.taxonomy.version;
        match concept.current().as_slice() {
            [] => problem.help(format!("the {edition} edition has nothing in its place")),
            current => {
                let mut names = Vec::new();
                for successor in current {
                    names.push(described(successor));
                }
                problem.help(format!("in the {edition} edition it is {}", names.join(" and ")))
            }
        }
    });
}

/// Notes what the ids stand for.
fn describing(mut problem: Problem, concepts: &[&Concept]) -> Problem {
    for concept in concepts {
        problem = problem.note(described(concept));
    }
    problem
}

/// `` `AML.T0015` (Evade AI Model) ``.
fn described(concept: &Concept) -> String {
    format!("`{}` ({})", concept.id, concept.name)
}

/// `` `a`, `b` or `c` ``.
fn alternatives(concepts: &[&Concept]) -> String {
    either(concepts.iter().map(|concept| concept.id))
}
