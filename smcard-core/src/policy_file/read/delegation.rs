//! `[policy]`: what a file leaves to nearer ones, and what it rests on.

use std::sync::LazyLock;

use toml::de::{DeTable, DeValue};

use crate::excerpt::shown;
use crate::finding::Problem;
use crate::policy_file::section::Section;
use crate::rules::{self, UNKNOWN_POLICY_KEY};
use crate::suggest::{listed, nearest};

/// What can be left to nearer files; `level.` and a rule's code for the level of that rule alone.
const WORDS: &[&str] = &["optional", "risk", "coverage", "license", "extension", "taxonomy", "exception", "level"];

/// Reads the section; what it holds has been taken from the table already.
pub(super) fn check(mut section: Section<'_>) {
    section.text("extends");
    for word in section.texts("delegate") {
        if !is_known(&word.value) {
            section.source().report(UNKNOWN_POLICY_KEY, word.span, || unknown(&word.value));
        }
    }
    section.finish();
}

/// What a file leaves to nearer ones.
pub(super) fn words(table: &DeTable<'_>) -> Vec<String> {
    let values = match table.get("policy").and_then(|policy| policy.get_ref().get("delegate")).map(|it| it.get_ref()) {
        Some(DeValue::Array(values)) => values.iter().filter_map(|value| value.get_ref().as_str()).collect(),
        _ => Vec::new(),
    };
    let mut words: Vec<String> = values.into_iter().filter(|word| is_known(word)).map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn is_known(word: &str) -> bool {
    WORDS.contains(&word)
        || word.strip_prefix("level.").is_some_and(|code| rules::named(code).is_some_and(|it| it.adjustable))
}

/// The words for the level of one rule each. A hundred misspelt ones ask for them.
static LEVELS: LazyLock<Vec<String>> =
    LazyLock::new(|| rules::all().filter(|rule| rule.adjustable).map(|rule| format!("level.{}", rule.code)).collect());

fn unknown(word: &str) -> Problem {
    let problem = Problem::new(format!("unknown delegation `{}`", shown(word)));
    match nearest(word, WORDS.iter().copied().chain(LEVELS.iter().map(String::as_str))) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => {
            problem.help(format!("a file can delegate {}, and `level.` with a rule", listed(WORDS.iter().copied())))
        }
    }
}
