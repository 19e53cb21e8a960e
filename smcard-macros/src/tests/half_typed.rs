//! Cards that somebody is still typing: what is understood stays, the rest is kept for the editor.

use proc_macro2::TokenStream;

use super::{card, parsed, slips, with_one_token_less};

#[test]
fn a_key_that_is_begun_stands_where_a_field_stands() {
    let body = r#"model_details: { developer: "Parcel Vision Ltd", licen }"#;

    assert_eq!(
        card(body),
        r#"static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        developer: ::core::option::Option::Some(
            ::smcard::Text::new("Parcel Vision Ltd"),
        ),
        #[cfg(rust_analyzer)]
        licen,
        ..::smcard::ModelDetails::EMPTY
    },
    ..::smcard::SecurityCard::EMPTY
};
"#
    );
}

#[test]
fn a_key_without_value_stands_where_a_field_stands() {
    let body = r#"model_details: { license: , developer: "Parcel Vision Ltd" }, training_data:"#;

    assert_eq!(
        card(body),
        r#"static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        #[cfg(rust_analyzer)]
        license,
        developer: ::core::option::Option::Some(
            ::smcard::Text::new("Parcel Vision Ltd"),
        ),
        ..::smcard::ModelDetails::EMPTY
    },
    #[cfg(rust_analyzer)]
    training_data,
    ..::smcard::SecurityCard::EMPTY
};
"#
    );
}

#[test]
fn a_key_without_colon_keeps_its_value() {
    let body = r#"model_details: { license "Apache-2.0", developer: "Parcel Vision Ltd" }"#;

    assert_eq!(
        card(body),
        r#"static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        license: ::core::option::Option::Some(::smcard::Text::new("Apache-2.0")),
        developer: ::core::option::Option::Some(
            ::smcard::Text::new("Parcel Vision Ltd"),
        ),
        ..::smcard::ModelDetails::EMPTY
    },
    ..::smcard::SecurityCard::EMPTY
};
"#
    );
    assert_eq!(slips(body), ["expected `:` after `license`"]);
}

#[test]
fn a_key_in_front_of_a_whole_entry_takes_nothing_from_it() {
    let body = r#"model_details: { lic developer: "Parcel Vision Ltd" }"#;

    assert_eq!(
        card(body),
        r#"static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        #[cfg(rust_analyzer)]
        lic,
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
fn a_variant_that_is_begun_stands_where_a_variant_stands() {
    assert_eq!(
        card("model_details: { stage: Prod }"),
        r"static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        #[cfg(rust_analyzer)]
        stage: ::core::option::Option::Some(::smcard::Stage::Prod),
        ..::smcard::ModelDetails::EMPTY
    },
    ..::smcard::SecurityCard::EMPTY
};
"
    );
}

#[test]
fn the_first_letter_of_a_variant_is_one_for_editors_and_a_constant_for_the_compiler() {
    assert_eq!(
        card("model_details: { stage: P }"),
        r"static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        #[cfg(rust_analyzer)]
        stage: ::core::option::Option::Some(::smcard::Stage::P),
        #[cfg(not(rust_analyzer))]
        stage: ::core::option::Option::Some(P),
        ..::smcard::ModelDetails::EMPTY
    },
    ..::smcard::SecurityCard::EMPTY
};
"
    );
}

#[test]
fn a_variant_behind_a_path_that_is_begun_stands_where_a_variant_stands() {
    assert_eq!(
        card("model_details: { stage: Stage::Rev }"),
        r"static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        #[cfg(rust_analyzer)]
        stage: ::core::option::Option::Some(::smcard::Stage::Rev),
        ..::smcard::ModelDetails::EMPTY
    },
    ..::smcard::SecurityCard::EMPTY
};
"
    );
}

#[test]
fn a_path_that_ends_in_nothing_has_a_place_to_go_on_at() {
    let body = "model_details: { stage: Stage:: }";

    assert_eq!(
        card(body),
        r"static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        #[cfg(rust_analyzer)]
        stage: ::core::option::Option::Some(::smcard::Stage::__),
        ..::smcard::ModelDetails::EMPTY
    },
    ..::smcard::SecurityCard::EMPTY
};
"
    );
    assert_eq!(slips(body), ["the value is not finished"]);
}

#[test]
fn a_variant_that_is_not_begun_has_a_place_to_begin_at() {
    assert_eq!(
        card("model_details: { stage: }"),
        r"static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        #[cfg(rust_analyzer)]
        stage: ::core::option::Option::Some(::smcard::Stage::__),
        ..::smcard::ModelDetails::EMPTY
    },
    ..::smcard::SecurityCard::EMPTY
};
"
    );
}

/// What stands for a flow, or for a component, of which this much is typed.
fn of_system(list: &str, typed: &str) -> String {
    let card = card(&format!("system: {{ {list}: [{{ {typed} }}] }}"));
    let (_, item) = card.split_once("0: &[").unwrap_or_else(|| panic!("{card}"));
    let (item, _) = item.split_once("::EMPTY").unwrap_or_else(|| panic!("{card}"));
    item.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_flow_that_is_half_typed_keeps_what_is_there() {
    let id = "id: ::core::option::Option::Some(::smcard::Text::new(\"a\")),";
    for (typed, begun) in [
        ("fro", "#[cfg(rust_analyzer)] fro,"),
        ("from:", "#[cfg(rust_analyzer)] from,"),
        ("encrypted", "#[cfg(rust_analyzer)] encrypted,"),
        ("encrypted:", "#[cfg(rust_analyzer)] encrypted,"),
        ("encrypted: t", "#[cfg(rust_analyzer)] encrypted: t,"),
        ("encrypted: true, fro", "encrypted: ::core::option::Option::Some(true), #[cfg(rust_analyzer)] fro,"),
    ] {
        let expected = format!("::smcard::Flow {{ {id} {begun} ..::smcard::Flow");
        assert_eq!(of_system("flows", &format!("id: \"a\", {typed}")), expected, "{typed}");
    }
    let open: Vec<String> = slips("system: { flows: [{ id: \"a\", encrypted: }] }");
    assert_eq!(open, ["`encrypted` has no value"]);
}

#[test]
fn a_component_kind_that_is_begun_stands_where_a_variant_stands() {
    for (typed, variant) in
        [("", "__"), ("Mod", "Mod"), ("tool", "tool"), ("ComponentKind::", "__"), ("ComponentKind::Data", "Data")]
    {
        let begun = format!("kind: ::core::option::Option::Some(::smcard::ComponentKind::{variant}),");
        assert_eq!(
            of_system("components", &format!("kind: {typed}")),
            format!("::smcard::Component {{ #[cfg(rust_analyzer)] {begun} ..::smcard::Component"),
            "{typed}"
        );
    }
}

#[test]
fn a_missing_comma_loses_neither_value() {
    let body = r#"model_details: { license: "Apache-2.0" developer: "Parcel Vision Ltd" }"#;

    assert_eq!(
        card(body),
        r#"static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        license: ::core::option::Option::Some(::smcard::Text::new("Apache-2.0")),
        developer: ::core::option::Option::Some(
            ::smcard::Text::new("Parcel Vision Ltd"),
        ),
        ..::smcard::ModelDetails::EMPTY
    },
    ..::smcard::SecurityCard::EMPTY
};
"#
    );
    assert_eq!(slips(body), ["expected `,` after the value of `license`"]);
}

#[test]
fn a_quote_that_is_not_closed_spoils_no_field_before_it() {
    // The string ends where the next one begins, and that one's text is left as tokens.
    let body =
        r#"model_details: { license: "Apache-2.0", developer: "Parcel Vision Ltd, date: "2026-03-14", version: " }"#;

    assert_eq!(
        card(body),
        r#"static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        license: ::core::option::Option::Some(::smcard::Text::new("Apache-2.0")),
        #[cfg(rust_analyzer)]
        developer,
        ..::smcard::ModelDetails::EMPTY
    },
    ..::smcard::SecurityCard::EMPTY
};
"#
    );
    assert_eq!(slips(body), ["expected one value, found a second one after it"]);
}

#[test]
fn a_card_of_which_any_one_token_is_missing_still_expands_to_an_expression() {
    let body: TokenStream = r#"
        SecurityCard {
            model_details: ModelDetails {
                r#type: "Image classification",
                "version": env!("CARGO_PKG_VERSION"),
                citation: withheld("under review"),
                stage: Stage::Draft,
            },
            training_data: sites::DATA,
            security_considerations: {
                ai_class: Predictive,
                threats: [{ id: "patch", refs: ["NISTAML.022"], likelihood: Low }],
            },
            system: { flows: [Flow { id: "a", from: "b", encrypted: false }], assumptions: ["c"] },
            extensions: { parcels: { cameras: -12, sites: ["Gent", 0.5, { open: true }] } },
        }
    "#
    .parse()
    .unwrap();
    let all = with_one_token_less(&body);

    assert_eq!(all.len(), 111);
    for less in all {
        parsed(less); // panics, and shows the expansion, where that is no expression
    }
}
