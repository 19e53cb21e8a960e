//! XML of JUnit: suites of test cases. No document type is read, so that nothing in it stands for something else.

use std::io::BufReader;
use std::ops::AddAssign;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::bounded::{Allowance, Bounded};
use super::{Draft, Outcome, ReportKind, shown};
use crate::input::Input;
use crate::limits;

/// Reads a report; `None` if it is XML of another kind, or none.
pub(super) fn read(input: &mut Input<'_>) -> Option<Draft> {
    let allowance = Allowance::new(limits::REPORT_PIECE);
    let mut xml = Reader::from_reader(BufReader::new(Bounded::new(input, &allowance)));
    let mut report = JUnit { draft: Draft::new(ReportKind::JUnit), open: Vec::new(), has_root: false, has_type: false };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let next = match xml.read_event_into(&mut buffer) {
            Ok(event) => report.event(&event),
            Err(_) => Next::Stop(allowance.spent().unwrap_or_else(|| "it is not XML".to_owned())),
        };
        match next {
            Next::Go => allowance.renew(),
            Next::End => return Some(report.draft),
            Next::Other => return None,
            Next::Stop(_) if !report.has_root => return None,
            Next::Stop(message) => {
                report.draft.problems.add(message, Some(xml.buffer_position()));
                return Some(report.draft);
            }
        }
    }
}

enum Next {
    Go,
    End,
    /// It is no report.
    Other,
    Stop(String),
}

struct JUnit {
    draft: Draft,
    open: Vec<Element>,
    has_root: bool,
    has_type: bool,
}

enum Element {
    /// `testsuites` or `testsuite`.
    Suite(Suite),
    Case(Case),
    /// What stands in a suite or a case and says nothing of an outcome.
    Aside,
}

#[derive(Default)]
struct Suite {
    is_root: bool,
    said: Said,
    /// The cases in it and in its suites.
    cases: Tally,
    /// Those of them that stand in it directly.
    own: Tally,
}

/// The sums that a suite gives itself.
#[derive(Default)]
struct Said {
    tests: Option<u64>,
    failures: Option<u64>,
    errors: Option<u64>,
    skipped: Option<u64>,
}

/// How many cases there are, and how many of them have which mark.
#[derive(Default, Clone, Copy)]
struct Tally {
    tests: u64,
    failures: u64,
    errors: u64,
    skipped: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.tests += other.tests;
        self.failures += other.failures;
        self.errors += other.errors;
        self.skipped += other.skipped;
    }
}

#[derive(Default)]
struct Case {
    failed: bool,
    erred: bool,
    skipped: bool,
    /// An attribute says that it failed.
    said_failed: bool,
}

/// What may stand in a suite, and in a case, beside what counts.
const IN_SUITE: [&str; 3] = ["properties", "system-out", "system-err"];
/// `flakyFailure` and the like are of runs before the last one, which decides.
const IN_CASE: [&str; 7] =
    ["properties", "system-out", "system-err", "flakyFailure", "flakyError", "rerunFailure", "rerunError"];

impl JUnit {
    fn event(&mut self, event: &Event<'_>) -> Next {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::Empty(tag) => match self.start(tag) {
                Next::Go => self.end(),
                other => other,
            },
            Event::End(_) => self.end(),
            Event::DocType(_) => {
                self.has_type = true;
                if self.has_root { Next::Stop("it has a document type in its middle".to_owned()) } else { Next::Go }
            }
            Event::Text(text) if self.open.is_empty() && !text.trim_ascii().is_empty() => {
                Next::Stop("text stands outside its root".to_owned())
            }
            Event::CData(_) | Event::GeneralRef(_) if self.open.is_empty() => {
                Next::Stop("text stands outside its root".to_owned())
            }
            Event::Eof if !self.open.is_empty() => Next::Stop("it ends in the middle".to_owned()),
            Event::Eof if self.has_root => Next::End,
            Event::Eof => Next::Other,
            _ => Next::Go,
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) -> Next {
        let local = tag.local_name();
        let name = String::from_utf8_lossy(local.as_ref());
        if self.open.len() >= limits::ELEMENTS {
            return Next::Stop(format!("more than {} elements stand in each other", limits::ELEMENTS));
        }
        let element = match (self.open.last_mut(), &*name) {
            (None, "testsuites" | "testsuite") if !self.has_root => {
                self.has_root = true;
                if self.has_type {
                    return Next::Stop("it has a document type, which is not read".to_owned());
                }
                self.suite(tag, &name)
            }
            (None, _) if self.has_root => return Next::Stop("an element stands behind its root".to_owned()),
            (None, _) => return Next::Other,
            (Some(Element::Suite(_)), "testsuite") => self.suite(tag, &name),
            (Some(Element::Suite(suite)), "testcase") if !suite.is_root => self.case(tag),
            (Some(Element::Suite(_)), name) if IN_SUITE.contains(&name) => Element::Aside,
            (Some(Element::Case(case)), "failure" | "error" | "skipped") => {
                match &*name {
                    "failure" => case.failed = true,
                    "error" => case.erred = true,
                    _ => case.skipped = true,
                }
                Element::Aside
            }
            (Some(Element::Case(_)), name) if IN_CASE.contains(&name) => Element::Aside,
            (Some(Element::Aside), "testsuite" | "testcase") | (Some(Element::Suite(_) | Element::Case(_)), _) => {
                let message = format!("`{}` stands where a report of JUnit does not have it", shown(&name));
                self.draft.problem(message);
                Element::Aside
            }
            (Some(Element::Aside), name) => {
                if name == "property" {
                    self.property(tag);
                }
                Element::Aside
            }
        };
        self.open.push(element);
        Next::Go
    }

    /// Reads the attributes of an element.
    fn attributes(&mut self, tag: &BytesStart<'_>, mut take: impl FnMut(&mut Draft, &str, &str)) {
        // Its own check compares each with each.
        for attribute in tag.attributes().with_checks(false) {
            match attribute {
                Ok(attribute) => {
                    let key = String::from_utf8_lossy(attribute.key.as_ref());
                    take(&mut self.draft, &key, String::from_utf8_lossy(&attribute.value).trim());
                }
                Err(_) => return self.draft.problem("an attribute is not XML"),
            }
        }
    }

    fn suite(&mut self, tag: &BytesStart<'_>, name: &str) -> Element {
        let mut said = Said::default();
        let mut seen = Vec::new();
        self.attributes(tag, |draft, key, value| {
            let of = match key {
                "tests" => &mut said.tests,
                "failures" => &mut said.failures,
                "errors" => &mut said.errors,
                // Some tools tell what they were told to leave out from what left itself out.
                "skipped" | "skips" | "skip" | "ignored" | "disabled" => &mut said.skipped,
                _ => return,
            };
            if seen.iter().any(|known| known == key) {
                return draft.problem(format!("a suite has `{key}` twice"));
            }
            seen.push(key.to_owned());
            let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
            match value.parse::<u64>().ok().filter(|_| digits) {
                Some(number) => *of = Some(of.unwrap_or_default().saturating_add(number)),
                None => draft.problem(format!("`{key}` of a suite is not a count")),
            }
        });
        Element::Suite(Suite { is_root: name == "testsuites", said, ..Suite::default() })
    }

    fn case(&mut self, tag: &BytesStart<'_>) -> Element {
        let mut case = Case::default();
        self.attributes(tag, |_, key, value| {
            if !matches!(key, "status" | "result") {
                return;
            }
            match value.to_ascii_lowercase().as_str() {
                "notrun" | "suppressed" | "skipped" | "disabled" | "ignored" | "pending" => case.skipped = true,
                "failed" | "failure" | "fail" | "error" | "broken" => case.said_failed = true,
                _ => {}
            }
        });
        Element::Case(case)
    }

    /// Adds the id that a property has as its value.
    fn property(&mut self, tag: &BytesStart<'_>) {
        self.attributes(tag, |draft, key, value| {
            if key == "value" {
                draft.refs.tag(value);
            }
        });
    }

    fn end(&mut self) -> Next {
        match self.open.pop() {
            Some(Element::Case(case)) => {
                let tally = self.judge(&case);
                if let Some(Element::Suite(suite)) = self.open.last_mut() {
                    suite.own += tally;
                    suite.cases += tally;
                }
            }
            Some(Element::Suite(suite)) => {
                self.compare(&suite);
                if let Some(Element::Suite(parent)) = self.open.last_mut() {
                    parent.cases += suite.cases;
                }
            }
            Some(Element::Aside) | None => {}
        }
        Next::Go
    }

    fn judge(&mut self, case: &Case) -> Tally {
        let outcome = match case {
            Case { erred: true, .. } => Outcome::Error,
            Case { failed: true, .. } => Outcome::Failure,
            Case { said_failed: true, .. } => {
                self.draft.problem("a test case says that it failed, and has neither `failure` nor `error`");
                Outcome::Error
            }
            Case { skipped: true, .. } => Outcome::Skip,
            _ => Outcome::Pass,
        };
        self.draft.count(outcome, 1);
        Tally { tests: 1, failures: case.failed.into(), errors: case.erred.into(), skipped: case.skipped.into() }
    }

    /// Compares the sums of a suite with its cases: all of them, or those that stand in it directly.
    fn compare(&mut self, suite: &Suite) {
        let Suite { said, cases, own, .. } = suite;
        if own.tests > 0 && said.beside(own).all(|(_, said, counted)| said == counted) {
            return;
        }
        for (name, said, counted) in said.beside(cases).filter(|(_, said, counted)| said != counted) {
            self.draft.problem(format!("`{name}` of a suite is {said}, and {counted} can be counted"));
        }
    }
}

impl Said {
    /// Each sum that is said, with what was counted.
    fn beside(&self, tally: &Tally) -> impl Iterator<Item = (&'static str, u64, u64)> + use<> {
        [
            ("tests", self.tests, tally.tests),
            ("failures", self.failures, tally.failures),
            ("errors", self.errors, tally.errors),
            ("skipped", self.skipped, tally.skipped),
        ]
        .into_iter()
        .filter_map(|(name, said, counted)| Some((name, said?, counted)))
    }
}
