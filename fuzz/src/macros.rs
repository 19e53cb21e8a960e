//! Expanding a card.

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::Expr;
use syn::buffer::TokenBuffer;

use crate::bounds::{Cost, Within, cost, measured_beyond};
use crate::said;

/// How much memory an answer may take besides, by what its tokens take, those that it is given and those
/// that it gives. A token may be one byte of the text, and outside of the compiler it takes some forty.
const COPIES: usize = 3;

/// Any text that is tokens of Rust: the expansion is an expression, whatever it was.
///
/// # Panics
/// Where the macro does, or where the expansion is no expression or says what it must not.
pub fn macros(data: &[u8], within: Within) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if is_deep(text) {
        return;
    }
    let (body, read) = cost(|| text.parse::<TokenStream>());
    let Ok(body) = body else { return };
    let besides = |expansion: &TokenStream| of_tokens(read, &body, expansion);
    let expansion = measured_beyond(data.len(), within, || smcard_fuzz_macro::security_card(body.clone()), besides);
    said_in(expansion.clone(), &mut |message| said::check_words(message, text));
    if let Err(error) = syn::parse2::<Expr>(expansion.clone()) {
        panic!("the expansion is no expression: {error}, in\n{expansion}");
    }
}

/// What the stand-in for the compiler's tokens takes for a card and its expansion, whoever expands it: in the
/// compiler a token is a number. Time is that of taking the same card to where syn can look at it, of building the
/// same expansion, and nothing else, and of dropping both.
fn of_tokens(read: Cost, body: &TokenStream, expansion: &TokenStream) -> Cost {
    let ((), taken) = cost(|| drop(TokenBuffer::new2(body.clone())));
    let (copy, built) = cost(|| copied(expansion));
    let ((), dropped) = cost(|| drop(copy));
    Cost { memory: COPIES * (read.memory + built.memory), time: taken.time + built.time + dropped.time }
}

/// The same tokens, each of them anew.
fn copied(tokens: &TokenStream) -> TokenStream {
    let copy = |token| match token {
        TokenTree::Group(group) => Group::new(group.delimiter(), copied(&group.stream())).into(),
        token => token,
    };
    tokens.clone().into_iter().map(copy).collect()
}

/// Whether brackets stand in each other deeper than the compiler takes: it refuses them before it
/// calls the macro, and reading such tokens overflows the stack of proc-macro2.
fn is_deep(text: &str) -> bool {
    text.matches(['(', '[', '{']).count() > 100 && deepest(text) > 100
}

fn deepest(text: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for char in text.chars() {
        match char {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Calls `each` with the words of every error in the expansion.
fn said_in(expansion: TokenStream, each: &mut impl FnMut(&str)) {
    let mut before = None;
    for token in expansion {
        if let TokenTree::Group(group) = &token {
            match (&before, syn::parse2::<syn::LitStr>(group.stream())) {
                (Some(name), Ok(message)) if name == "compile_error" => each(&message.value()),
                _ => said_in(group.stream(), each),
            }
        }
        match token {
            TokenTree::Ident(name) => before = Some(name),
            TokenTree::Punct(punct) if punct.as_char() == '!' => {}
            _ => before = None,
        }
    }
}
