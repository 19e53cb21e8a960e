//! The shape family: the right keys, each once, each with the right kind of value.

use crate::finding::{Level, Problem};
use crate::node::Value;
use crate::rules::{Check, Expected, Rule, Site, Spot, label, secret};
use crate::schema::{Block, Choice, Field, Kind};
use crate::suggest::{listed, nearest};

pub(super) const RULES: &[&Rule] = &[&INVALID_SYNTAX, &WRONG_KIND, &UNKNOWN_FIELD, &DUPLICATE_FIELD, &MISSING_FIELD];

/// What a source or a report that cannot be read breaks; whoever reads it reports it.
pub static INVALID_SYNTAX: Rule = Rule {
    code: "invalid-syntax",
    summary: "A card is keys and values, and a report is JSON.",
    explanation: "What cannot be read cannot be checked. In Rust source a card is `key: value` \
                  pairs with commas between them; in a report it is a JSON object of bounded size \
                  and depth.",
    level: Level::Error,
    adjustable: false,
    check: Check::Reading,
};

static WRONG_KIND: Rule = Rule {
    code: "wrong-kind",
    summary: "A value is of the kind that its field takes.",
    explanation: "A text stands in quotes, a choice is one of its words, a section is a block of \
                  fields. A program that reads the report relies on this.",
    level: Level::Error,
    adjustable: false,
    check: Check::Value(wrong_kind),
};

static UNKNOWN_FIELD: Rule = Rule {
    code: "unknown-field",
    summary: "A card holds only fields that the schema knows.",
    explanation: "A misspelt key would otherwise vanish with its value. What an organization adds \
                  of its own stands under `extensions`.",
    level: Level::Error,
    adjustable: false,
    check: Check::Block(unknown_field),
};

static DUPLICATE_FIELD: Rule = Rule {
    code: "duplicate-field",
    summary: "A key stands once in its block.",
    explanation: "Of two values for one field one would be lost, and readers of JSON do not agree \
                  which. Keep the one that is true.",
    level: Level::Error,
    adjustable: false,
    check: Check::Block(duplicate_field),
};

static MISSING_FIELD: Rule = Rule {
    code: "missing-field",
    summary: "A card gives every required field.",
    explanation: "A reviewer cannot tell a forgotten field from one that has no answer. Give the \
                  answer, or say `not_applicable(\"why\")` or `withheld(\"why\")`. The policy file \
                  can make a field optional, for every card or for drafts.",
    level: Level::Error,
    adjustable: true,
    check: Check::Block(missing_field),
};

fn wrong_kind(site: &Site<'_>) -> Option<Problem> {
    let value = &site.node.value;
    let asked = match (site.expected, value) {
        (_, Value::Unfinished) => return None, // Whoever read the source has said so.
        (Expected::Anything | Expected::Key, Value::Null | Value::Word(_)) => {
            "a text, a number, `true` or `false`, a list or a block"
        }
        (Expected::Anything | Expected::Key, _) | (Expected::Namespace, Value::Block(_)) => return None,
        (Expected::Namespace, _) => "a block",
        (Expected::Kind(Kind::Text), Value::Word(word)) => {
            let word = shown(word);
            return Some(
                Problem::new(format!("{} is a text, but `{word}` is a bare word", site.label()))
                    .help(format!("write `\"{word}\"` if this is the text; a constant is named in capitals")),
            );
        }
        (Expected::Kind(Kind::Choice(choice)), value) => match value {
            Value::Later => return None,
            _ => return wrong_choice(site, choice),
        },
        (Expected::Kind(kind), value) => match (kind, value) {
            (Kind::Text, Value::Text(_)) | (Kind::Text | Kind::Number | Kind::Count, Value::Later) => return None,
            (Kind::Number, Value::Number(_)) | (Kind::List(_), Value::List(_)) => return None,
            (Kind::Block(_) | Kind::Extensions, Value::Block(_)) => return None,
            (Kind::Count, Value::Number(_)) if site.node.count().is_some() => return None,
            (kind, _) => kind.noun(),
        },
    };
    let problem = match value {
        Value::Number(number) => Problem::new(format!("{} takes {asked}, but this is {number}", site.label())),
        _ => Problem::new(format!("{} takes {asked}, but this is {}", site.label(), value.noun())),
    };
    let name = last(site.path);
    Some(match (site.expected, value) {
        (_, Value::Null) => problem.help("leave the key out, or say `\"Not applicable: why\"`"),
        (Expected::Kind(Kind::Block(block)), _) if name.ends_with(']') => {
            problem.help(format!("write\n{}", item_template(block)))
        }
        (Expected::Kind(Kind::Block(block)), _) => problem.help(format!("write\n{}", template(name, block))),
        (Expected::Kind(Kind::Text), Value::Number(number)) => problem.help(format!("write `\"{number}\"`")),
        (Expected::Kind(Kind::Text), _) => problem.help("write it in words, in quotes"),
        (Expected::Kind(Kind::List(_)), _) => problem.help(format!("write `{name}: [ … ]`")),
        (Expected::Kind(Kind::Number), Value::Text(_)) => problem.help("write the number without quotes and unit"),
        (Expected::Kind(Kind::Extensions), _) => problem.help("write `extensions: { your_namespace: { key: \"…\" } }`"),
        (Expected::Namespace, _) => problem.help(format!("write `{name}: {{ key: … }}`")),
        _ => problem,
    })
}

fn wrong_choice(site: &Site<'_>, choice: &'static Choice) -> Option<Problem> {
    let word = site.node.word();
    if word.is_some_and(|word| choice.variant(word).is_some()) {
        return None;
    }
    let names = || choice.variants.iter().map(|variant| variant.name);
    let problem = match word {
        Some(word) => Problem::new(format!("`{}` is no value of {}", shown(word), site.label())),
        None => Problem::new(format!("{} takes a word, but this is {}", site.label(), site.node.value.noun())),
    };
    Some(match word.and_then(|word| nearest(word, names())) {
        Some(name) => problem.help(format!("did you mean `{name}`?")),
        None => problem.help(format!("write one of {}", listed(names()))),
    })
}

fn unknown_field(site: &Site<'_>) -> Vec<Spot> {
    let Some(block) = site.block() else { return Vec::new() };
    let unknown = site.node.entries().iter().filter(|entry| block.field(&entry.key).is_none());
    unknown
        .map(|entry| {
            let (key, place) = (shown(&entry.key), label(site.path));
            let names = || block.fields.iter().map(|field| field.name);
            let problem = Problem::new(format!("unknown field `{key}` in {place}"));
            let problem = if let Some(meant) = site.strays.meant_at(entry.at) {
                match meant.rsplit_once('.') {
                    Some((section, name)) if section != site.path => {
                        problem.help(format!("`{name}` belongs in `{section}`"))
                    }
                    None if !site.path.is_empty() => problem.help(format!("`{meant}` belongs in the card itself")),
                    _ => problem.help(format!("did you mean `{}`?", last(meant))),
                }
            } else if let Some(name) = nearest(&entry.key, names()) {
                problem.help(format!("did you mean `{name}`, which stands here already?"))
            } else {
                problem
                    .help(format!("{place} knows {}", listed(names())))
                    .note("what your organization adds stands under `extensions`")
            };
            Spot { at: entry.at, path: site.path_of(&key), problem }
        })
        .collect()
}

fn duplicate_field(site: &Site<'_>) -> Vec<Spot> {
    let mut seen = std::collections::HashSet::new();
    let repeated = site.node.entries().iter().filter(|entry| !seen.insert(&*entry.key));
    // A key that the schema does not know has its finding for that.
    let known = repeated.filter(|entry| site.block().is_none_or(|block| block.field(&entry.key).is_some()));
    known
        .map(|entry| Spot {
            at: entry.at,
            path: site.path_of(&shown(&entry.key)),
            problem: Problem::new(format!("`{}` stands twice in {}", shown(&entry.key), label(site.path)))
                .help("keep one of the two"),
        })
        .collect()
}

fn missing_field(site: &Site<'_>) -> Vec<Spot> {
    site.missing().map(|(field, path)| Spot { at: site.key_at, problem: missing(field, site.path), path }).collect()
}

/// What a rule says of a field that is not there.
pub(super) fn missing(field: &'static Field, section: &str) -> Problem {
    let place = label(section);
    let problem = match field.kind {
        Kind::Block(_) => Problem::new(format!("missing section `{}`", field.name)),
        _ if section.is_empty() => Problem::new(format!("missing field `{}`", field.name)),
        _ => Problem::new(format!("missing field `{}` in {place}", field.name)),
    };
    let name = field.name;
    let problem = match field.kind {
        Kind::Block(block) => problem.help(format!("add\n{}", template(name, block))),
        Kind::Choice(choice) => problem
            .help(format!("add `{name}: …`, one of {}", listed(choice.variants.iter().map(|variant| variant.name)))),
        Kind::Number | Kind::Count => problem.help(format!("add `{name}: …`, {}", field.kind.noun())),
        Kind::List(Kind::Block(block)) => problem.help(format!("add\n{}", list_template(name, block))),
        Kind::List(_) => problem.help(format!("add `{name}: [ … ]`")),
        Kind::Extensions => problem.help(format!("add `{name}: {{ … }}`")),
        Kind::Text => problem.help(format!("add `{name}: \"…\"`, or `{name}: not_applicable(\"why\")`")),
    };
    problem.note(field.sentence())
}

/// A section as somebody would begin to write it; the card itself where there is no name.
pub(super) fn template(name: &str, block: &'static Block) -> String {
    let fields: Vec<String> = block.fields.iter().filter(|field| field.required).map(field_template).collect();
    match name {
        "" => fields.join("\n"),
        name => format!("{name}: {{\n{}\n}},", indented(&fields.join("\n"))),
    }
}

/// A list of blocks as somebody would begin to write it.
fn list_template(name: &str, block: &'static Block) -> String {
    format!("{name}: [\n{}\n],", indented(&item_template(block)))
}

/// A block of a list as somebody would begin to write it.
fn item_template(block: &'static Block) -> String {
    format!("{{\n{}\n}},", indented(&template("", block)))
}

fn field_template(field: &'static Field) -> String {
    match field.kind {
        Kind::Block(block) => template(field.name, block),
        Kind::Text => format!("{}: \"…\",", field.name),
        _ => format!("{}: …,", field.name),
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// The path of a field of the block at a path.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A key or word from outside, short and visible enough for a message, and no secret.
pub(super) fn shown(key: &str) -> String {
    if let Some(secret::Secret { prefix, .. }) = secret::find(key) {
        return format!("{prefix}…");
    }
    let short: String = key.chars().take(60).collect();
    crate::finding::escape(&short) + if short.len() < key.len() { "…" } else { "" }
}

/// The last segment of a path.
pub(super) fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}
