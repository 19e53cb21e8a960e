//! What a rule looks at, and how it tells what it sees.

use std::cell::OnceCell;

use crate::card::{Measure, ModelDetails, Objective, Objectives, SecurityCard, SecurityConsiderations, Stage, Threat};
use crate::date::Day;
use crate::excerpt::shown;
use crate::finding::{Finding, Findings, Problem};
use crate::names::Names;
use crate::path::Path;
use crate::policy::{DeclaredStage, Policy};
use crate::posture::{self, DeclaredClass};
use crate::rule::{Level, Rule};
use crate::rules::dangling::Dangling;
use crate::rules::exception::Exempt;
use crate::rules::ids::{Ids, referred};
use crate::rules::placed::placed;
use crate::rules::stray::Strays;
use crate::schema::{Block, Field, Form, Kind};
use crate::taxonomy::Concept;
use crate::text::trimmed;
use crate::tree::{Entry, Node, Value};

/// What a rule may want to know of the card around its place.
pub(super) struct Context<'c> {
    pub(super) card: &'c Node<'c>,
    pub(super) policy: &'c Policy,
    pub(super) stage: DeclaredStage,
    pub(super) class: DeclaredClass,
    pub(super) ids: Ids<'c>,
    pub(super) exempt: Exempt<'c>,
    /// The day that rules of time compare with; none in a build, which uses no clock.
    pub(super) today: Option<Day>,
    strays: OnceCell<Strays>,
    dangling: OnceCell<Dangling>,
    /// What the threats affect.
    affected: Option<Names<'c>>,
    privacy: OnceCell<bool>,
}

impl<'c> Context<'c> {
    pub(super) fn new(card: &'c Node<'c>, policy: &'c Policy, today: Option<Day>) -> Self {
        let details = card.get(SecurityCard::model_details());
        let stage = match details.and_then(|details| details.get(ModelDetails::stage())) {
            Some(Node { value: Value::Later, .. }) => DeclaredStage::Later,
            Some(node) => node.word().and_then(Stage::from_name).map_or(DeclaredStage::None, DeclaredStage::Known),
            None => DeclaredStage::None,
        };
        let stage = policy.assumed_stage.map_or(stage, DeclaredStage::Known);
        Context {
            card,
            policy,
            stage,
            class: DeclaredClass::of(card),
            ids: Ids::of(card),
            exempt: Exempt::new(card, policy, today),
            today,
            strays: OnceCell::new(),
            dangling: OnceCell::new(),
            affected: match threats(card) {
                None => Some(Names::default()),
                // A list that is empty, or none at all, has its finding.
                Some(list) if list.items().is_empty() => None,
                Some(list) => referred(Threat::SCHEMA, list.items(), Threat::affects()),
            },
            privacy: OnceCell::new(),
        }
    }

    /// Whether a threat of the card says that it affects the block of this id; so too where nobody can tell, for what
    /// is wrong or not known yet.
    pub(super) fn may_be_affected(&self, id: &str) -> bool {
        let affected = self.affected.as_ref();
        affected.is_none_or(|affected| affected.contains(trimmed(id))) || !self.strays().is_empty()
    }

    /// Whether the card may say something of privacy: in a text, or with a threat.
    pub(super) fn may_be_private(&self) -> bool {
        *self.privacy.get_or_init(|| {
            let serves = |threat: &Node<'_>| {
                posture::objectives_of(threat, self.class, self.policy)
                    .is_none_or(|objectives| objectives.contains(&Objective::Privacy))
            };
            let security = self.card.get(SecurityCard::security_considerations());
            let texts = security.and_then(|security| security.get(SecurityConsiderations::objectives()));
            texts.is_some_and(|texts| texts.get(Objectives::privacy()).is_some())
                || threats(self.card).map(Node::items).unwrap_or_default().iter().any(serves)
        })
    }

    /// The ids that the card refers to and does not hold.
    pub(super) fn dangling(&self) -> &Dangling {
        self.dangling.get_or_init(|| Dangling::of(self.card, &self.ids, self.strays()))
    }

    /// What the unknown keys of the card were meant to be. Nobody asks of a card that lacks nothing.
    pub(super) fn strays(&self) -> &Strays {
        self.strays.get_or_init(|| Strays::of(SecurityCard::SCHEMA, self.card))
    }
}

/// The list of threats of a card.
fn threats<'c>(card: &'c Node<'c>) -> Option<&'c Node<'c>> {
    card.get(SecurityCard::security_considerations())?.get(SecurityConsiderations::threats())
}

/// What the place of a value asks of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Expected {
    /// A field of the schema.
    Kind(Kind),
    /// The block of an organization among the extensions.
    Namespace,
    /// Whatever an organization puts there.
    Anything,
    /// The name that an organization gives to a value of its own.
    Key,
}

/// A value at its place in a card: what a rule looks at.
#[derive(Clone, Copy)]
pub(super) struct Site<'s> {
    pub(super) context: &'s Context<'s>,
    pub(super) node: &'s Node<'s>,
    /// Where the key of this value stands; for the card itself, and in a list, where the value does; within
    /// `extensions`, whose values no rule tells of at their keys, that of `extensions`.
    pub(super) key_at: usize,
    pub(super) expected: Expected,
    /// The field that the value belongs to; of a list, that of each of its values.
    pub(super) field: Option<&'static Field>,
    pub(super) path: Path<'s>,
    /// Which of its fields a block gives.
    pub(super) given: Given,
    /// The entry of a taxonomy that a reference refers to, if it refers to one.
    pub(super) concept: Option<&'static Concept>,
    /// Where in a text the first secret or placeholder may begin.
    pub(super) doubtful: Option<usize>,
}

impl<'s> Site<'s> {
    pub(super) fn policy(&self) -> &'s Policy {
        self.context.policy
    }

    /// What form a text here has.
    pub(super) fn form(&self) -> Form {
        self.field.map_or(Form::Free, |field| field.form)
    }

    /// The words that somebody wrote here: a text, or the reason in place of one.
    pub(super) fn words(&self) -> Option<&'s str> {
        self.node.words()
    }

    /// The text here; nothing for a reason in its place.
    pub(super) fn stated(&self) -> Option<&'s str> {
        self.node.stated()
    }

    /// The block of the schema that belongs here.
    pub(super) fn block(&self) -> Option<&'static Block> {
        match self.expected {
            Expected::Kind(Kind::Block(block)) => Some(block),
            _ => None,
        }
    }

    /// What a message calls this value.
    pub(super) fn label(&self) -> String {
        match self.expected {
            Expected::Key => format!("the name {}", self.path.label()),
            _ => self.path.label(),
        }
    }

    /// What a message calls a block that has an id or a name: by that, if it is known.
    pub(super) fn named(&self) -> String {
        let named = self.block().and_then(|block| {
            let names = block.fields.iter().filter(|field| field.form == Form::Id || field.name == Measure::name());
            names.into_iter().find_map(|field| self.node.get(field.name)?.words())
        });
        named.map_or_else(|| self.label(), |name| format!("`{}`", shown(name)))
    }

    /// The fields that this block must have by the schema and lacks; not those of which a
    /// misspelt or misplaced key tells already.
    pub(super) fn missing(&self) -> impl Iterator<Item = &'static Field> {
        let fields = self.block().map(|block| block.fields).unwrap_or_default();
        // What holds foreign keys alone is another block, and says nothing of this one's fields.
        let fields = if self.given.only_strangers() { &[] } else { fields };
        let lacks = move |(index, field): &(usize, &'static Field)| field.required && !self.given.has(*index);
        let lacking = fields.iter().enumerate().filter(lacks).map(|(_, field)| field);
        lacking.filter(|field| {
            let path = self.path.key(field.name);
            !(self.was_meant(field.name) || self.policy().relaxes(&path, self.context.stage))
        })
    }

    /// Whether the block gives this field, or an unknown key of the card was meant to be it, or it
    /// holds something that another rule refuses.
    pub(super) fn tells_of(&self, name: &'static str) -> bool {
        self.node.get(name).is_some() || self.was_meant(name)
    }

    /// Whether an unknown key of the card was meant to be this field of the block.
    pub(super) fn was_meant(&self, name: &str) -> bool {
        // A key elsewhere is never meant for an item of a list: which one that would be, nobody can tell.
        (self.given.strangers || !self.path.is_in_list()) && self.context.strays().mean(&self.path.key(name))
    }
}

/// Which of its fields a block gives, and whether it holds anything else.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Given {
    fields: u64,
    pub(super) strangers: bool,
    pub(super) repeats: bool,
}

impl Given {
    /// Looks through a block, and adds the field that each entry gives; none for one that is no field, or repeats one.
    pub(super) fn of(block: &'static Block, entries: &[Entry<'_>], fields: &mut Vec<Option<&'static Field>>) -> Self {
        let mut given = Given::default();
        for (index, _) in placed(block, entries) {
            let first = index.filter(|index| !given.has(*index));
            given.strangers |= index.is_none();
            given.repeats |= first != index;
            given.fields |= first.map_or(0, |index| 1 << index);
            fields.push(first.and_then(|index| block.fields.get(index)));
        }
        given
    }

    pub(super) fn has(self, index: usize) -> bool {
        self.fields & (1 << index) != 0
    }

    /// Whether none of the keys is a field.
    pub(super) fn only_strangers(self) -> bool {
        self.strangers && self.fields == 0
    }
}

/// How a rule tells what it sees. Words are made only where there is room to keep them, so a card
/// with a hundred thousand mistakes costs little more than one with none.
pub(super) struct Tell<'t> {
    pub(super) context: &'t Context<'t>,
    pub(super) rule: &'static Rule,
    pub(super) findings: &'t mut Findings,
    /// Whether the rule has spoken, and is not allowed by the policy.
    pub(super) spoken: bool,
}

impl Tell<'_> {
    /// Tells of the value that the rule looks at.
    pub(super) fn here(&mut self, site: &Site<'_>, problem: &dyn Fn() -> Problem) {
        self.at(site.node.at, &site.path, problem);
    }

    /// Tells of a field of the block that the rule looks at: at its key, or at the block's own
    /// where the field is not there.
    pub(super) fn field(&mut self, site: &Site<'_>, name: &str, problem: &dyn Fn() -> Problem) {
        let at = site.node.entry(name).map_or(site.key_at, |entry| entry.at);
        self.at(at, &site.path.key(name), problem);
    }

    /// Whether the policy lets this pass by an exception, which is then kept beside the findings.
    pub(super) fn is_excepted(&mut self, at: usize, path: &Path<'_>, problem: &dyn Fn() -> Problem) -> bool {
        let Some(exception) = self.context.exempt.of(self.rule, path) else { return false };
        let level = self.context.policy.level(self.rule);
        self.findings.except(exception, level, &|| Finding::new(self.rule, &path.to_string(), at, problem()));
        true
    }

    /// Tells of any place.
    pub(super) fn at(&mut self, at: usize, path: &Path<'_>, problem: &dyn Fn() -> Problem) {
        let level = self.context.policy.level(self.rule);
        let rule = self.rule;
        if level > Level::Allow && self.is_excepted(at, path, problem) {
            return;
        }
        self.spoken |= level > Level::Allow;
        self.findings.add(level, &|| Finding::new(rule, &path.to_string(), at, problem()));
    }
}
