//! What holds for whatever is said of an input.

use std::fmt::Display;

/// Something of the shape of a token, which seeds hold and no output may.
const SECRET: &str = "ghp_ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ";

/// How much of it would tell on it.
const PART: &str = "ZZZZZZZZZZZZ";

/// The most errors that a reader is shown, and the most warnings.
const SHOWN: usize = 100;

/// Checks what is said of an input: it is bounded, it tells on no secret, it drives no terminal.
pub(crate) fn check(findings: &impl Display, input: &str) {
    let said = findings.to_string();
    let count = said.lines().filter(|line| line.starts_with("code: ")).count();
    assert!(count <= 2 * SHOWN, "{count} findings, where a reader needs {SHOWN} errors, as many warnings, and a count");
    check_words(&said, input);
}

/// As [`check`], of the words alone.
pub(crate) fn check_words(said: &str, input: &str) {
    let drives = |char: char| (char.is_control() && char != '\n') || "\u{2028}\u{2029}".contains(char);
    let turns = |char: char| matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!said.contains(|char| drives(char) || turns(char)), "a character that drives a terminal: {said:?}");
    assert!(!holds_secret(input) || !said.contains(PART), "a secret is told on: {said}");
}

/// Whether the input holds the secret as a word of its own, and nothing else that looks like a
/// part of it.
fn holds_secret(input: &str) -> bool {
    let parts: Vec<&str> = input.split(SECRET).collect();
    let alone = |window: &[&str]| match window {
        [before, after] => !before.ends_with(char::is_alphanumeric) && !after.starts_with(is_of_word),
        _ => false,
    };
    parts.len() > 1 && parts.iter().all(|part| !part.contains("ZZ")) && parts.windows(2).all(alone)
}

fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_' || char == '-'
}
