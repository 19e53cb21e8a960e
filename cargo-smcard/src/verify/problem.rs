//! What does not belong together: all of it, told up to a bound and counted beyond.

use smcard_core::source::visible;

use crate::excerpt;

/// How many problems are told.
const MOST: usize = 100;

/// Something that does not belong together.
pub(super) struct Problem {
    /// What kind of problem it is; stable, for programs.
    pub(super) code: &'static str,
    /// What it is about: `report`, a path in the statement, or the name of a subject; as it may be shown.
    pub(super) at: String,
    /// What is wrong, without both values.
    pub(super) message: &'static str,
    pub(super) expected: Option<String>,
    pub(super) found: Option<String>,
}

#[derive(Default)]
pub(super) struct Problems {
    pub(super) told: Vec<Problem>,
    /// How many there are, told or not.
    pub(super) count: usize,
}

impl Problems {
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Something is not what it should be.
    pub(super) fn differs(&mut self, code: &'static str, at: &str, message: &'static str, values: [Option<&str>; 2]) {
        let [expected, found] = match values {
            [Some(expected), Some(found)] => excerpt::difference(&visible(expected), &visible(found)).map(Some),
            one => one.map(|value| value.map(|value| excerpt::shortened(&visible(value)))),
        };
        self.push(Problem { code, at: visible(at), message, expected, found });
    }

    /// Something is wrong by itself.
    pub(super) fn wrong(&mut self, code: &'static str, at: &str, message: &'static str) {
        self.differs(code, at, message, [None, None]);
    }

    /// The report is none.
    pub(super) fn no_card(&mut self, why: &str) {
        self.differs("report-invalid", "report", "is no report of a card", [Some("a card in JSON"), Some(why)]);
    }

    fn push(&mut self, problem: Problem) {
        self.count += 1;
        if self.told.len() < MOST {
            self.told.push(problem);
        }
    }
}
