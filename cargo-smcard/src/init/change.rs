//! Files that are to be written: shown as a diff, then written, all of them or none over what somebody else has made.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use similar::{ChangeTag, TextDiff};
use smcard_core::source::visible;

use crate::exit::Failure;

/// One file as it is to be.
pub(super) struct Change {
    path: PathBuf,
    /// What stands there; nothing if there is no such file.
    before: Option<String>,
    after: String,
}

impl Change {
    pub(super) fn new(path: PathBuf, before: Option<String>, after: String) -> Self {
        Change { path, before, after }
    }

    /// How messages call the file.
    pub(super) fn name(&self) -> String {
        shown(&self.path)
    }

    /// The change as a diff.
    pub(super) fn diff(&self, colours: bool) -> String {
        let name = self.name();
        let before = self.before.as_deref().unwrap_or_default();
        let paint = |code: &str, text: &str| {
            if colours { format!("\u{1b}[{code}m{text}\u{1b}[0m\n") } else { format!("{text}\n") }
        };
        let old = if self.before.is_some() { name.as_str() } else { "/dev/null" };
        let mut text = paint("1", &format!("--- {old}")) + &paint("1", &format!("+++ {name}"));
        let diff = TextDiff::from_lines(before, &self.after);
        for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
            text += &paint("36", &hunk.header().to_string());
            for change in hunk.iter_changes() {
                let line = visible(change.value().trim_end_matches(['\n', '\r']));
                text += &match change.tag() {
                    ChangeTag::Insert => paint("32", &format!("+{line}")),
                    ChangeTag::Delete => paint("31", &format!("-{line}")),
                    ChangeTag::Equal => format!(" {line}\n"),
                };
            }
        }
        text
    }

    fn write(&self) -> io::Result<()> {
        match &self.before {
            None => {
                if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    fs::create_dir_all(folder)?;
                }
                OpenOptions::new().write(true).create_new(true).open(&self.path)?.write_all(self.after.as_bytes())
            }
            Some(before) => {
                // Somebody may have changed it since it was read.
                if fs::read_to_string(&self.path)? != *before {
                    return Err(io::Error::other("it has changed in the meantime"));
                }
                replace(&self.path, &self.after)
            }
        }
    }
}

/// Writes all changes; the card, which comes first, is the one that may be there already.
pub(super) fn write(changes: &[Change]) -> Result<(), Failure> {
    for change in changes {
        change.write().map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => exists(&change.path),
            _ => Failure::new(format!("`{}` cannot be written: {error}", change.name())),
        })?;
        eprintln!("wrote {}", change.name());
    }
    Ok(())
}

/// Whoever has a card keeps it.
pub(super) fn exists(path: &Path) -> Failure {
    Failure::new(format!("there is a `{}` already", shown(path)))
        .help("`init` never overwrites a card; `smcard check` says what is wrong with one")
}

/// Writes a file so that nobody ever reads half of it.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Ok(about) = fs::metadata(path) {
        file.as_file().set_permissions(about.permissions())?;
    }
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// A path as seen from here.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    visible(&path.strip_prefix(&here).unwrap_or(path).display().to_string())
}
