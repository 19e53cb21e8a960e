//! The list, kept in each folder that the hook writes to, of the files that are its own.
//!
//! What is not listed is somebody else's and stays. The list itself may be anybody's by the time
//! it is read, so it can name nothing but a file at a place where the hook would write it.

use std::cmp::Ordering;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::build::folder_name::folder_name;
use crate::build::place::{Place, is_ours};
use crate::build::whole_file::{self, Writer};
use crate::order;

/// The name of the list's file.
pub(super) const FILE_NAME: &str = ".smcard-manifest";

/// What the file begins with. Another version's list is not read, so that nothing of it is removed.
const HEADER: &str =
    "smcard-manifest 1: what smcard wrote here and removes when it is out of date, with lengths in bytes";

/// More than a package with thousands of cards needs.
const MAX_BYTES: u64 = 1 << 20;

/// Files that were written, each at the length that it had: in their order, each once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest(Vec<Written>);

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// The folder of the card, where there are several.
    pub(super) folder: Option<String>,
    /// The name of the file.
    pub(super) file: String,
    /// The file's length in bytes: one of another length was put there by somebody else.
    pub(super) length: u64,
}

impl Manifest {
    /// The list of what these places hold.
    pub(super) fn of(places: &[Place]) -> Self {
        let mut files = Vec::new();
        for place in places {
            for (file, text) in &place.files {
                let length = whole_file::length(text.as_bytes());
                files.push(Written { folder: place.folder.clone(), file: file.clone(), length });
            }
        }
        Manifest::in_order(files)
    }

    fn in_order(mut files: Vec<Written>) -> Self {
        order::sort(&mut files, Written::compare);
        files.dedup();
        Manifest(files)
    }

    /// The list that a folder holds; an empty one where it holds none that can be read.
    pub(super) fn read(folder: &Path) -> Self {
        let file = folder.join(FILE_NAME);
        let small = |metadata: &fs::Metadata| metadata.is_file() && metadata.len() <= MAX_BYTES;
        if !fs::symlink_metadata(&file).is_ok_and(|metadata| small(&metadata)) {
            return Manifest::default();
        }
        let mut text = String::new();
        let read = File::open(&file).and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text));
        read.ok().and_then(|_| Manifest::parse(&text)).unwrap_or_default()
    }

    /// Puts the list into a folder; an empty one is no file.
    pub(super) fn save(&self, folder: &Path, writer: &Writer) -> io::Result<()> {
        let file = folder.join(FILE_NAME);
        if !self.0.is_empty() {
            return writer.write(folder, &file, self.text().as_bytes());
        }
        whole_file::remove(&file)
    }

    /// What either list holds.
    pub(super) fn with(&self, other: &Self) -> Self {
        let mut files = self.0.clone();
        files.extend_from_slice(&other.0);
        Manifest::in_order(files)
    }

    /// The files, each with its length.
    pub(super) fn files(&self) -> &[Written] {
        &self.0
    }

    fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for written in &self.0 {
            text += &format!("{} {}\n", written.length, written.name());
        }
        text
    }

    /// Reads a list; `None` for one that is not of this version. A line that the hook would not
    /// have written is passed over.
    fn parse(text: &str) -> Option<Self> {
        let lines = text.strip_prefix(HEADER)?.strip_prefix('\n')?.lines();
        let mut files = Vec::new();
        for line in lines {
            if let Some(written) = Written::parse(line) {
                files.push(written);
            }
        }
        Some(Manifest::in_order(files))
    }
}

impl Written {
    /// Where it stands, as seen from the list.
    pub(super) fn name(&self) -> String {
        match &self.folder {
            Some(folder) => format!("{folder}/{}", self.file),
            None => self.file.clone(),
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let of_file = self.folder.cmp(&other.folder).then_with(|| self.file.cmp(&other.file));
        of_file.then(self.length.cmp(&other.length))
    }

    fn parse(line: &str) -> Option<Self> {
        let (length, path) = line.split_once(' ')?;
        let length = length.parse().ok()?;
        let (folder, file) = match path.rsplit_once('/') {
            Some((folder, file)) if !folder.is_empty() && folder_name(folder) == *folder => (Some(folder), file),
            Some(_) => return None,
            None => (None, path),
        };
        is_ours(file).then(|| Written { folder: folder.map(str::to_owned), file: file.to_owned(), length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::REPORT_FILE_NAME;

    #[test]
    fn a_list_that_was_written_is_read_back() {
        let written = |folder: Option<&str>, file: &str, length| Written {
            folder: folder.map(str::to_owned),
            file: file.to_owned(),
            length,
        };
        let manifest = Manifest::in_order(vec![
            written(None, REPORT_FILE_NAME, 7),
            written(Some("Ranker-2"), REPORT_FILE_NAME, 9),
            written(Some("Ranker-2"), "security_model_card_report.cdx.json", 9),
            written(Some("検出器"), "security_model_card_report.html", 0),
        ]);
        assert_eq!(Manifest::parse(&manifest.text()), Some(manifest));
    }

    #[test]
    fn a_list_names_nothing_but_reports_where_the_hook_writes_them() {
        let report = REPORT_FILE_NAME;
        for path in [
            format!("../{report}"),
            format!("../../x/{report}"),
            format!("/{report}"),
            format!("/etc/{report}"),
            format!("a/b/{report}"),
            format!("a/../{report}"),
            format!("./{report}"),
            format!("..\\x/{report}"),
            format!("C:/{report}"),
            format!(".hidden/{report}"),
            format!("a//{report}"),
            format!("a{report}"),
            format!("a/x{report}"),
            "security_model_card_report.".to_owned(),
            "security_model_card_report..html".to_owned(),
            "security_model_card_report.a/../../html".to_owned(),
            "security_model_card_report.ht ml".to_owned(),
            "a/security_model_card_report".to_owned(),
            "../../x".to_owned(),
            "Cargo.toml".to_owned(),
            String::new(),
        ] {
            let manifest = Manifest::parse(&format!("{HEADER}\n5 {path}\n")).unwrap();
            assert_eq!(manifest, Manifest::default(), "{path}");
        }
        for text in
            ["", "5 security_model_card_report.json\n", "smcard-manifest 2\n5 security_model_card_report.json\n"]
        {
            assert_eq!(Manifest::parse(text), None, "{text}");
        }
    }
}
