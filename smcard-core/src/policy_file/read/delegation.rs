//! `[policy]`: what a file leaves to nearer ones, and what it rests on.

use std::sync::LazyLock;

use crate::excerpt::shown;
use crate::finding::Problem;
use crate::names::Names;
use crate::policy_file::document::Table;
use crate::policy_file::section::Section;
use crate::rules::{self, UNKNOWN_POLICY_KEY};
use crate::suggest::{listed, nearest};

/// What can be left to nearer files; `level.` and a rule's code for the level of that rule alone.
const WORDS: &[&str] = &[
    "optional",
    "risk",
    "review",
    "coverage",
    "license",
    "files",
    "evidence",
    "extension",
    "taxonomy",
    "exception",
    "level",
];

/// Reads the section; what it holds has been taken from the table already.
pub(super) fn check(mut section: Section<'_>) {
    section.text("extends");
    for word in section.texts("delegate") {
        if !KNOWN.contains(&word.value) {
            section.source().report(UNKNOWN_POLICY_KEY, word.span, &|| unknown(&word.value));
        }
    }
    section.finish();
}

/// What a file leaves to nearer ones.
pub(super) fn words(table: &Table<'_>) -> Vec<String> {
    let value = table.get("policy").and_then(|policy| policy.value.get("delegate"));
    let values = value.and_then(|value| value.value.items()).unwrap_or_default();
    let mut named = Names::default();
    for value in values {
        if let Some(word) = value.value.text() {
            named.add(word);
        }
    }
    KNOWN.iter().filter(|word| named.contains(word)).cloned().collect()
}

/// All words, those for the level of one rule each included.
static KNOWN: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut known = Vec::new();
    for word in WORDS {
        known.push((*word).to_owned());
    }
    for rule in rules::all() {
        if rule.adjustable {
            known.push(format!("level.{}", rule.code));
        }
    }
    known
});

fn unknown(word: &str) -> Problem {
    let problem = Problem::new(format!("unknown delegation `{}`", shown(word)));
    match nearest(word, KNOWN.iter().map(String::as_str)) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => {
            problem.help(format!("a file can delegate {}, and `level.` with a rule", listed(WORDS.iter().copied())))
        }
    }
}
