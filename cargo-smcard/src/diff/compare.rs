//! The comparison: a walk down two cards by the schema, and what their derived views say.

use std::collections::HashMap;

use smcard_core::schema::{Block, Field, Form, Kind};
use smcard_core::tree::{Node, Value};
use smcard_core::{
    Flow, Measure, Mitigation, Objectives, Review, Risk, SecurityCard, Test, Text, Threat, Threshold, Vulnerability,
};

use super::change::{Change, Place, Said};
use super::matter::{self, Turn};
use super::{figures, items, orders, views};

/// What is different between two cards, in the order of the new one.
pub(crate) fn compare(old: &SecurityCard<'_>, new: &SecurityCard<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let (before, now) = (old.tree(), new.tree());
    Walk { changes: &mut changes }.block(SecurityCard::SCHEMA, [Some(&before), Some(&now)], &Place::Card);
    views::compare(old, new, &mut changes);
    changes
}

/// The two sides of a comparison, where there is one.
pub(super) type Sides<'n, 't> = [Option<&'n Node<'t>>; 2];

/// Fields whose answer may be gone for a good reason: what only editors read, decisions that another status no longer
/// needs, and what the view of the objectives tells.
const ASKED_ELSEWHERE: [(&str, &str); 5] = [
    (SecurityCard::SCHEMA.name, "$schema"),
    (Threat::SCHEMA.name, "owner"),
    (Threat::SCHEMA.name, "due"),
    (Threat::SCHEMA.name, "acceptance"),
    (Objectives::SCHEMA.name, ""),
];

/// Blocks that the card tells of one by one, so that to leave one out is to tell less.
const TOLD: [&str; 6] = [
    Threat::SCHEMA.name,
    Vulnerability::SCHEMA.name,
    Test::SCHEMA.name,
    Measure::SCHEMA.name,
    Mitigation::SCHEMA.name,
    Review::SCHEMA.name,
];

pub(super) struct Walk<'w> {
    changes: &'w mut Vec<Change>,
}

impl Walk<'_> {
    fn block(&mut self, block: &'static Block, [old, new]: Sides<'_, '_>, place: &Place<'_>) {
        let compared: &[&str] = match (old, new) {
            (Some(old), Some(new)) => self.together(block, old, new, place),
            _ => &[],
        };
        for field in block.fields.iter().filter(|field| !compared.contains(&field.name)) {
            let sides = [old, new].map(|side| side.and_then(|node| node.get(field.name)));
            if sides.iter().any(Option::is_some) {
                self.field(block, field, sides, &Place::Key(place, field.name));
            }
        }
    }

    /// Compares the fields of a block that mean something together. Gives which these are.
    fn together(
        &mut self,
        block: &Block,
        old: &Node<'_>,
        new: &Node<'_>,
        place: &Place<'_>,
    ) -> &'static [&'static str] {
        match block.name {
            name if name == Test::SCHEMA.name => figures::attack_success(old, new, place, self.changes),
            name if name == Measure::SCHEMA.name => figures::measure(old, new, place, self.changes),
            name if name == Threshold::SCHEMA.name => figures::threshold(old, new, place, self.changes),
            _ => &[],
        }
    }

    fn field(&mut self, block: &'static Block, field: &'static Field, sides: Sides<'_, '_>, place: &Place<'_>) {
        match field.kind {
            // Part of an item, which is there as a whole or is not.
            Kind::Block(_) if place.in_item() && sides.contains(&None) => self.value(block, field, sides, place),
            Kind::Block(inner) => self.block(inner, sides, place),
            Kind::List(Kind::Block(inner)) => self.items(inner, sides, place),
            Kind::List(_) if field.form != Form::Interval => self.texts(field, sides, place),
            Kind::Extensions => self.extension(sides, place),
            _ => self.value(block, field, sides, place),
        }
    }

    fn value(&mut self, block: &Block, field: &Field, sides: Sides<'_, '_>, place: &Place<'_>) {
        let [old, new] = sides;
        if old.map(|node| &node.value) == new.map(|node| &node.value) {
            return;
        }
        let (matter, turn) = match [old, new].map(is_answer) {
            [true, true] => both(block, field, old, new),
            [false, false] => (&matter::FIELD, Turn::Neither),
            _ if ASKED_ELSEWHERE.iter().any(|(of, name)| *of == block.name && ["", field.name].contains(name)) => {
                (&matter::FIELD, Turn::Neither)
            }
            [true, false] => (&matter::ANSWER, Turn::Worse),
            [false, true] => (&matter::ANSWER, Turn::Better),
        };
        // A rating that is not there says something, too.
        let absent =
            || matches!(field.kind, Kind::Choice(choice) if choice.name == Risk::SCHEMA.name).then(Said::not_assessed);
        let said = sides.map(|side| side.map(|node| Said::of(node, Some(field.kind))).or_else(absent));
        self.changes.push(Change::new(matter, turn, place, said));
    }

    fn items(&mut self, block: &'static Block, [old, new]: Sides<'_, '_>, place: &Place<'_>) {
        let is_told = TOLD.contains(&block.name);
        for pair in items::pairs(block, items_of(old), items_of(new)) {
            let place = Place::Item(place, block, &pair.name);
            let turn = match (pair.old, pair.new) {
                (Some(_), Some(_)) => {
                    self.block(block, [pair.old, pair.new], &place);
                    continue;
                }
                (None, _) => Turn::Better,
                (_, None) => Turn::Worse,
            };
            let matter = if is_told { &matter::TOLD } else { &matter::PART };
            let said = [pair.old, pair.new].map(|side| side.map(|node| Said::of(node, Some(Kind::Block(block)))));
            self.changes.push(Change::new(matter, turn, &place, said));
        }
    }

    /// Compares two lists of texts or words, whose order says nothing.
    fn texts(&mut self, field: &Field, [old, new]: Sides<'_, '_>, place: &Place<'_>) {
        let matter = if field.form == Form::Evidence { &matter::EVIDENCE } else { &matter::FIELD };
        let (old, new) = (items_of(old), items_of(new));
        let gone = without(old, new).into_iter().map(|item| (Turn::Worse, [Some(Said::of(item, None)), None]));
        let added = without(new, old).into_iter().map(|item| (Turn::Better, [None, Some(Said::of(item, None))]));
        for (turn, said) in gone.chain(added) {
            self.changes.push(Change::new(matter, turn, place, said));
        }
    }

    /// Compares what an organization adds: blocks by their keys, anything else as a whole.
    fn extension(&mut self, [old, new]: Sides<'_, '_>, place: &Place<'_>) {
        if let (Some(Value::Block(before)), Some(Value::Block(now))) =
            (old.map(|it| &it.value), new.map(|it| &it.value))
        {
            let known: HashMap<&str, &Node<'_>> = before.iter().map(|entry| (&*entry.key, &entry.node)).collect();
            let mut seen = std::collections::HashSet::new();
            for entry in now {
                seen.insert(&*entry.key);
                let sides = [known.get(&*entry.key).copied(), Some(&entry.node)];
                self.extension(sides, &Place::Key(place, &entry.key));
            }
            for entry in before.iter().filter(|entry| !seen.contains(&*entry.key)) {
                self.extension([Some(&entry.node), None], &Place::Key(place, &entry.key));
            }
            return;
        }
        if old.map(|node| &node.value) == new.map(|node| &node.value) {
            return;
        }
        let (matter, turn) = match [old, new].map(is_answer) {
            [true, false] => (&matter::ANSWER, Turn::Worse),
            [false, true] => (&matter::ANSWER, Turn::Better),
            _ => (&matter::FIELD, Turn::Neither),
        };
        let said = [old, new].map(|side| side.map(|node| Said::of(node, None)));
        self.changes.push(Change::new(matter, turn, place, said));
    }
}

fn items_of<'n, 't>(side: Option<&'n Node<'t>>) -> &'n [Node<'t>] {
    side.map(Node::items).unwrap_or_default()
}

/// Whether a reviewer can read an answer: what is withheld or unknown is still open.
fn is_answer(side: Option<&Node<'_>>) -> bool {
    side.is_some_and(|node| !matches!(node.value, Value::Text(Text::Withheld(_) | Text::Unknown(_))))
}

/// What a change from one answer to another is about.
fn both(
    block: &Block,
    field: &Field,
    old: Option<&Node<'_>>,
    new: Option<&Node<'_>>,
) -> (&'static matter::Matter, Turn) {
    if let (Some(old), Some(new)) = (old.and_then(Node::word), new.and_then(Node::word))
        && let Some(of_words) = orders::of_words(field.kind, old, new)
    {
        return of_words;
    }
    let encrypted = (block.name == Flow::SCHEMA.name && field.name == "encrypted").then_some(new).flatten();
    match encrypted.map(|node| &node.value) {
        Some(Value::Bool(true)) => (&matter::ENCRYPTION, Turn::Better),
        Some(Value::Bool(false)) => (&matter::ENCRYPTION, Turn::Worse),
        _ => (&matter::FIELD, Turn::Neither),
    }
}

/// The items of a list that are not in another one; of what is there several times, as many as it lacks.
fn without<'n, 't>(items: &'n [Node<'t>], others: &[Node<'_>]) -> Vec<&'n Node<'t>> {
    let text = |node: &Node<'_>| match &node.value {
        Value::Text(text) => text.to_string(),
        Value::Word(word) => word.to_string(),
        _ => serde_json::to_string(node).unwrap_or_default(),
    };
    let mut there: HashMap<String, usize> = HashMap::new();
    for other in others {
        *there.entry(text(other)).or_default() += 1;
    }
    let is_missing = |item: &&Node<'_>| match there.get_mut(&text(item)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    items.iter().filter(is_missing).collect()
}
