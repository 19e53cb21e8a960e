//! What tokens are: keys, paths, reasons, and how a message names them.

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenTree};
use smcard_core::Reason;

use crate::literal;

/// The key that a token names: a field, or a string as in JSON.
pub(super) fn key_of(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => {
            let spelt = ident.to_string();
            Some(spelt.strip_prefix("r#").map(str::to_owned).unwrap_or(spelt))
        }
        TokenTree::Literal(literal) => literal::text(literal),
        _ => None,
    }
}

/// Whether this is a key with its colon behind it.
pub(super) fn is_key(token: &TokenTree, after: &[TokenTree]) -> bool {
    let may_be_key = match token {
        TokenTree::Ident(_) => true,
        TokenTree::Literal(_) => after_colon(after).is_some() && key_of(token).is_some(),
        _ => false,
    };
    may_be_key && after_colon(after).is_some()
}

/// Whether a key with its colon begins here.
pub(super) fn begins_entry(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [token, after @ ..] if is_key(token, after))
}

/// What follows a single colon: the first one of `::` is not one.
pub(super) fn after_colon(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [first, second, ..] if is_double_colon(first, second) => None,
        tokens => after_punct(tokens, ':'),
    }
}

/// What follows this character.
pub(super) fn after_punct(tokens: &[TokenTree], char: char) -> Option<&[TokenTree]> {
    match tokens {
        [punct, after @ ..] if is_punct(punct, char) => Some(after),
        _ => None,
    }
}

/// The tokens in a group.
pub(super) fn within(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

/// What follows a key: whatever stands where its colon should, as it was typed, and where the value begins.
pub(super) fn separator(tokens: &[TokenTree]) -> Option<(&'static str, &[TokenTree])> {
    if let Some(after) = after_colon(tokens) {
        return Some(after_punct(after, '=').map_or((":", after), |after| (":=", after)));
    }
    let after = after_punct(tokens, '=')?;
    Some(after_punct(after, '>').map_or(("=", after), |after| ("=>", after)))
}

/// What a message calls a token: a group is named by its brackets, however much is in it, and a
/// literal by its kind, since it may be a secret.
pub(super) fn shown(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Brace => "`{ … }`",
            Delimiter::Bracket => "`[ … ]`",
            Delimiter::Parenthesis | Delimiter::None => "`( … )`",
        }
        .to_owned(),
        TokenTree::Literal(_) => "a literal".to_owned(),
        token => format!("`{token}`"),
    }
}

/// Whether tokens are a path such as `smcard::ModelDetails`, or nothing.
pub(crate) fn is_path(tokens: &[TokenTree]) -> bool {
    let mut rest = tokens;
    if let [first, second, after @ ..] = rest {
        if is_double_colon(first, second) {
            rest = after;
        }
    }
    loop {
        match rest {
            [] => return rest.len() == tokens.len(),
            [TokenTree::Ident(_)] => return true,
            [TokenTree::Ident(_), first, second, after @ ..] if is_double_colon(first, second) => rest = after,
            _ => return false,
        }
    }
}

/// The segment before the last one of a path.
pub(super) fn qualifier(path: &[TokenTree]) -> Option<&Ident> {
    match path {
        [.., TokenTree::Ident(qualifier), _, _, TokenTree::Ident(_)] => Some(qualifier),
        _ => None,
    }
}

/// The reason that stands in place of a text, and its words in parentheses: `not_applicable("why")`,
/// with or without `Text::`, `smcard::Text::` or `::smcard::Text::` before it, and nothing else.
pub(crate) fn reason_of(tokens: &[TokenTree]) -> Option<(&Ident, &Group)> {
    let [path @ .., TokenTree::Ident(name), TokenTree::Group(words)] = tokens else { return None };
    let is_call = words.delimiter() == Delimiter::Parenthesis && is_reason(name);
    let is_text = match path {
        [] => true,
        [of_text @ .., first, second] => is_double_colon(first, second) && is_text(of_text),
        _ => false,
    };
    (is_call && is_text).then_some((name, words))
}

pub(super) fn is_reason(name: &Ident) -> bool {
    Reason::ALL.iter().any(|reason| name == reason.name)
}

/// Whether a path is that of the type [`smcard_core::Text`].
fn is_text(path: &[TokenTree]) -> bool {
    let names: Vec<&Ident> = path.iter().filter_map(ident_of).collect();
    let known = match names.as_slice() {
        [text] => *text == "Text" && path.len() == 1,
        [smcard, text] => *smcard == "smcard" && *text == "Text",
        _ => false,
    };
    known && is_path(path)
}

pub(super) fn ident_of(token: &TokenTree) -> Option<&Ident> {
    match token {
        TokenTree::Ident(ident) => Some(ident),
        _ => None,
    }
}

pub(crate) fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

pub(super) fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

/// Whether this character stands right before the next one, as the first of `::` or `->` does.
pub(super) fn is_joint(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint)
}

fn is_double_colon(first: &TokenTree, second: &TokenTree) -> bool {
    is_punct(first, ':') && is_joint(first) && is_punct(second, ':')
}
