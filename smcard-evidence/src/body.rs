//! What is looked at: bytes that come once, or a part of a file in which one can go back.

use std::io::{self, Read, Seek, SeekFrom};

use crate::input::Input;
use crate::seek_read::SeekRead;

/// The bytes of a file or of a member.
pub(crate) enum Body<'a, 'r> {
    /// What is decompressed, or hashed, while it is read.
    Stream(&'a mut Input<'r>),
    /// What begins at 0 and has so many bytes.
    Seek(&'a mut dyn SeekRead, u64),
}

/// A part of a file, as a file.
pub(crate) struct Window<'a> {
    inner: &'a mut dyn SeekRead,
    start: u64,
    length: u64,
    at: u64,
}

impl<'a> Window<'a> {
    /// From `start` on `length` bytes. Where the file has fewer, it ends early.
    pub(crate) fn new(inner: &'a mut dyn SeekRead, start: u64, length: u64) -> Self {
        Window { inner, start, length, at: 0 }
    }
}

impl Read for Window<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = into.len().min(left);
        // Whoever else holds the file may have moved in it.
        self.inner.seek(SeekFrom::Start(self.start.saturating_add(self.at)))?;
        let read = self.inner.read(into.get_mut(..most).unwrap_or_default())?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Window<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
