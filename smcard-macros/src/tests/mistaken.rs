//! Cards with mistakes: each is said once, and the rest of the card is there all the same.

use super::{card, errors, slips};

#[test]
fn two_values_side_by_side_are_one_mistake() {
    for value in ["\"Photographs\" \"of 2019\"", "DATA text", "12 sites", "12 { sites: 3 }", "concat!(\"a\") \"b\""] {
        let body = &format!("training_data: {value}");
        assert_eq!(slips(body), ["expected one value, found a second one after it"]);
    }
    for value in
        ["12 as TEXT", "if BIG { DATA } else { OTHER }", "match BIG { _ => DATA }", "const { DATA }", "DATA[0]"]
    {
        assert_eq!(slips(&format!("training_data: {value}")), [] as [&str; 0]);
    }
}

#[test]
fn a_block_without_a_key_is_named_by_its_braces() {
    let body = r#"training_data: "Photographs", { developer: "Parcel Vision Ltd" }"#;

    assert_eq!(slips(body), ["expected a field, found `{ … }`"]);
}

#[test]
fn a_value_of_the_wrong_kind_leaves_its_key_to_the_editor() {
    let body = "model_details: [1, 2], training_data: { sources: 3 }, factors: null, extensions: { a: { b: null } }";

    assert_eq!(
        card(body),
        r"static CARD: SecurityCard = ::smcard::SecurityCard {
    #[cfg(rust_analyzer)]
    model_details,
    #[cfg(rust_analyzer)]
    training_data,
    #[cfg(rust_analyzer)]
    factors: null,
    #[cfg(rust_analyzer)]
    extensions,
    ..::smcard::SecurityCard::EMPTY
};
"
    );
}

#[test]
fn a_misspelt_key_keeps_its_place_and_an_unknown_string_leaves_no_gap() {
    let body = r#"model_details: { lisence: "MIT", "MIT", developer: "Parcel Vision Ltd" }"#;

    assert_eq!(
        card(body),
        r#"static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        #[cfg(rust_analyzer)]
        lisence,
        developer: ::core::option::Option::Some(
            ::smcard::Text::new("Parcel Vision Ltd"),
        ),
        ..::smcard::ModelDetails::EMPTY
    },
    ..::smcard::SecurityCard::EMPTY
};
"#
    );
}

#[test]
fn a_key_that_stands_twice_is_the_first_one() {
    assert_eq!(
        card(r#"training_data: "One", training_data: "Two""#),
        r#"static CARD: SecurityCard = ::smcard::SecurityCard {
    training_data: ::core::option::Option::Some(::smcard::Text::new("One")),
    ..::smcard::SecurityCard::EMPTY
};
"#
    );
}

#[test]
fn an_empty_card_is_one_error_and_an_empty_card() {
    assert_eq!(
        card(""),
        r"static CARD: SecurityCard = ::smcard::SecurityCard {
    ..::smcard::SecurityCard::EMPTY
};
"
    );
    assert_eq!(errors(""), ["the card is empty"]);
}

#[test]
fn a_hundred_errors_are_shown_and_the_others_are_counted() {
    let keys: String = (0..150).map(|index| format!("key_{index}: 1,")).collect();
    let errors = errors(&format!("metrics: {{ {keys} performance_measures: \"Recall.\" }}"));

    assert_eq!(errors.len(), 101);
    assert_eq!(errors[100], "and 61 more");
}

#[test]
fn blocks_nested_without_end_are_an_error() {
    let body = format!("extensions: {}1{}", "{ a: ".repeat(200), "}".repeat(200));

    assert_eq!(slips(&body), ["more than 32 nested blocks and lists"]);
}
