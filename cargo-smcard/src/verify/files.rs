//! The files that a statement names, as they are below a folder. None outside of it is ever opened.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest as _, Sha256};
use smcard_core::REPORT_FILE_NAME;
use smcard_core::source::visible;

use super::problem::Problems;
use super::statement::{Statement, Subject};
use crate::exit::Failure;

/// What was found of a subject.
pub(super) struct Found {
    /// Its name, as it may be shown.
    pub(super) name: String,
    pub(super) state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// The file has the digest.
    AsStated,
    /// It has another one.
    Differs,
    /// There is no such file here: nothing was checked.
    Unchecked,
    /// The statement says no SHA-256 digest of it: nothing was checked.
    NoDigest,
    /// It was not opened, or could not be read.
    Refused,
}

impl State {
    pub(super) fn name(self) -> &'static str {
        match self {
            State::AsStated => "as-stated",
            State::Differs => "differs",
            State::Unchecked => "unchecked",
            State::NoDigest => "no-digest",
            State::Refused => "refused",
        }
    }
}

/// Looks for each subject but the report below a folder.
pub(super) fn check(statement: &Statement, root: &Path, problems: &mut Problems) -> Result<Vec<Found>, Failure> {
    let root = root.canonicalize().map_err(|error| {
        Failure::new(format!("the folder `{}` cannot be read: {error}", visible(&root.display().to_string())))
    })?;
    let subjects = statement.subjects().filter(|subject| subject.name != REPORT_FILE_NAME);
    let found = subjects.map(|subject| {
        let state = state(&subject, &root, problems);
        Found { name: visible(subject.name), state }
    });
    Ok(found.collect())
}

fn state(subject: &Subject<'_>, root: &Path, problems: &mut Problems) -> State {
    let mut refused = |message: &'static str, why: Option<&str>| {
        problems.differs("file-refused", subject.name, message, [None, why]);
        State::Refused
    };
    let Some(path) = below(subject.name) else {
        return refused("is no path below the folder, and was not opened", None);
    };
    let real = match root.join(path).canonicalize() {
        Ok(real) => real,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return State::Unchecked;
        }
        Err(error) => return refused("cannot be read", Some(&error.to_string())),
    };
    if !real.starts_with(root) {
        return refused("leads out of the folder by a link, and was not opened", None);
    }
    // A pipe would be waited for without end.
    if !fs::metadata(&real).is_ok_and(|about| about.is_file()) {
        return refused("is not a regular file, and was not opened", None);
    }
    let Some(expected) = &subject.sha256 else { return State::NoDigest };
    match File::open(&real).and_then(streamed) {
        Err(error) => refused("cannot be read", Some(&error.to_string())),
        Ok(found) if found == *expected => State::AsStated,
        Ok(found) => {
            problems.differs(
                "file-differs",
                subject.name,
                "is not the one of the statement",
                [Some(expected), Some(&found)],
            );
            State::Differs
        }
    }
}

/// The path of a name, if it leads down on every system.
fn below(name: &str) -> Option<PathBuf> {
    let path = Path::new(name);
    let down = path.components().all(|component| matches!(component, Component::Normal(_)));
    (down && !name.is_empty() && !name.contains(['\\', ':', '\0'])).then(|| path.to_owned())
}

/// The digest of a file, in memory that does not grow with it.
fn streamed(mut file: File) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(digits(&hash.finalize())),
            Ok(length) => hash.update(buffer.get(..length).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The SHA-256 digest of bytes, in hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    digits(&Sha256::digest(bytes))
}

fn digits(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn only_a_path_that_leads_down_is_one() {
        for name in ["a", "models/a b.bin", "模型/权重.gguf", "a..b/..c", "-rf"] {
            assert!(below(name).is_some(), "{name}");
        }
        for name in ["", "..", "../a", "a/../../b", "/etc/passwd", "./a", "C:/a", "a\\..\\b", "a:b", "a\0b"] {
            assert!(below(name).is_none(), "{name}");
        }
    }
}
