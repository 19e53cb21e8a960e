//! The text family: words that say something, that a reader can see, and that are no secret.

use crate::characters;
use crate::excerpt::draw;
use crate::finding::{Level, Problem};
use crate::node::Value;
use crate::rules::shape::{shown, template};
use crate::rules::text::placeholder::Role;
use crate::rules::{Check, Expected, Rule, Site};
use crate::schema::Form;
use crate::text::Text;

mod placeholder;
pub(crate) mod secret;

/// The longest text, in bytes. Longer documents belong beside the card.
const LONGEST: usize = 256 * 1024;

/// The longest key of an extension, in bytes.
const LONGEST_KEY: usize = 64;

// A secret comes first: whatever else is wrong with the text, this is what must be acted on.
pub(super) const RULES: &[&Rule] =
    &[&EMPTY_VALUE, &TEXT_TOO_LONG, &SECRET_IN_CARD, &CONTROL_CHARACTERS, &PLACEHOLDER, &INVALID_KEY];

static EMPTY_VALUE: Rule = Rule {
    code: "empty-value",
    summary: "A value says something.",
    explanation: "An empty text, list or block looks answered to a program and unanswered to a \
                  reader. Leave an optional field out; where a required one means nothing for the \
                  model, say `not_applicable(\"why\")`.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(empty_value),
};

static TEXT_TOO_LONG: Rule = Rule {
    code: "text-too-long",
    summary: "A text has at most 256 KiB.",
    explanation: "A card is read by people and carried by other tools, some of which cut or refuse \
                  long values. Put the document beside the card and say where it is.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(text_too_long),
};

static SECRET_IN_CARD: Rule = Rule {
    code: "secret-in-card",
    summary: "No text holds a key, a token or a password.",
    explanation: "A card travels: into reports, into other organizations, into version control. A \
                  secret of a well-known shape in it is as good as published. Revoke it first, then \
                  remove it. Only well-known shapes are recognized; this is no secret scanner.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(secret_in_card),
};

static CONTROL_CHARACTERS: Rule = Rule {
    code: "control-characters",
    summary: "A text holds only characters that a reader can see.",
    explanation: "Control, reordering and zero-width characters make a text read otherwise than it \
                  is stored (CVE-2021-42574), drive terminals, and break other tools. Tabs and line \
                  ends may stand.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(control_characters),
};

static PLACEHOLDER: Rule = Rule {
    code: "placeholder",
    summary: "A text is an answer, not a place kept for one.",
    explanation: "`TODO`, `TBD`, `N/A`, `none`, `unknown` or a template's `[More Information \
                  Needed]` passes for an answer in every count and tells a reviewer nothing. Say \
                  what is known, or `not_applicable(\"why\")`. A policy can make this a warning.",
    level: Level::Error,
    adjustable: true,
    check: Check::Value(placeholder),
};

static INVALID_KEY: Rule = Rule {
    code: "invalid-key",
    summary: "An organization's key is made of letters, digits, `_` and `-`, at most 64 of them.",
    explanation: "A dot would make its path ambiguous, and other formats carry no other keys.",
    level: Level::Error,
    adjustable: false,
    check: Check::Value(invalid_key),
};

fn empty_value(site: &Site<'_>) -> Option<Problem> {
    let says_nothing = match &site.node.value {
        Value::Text(text) => text.words().trim().is_empty(),
        Value::List(nodes) => nodes.is_empty(),
        // A section that lacks required fields has a finding for each of them.
        Value::Block(entries) => entries.is_empty() && (site.path.is_empty() || site.missing().next().is_none()),
        _ => false,
    };
    if !says_nothing {
        return None;
    }
    let label = site.label();
    Some(match (&site.node.value, site.block()) {
        (_, Some(block)) if site.path.is_empty() => {
            Problem::new("the card is empty").help(format!("begin with\n{}", template("", block)))
        }
        (Value::Text(Text::NotApplicable(_) | Text::Withheld(_)), _) => {
            Problem::new(format!("{label} gives no reason")).help("say why in a sentence")
        }
        (Value::Text(_), _) => Problem::new(format!("{label} is empty"))
            .help("say what is known, or `not_applicable(\"why\")`, or `withheld(\"why\")`"),
        _ => Problem::new(format!("{label} is empty")).help("leave it out, or say something in it"),
    })
}

fn text_too_long(site: &Site<'_>) -> Option<Problem> {
    let length = site.words()?.len();
    (length > LONGEST).then(|| {
        Problem::new(format!("{} has {length} bytes, more than the {LONGEST} of a text", site.label()))
            .help("put the document beside the card, and say here where it is")
    })
}

fn secret_in_card(site: &Site<'_>) -> Option<Problem> {
    let secret::Secret { what, prefix, .. } = secret::find(site.words()?)?;
    // The secret itself must not reach a log.
    Some(
        Problem::new(format!("{} holds {what} (`{prefix}…`)", site.label()))
            .help("revoke it, then remove it from the card and from version control")
            .note("reports are published; whoever reads one could use it"),
    )
}

fn control_characters(site: &Site<'_>) -> Option<Problem> {
    let words = site.words()?;
    let (offset, char, what) = characters::first(words)?;
    let code = char as u32;
    Some(
        Problem::new(format!("{} holds {what}, U+{code:04X}", site.label()))
            .excerpt(draw(words, offset..offset + char.len_utf8(), None))
            .help("remove it"),
    )
}

fn placeholder(site: &Site<'_>) -> Option<Problem> {
    // A key is no answer: `na` may stand for a region.
    let words = site.words().filter(|_| !matches!(site.expected, Expected::Key))?;
    let own = matches!(site.expected, Expected::Anything) || matches!(site.form, Form::Id | Form::Label);
    let range = placeholder::find(words, if own { Role::Label } else { Role::Answer })?;
    let found = words.get(range.clone()).unwrap_or(words);
    let problem = Problem::new(format!("{} holds the placeholder `{found}`", site.label()));
    let problem = if range.len() < words.trim().len() { problem.excerpt(draw(words, range, None)) } else { problem };
    Some(match &site.node.value {
        Value::Text(Text::Stated(_)) => {
            problem.help("say what is known, or `not_applicable(\"why\")`, or `withheld(\"why\")`")
        }
        _ => problem.help("say why in a sentence"),
    })
}

fn invalid_key(site: &Site<'_>) -> Option<Problem> {
    let key = site.words().filter(|_| matches!(site.expected, Expected::Key))?;
    let plain = key.chars().all(|char| char.is_ascii_alphanumeric() || char == '_' || char == '-');
    (!plain || key.len() > LONGEST_KEY).then(|| {
        Problem::new(format!("`{}` is no key of an extension", shown(key)))
            .help("use letters, digits, `_` and `-`, at most 64 of them")
    })
}
