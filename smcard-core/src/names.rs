//! [`Names`]: numbers by name, the one map of this crate.
//!
//! Every kind of map is compiled anew at every clean build of every user. So a set is one whose numbers say nothing, and
//! what else a name stands for is in a list, where its number says.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Names, each with a number.
#[derive(Debug, Clone, Default)]
pub struct Names<'n>(BTreeMap<Cow<'n, str>, usize>);

impl<'n> Names<'n> {
    /// The number of a name.
    pub fn get(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }

    /// Whether the name is there.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Gives a name its number, in place of the one that it had.
    pub fn set(&mut self, name: Cow<'n, str>, number: usize) {
        self.0.insert(name, number);
    }

    /// Adds a name. Whether it is new.
    pub fn add(&mut self, name: &'n str) -> bool {
        let new = !self.contains(name);
        if new {
            self.set(Cow::Borrowed(name), 0);
        }
        new
    }
}
