//! Values that the macro does not read, as expressions that parse whatever they hold.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::parse::{ParseStream, Parser as _};
use syn::{Ident, Token};

use crate::parse::is_path;

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
    let TokenTree::Ident(word) = token else { return false };
    // Most names are told from keywords by their look: none of those has one letter or more than eight, a capital
    // letter, a digit or an underscore, but for these two.
    let of_no_keyword = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let spelt = word.to_string();
    let looks_different = !(2..=8).contains(&spelt.len()) || spelt.bytes().any(of_no_keyword);
    let is_name = looks_different && spelt != "Self" && spelt != "_";
    is_name || are_plain(std::slice::from_ref(token))
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
    !path.is_empty() && is_path(path) && are_plain(names)
}

/// Whether every name among the tokens of a path is no keyword.
fn are_plain(tokens: &[TokenTree]) -> bool {
    let names = |input: ParseStream<'_>| {
        while !input.is_empty() {
            match input.peek(Token![::]) {
                true => drop(input.parse::<Token![::]>()?),
                false => drop(input.parse::<Ident>()?),
            }
        }
        Ok(())
    };
    names.parse2(tokens.iter().cloned().collect()).is_ok()
}
