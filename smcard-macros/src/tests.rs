//! What a card expands to, half-typed cards among them.
//!
//! An expansion is compared as formatted source, without the errors that stand behind the card.

use std::fs;
use std::path::Path;

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::{Block, Expr, Stmt, parse_quote};

mod agreement;
mod any_tokens;
mod complete;
mod half_typed;
mod mistaken;
mod one_error;
mod places;
mod values;
mod written;

/// Compares an expansion with the one that is expected. With `EXPANSION=overwrite` in the environment it becomes
/// the expected one, to be read before it is committed.
fn assert_expands_to(name: &str, actual: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests").join(name);
    if std::env::var_os("EXPANSION").is_some_and(|value| value == "overwrite") {
        fs::write(&file, actual).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap();
    assert_eq!(actual, expected, "{name}; EXPANSION=overwrite accepts what is there now");
}

/// The expansion of a card.
fn expansion(body: &str) -> Expr {
    parsed(body.parse().unwrap())
}

fn parsed(body: TokenStream) -> Expr {
    let expansion = crate::card(body);
    syn::parse2(expansion.clone()).unwrap_or_else(|error| panic!("{error}, in\n{expansion}"))
}

/// The card of an expansion, formatted: the literal, without what stands around it.
fn card(body: &str) -> String {
    let card = literal(expansion(body));
    prettyplease::unparse(&parse_quote!(static CARD: SecurityCard = #card;))
}

fn literal(expansion: Expr) -> Expr {
    let of_block = |block: Block| {
        block.stmts.into_iter().find_map(|statement| match statement {
            Stmt::Local(local) => local.init.map(|init| literal(*init.expr)),
            Stmt::Expr(card, _) => Some(literal(card)),
            _ => None,
        })
    };
    match expansion {
        Expr::Block(block) => of_block(block.block).unwrap(),
        Expr::Const(block) => of_block(block.block).unwrap(),
        card => card,
    }
}

/// The first line of each error of an expansion.
fn errors(body: &str) -> Vec<String> {
    first_lines(messages(expansion(body)))
}

fn first_lines(messages: Vec<String>) -> Vec<String> {
    messages.iter().map(|message| message.lines().next().unwrap_or_default().to_owned()).collect()
}

/// The errors of an expansion, whole.
fn messages(expansion: Expr) -> Vec<String> {
    let Expr::Block(block) = expansion else { return Vec::new() };
    let mut errors = Vec::new();
    for statement in block.block.stmts {
        if let Stmt::Macro(call) = statement {
            let message: syn::LitStr = syn::parse2(call.mac.tokens).unwrap();
            errors.push(message.value());
        }
    }
    errors
}

/// The errors that reading the tokens gave, without those of a card that is not finished.
fn slips(body: &str) -> Vec<String> {
    let mut errors = errors(body);
    errors.retain(|error| !error.starts_with("missing "));
    errors
}

/// All token streams that differ from this one in a token that is left out, at any depth.
fn with_one_token_less(tokens: &TokenStream) -> Vec<TokenStream> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut all = Vec::new();
    for index in 0..trees.len() {
        let mut less = trees.clone();
        if let TokenTree::Group(group) = less.remove(index) {
            for inner in with_one_token_less(&group.stream()) {
                let mut changed = trees.clone();
                changed[index] = Group::new(group.delimiter(), inner).into();
                all.push(changed.into_iter().collect());
            }
        }
        all.push(less.into_iter().collect());
    }
    all
}
