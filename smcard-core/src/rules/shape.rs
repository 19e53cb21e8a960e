//! The shape family: the right keys, each once, each with the right kind of value.

use crate::excerpt::shown;
use crate::finding::Problem;
use crate::limits::{MAX_BYTES, MAX_DEPTH, MAX_VALUES};
use crate::names::Names;
use crate::path::Path;
use crate::rule::{Level, Rule};
use crate::rules::site::{Expected, Site, Tell};
use crate::rules::{Check, On};
use crate::schema::{Choice, Field, Form, Kind};
use crate::suggest::{either, listed, nearest};
use crate::template;
use crate::text::Reason;
use crate::tree::Value;
use crate::words::figure;

pub(super) const CHECKS: &[&Check] =
    &[&SYNTAX, &TOO_LARGE, &WRONG_KIND, &UNKNOWN_FIELD, &DUPLICATE_FIELD, &MISSING_FIELD];

/// What a source or a report that cannot be read breaks; whoever reads it reports it.
pub static INVALID_SYNTAX: &Rule = &SYNTAX.rule;

/// What a card breaks that is larger than any that is read.
pub static CARD_TOO_LARGE: &Rule = &TOO_LARGE.rule;

static SYNTAX: Check = Check {
    rule: Rule {
        code: "invalid-syntax",
        summary: "A card can be read: it is keys and values, and a report is JSON.",
        explanation: "What cannot be read cannot be checked. In Rust source, a card is `key: \
                      value` pairs separated by commas; a report is a JSON object.",
        level: Level::Error,
        adjustable: false,
    },
    on: On::Reading,
};

static TOO_LARGE: Check = Check {
    rule: Rule {
        code: "card-too-large",
        summary: "A card has at most 16 MiB as JSON, 100,000 values and 32 levels.",
        explanation: "Every program that reads a card limits what it reads. Keep larger \
                      documents next to the card.",
        level: Level::Error,
        adjustable: false,
    },
    on: On::Reading,
};

static WRONG_KIND: Check = Check {
    rule: Rule {
        code: "wrong-kind",
        summary: "A value is of the kind that its field takes.",
        explanation: "A text is a quoted string, a choice is one of its words, and a section \
                      is a block of fields. Programs that read the report rely on this.",
        level: Level::Error,
        adjustable: false,
    },
    on: On::Value(wrong_kind),
};

static UNKNOWN_FIELD: Check = Check {
    rule: Rule {
        code: "unknown-field",
        summary: "A card contains only fields that the schema defines.",
        explanation: "A misspelt key would otherwise vanish with its value. Fields that your \
                      organization adds go under `extensions`.",
        level: Level::Error,
        adjustable: false,
    },
    on: On::AnyBlock(unknown_field),
};

static DUPLICATE_FIELD: Check = Check {
    rule: Rule {
        code: "duplicate-field",
        summary: "A key appears once in its block.",
        explanation: "Of two values for one field, one would be lost, and JSON readers \
                      disagree on which. Keep the one that is true.",
        level: Level::Error,
        adjustable: false,
    },
    on: On::AnyBlock(duplicate_field),
};

static MISSING_FIELD: Check = Check {
    rule: Rule {
        code: "missing-field",
        summary: "A card has every required field.",
        explanation: "A reviewer cannot tell a forgotten field from one that has no answer. \
                      Give the answer, or write `not_applicable(\"why\")`, `withheld(\"why\")` \
                      or `unknown(\"why\")`. The policy file can make a field optional, for \
                      every card or for drafts.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::AnyBlock(missing_field),
};

/// What is said of a card with too many values.
pub(crate) fn too_many() -> Problem {
    Problem::new(format!("the card has more than {MAX_VALUES} values"))
        .help("move what belongs in another document there, and say in the card where it is")
}

/// What is said of a value that stands too deep.
pub(crate) fn too_deep() -> Problem {
    Problem::new(format!("more than {MAX_DEPTH} nested blocks and lists")).help("move the value to a higher level")
}

/// What is said of a card whose report nobody would read.
pub(crate) fn too_long() -> Problem {
    Problem::new(format!("the card has more than {MAX_BYTES} bytes as JSON"))
        .help("move what belongs in another document there, and say in the card where it is")
}

fn wrong_kind(site: &Site<'_>, tell: &mut Tell<'_>) {
    if !fits(site) {
        tell.here(site, &|| misfit(site));
    }
}

/// Whether a value is of the kind that its place takes.
fn fits(site: &Site<'_>) -> bool {
    match (site.expected, &site.node.value) {
        (_, Value::Unfinished) => true, // Whoever read the source has said so.
        (Expected::Anything | Expected::Key, Value::Null | Value::Word(_)) => false,
        (Expected::Anything | Expected::Key, _) | (Expected::Namespace, Value::Block(_)) => true,
        (Expected::Namespace, _) => false,
        (Expected::Kind(kind), value) => match (kind, value) {
            (Kind::Choice(_) | Kind::Text | Kind::Number | Kind::Count | Kind::Bool, Value::Later)
            | (Kind::Text, Value::Text(_))
            | (Kind::Bool, Value::Bool(_))
            | (Kind::Number, Value::Number(_))
            | (Kind::List(_), Value::List(_))
            | (Kind::Block(_) | Kind::Extensions, Value::Block(_)) => true,
            (Kind::Choice(choice), _) => site.node.word().is_some_and(|word| choice.variant(word).is_some()),
            (Kind::Count, Value::Number(_)) => site.node.count().is_some(),
            _ => false,
        },
    }
}

/// What is said of a value that does not fit.
fn misfit(site: &Site<'_>) -> Problem {
    let (label, value) = (site.label(), &site.node.value);
    let name = site.field.map_or("key", |field| field.name);
    let expected = match site.expected {
        Expected::Kind(Kind::Choice(choice)) => return wrong_choice(site, choice),
        Expected::Kind(kind) => kind.noun(),
        Expected::Namespace => "a block",
        Expected::Anything | Expected::Key => "a string, a number, `true`, `false`, a list or a block",
    };
    if let (Expected::Kind(Kind::Text), Value::Word(word)) = (site.expected, value) {
        let problem = Problem::new(format!("expected a string for {label}, found the word `{}`", shown(word)));
        return match (Reason::named(word), shown(word)) {
            (Some(reason), _) => problem.help(format!("write `{}(\"why\")`", reason.name)),
            (None, word) => problem.help(format!("write `\"{word}\"` for a string, or `{{ {word} }}` for a constant")),
        };
    }
    let found = match value {
        Value::Number(number) => format!("the number {}", figure(*number)),
        Value::Bool(bool) => format!("`{bool}`"),
        Value::Word(word) => format!("the word `{}`", shown(word)),
        value => value.noun().to_owned(),
    };
    let problem = Problem::new(format!("expected {expected} for {label}, found {found}"));
    match (site.expected, value) {
        (_, Value::Null) if !site.path.is_card() => problem.help("remove the key, or write `\"Not applicable: why\"`"),
        // The card and what stands in a list have no key.
        (Expected::Kind(Kind::Block(block)), _) if !matches!(site.path, Path::Key(..)) => {
            problem.help(format!("write\n{}", template::item(block)))
        }
        (Expected::Kind(Kind::Block(block)), _) => problem.help(format!("write\n{}", template::block(name, block))),
        (Expected::Kind(Kind::Text), Value::Number(number)) => problem.help(format!("write `\"{}\"`", figure(*number))),
        (Expected::Kind(Kind::Text), _) => problem.help("write one string, in quotes"),
        (Expected::Kind(Kind::List(Kind::Block(_))), Value::Block(_)) => {
            problem.help(format!("write `{name}: [{{ … }}]`: brackets around the block"))
        }
        (Expected::Kind(Kind::List(_)), _) => problem.help(format!("write `{name}: [ … ]`")),
        (Expected::Kind(Kind::Count), Value::Number(number)) if number.fract() != 0.0 => {
            problem.help("write the count itself; a rate belongs in `metrics.measures`, with its name and interval")
        }
        (Expected::Kind(Kind::Number | Kind::Count), Value::Text(text)) if text.stated().is_some() => {
            problem.help("write the number without quotes and without a unit")
        }
        (Expected::Kind(Kind::Number | Kind::Count), Value::Text(_)) => {
            problem.help("only a text takes a reason: remove the number, or give the reason in a text")
        }
        (Expected::Kind(Kind::Bool), Value::Text(text)) => match text.stated() {
            Some("true") => problem.help("write `true`, without quotes"),
            Some("false") => problem.help("write `false`, without quotes"),
            Some(_) => problem.help("write `true` or `false`, without quotes"),
            None => problem.help("only a text takes a reason: remove the field, or give the reason in a text"),
        },
        (Expected::Kind(Kind::Bool), Value::Word(word)) => {
            problem.help(format!("write `true` or `false`, or `{{ {} }}` for a constant", shown(word)))
        }
        (Expected::Kind(Kind::Bool), _) => problem.help("write `true` or `false`"),
        (Expected::Kind(Kind::Extensions), _) if site.form() == Form::Measured => {
            problem.help("remove it: the build writes it")
        }
        (Expected::Kind(Kind::Extensions), _) => problem.help("write `extensions: { your_namespace: { key: \"…\" } }`"),
        (Expected::Namespace, _) => problem.help("write `your_namespace: { key: … }`"),
        _ => problem,
    }
}

fn wrong_choice(site: &Site<'_>, choice: &'static Choice) -> Problem {
    let label = site.label();
    let names = || choice.variants.iter().map(|variant| variant.name);
    let all = either(names());
    let Some(word) = site.node.word() else {
        let problem = Problem::new(format!("expected one of {all} for {label}, found {}", site.node.value.noun()));
        return match &site.node.value {
            Value::Text(_) => {
                problem.help("only a text takes a reason: remove the field, or give the reason in a text")
            }
            _ => problem.help("write one of them, without quotes"),
        };
    };
    let problem = Problem::new(format!("unknown value `{}` for {label}; expected {all}", shown(word)));
    match nearest(word, names()) {
        Some(name) => problem.help(format!("did you mean `{name}`?")),
        None => problem,
    }
}

fn unknown_field(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(block) = site.block().filter(|_| site.given.strangers) else { return };
    let names = || block.fields.iter().map(|field| field.name);
    if site.given.only_strangers() && site.node.entries().len() > 1 && site.context.strays().none_in(&site.path) {
        let mut keys = Vec::new();
        for entry in site.node.entries().iter().take(3) {
            keys.push(shown(&entry.key));
        }
        let more = site.node.entries().len() - keys.len();
        tell.at(site.key_at, &site.path, &|| {
            let place = site.label();
            let keys = listed(keys.iter().map(String::as_str));
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            Problem::new(format!("unknown fields {keys}{more} in {place}"))
                .help(format!("{place} takes {}", listed(names())))
                .note("fields that your organization adds go under `extensions`")
        });
        return;
    }
    for entry in site.node.entries() {
        if block.field(&entry.key).is_some() {
            continue;
        }
        tell.at(entry.at, &site.path.key(&entry.key), &|| {
            let (key, place) = (shown(&entry.key), site.label());
            let problem = Problem::new(format!("unknown field `{key}` in {place}"));
            if let Some(meant) = site.context.strays().meant_by(&site.path.key(&entry.key)) {
                let (section, name) = meant.rsplit_once('.').unwrap_or(("", meant));
                return match section {
                    section if section == site.path.to_string() => problem.help(format!("did you mean `{name}`?")),
                    "" => problem.help(format!("`{name}` belongs at the top level of the card")),
                    section => {
                        let problem = problem.help(format!("`{name}` belongs in `{section}`"));
                        // In a list it may as well be a field of the item that is called something else.
                        match site.path {
                            Path::Item(..) => problem.help(format!("{place} takes {}", listed(names()))),
                            _ => problem,
                        }
                    }
                };
            }
            match nearest(&entry.key, names()) {
                Some(name) => problem.help(format!("did you mean `{name}`? it is already there")),
                None => problem
                    .help(format!("{place} takes {}", listed(names())))
                    .note("fields that your organization adds go under `extensions`"),
            }
        });
    }
}

fn duplicate_field(site: &Site<'_>, tell: &mut Tell<'_>) {
    // A key that the schema does not know has its finding for that.
    if site.block().is_some() && !site.given.repeats {
        return;
    }
    let mut seen = Names::default();
    let repeated = site.node.entries().iter().filter(|entry| !seen.add(&entry.key));
    for entry in repeated.filter(|entry| site.block().is_none_or(|block| block.field(&entry.key).is_some())) {
        tell.at(entry.at, &site.path.key(&entry.key), &|| {
            Problem::new(format!("duplicate field `{}` in {}", shown(&entry.key), site.label()))
                .help("keep one of the two")
        });
    }
}

fn missing_field(site: &Site<'_>, tell: &mut Tell<'_>) {
    for field in site.missing() {
        tell.at(site.key_at, &site.path.key(field.name), &|| missing(field, &site.path));
    }
}

/// What is said of a field that is not there.
pub(super) fn missing(field: &'static Field, section: &Path<'_>) -> Problem {
    let problem = match field.kind {
        Kind::Block(_) => Problem::new(format!("missing section `{}`", field.name)),
        _ if section.is_card() => Problem::new(format!("missing field `{}`", field.name)),
        _ => Problem::new(format!("missing field `{}` in {}", field.name, section.label())),
    };
    problem.help(template::add(field)).note(field.sentence())
}
