//! The identity family: ids that other parts of a card can rely on.

use std::collections::HashSet;

use crate::card::{SecurityCard, SecurityConsiderations};
use crate::excerpt::{draw, shown};
use crate::finding::Problem;
use crate::path::Path;
use crate::rule::{Level, Rule};
use crate::rules::site::{Site, Tell};
use crate::rules::{Check, On};
use crate::schema::{Form, Kind};
use crate::suggest::nearest;
use crate::tree::Node;
use crate::words::{LONGEST_ID, is_id, not_of_id};

pub(super) const CHECKS: &[&Check] = &[&INVALID_ID, &DUPLICATE_ID, &DANGLING_EVIDENCE];

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
    on: On::Form(Form::Id, invalid_id),
};

static DUPLICATE_ID: Check = Check {
    rule: Rule {
        code: "duplicate-id",
        summary: "An id is unique in its list.",
        explanation: "Evidence, tickets and later versions of the card refer to threats and tests by id.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::AnyBlock(duplicate_id),
};

static DANGLING_EVIDENCE: Check = Check {
    rule: Rule {
        code: "dangling-evidence",
        summary: "The evidence for a threat is the id of a test in the card.",
        explanation: "A reviewer cannot look at a test that is not in the card.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Form(Form::Evidence, dangling_evidence),
};

fn invalid_id(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(id) = site.stated() else { return };
    if is_id(id) {
        return;
    }
    let wrong = id.char_indices().find(|(_, char)| not_of_id(*char));
    tell.here(site, &|| {
        let problem = Problem::new(format!("`{}` cannot be an id", shown(id)))
            .help(format!("use letters, digits, `-`, `_` and `.`, at most {LONGEST_ID} bytes: `evasion-by-patch`"));
        match wrong {
            Some((at, char)) => problem.excerpt(draw(id, at..at + char.len_utf8(), None)),
            None => problem,
        }
    });
}

fn duplicate_id(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(block) = site.block() else { return };
    for field in block.fields {
        let Kind::List(Kind::Block(item)) = field.kind else { continue };
        let Some(id) = item.fields.iter().find(|field| field.form == Form::Id) else { continue };
        let items = site.node.get(field.name).map(Node::items).unwrap_or_default();
        let list = site.path.key(field.name);
        let mut seen = HashSet::new();
        for (index, item) in items.iter().enumerate() {
            let Some((node, words)) = item.get(id.name).and_then(|node| Some((node, node.words()?.trim()))) else {
                continue;
            };
            if !words.is_empty() && !seen.insert(words) {
                tell.at(node.at, &list.item(index).key(id.name), &|| {
                    Problem::new(format!("duplicate id `{}` in `{list}`", shown(words)))
                        .help("give each an id of its own")
                });
            }
        }
    }
}

fn dangling_evidence(site: &Site<'_>, tell: &mut Tell<'_>) {
    let tests = &site.context.tests;
    let Some(id) = site.stated().filter(|id| !tests.hold(id)) else { return };
    let security = Path::Card.key(SecurityCard::security_considerations());
    let list = security.key(SecurityConsiderations::tests());
    // A test without an id, or with a wrong one, may be the one that is meant, and so may those under a misspelt key.
    if !tests.all_known() || site.context.strays().mean(&list.to_string()) {
        return;
    }
    tell.here(site, &|| {
        let problem = Problem::new(format!("`{}` in {} is not a test of this card", shown(id), site.label()));
        match nearest(id, tests.ids()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(format!("add the test to `{list}`")),
        }
    });
}
