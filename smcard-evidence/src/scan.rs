//! What is known of a file while it is looked at: where, what was found, and how much may still be read.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use crate::body::Body;
use crate::broken::{Broken, Spent};
use crate::facts::Facts;
use crate::finding::{Code, Findings, Place};
use crate::input::Input;
use crate::limits;

/// Looks at a file or a member, whatever it is.
type Look = fn(Body<'_, '_>, &mut Scan) -> Facts;

/// A look at a file.
pub(crate) struct Scan {
    /// Who looks at what stands in a container, which may be a container itself.
    look: Look,
    findings: Findings,
    members: Vec<String>,
    unpacked: Rc<Cell<u64>>,
}

impl Scan {
    pub(crate) fn new(look: Look, size: u64) -> Self {
        let unpacked = limits::UNPACKED.saturating_add(size.saturating_mul(limits::RATIO));
        Scan { look, findings: Findings::default(), members: Vec::new(), unpacked: Rc::new(Cell::new(unpacked)) }
    }

    /// Looks at what stands in a container.
    pub(crate) fn look(&mut self, body: Body<'_, '_>) -> Facts {
        (self.look)(body, self)
    }

    /// Looks at what is unpacked. What nobody knows is not read on, but that it could not be read is told.
    pub(crate) fn look_unpacked(&mut self, unpacked: &mut Input<'_>) -> Facts {
        let facts = self.look(Body::Stream(unpacked));
        if let Some(broken) = unpacked.failure() {
            self.broken(broken, None);
        }
        facts
    }

    pub(crate) fn tell(&mut self, code: Code, message: impl Into<String>) {
        self.tell_at(code, message, None);
    }

    pub(crate) fn tell_at(&mut self, code: Code, message: impl Into<String>, offset: impl Into<Option<u64>>) {
        let place = Place { members: self.members.clone(), offset: offset.into() };
        self.findings.add(code, message.into(), place);
    }

    pub(crate) fn broken(&mut self, broken: Broken, offset: impl Into<Option<u64>>) {
        self.tell_at(broken.code, broken.message, offset);
    }

    /// Looks at a member, if it does not stand too deep.
    pub(crate) fn within<T>(&mut self, member: &str, look: impl FnOnce(&mut Scan) -> T) -> Option<T> {
        self.members.push(cut(member.to_owned(), limits::TEXT));
        let looked = if self.members.len() > limits::DEPTH {
            let message = format!("more than {} containers stand in each other", limits::DEPTH);
            self.tell(Code::TooDeep, message);
            None
        } else {
            Some(look(self))
        };
        self.members.pop();
        looked
    }

    /// What is read through it counts as unpacked.
    pub(crate) fn metered<R: Read>(&self, inner: R) -> Metered<R> {
        Metered { inner, left: Rc::clone(&self.unpacked), given: None }
    }

    /// As [`Scan::metered`], of a decompressor.
    pub(crate) fn unpacked<R: Read>(&self, decompressor: R) -> Metered<R> {
        Metered { given: Some(0), ..self.metered(decompressor) }
    }

    pub(crate) fn into_findings(self) -> Findings {
        self.findings
    }
}

/// A reader of what a container holds.
pub(crate) struct Metered<R> {
    inner: R,
    left: Rc<Cell<u64>>,
    /// How much a decompressor has given.
    given: Option<usize>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 && !into.is_empty() {
            return Err(io::Error::other(Spent));
        }
        let most = match self.given {
            Some(given) if given < limits::SURE => 1,
            Some(_) => limits::UNPACK,
            None => usize::MAX,
        };
        let most = into.len().min(most);
        let read = self.inner.read(into.get_mut(..most).unwrap_or_default())?;
        self.given = self.given.map(|given| given.saturating_add(read));
        self.left.set(self.left.get().saturating_sub(read as u64));
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// A text with no more than so many bytes.
pub(crate) fn cut(mut text: String, most: usize) -> String {
    if text.len() > most {
        let mut end = most;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Bytes of a file as a text that can be repeated.
pub(crate) fn text(bytes: &[u8]) -> String {
    cut(String::from_utf8_lossy(bytes).into_owned(), limits::TEXT)
}
