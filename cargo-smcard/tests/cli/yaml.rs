//! Cards in YAML: read by the rules of every card, with the place of each value.

use crate::session::{Folder, codes, findings};

/// A good card, as somebody writes it by hand.
pub(crate) const CARD: &str = include_str!("card.yaml");

fn with(from: &str, to: &str) -> Folder {
    assert!(CARD.contains(from), "{from}");
    Folder::new().file("card.yaml", CARD.replace(from, to))
}

/// Where a part of the card is: line and column, both counted from 1.
fn place_of(part: &str, text: &str) -> (Option<u64>, Option<u64>) {
    let before = &text[..text.find(part).unwrap()];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    (u64::try_from(line).ok(), u64::try_from(column).ok())
}

#[test]
fn a_good_card_passes() {
    let folder = Folder::new().file("card.yaml", CARD).file("also.yml", CARD);
    assert_eq!(codes(&folder.json(&["."])), [""; 0]);
    assert_eq!(folder.json(&["."])["summary"]["cards"], 2);
}

#[test]
fn a_finding_points_at_the_value_or_the_key() {
    for (from, to, part, code) in [
        ("2026-03-14", "2026-02-30", "2026-02-30", "invalid-date"),
        ("license: Apache-2.0", "licence: Apache-2.0", "licence", "unknown-field"),
        ("AML.T0015", "AML.T9915", "AML.T9915", "unknown-reference"),
        ("\"2.1.0\"", "2.1", "2.1", "wrong-kind"),
        ("Recall of damaged parcels", "TODO", "TODO", "placeholder"),
        ("0.93", ".inf", ".inf", "invalid-number"),
        ("  developer:", "  developer: Somebody\n  developer:", "developer: Parcel", "duplicate-field"),
    ] {
        let text = CARD.replace(from, to);
        let found = findings(&with(from, to).json(&["card.yaml"]));
        let (line, column) = place_of(part, &text);
        assert_eq!(found, [("card.yaml".to_owned(), code.to_owned(), line, column)], "{to}");
    }
}

#[test]
fn a_text_that_yaml_takes_for_a_number_is_not_guessed() {
    let said = with("\"2.1.0\"", "2.10").check(&["card.yaml"]).ended(1);
    assert!(said.err.contains("found the number 2.1"), "{}", said.err);
}

#[test]
fn an_alias_stands_for_its_value() {
    let folder = with("developer: Parcel Vision Ltd", "developer: &us Parcel Vision Ltd");
    folder.write("card.yaml", folder.read("card.yaml").replace("citation: Parcel Vision Ltd (2026)", "citation: *us"));
    assert_eq!(codes(&folder.json(&["card.yaml"])), [""; 0]);
}

#[test]
fn what_is_no_yaml_is_shown_at_its_place() {
    let said = Folder::new().file("card.yaml", "model_details: [1\nb: 2\n").check(&["."]).ended(1);
    assert!(said.err.contains("error[invalid-syntax]: not YAML: "), "{}", said.err);
    assert!(said.err.contains("--> card.yaml:2:2"), "{}", said.err);
    for text in ["a: 1\n---\na: 2\n", "a: \"unclosed\nb: 1", "a: *nowhere", "a:\tb:\t- c", "%YAML 9.9\n---\n"] {
        let folder = Folder::new().file("card.yaml", text);
        assert_eq!(codes(&folder.json(&["."])), ["invalid-syntax"], "{text:?}");
    }
    for text in ["", "# nothing\n", "- a\n", "text"] {
        let folder = Folder::new().file("card.yaml", text);
        assert_eq!(codes(&folder.json(&["."])), ["wrong-kind"], "{text:?}");
    }
}

#[test]
fn what_would_grow_without_end_is_refused_in_little_time() {
    let mut laughs = "a: &a [1,1,1,1,1,1,1,1,1]\n".to_owned();
    for (one, next) in ('a'..'k').zip('b'..='k') {
        laughs += &format!("{next}: &{next} [*{one},*{one},*{one},*{one},*{one},*{one},*{one},*{one},*{one}]\n");
    }
    let deep = format!("a: {}", "[".repeat(100_000));
    for text in [laughs, deep] {
        let found = codes(&Folder::new().file("card.yaml", text).json(&["."]));
        assert!(found == ["card-too-large"] || found == ["invalid-syntax"], "{found:?}");
    }
}

/// The same token in base64, in which YAML may write a text.
const IN_BASE64: &str = "Z2hwXzE2QzdlNDJGMjkyYzY5MTJFNzcxMGM4MzgzNDdBZTE3OEI0YQ==";

#[test]
fn no_secret_of_a_card_is_shown_in_whatever_notation() {
    let token = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"].concat();
    let halves = token.split_at(20);
    for value in [
        token.clone(),
        format!("\"{token}\""),
        format!("\"\\x67{}\"", &token[1..]),
        format!("\"{}\\\n    {}\"", halves.0, halves.1),
        format!("|\n    words\n    {token}"),
        format!("!!binary {IN_BASE64}"),
    ] {
        for (from, to) in
            [("Recall of damaged parcels", value.clone()), ("developer: Parcel", format!("{value}: Parcel"))]
        {
            let folder = Folder::new().file("card.yaml", CARD.replace(from, &to));
            for format in ["human", "json", "sarif", "github", "junit"] {
                let said = folder.check(&["--format", format, "."]);
                let all = format!("{}{}", said.out, said.err);
                assert!(!all.contains(&token[4..24]), "{format} {to}\n{all}");
                assert!(!all.contains(halves.1), "{format} {to}\n{all}");
                assert!(!all.contains(IN_BASE64), "{format} {to}\n{all}");
            }
        }
    }
}
