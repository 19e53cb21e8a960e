//! Where things stand: the table for the build hook, and what an error underlines.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::card;
use super::complete::RUST;

#[test]
fn each_value_that_only_the_compiler_knows_and_each_warning_has_its_path_in_the_table() {
    let body = RUST.replace(
        "extensions: { parcels: {",
        "extensions: { parcels: { depot: DEPOT, names: [\"a b\", NAME], none: unknown(WHY),",
    );
    let card = card(&body.replace("stage: Review", "stage: { STAGE }"));
    let (_, table) = card.split_once("places:").unwrap();
    let paths: Vec<&str> = table.split('"').skip(1).step_by(2).collect();

    assert_eq!(
        paths,
        [
            "",
            "model_details.version",
            "model_details.information",
            "model_details.stage",
            "ethical_considerations",
            "extensions.parcels.depot",
            "extensions.parcels.names[1]",
            "extensions.parcels.none",
            // It comes from an untrusted zone, and no threat affects it.
            "system.flows[0].id",
        ]
    );
}

#[test]
fn of_very_many_such_values_the_first_are_in_the_table() {
    let constants = "NAME, ".repeat(1_500);
    let body = RUST.replace("extensions: { parcels: {", &format!("extensions: {{ parcels: {{ names: [{constants}],"));
    let card = card(&body);
    let (_, table) = card.split_once("places:").unwrap();

    // That of the card, three before the extension, and behind them that of a warning.
    assert_eq!(table.matches("::smcard::Places::here()").count(), 1_002);
    assert!(table.contains("\"extensions.parcels.names[996]\"") && !table.contains("names[997]"));
}

/// The lines of a source that each error of its expansion underlines.
fn lines(body: &str) -> Vec<(usize, usize)> {
    let expansion = crate::card(body.parse().unwrap());
    let TokenTree::Group(block) = expansion.into_iter().next().unwrap() else { panic!() };
    let tokens: Vec<TokenTree> = block.stream().into_iter().collect();
    let errors = tokens.windows(3).filter_map(|window| match window {
        [TokenTree::Ident(name), _, TokenTree::Group(message)]
            if name == "compile_error" && message.delimiter() == Delimiter::Brace =>
        {
            Some((name.span().start().line, message.span().end().line))
        }
        _ => None,
    });
    errors.collect()
}

#[test]
fn an_error_about_a_secret_underlines_its_key() {
    let body = RUST
        .trim_start()
        .replace("information: INFORMATION", "information:\n\"The token is ghp_16C7e42F292c6912E7710c838347Ae178B4a\"");
    let line_of = |words: &str| body.lines().position(|line| line.contains(words)).unwrap() + 1;

    let key = line_of("information:");
    assert_eq!(lines(&body), [(key, key)]);
    let body_of_date = body.replace("The token is ghp_16C7e42F292c6912E7710c838347Ae178B4a", "TODO");
    assert_eq!(lines(&body_of_date), [(key + 1, key + 1)]);
}

#[test]
fn an_error_about_a_secret_in_a_list_underlines_the_key_of_the_list() {
    let body =
        RUST.trim_start().replace("sites: [\"Gent\", 0.5]", "sites:\n[\n\"ghp_16C7e42F292c6912E7710c838347Ae178B4a\"]");
    let key = body.lines().position(|line| line.contains("sites:")).unwrap() + 1;

    assert_eq!(lines(&body), [(key, key)]);
    let _: TokenStream = body.parse().unwrap();
}
