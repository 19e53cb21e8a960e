//! One mistake in a good card, of the many kinds that people make.

use smcard_core::Text;
use smcard_core::schema::{Block, Form, Kind};
use smcard_core::tree::{Node, Value};

use super::card::{entry, node, stated};
use super::dice::Dice;
use super::places::{Place, Wanted, places};

/// Makes a mistake somewhere; gives what was done, if the card has a place for it.
type Slip = fn(&mut Node<'static>, &mut Dice) -> Option<String>;

/// The kinds of mistakes, by their names.
pub(crate) const KINDS: &[(&str, Slip)] = &[
    ("a misspelt key", misspelt_key),
    ("a key that is no field", strange_key),
    ("a required field left out", missing_field),
    ("a value of another kind", other_kind),
    ("a key that stands twice", repeated_key),
    ("a misspelt choice", misspelt_choice),
    ("a secret", |card, dice| spoilt_text(card, dice, "AKIATHISISNOSECRETID")),
    ("a placeholder", |card, dice| spoilt_text(card, dice, "TODO")),
    ("a control character", |card, dice| spoilt_text(card, dice, "Words\u{1b}that drive")),
    ("an empty text", |card, dice| spoilt_text(card, dice, " ")),
    ("a reason for an answer", reason_for_answer),
    ("a text of another form", other_form),
    ("an id that another block has", taken_id),
    ("the id of a block of another type", misdirected),
    ("a number that no report holds", number_too_large),
];

/// Mistakes in a place that other rules read too, so that more than one of them is tempted to speak: where, what
/// is done there, and the words for it.
pub(crate) fn tempting() -> Vec<(&'static str, Edit, String)> {
    let security =
        ["security_considerations.threats", "security_considerations.tests", "security_considerations.objectives"];
    let foreign = || node(Value::Block(vec![entry("zebra", stated("Words")), entry("crossing", stated("Words"))]));
    let mut all = Vec::new();
    let mut add = |path, edit, what: &str| all.push((path, edit, format!("`{path}` {what}")));
    for path in security {
        add(path, Edit::Misspell, "misspelt");
        add(path, Edit::Put(stated("Words of no kind")), "a text");
        add(path, Edit::Put(node(Value::Number(1.0))), "a number");
        add(path, Edit::Put(node(Value::Null)), "null");
        add(path, Edit::Put(node(Value::List(Vec::new()))), "an empty list");
        add(path, Edit::Put(node(Value::Block(Vec::new()))), "an empty block");
        add(path, Edit::Put(foreign()), "a block of foreign keys");
    }
    for path in ["security_considerations.threats", "security_considerations.tests", "metrics.measures"] {
        add(path, Edit::OnlyFirst, "one block where a list belongs");
    }
    for path in ["factors", "security_considerations.threats[0]", "security_considerations.tests[0]", "model_details"] {
        add(path, Edit::Put(foreign()), "a block of foreign keys");
    }
    add("security_considerations.tests[0].id", Edit::Remove, "left out");
    add("security_considerations.threats[0].evidence", Edit::Put(foreign()), "a block");
    for path in ["system", "system.components", "system.zones", "system.flows"] {
        add(path, Edit::Misspell, "misspelt");
        add(path, Edit::Put(stated("Words of no kind")), "a text");
        add(path, Edit::Put(node(Value::Null)), "null");
        add(path, Edit::Put(node(Value::List(Vec::new()))), "an empty list");
        add(path, Edit::Put(node(Value::Block(Vec::new()))), "an empty block");
        add(path, Edit::Put(foreign()), "a block of foreign keys");
    }
    for list in ["system.components", "system.zones", "system.flows"] {
        add(list, Edit::OnlyFirst, "one block where a list belongs");
    }
    for block in ["system.components[0]", "system.zones[0]", "system.flows[0]"] {
        add(block, Edit::Put(foreign()), "a block of foreign keys");
        add(block, Edit::Put(stated("words-of-no-kind")), "a text");
    }
    for id in ["system.components[0].id", "system.zones[0].id", "system.flows[0].id"] {
        add(id, Edit::Remove, "left out");
        add(id, Edit::Put(stated("two words")), "that is none");
        add(id, Edit::Put(node(Value::Number(1.0))), "a number");
    }
    let affects = "security_considerations.threats[0].affects[0]";
    for reference in ["system.components[0].zone", "system.flows[0].from", "system.flows[0].to", affects] {
        add(reference, Edit::MisspellText, "misspelt");
        add(reference, Edit::MisspellMeant, "misspelt where it is said what it is");
        add(reference, Edit::Put(foreign()), "a block");
    }
    for list in ["security_considerations.threats[0].affects", "security_considerations.vulnerabilities[0].affects"] {
        add(list, Edit::Put(stated("words-of-no-kind")), "a text");
        add(list, Edit::Put(foreign()), "a block");
        add(list, Edit::Put(node(Value::List(Vec::new()))), "an empty list");
    }
    for path in ["system.components[0].kind", "system.components[0].files", "system.flows[0].encrypted"] {
        add(path, Edit::Misspell, "misspelt");
        add(path, Edit::Put(node(Value::Null)), "null");
    }
    all
}

/// What is done at a place.
pub(crate) enum Edit {
    /// A letter is left out of the key.
    Misspell,
    /// A letter is left out of the id.
    MisspellText,
    /// A letter is left out where the block that is meant says its id, and so of no other place that refers to it.
    MisspellMeant,
    /// This value stands there.
    Put(Node<'static>),
    /// Of the list, the first value stands there alone.
    OnlyFirst,
    /// Nothing stands there.
    Remove,
}

impl Edit {
    pub(crate) fn make(self, card: &mut Node<'static>, path: &str) {
        let (within, key) = path.rsplit_once('.').unwrap_or(("", path));
        let at = |path: &str| places(card).into_iter().find(|place| place.path.trim_start_matches('.') == path);
        let place = at(path).unwrap_or_else(|| panic!("the card has no {path}"));
        let within = at(within).expect("the card has this");
        // Where a reason stands in place of an id, that of a zone would do.
        let zone = at("system.zones[0].id").and_then(|zone| zone.of(card).stated());
        let id = place.of(card).stated().or(zone).expect("the card has zones").to_owned();
        match self {
            Edit::Put(node) => *place.of_mut(card) = node,
            Edit::OnlyFirst => {
                let first = place.of(card).items().first().expect("a list that is not empty").clone();
                *place.of_mut(card) = first;
            }
            Edit::MisspellText => *place.of_mut(card) = stated(without_a_letter(&id)),
            Edit::MisspellMeant => {
                *place.of_mut(card) = stated(id.clone());
                let is_meant = |place: &Place| {
                    place.field.is_some_and(|field| field.form == Form::Id) && place.of(card).stated() == Some(&id)
                };
                let meant = places(card).into_iter().find(is_meant).expect("what is referred to is there");
                *meant.of_mut(card) = stated(without_a_letter(&id));
            }
            Edit::Remove => entries_mut(card, &within).retain(|entry| entry.key != key),
            Edit::Misspell => {
                let entry = entries_mut(card, &within).iter_mut().find(|entry| entry.key == key);
                let entry = entry.expect("the card has this");
                entry.key = without_a_letter(key).into();
            }
        }
    }
}

fn without_a_letter(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{first}{}", rest.get(1..).expect("some letters"))
}

/// A place that this holds of, by chance.
fn any(card: &Node<'_>, dice: &mut Dice, holds: impl Fn(&Place) -> bool) -> Option<Place> {
    let places: Vec<Place> = places(card).into_iter().filter(holds).collect();
    (!places.is_empty()).then(|| dice.pick(&places).clone())
}

/// A block of the schema, by chance.
fn any_block(card: &Node<'_>, dice: &mut Dice) -> Option<(Place, &'static Block)> {
    let place = any(card, dice, |place| place.block().is_some())?;
    let block = place.block()?;
    Some((place, block))
}

fn entries_mut<'n>(card: &'n mut Node<'static>, place: &Place) -> &'n mut Vec<smcard_core::tree::Entry<'static>> {
    match &mut place.of_mut(card).value {
        Value::Block(entries) => entries,
        value => panic!("no block: {value:?}"),
    }
}

/// A word with a slip of the hand in it: two letters swapped, or one of them left out or doubled.
fn slip_of(word: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = word.chars().collect();
    let at = dice.below(chars.len());
    match dice.below(3) {
        0 if at + 1 < chars.len() => chars.swap(at, at + 1),
        1 if chars.len() > 2 => drop(chars.remove(at)),
        _ => chars.insert(at, *dice.pick(&['x', 'q', 'e'])),
    }
    chars.into_iter().collect()
}

fn misspelt_key(card: &mut Node<'static>, dice: &mut Dice) -> Option<String> {
    let (place, block) = any_block(card, dice)?;
    let entries = entries_mut(card, &place);
    let index = dice.below(entries.len());
    let entry = entries.get_mut(index)?;
    let slip = slip_of(&entry.key, dice);
    if block.field(&slip).is_some() {
        return None;
    }
    let done = format!("`{}` in `{}` misspelt `{slip}`", entry.key, place.path);
    entry.key = slip.into();
    Some(done)
}

fn strange_key(card: &mut Node<'static>, dice: &mut Dice) -> Option<String> {
    let (place, _) = any_block(card, dice)?;
    entries_mut(card, &place).push(entry("zebra_crossing", stated("Words that stand nowhere")));
    Some(format!("a strange key in `{}`", place.path))
}

fn missing_field(card: &mut Node<'static>, dice: &mut Dice) -> Option<String> {
    let (place, block) = any_block(card, dice)?;
    let required: Vec<&str> = block.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    if required.len() < 2 {
        return None; // without its only field a block is empty, which is another mistake
    }
    let name = dice.pick(&required);
    entries_mut(card, &place).retain(|entry| entry.key != *name);
    Some(format!("no `{name}` in `{}`", place.path))
}

fn other_kind(card: &mut Node<'static>, dice: &mut Dice) -> Option<String> {
    let place = any(card, dice, |place| !place.path.is_empty())?;
    let foreign = Value::Block(vec![entry("zebra", stated("Words")), entry("crossing", stated("Words"))]);
    let values = [
        Value::Null,
        Value::Number(7.0),
        Value::Bool(true),
        Value::Text(Text::Stated("Words of no kind".into())),
        Value::Text(Text::NotApplicable("it is so".into())),
        Value::List(Vec::new()),
        Value::List(vec![stated("Words")]),
        Value::Block(Vec::new()),
        foreign,
        place.of(card).value.clone(),
    ];
    let mut value = dice.pick(&values).clone();
    if value == place.of(card).value {
        // One block where a list belongs, or a list around a single value.
        value = match (place.wanted, value) {
            (Wanted::Kind(Kind::List(_)), Value::List(items)) => items.into_iter().next()?.value,
            (Wanted::Kind(_), value) => Value::List(vec![node(value)]),
            _ => return None,
        };
    }
    if may_stand(&value, &place) {
        return None;
    }
    let done = format!("{value:?} at `{}`", place.path);
    place.of_mut(card).value = value;
    Some(done)
}

/// Whether a value is no mistake of this kind: it fits, or it is a block that lacks several fields.
fn may_stand(value: &Value<'_>, place: &Place) -> bool {
    match (place.wanted, value) {
        (Wanted::Anything, Value::Null) => false,
        (Wanted::Anything, Value::List(items)) => !items.is_empty(),
        (Wanted::Anything, Value::Block(entries)) => !entries.is_empty(),
        (Wanted::Anything, _) | (Wanted::Namespace, Value::Block(_)) => true,
        (Wanted::Namespace, _) => false,
        (Wanted::Kind(kind), value) => match (kind, value) {
            (Kind::Text, Value::Text(_))
            | (Kind::Bool, Value::Bool(_))
            | (Kind::Number | Kind::Count, Value::Number(_)) => true,
            (Kind::List(Kind::Text), Value::List(items)) => !items.is_empty(),
            (Kind::List(Kind::List(_)), _) => true,
            (Kind::Block(block), Value::Block(entries)) => {
                entries.is_empty() && block.fields.iter().filter(|field| field.required).count() > 1
            }
            (Kind::Extensions, Value::Block(entries)) => !entries.is_empty(),
            _ => false,
        },
    }
}

fn repeated_key(card: &mut Node<'static>, dice: &mut Dice) -> Option<String> {
    let place = any(card, dice, |place| {
        !matches!(
            place.wanted,
            Wanted::Kind(Kind::Text | Kind::Number | Kind::Count | Kind::Bool | Kind::Choice(_) | Kind::List(_))
        )
    })?;
    let Value::Block(entries) = &mut place.of_mut(card).value else { return None };
    let again = dice.pick(entries).clone();
    let done = format!("`{}` twice in `{}`", again.key, place.path);
    entries.push(again);
    Some(done)
}

fn misspelt_choice(card: &mut Node<'static>, dice: &mut Dice) -> Option<String> {
    let place = any(card, dice, |place| matches!(place.wanted, Wanted::Kind(Kind::Choice(_))))?;
    let Wanted::Kind(Kind::Choice(choice)) = place.wanted else { return None };
    let slip = slip_of(place.of(card).word()?, dice);
    // A word without a small letter is a constant to the macro.
    if choice.variant(&slip).is_some() || !slip.contains(char::is_lowercase) {
        return None;
    }
    let done = format!("`{slip}` at `{}`", place.path);
    place.of_mut(card).value = Value::Word(slip.into());
    Some(done)
}

fn spoilt_text(card: &mut Node<'static>, dice: &mut Dice, words: &'static str) -> Option<String> {
    // What a file says of itself may be any words.
    let says = |place: &Place| words != "TODO" || !place.path.starts_with(".measured");
    let texts: Vec<Place> = places(card)
        .into_iter()
        .filter(|place| matches!(place.of(card).value, Value::Text(_)) && says(place))
        .collect();
    let place = dice.pick(&texts);
    let reason = match &place.of(card).value {
        Value::Text(text) => text.reason(),
        _ => None,
    };
    let text = reason.map_or(Text::Stated(words.into()), |reason| reason.text(words.into()));
    place.of_mut(card).value = Value::Text(text);
    Some(format!("{words:?} at `{}`", place.path))
}

fn reason_for_answer(card: &mut Node<'static>, dice: &mut Dice) -> Option<String> {
    let place = any(card, dice, |place| {
        matches!(place.wanted, Wanted::Kind(Kind::Text)) && place.field.is_some_and(|field| field.answer)
    })?;
    place.of_mut(card).value = Value::Text(Text::Withheld("nobody shall know".into()));
    Some(format!("a reason at `{}`", place.path))
}

fn other_form(card: &mut Node<'static>, dice: &mut Dice) -> Option<String> {
    let formed = |place: &Place| {
        place.field.is_some_and(|field| field.form != Form::Free)
            && matches!(place.wanted, Wanted::Kind(Kind::Text | Kind::List(Kind::Number)))
    };
    let place = any(card, dice, formed)?;
    let value = match place.field?.form {
        Form::Free | Form::Label => return None,
        Form::Date => stated(*dice.pick(&["2026-02-30", "2026-13", "the year 2026"])),
        Form::Day => stated(*dice.pick(&["2026-02-30", "2026-02", "2026"])),
        Form::Url | Form::Contact => stated("somewhere in the building"),
        Form::License => stated("A licence of our own"),
        Form::Purl => stated(*dice.pick(&["resnet-50", "pkg:pypi/"])),
        Form::Path => stated(*dice.pick(&["../parcels.onnx", "C:\\parcels.onnx", "/models/parcels.onnx"])),
        Form::Report => stated(*dice.pick(&["../parcels.json", "/reports/parcels.json", "reports\\parcels.json"])),
        Form::Sha256 => stated("9f86d081884c7d659a2feaa0c55ad015"),
        Form::Id => stated("an id of words"),
        Form::Evidence | Form::Zone | Form::Component | Form::Asset => stated("no-such-part"),
        Form::Reference => stated(*dice.pick(&["AML.T9999", "NISTAML.999", "Evasion"])),
        Form::Interval => node(Value::List([3.0, 2.0].map(|bound| node(Value::Number(bound))).into())),
        other => panic!("no mistake in the form {other:?} is made yet"),
    };
    let done = format!("{:?} at `{}`", value.value, place.path);
    *place.of_mut(card) = value;
    Some(done)
}

fn taken_id(card: &mut Node<'static>, dice: &mut Dice) -> Option<String> {
    let is_id = |place: &Place| place.field.is_some_and(|field| field.form == Form::Id);
    let second = any(card, dice, is_id)?;
    let first = any(card, dice, |place| is_id(place) && place.path != second.path)?;
    second.of_mut(card).value = first.of(card).value.clone();
    Some(format!("the id of `{}` at `{}`", first.path, second.path))
}

/// A reference to a block that is there, and is no such block.
fn misdirected(card: &mut Node<'static>, dice: &mut Dice) -> Option<String> {
    let of_form = |place: &Place, form: Form| place.field.is_some_and(|field| field.form == form);
    let place = any(card, dice, |place| {
        let refers =
            [Form::Evidence, Form::Zone, Form::Component, Form::Asset].iter().any(|form| of_form(place, *form));
        refers && matches!(place.wanted, Wanted::Kind(Kind::Text))
    })?;
    let other =
        any(card, dice, |place| of_form(place, Form::Id) && place.path.starts_with(".security_considerations.t"))?;
    let id = other.of(card).value.clone();
    if of_form(&place, Form::Evidence) && other.path.contains("tests") {
        return None;
    }
    place.of_mut(card).value = id;
    Some(format!("the id of `{}` at `{}`", other.path, place.path))
}

fn number_too_large(card: &mut Node<'static>, dice: &mut Dice) -> Option<String> {
    let numbers: Vec<Place> =
        places(card).into_iter().filter(|place| matches!(place.of(card).value, Value::Number(_))).collect();
    let place = dice.pick(&numbers);
    place.of_mut(card).value = Value::Number(2f64.powi(60));
    Some(format!("2^60 at `{}`", place.path))
}
