//! From a file to what is wrong with the card in it.

use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use smcard_core::source::{Source, visible};
use smcard_core::{Day, Finding, Findings, MAX_BYTES, Policy, Problem, SecurityCard, rules};

use super::notation::Notation;
use super::told::{Checked, Place, Places};
use super::{notation, yaml};

/// Reads a card and applies every rule.
pub(crate) fn check(file: &Path, policy: &Policy, today: Day) -> Checked {
    let shown = visible(&file.display().to_string());
    let text = match open(file) {
        Ok(text) => text,
        Err((rule, problem)) => return Checked::unreadable(shown, rule, *problem),
    };
    check_text(shown, &text, Notation::of(file), policy, today)
}

/// Applies every rule to the text of a card, which messages call `file`.
pub(crate) fn check_text(file: String, text: &str, notation: Option<Notation>, policy: &Policy, today: Day) -> Checked {
    match notation.unwrap_or_else(|| Notation::of_text(text)) {
        Notation::Json => json(file, text, policy, today),
        Notation::Yaml => yaml(file, text, policy, today),
    }
}

type Refused = (&'static smcard_core::Rule, Box<Problem>);

/// The text of a regular file. Nothing else is opened: a pipe would be waited for without end.
fn open(file: &Path) -> Result<String, Refused> {
    let refused =
        |why: &str| (rules::INVALID_SYNTAX, Box::new(Problem::new(format!("the card cannot be read: {why}"))));
    let failed = |error: io::Error| {
        let is_link = fs::symlink_metadata(file).is_ok_and(|about| about.is_symlink());
        match error.kind() {
            io::ErrorKind::NotFound if is_link => refused("it is a link that leads nowhere"),
            _ => refused(&error.to_string()),
        }
    };
    let about = fs::metadata(file).map_err(failed)?;
    if about.is_dir() {
        return Err(refused("it is a folder"));
    }
    if !about.is_file() {
        return Err(refused("it is not a regular file"));
    }
    let too_large = || {
        let problem =
            Problem::new(format!("the file has more than {MAX_BYTES} bytes")).note(rules::CARD_TOO_LARGE.summary);
        (rules::CARD_TOO_LARGE, Box::new(problem))
    };
    if about.len() > MAX_BYTES as u64 {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default() + 1);
    File::open(file).and_then(|file| file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() > MAX_BYTES {
        return Err(too_large());
    }
    String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes().iter().take(error.utf8_error().valid_up_to()).filter(|it| **it == b'\n').count();
        let problem =
            Problem::new(format!("the file is not UTF-8, from line {} on", line + 1)).help("save it as UTF-8");
        (rules::INVALID_SYNTAX, Box::new(problem))
    })
}

fn json(file: String, text: &str, policy: &Policy, today: Day) -> Checked {
    let findings = SecurityCard::check_json(text, policy, Some(today));
    if findings.is_empty() {
        return Checked::new(file, findings, |_| None, None);
    }
    let broken = findings.iter().any(|finding| finding.rule.code == rules::INVALID_SYNTAX.code);
    let mut source = Source::new(text, broken);
    let place = |finding: &Finding| {
        // What is not JSON has its line drawn already.
        let at = finding.position.filter(|_| finding.file.is_none())?;
        let bytes = token(text, finding.at);
        let columns = text.get(bytes.clone()).unwrap_or_default().chars().count();
        Some(Place { bytes, position: Some(at), columns: Some(columns) })
    };
    let findings = notation::all(findings, Notation::Json);
    Checked::new(file, findings, place, Some(&mut source))
}

/// The key or value that begins at a place of JSON; of a block and a list their bracket.
fn token(text: &str, at: usize) -> Range<usize> {
    let rest = text.get(at..).unwrap_or_default();
    let length = match rest.bytes().next() {
        Some(b'"') => {
            let mut escaped = false;
            let end = rest.bytes().skip(1).position(|byte| {
                let ends = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                ends
            });
            end.map_or(1, |end| end + 2)
        }
        Some(b'{' | b'[') => 1,
        _ => rest.find(|char: char| char.is_whitespace() || ",]}:".contains(char)).unwrap_or(rest.len()),
    };
    at..at + length
}

fn yaml(file: String, text: &str, policy: &Policy, today: Day) -> Checked {
    let read = match yaml::read(text) {
        Ok(read) => read,
        Err(broken) => return broken_yaml(file, text, broken),
    };
    let findings = SecurityCard::check_tree(&read.card, policy, Some(today));
    if findings.is_empty() {
        return Checked::new(file, findings, |_| None, None);
    }
    let range = |finding: &Finding| finding.file.is_none().then(|| read.places.get(finding.at).cloned()).flatten();
    let places = Places::of(text, findings.iter().filter_map(range).collect());
    let mut source = Source::new(text, false);
    for secret in read.secrets() {
        source.hide(secret);
    }
    let findings = notation::all(findings, Notation::Yaml);
    Checked::new(file, findings, |finding| places.get(&range(finding)?), Some(&mut source))
}

fn broken_yaml(file: String, text: &str, broken: yaml::Broken) -> Checked {
    let at = broken.at.and_then(|(line, column)| offset(text, line, column));
    let findings = Findings::from_iter([Finding::new(broken.rule, "", 0, Problem::new(broken.message))]);
    let mut source = Source::new(text, true);
    let bytes = at.map(|at| at..at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let places = Places::of(text, bytes.clone().into_iter().collect());
    Checked::new(file, findings, |_| places.get(bytes.as_ref()?), Some(&mut source))
}

/// The byte of a line and a column, both counted from 1, the column in characters.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let rest = text.get(start..)?.lines().next().unwrap_or_default();
    let within = rest.char_indices().nth(column.checked_sub(1)?).map_or(rest.len(), |(at, _)| at);
    Some(start + within)
}
