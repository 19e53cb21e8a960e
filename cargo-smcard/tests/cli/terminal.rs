//! What a terminal shows: colours where they are wanted, and nothing of a card that drives it.

use std::fs::File;
use std::io::Read;
use std::process::{Command, Stdio};

use crate::session::{Folder, REPORT};

/// What `smcard check` draws on a terminal.
fn drawn(folder: &Folder, variables: &[(&str, &str)]) -> String {
    drawn_by(folder, &["check", "--today", "2026-04-01", "."], variables)
}

/// What a command that ends with 1 draws on a terminal.
fn drawn_by(folder: &Folder, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let terminal = nix::pty::openpty(None, None).unwrap();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("smcard"));
    command.args(arguments).current_dir(folder.root());
    command.env_remove("NO_COLOR").env("TERM", "xterm-256color").envs(variables.iter().copied());
    let slave = terminal.slave.try_clone().unwrap();
    command.stdin(Stdio::null()).stdout(Stdio::from(slave)).stderr(Stdio::from(terminal.slave));
    let mut child = command.spawn().unwrap();
    // The command holds the other end.
    drop(command);
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    let mut terminal = File::from(terminal.master);
    // A terminal whose other end is closed reads as an error.
    while let Ok(read) = terminal.read(&mut buffer) {
        if read == 0 {
            break;
        }
        text.extend_from_slice(&buffer[..read]);
    }
    assert_eq!(child.wait().unwrap().code(), Some(1));
    String::from_utf8(text).unwrap()
}

fn spoilt() -> Folder {
    Folder::new().file("card.json", REPORT.replace("Five folds", "TODO"))
}

#[test]
fn a_terminal_is_drawn_on_in_colours() {
    let text = drawn(&spoilt(), &[]);
    assert!(text.contains("\u{1b}[1m\u{1b}[91merror[placeholder]"), "{text:?}");
}

#[test]
fn nobody_who_asks_for_no_colours_gets_any() {
    for variables in [[("NO_COLOR", "1")], [("TERM", "dumb")]] {
        let text = drawn(&spoilt(), &variables);
        assert!(text.contains("error[placeholder]: "), "{text:?}");
        let colours = text.split('\u{1b}').skip(1).filter(|part| {
            let code: String = part.chars().skip(1).take_while(|char| char.is_ascii_digit() || *char == ';').collect();
            part.starts_with('[')
                && part.chars().nth(1 + code.chars().count()) == Some('m')
                && code != "0"
                && !code.is_empty()
        });
        assert_eq!(colours.count(), 0, "{text:?}");
    }
}

#[test]
fn what_is_no_terminal_gets_neither_colours_nor_a_progress_bar() {
    let said = spoilt().check(&["."]).ended(1);
    assert!(!said.err.contains('\u{1b}') && !said.err.contains('\r'), "{:?}", said.err);
}

#[test]
fn no_character_of_a_card_or_of_its_name_drives_a_terminal() {
    let mean = "a\u{1b}]0;title\u{7}\u{1b}[2Jb\u{202e}c\u{9b}31m";
    let json = serde_json::to_string(mean).unwrap();
    let folder = Folder::new();
    folder.write("raw.yaml", format!("model_details:\n  developer: {mean}\n  {mean}: 1\n"));
    folder.write("escaped.json", REPORT.replace("\"Five folds\"", &json).replace("\"citation\"", &json));
    folder.write("key.json", format!("{{{json}: {json}, \"factors\": {json}}}"));
    folder.write("raw.json", format!("{{\"factors\": \"{mean}\"}}"));
    #[cfg(target_os = "linux")]
    folder.write(&format!("{mean}.json"), "{}");
    folder.write("smcard.toml", format!("[require]\n\"{}\" = 1\n", "\\u001b[2J"));
    for format in ["human", "json", "sarif", "github", "junit"] {
        let said = folder.check(&["--format", format, "."]).ended(1);
        for text in [said.out, said.err] {
            let driving = |char: &char| char.is_control() && *char != '\n' || ('\u{202a}'..='\u{202e}').contains(char);
            assert_eq!(text.chars().find(driving), None, "{format}: {text:?}");
        }
    }
}

#[test]
fn differences_and_shares_have_colours_on_a_terminal_alone() {
    let folder = spoilt().file("old.json", REPORT.replace("\"Five folds\"", "\"Withheld: why\""));
    let diff = ["diff", "--fail-on", "change", "card.json", "old.json"];
    let text = drawn_by(&folder, &diff, &[]);
    assert!(text.contains("\u{1b}[1m\u{1b}[91m1 regression\u{1b}[0m"), "{text:?}");
    let score = ["score", "--min", "99", "old.json"];
    let text = drawn_by(&folder, &score, &[]);
    assert!(text.contains("\u{1b}[1mold.json: 52 % answered, 2 % not stated, 46 % missing\u{1b}[0m"), "{text:?}");
    for arguments in [&diff[..], &score[..]] {
        assert!(!drawn_by(&folder, arguments, &[("NO_COLOR", "1")]).contains("\u{1b}[1m"));
        assert!(!folder.smcard(arguments).ended(1).out.contains('\u{1b}'));
    }
}
