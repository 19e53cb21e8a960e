//! From the replies to the next question: the sections in the order of the schema, in each what a card must have, then
//! what it may have; last what refers to the rest of the card.

use smcard_core::schema::{Block, Field, Form, Kind};
use smcard_core::tree::Node;
use smcard_core::{AiClass, ComponentKind, Finding, Permission, Policy, SecurityCard, Threat, rules};

use super::super::place::{Place, block_of};
use super::threats;
use super::{Ask, Asked, Interview, Question, Reply, Section};

/// The next question.
pub(super) fn next(interview: &Interview) -> Option<Question> {
    Walk::new(interview).card().err().map(|question| *question)
}

/// The section in which a place is.
pub(super) fn section_of(policy: &Policy, at: &Place) -> Section {
    let path = at.schema_path();
    let of = total(policy);
    let is_deferred = deferred().iter().any(|(_, above)| path == *above || path.starts_with(&format!("{above}.")));
    let own = sections().enumerate().find(|(_, field)| path.split('.').next() == Some(field.name));
    match own.filter(|_| !is_deferred) {
        Some((index, field)) => {
            Section { number: index + 1, of, name: field.name.to_owned(), sentence: field.sentence() }
        }
        None => Section { number: sections().count() + 1, of, name: deferred_name(), sentence: "" },
    }
}

/// How many sections there are: those of the schema, what refers to them, and what the organization adds.
fn total(policy: &Policy) -> usize {
    let own = usize::from(policy.asked_extensions().any(|asked| asked.required));
    sections().count() + 1 + own
}

/// The required fields that a card lacks, each by its path; of a list, those of each item.
pub(super) fn open(policy: &Policy, card: &Node<'_>) -> Vec<String> {
    let mut open = Vec::new();
    lacking(policy, card, SecurityCard::SCHEMA, Some(card), &Place::default(), &mut open);
    open
}

fn lacking(
    policy: &Policy,
    card: &Node<'_>,
    block: &'static Block,
    node: Option<&Node<'_>>,
    at: &Place,
    open: &mut Vec<String>,
) {
    for field in block.fields {
        let place = at.key(field.name);
        let value = node.and_then(|node| node.get(field.name));
        let needed = policy.asks_for(field, &place.schema_path(), card);
        match (field.kind, value) {
            (Kind::Block(inner), value) if needed || value.is_some() => {
                lacking(policy, card, inner, value, &place, open);
            }
            (Kind::List(Kind::Block(inner)), Some(list)) => {
                for (index, item) in list.items().iter().enumerate() {
                    lacking(policy, card, inner, Some(item), &place.item(index), open);
                }
            }
            (_, None) if needed => open.push(place.to_string()),
            _ => {}
        }
    }
}

/// The ids in a card to which a text of this field may refer.
pub(super) fn ids(card: &Node<'_>, field: &Field) -> Vec<String> {
    let mut found = Vec::new();
    collect(card, SecurityCard::SCHEMA, rules::referred_by(field.form), &mut found);
    found
}

fn collect(node: &Node<'_>, block: &'static Block, of: &[&'static Block], found: &mut Vec<String>) {
    for field in block.fields {
        let (Some(inner), Some(value)) = (block_of(field.kind), node.get(field.name)) else { continue };
        let items = if value.items().is_empty() { std::slice::from_ref(value) } else { value.items() };
        for item in items {
            if of.iter().any(|of| is(inner, of)) {
                let id = inner.fields.iter().find(|field| field.form == Form::Id);
                found.extend(id.and_then(|id| item.get(id.name)?.stated()).map(str::to_owned));
            }
            collect(item, inner, of, found);
        }
    }
}

/// The sections, in their order: what speaks of the file, or is for organizations to name, is none.
fn sections() -> impl Iterator<Item = &'static Field> {
    let speaks = |field: &&Field| !field.name.starts_with('$') && !matches!(field.kind, Kind::Extensions);
    SecurityCard::SCHEMA.fields.iter().filter(speaks)
}

/// The lists of blocks that refer to what a later section holds, with their paths: they are asked for after it.
fn deferred() -> Vec<(&'static Field, String)> {
    let mut deferred = Vec::new();
    let later = |after: usize, of: &Block| {
        let holds = |block: &'static Block| {
            let lists = block.fields.iter().filter_map(|field| block_of(field.kind));
            lists.into_iter().any(|inner| is(inner, of))
        };
        sections().skip(after + 1).filter_map(|field| block_of(field.kind)).any(holds)
    };
    for (index, section) in sections().enumerate() {
        let Kind::Block(block) = section.kind else { continue };
        for field in block.fields {
            let Kind::List(Kind::Block(item)) = field.kind else { continue };
            let refers = |field: &Field| rules::referred_by(field.form).iter().any(|of| later(index, of));
            if item.fields.iter().any(refers) {
                deferred.push((field, format!("{}.{}", section.name, field.name)));
            }
        }
    }
    deferred
}

fn deferred_name() -> String {
    deferred().iter().map(|(field, _)| field.name).collect::<Vec<_>>().join(" and ")
}

/// Whether this is the same block: the schema names each type once.
fn is(block: &Block, other: &Block) -> bool {
    block.name == other.name
}

/// Whether a field is a list of blocks to which others refer.
fn has_parts(field: &Field) -> bool {
    let Kind::List(Kind::Block(item)) = field.kind else { return false };
    item.fields.iter().any(|field| field.form == Form::Id)
}

/// Whether a field of a block decides what threatens a system: its class, where something runs, what a tool may do.
fn decides(field: &Field, block: Option<&Node<'_>>) -> bool {
    let kind = block.and_then(|block| block.get("kind")?.word()).and_then(ComponentKind::from_name);
    field.kind == Kind::Choice(AiClass::SCHEMA)
        || field.kind == Kind::Choice(Permission::SCHEMA) && kind == Some(ComponentKind::Tool)
        || !rules::referred_by(field.form).is_empty()
}

/// A walk ends at the first question.
type Walked = Result<(), Box<Question>>;

struct Walk<'i> {
    interview: &'i Interview,
    card: Node<'static>,
    /// What the rules say of the card so far, apart from what is missing by the schema.
    errors: Vec<Finding>,
    section: Section,
    total: usize,
    deferred: Vec<(&'static Field, String)>,
}

impl<'i> Walk<'i> {
    fn new(interview: &'i Interview) -> Self {
        let card = interview.card();
        let findings = interview.check(&card);
        let errors = findings.into_iter().filter(|finding| finding.is_error() && finding.file.is_none()).collect();
        Walk {
            interview,
            card,
            errors,
            section: Section { number: 0, of: 0, name: String::new(), sentence: "" },
            total: total(&interview.policy),
            deferred: deferred(),
        }
    }

    /// Begins a section, counted from 0.
    fn begin(&mut self, index: usize, name: &str, sentence: &'static str) {
        self.section = Section { number: index + 1, of: self.total, name: name.to_owned(), sentence };
    }

    fn card(&mut self) -> Walked {
        for (index, section) in sections().enumerate() {
            self.begin(index, section.name, section.sentence());
            let at = Place::default().key(section.name);
            match section.kind {
                Kind::Block(block) => self.block(&at, block, true)?,
                _ => self.field(&at, section, None)?,
            }
        }
        self.begin(sections().count(), &deferred_name(), "");
        for (field, path) in self.deferred.clone() {
            let Some(at) = Place::parse(&path) else { continue };
            if block_of(field.kind).is_some_and(|item| is(item, Threat::SCHEMA)) {
                self.threats(&at)?;
            } else {
                self.field(&at, field, None)?;
            }
        }
        self.extensions()?;
        self.mend()
    }

    /// The fields of a block: those that it must have, those that its other answers ask for, and of the others those
    /// that are chosen.
    fn block(&mut self, at: &Place, block: &'static Block, is_section: bool) -> Walked {
        let mut optional = Vec::new();
        for field in block.fields {
            let place = at.key(field.name);
            if self.is_deferred(&place) {
                continue;
            }
            if self.is_required(field, &place) {
                self.field(&place, field, None)?;
            } else {
                optional.push(field);
            }
        }
        self.asked_by_rules(at, block, is_section)?;
        // Of a block that is all optional, whoever comes here wants to say something.
        if !is_section && optional.len() == block.fields.len() {
            for field in optional {
                self.field(&at.key(field.name), field, None)?;
            }
            return Ok(());
        }
        match self.interview.replied(at, Ask::Group) {
            Some(Reply::Chosen(names)) => {
                for field in optional.iter().filter(|field| names.iter().any(|name| name == field.name)) {
                    self.field(&at.key(field.name), field, None)?;
                }
                self.asked_by_rules(at, block, is_section)
            }
            Some(_) => Ok(()),
            None => {
                // A section without anything that a card must have is there for its parts.
                let whole = is_section && optional.len() == block.fields.len();
                optional
                    .retain(|field| (is_section || self.can_be_answered(field)) && self.is_open(&at.key(field.name)));
                if optional.is_empty() {
                    return Ok(());
                }
                let here = at.of(&self.card);
                let beforehand = optional.iter().filter(|field| whole && has_parts(field) || decides(field, here));
                let beforehand = beforehand.map(|field| field.name).collect();
                self.ask(at, Asked::Group { fields: optional, beforehand })
            }
        }
    }

    /// The fields of a block that its other answers ask for.
    fn asked_by_rules(&mut self, at: &Place, block: &'static Block, is_section: bool) -> Walked {
        for field in block.fields {
            let place = at.key(field.name);
            let path = place.to_string();
            if self.is_deferred(&place) {
                continue;
            }
            let missing = place.of(&self.card).is_none();
            let because = self.errors.iter().find(|finding| missing && finding.path == path).cloned();
            // What has been begun is gone on with, although its rule is content with the beginning; but the blocks of a
            // section are begun elsewhere.
            let may_go_on = !is_section || matches!(field.kind, Kind::List(_));
            let begun = self.interview.replies.iter().any(|replied| replied.at.is_within(&place));
            if because.is_some() || may_go_on && begun {
                self.field(&place, field, because)?;
            }
        }
        Ok(())
    }

    fn field(&mut self, at: &Place, field: &'static Field, because: Option<Finding>) -> Walked {
        match field.kind {
            Kind::Block(block) => self.block(at, block, false),
            Kind::List(Kind::Block(block)) => self.items(at, block),
            _ => self.value(at, field, because, false),
        }
    }

    fn value(&mut self, at: &Place, field: &'static Field, because: Option<Finding>, ends_list: bool) -> Walked {
        if self.interview.replied(at, Ask::Value).is_some() || at.of(&self.card).is_some() {
            return Ok(());
        }
        let required = because.is_some() || self.is_required(field, at);
        self.ask(at, Asked::Field { field, required, because: because.map(Box::new), ends_list })
    }

    /// The items of a list, until one has nothing in its first required field.
    fn items(&mut self, at: &Place, block: &'static Block) -> Walked {
        let needs = |field: &&Field| field.required && !rules::referred_by(field.form).is_empty();
        if block.fields.iter().filter(needs).any(|field| !self.can_be_answered(field)) {
            return Ok(());
        }
        let Some(first) = block.fields.iter().find(|field| field.required) else { return Ok(()) };
        for index in 0.. {
            let item = at.item(index);
            let key = item.key(first.name);
            self.value(&key, first, None, true)?;
            if key.of(&self.card).is_none() {
                return Ok(());
            }
            self.block(&item, block, false)?;
        }
        Ok(())
    }

    fn threats(&mut self, at: &Place) -> Walked {
        for index in 0.. {
            let item = at.item(index);
            match self.interview.replied(&item, Ask::Threat) {
                None => {
                    let proposals = threats::proposals(&self.card, &self.interview.check(&self.card));
                    return self.ask(&item, Asked::Threat { proposals });
                }
                Some(Reply::Threat(_)) => self.block(&item, Threat::SCHEMA, false)?,
                Some(_) => return Ok(()),
            }
        }
        Ok(())
    }

    /// What the organization asks for in its own words.
    fn extensions(&mut self) -> Walked {
        let required: Vec<(String, String)> = {
            let asked = self.interview.policy.asked_extensions().filter(|asked| asked.required);
            asked.map(|asked| (asked.path.to_owned(), asked.doc.to_owned())).collect()
        };
        self.begin(sections().count() + 1, "extensions", "What the organization adds, in a namespace of its own");
        for (path, doc) in required {
            let Some(at) = Place::parse(&format!("extensions.{path}")) else { continue };
            if self.interview.replied(&at, Ask::Value).is_none() {
                self.ask(&at, Asked::Extension { doc })?;
            }
        }
        Ok(())
    }

    /// What the rules ask for once all is said: an objective that no threat covers, a field that the policy wants.
    fn mend(&mut self) -> Walked {
        for finding in self.errors.clone() {
            let Some(at) = Place::parse(&finding.path) else { continue };
            let Some(field) = at.field().filter(|_| at.of(&self.card).is_none()) else { continue };
            self.section = section_of(&self.interview.policy, &at);
            self.field(&at, field, Some(finding))?;
        }
        // What has been begun here is gone on with, although its rule is content with the beginning.
        for replied in &self.interview.replies {
            for at in replied.at.lists() {
                if let Some(block) =
                    at.field().and_then(|list| block_of(list.kind)).filter(|it| !is(it, Threat::SCHEMA))
                {
                    self.section = section_of(&self.interview.policy, &at);
                    self.items(&at, block)?;
                }
            }
        }
        Ok(())
    }

    fn ask(&self, at: &Place, asked: Asked) -> Walked {
        Err(Box::new(Question { at: at.clone(), section: self.section.clone(), asked, before: None }))
    }

    fn is_required(&self, field: &Field, at: &Place) -> bool {
        self.interview.policy.asks_for(field, &at.schema_path(), &self.card)
    }

    fn is_deferred(&self, at: &Place) -> bool {
        let path = at.to_string();
        self.deferred.iter().any(|(_, deferred)| *deferred == path)
    }

    /// Whether nothing has been said here, not even that there is nothing to say.
    fn is_open(&self, at: &Place) -> bool {
        at.of(&self.card).is_none() && !self.interview.replies.iter().any(|replied| replied.at.is_within(at))
    }

    /// Whether there is anything that an answer could refer to.
    fn can_be_answered(&self, field: &Field) -> bool {
        rules::referred_by(field.form).is_empty() || !ids(&self.card, field).is_empty()
    }
}
