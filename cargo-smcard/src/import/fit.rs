//! Whether a text fits a field, and as what: the rules of a card decide.

use std::borrow::Cow;

use smcard_core::schema::{Form, Kind};
use smcard_core::tree::{Entry, Node, Value};
use smcard_core::{Policy, SecurityCard, Text, license_of_name};

use super::date;
use super::label::Known;

/// A value for a field, and what of the text is not in it.
#[derive(Debug)]
pub(super) struct Fitted {
    pub(super) node: Node<'static>,
    /// The source's own words, where the card has others.
    pub(super) written: Option<String>,
}

/// Makes a value of a text.
///
/// # Errors
/// Why it is none.
pub(super) fn fit(known: Known, text: &str) -> Result<Fitted, String> {
    let text = clean(text);
    let bare = text.trim_matches(|char: char| char.is_whitespace() || ".-–—*".contains(char)).to_ascii_lowercase();
    if matches!(bare.as_str(), "" | "na" | "n.a" | "not known" | "unspecified") {
        return Err("it says nothing".to_owned());
    }
    if !text.contains('\n') && text.ends_with('?') {
        return Err("it is a question".to_owned());
    }
    let value = match (known.field.kind, known.field.form) {
        (Kind::Choice(choice), _) => {
            let meant = choice.variants.iter().find(|variant| variant.name.eq_ignore_ascii_case(&text));
            let words = || choice.variants.iter().map(|variant| variant.name).collect::<Vec<_>>().join(", ");
            Value::Word(meant.ok_or_else(|| format!("`{}` is one of {}", known.path, words()))?.name.into())
        }
        (Kind::Text, form) => {
            let meant = match form {
                Form::Date => date::read(&text),
                Form::Url => link(&text),
                Form::Contact => address(&text).or_else(|| link(&text)),
                Form::License => license(&text),
                _ => None,
            };
            Value::Text(Text::from(Cow::Owned(meant.unwrap_or_else(|| text.clone()))))
        }
        _ => return Err(format!("`{}` takes no text", known.path)),
    };
    let node = Node { at: 0, value };
    if let Some(why) = refusal(known.path, &node) {
        return Err(why);
    }
    let said = node.word().or_else(|| node.words()).unwrap_or_default();
    let written = (said != text && known.field.form != Form::Free).then(|| text.clone());
    Ok(Fitted { node, written })
}

/// A licence by its name, which may have its address behind it.
fn license(text: &str) -> Option<String> {
    let name = text.split_once('(').map_or(text, |(name, _)| name);
    license_of_name(text).or_else(|| license_of_name(name)).map(str::to_owned)
}

/// The rules that speak of a value by itself: of others a card may hold what they refuse, and `check` tells of it.
const OF_A_VALUE: &[&str] = &[
    "control-characters",
    "empty-value",
    "invalid-contact",
    "invalid-date",
    "invalid-digest",
    "invalid-id",
    "invalid-key",
    "invalid-license",
    "invalid-number",
    "invalid-purl",
    "invalid-url",
    "path-outside-package",
    "placeholder",
    "secret-in-card",
    "text-too-long",
    "unknown-field",
    "wrong-kind",
];

/// Why a value does not fit the field at a path such as `metrics.measures[2].name`.
pub(super) fn refusal(path: &str, node: &Node<'static>) -> Option<String> {
    let (plain, card) = around(path, node.clone());
    let findings = SecurityCard::check_tree(&card, &Policy::default(), None);
    let within =
        |path: &str| path.strip_prefix(&plain).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    let mut wrong = findings.iter().filter(|finding| within(&finding.path) && OF_A_VALUE.contains(&finding.rule.code));
    wrong.next().map(|finding| finding.problem.message.clone())
}

/// A card with nothing but a value, and the value's path in it.
fn around(path: &str, node: Node<'static>) -> (String, Node<'static>) {
    let mut card = node;
    let mut plain = String::new();
    for (depth, key) in path.split('.').rev().enumerate() {
        let (name, is_item) = key.split_once('[').map_or((key, false), |(name, _)| (name, true));
        let list = |node| Node { at: 0, value: Value::List(vec![node]) };
        let value = if is_item { list(card) } else { card };
        let entry = Entry { key: Cow::Owned(name.to_owned()), at: 0, node: value };
        card = Node { at: 0, value: Value::Block(vec![entry]) };
        let shown = if is_item { format!("{name}[0]") } else { name.to_owned() };
        plain = if depth == 0 { shown } else { format!("{shown}.{plain}") };
    }
    (plain, card)
}

/// A text without what nobody sees, and with one kind of space and of line end.
pub(super) fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let seen = |char: &char| !matches!(char, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    let plain = lines.chars().filter(seen).map(|char| if matches!(char, '\u{a0}' | '\u{202f}') { ' ' } else { char });
    let plain: String = plain.collect();
    let mut clean: Vec<&str> = plain.lines().map(str::trim_end).collect();
    clean.dedup_by(|next, before| next.is_empty() && before.is_empty());
    clean.join("\n").trim().to_owned()
}

/// The first link of a text.
pub(super) fn link(text: &str) -> Option<String> {
    let start = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let rest = text.get(start..)?;
    let ends = |char: char| char.is_whitespace() || matches!(char, ')' | ']' | '>' | '"' | '\'' | '`' | '|' | '}');
    let link = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
    Some(link.trim_end_matches(['.', ',', ';', ':']).to_owned())
}

/// The only mail address of a text.
fn address(text: &str) -> Option<String> {
    let of_address = |char: char| char.is_ascii_alphanumeric() || ".@_%+-".contains(char);
    let parts = text.split(|char| !of_address(char)).map(|part| part.trim_matches('.'));
    let mut addresses = parts.filter(|part| part.contains('@'));
    let only = addresses.next()?;
    addresses.all(|other| other == only).then(|| only.to_owned())
}
