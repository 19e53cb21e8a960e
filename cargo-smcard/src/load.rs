//! Cards as they stand in files: their text, what is wrong with it, and the card that it states.
//!
//! Every command that reads a card reads it here, so that all of them take the same files and refuse them in the same
//! words.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use smcard_core::source::{Source, visible};
use smcard_core::tree::Node;
use smcard_core::{Day, Finding, Findings, MAX_BYTES, Policy, Problem, SecurityCard, rules};

use crate::told::{Checked, Place, Places};
pub(crate) use measured::{Files, measure as measured};
use notation::Notation;

mod measured;
pub(crate) mod notation;
pub(crate) mod walk;
pub(crate) mod yaml;

/// The text of a card.
pub(crate) struct CardText {
    /// The file, as it may be shown.
    pub(crate) file: String,
    pub(crate) text: String,
    notation: Notation,
}

/// The card that a text states.
pub(crate) struct Stated<'t> {
    /// What of the text fits a card.
    pub(crate) card: SecurityCard<'t>,
    /// Whether all of it does: if not, the rules of shape say what does not.
    pub(crate) whole: bool,
}

impl CardText {
    /// The text of a file; if it cannot be read, what a check says of it.
    pub(crate) fn read(file: &Path) -> Result<Self, Box<Checked>> {
        let shown = visible(&file.display().to_string());
        match open(file) {
            Ok(text) => {
                let notation = Notation::of(file).unwrap_or_else(|| Notation::of_text(&text));
                Ok(CardText { file: shown, text, notation })
            }
            Err((rule, problem)) => Err(Box::new(Checked::unreadable(shown, rule, *problem))),
        }
    }

    /// The text that comes through standard input.
    pub(crate) fn read_input() -> Result<Self, Box<Checked>> {
        let file = "standard input".to_owned();
        match text_of(io::stdin().lock(), 0) {
            Ok(text) => Ok(CardText { file, notation: Notation::of_text(&text), text }),
            Err((rule, problem)) => Err(Box::new(Checked::unreadable(file, rule, *problem))),
        }
    }

    /// Applies every rule; those of time only if a day is given, and those of files as far as these are read.
    pub(crate) fn check(&self, policy: &Policy, today: impl Into<Option<Day>>, files: Files<'_>) -> Checked {
        let today = today.into();
        match self.notation {
            Notation::Json => json(self.file.clone(), &self.text, policy, today, files),
            Notation::Yaml => yaml(self.file.clone(), &self.text, policy, today, files),
        }
    }

    /// As [`SecurityCard::check_json`] of the text of a report, with the rules of files as far as these are read.
    pub(crate) fn findings(&self, policy: &Policy, today: Option<Day>, files: Files<'_>) -> Findings {
        findings(&self.text, policy, today, files)
    }

    /// The card that the text states, whatever else the rules say of it; `None` if it is not JSON or YAML, or no block.
    /// A check says why.
    pub(crate) fn card(&self) -> Option<Stated<'_>> {
        let (card, whole) = SecurityCard::fitting(self.tree()?)?;
        Some(Stated { card, whole })
    }

    /// All that the text says, whether or not it fits a card.
    pub(crate) fn tree(&self) -> Option<Node<'_>> {
        match self.notation {
            Notation::Json => SecurityCard::tree_of_json(&self.text).ok(),
            Notation::Yaml => yaml::read(&self.text).ok().map(|yaml| yaml.card),
        }
    }
}

type Refused = (&'static smcard_core::Rule, Box<Problem>);

fn refused(why: &str) -> Refused {
    (rules::INVALID_SYNTAX, Box::new(Problem::new(format!("the card cannot be read: {why}"))))
}

fn too_large() -> Refused {
    let problem = Problem::new(format!("the file has more than {MAX_BYTES} bytes")).note(rules::CARD_TOO_LARGE.summary);
    (rules::CARD_TOO_LARGE, Box::new(problem))
}

/// The text of a regular file.
fn open(file: &Path) -> Result<String, Refused> {
    let failed = |error: io::Error| {
        let is_link = || fs::symlink_metadata(file).is_ok_and(|about| about.is_symlink());
        match fs::metadata(file) {
            Ok(about) => regular(&about).err().unwrap_or_else(|| refused(&error.to_string())),
            Err(gone) if gone.kind() == io::ErrorKind::NotFound && is_link() => {
                refused("it is a link that leads nowhere")
            }
            Err(_) => refused(&error.to_string()),
        }
    };
    let mut options = File::options();
    // A pipe that nobody writes to would be waited for without end.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, nix::libc::O_NONBLOCK);
    let open = options.read(true).open(file).map_err(failed)?;
    let about = open.metadata().map_err(failed)?;
    regular(&about)?;
    if about.len() > MAX_BYTES as u64 {
        return Err(too_large());
    }
    text_of(open, usize::try_from(about.len()).unwrap_or_default())
}

/// Whether it is a regular file: nothing else is read.
fn regular(about: &Metadata) -> Result<(), Refused> {
    match about.is_file() {
        true => Ok(()),
        false if about.is_dir() => Err(refused("it is a folder")),
        false => Err(refused("it is not a regular file")),
    }
}

/// All that can be read, if it is a text that is not too long.
fn text_of(input: impl Read, expected: usize) -> Result<String, Refused> {
    let mut bytes = Vec::with_capacity(expected);
    // What is added to a file meanwhile is not asked for.
    let limit = if expected > 0 { expected } else { MAX_BYTES + 1 };
    let read = input.take(limit as u64).read_to_end(&mut bytes);
    read.map_err(|error| refused(&error.to_string()))?;
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

fn findings(text: &str, policy: &Policy, today: Option<Day>, files: Files<'_>) -> Findings {
    SecurityCard::check_json_measured(text, policy, today, &|card| measured::measure(card, files, policy))
}

fn json(file: String, text: &str, policy: &Policy, today: Option<Day>, files: Files<'_>) -> Checked {
    let findings = findings(text, policy, today, files);
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

fn yaml(file: String, text: &str, policy: &Policy, today: Option<Day>, files: Files<'_>) -> Checked {
    let read = match yaml::read(text) {
        Ok(read) => read,
        Err(broken) => return broken_yaml(file, text, broken),
    };
    let evidence = measured::measure(&read.card, files, policy);
    let findings = SecurityCard::check_tree_measured(&read.card, policy, today, evidence.as_ref());
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
