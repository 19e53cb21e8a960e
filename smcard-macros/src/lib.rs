//! The `security_card!` macro of [smcard](https://docs.rs/smcard), which re-exports it.
//!
//! A card takes three steps: `parse` makes a tree of the tokens, whatever state they are in;
//! the rules of `smcard-core` check the tree; `expand` writes the card as a struct literal,
//! with an error for each finding.

#![forbid(unsafe_code)]

mod expand;
mod literal;
mod parse;
mod policy;
mod source;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

/// A security model card, checked while it is compiled.
///
/// Expands to a [`SecurityCard`](https://docs.rs/smcard/latest/smcard/struct.SecurityCard.html),
/// a constant expression, so a card is usually a `static`. A fragment of one:
///
/// ```ignore
/// pub static CARD: SecurityCard = security_card! {
///     model_details: {
///         developer: "Acme AI",
///         version: env!("CARGO_PKG_VERSION"),
///         // …
///     },
///     training_data: withheld("Under contract; see the data register"),
///     // …
/// };
/// ```
///
/// The body consists of `key: value` pairs, with the keys of the report, in any order. Keys may be
/// strings, and so may the values of choices, so the JSON of a report can be pasted as a body. A
/// type name may precede a brace. A value is any constant expression; `not_applicable("why")`,
/// `withheld("why")` and `unknown("why")` can take the place of any text that is not a decision.
///
/// Literals are checked here, against the schema, the rules and the `smcard.toml` files of the
/// workspace, and every mistake is an error at its place. What only the compiler can evaluate is
/// checked by `smcard::build::emit` in the build script. The macro cannot see whether there is a
/// build script.
///
/// No message repeats a secret. The compiler, however, prints the line that an error underlines. An
/// error about a secret underlines the key; if the value is on the same line, it is shown.
#[proc_macro]
pub fn security_card(body: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let body = TokenStream::from(body);
    // A panic would be shown without a word on what to do, and would hide every other finding.
    let expanded = std::panic::catch_unwind(|| card(body.clone()));
    expanded.unwrap_or_else(|_| expand::bug()).into()
}

fn card(body: TokenStream) -> TokenStream {
    expansion(body, policy::in_build_script())
}

fn expansion(body: TokenStream, in_build_script: bool) -> TokenStream {
    let source = parse::card(body, in_build_script);
    let policy = policy::of_this_package();
    let mut findings = policy.findings.clone();
    if policy.readable {
        // What keeps the literal from being written stays an error, whoever builds it.
        let found = policy.weigh(smcard_core::rules::check(&source.root, &policy.policy), |rule| !rule.adjustable);
        // A key that is unknown, or stands twice, is one mistake, finished or not.
        // Of either no more are kept than are shown.
        let spoken: Vec<usize> = found.iter().map(|finding| finding.at).collect();
        let mut of_card = source.slips.clone();
        of_card.retain(|slip| !spoken.contains(&slip.at));
        of_card.append(found);
        of_card.sort();
        findings.append(of_card);
    }
    expand::card(&source, &findings, &policy.files)
}
