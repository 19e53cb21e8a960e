//! Opening files that anybody may have put there: only regular ones, and no more of them than is
//! read anyway.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// What stands under a name.
pub(super) enum Opened {
    Bytes(Vec<u8>),
    /// It is no file that can be read: a folder, a pipe, a socket, a link that leads nowhere.
    Unreadable(String),
    /// It has so many bytes, which nobody has read.
    TooLarge(u64),
}

/// Reads a file of at most so many bytes; nothing where nothing has this name.
pub(super) fn open(file: &Path, largest: usize) -> Option<Opened> {
    let there = fs::symlink_metadata(file);
    if there.is_err_and(|error| error.kind() == io::ErrorKind::NotFound || error.kind() == io::ErrorKind::NotADirectory)
    {
        return None;
    }
    let read = || -> io::Result<Opened> {
        let about = fs::metadata(file)?;
        // A pipe would be waited for, so nothing is opened before it is known to be a file.
        if !about.is_file() {
            let what = if about.is_dir() { "it is a folder" } else { "it is not a regular file" };
            return Ok(Opened::Unreadable(what.to_owned()));
        }
        if about.len() > largest as u64 {
            return Ok(Opened::TooLarge(about.len()));
        }
        let mut bytes = Vec::new();
        File::open(file)?.take(largest as u64 + 1).read_to_end(&mut bytes)?;
        Ok(if bytes.len() > largest { Opened::TooLarge(bytes.len() as u64) } else { Opened::Bytes(bytes) })
    };
    Some(read().unwrap_or_else(|error| Opened::Unreadable(error.to_string())))
}
