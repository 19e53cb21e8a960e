//! Whatever stands in the braces, the macro comes back with an expression, and in time.

use proc_macro2::TokenStream;
use proptest::prelude::*;

use super::{errors, parsed, slips};

/// What cards are made of, and what they are not.
const PIECES: &[&str] = &[
    "model_details",
    "stage",
    "threats",
    "extensions",
    "acme",
    "id",
    "refs",
    "license",
    "value",
    "measures",
    "metrics",
    "impact",
    "likelihood",
    "tests",
    "attempts",
    "interval",
    "SecurityCard",
    "Stage",
    "Draft",
    "Text",
    "smcard",
    "not_applicable",
    "withheld",
    "unknown",
    "env",
    "concat",
    "null",
    "true",
    "crate",
    "self",
    "super",
    "pub",
    "let",
    "const",
    "if",
    "else",
    "match",
    "as",
    "move",
    "fn",
    "r#type",
    "type",
    "_",
    "NAME",
    "name",
    "'a",
    "'x'",
    "\"text\"",
    "\"Withheld: why\"",
    "\"id\"",
    "b\"bytes\"",
    "c\"text\"",
    "r#\"raw\"#",
    "0",
    "-1",
    "4.8",
    "1e400",
    "12ms",
    "0xff",
    "3u64",
    ",",
    ",",
    ",",
    ":",
    ":",
    ":",
    "::",
    ";",
    "=",
    "=>",
    "->",
    "<",
    ">",
    "<<",
    ">>",
    "|",
    "||",
    "&",
    "*",
    "!",
    "?",
    "%",
    "+",
    "-",
    ".",
    "..",
    "#",
    "$",
    "@",
];

fn body() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES).prop_map(str::to_owned);
    piece.prop_recursive(4, 60, 12, |inner| {
        let joined = prop::collection::vec(inner, 0..12).prop_map(|pieces| pieces.join(" "));
        prop_oneof![
            3 => joined.clone(),
            1 => joined.clone().prop_map(|inner| format!("{{ {inner} }}")),
            1 => joined.clone().prop_map(|inner| format!("[ {inner} ]")),
            1 => joined.prop_map(|inner| format!("( {inner} )")),
        ]
    })
}

/// A piece of a card with something unforeseen in place of a value.
fn card() -> impl Strategy<Value = String> {
    let fields = [
        "training_data: $",
        "model_details: { license: $, stage: $ }",
        "model_details: ModelDetails { stage: Stage::$ }",
        "security_considerations: { ai_class: $, threats: [{ id: $, refs: [$, \"CWE-79\"], impact: $ }, $] }",
        "metrics: { measures: [{ name: $, value: $, interval: [$] }] }",
        "extensions: { acme: { region: $, sites: [$, 1] } }",
        "factors: { relevant_factors: not_applicable($) }",
    ];
    (prop::sample::select(fields.to_vec()), body()).prop_map(|(field, value)| field.replace('$', &value))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_made_of_tokens_expands_to_an_expression(body in prop_oneof![body(), card()]) {
        if let Ok(tokens) = body.parse::<TokenStream>() {
            parsed(tokens); // panics, and shows the expansion, where that is no expression
        }
    }

    #[test]
    fn whatever_is_text_expands_to_an_expression_if_rust_can_read_it(body in "\\PC{0,60}") {
        if let Ok(tokens) = body.parse::<TokenStream>() {
            parsed(tokens);
        }
    }
}

#[test]
fn a_path_of_any_length_overflows_nothing() {
    let path = format!("training_data: a{}", "::a".repeat(60_000));
    assert_eq!(slips(&path), [] as [&str; 0]);
    let path = format!("training_data: a{} {{ }}", "::a".repeat(60_000));
    assert_eq!(errors(&path).len(), 10, "one for each section that is missing or of another kind");
}

#[test]
fn brackets_nested_without_end_are_one_error() {
    let (blocks, parentheses) = ("more than 32 nested blocks and lists", "parentheses are nested too deeply");
    for (open, close, error) in [("{", "}", blocks), ("[", "]", blocks), ("a: {", "}", blocks), ("(", ")", parentheses)]
    {
        let value = format!("training_data: {}1{}", open.repeat(60_000), close.repeat(60_000));
        assert_eq!(errors(&value), [error]);
    }
}

#[test]
fn a_number_of_any_length_is_one_error() {
    for number in ["1e400".to_owned(), "9".repeat(300_000), format!("0x{}", "f".repeat(300_000))] {
        let body = format!("extensions: {{ a: {{ b: {number} }} }}");
        assert_eq!(
            slips(&body).iter().filter(|error| error.contains("extensions") || error.contains("`b`")).count(),
            1
        );
    }
}
