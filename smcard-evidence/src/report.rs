//! Reports of tests and scanners: by which tool, how often what it tried held, and which ids of taxonomies it names.
//!
//! Numbers of a report are given only if all of it could be read and its sums add up. Else there is a finding for each
//! reason, and no numbers at all: what could not be read may be what failed.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::input::Input;
use crate::scan::{Scan, cut};
use crate::{Code, Facts, limits};
pub use refs::Refs;

mod bounded;
#[cfg(test)]
mod facts;
mod garak;
mod json;
mod junit;
mod modelscan;
mod promptfoo;
mod refs;
mod sarif;

/// A report of a test or a scanner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How it is laid out.
    pub kind: ReportKind,
    /// The tools that it says it is of.
    pub tools: Vec<Tool>,
    /// What came of what was tried; nothing if there are findings.
    pub counts: Option<Counts>,
    /// How many issues there are of each severity, in lower case, where the tool says so.
    pub severities: BTreeMap<String, u64>,
    /// The ids of taxonomies that it names, by itself or through what it tested for.
    #[serde(flatten)]
    pub refs: Refs,
}

/// How a report is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ReportKind {
    /// JSON lines of garak. An attempt is an output that a detector judged, summed over the `eval` lines.
    Garak,
    /// JSON of ModelScan. An attempt is a file.
    ModelScan,
    /// SARIF 2.1.0. An attempt is a result, whatever its kind, or an error of the tool itself. Most tools write what
    /// failed and nothing else.
    Sarif,
    /// XML of JUnit. An attempt is a test case.
    JUnit,
    /// JSON of promptfoo. An attempt is a result; a pass is an attack that was defended, by an answer that was judged.
    Promptfoo,
}

impl ReportKind {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            ReportKind::Garak => "garak",
            ReportKind::ModelScan => "ModelScan",
            ReportKind::Sarif => "SARIF",
            ReportKind::JUnit => "JUnit",
            ReportKind::Promptfoo => "promptfoo",
        }
    }
}

/// A tool, as its report names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version, if the report says it.
    pub version: Option<String>,
}

/// What came of what was tried. All but `attempts` add up to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// How much was tried.
    pub attempts: u64,
    /// What was judged, and is as it should be.
    pub passes: u64,
    /// What was judged, and is not.
    pub failures: u64,
    /// What could not be judged, since something went wrong.
    pub errors: u64,
    /// What was not judged: skipped, not applicable, left to people, or without a verdict.
    pub skips: u64,
}

/// What came of one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Pass,
    Failure,
    Error,
    Skip,
}

/// Whether something may be a report by its first bytes: JSON or XML. Nothing else that is looked at begins so.
pub(crate) fn may_be(head: &[u8]) -> bool {
    matches!(text(head).trim_ascii_start().first(), Some(b'{' | b'<'))
}

/// What stands behind a mark of UTF-8.
fn text(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)
}

/// Reads a report; any other text is unknown, and nothing is said against it.
pub(crate) fn look(input: &mut Input<'_>, scan: &mut Scan) -> Facts {
    let draft = read(input);
    draft.map_or(Facts::Unknown, |draft| Facts::Report(draft.finish(scan)))
}

fn read(input: &mut Input<'_>) -> Option<Draft> {
    let head = input.peek(limits::BUFFER).ok()?;
    let marked = head.len() - text(head).len();
    if text(head).trim_ascii_start().starts_with(b"<") {
        input.skip(marked as u64).ok()?;
        return junit::read(input);
    }
    let kinds = json::kinds(text(head));
    input.skip(marked as u64).ok()?;
    let kind = *kinds.first()?;
    let mut draft = Draft::new(kind);
    if let Some(other) = kinds.get(1) {
        draft.problem(format!("it is laid out as a report of {} and of {}", kind.name(), other.name()));
        return Some(draft);
    }
    match kind {
        ReportKind::Garak => garak::read(input, &mut draft),
        ReportKind::ModelScan => json::document(input, &mut draft, modelscan::read),
        ReportKind::Sarif => json::document(input, &mut draft, sarif::read),
        ReportKind::Promptfoo => json::document(input, &mut draft, promptfoo::read),
        ReportKind::JUnit => {}
    }
    Some(draft)
}

/// A report while it is read.
#[derive(Debug)]
struct Draft {
    kind: ReportKind,
    tools: Vec<Tool>,
    counts: Counts,
    severities: BTreeMap<String, u64>,
    refs: Refs,
    problems: Problems,
}

impl Draft {
    fn new(kind: ReportKind) -> Self {
        Draft {
            kind,
            tools: Vec::new(),
            counts: Counts::default(),
            severities: BTreeMap::new(),
            refs: Refs::default(),
            problems: Problems::default(),
        }
    }

    fn problem(&mut self, message: impl Into<String>) {
        self.problems.add(message, None);
    }

    fn count(&mut self, outcome: Outcome, number: u64) {
        let counts = &mut self.counts;
        let of = match outcome {
            Outcome::Pass => &mut counts.passes,
            Outcome::Failure => &mut counts.failures,
            Outcome::Error => &mut counts.errors,
            Outcome::Skip => &mut counts.skips,
        };
        match (of.checked_add(number), counts.attempts.checked_add(number)) {
            (Some(sum), Some(attempts)) => (*of, counts.attempts) = (sum, attempts),
            _ => self.problem("its numbers are too large to be added up"),
        }
    }

    fn tool(&mut self, name: &str, version: Option<&str>) {
        let tool = Tool { name: shown(name), version: version.map(shown) };
        if self.tools.len() < limits::LISTED && !self.tools.contains(&tool) {
            self.tools.push(tool);
        }
    }

    /// Compares a sum that the report gives with what was counted.
    fn compare(&mut self, what: &str, said: &json::Loose, counted: u64) {
        match said {
            json::Loose::Absent | json::Loose::Null => {}
            json::Loose::Count(said) if *said == counted => {}
            json::Loose::Count(said) => self.problem(format!("`{what}` is {said}, and {counted} can be counted")),
            _ => self.problem(format!("`{what}` is not a count")),
        }
    }

    fn finish(self, scan: &mut Scan) -> Report {
        let whole = self.problems.kept.is_empty();
        self.problems.tell(scan);
        Report {
            kind: self.kind,
            tools: self.tools,
            counts: whole.then_some(self.counts),
            severities: if whole { self.severities } else { BTreeMap::new() },
            refs: self.refs,
        }
    }
}

/// Why a report cannot be relied on, in words that repeat no more of it than they must.
#[derive(Debug, Default)]
struct Problems {
    kept: Vec<(String, Option<u64>)>,
    more: u64,
}

impl Problems {
    fn add(&mut self, message: impl Into<String>, offset: Option<u64>) {
        let message = message.into();
        if self.kept.iter().any(|(kept, _)| *kept == message) {
            return;
        }
        if self.kept.len() < limits::FINDINGS - 1 {
            self.kept.push((message, offset));
        } else {
            self.more += 1;
        }
    }

    fn join(&mut self, other: Problems) {
        other.kept.into_iter().for_each(|(message, offset)| self.add(message, offset));
        self.more += other.more;
    }

    fn tell(self, scan: &mut Scan) {
        for (message, offset) in self.kept {
            scan.tell_at(Code::ReportUnreadable, message, offset);
        }
        if self.more > 0 {
            scan.tell(Code::ReportUnreadable, format!("there are {} more reasons not to rely on it", self.more));
        }
    }
}

/// A name out of a report as it may be repeated: without secrets, on one line, and not too long.
fn shown(text: &str) -> String {
    cut(smcard_core::source::visible(text), NAME)
}

/// How long a name out of a report may be.
const NAME: usize = 128;
