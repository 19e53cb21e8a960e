//! What a bare word means: one of a choice's, one of the language's, or a constant.

use std::borrow::Cow;

use proc_macro2::{Ident, TokenTree};
use smcard_core::tree::Value;

use super::tokens::qualifier;

/// A bare word, unless it is one of the language's, or named as constants are.
pub(super) fn word_of(word: &Ident) -> Value<'static> {
    match word.to_string().as_str() {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        word if word.chars().any(char::is_lowercase) => Value::Word(Cow::Owned(word.to_owned())),
        _ => Value::Later,
    }
}

/// The enum and the variant that a path names by its looks: `Stage::Draft`, but not `names::STAGE`.
pub(super) fn named_enum(path: &[TokenTree]) -> Option<(&Ident, &Ident)> {
    let Some(TokenTree::Ident(word)) = path.last() else { return None };
    let name = qualifier(path)?;
    let begins_upper = |ident: &Ident| ident.to_string().starts_with(char::is_uppercase);
    let is_variant = word.to_string().chars().any(char::is_lowercase);
    (begins_upper(name) && is_variant).then_some((name, word))
}
