//! A statement compared with a report: its head, its card, and the files that the card names.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use smcard_core::{REPORT_FILE_NAME, SecurityCard};
use smcard_export::in_toto::{self, PREDICATE_V1, STATEMENT_V1};

use super::problem::Problems;
use super::statement::Statement;

/// What kind of statement it is.
pub(super) fn head(statement: &Statement, problems: &mut Problems) {
    for (code, key, expected) in
        [("statement-type", "_type", STATEMENT_V1), ("predicate-type", "predicateType", PREDICATE_V1)]
    {
        let found = statement.text(key);
        if found != Some(expected) {
            problems.differs(code, key, "is another one", [Some(expected), found.or(Some("nothing"))]);
        }
    }
}

/// Whether the report is a subject.
pub(super) fn report(statement: &Statement, sha256: &str, problems: &mut Problems) {
    let mut named = statement.subjects().filter(|subject| subject.name == REPORT_FILE_NAME).peekable();
    if named.peek().is_none() {
        return problems.wrong("report-missing", REPORT_FILE_NAME, "is no subject of the statement");
    }
    let digests: Vec<Option<String>> = named.map(|subject| subject.sha256).collect();
    if !digests.iter().flatten().any(|digest| digest == sha256) {
        let expected = digests.first().and_then(Option::as_deref).unwrap_or("no SHA-256");
        let message = "is not the one of the statement";
        problems.differs("report-differs", "report", message, [Some(expected), Some(sha256)]);
    }
}

/// Whether the card of the statement is that of the report.
pub(super) fn card(statement: &Statement, report: &Value, problems: &mut Problems) {
    match statement.card() {
        None => problems.wrong("card-missing", "predicate.card", "is not there"),
        Some(card) => differences("predicate.card", Some(report), Some(card), problems),
    }
}

fn differences(path: &str, expected: Option<&Value>, found: Option<&Value>, problems: &mut Problems) {
    match (expected, found) {
        (Some(Value::Object(expected)), Some(Value::Object(found))) => {
            let added = found.keys().filter(|key| !expected.contains_key(*key));
            for key in expected.keys().chain(added) {
                differences(&format!("{path}.{key}"), expected.get(key), found.get(key), problems);
            }
        }
        (Some(Value::Array(expected)), Some(Value::Array(found))) => {
            for index in 0..expected.len().max(found.len()) {
                differences(&format!("{path}[{index}]"), expected.get(index), found.get(index), problems);
            }
        }
        // Other programs write `1` as `1.0`.
        (Some(Value::Number(expected)), Some(Value::Number(found))) if expected.as_f64() == found.as_f64() => {}
        (expected, found) if expected == found => {}
        (expected, found) => {
            let words = |value: Option<&Value>| match value {
                Some(Value::String(text)) => text.clone(),
                Some(value) => value.to_string(),
                None => "nothing".to_owned(),
            };
            let message = "is not what the report says";
            problems.differs("card-differs", path, message, [Some(&words(expected)), Some(&words(found))]);
        }
    }
}

/// Whether the subjects are the files of the card.
pub(super) fn subjects(statement: &Statement, card: &SecurityCard<'_>, problems: &mut Problems) {
    let stated = in_toto::files(card).unwrap_or_else(|_| {
        problems.no_card("`smcard check` says why");
        Vec::new()
    });
    let mut found: HashMap<&str, Vec<Option<String>>> = HashMap::new();
    for subject in statement.subjects().filter(|subject| subject.name != REPORT_FILE_NAME) {
        found.entry(subject.name).or_default().push(subject.sha256);
    }
    let names: HashSet<&str> = stated.iter().map(|file| file.name.as_str()).collect();
    for file in &stated {
        match found.get(file.name.as_str()) {
            _ if file.name == REPORT_FILE_NAME => {}
            None => {
                let message = "has a digest in the card, and is no subject of the statement";
                problems.wrong("subject-missing", &file.name, message);
            }
            Some(digests) if digests.iter().flatten().any(|digest| *digest == file.sha256) => {}
            Some(digests) => {
                let found = digests.first().and_then(Option::as_deref).unwrap_or("no SHA-256");
                let message = "has another digest in the statement than in the card";
                problems.differs("subject-differs", &file.name, message, [Some(&file.sha256), Some(found)]);
            }
        }
    }
    let mut told = HashSet::new();
    for subject in statement.subjects() {
        let known = subject.name == REPORT_FILE_NAME || names.contains(subject.name);
        if !known && told.insert(subject.name) {
            let message = "is a subject of the statement, and no file of the card with a digest";
            problems.wrong("subject-unknown", subject.name, message);
        }
    }
}
