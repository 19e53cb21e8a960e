//! What threats may begin with: facts of the system that no threat covers, and the attacks by which an adversary gets
//! what nothing in the card covers. Offered, never answered: somebody picks one and says what happens.

use smcard_core::taxonomy::{self, Concept, Standing};
use smcard_core::tree::{Node, Value};
use smcard_core::{AiClass, Findings, Objective};

use super::super::place::{Place, node};
use super::text;

/// What a threat begins with: as much as somebody picked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Start {
    pub(crate) technique: Option<String>,
    pub(crate) affects: Option<String>,
}

/// Something that a threat may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// Why it is proposed.
    pub(crate) why: String,
    pub(crate) start: Start,
}

impl Start {
    /// Puts what was picked into the threat at a place.
    pub(super) fn put(&self, at: &Place, card: &mut Node<'static>) {
        for (field, value) in [("refs", &self.technique), ("affects", &self.affects)] {
            if let Some(value) = value {
                at.key(field).put(card, node(Value::List(vec![text(value)])));
            }
        }
    }

    /// The name of its technique, as an id for the threat.
    pub(crate) fn id(&self) -> Option<String> {
        let concept = taxonomy::find(self.technique.as_deref()?)?;
        let name = concept.name.rsplit(':').next().unwrap_or(concept.name);
        let words = name.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        Some(words.map(str::to_lowercase).collect::<Vec<_>>().join("-"))
    }
}

/// What the next threat may be about: first what the system has that no threat covers, then the attacks that serve an
/// objective that nothing covers.
pub(super) fn proposals(card: &Node<'_>, findings: &Findings) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for finding in findings {
        if let Some(start) = &finding.problem.start {
            proposals.push(Proposal {
                why: finding.problem.message.clone(),
                start: Start { technique: Some(start.technique.to_owned()), affects: Some(start.affects.clone()) },
            });
        }
    }
    let uncovered = |objective: &Objective| {
        let path = format!("security_considerations.objectives.{}", key(*objective));
        findings.iter().any(|finding| finding.path == path)
    };
    for objective in Objective::ALL.into_iter().filter(uncovered) {
        for concept in attacks(objective, class(card)) {
            proposals.push(Proposal {
                why: format!("{}: nothing covers it yet", key(objective).replace('_', " ")),
                start: Start { technique: Some(concept.id.to_owned()), affects: None },
            });
        }
    }
    proposals
}

/// The attacks that serve an objective against a system of a class, after NIST AI 100-2.
fn attacks(objective: Objective, class: Option<AiClass>) -> impl Iterator<Item = &'static Concept> {
    let serves = move |concept: &&'static Concept| {
        concept.kind == "attack"
            && concept.standing == Standing::Current
            && concept.objectives(class).any(|served| served == objective)
    };
    taxonomy::concepts().iter().filter(serves)
}

/// The field of `objectives` that speaks of an objective.
fn key(objective: Objective) -> String {
    let variant = Objective::SCHEMA.variant(objective.name());
    variant.map(smcard_core::schema::Variant::key).unwrap_or_default()
}

fn class(card: &Node<'_>) -> Option<AiClass> {
    card.get("security_considerations")?.get("ai_class")?.word().and_then(AiClass::from_name)
}
