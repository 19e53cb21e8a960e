//! Bytes from front to back, with a look ahead: what formats that need no way back are read from.

use std::io::{self, BufRead, ErrorKind, Read, SeekFrom};

use crate::broken::{Broken, again};
use crate::limits;
use crate::seek_read::SeekRead;

/// A reader with a buffer and its place.
pub(crate) struct Input<'r> {
    inner: Inner<'r>,
    /// It grows with what is read, since of many members the first bytes alone are wanted.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// The place of the byte at `start`.
    at: u64,
    /// Why reading has failed: a decompressor that is asked again may never answer.
    failed: Option<io::Error>,
}

enum Inner<'r> {
    /// What must be read to be left behind.
    Stream(&'r mut dyn Read),
    Seek(&'r mut dyn SeekRead),
}

impl<'r> Input<'r> {
    pub(crate) fn new(stream: &'r mut dyn Read) -> Self {
        Input::of(Inner::Stream(stream))
    }

    /// From the beginning of what can be left out without being read.
    pub(crate) fn seeking(file: &'r mut dyn SeekRead) -> Self {
        Input::of(Inner::Seek(file))
    }

    fn of(inner: Inner<'r>) -> Self {
        Input { inner, buffer: Vec::new(), start: 0, end: 0, at: 0, failed: None }
    }

    /// How many bytes have been read.
    pub(crate) fn at(&self) -> u64 {
        self.at
    }

    fn buffered(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// The next bytes, which stay to be read: fewer than wanted only at the end, and before the place where reading failed.
    pub(crate) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        let wanted = wanted.min(limits::BUFFER);
        if self.end - self.start < wanted {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
            loop {
                match self.fill(wanted) {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(error) if self.end == 0 => return Err(error),
                    // What came before is there; who wants more is told.
                    Err(_) => break,
                }
            }
        }
        Ok(self.buffered().get(..wanted).unwrap_or(self.buffered()))
    }

    /// Reads on behind what is buffered, if that is less than wanted; says whether it did.
    fn fill(&mut self, wanted: usize) -> io::Result<bool> {
        while self.end < wanted {
            if let Some(error) = &self.failed {
                return Err(again(error));
            }
            if self.buffer.len() < limits::BUFFER {
                let grown = (4 * self.buffer.len()).max(wanted).clamp(limits::FIRST, limits::BUFFER);
                self.buffer.resize(grown, 0);
            }
            let room = self.buffer.get_mut(self.end..).unwrap_or_default();
            let read = match &mut self.inner {
                Inner::Stream(stream) => stream.read(room),
                Inner::Seek(file) => file.read(room),
            };
            match read {
                Ok(read) => {
                    self.end += read;
                    return Ok(read > 0);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => self.failed = Some(error),
            }
        }
        Ok(false)
    }

    /// Whether reading has failed for another reason than that the end came too soon.
    pub(crate) fn is_wrong(&self) -> bool {
        self.failed.as_ref().is_some_and(|error| error.kind() != ErrorKind::UnexpectedEof)
    }

    /// Why reading has failed, if it has.
    pub(crate) fn failure(&self) -> Option<Broken> {
        self.failed.as_ref().map(|error| again(error).into())
    }

    /// Why there is less than a reader needs.
    fn short(&self) -> Broken {
        self.failure().unwrap_or_else(Broken::truncated)
    }

    fn advance(&mut self, by: usize) {
        self.start += by;
        self.at += by as u64;
        if self.start >= self.end {
            (self.start, self.end) = (0, 0);
        }
    }

    pub(crate) fn is_at_end(&mut self) -> io::Result<bool> {
        Ok(self.peek(1)?.is_empty())
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Broken> {
        let byte = match self.buffered().first() {
            Some(byte) => *byte,
            None => match self.peek(1)?.first() {
                Some(byte) => *byte,
                None => return Err(self.short()),
            },
        };
        self.advance(1);
        Ok(byte)
    }

    /// As many bytes as the array has.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        match self.peek(N)?.try_into() {
            Ok(array) => {
                self.advance(N);
                Ok(array)
            }
            Err(_) => Err(self.short()),
        }
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Broken> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Broken> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    /// Leaves out as many bytes.
    pub(crate) fn skip(&mut self, mut count: u64) -> Result<(), Broken> {
        while count > 0 {
            if self.start >= self.end {
                count -= self.jump(count)?;
                if self.peek(1)?.is_empty() {
                    return Err(self.short());
                }
            }
            let now = usize::try_from(count).unwrap_or(usize::MAX).min(self.end - self.start);
            self.advance(now);
            count -= now as u64;
        }
        Ok(())
    }

    /// Leaves bytes out unread, but the last, which tells whether they are there; says how many.
    fn jump(&mut self, count: u64) -> io::Result<u64> {
        let (Inner::Seek(file), None, true) = (&mut self.inner, &self.failed, count > limits::BUFFER as u64) else {
            return Ok(0);
        };
        let end = file.seek(SeekFrom::End(0))?;
        let to = self.at.saturating_add(count - 1).min(end).max(self.at);
        file.seek(SeekFrom::Start(to))?;
        let left_out = to - self.at;
        self.at = to;
        Ok(left_out)
    }

    /// The first `kept` of the next `count` bytes; the others are left out.
    pub(crate) fn bytes(&mut self, count: u64, kept: usize) -> Result<Vec<u8>, Broken> {
        let wanted = usize::try_from(count).unwrap_or(usize::MAX).min(kept);
        let mut bytes = Vec::with_capacity(wanted.min(limits::BUFFER));
        while bytes.len() < wanted {
            let missing = wanted - bytes.len();
            let next = self.peek(missing.min(limits::BUFFER))?;
            if next.is_empty() {
                return Err(Broken::truncated());
            }
            bytes.extend_from_slice(next);
            let taken = next.len();
            self.advance(taken);
        }
        self.skip(count - wanted as u64)?;
        Ok(bytes)
    }

    /// The bytes up to the next end of a line, which is left out; of a longer one the first `kept`, and whether there
    /// are more.
    ///
    /// One that the file ends in is without its last byte, whatever that is, as for the reader that is written in Python.
    pub(crate) fn line(&mut self, kept: usize) -> Result<(Vec<u8>, bool), Broken> {
        let (mut line, mut cut, mut ended) = (Vec::new(), false, false);
        loop {
            if self.start >= self.end && self.peek(1)?.is_empty() {
                if !ended || self.failed.is_some() {
                    return Err(self.short());
                }
                if !cut {
                    line.pop();
                }
                return Ok((line, cut));
            }
            ended = true;
            let buffered = self.buffered();
            let found = memchr::memchr(b'\n', buffered);
            let part = buffered.get(..found.unwrap_or(buffered.len())).unwrap_or_default();
            let room = kept - line.len();
            cut |= part.len() > room;
            line.extend_from_slice(part.get(..room).unwrap_or(part));
            let taken = part.len() + usize::from(found.is_some());
            self.advance(taken);
            if found.is_some() {
                return Ok((line, cut));
            }
        }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.start >= self.end {
            self.peek(1)?;
        }
        let count = into.len().min(self.end - self.start);
        let from = self.buffered().get(..count).unwrap_or_default();
        into.get_mut(..count).unwrap_or_default().copy_from_slice(from);
        self.advance(count);
        Ok(count)
    }
}

/// For decompressors that take what is there: little at a time, since what they have made of it is lost in the call in
/// which they fail. In the first bytes it is seen whether something is compressed at all, so these come one by one.
impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let most = if self.at < limits::HEAD as u64 { 1 } else { limits::UNPACK };
        self.peek(1)?;
        let buffered = self.buffered();
        Ok(buffered.get(..most).unwrap_or(buffered))
    }

    fn consume(&mut self, count: usize) {
        self.advance(count);
    }
}
