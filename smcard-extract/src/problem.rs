//! Why nothing could be taken out of a file.

use std::{fmt, io};

use crate::{Format, MOST_READ, MOST_REPORTS};

/// Why nothing could be taken out of a file. In a sentence, the name of the file stands before it.
#[derive(Debug)]
pub enum Problem {
    /// The file cannot be read.
    Unreadable(io::Error),
    /// It is a folder, a pipe or a device.
    NoFile,
    /// It is no program of a format that is known.
    NoProgram,
    /// It is an archive of object files.
    Library,
    /// What its headers say cannot be.
    Damaged(Format),
    /// The section of reports holds something else.
    NoRecord,
    /// A report is longer than what is there.
    CutOff,
    /// A report is longer than any may be.
    TooLong,
    /// A report is stored in a way that is not known yet.
    Newer(u32),
    /// There are more reports than there may be.
    TooMany,
    /// Headers and reports are longer than what is read.
    TooMuch,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Unreadable(error) => write!(f, "cannot be read: {error}"),
            Problem::NoFile => f.write_str("is not a regular file"),
            Problem::NoProgram => f.write_str("is not a program; expected ELF, PE, Mach-O or WebAssembly"),
            Problem::Library => f.write_str("is a library that is linked into programs; expected such a program"),
            Problem::Damaged(format) => write!(f, "has {} headers that are damaged", format.name()),
            Problem::NoRecord => f.write_str("has a section of reports that holds something else"),
            Problem::CutOff => f.write_str("has a report that is cut off"),
            Problem::TooLong => f.write_str("has a report of more than 16 MiB"),
            Problem::Newer(version) => {
                write!(f, "has a report in version {version} of the layout; this smcard knows version 1")
            }
            Problem::TooMany => write!(f, "has more than {MOST_REPORTS} reports"),
            Problem::TooMuch => write!(f, "has headers and reports of more than {} MiB", MOST_READ >> 20),
        }
    }
}

impl std::error::Error for Problem {}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Problem::Unreadable(error)
    }
}
