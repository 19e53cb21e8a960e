//! Where a value ends: at a comma of its own level, or where the comma is missing.

use proc_macro2::{Delimiter, TokenTree};
use syn::buffer::Cursor;

use super::tokens::{after_punct, ident_of, is_group, is_joint, is_key, is_punct};

/// The tokens of a value, and what ends it.
pub(super) struct Split<'b> {
    pub(super) tokens: Vec<TokenTree>,
    pub(super) among: Among,
    /// Where the last token stands, for what is in it.
    pub(super) last: Cursor<'b>,
    pub(super) end: End<'b>,
}

/// What ends a value.
pub(super) enum End<'b> {
    /// A comma, and what follows it.
    Comma(Cursor<'b>),
    /// A semicolon in place of the comma, and what follows it.
    Semicolon(TokenTree, Cursor<'b>),
    /// The next value, although there is no comma.
    Next(Cursor<'b>),
    /// Nothing follows.
    Nothing,
}

impl<'b> End<'b> {
    /// Where the next value begins.
    pub(super) fn rest(&self) -> Cursor<'b> {
        match self {
            End::Comma(rest) | End::Semicolon(_, rest) | End::Next(rest) => *rest,
            End::Nothing => Cursor::empty(),
        }
    }
}

/// What a value stands among, and so what the next one looks like where the comma before it is missing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Among {
    /// A key with its colon.
    Entries,
    /// A block behind a block.
    Items,
}

/// Takes the tokens of one value.
///
/// A comma between the angle brackets of a path, or between the bars of a closure, is the value's own.
pub(super) fn split(cursor: Cursor<'_>, among: Among) -> Split<'_> {
    let mut value = Split { tokens: Vec::new(), among, last: cursor, end: End::Nothing };
    let mut angles = 0usize;
    let mut in_type = false;
    let mut rest = cursor;
    while let Some((token, after)) = rest.token_tree() {
        let before = value.tokens.last();
        let ends = match among {
            // The colon of `'label: { … }` is none of ours.
            Among::Entries => !before.is_some_and(|before| is_punct(before, '\'')) && is_key(&token, after),
            Among::Items => {
                let is_block = |token: &TokenTree| is_group(token, Delimiter::Brace);
                value.tokens.len() == 1 && before.is_some_and(is_block) && is_block(&token)
            }
        };
        if ends {
            value.end = End::Next(rest);
            return value;
        }
        if angles == 0 && is_punct(&token, ',') {
            value.end = End::Comma(after);
            return value;
        }
        if is_punct(&token, ';') {
            value.end = End::Semicolon(token, after);
            return value;
        }
        let compares = is_joint(&token) && after_punct(after, '=').is_some();
        if is_punct(&token, '<') && !compares && (angles > 0 || in_type || opens_angle(&value.tokens)) {
            angles += 1;
        } else if is_punct(&token, '>') && !before.is_some_and(|before| is_joint(before) && is_punct(before, '-')) {
            angles = angles.saturating_sub(1);
        } else if angles == 0 && opens_closure(&token, before) {
            if let Some((parameters, last, after)) = parameters(rest) {
                value.tokens.extend(parameters);
                (value.last, rest) = (last, after);
                continue;
            }
        }
        in_type = match &token {
            TokenTree::Ident(word) => in_type || word == "as",
            TokenTree::Punct(punct) => in_type && [':', '<', '>', ',', '&', '*', '\''].contains(&punct.as_char()),
            TokenTree::Group(_) => in_type && angles > 0,
            TokenTree::Literal(_) => in_type && angles > 0,
        };
        (value.last, rest) = (rest, after);
        value.tokens.push(token);
    }
    value
}

/// Whether `<` begins a qualified path or the arguments of one, and compares nothing.
fn opens_angle(before: &[TokenTree]) -> bool {
    match before {
        [.., first, second] if is_punct(second, ':') => is_punct(first, ':'),
        // The first of `<<`.
        [.., last] if is_punct(last, '<') && is_joint(last) => false,
        _ => is_operand(before.last()),
    }
}

/// Whether a bar stands where an expression begins; the second one of `a || b` does not.
fn opens_closure(token: &TokenTree, before: Option<&TokenTree>) -> bool {
    let is_second = before.is_some_and(|before| is_punct(before, '|') && is_joint(before));
    is_punct(token, '|') && is_operand(before) && !is_second
}

/// Whether what follows this token is the beginning of an expression.
fn is_operand(before: Option<&TokenTree>) -> bool {
    match before {
        None => true,
        Some(TokenTree::Punct(punct)) => !['>', '?', '\''].contains(&punct.as_char()),
        Some(token @ TokenTree::Ident(_)) => {
            let keywords = ["as", "break", "else", "if", "in", "match", "move", "mut", "return", "while"];
            ident_of(token).is_some_and(|word| keywords.contains(&word.to_string().as_str()))
        }
        Some(TokenTree::Literal(_) | TokenTree::Group(_)) => false,
    }
}

/// The parameters of a closure with their bars, where the last one stands, and what follows;
/// nothing if no bar closes them before something that no parameter has.
fn parameters(cursor: Cursor<'_>) -> Option<(Vec<TokenTree>, Cursor<'_>, Cursor<'_>)> {
    let mut parameters = Vec::new();
    let mut rest = cursor;
    loop {
        let (token, after) = rest.token_tree()?;
        let closes = !parameters.is_empty() && is_punct(&token, '|');
        let of_no_parameter = matches!(token, TokenTree::Literal(_)) || is_punct(&token, ';') || is_punct(&token, '=');
        if of_no_parameter || is_group(&token, Delimiter::Brace) {
            return None;
        }
        parameters.push(token);
        if closes {
            return Some((parameters, rest, after));
        }
        rest = after;
    }
}
