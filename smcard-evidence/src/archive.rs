//! What archives hold: the members that are something.

use serde::Serialize;

use crate::facts::{Facts, Format};
use crate::limits;
use crate::scan::{Scan, text};
use crate::{Code, member};

/// What an archive holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Archive {
    /// How many members it has.
    pub members: u64,
    /// The members that have a format which is known, the first of them.
    pub inside: Vec<Inside>,
    /// How many more of these there are.
    pub omitted: u64,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inside {
    /// Its name.
    pub name: String,
    /// What it is.
    pub format: Format,
    /// What it says.
    pub facts: Box<Facts>,
}

impl Inside {
    pub(crate) fn new(name: String, facts: Facts) -> Self {
        Inside { name, format: facts.format(), facts: Box::new(facts) }
    }
}

impl Archive {
    /// Counts a member, and looks at it.
    pub(crate) fn look(&mut self, name: &[u8], scan: &mut Scan, look: impl FnOnce(&mut Scan) -> Option<Facts>) {
        self.members += 1;
        let shown = text(name);
        if let Some(why) = member::leaves(name) {
            scan.tell(Code::PathOutside, format!("the member `{shown}` {why}"));
        }
        let facts = scan.within(&shown, look).flatten().unwrap_or(Facts::Unknown);
        if facts == Facts::Unknown {
            return;
        }
        if self.inside.len() < limits::LISTED {
            self.inside.push(Inside::new(shown, facts));
        } else {
            self.omitted += 1;
        }
    }
}
