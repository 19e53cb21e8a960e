//! A value is taken whole, or refused.

use super::{card, expansion, messages, slips};

/// The value of `training_data` in the expansion of this one, on one line.
fn expanded(value: &str) -> String {
    let card = card(&format!("training_data: {value}, factors: {{ relevant_factors: \"Light\" }}"));
    let card = card.split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, after) =
        card.split_once("training_data: ::core::option::Option::Some(").unwrap_or_else(|| panic!("{card}"));
    let (value, _) = after.split_once("), factors:").unwrap();
    value.trim().trim_end_matches(',').to_owned()
}

#[test]
fn every_expression_that_may_initialize_a_constant_is_taken_whole() {
    for value in [
        "if N == 2 { \"a\" } else { \"b\" }",
        "match N { 2 => \"a\", _ => \"b\" }",
        "{ \"abc\" }",
        "{ my_const }",
        "{ const TWO: &str = \"2\"; TWO }",
        "const { my_const }",
        "unsafe { my_const }",
        "<str as Name<u8, u8>>::NAME",
        "<<A as B<u8, u8>>::C as D<u8, u8>>::NAME",
        "name::<u8, u8>()",
        "NAMES.first(1 << 2, 3)",
        "first(A < B, C > D)",
        "pick as fn(u8, u8) -> u8",
        "if N as u8 <= 3 { \"a\" } else { \"b\" }",
        "&*NAME",
        "NAMES[1 << 2]",
        "X as &'static str",
        "a::not_applicable(\"why\")",
        "Foo::NAME.trim_ascii()",
    ] {
        assert_eq!(slips(&format!("training_data: {value}")), [] as [&str; 0], "{value}");
        let compact = |text: &str| text.split_whitespace().collect::<String>().replace(",)", ")").replace(",}", "}");
        let expanded = expanded(value);
        assert!(compact(&expanded).contains(&compact(value)), "{value} became {expanded}");
    }
}

#[test]
fn a_path_in_lower_case_is_a_constant() {
    for value in ["self::my_const", "names::my_const", "crate::names::my_const"] {
        assert_eq!(expanded(value), format!("::smcard::Text::new({value})"));
        assert_eq!(slips(&format!("training_data: {value}")), [] as [&str; 0]);
    }
}

#[test]
fn a_constant_may_stand_for_a_choice_and_for_a_number() {
    let body =
        "model_details: { stage: names::stage }, metrics: { measures: [{ name: \"Recall\", value: { recall } }] }";

    assert_eq!(slips(body), [] as [&str; 0]);
    let card = card(body);
    assert!(card.contains("Some(names::stage)") && card.contains("::smcard::expression!({ recall })"), "{card}");
}

#[test]
fn a_truth_value_is_taken_as_it_is_typed_or_from_a_constant() {
    for (value, expanded) in [
        ("true", "true"),
        ("false", "false"),
        ("TLS", "TLS"),
        ("names::tls", "names::tls"),
        ("{ tls }", "::smcard::expression!({ tls })"),
        ("!PLAIN", "::smcard::expression!(! PLAIN)"),
        ("cfg!(windows)", "cfg!(windows)"),
    ] {
        let body = format!("system: {{ flows: [{{ encrypted: {value} }}] }}");
        let card = card(&body).split_whitespace().collect::<Vec<_>>().join(" ");
        let wrapped = format!("encrypted: ::core::option::Option::Some({expanded})");
        assert!(card.replace("( ", "(").replace(", )", ")").contains(&wrapped), "{value}: {card}");
        assert_eq!(slips(&body), [] as [&str; 0], "{value}");
    }
}

#[test]
fn what_is_no_truth_value_is_told_with_what_to_write() {
    for (value, found, help) in [
        ("\"true\"", "a string", "write `true`, without quotes"),
        ("\"yes\"", "a string", "write `true` or `false`, without quotes"),
        ("yes", "the word `yes`", "write `true` or `false`, or `{ yes }` for a constant"),
        ("1", "the number 1", "write `true` or `false`"),
        (
            "unknown(\"why\")",
            "`unknown(…)`",
            "only a text takes a reason: remove the field, or give the reason in a text",
        ),
    ] {
        let body = format!("system: {{ flows: [{{ id: \"a\", encrypted: {value} }}] }}");
        let told: Vec<String> =
            messages(expansion(&body)).into_iter().filter(|told| told.contains("encrypted")).collect();
        let expected =
            format!("expected `true` or `false` for `encrypted` in `flows[0]`, found {found}\nhelp: {help}\n");
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with(&expected), "{told:?}");
    }
}

#[test]
fn each_reason_may_stand_for_a_text_with_its_path_or_without() {
    for reason in ["not_applicable", "withheld", "unknown"] {
        for path in ["", "Text::", "smcard::Text::", "::smcard::Text::"] {
            for words in ["(\"why\")", "(\"why\",)", "(WHY)", "(concat!(\"w\", \"hy\"))"] {
                let expected = format!("::smcard::Text::{reason}{}", words.replace(",)", ")"));
                assert_eq!(expanded(&format!("{path}{reason}{words}")), expected);
            }
        }
    }
}

#[test]
fn nothing_before_or_behind_a_reason_is_lost() {
    for value in [
        "\"lost\" + not_applicable(\"why\")",
        "not_applicable(\"why\") + \"lost\"",
        "not_applicable(\"why\").lost()",
        "&withheld(\"why\")",
        "!unknown(\"why\")",
    ] {
        let errors = slips(&format!("training_data: {value}"));
        assert_eq!(errors.len(), 1, "{value}");
        assert!(errors[0].ends_with("must be the whole value, but here it is part of one"), "{value}: {errors:?}");
    }
    assert_eq!(
        slips("training_data: foo!() not_applicable(\"x\")"),
        ["expected one value, found a second one after it"]
    );
    // A method of this name is whatever its type says.
    assert!(expanded("a.b.not_applicable(\"x\")").contains("a.b.not_applicable(\"x\")"));
}

#[test]
fn the_name_of_another_type_is_told() {
    for (body, error) in [
        ("factors: Nonsense { relevant_factors: \"Light\" }", "expected `Factors`, found `Nonsense`"),
        ("SecurityCard { model_details: Factors { } }", "expected `ModelDetails`, found `Factors`"),
        ("Card { factors: { relevant_factors: \"Light\" } }", "expected `SecurityCard`, found `Card`"),
        ("extensions: smcard::Extension { a: { b: 1 } }", "expected `Extensions`, found `Extension`"),
        ("extensions: { a: Acme { b: 1 } }", "expected `{`, found `Acme`"),
        ("security_considerations: { threats: [Test { id: \"a\" }] }", "expected `Threat`, found `Test`"),
    ] {
        let errors = slips(body);
        assert_eq!(errors.iter().filter(|found| found.starts_with("expected")).collect::<Vec<_>>(), [error], "{body}");
    }
}

#[test]
fn the_name_of_another_choice_is_told() {
    assert_eq!(slips("model_details: { stage: Decision::Production }"), ["expected a `Stage`, found `Decision`"]);
}

#[test]
fn a_number_is_taken_however_it_is_spelt() {
    let long = format!("0.{}", "1".repeat(500));
    for (spelt, value) in [
        ("1_000", 1000.0),
        ("0xff", 255.0),
        ("0o17", 15.0),
        ("0b1010", 10.0),
        ("1e3", 1000.0),
        ("1_0.2_5E+1", 102.5),
        ("3.", 3.0),
        ("0xffff_ffff_ffff", 281_474_976_710_655.0),
        ("0o7_777_777", 2_097_151.0),
        (&*long, 1.0 / 9.0),
    ] {
        let card = card(&format!("metrics: {{ measures: [{{ value: {spelt} }}] }}"));
        assert!(
            card.contains(&format!("Some({value:?}f64)")) || card.contains(&format!("Some({value}f64)")),
            "{spelt}: {card}"
        );
    }
}

#[test]
fn a_text_is_taken_however_it_is_spelt() {
    for spelt in [r#""a\u{e9}\t\x41\\\"b""#, "\"a\u{e9}\\\n    \\tA\\\\\\\"b\"", "r#\"a\u{e9}\tA\\\"b\"#"] {
        let literal = spelt.parse().unwrap();

        assert_eq!(crate::literal::text(&literal).as_deref(), Some("a\u{e9}\tA\\\"b"), "{spelt}");
    }
    for other in ["b\"bytes\"", "c\"text\"", "\"text\"suffix", "'c'", "1.5"] {
        assert_eq!(crate::literal::text(&other.parse().unwrap()), None, "{other}");
    }
}

#[test]
fn what_a_macro_by_example_passes_on_keeps_its_sign_and_its_reason() {
    use proc_macro2::{Delimiter, Group, TokenStream};

    let invisible = |inner: &str| {
        TokenStream::from(proc_macro2::TokenTree::from(Group::new(Delimiter::None, inner.parse().unwrap())))
    };
    let (number, reason) = (invisible("-5"), invisible("withheld(\"why\")"));
    let body = quote::quote!(training_data: #reason, extensions: { a: { b: #number } });
    let card = quote::ToTokens::to_token_stream(&super::parsed(body)).to_string();

    assert!(card.contains("Number (- 5f64)"), "{card}");
    assert!(card.contains("Text :: withheld (\"why\")"), "{card}");
}

#[test]
fn bars_between_values_are_no_closure_and_take_nothing_from_the_next_field() {
    let body = "extensions: { a: { b: FIRST || SECOND, c: FIRST | SECOND, d: 1 } }";
    let card = card(body);

    assert_eq!(slips(body), [] as [&str; 0]);
    for key in ["b", "c", "d"] {
        assert!(card.contains(&format!("Borrowed(\"{key}\")")), "{card}");
    }
}
