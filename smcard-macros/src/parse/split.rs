//! Where a value ends: at a comma of its own level, or where the comma is missing.

use proc_macro2::{Delimiter, TokenTree};

use super::tokens::{after_punct, ident_of, is_group, is_joint, is_key, is_punct};

/// The tokens of a value, and what ends it.
pub(super) struct Split<'b> {
    pub(super) tokens: &'b [TokenTree],
    pub(super) end: End<'b>,
}

/// What ends a value.
pub(super) enum End<'b> {
    /// A comma, and what follows it.
    Comma(&'b [TokenTree]),
    /// A semicolon in place of the comma, and what follows it.
    Semicolon(&'b TokenTree, &'b [TokenTree]),
    /// The next value, although there is no comma.
    Next(&'b [TokenTree]),
    /// Nothing follows.
    Nothing,
}

impl<'b> End<'b> {
    /// Where the next value begins.
    pub(super) fn rest(&self) -> &'b [TokenTree] {
        match self {
            End::Comma(rest) | End::Semicolon(_, rest) | End::Next(rest) => rest,
            End::Nothing => &[],
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
pub(super) fn split(tokens: &[TokenTree], among: Among) -> Split<'_> {
    let mut angles = 0usize;
    let mut in_type = false;
    let mut length = 0;
    while let Some((value, rest @ [token, after @ ..])) = tokens.split_at_checked(length) {
        let before = value.last();
        let ends = match among {
            // The colon of `'label: { … }` is none of ours.
            Among::Entries => !before.is_some_and(|before| is_punct(before, '\'')) && is_key(token, after),
            Among::Items => {
                let is_block = |token: &TokenTree| is_group(token, Delimiter::Brace);
                matches!(value, [block] if is_block(block)) && is_block(token)
            }
        };
        if ends {
            return Split { tokens: value, end: End::Next(rest) };
        }
        if angles == 0 && is_punct(token, ',') {
            return Split { tokens: value, end: End::Comma(after) };
        }
        if is_punct(token, ';') {
            return Split { tokens: value, end: End::Semicolon(token, after) };
        }
        let compares = is_joint(token) && after_punct(after, '=').is_some();
        if is_punct(token, '<') && !compares && (angles > 0 || in_type || opens_angle(value)) {
            angles += 1;
        } else if is_punct(token, '>') && !before.is_some_and(|before| is_joint(before) && is_punct(before, '-')) {
            angles = angles.saturating_sub(1);
        } else if angles == 0 && opens_closure(token, before) {
            if let Some(parameters) = parameters(after) {
                length += 1 + parameters;
                continue;
            }
        }
        in_type = match token {
            TokenTree::Ident(word) => in_type || word == "as",
            TokenTree::Punct(punct) => in_type && [':', '<', '>', ',', '&', '*', '\''].contains(&punct.as_char()),
            TokenTree::Group(_) => in_type && angles > 0,
            TokenTree::Literal(_) => in_type && angles > 0,
        };
        length += 1;
    }
    Split { tokens, end: End::Nothing }
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

/// Of how many tokens the parameters of a closure consist, behind its first bar and with its last one;
/// nothing if no bar closes them before something that no parameter has.
fn parameters(tokens: &[TokenTree]) -> Option<usize> {
    let is_of_none = |token: &TokenTree| {
        matches!(token, TokenTree::Literal(_))
            || is_punct(token, ';')
            || is_punct(token, '=')
            || is_group(token, Delimiter::Brace)
    };
    let end = tokens.iter().position(|token| is_punct(token, '|') || is_of_none(token))?;
    tokens.get(end).filter(|token| is_punct(token, '|')).map(|_| end + 1)
}
