//! Which files are looked at: those that were named, and in folders every file with the name of JSON or YAML, since it
//! may be a card; or every file there is.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::notation::Notation;

/// How many names of a folder are put in order at a time: a folder of millions is read in pieces, in the order of the
/// file system, so that memory does not grow with it.
const SORTED: usize = 10_000;

/// The files below some paths, in the order of their names.
pub(crate) struct Walk {
    /// Folders that are being read, the innermost last.
    open: Vec<Folder>,
    /// Paths that were named, the next one last.
    named: Vec<PathBuf>,
    /// Whether every file is looked at, whatever its name.
    all: bool,
    /// How many names of folders were left out.
    left_out: usize,
}

/// A thing that may be a card.
pub(crate) enum Candidate {
    /// A file, or something with the name of one.
    Card(PathBuf),
    /// A folder that cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A path that was named and is not there.
    Missing(PathBuf),
}

struct Folder {
    path: PathBuf,
    entries: fs::ReadDir,
    /// What is read and in order, the next one last: names, and whether each is a folder.
    names: Vec<(OsString, bool)>,
    /// What went wrong in between.
    failed: Option<io::Error>,
    /// How many names were left out.
    hidden: usize,
}

impl Walk {
    pub(crate) fn new(mut paths: Vec<PathBuf>) -> Self {
        paths.reverse();
        Walk { open: Vec::new(), named: paths, all: false, left_out: 0 }
    }

    /// The files of any name.
    pub(crate) fn files(paths: Vec<PathBuf>) -> Self {
        Walk { all: true, ..Walk::new(paths) }
    }

    /// How many hidden files and folders, and folders that a build has written, were left out.
    pub(crate) fn left_out(&self) -> usize {
        self.left_out
    }

    fn enter(&mut self, path: PathBuf) -> Option<Candidate> {
        match fs::read_dir(&path) {
            Ok(entries) => {
                self.open.push(Folder { path, entries, names: Vec::new(), failed: None, hidden: 0 });
                None
            }
            Err(error) => Some(Candidate::Unreadable(path, error)),
        }
    }

    /// A path that was named: whatever it is, it is told of.
    fn named(&mut self, path: PathBuf) -> Option<Candidate> {
        match fs::metadata(&path) {
            Ok(about) if about.is_dir() => self.enter(path),
            Err(_) if fs::symlink_metadata(&path).is_err() => Some(Candidate::Missing(path)),
            _ => Some(Candidate::Card(path)),
        }
    }

    /// What a folder holds under a name. A link to a folder may lead back to where it stands, so it is none here.
    fn found(&mut self, path: PathBuf, is_folder: bool) -> Option<Candidate> {
        if self.all {
            return match is_folder {
                true if is_output(&path) => {
                    self.left_out += 1;
                    None
                }
                true => self.enter(path),
                false => Some(Candidate::Card(path)),
            };
        }
        let is_card = Notation::of(&path).is_some();
        if is_folder && !is_output(&path) {
            let unreadable = self.enter(path.clone());
            // With the name of a card it is expected to be one.
            return if is_card { Some(Candidate::Card(path)) } else { unreadable };
        }
        is_card.then_some(Candidate::Card(path))
    }
}

/// Whether a folder holds what a build has written.
fn is_output(folder: &Path) -> bool {
    folder.join("CACHEDIR.TAG").is_file()
}

impl Iterator for Walk {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        loop {
            let found = match self.open.last_mut() {
                None => {
                    let path = self.named.pop()?;
                    self.named(path)
                }
                Some(folder) => match folder.next() {
                    Some((name, is_folder)) => {
                        let path = match folder.path.to_str() {
                            Some(".") => PathBuf::from(name),
                            _ => folder.path.join(name),
                        };
                        self.found(path, is_folder)
                    }
                    None => {
                        let folder = self.open.pop()?;
                        self.left_out += folder.hidden;
                        folder.failed.map(|error| Candidate::Unreadable(folder.path, error))
                    }
                },
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

impl Folder {
    /// The next name; those of hidden files and folders are left out.
    fn next(&mut self) -> Option<(OsString, bool)> {
        if self.names.is_empty() && self.failed.is_none() {
            for entry in self.entries.by_ref() {
                match entry {
                    Ok(entry) => {
                        let name = entry.file_name();
                        if !name.as_encoded_bytes().starts_with(b".") {
                            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                            self.names.push((name, is_folder));
                        } else {
                            self.hidden += 1;
                        }
                    }
                    Err(error) => {
                        self.failed = Some(error);
                        break;
                    }
                }
                if self.names.len() >= SORTED {
                    break;
                }
            }
            self.names.sort_unstable_by(|one, other| other.cmp(one));
        }
        self.names.pop()
    }
}
