//! Expanding a card.

use peakmem_alloc::PeakMemAllocTrait as _;
use proc_macro2::{TokenStream, TokenTree};
use syn::Expr;

use crate::bounds::{ALLOWANCE, Within, measured_with};
use crate::{MEMORY, said};

/// How much more than the tokens that it was given an answer may hold. A token may be one byte of
/// the text, and takes some forty bytes outside of the compiler; a text, `"x"`, expands to ten
/// tokens, `::smcard::Text::new("x")`, and to errors besides.
const COPIES: usize = 12;

/// Any text that is tokens of Rust: the expansion is an expression, whatever it was.
///
/// # Panics
/// Where the macro does, or where the expansion is no expression or says what it must not.
pub fn macros(data: &[u8], within: Within) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if is_deep(text) {
        return;
    }
    MEMORY.reset_peak_memory();
    let Ok(body) = text.parse::<TokenStream>() else { return };
    let tokens = MEMORY.get_peak_memory();
    let allowance = ALLOWANCE + COPIES * tokens;
    let expansion = measured_with(data.len(), allowance, within, || smcard_fuzz_macro::security_card(body.clone()));
    said_in(expansion.clone(), &mut |message| said::check_words(message, text));
    if let Err(error) = syn::parse2::<Expr>(expansion.clone()) {
        panic!("the expansion is no expression: {error}, in\n{expansion}");
    }
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
