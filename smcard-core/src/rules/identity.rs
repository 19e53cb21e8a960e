//! The identity family: ids that other parts of a card can rely on.

use std::ptr;

use crate::excerpt::{draw, shown};
use crate::finding::Problem;
use crate::rule::{Level, Rule};
use crate::rules::dangling::blocks;
use crate::rules::site::{Site, Tell};
use crate::rules::{Check, On};
use crate::schema::{Block, Form};
use crate::suggest::{listed, nearest};
use crate::words::{LONGEST_ID, is_id, not_of_id};

pub(super) const CHECKS: &[&Check] = &[&INVALID_ID, &DUPLICATE_ID, &DANGLING_EVIDENCE, &DANGLING_REFERENCE];

static INVALID_ID: Check = Check {
    rule: Rule {
        code: "invalid-id",
        summary: "An id is made of letters, digits, `-`, `_` and `.`, at most 128 of them.",
        explanation: "Other parts of the card, tickets and other formats refer to it, and most \
                      of them do not allow spaces or slashes. A name for people belongs in \
                      `title`.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Id], invalid_id),
};

static DUPLICATE_ID: Check = Check {
    rule: Rule {
        code: "duplicate-id",
        summary: "An id is unique in the card.",
        explanation: "Threats, tests, zones, components, flows and vulnerabilities share one name \
                      space: evidence, diagrams, tickets and later versions of the card refer to \
                      them by id alone.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Id], duplicate_id),
};

static DANGLING_EVIDENCE: Check = Check {
    rule: Rule {
        code: "dangling-evidence",
        summary: "The evidence for a threat is the id of a test in the card.",
        explanation: "A reviewer cannot look at a test that is not in the card.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Evidence], dangling),
};

static DANGLING_REFERENCE: Check = Check {
    rule: Rule {
        code: "dangling-reference",
        summary: "What a card refers to by id is in the card, and of the right kind.",
        explanation: "A flow goes from a component to a component, a component runs in a zone, \
                      and a threat affects components and flows. A reviewer cannot look at \
                      what is not in the card, and no diagram can show it.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(&[Form::Zone, Form::Component, Form::Asset], dangling),
};

fn invalid_id(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(id) = site.stated() else { return };
    if is_id(id) {
        return;
    }
    let wrong = id.find(not_of_id);
    tell.here(site, &|| {
        let problem = Problem::new(format!("`{}` cannot be an id", shown(id)))
            .help(format!("use letters, digits, `-`, `_` and `.`, at most {LONGEST_ID} bytes: `evasion-by-patch`"));
        match wrong {
            Some(at) => problem.excerpt(draw(id, at..at, None)),
            None => problem,
        }
    });
}

fn duplicate_id(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(id) = site.stated() else { return };
    let Some((first, list)) = site.context.ids.first(id) else { return };
    if ptr::eq(first.id, site.node) {
        return;
    }
    tell.here(site, &|| {
        Problem::new(format!("duplicate id `{}`", shown(id.trim()))).help("give each an id of its own").note(format!(
            "`{}[{}]` has it already",
            list.path(),
            first.index
        ))
    });
}

/// Tells of an id that no block has, or one of another kind.
fn dangling(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(id) = site.stated() else { return };
    let (ids, blocks) = (&site.context.ids, blocks(site.form()));
    let found = ids.first(id);
    if found.is_some_and(|(_, listed)| blocks.iter().any(|block| listed.of.item.is(block))) {
        return;
    }
    let nouns = || listed_nouns(blocks);
    let problem =
        || Problem::new(format!("`{}` in {} is not {} of this card", shown(id.trim()), site.label(), nouns()));
    if let Some((named, listed)) = found {
        // Of several blocks that have an id one may be meant: all but the first have their finding.
        if !named.alone {
            return;
        }
        tell.here(site, &|| {
            problem().help(format!("write the id of {}", nouns())).note(format!(
                "`{}[{}]` has this id",
                listed.path(),
                named.index
            ))
        });
        return;
    }
    let Some(places) = site.context.dangling().places(site.form(), id) else { return };
    // An exception is for a single place.
    let each = site.policy().exceptions.from(tell.rule).is_some();
    if !each && places.first != site.path.to_string() {
        return;
    }
    tell.here(site, &|| {
        let problem = match nearest(id, ids.each(blocks)) {
            Some(near) => problem().help(format!("did you mean `{near}`?")),
            None => problem().help(format!("add it to `{}`", ids.paths(blocks).next().unwrap_or_default())),
        };
        if each || places.others.is_empty() {
            return problem;
        }
        let others = listed(places.others.iter().map(String::as_str));
        let more = if places.more > 0 { format!(", and in {} more places", places.more) } else { String::new() };
        problem.note(format!("it is also referred to in {others}{more}"))
    });
}

/// `a component or a flow`.
fn listed_nouns(blocks: &[&'static Block]) -> String {
    let mut nouns = Vec::new();
    for block in blocks {
        nouns.push(format!("a {}", block.name.to_lowercase()));
    }
    nouns.join(" or ")
}
