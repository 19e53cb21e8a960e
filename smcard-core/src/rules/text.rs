//! The text family: words that say something, that a reader can see, and that are no secret.

use crate::characters;
use crate::excerpt::{draw, shown};
use crate::finding::Problem;
use crate::placeholder::{self, Role};
use crate::rule::{Level, Rule};
use crate::rules::site::{Expected, Site, Tell};
use crate::rules::{Check, On};
use crate::schema::Form;
use crate::secret::{self, Secret};
use crate::template;
use crate::tree::Value;

/// The longest text, in bytes. Longer documents belong beside the card.
const LONGEST: usize = 256 * 1024;

/// The longest key of an extension, in bytes.
const LONGEST_KEY: usize = 64;

// A secret comes first: whatever else is wrong with the text, this is what must be acted on.
pub(super) const CHECKS: &[&Check] =
    &[&EMPTY_VALUE, &TEXT_TOO_LONG, &SECRET_IN_CARD, &CONTROL_CHARACTERS, &PLACEHOLDER, &INVALID_KEY];

static EMPTY_VALUE: Check = Check {
    rule: Rule {
        code: "empty-value",
        summary: "A value is not empty.",
        explanation: "An empty text, list or block looks answered to a program and unanswered \
                      to a reader. Leave an optional field out; where a required one means \
                      nothing for the model, write `not_applicable(\"why\")`.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Value(empty_value),
};

static TEXT_TOO_LONG: Check = Check {
    rule: Rule {
        code: "text-too-long",
        summary: "A text has at most 256 KiB.",
        explanation: "Cards are read by people and processed by tools, some of which truncate \
                      or refuse long values. Keep the document next to the card, and say where \
                      it is.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Text(text_too_long),
};

pub(super) static SECRET_IN_CARD: Check = Check {
    rule: Rule {
        code: "secret-in-card",
        summary: "No text contains a key, a token or a password.",
        explanation: "Cards travel: into reports, into other organizations, into version \
                      control. A secret in one is as good as published. Revoke it first, then \
                      remove it. Only secrets of well-known shapes are recognized; this is not \
                      a secret scanner.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Text(secret_in_card),
};

static CONTROL_CHARACTERS: Check = Check {
    rule: Rule {
        code: "control-characters",
        summary: "A text contains only characters that a reader can see.",
        explanation: "Control, reordering and zero-width characters make a text read \
                      differently from what is stored (CVE-2021-42574), control terminals, and \
                      break other tools. Tabs and line breaks are allowed.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Text(control_characters),
};

static PLACEHOLDER: Check = Check {
    rule: Rule {
        code: "placeholder",
        summary: "A text is an answer, not a placeholder for one.",
        explanation: "`TODO`, `TBD`, `N/A`, `none`, `unknown` or a template's `[More \
                      Information Needed]` is counted as an answer and tells a reviewer \
                      nothing. State what is known, or write `not_applicable(\"why\")`. A \
                      policy can make this a warning.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Text(placeholder),
};

static INVALID_KEY: Check = Check {
    rule: Rule {
        code: "invalid-key",
        summary: "The key of an extension is made of letters, digits, `_` and `-`, at most 64 of them.",
        explanation: "A dot would make its path ambiguous, and other formats allow no other characters in keys.",
        level: Level::Error,
        adjustable: false,
    },
    on: On::Key(invalid_key),
};

/// What stands in place of an answer that there is none.
const REASONS: &str =
    "state what is known, or write `not_applicable(\"why\")`, `withheld(\"why\")` or `unknown(\"why\")`";

fn empty_value(site: &Site<'_>, tell: &mut Tell<'_>) {
    let says_nothing = match &site.node.value {
        Value::Text(text) => text.words().chars().all(char::is_whitespace),
        Value::List(nodes) => nodes.is_empty(),
        // A section that lacks required fields has a finding for each of them.
        Value::Block(entries) => entries.is_empty() && (site.path.is_card() || site.missing().next().is_none()),
        _ => false,
    };
    if !says_nothing {
        return;
    }
    tell.here(site, &|| match (&site.node.value, site.block()) {
        (_, Some(block)) if site.path.is_card() => {
            Problem::new("the card is empty").help(format!("begin with\n{}", template::block("", block)))
        }
        (Value::Text(text), _) if text.stated().is_none() => {
            Problem::new(format!("{} gives no reason", site.label())).help("say why in a sentence")
        }
        (Value::Text(_), _) => Problem::new(format!("{} is empty", site.label())).help(REASONS),
        _ => Problem::new(format!("{} is empty", site.label())).help("fill it in, or remove it"),
    });
}

fn text_too_long(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(length) = site.words().map(str::len).filter(|length| *length > LONGEST) else { return };
    tell.here(site, &|| {
        Problem::new(format!("{} has {length} bytes; a text has at most {LONGEST}", site.label()))
            .help("keep the document next to the card, and say here where it is")
    });
}

fn secret_in_card(site: &Site<'_>, tell: &mut Tell<'_>) {
    let (Some(words), Some(from)) = (site.words(), site.doubtful) else { return };
    let Some(Secret { what, prefix, .. }) = secret::find_from(words, from) else { return };
    // The secret itself must not reach a log.
    tell.here(site, &|| {
        Problem::new(format!("{} contains {what} (`{prefix}…`)", site.label()))
            .help("revoke it, then remove it from the card and from version control")
            .note("reports are published, and anyone who reads one could use it")
    });
}

fn control_characters(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(words) = site.words() else { return };
    let Some((offset, char, what)) = characters::first(words) else { return };
    tell.here(site, &|| {
        Problem::new(format!("{} contains {what}, U+{:04X}", site.label(), char as u32))
            .excerpt(draw(words, offset..offset + char.len_utf8(), None))
            .help("remove it")
    });
}

fn placeholder(site: &Site<'_>, tell: &mut Tell<'_>) {
    // A key is no answer: `na` may stand for a region. Nor is what a file says of itself.
    let answers = !matches!(site.expected, Expected::Key) && site.form() != Form::Measured;
    let Some(words) = site.words().filter(|_| answers) else { return };
    let label = matches!(site.form(), Form::Id | Form::Label) || site.form().refers();
    let own = matches!(site.expected, Expected::Anything) || label;
    let role = if own { Role::Label } else { Role::Answer };
    let Some(range) = placeholder::find(words, role, site.doubtful) else { return };
    tell.here(site, &|| {
        let found = words.get(range.clone()).unwrap_or(words);
        let problem = Problem::new(format!("{} contains the placeholder `{}`", site.label(), shown(found)));
        let whole = range.len() == words.trim().len();
        let problem = if whole { problem } else { problem.excerpt(draw(words, range.clone(), None)) };
        match &site.node.value {
            Value::Text(text) if text.stated().is_none() => problem.help("say why in a sentence"),
            _ => problem.help(REASONS),
        }
    });
}

fn invalid_key(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(key) = site.words() else { return };
    let plain = key.chars().all(|char| char.is_ascii_alphanumeric() || char == '_' || char == '-');
    if !plain || key.len() > LONGEST_KEY {
        tell.here(site, &|| {
            Problem::new(format!("`{}` cannot be the key of an extension", shown(key)))
                .help("use letters, digits, `_` and `-`, at most 64 of them")
        });
    }
}
