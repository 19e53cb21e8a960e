//! Writing reports: only what changed, all at once, and nothing left of what is no longer made.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::build::REPORT_FILE_NAME;
use crate::build::place::Place;

/// Makes a folder hold these reports and no others.
pub(super) fn write(folder: &Path, places: &[Place]) -> io::Result<()> {
    for place in places {
        write_changed(&folder.join(&place.file), place.report.as_bytes())?;
    }
    remove_others(folder, places)
}

/// The folder that cargo builds into, recognized by its tag. Its depth above OUT_DIR is cargo's
/// own affair and has changed before.
pub(super) fn build_folder(out: &Path) -> Option<&Path> {
    out.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file())
}

/// Writes a file unless it holds these bytes already, so that nothing which depends on it is
/// built again. The file is renamed into place: a reader sees the old one or the new one.
fn write_changed(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(file).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder)?;
    // Build scripts of several profiles run side by side, each in a process of its own.
    let unfinished = folder.join(format!(".{REPORT_FILE_NAME}.{}", std::process::id()));
    let written = fs::write(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, file));
    if written.is_err() {
        // What could not be written is no use, and what could not be removed is not worth a word.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

/// Removes the reports of cards that the package no longer has.
fn remove_others(folder: &Path, places: &[Place]) -> io::Result<()> {
    let mut present = vec![PathBuf::from(REPORT_FILE_NAME)];
    match fs::read_dir(folder) {
        Ok(entries) => {
            for entry in entries {
                present.push(Path::new(&entry?.file_name()).join(REPORT_FILE_NAME));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    }
    for file in present.iter().filter(|file| !places.iter().any(|place| place.file == **file)) {
        let file = folder.join(file);
        if file.is_file() {
            fs::remove_file(&file)?;
            // The folder of that card, if nothing else is in it.
            let _ = file.parent().map(fs::remove_dir);
        }
    }
    Ok(())
}
