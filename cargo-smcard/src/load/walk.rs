//! Which files are cards: those that were named, and in folders every file with the name of JSON or YAML.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::notation::Notation;

/// How many names of a folder are put in order at a time: a folder of millions is read in pieces, in the order of the
/// file system, so that memory does not grow with it.
const SORTED: usize = 10_000;

/// The cards below some paths, in the order of their names.
pub(crate) struct Walk {
    /// Folders that are being read, the innermost last.
    open: Vec<Folder>,
    /// Paths that were named, the next one last.
    named: Vec<PathBuf>,
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
}

impl Walk {
    pub(crate) fn new(mut paths: Vec<PathBuf>) -> Self {
        paths.reverse();
        Walk { open: Vec::new(), named: paths }
    }

    fn enter(&mut self, path: PathBuf) -> Option<Candidate> {
        match fs::read_dir(&path) {
            Ok(entries) => {
                self.open.push(Folder { path, entries, names: Vec::new(), failed: None });
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
