use super::*;

const CARD: &str = "src/card.rs";
const MODULE: &str = "#[path = \"src/card.rs\"]\nmod card;\n";
const CALL: &str = "smcard::build::emit(&card::CARD);";

#[track_caller]
fn merged(text: &str) -> String {
    match merge(text, CARD) {
        Merged::Text(merged) => {
            // What was there stays, in its order.
            let mut rest = text.chars().peekable();
            for char in merged.chars() {
                rest.next_if_eq(&char);
            }
            assert_eq!(rest.next(), None, "{merged}");
            merged
        }
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn by_hand_because(text: &str) -> &'static str {
    match merge(text, CARD) {
        Merged::ByHand { why, lines } => {
            assert!(lines.contains(MODULE) && lines.contains(CALL), "{lines}");
            why
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_script_is_the_one_of_the_readme() {
    let readme = include_str!("../../../../README.md");
    assert!(readme.contains(&new(CARD)), "{}", new(CARD));
}

#[test]
fn the_module_stands_behind_the_imports_and_the_call_first_in_main() {
    let text = "//! Builds.\n\nuse std::env; // why\nuse std::fs;\n\n/// Runs.\nfn main() {\n    // first\n    run();\n}\n\nfn run() {}\n";
    let expected = format!(
        "//! Builds.\n\nuse std::env; // why\nuse std::fs;\n\n{MODULE}\n/// Runs.\nfn main() {{\n    {CALL}\n    \
         // first\n    run();\n}}\n\nfn run() {{}}\n"
    );
    assert_eq!(merged(text), expected);
}

#[test]
fn without_imports_the_module_stands_before_the_first_item_and_its_comment() {
    let text = "#![forbid(unsafe_code)]\n\n// Runs.\nfn main() {\n    run();\n}\n";
    let expected = format!("#![forbid(unsafe_code)]\n\n{MODULE}\n// Runs.\nfn main() {{\n    {CALL}\n    run();\n}}\n");
    assert_eq!(merged(text), expected);
    assert_eq!(merged("fn main() {}"), format!("{MODULE}\nfn main() {{\n    {CALL}\n}}"));
    assert_eq!(merged("fn main() {\n}\n"), format!("{MODULE}\nfn main() {{\n    {CALL}\n}}\n"));
}

#[test]
fn a_main_that_gives_a_result_keeps_its_last_expression() {
    let text = "fn main() -> Result<(), Box<dyn std::error::Error>> {\n    tonic()?;\n    Ok(())\n}\n";
    assert!(merged(text).ends_with(&format!("{{\n    {CALL}\n    tonic()?;\n    Ok(())\n}}\n")));
}

#[test]
fn a_main_on_one_line_stays_one() {
    assert_eq!(merged("fn main() { run(); }\n"), format!("{MODULE}\nfn main() {{ \n    {CALL}\n    run(); }}\n"));
}

#[test]
fn indents_and_ends_of_lines_are_those_of_the_file() {
    let text = "use a::b;\r\nfn main() {\r\n\tb();\r\n}\r\n";
    let module = MODULE.replace('\n', "\r\n");
    assert_eq!(merged(text), format!("use a::b;\r\n\r\n{module}fn main() {{\r\n\t{CALL}\r\n\tb();\r\n}}\r\n"));
}

#[test]
fn what_stands_inside_of_main_first_stays_first() {
    let text = "fn main() {\n    #![allow(unused)]\n    run();\n}\n";
    assert!(merged(text).ends_with(&format!("{{\n    #![allow(unused)]\n    {CALL}\n    run();\n}}\n")));
}

#[test]
fn texts_and_comments_that_look_like_main_are_none() {
    let text = "const A: &str = \"fn main() {\";\n/* fn main() { */\nfn main() {\n    run();\n}\n";
    assert!(merged(text).ends_with(&format!("/* fn main() {{ */\nfn main() {{\n    {CALL}\n    run();\n}}\n")));
    let umlauts = "// Größe\nconst Ä: &str = \"ü\";\nfn main() {\n    run();\n}\n";
    assert!(merged(umlauts).contains(&format!("fn main() {{\n    {CALL}\n")));
}

#[test]
fn another_card_is_no_reason_to_give_up() {
    let text = "mod card;\n\nfn main() {}\n";
    let text = merged(text);
    assert!(text.contains("#[path = \"src/card.rs\"]\nmod model_card;\n"), "{text}");
    assert!(text.contains("smcard::build::emit(&model_card::CARD);"), "{text}");
}

#[test]
fn a_script_that_calls_it_is_left_alone() {
    assert_eq!(merge(&new(CARD), CARD), Merged::Done);
    assert_eq!(merge("fn main() { smcard::build::Build::new().card(&card::A).emit() }", CARD), Merged::Done);
}

#[test]
fn what_cannot_be_understood_is_left_to_people() {
    assert_eq!(by_hand_because("fn main() {"), "it does not parse");
    assert_eq!(by_hand_because("\u{feff}fn main() {}"), "it begins with a byte order mark or a shebang");
    assert_eq!(by_hand_because("#!/usr/bin/env run-cargo-script\nfn main() {}"), by_hand_because("\u{feff}"));
    for none in ["include!(\"other.rs\");", "#[cfg(a)]\nfn main() {}\n#[cfg(not(a))]\nfn main() {}", "use a::main;"] {
        assert_eq!(by_hand_because(none), "it has no `main`, or several", "{none}");
    }
    for changed in ["#[tokio::main]\nasync fn main() {}", "#[cfg(unix)]\nfn main() {}", "#[my::main]\nfn main() {}"] {
        assert_eq!(by_hand_because(changed), "an attribute of `main` may change what it does", "{changed}");
    }
    let taken = "use a::card;\nmod model_card {}\nfn main() {}";
    assert_eq!(by_hand_because(taken), "it has a `card` and a `model_card` already");
}

#[test]
fn the_path_of_the_card_is_seen_from_the_script() {
    let from = |script: &str, card: &str| path_from(Path::new(script), Path::new(card));
    assert_eq!(from("build.rs", "src/card.rs"), "src/card.rs");
    assert_eq!(from("build/main.rs", "src/card.rs"), "../src/card.rs");
    assert_eq!(from("./build.rs", "card.rs"), "card.rs");
}
