//! References to what a card does not hold: each missing id once, with the places that refer to it.
//!
//! An id that is misspelt where its block stands is missing wherever it is referred to, and is one mistake all the same.

use crate::card::{Component, Flow, SecurityCard, Test, Zone};
use crate::names::Names;
use crate::path::Path;
use crate::rules::ids::Ids;
use crate::rules::stray::Strays;
use crate::schema::{Block, Field, Form, Kind};
use crate::tree::Node;

/// The blocks that a text of a form may refer to.
pub(super) fn blocks(form: Form) -> &'static [&'static Block] {
    match form {
        Form::Evidence => &[Test::SCHEMA],
        Form::Zone => &[Zone::SCHEMA],
        Form::Component => &[Component::SCHEMA],
        Form::Asset => &[Component::SCHEMA, Flow::SCHEMA],
        _ => &[],
    }
}

/// The ids that a card refers to and does not hold.
#[derive(Default)]
pub(super) struct Dangling {
    /// Of tests.
    evidence: Missing,
    /// Of parts of the system.
    parts: Missing,
}

/// Missing ids, each with its places.
#[derive(Default)]
struct Missing {
    places: Vec<Places>,
    by_id: Names<'static>,
}

/// The places that refer to a missing id.
pub(super) struct Places {
    pub(super) first: String,
    /// The others, as far as they are shown.
    pub(super) others: Vec<String>,
    /// How many are not shown.
    pub(super) more: usize,
}

/// How many of the other places are shown.
const SHOWN: usize = 3;

impl Dangling {
    pub(super) fn of(card: &Node<'_>, ids: &Ids<'_>, strays: &Strays) -> Self {
        let judged = |form: &Form| is_judged(ids, strays, blocks(*form));
        let mut forms = vec![Form::Evidence, Form::Zone, Form::Component, Form::Asset];
        forms.retain(judged);
        let mut dangling = Dangling::default();
        dangling.collect(ids, &forms, SecurityCard::SCHEMA, card, &Path::Card);
        dangling
    }

    /// The places of a missing id to which a text of this form refers.
    pub(super) fn places(&self, form: Form, id: &str) -> Option<&Places> {
        let missing = if form == Form::Evidence { &self.evidence } else { &self.parts };
        missing.places.get(missing.by_id.get(id.trim())?)
    }

    fn collect(&mut self, ids: &Ids<'_>, forms: &[Form], block: &'static Block, node: &Node<'_>, path: &Path<'_>) {
        for field in block.fields {
            let Some(value) = node.get(field.name) else { continue };
            let path = path.key(field.name);
            match field.kind {
                Kind::Block(inner) => self.collect(ids, forms, inner, value, &path),
                Kind::List(Kind::Block(inner)) => {
                    for (index, item) in value.items().iter().enumerate() {
                        self.collect(ids, forms, inner, item, &path.item(index));
                    }
                }
                Kind::Text if forms.contains(&field.form) => self.add(ids, field, value, &path),
                Kind::List(Kind::Text) if forms.contains(&field.form) => {
                    for (index, item) in value.items().iter().enumerate() {
                        self.add(ids, field, item, &path.item(index));
                    }
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, ids: &Ids<'_>, field: &Field, node: &Node<'_>, path: &Path<'_>) {
        let Some(id) = node.stated().map(str::trim).filter(|id| ids.first(id).is_none()) else { return };
        let missing = if field.form == Form::Evidence { &mut self.evidence } else { &mut self.parts };
        match missing.by_id.get(id).and_then(|number| missing.places.get_mut(number)) {
            None => {
                let places = Places { first: path.to_string(), others: Vec::new(), more: 0 };
                missing.by_id.set(id.to_owned().into(), missing.places.len());
                missing.places.push(places);
            }
            Some(places) if places.others.len() < SHOWN => places.others.push(path.to_string()),
            Some(places) => places.more += 1,
        }
    }
}

/// Whether it can be told of an id that no such block has it: a block without an id, or with a wrong one, may be the
/// one that is meant, and so may those under a misspelt key.
fn is_judged(ids: &Ids<'_>, strays: &Strays, blocks: &[&'static Block]) -> bool {
    let misspelt = |path: String| {
        let mut above = Some(path.as_str());
        while let Some(path) = above {
            if strays.mean(&path) {
                return true;
            }
            above = path.rsplit_once('.').map(|(above, _)| above);
        }
        false
    };
    ids.all_known(blocks) && !ids.paths(blocks).any(misspelt)
}
