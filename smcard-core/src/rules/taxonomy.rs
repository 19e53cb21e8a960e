//! The taxonomy family: references that mean what the card takes them to mean.

use crate::finding::{Level, Problem};
use crate::rules::shape::shown;
use crate::rules::{Check, Rule, Site};
use crate::schema::Form;
use crate::suggest::listed;
use crate::taxonomy::{Concept, Reference, Standing, editions, named, nearest_id, of_shape};

pub(super) const RULES: &[&Rule] =
    &[&AMBIGUOUS_EDITION, &UNKNOWN_REFERENCE, &RETIRED_REFERENCE, &NAME_MISMATCH, &SUPERSEDED_EDITION];

static AMBIGUOUS_EDITION: Rule = Rule {
    code: "ambiguous-edition",
    summary: "A reference names the edition where the id means different things in them.",
    explanation: "`LLM06` is excessive agency, sensitive information disclosure or unbounded \
                  consumption, by the edition of the OWASP list. Write the edition behind it: \
                  `LLM06:2026`.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(ambiguous_edition),
};

static UNKNOWN_REFERENCE: Rule = Rule {
    code: "unknown-reference",
    summary: "A reference is the id of an entry of a taxonomy.",
    explanation: "The taxonomies are MITRE ATLAS, NIST AI 100-2, the OWASP Top 10s for LLM, machine \
                  learning and agentic applications, and CWE. An id that is newer than smcard's table \
                  is added in the policy, with `[[taxonomy.extra]]`.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(unknown_reference),
};

static RETIRED_REFERENCE: Rule = Rule {
    code: "retired-reference",
    summary: "A reference is to an entry that its taxonomy still holds.",
    explanation: "ATLAS removes an entry without leaving a mark, so a reader who looks it up finds \
                  nothing. The finding names what took its place.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(retired_reference),
};

static NAME_MISMATCH: Rule = Rule {
    code: "name-mismatch",
    summary: "A name behind an id is a name of that entry.",
    explanation: "Either the id or the name is wrong, and they lead to different mitigations. Former \
                  names are accepted.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(name_mismatch),
};

static SUPERSEDED_EDITION: Rule = Rule {
    code: "superseded-edition",
    summary: "A reference is to the newest edition of its list.",
    explanation: "An older edition is not wrong, but readers compare cards by the present one, in \
                  which numbers have moved.",
    level: Level::Warning,
    adjustable: true,
    check: Check::Value(superseded_edition),
};

fn reference<'s>(site: &Site<'s>) -> Option<Reference<'s>> {
    site.stated(Form::Reference).map(Reference::new)
}

fn ambiguous_edition(site: &Site<'_>) -> Option<Problem> {
    let id = reference(site)?.id;
    let meanings: Vec<&Concept> = editions(id).filter(|_| Reference::new(id).concept().is_none()).collect();
    if meanings.is_empty() {
        return None;
    }
    let problem = Problem::new(format!("`{id}` in {} has no edition", site.label()));
    let problem = problem.help(format!("write {}", alternatives(&meanings)));
    Some(meanings.iter().rev().fold(problem, |problem, meaning| problem.note(described(meaning))))
}

fn unknown_reference(site: &Site<'_>) -> Option<Problem> {
    let Reference { id, .. } = reference(site)?;
    if Reference::new(id).concept().is_some() || site.policy.extra(id).is_some() {
        return None;
    }
    let text = site.stated(Form::Reference)?.trim();
    // What is no id at all is probably a name, of several words.
    let shown = shown(if of_shape(id).is_some() { id } else { text });
    let label = site.label();
    match of_shape(id) {
        Some(taxonomy) if !taxonomy.complete => None,
        Some(taxonomy) => {
            let problem =
                Problem::new(format!("`{shown}` in {label} is not in {} {}", taxonomy.label, taxonomy.version));
            Some(problem.help(
                "check the id; if it is newer than this version, add it to the policy: `[[taxonomy.extra]]` with `id` and `name`",
            ))
        }
        None => {
            let problem = Problem::new(format!("`{shown}` in {label} is no id of a known taxonomy"));
            let meant: Vec<&Concept> = named(text).collect();
            Some(match (meant.as_slice(), nearest_id(id)) {
                ([], Some(near)) => problem.help(format!("did you mean {}?", described(near))),
                ([], None) => problem.help(
                    "write an id such as `AML.T0015`, `NISTAML.022`, `LLM01:2026`, `ML01:2023`, `ASI01` or `CWE-1039`",
                ),
                (meant, _) => {
                    let problem = problem.help(format!("write the id of this name: {}", alternatives(meant)));
                    meant.iter().fold(problem, |problem, meaning| problem.note(described(meaning)))
                }
            })
        }
    }
}

fn retired_reference(site: &Site<'_>) -> Option<Problem> {
    let concept = reference(site)?.concept().filter(|concept| concept.standing == Standing::Retired)?;
    let problem = Problem::new(format!("{} in {} has been retired", described(concept), site.label()));
    Some(match concept.current().as_slice() {
        [] => problem.help(format!("{} has nothing in its place", concept.taxonomy.label)),
        current => {
            let problem = problem.help(format!("write {}", alternatives(current)));
            current.iter().fold(problem, |problem, successor| problem.note(described(successor)))
        }
    })
}

fn name_mismatch(site: &Site<'_>) -> Option<Problem> {
    let reference = reference(site).filter(|reference| !reference.name.is_empty())?;
    let wrong = format!("`{}` in {} is not named `{}`", reference.id, site.label(), shown(reference.name));
    let Some(concept) = reference.concept() else {
        let name = site.policy.extra(reference.id)?;
        return (!name.eq_ignore_ascii_case(reference.name))
            .then(|| Problem::new(wrong).help(format!("the policy names it `{name}`")));
    };
    if concept.is_named(reference.name) {
        return None;
    }
    let problem = Problem::new(wrong).help(format!("it is {}", described(concept)));
    let namesakes = named(reference.name).filter(|other| other.taxonomy == concept.taxonomy);
    Some(
        namesakes.take(3).fold(problem, |problem, other| problem.help(format!("of that name is {}", described(other)))),
    )
}

fn superseded_edition(site: &Site<'_>) -> Option<Problem> {
    let concept = reference(site)?.concept().filter(|concept| concept.standing == Standing::Superseded)?;
    let problem = Problem::new(format!("{} in {} is of an older edition", described(concept), site.label()));
    Some(match concept.current().as_slice() {
        [] => problem.help(format!("the edition of {} has nothing in its place", concept.taxonomy.version)),
        current => {
            let described: Vec<String> = current.iter().map(|successor| described(successor)).collect();
            problem.help(format!("in the edition of {} it is {}", concept.taxonomy.version, described.join(" and ")))
        }
    })
}

/// `` `AML.T0015` (Evade AI Model) ``.
fn described(concept: &Concept) -> String {
    format!("`{}` ({})", concept.id, concept.name)
}

/// `` `a`, `b` or `c` ``.
fn alternatives(concepts: &[&Concept]) -> String {
    let and = listed(concepts.iter().map(|concept| concept.id));
    and.replacen(" and ", " or ", 1)
}
