//! The file, of which no more is read than there may be.

use std::cell::Cell;
use std::io::{Read, Seek};
use std::ops::Range;

use object::ReadRef;
use object::read::ReadCache;

use crate::problem::Problem;

/// What a read costs besides its bytes: time, and its place in the cache. So there are at most a million.
const COST: u64 = 64;

/// The longest name of a section that is looked at. Ours are shorter.
const LONGEST_NAME: u64 = 32;

/// The file or a part of it, and how much of it may still be read.
pub(crate) struct Input<'i, R: Read + Seek> {
    cache: &'i ReadCache<R>,
    left: &'i Cell<u64>,
    start: u64,
    length: u64,
}

impl<R: Read + Seek> Clone for Input<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Read + Seek> Copy for Input<'_, R> {}

impl<'i, R: Read + Seek> Input<'i, R> {
    pub(crate) fn new(cache: &'i ReadCache<R>, left: &'i Cell<u64>, length: u64) -> Self {
        Input { cache, left, start: 0, length }
    }

    /// A part of it, if it is in it.
    pub(crate) fn part(self, start: u64, length: u64) -> Option<Self> {
        let within = start.checked_add(length).is_some_and(|end| end <= self.length);
        within.then_some(Input { start: self.start + start, length, ..self })
    }

    /// The bytes at a place, if they are in it.
    pub(crate) fn bytes(self, start: u64, length: u64) -> Option<&'i [u8]> {
        self.read_bytes_at(start, length).ok()
    }

    pub(crate) fn length(self) -> u64 {
        self.length
    }

    /// That no more may be read, where that is why something failed.
    pub(crate) fn spent(self) -> Option<Problem> {
        (self.left.get() == 0).then_some(Problem::TooMuch)
    }
}

impl<'i, R: Read + Seek> ReadRef<'i> for Input<'i, R> {
    fn len(self) -> Result<u64, ()> {
        Ok(self.length)
    }

    fn read_bytes_at(self, offset: u64, size: u64) -> Result<&'i [u8], ()> {
        let part = self.part(offset, size).ok_or(())?;
        let left = self.left.get().checked_sub(size.saturating_add(COST));
        // Once it is spent, it stays so.
        self.left.set(left.unwrap_or(0));
        left.ok_or(())?;
        self.cache.read_bytes_at(part.start, size)
    }

    fn read_bytes_at_until(self, range: Range<u64>, delimiter: u8) -> Result<&'i [u8], ()> {
        let size = range.end.checked_sub(range.start).ok_or(())?.min(LONGEST_NAME);
        let bytes = self.read_bytes_at(range.start, size)?;
        let length = bytes.iter().position(|byte| *byte == delimiter).ok_or(())?;
        bytes.get(..length).ok_or(())
    }
}
