//! A folder of reports: what the hook writes there, and what it may remove again.
//!
//! The folder keeps a [`Manifest`] of the hook's own files. Everything else in it is somebody
//! else's. No link below the folder that was named is followed: it may lead anywhere.
//!
//! Several builds may write the same folder (profiles, packages of one name in two workspaces).
//! Then the last one to run decides what lies there; a build whose report is gone or older than
//! another build's finds that out the next time it is asked, since cargo watches the report.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::build::manifest::{Manifest, Written};
use crate::build::place::Place;
use crate::build::whole_file::{self, Writer};
use crate::excerpt::shown;
use crate::names::Names;

/// How often a card's folder is made anew when another build, which has no such card, removed it.
const ATTEMPTS: usize = 4;

/// The folder that cargo builds into, recognized by its tag. Its depth above OUT_DIR is cargo's
/// own affair and has changed before.
pub(super) fn build_folder(out: &Path) -> Option<&Path> {
    out.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file())
}

/// A folder that holds the reports of one package.
#[derive(Debug)]
pub(super) struct Folder {
    /// The folder that somebody named, by whatever links.
    named: PathBuf,
    /// The hook's own folders below it.
    below: Vec<String>,
    writer: Writer,
}

/// Why a folder does not hold what it should.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: io::Error,
    /// Whether a report of an earlier build is still there.
    pub(super) stale: bool,
}

impl Folder {
    pub(super) fn new(named: &Path, below: &[&str], writer: Writer) -> Self {
        let mut folder = Folder { named: named.to_owned(), below: Vec::new(), writer };
        for name in below {
            folder.below.push((*name).to_owned());
        }
        folder
    }

    pub(super) fn path(&self) -> PathBuf {
        self.below.iter().fold(self.named.clone(), |path, name| path.join(name))
    }

    /// Makes the folder hold these reports, and none that a build wrote there before.
    ///
    /// Where that fails, it holds none of them, as far as they can be removed: a report of an
    /// earlier build must not look like one of this build.
    pub(super) fn hold(&self, places: &[Place]) -> Result<(), Failure> {
        let path = match self.open(!places.is_empty()) {
            Ok(Some(path)) => path,
            Ok(None) => return Ok(()),
            Err(error) => return Err(Failure { error, stale: false }),
        };
        let (before, after) = (Manifest::read(&path), Manifest::of(places));
        self.replace(&path, places, &before, &after).map_err(|error| {
            let listed = before.with(&Manifest::read(&path));
            for written in listed.files() {
                let _ = remove(&path, written);
            }
            let stale = listed.files().iter().any(|written| is_there(&path, written));
            if !stale && listed != Manifest::default() {
                let _ = Manifest::default().save(&path, &self.writer);
            }
            Failure { error, stale }
        })
    }

    /// The files of these places that cargo can watch.
    pub(super) fn watched(&self, places: &[Place]) -> Vec<PathBuf> {
        let mut watched = Vec::new();
        for place in places {
            for (file, _) in &place.files {
                let file = self.path().join(place.path(file));
                if fs::symlink_metadata(&file).is_ok_and(|found| self.writer.is_old(&found) == Some(true)) {
                    watched.push(file);
                }
            }
        }
        watched
    }

    fn replace(&self, path: &Path, places: &[Place], before: &Manifest, after: &Manifest) -> io::Result<()> {
        // Listed before they are there and until they are gone, so that a build that is killed in
        // between leaves nothing that a later one does not know.
        let both = before.with(after);
        if both != *before {
            both.save(path, &self.writer)?;
        }
        if both != Manifest::default() {
            self.writer.remove_leftovers(path)?;
        }
        // Removed first: where letter case makes no difference, a card that was renamed from `A` to
        // `a` is written to the same file.
        let mut kept = Names::default();
        for written in after.files() {
            kept.set(written.name().into(), 0);
        }
        for written in both.files() {
            if !kept.contains(&written.name()) {
                remove(path, written)?;
            }
        }
        for place in places {
            for (file, text) in &place.files {
                self.write_changed(path, place, file, text.as_bytes())?;
            }
        }
        if both != *after { after.save(path, &self.writer) } else { Ok(()) }
    }

    /// Writes a file unless it is there already, so that nothing which depends on it is built
    /// again.
    fn write_changed(&self, path: &Path, place: &Place, file: &str, bytes: &[u8]) -> io::Result<()> {
        let file = path.join(place.path(file));
        let same = fs::symlink_metadata(&file).is_ok_and(|metadata| {
            let old = self.writer.is_old(&metadata).unwrap_or(true);
            metadata.is_file() && metadata.len() == whole_file::length(bytes) && old
        });
        if same && fs::read(&file).is_ok_and(|present| present == bytes) {
            return Ok(());
        }
        let write = || {
            if let Some(folder) = &place.folder {
                make(&path.join(folder), folder)?;
            }
            self.writer.write(path, &file, bytes)
        };
        let mut written = write();
        for _ in 1..ATTEMPTS {
            match &written {
                Err(error) if error.kind() == ErrorKind::NotFound => written = write(),
                _ => break,
            }
        }
        written
    }

    /// The folder's path, made where it is to be there; `None` where it is not.
    fn open(&self, to_be_there: bool) -> io::Result<Option<PathBuf>> {
        let mut path = self.named.clone();
        if to_be_there {
            fs::create_dir_all(&path)?;
        }
        for name in &self.below {
            path.push(name);
            match fs::symlink_metadata(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound && !to_be_there => return Ok(None),
                _ => make(&path, name)?,
            }
        }
        Ok(path.is_dir().then_some(path))
    }
}

/// Makes a folder of the hook's own, where it is not there. Messages call it `name`.
fn make(folder: &Path, name: &str) -> io::Result<()> {
    match fs::create_dir(folder) {
        // Also on a read-only file system, which may say so first.
        Err(error) => match fs::symlink_metadata(folder) {
            Ok(present) if present.is_dir() => Ok(()),
            Ok(present) if present.is_symlink() => Err(io::Error::new(
                ErrorKind::AlreadyExists,
                format!("`{}` is a symbolic link, which smcard does not follow; help: remove the link", shown(name)),
            )),
            // Another build removed it in between.
            Err(gone) if error.kind() == ErrorKind::AlreadyExists => Err(gone),
            _ => Err(error),
        },
        Ok(()) => Ok(()),
    }
}

/// Whether a file is still the one that was written.
fn is_there(path: &Path, written: &Written) -> bool {
    let folder = written.folder.as_ref().map(|folder| path.join(folder));
    let real = folder.as_ref().is_none_or(|folder| fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir()));
    let file = folder.as_deref().unwrap_or(path).join(&written.file);
    real && fs::symlink_metadata(file).is_ok_and(|found| found.is_file() && found.len() == written.length)
}

/// Removes a file that is still the one that was written, and its folder, if nothing else is in it.
fn remove(path: &Path, written: &Written) -> io::Result<()> {
    if !is_there(path, written) {
        return Ok(());
    }
    let folder = written.folder.as_ref().map(|folder| path.join(folder));
    whole_file::remove(&folder.as_deref().unwrap_or(path).join(&written.file))?;
    if let Some(folder) = folder {
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
