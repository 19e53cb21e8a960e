//! Putting a file in its place whole: under a name of its own first, then renamed.
//!
//! A reader sees the old file or the new one, and a link that stands in its place is replaced,
//! never written through.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::time::SystemTime;

/// What the name of an unfinished file has before and after its 16 hexadecimal digits.
const UNFINISHED: (&str, &str) = (".smcard-", ".tmp");

/// How often a file is begun anew when another build took the unfinished one for a leftover.
const ATTEMPTS: usize = 4;

/// Writes a file by way of an unfinished one in `folder`, which is on the same file system.
///
/// With `modified`, that is the time that the file says it was changed at.
pub(super) fn write(folder: &Path, file: &Path, bytes: &[u8], modified: Option<SystemTime>) -> io::Result<()> {
    let mut outcome = Ok(());
    for _ in 0..ATTEMPTS {
        let unfinished = folder.join(unfinished_name());
        let mut begun = match begin(&unfinished) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                outcome = Err(error);
                continue;
            }
            begun => begun?,
        };
        outcome = begun.write_all(bytes);
        if let (Ok(()), Some(modified)) = (&outcome, modified) {
            // Where a file system keeps no such times, nobody can compare them.
            let _ = begun.set_modified(modified);
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

/// Opens a file that is not there yet, and so never one of somebody else or behind a link.
fn begin(unfinished: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(unfinished)
}

/// Removes the unfinished files of builds that were killed.
///
/// One that another build is just writing cannot be told from them; that build begins it anew.
pub(super) fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        let ours = entry.file_name().to_str().is_some_and(is_unfinished);
        if ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            // What cannot be removed now is a leftover still.
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
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

/// A name that nobody can foresee: the hasher's keys come from the operating system.
fn unfinished_name() -> String {
    let number = RandomState::new().build_hasher().finish();
    format!("{}{number:016x}{}", UNFINISHED.0, UNFINISHED.1)
}

fn is_unfinished(name: &str) -> bool {
    let digits = name.strip_prefix(UNFINISHED.0).and_then(|name| name.strip_suffix(UNFINISHED.1));
    digits.is_some_and(|digits| digits.len() == 16 && digits.bytes().all(|byte| b"0123456789abcdef".contains(&byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_unfinished_files_differ_and_are_known_again() {
        let names = [unfinished_name(), unfinished_name(), unfinished_name()];
        assert!(names.iter().all(|name| is_unfinished(name)), "{names:?}");
        assert!(names[0] != names[1] && names[1] != names[2], "{names:?}");
        for name in [".smcard-manifest", ".smcard-.tmp", ".smcard-0123456789abcdeF.tmp", "smcard-0123456789abcdef.tmp"]
        {
            assert!(!is_unfinished(name), "{name}");
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
        let bytes = vec![b'x'; 1 << 18];
        std::thread::scope(|scope| {
            let other = scope.spawn(|| {
                for _ in 0..1_000_000 {
                    let unfinished = fs::read_dir(&folder).unwrap().flatten();
                    let mut unfinished =
                        unfinished.filter(|entry| entry.file_name().to_str().is_some_and(is_unfinished));
                    if unfinished.any(|entry| fs::remove_file(entry.path()).is_ok()) {
                        return true;
                    }
                }
                false
            });
            while !other.is_finished() {
                write(&folder, &folder.join("report"), &bytes, None).unwrap();
            }
            assert!(other.join().unwrap(), "no file was removed while it was written");
        });
        assert_eq!(fs::read(folder.join("report")).unwrap().len(), bytes.len());
        fs::remove_dir_all(&folder).unwrap();
    }
}
