//! Putting a file in its place whole: under a name of its own first, then renamed.
//!
//! A reader sees the old file or the new one, and a link that stands in its place is replaced,
//! never written through.

use std::fs::{self, File, Metadata, OpenOptions};
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::time::SystemTime;

/// What the name of an unfinished file begins and ends with. Between them stand the number of the
/// build and one that nobody can foresee, each with 16 hexadecimal digits.
const UNFINISHED: (&str, &str) = (".smcard-", ".tmp");

/// How often a file is begun anew when another build took the unfinished one for a leftover.
const ATTEMPTS: usize = 4;

/// A build that writes files.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writer {
    /// Tells the build from those that run beside it: made of OUT_DIR, for which cargo runs one
    /// script at a time.
    number: u64,
    /// When the running build script was made.
    ///
    /// Cargo runs a script again when a file that it watches is newer than the script's last run.
    /// A report that says it is as old as the script itself is watched without that.
    made: Option<SystemTime>,
}

impl Writer {
    pub(super) fn new(out: &Path, made: Option<SystemTime>) -> Self {
        let mut hasher = DefaultHasher::new();
        out.hash(&mut hasher);
        Writer { number: hasher.finish(), made }
    }

    /// Whether a file is no newer than the build script, so that cargo can watch it; `None` where
    /// nobody knows how old the script is.
    pub(super) fn is_old(&self, file: &Metadata) -> Option<bool> {
        let made = self.made?;
        Some(file.modified().is_ok_and(|modified| modified <= made))
    }

    /// Writes a file by way of an unfinished one in `folder`, which is on the same file system.
    pub(super) fn write(&self, folder: &Path, file: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut outcome = Ok(());
        for _ in 0..ATTEMPTS {
            let unfinished = folder.join(self.unfinished_name());
            let mut begun = match begin(&unfinished) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    outcome = Err(error);
                    continue;
                }
                begun => begun?,
            };
            outcome = begun.write_all(bytes);
            if let (Ok(()), Some(made)) = (&outcome, self.made) {
                // Where a file system keeps no such times, nobody can compare them.
                let _ = begun.set_modified(made);
            }
            drop(begun);
            outcome = outcome.and_then(|()| fs::rename(&unfinished, file));
            match &outcome {
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(_) => {
                    // What could not be finished is no use, and what cannot be removed now is a leftover.
                    let _ = fs::remove_file(&unfinished);
                    break;
                }
                Ok(()) => break,
            }
        }
        outcome
    }

    /// Removes the unfinished files of builds that were killed: those of earlier runs of this
    /// build, and those of any other that are older than this build's script.
    ///
    /// So one that another build is just writing stays.
    pub(super) fn remove_leftovers(&self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)?.flatten() {
            let Some(number) = entry.file_name().to_str().and_then(number_of_unfinished) else { continue };
            // Of a link, this is what the link itself says.
            let Ok(metadata) = entry.metadata() else { continue };
            let older = || matches!((metadata.modified(), self.made), (Ok(modified), Some(made)) if modified < made);
            if metadata.is_file() && (number == self.number || older()) {
                // What cannot be removed now is a leftover still.
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(())
    }

    /// A name that nobody can foresee: the hasher's keys come from the operating system.
    pub(super) fn unfinished_name(&self) -> String {
        let random = RandomState::new().build_hasher().finish();
        format!("{}{:016x}{random:016x}{}", UNFINISHED.0, self.number, UNFINISHED.1)
    }
}

/// Opens a file that is not there yet, and so never one of somebody else or behind a link.
fn begin(unfinished: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(unfinished)
}

/// Removes a file; another build may have been faster.
pub(super) fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The length of what is written, as a file system counts it.
pub(super) fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// The number of the build that began a file of this name; `None` for a file that none began.
fn number_of_unfinished(name: &str) -> Option<u64> {
    let digits = name.strip_prefix(UNFINISHED.0)?.strip_suffix(UNFINISHED.1)?;
    let lower = digits.bytes().all(|byte| b"0123456789abcdef".contains(&byte));
    let (number, _) = digits.split_at_checked(16).filter(|_| lower && digits.len() == 32)?;
    u64::from_str_radix(number, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_unfinished_files_differ_and_are_known_again() {
        let writer = Writer::new(Path::new("target/out"), None);
        let names = [writer.unfinished_name(), writer.unfinished_name(), writer.unfinished_name()];
        assert!(names.iter().all(|name| number_of_unfinished(name) == Some(writer.number)), "{names:?}");
        assert!(names[0] != names[1] && names[1] != names[2], "{names:?}");
        let digits = "0123456789abcdef";
        for name in [
            ".smcard-manifest".to_owned(),
            ".smcard-.tmp".to_owned(),
            format!(".smcard-{digits}.tmp"),
            format!(".smcard-{digits}0123456789abcdeF.tmp"),
            format!("smcard-{digits}{digits}.tmp"),
            format!(".smcard-{digits}{digits}0.tmp"),
        ] {
            assert_eq!(number_of_unfinished(&name), None, "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_or_link_under_the_name_of_an_unfinished_one_is_left_alone() {
        let folder = std::env::temp_dir().join(format!("smcard-begun-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let [file, link] = ["file", "link"].map(|name| folder.join(name));
        fs::write(&file, "precious").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let begun = [&file, &link].map(|path| begin(path).and_then(|mut begun| begun.write_all(b"ours")));
        let left = fs::read_to_string(&file).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert!(begun.iter().all(Result::is_err) && left == "precious", "{begun:?} {left}");
    }

    #[test]
    fn a_file_that_another_build_took_for_a_leftover_is_begun_anew() {
        let folder = std::env::temp_dir().join(format!("smcard-anew-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let bytes = vec![b'x'; 1 << 23];
        let writer = Writer::new(&folder, None);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| {
                for _ in 0..1_000_000 {
                    let unfinished = fs::read_dir(&folder).unwrap().flatten();
                    let mut unfinished =
                        unfinished.filter(|entry| entry.file_name().to_str().and_then(number_of_unfinished).is_some());
                    if unfinished.any(|entry| fs::remove_file(entry.path()).is_ok()) {
                        return true;
                    }
                }
                false
            });
            while !other.is_finished() {
                writer.write(&folder, &folder.join("report"), &bytes).unwrap();
            }
            assert!(other.join().unwrap(), "no file was removed while it was written");
        });
        assert_eq!(fs::read(folder.join("report")).unwrap().len(), bytes.len());
        fs::remove_dir_all(&folder).unwrap();
    }
}
