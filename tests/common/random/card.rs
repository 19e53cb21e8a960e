//! A card of any values that the schema knows.

use std::borrow::Cow;

use smcard_core::schema::{Block, Form, Kind};
use smcard_core::tree::{Entry, Node, Value};
use smcard_core::{Reason, SecurityCard, Text};

use super::agreeing::agree;
use super::dice::Dice;

/// Which fields a card gives beside those that it must.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Fields {
    /// Every one.
    All,
    /// Those that chance picks.
    Some,
}

/// A card that no rule finds anything wrong with.
pub(crate) fn card(dice: &mut Dice, fields: Fields) -> Node<'static> {
    let mut card = block(SecurityCard::SCHEMA, dice, fields);
    agree(&mut card, dice);
    card
}

pub(crate) fn node(value: Value<'static>) -> Node<'static> {
    Node { at: 0, value }
}

pub(crate) fn stated(text: impl Into<Cow<'static, str>>) -> Node<'static> {
    node(Value::Text(Text::Stated(text.into())))
}

pub(crate) fn entry(key: impl Into<Cow<'static, str>>, node: Node<'static>) -> Entry<'static> {
    Entry { key: key.into(), at: 0, node }
}

fn block(block: &'static Block, dice: &mut Dice, fields: Fields) -> Node<'static> {
    let last = dice.below(block.fields.len()); // stands for all where chance picks none
    let mut entries = Vec::new();
    for _ in 0..2 {
        for (index, field) in block.fields.iter().enumerate() {
            let again = entries.is_empty() && index == last;
            if field.required || fields == Fields::All || again || dice.once_in(2) {
                entries.push(entry(field.name, value(field.kind, field.form, field.answer, dice, fields)));
            }
        }
        if !entries.is_empty() {
            break;
        }
    }
    node(Value::Block(entries))
}

fn value(kind: Kind, form: Form, answer: bool, dice: &mut Dice, fields: Fields) -> Node<'static> {
    match kind {
        Kind::Text => node(Value::Text(text(form, answer, dice))),
        Kind::Number => number(dice),
        Kind::Count => node(Value::Number(count(dice))),
        Kind::Bool => node(Value::Bool(dice.once_in(2))),
        Kind::Choice(choice) => node(Value::Word(dice.pick(choice.variants).name.into())),
        Kind::Block(of) => block(of, dice, fields),
        Kind::List(kind) => {
            let length = if form == Form::Interval { 2 } else { 1 + dice.below(3) };
            node(Value::List((0..length).map(|_| value(*kind, form, answer, dice, fields)).collect()))
        }
        Kind::Extensions => {
            let namespaces = (0..=dice.below(2)).map(|_| entry(key(dice), extension_block(dice, 0))).collect();
            node(Value::Block(namespaces))
        }
        other => panic!("no values of the kind {other:?} are made yet"),
    }
}

/// A text of this form, or a reason in its place.
fn text(form: Form, answer: bool, dice: &mut Dice) -> Text<'static> {
    if !answer && dice.once_in(4) {
        return dice.pick(Reason::ALL).text(words(dice).into());
    }
    let text = match form {
        Form::Free => words(dice),
        Form::Date => {
            let date = day(dice);
            let known = dice.pick(&["YYYY", "YYYY-MM", "YYYY-MM-DD"]);
            date.chars().take(known.len()).collect()
        }
        Form::Day => day(dice),
        Form::Url => (*dice.pick(&["https://parcels.example/model", "http://parcels.example:8080/a?b#c"])).to_owned(),
        Form::Contact => (*dice.pick(&["models@parcels.example", "The team <models@parcels.example>"])).to_owned(),
        Form::License => (*dice.pick(&["Apache-2.0", "MIT OR LicenseRef-parcels", "Apache License 2.0"])).to_owned(),
        Form::Purl => (*dice.pick(&[
            "pkg:huggingface/microsoft/resnet-50@34c2154",
            "pkg:npm/%40parcels/labels",
            "pkg:pypi/torch",
        ]))
        .to_owned(),
        Form::Path => {
            (*dice.pick(&["parcels.onnx", "models/v1..2/parcels 2.safetensors", "模型/权重.gguf"])).to_owned()
        }
        Form::Report => {
            (*dice.pick(&["reports/parcels.jsonl", "https://parcels.example/reports/7", "The vault of the team"]))
                .to_owned()
        }
        Form::Sha256 => (0..4).map(|_| format!("{:016x}", dice.bits())).collect(),
        // What refers to a block is changed afterwards to refer to one that is there.
        Form::Id | Form::Evidence | Form::Zone | Form::Component | Form::Asset => {
            format!("{}-{}", letters(dice), dice.unique())
        }
        Form::Reference => {
            (*dice.pick(&["AML.T0015", "NISTAML.022 Evasion", "CWE-1039", "LLM01:2026", "ML01:2023", "ASI01:2026"]))
                .to_owned()
        }
        Form::Label => (*dice.pick(&["%", "NA", "ms", "camera=B, lighting=night"])).to_owned(),
        Form::Interval => words(dice),
        other => panic!("no texts of the form {other:?} are made yet"),
    };
    Text::Stated(text.into())
}

/// A day of this century that every calendar has.
fn day(dice: &mut Dice) -> String {
    format!("20{}-0{}-{}", 10 + dice.below(80), 1 + dice.below(9), 10 + dice.below(19))
}

fn letters(dice: &mut Dice) -> String {
    (0..4 + dice.below(6)).map(|_| *dice.pick(&LETTERS)).collect()
}

const LETTERS: [char; 26] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w',
    'x', 'y', 'z',
];

/// What stands in the way of notations, and scripts of all widths; no bracket, which may make a
/// blank to fill in.
const OTHERS: &[char] = &[
    ' ',
    ' ',
    '\n',
    '\t',
    '"',
    '\'',
    '\\',
    '/',
    '#',
    '$',
    '%',
    '&',
    '*',
    ',',
    '.',
    ':',
    ';',
    '=',
    '?',
    '^',
    '`',
    '|',
    '~',
    '(',
    ')',
    '0',
    '9',
    'A',
    'Z',
    '\u{a0}',
    'é',
    'ß',
    'Ω',
    'ж',
    'א',
    'ع',
    'क',
    '写',
    '한',
    '\u{301}',
    '🦀',
    '\u{10ffff}',
];

/// Words that answer: some letters, then anything that can be printed.
fn words(dice: &mut Dice) -> String {
    let others: String = (0..dice.below(24)).map(|_| *dice.pick(OTHERS)).collect();
    format!("{} {} {others}", letters(dice), letters(dice))
}

/// A number that a report holds exactly: a fraction of any size, or a whole number below 2^53.
fn number(dice: &mut Dice) -> Node<'static> {
    let whole = count(dice);
    let any = f64::from_bits(dice.bits());
    let sign = if dice.once_in(2) { 1.0 } else { -1.0 };
    let number = match dice.below(4) {
        0 => whole,
        1 if any.is_finite() && any.abs() < 2f64.powi(52) => any,
        2 => whole / 1000.0,
        _ => whole / 2f64.powi(53),
    };
    node(Value::Number(sign * number))
}

fn count(dice: &mut Dice) -> f64 {
    let bits = 1 + dice.below(53);
    (dice.bits() >> (64 - bits)) as f64
}

fn key(dice: &mut Dice) -> String {
    format!("{}{}{}", letters(dice), dice.pick(&['-', '_', 'A']), dice.unique())
}

fn extension_block(dice: &mut Dice, depth: usize) -> Node<'static> {
    node(Value::Block((0..=dice.below(3)).map(|_| entry(key(dice), extension(dice, depth))).collect()))
}

fn extension(dice: &mut Dice, depth: usize) -> Node<'static> {
    match dice.below(if depth < 4 { 6 } else { 4 }) {
        0 => number(dice),
        1 => node(Value::Bool(dice.once_in(2))),
        2 | 3 => node(Value::Text(text(Form::Free, false, dice))),
        4 => node(Value::List((0..=dice.below(3)).map(|_| extension(dice, depth + 1)).collect())),
        _ => extension_block(dice, depth + 1),
    }
}
