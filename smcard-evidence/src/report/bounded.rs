//! A reader that gives so much and no more until it is told to go on: what a parser takes into memory at once.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::input::Input;

/// How much may still be read.
#[derive(Clone)]
pub(super) struct Allowance {
    whole: u64,
    left: Rc<Cell<u64>>,
}

impl Allowance {
    pub(super) fn new(whole: u64) -> Self {
        Allowance { whole, left: Rc::new(Cell::new(whole)) }
    }

    /// Allows as much again, counted from here.
    pub(super) fn renew(&self) {
        self.left.set(self.whole);
    }

    /// What is said once it is used up; nothing before.
    pub(super) fn spent(&self) -> Option<String> {
        (self.left.get() == 0)
            .then(|| format!("it has more than {} MiB in one piece, and was not read on", self.whole >> 20))
    }
}

pub(super) struct Bounded<'a, 'r> {
    input: &'a mut Input<'r>,
    allowance: Allowance,
}

impl<'a, 'r> Bounded<'a, 'r> {
    pub(super) fn new(input: &'a mut Input<'r>, allowance: &Allowance) -> Self {
        Bounded { input, allowance: allowance.clone() }
    }
}

impl Read for Bounded<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.allowance.left.get();
        if left == 0 && !into.is_empty() {
            return Err(io::Error::other("more than is read in one piece"));
        }
        let most = into.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = self.input.read(into.get_mut(..most).unwrap_or_default())?;
        self.allowance.left.set(left - read as u64);
        Ok(read)
    }
}
