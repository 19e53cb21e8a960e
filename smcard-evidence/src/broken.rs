//! Why the look at something ended before its end.

use std::fmt;
use std::io::{self, ErrorKind};

use crate::finding::Code;
use crate::limits;

/// Why the look at something ended before its end.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) code: Code,
    pub(crate) message: String,
}

impl Broken {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Broken { code, message: message.into() }
    }

    pub(crate) fn file(message: impl Into<String>) -> Self {
        Broken::new(Code::BrokenFile, message)
    }

    pub(crate) fn truncated() -> Self {
        Broken::new(Code::TruncatedFile, "it ends in the middle")
    }
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        if error.get_ref().is_some_and(|inner| inner.is::<Spent>()) {
            return Broken::new(Code::UnpacksTooMuch, error.to_string());
        }
        match error.kind() {
            ErrorKind::UnexpectedEof => Broken::truncated(),
            _ => Broken::file(format!("it cannot be read on: {error}")),
        }
    }
}

/// The same error, for whoever asks once more.
pub(crate) fn again(error: &io::Error) -> io::Error {
    match error.get_ref() {
        Some(inner) if inner.is::<Spent>() => io::Error::other(Spent),
        Some(inner) => io::Error::new(error.kind(), inner.to_string()),
        None => error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error),
    }
}

/// That no more may be read out of containers.
#[derive(Debug)]
pub(crate) struct Spent;

impl fmt::Display for Spent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "more would be unpacked than {} times the size of the file", limits::RATIO)
    }
}

impl std::error::Error for Spent {}
