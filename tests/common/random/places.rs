//! Every value of a card, with what the schema wants in its place.

use smcard_core::SecurityCard;
use smcard_core::schema::{Block, Field, Form, Kind};
use smcard_core::tree::{Node, Value};

/// What belongs in a place.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wanted {
    /// A value of the schema.
    Kind(Kind),
    /// The block of an organization.
    Namespace,
    /// Whatever an organization puts there.
    Anything,
}

/// Where a value stands.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The number of each entry or item on the way.
    steps: Vec<usize>,
    /// The same way in words.
    pub(crate) path: String,
    pub(crate) wanted: Wanted,
    /// The field that the value, or its list, belongs to.
    pub(crate) field: Option<&'static Field>,
}

impl Place {
    pub(crate) fn of<'n, 'a>(&self, card: &'n Node<'a>) -> &'n Node<'a> {
        self.steps.iter().fold(card, |node, step| match &node.value {
            Value::Block(entries) => &entries.get(*step).expect("a place of this card").node,
            _ => node.items().get(*step).expect("a place of this card"),
        })
    }

    pub(crate) fn of_mut<'n, 'a>(&self, card: &'n mut Node<'a>) -> &'n mut Node<'a> {
        self.steps.iter().fold(card, |node, step| match &mut node.value {
            Value::Block(entries) => &mut entries.get_mut(*step).expect("a place of this card").node,
            Value::List(items) => items.get_mut(*step).expect("a place of this card"),
            value => panic!("no way on through {value:?}"),
        })
    }

    /// The block of the schema that belongs here.
    pub(crate) fn block(&self) -> Option<&'static Block> {
        match self.wanted {
            Wanted::Kind(Kind::Block(block)) => Some(block),
            _ => None,
        }
    }
}

/// All places of a card, the card itself first.
pub(crate) fn places(card: &Node<'_>) -> Vec<Place> {
    let wanted = Wanted::Kind(Kind::Block(SecurityCard::SCHEMA));
    let mut found = Vec::new();
    walk(card, Place { steps: Vec::new(), path: String::new(), wanted, field: None }, &mut found);
    found
}

fn walk(node: &Node<'_>, place: Place, found: &mut Vec<Place>) {
    let inner = |step: usize, name: &str, wanted, field| {
        let mut steps = place.steps.clone();
        steps.push(step);
        Place { steps, path: format!("{}{name}", place.path), wanted, field }
    };
    let mut next = Vec::new();
    for (step, entry) in node.entries().iter().enumerate() {
        let field = place.block().and_then(|block| block.field(&entry.key));
        let wanted = match (place.wanted, field) {
            (_, Some(field)) => Wanted::Kind(field.kind),
            (Wanted::Kind(Kind::Extensions), None) if place.field.is_none_or(|field| field.form != Form::Measured) => {
                Wanted::Namespace
            }
            _ => Wanted::Anything,
        };
        next.push((&entry.node, inner(step, &format!(".{}", entry.key), wanted, field)));
    }
    for (step, item) in node.items().iter().enumerate() {
        let wanted = match place.wanted {
            Wanted::Kind(Kind::List(kind)) => Wanted::Kind(*kind),
            _ => Wanted::Anything,
        };
        next.push((item, inner(step, &format!("[{step}]"), wanted, place.field)));
    }
    found.push(place);
    next.into_iter().for_each(|(node, place)| walk(node, place, found));
}
