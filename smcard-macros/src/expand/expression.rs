//! Values that the macro does not read, as expressions that parse whatever they hold.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::parse::{is_path, is_punct};

/// The tokens of a value as an expression.
///
/// What is not sure to be one goes to a macro by example, so that a mistake in it is an error of that value and
/// the rest of the card is there all the same.
pub(super) fn expression(tokens: &[TokenTree]) -> TokenStream {
    let plain = match tokens {
        [TokenTree::Literal(_)] => true,
        [path @ .., TokenTree::Punct(mark), TokenTree::Group(_)] if mark.as_char() == '!' => is_plain_path(path),
        path => is_plain_path(path),
    };
    if plain { quote!(#(#tokens)*) } else { quote!(::smcard::expression!(#(#tokens)*)) }
}

/// Whether this is a name, and no keyword.
pub(super) fn is_plain_word(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(word) if !KEYWORDS.contains(&word.to_string().as_str()))
}

fn is_plain_path(path: &[TokenTree]) -> bool {
    let names = match path {
        // Paths begin with these, and hold them nowhere else.
        [TokenTree::Ident(root), names @ ..]
            if !names.is_empty() && ["crate", "self"].iter().any(|word| root == word) =>
        {
            names
        }
        path => path,
    };
    !path.is_empty() && is_path(path) && names.iter().all(|token| is_punct(token, ':') || is_plain_word(token))
}

/// The strict and the reserved keywords of every edition, and the underscore: none of them is a name.
///
/// Source: The Rust Reference, "Keywords".
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do",
    "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];
