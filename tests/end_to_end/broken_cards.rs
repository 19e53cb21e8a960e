//! Cards that nobody would write: an error that says so, no panic, and no long wait.

use crate::card::{Card, source};
use crate::project::{Built, Project};

/// Builds a package with this body of a macro.
#[track_caller]
fn with_body(name: &str, body: &str) -> Built {
    Project::new(name).file("src/card.rs", &source(body)).build().failed()
}

#[test]
fn an_empty_body_is_answered_with_a_card_to_begin_with() {
    let built = with_body("broken-empty-body", "");
    let error = built.only_error();
    assert!(error.starts_with("error: the card is empty\n"), "{error}");
    for path in Card::good().paths() {
        let field = path.rsplit('.').next().unwrap_or(path);
        assert!(error.contains(&format!("{field}: \"…\",")), "no {field} in\n{error}");
    }
}

#[test]
fn an_empty_file_is_an_error_that_names_the_card() {
    let built = Project::new("broken-empty-file").file("src/card.rs", "").build().failed();
    assert!(built.only_error().contains("cannot find value `CARD` in module `card`"), "{}", built.stderr);
}

#[test]
fn a_text_of_ten_megabytes_is_too_long_as_a_literal_and_from_a_file() {
    let text = "A long text. ".repeat(800_000);
    assert!(text.len() > 10_000_000);
    let name = "broken-long-text";
    let project = Project::new(name).card(&Card::good().text("training_data", &text));
    let built = project.build().failed();
    let says = "`training_data` has 10400000 bytes; a text has at most 262144";
    assert!(built.only_error().starts_with(&format!("error: {says}\n")), "{}", shortened(&built));
    assert!(built.stderr.len() < 10_000, "the text is in the error:\n{}", shortened(&built));

    project.write("src/training_data.txt", &text);
    project.write("src/card.rs", Card::good().with("training_data", "include_str!(\"training_data.txt\")").source());
    let built = project.build().failed();
    assert!(
        built.stderr.contains(&format!("error: {name}@1.2.3: src/card.rs:34:20: {says}; help: ")),
        "{}",
        shortened(&built)
    );
}

#[test]
fn ten_thousand_unknown_keys_are_a_hundred_errors_and_a_count() {
    let keys = |comma: &str| (0..10_000).map(|key| format!("    key_{key}: \"value\"{comma}\n")).collect::<String>();
    let built = with_body("broken-many-keys", &format!("{}{}", Card::good().body(), keys(",")));
    assert!(built.stderr.contains("error: unknown field `key_0` in the card\n"), "{}", shortened(&built));
    assert!(built.stderr.contains("error: and 9900 more\n"), "{}", shortened(&built));
    assert_eq!(built.errors().len(), 101);

    let built = with_body("broken-many-commas", &format!("{}{}", Card::good().body(), keys("")));
    assert!(built.stderr.contains("error: expected `,` after the value of `key_0`\n"), "{}", shortened(&built));
    assert_eq!(built.errors().len(), 101);

    let built = with_body(
        "broken-many-of-one",
        &format!("{}{}", Card::good().body(), "training_data: \"x\",\n".repeat(10_000)),
    );
    assert!(built.stderr.contains("error: duplicate field `training_data` in the card\n"), "{}", shortened(&built));
    assert_eq!(built.errors().len(), 101);
}

#[test]
fn blocks_and_lists_that_stand_too_deep_in_each_other_are_one_error() {
    for (kind, open, close) in [("blocks", "{ a: ", " }"), ("lists", "[", "]")] {
        for depth in [32, 300, 3_000] {
            let value = format!("{{ acme: {{ a: {}1{} }} }}", open.repeat(depth), close.repeat(depth));
            let card = Card::good().with("extensions", &value);
            let built = Project::new(&format!("broken-deep-{kind}-{depth}")).card(&card).build().failed();
            let error = "error: more than 32 nested blocks and lists\n";
            assert!(built.only_error().starts_with(error), "{}", shortened(&built));
        }
    }
}

#[test]
fn a_value_that_is_no_expression_of_rust_is_one_error_where_its_field_takes_another_kind() {
    let cases = [
        ("model_details.developer", "{ name: \"Acme\" }", "expected a string for `developer` in `model_details`"),
        ("model_details.developer", "[first: 1]", "expected a string for `developer` in `model_details`"),
        (
            "model_details.stage",
            "{ a: 1 }",
            "expected one of `Draft`, `Review`, `Production` or `Retired` for `stage` in `model_details`",
        ),
        (
            "extensions.acme",
            "{ a: b, c: { d: 1 } }",
            "expected a string, a number, `true`, `false`, a list or a block for `a` in `acme`",
        ),
        ("extensions", "1 +", "the value is not finished"),
    ];
    let modules: String = (0..cases.len()).map(|index| format!("pub mod case_{index};\n")).collect();
    let project = Project::new("broken-kinds").file("src/lib.rs", &modules);
    for (index, (path, value, _)) in cases.iter().enumerate() {
        project.write(&format!("src/case_{index}.rs"), Card::good().with(path, value).source());
    }
    let checked = project.cargo(&["check"]).failed();
    assert_eq!(checked.errors().len(), cases.len(), "{}", checked.stderr);
    for (_, value, says) in cases {
        let error = format!("error: {says}");
        assert!(checked.errors().iter().any(|line| line.starts_with(&error)), "{value}:\n{}", checked.stderr);
    }
}

#[test]
fn an_unknown_key_in_quotes_is_one_error() {
    let body = Card::good().body().replace("training_data:", "\"traning_data\":");
    let built = with_body("broken-key-in-quotes", &body);
    assert!(built.only_error().starts_with("error: unknown field `traning_data` in the card\n"), "{}", built.stderr);
    assert!(built.only_error().contains("did you mean `training_data`?"), "{}", built.stderr);
}

#[test]
fn a_character_that_a_reader_cannot_see_is_named() {
    let cases =
        [("\\0", "the NUL character, U+0000"), ("\\u{202e}", "a character that reorders the text shown, U+202E")];
    for (index, (escape, what)) in cases.into_iter().enumerate() {
        let name = format!("broken-character-{index}");
        let text = format!("\"Parts{escape} of 2025.\"");
        let built = Project::new(&name).card(&Card::good().with("training_data", &text)).build().failed();
        let error = format!("error: `training_data` contains {what}\n");
        assert!(built.only_error().starts_with(&error), "{}", built.stderr);
        assert!(!built.stderr.contains(['\0', '\u{202e}']), "the message holds the character itself");

        let card = Card::good().with("training_data", &format!("concat!({text}, \"\")"));
        let built = Project::new(&name).card(&card).build().failed();
        assert!(built.stderr.contains(&format!("`training_data` contains {what}; help: ")), "{}", built.stderr);
        assert!(!built.stderr.contains(['\0', '\u{202e}']), "the message holds the character itself");
    }
}

#[test]
fn what_is_no_card_at_all_is_an_error_at_its_place() {
    for (index, body) in
        ["42", "\"a card\"", "fn main() {}", ",,,", "model_details", "[1, 2]", "=> ;", "'a 'b"].into_iter().enumerate()
    {
        let built = with_body(&format!("broken-nonsense-{index}"), &format!("    {body}\n"));
        let errors = built.errors();
        assert!(errors.iter().any(|error| error.contains("src/card.rs:4:")), "{body}:\n{}", built.stderr);
        assert!(errors.iter().all(|error| !error.contains("smcard failed on this card")), "{body}:\n{}", built.stderr);
    }
}

/// The beginning of what was said.
fn shortened(built: &Built) -> String {
    built.stderr.chars().take(2_000).collect()
}
