//! One mistake is one error.

use proc_macro2::TokenStream;

use super::complete::RUST;
use super::{errors, first_lines, messages};

/// The errors of a card that is good but for one thing.
fn errors_of(good: &str, spoilt: &str) -> Vec<String> {
    assert!(RUST.contains(good), "{good}");
    errors(&RUST.replace(good, spoilt))
}

#[test]
fn a_wrong_sign_or_word_in_an_entry_is_one_error() {
    let developer = "developer: \"Parcel Vision Ltd\",";
    for (good, spoilt, error) in [
        (developer, "developer => \"x y\",", "expected `:` after `developer`, found `=>`"),
        (developer, "developer = \"x y\",", "expected `:` after `developer`, found `=`"),
        (developer, "developer := \"x y\",", "expected `:` after `developer`, found `:=`"),
        (developer, "developer: \"x y\";", "expected `,` after the value of `developer`, found `;`"),
        ("stage: Review", "pub stage: Review", "expected a field, found `pub`"),
        ("stage: Review", "pub(crate) stage: Review", "expected a field, found `pub`"),
        ("stage: Review", "let stage: Review", "expected a field, found `let`"),
        ("[\"Gent\", 0.5]", "[\"Gent\"; 0.5]", "expected `,`, found `;`"),
    ] {
        assert_eq!(errors_of(good, spoilt), [error], "{spoilt}");
    }
}

#[test]
fn a_value_that_is_none_is_one_error() {
    let reason = "withheld(\"under review\")";
    for (good, spoilt, error) in [
        (reason, "withheld(\"a\" \"b\")", "expected one value, found a second one after it"),
        (reason, "withheld(\"a\", \"b\")", "`withheld(…)` takes one text, found more after it"),
        (reason, "withheld(\"a\"; B)", "`withheld(…)` takes one text, found more after it"),
        (reason, "|a, b| a", "expected a value, found a closure"),
        (reason, "|a: u8, b: u8| -> u8 { a }", "expected a value, found a closure"),
        (reason, "move || NAME", "expected a value, found a closure"),
        (reason, "4.8%", "expected a value, found a number with a unit"),
        (reason, "crate_name +", "the value is not finished"),
    ] {
        assert_eq!(errors_of(good, spoilt), [error], "{spoilt}");
    }
}

#[test]
fn a_unit_behind_a_number_is_one_error_that_names_the_number() {
    for (value, number) in [
        ("4.8%", "4.8"),
        ("-4.8%", "4.8"),
        ("12 ms", "12"),
        ("12ms", "12"),
        ("1_000ms", "1_000"),
        ("1.5e3ms", "1.5e3"),
        ("0x10 km", "0x10"),
    ] {
        let measures = format!("metrics: {{ measures: [{{ name: \"Latency\", value: {value} }}],");
        let body = RUST.replace("metrics: {", &measures);
        let messages = messages(super::expansion(&body));

        assert_eq!(first_lines(messages.clone()), ["expected a value, found a number with a unit"], "{value}");
        assert!(messages[0].contains(&format!("help: write the number without the unit: `{number}`")), "{messages:?}");
    }
}

#[test]
fn braces_where_a_list_belongs_are_one_error() {
    let security = "security_considerations: {";
    for (spoilt, error) in [
        ("references: { \"CWE-79\" },", "expected a list for `references` in `security_considerations`, found a block"),
        ("reviews: { by: \"A b\" },", "expected a list for `reviews` in `security_considerations`, found a block"),
    ] {
        assert_eq!(errors_of(security, &format!("{security} {spoilt}")), [error], "{spoilt}");
    }
}

#[test]
fn blocks_without_a_comma_between_them_are_one_error_and_both_are_there() {
    let review = "{ by: \"Safety board\", date: \"2026-02-01\", decision: Approved }";
    let security = "security_considerations: {";
    let errors = errors_of(security, &format!("{security} reviews: [{review} {review}],"));

    assert_eq!(errors, ["expected `,` between two blocks"]);
}

#[test]
fn what_only_one_of_two_crates_knows_is_told_in_the_build_script() {
    let errors_in = |value: &str, in_build_script: bool| {
        let tokens: TokenStream = RUST.replace("\"Parcel Vision Ltd\"", value).parse().unwrap();
        first_lines(messages(syn::parse2(crate::expansion(tokens, in_build_script)).unwrap()))
    };
    for (value, error) in [
        ("crate::NAME", "`crate` is not the same in the package and in its build script"),
        ("super::NAME", "`super` is not the same in the package and in its build script"),
        (
            "concat!(env!(\"CARGO_CRATE_NAME\"), \"!\")",
            "`CARGO_CRATE_NAME` is not the same in the package and in its build script",
        ),
        ("concat!(module_path!(), \"!\")", "`module_path!()` is not the same in the package and in its build script"),
    ] {
        assert_eq!(errors_in(value, true), [error]);
        assert_eq!(errors_in(value, false), [] as [&str; 0]);
    }
    for value in ["crate::card::NAME", "self::NAME", "NAME", "env!(\"CARGO_PKG_NAME\")"] {
        assert_eq!(errors_in(value, true), [] as [&str; 0]);
    }
}

#[test]
fn no_message_repeats_what_may_be_a_secret() {
    let secret = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    let begin = "ghp_16C7e42F";
    for body in [
        format!("\"{secret}\""),
        secret.to_owned(),
        format!("extensions: {{ a: {{ \"{secret}\" }} }}"),
        format!("extensions: {{ a: {{ {secret} = 1, }} }}"),
        format!("training_data: \"x\" \"{secret}\""),
        format!("training_data: withheld(\"x\", \"{secret}\")"),
        format!("training_data: withheld(\"x\", {secret})"),
        format!("model_details: {{ stage: {secret}::Draft }}"),
        format!("model_details: G{secret} {{ stage: G{secret}::Draft }}"),
        format!("training_data: b\"{secret}\" b\"{secret}\", 'a', b\"{secret}\""),
    ] {
        let messages = messages(super::expansion(&body));
        assert!(!messages.is_empty() && !messages.concat().contains(begin), "{body}: {messages:?}");
    }
}
