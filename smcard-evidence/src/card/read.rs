//! Reading the files that cards name: each once, several at a time, and none outside the folder.

use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use smcard_core::Named;

use crate::{Measured, measure};

/// All files that cards name.
pub(super) struct Read<'c> {
    folder: PathBuf,
    /// By the paths that the cards give.
    found: HashMap<&'c str, Found>,
    files: Vec<OnceLock<io::Result<Measured>>>,
}

/// Where a path leads.
enum Found {
    /// To one of the files.
    File(usize),
    /// To nothing that can be read.
    Not(String),
    /// Out of the folder.
    Outside,
}

/// Why a file was not measured.
pub(super) enum Why {
    /// It is not there, or cannot be read.
    Missing(String),
    /// It lies outside of the folder.
    Outside,
}

impl<'c> Read<'c> {
    /// Reads them.
    pub(super) fn all(cards: &[Named<'c>], folder: &Path) -> Self {
        let root = folder.canonicalize();
        let (mut found, mut by_place, mut places) = (HashMap::new(), HashMap::new(), Vec::new());
        let files = cards.iter().flat_map(|named| named.files.iter().map(|file| file.path));
        let reports = cards.iter().flat_map(|named| named.reports.iter().map(|report| report.path));
        for path in files.chain(reports) {
            if found.contains_key(path) {
                continue;
            }
            let at = match &root {
                Ok(root) => place(root, path),
                Err(error) => Err(Found::Not(error.to_string())),
            };
            let at = at.map(|place| {
                let index = *by_place.entry(place.clone()).or_insert(places.len());
                if index == places.len() {
                    places.push(place);
                }
                Found::File(index)
            });
            found.insert(path, at.unwrap_or_else(|found| found));
        }
        let files = measured(&places);
        Read { folder: folder.to_owned(), found, files }
    }

    /// What was measured of a file.
    pub(super) fn get(&self, path: &str) -> Result<&Measured, Why> {
        let missing = |why: &str| Err(Why::Missing(why.to_owned()));
        match self.found.get(path) {
            Some(Found::File(index)) => match self.files.get(*index).and_then(OnceLock::get) {
                Some(Ok(measured)) => Ok(measured),
                Some(Err(error)) => missing(&said(error)),
                None => missing("it was not read"),
            },
            Some(Found::Not(why)) => missing(why),
            Some(Found::Outside) => Err(Why::Outside),
            None => missing("it was not looked for"),
        }
    }

    /// What to watch for changes: the file, or where it would be. A folder is watched with all that is in it, so never
    /// the outermost one.
    pub(super) fn watched(&self, path: &str) -> PathBuf {
        let file = self.folder.join(path);
        if file.symlink_metadata().is_ok() {
            return file;
        }
        let above = Path::new(path).ancestors().skip(1).filter(|above| *above != Path::new(""));
        let folder = above.map(|above| self.folder.join(above)).find(|above| above.is_dir());
        folder.unwrap_or(file)
    }
}

/// Where a path leads, all links followed.
fn place(root: &Path, path: &str) -> Result<PathBuf, Found> {
    let place = root.join(path).canonicalize().map_err(|error| Found::Not(said(&error)))?;
    if !place.starts_with(root) {
        return Err(Found::Outside);
    }
    // What else is no regular file is refused by who measures it.
    if place.is_dir() {
        return Err(Found::Not("it is a folder".to_owned()));
    }
    Ok(place)
}

/// An error in the same words on every system.
fn said(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    }
}

/// Measures files, each by one of as many threads as there are cores.
fn measured(places: &[PathBuf]) -> Vec<OnceLock<io::Result<Measured>>> {
    let files: Vec<OnceLock<io::Result<Measured>>> = places.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((place, file)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            places.get(index).zip(files.get(index))
        } {
            let _ = file.set(measure(place));
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(places.len());
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    files
}
