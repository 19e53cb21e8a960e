//! What tokens are: keys, paths, blocks, and where a value ends.

use proc_macro2::{Delimiter, Group, Spacing, TokenTree};

use crate::literal;

/// Whether what follows a key is its value, and not the next key.
pub(super) fn begins_value(token: &TokenTree, after: &[TokenTree]) -> bool {
    let is_key = matches!(after, [colon, rest @ ..] if key_of(token).is_some() && is_colon(colon, rest));
    !is_key && !matches!(token, TokenTree::Punct(_))
}

/// The second of two values that stand side by side, which no expression has.
pub(super) fn second_value(tokens: &[TokenTree]) -> Option<&TokenTree> {
    let is_word = |token: &TokenTree| match token {
        TokenTree::Literal(_) => true,
        TokenTree::Ident(word) => !BETWEEN_VALUES.iter().any(|keyword| word == keyword),
        _ => false,
    };
    tokens.windows(2).find_map(|pair| match pair {
        [TokenTree::Literal(_), second @ TokenTree::Group(_)] => Some(second),
        [first, second] if is_word(second) && (is_word(first) || matches!(first, TokenTree::Group(_))) => Some(second),
        _ => None,
    })
}

/// The words of Rust that may stand beside a value in a constant expression.
const BETWEEN_VALUES: &[&str] = &["as", "const", "else", "if", "in", "let", "match", "mut", "ref", "unsafe", "while"];

/// What a message calls a token: a group is named by its brackets, however much is in it.
pub(super) fn shown(token: &TokenTree) -> String {
    let TokenTree::Group(group) = token else { return token.to_string() };
    match group.delimiter() {
        Delimiter::Brace => "{ … }",
        Delimiter::Bracket => "[ … ]",
        Delimiter::Parenthesis | Delimiter::None => "( … )",
    }
    .to_owned()
}

/// The key that a token names: a field, or a string as in JSON.
pub(super) fn key_of(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string().trim_start_matches("r#").to_owned()),
        TokenTree::Literal(literal) => literal::text(literal),
        _ => None,
    }
}

/// The braces of a block, if the tokens are braces with at most a type's name before them.
pub(super) fn block_of(tokens: &[TokenTree]) -> Option<&Group> {
    // These braces hold an expression.
    let opens_code = |path: &[TokenTree]| match path {
        [TokenTree::Ident(word)] => ["const", "loop", "unsafe"].iter().any(|keyword| word == keyword),
        _ => false,
    };
    match tokens.split_last()? {
        (TokenTree::Group(group), path)
            if group.delimiter() == Delimiter::Brace && is_path(path) && !opens_code(path) =>
        {
            Some(group)
        }
        _ => None,
    }
}

/// Whether tokens are a path such as `smcard::ModelDetails`, or nothing.
pub(super) fn is_path(tokens: &[TokenTree]) -> bool {
    match tokens {
        [] | [TokenTree::Ident(_)] => true,
        [TokenTree::Ident(_), rest @ ..] => matches!(rest, [_, _, TokenTree::Ident(_), ..]) && is_path(rest),
        [first, second, rest @ ..] => {
            is_punct(first, ':') && !is_colon(first, std::slice::from_ref(second)) && is_path(rest)
        }
        [_] => false,
    }
}

/// Splits tokens at the end of a value: at a comma, or where the comma is missing and the next
/// key begins. Gives the value, what follows it, and whether there was a comma.
pub(super) fn split_value(tokens: &[TokenTree]) -> (&[TokenTree], &[TokenTree], bool) {
    let (value, rest, comma) = split_at_comma(tokens);
    let next_key = (0..value.len()).find(|index| match value.get(*index..) {
        Some([key, colon, after @ ..]) => key_of(key).is_some() && is_colon(colon, after),
        _ => false,
    });
    match next_key.and_then(|index| tokens.split_at_checked(index)) {
        Some((value, rest)) => (value, rest, false),
        None => (value, rest, comma),
    }
}

/// Splits tokens at the first comma that is not between the angle brackets of `::<…>`.
pub(super) fn split_at_comma(tokens: &[TokenTree]) -> (&[TokenTree], &[TokenTree], bool) {
    let mut angles = 0usize;
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        if is_punct(token, '<') && (angles > 0 || before.is_some_and(|before| is_punct(before, ':'))) {
            angles += 1;
        } else if is_punct(token, '>') {
            angles = angles.saturating_sub(1);
        } else if is_punct(token, ',') && angles == 0 {
            let (value, rest) = tokens.split_at(index);
            return (value, rest.get(1..).unwrap_or_default(), true);
        }
    }
    (tokens, &[], false)
}

pub(super) fn tokens_of(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

pub(super) fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

/// A single colon: the first one of `::` is not one.
pub(super) fn is_colon(token: &TokenTree, after: &[TokenTree]) -> bool {
    let joint = matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
    is_punct(token, ':') && !(joint && after.first().is_some_and(|next| is_punct(next, ':')))
}
