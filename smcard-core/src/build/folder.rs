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
use std::time::SystemTime;

use crate::build::REPORT_FILE_NAME;
use crate::build::manifest::{Manifest, Written};
use crate::build::place::Place;
use crate::build::whole_file;

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
    /// When the running build script was made.
    ///
    /// Cargo runs a script again when a file that it watches is newer than the script's last run.
    /// A report that says it is as old as the script itself is watched without that.
    made: Option<SystemTime>,
}

/// Why a folder does not hold what it should.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: io::Error,
    /// Whether a report of an earlier build is still there.
    pub(super) stale: bool,
}

impl Folder {
    pub(super) fn new(named: &Path, below: &[&str], made: Option<SystemTime>) -> Self {
        let below = below.iter().filter(|name| !name.is_empty()).map(|name| (*name).to_owned()).collect();
        Folder { named: named.to_owned(), below, made }
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
            let stale = listed.files().any(|written| is_there(&path, written));
            if !stale && listed != Manifest::default() {
                let _ = Manifest::default().save(&path);
            }
            Failure { error, stale }
        })
    }

    /// The report of this place, if cargo can watch it.
    pub(super) fn watched(&self, place: &Place) -> Option<PathBuf> {
        let file = self.path().join(place.file());
        let modified = fs::symlink_metadata(&file).and_then(|metadata| metadata.modified()).ok();
        self.is_old(modified).then_some(file)
    }

    fn is_old(&self, modified: Option<SystemTime>) -> bool {
        matches!((modified, self.made), (Some(modified), Some(made)) if modified <= made)
    }

    fn replace(&self, path: &Path, places: &[Place], before: &Manifest, after: &Manifest) -> io::Result<()> {
        // Listed before they are there and until they are gone, so that a build that is killed in
        // between leaves nothing that a later one does not know.
        let both = before.with(after);
        if both != *before {
            both.save(path)?;
        }
        if both != Manifest::default() {
            whole_file::remove_leftovers(path)?;
        }
        for place in places {
            self.write_changed(path, place)?;
        }
        for written in both.files().filter(|written| !after.files().any(|kept| kept.folder == written.folder)) {
            remove(path, written)?;
        }
        if both != *after { after.save(path) } else { Ok(()) }
    }

    /// Writes a report unless it is there already, so that nothing which depends on it is built
    /// again.
    fn write_changed(&self, path: &Path, place: &Place) -> io::Result<()> {
        let (file, bytes) = (path.join(place.file()), place.report.as_bytes());
        let same = fs::symlink_metadata(&file).is_ok_and(|metadata| {
            let old = self.made.is_none() || self.is_old(metadata.modified().ok());
            metadata.is_file() && metadata.len() == whole_file::length(bytes) && old
        });
        if same && fs::read(&file).is_ok_and(|present| present == bytes) {
            return Ok(());
        }
        let mut written = Ok(());
        for _ in 0..ATTEMPTS {
            if let Some(folder) = &place.folder {
                make(&path.join(folder), folder)?;
            }
            written = whole_file::write(path, &file, bytes, self.made);
            if !matches!(&written, Err(error) if error.kind() == ErrorKind::NotFound) {
                break;
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
                format!("`{name}` is a link, which may lead anywhere; help: remove the link"),
            )),
            _ => Err(error),
        },
        Ok(()) => Ok(()),
    }
}

/// Whether a file is still the one that was written.
fn is_there(path: &Path, written: &Written) -> bool {
    let folder = written.folder.as_ref().map(|folder| path.join(folder));
    let real = folder.as_ref().is_none_or(|folder| fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir()));
    let file = folder.as_deref().unwrap_or(path).join(REPORT_FILE_NAME);
    real && fs::symlink_metadata(file).is_ok_and(|found| found.is_file() && found.len() == written.length)
}

/// Removes a file that is still the one that was written, and its folder, if nothing else is in it.
fn remove(path: &Path, written: &Written) -> io::Result<()> {
    if !is_there(path, written) {
        return Ok(());
    }
    let folder = written.folder.as_ref().map(|folder| path.join(folder));
    whole_file::remove(&folder.as_deref().unwrap_or(path).join(REPORT_FILE_NAME))?;
    if let Some(folder) = folder {
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::ops::Deref;

    use super::*;
    use crate::build::manifest;

    /// A folder for one test, removed in the end.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(test: &str) -> Self {
            let path = std::env::temp_dir().join(format!("smcard-{test}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).unwrap();
            Scratch(path)
        }

        fn reports(&self) -> Folder {
            let made = std::env::current_exe().and_then(|file| file.metadata()?.modified()).unwrap();
            Folder::new(&self.join("reports"), &["package"], Some(made))
        }

        /// Every file below, with what it holds.
        fn files(&self) -> Vec<(String, String)> {
            let (mut found, mut open) = (Vec::new(), vec![self.0.clone()]);
            while let Some(path) = open.pop() {
                if path.is_dir() && !path.is_symlink() {
                    open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
                } else if path.file_name().is_some_and(|name| name != manifest::FILE_NAME) {
                    let name = path.strip_prefix(&self.0).unwrap().to_str().unwrap().replace('\\', "/");
                    found.push((name, fs::read_to_string(&path).unwrap_or_default()));
                }
            }
            found.sort();
            found
        }

        fn put(&self, path: &str, text: &str) {
            fs::create_dir_all(self.join(path).parent().unwrap()).unwrap();
            fs::write(self.join(path), text).unwrap();
        }
    }

    impl Deref for Scratch {
        type Target = Path;

        fn deref(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn card(folder: &str, report: &str) -> Place {
        let folder = Some(folder.to_owned()).filter(|folder| !folder.is_empty());
        Place { folder, variable: "SMCARD_REPORT".to_owned(), report: report.to_owned() }
    }

    fn named<const N: usize>(files: [(&str, &str); N]) -> Vec<(String, String)> {
        let path = |folder: &str| match folder.contains('.') {
            true => folder.to_owned(),
            false => format!("reports/package/{folder}{}{REPORT_FILE_NAME}", if folder.is_empty() { "" } else { "/" }),
        };
        let mut files: Vec<_> = files.map(|(folder, text)| (path(folder), text.to_owned())).into();
        files.sort();
        files
    }

    #[test]
    fn a_report_that_the_hook_did_not_write_stays() {
        let scratch = Scratch::new("foreign");
        scratch.put(&format!("reports/package/2025/{REPORT_FILE_NAME}"), "an archive");
        scratch.put(&format!("reports/package/2025/older/{REPORT_FILE_NAME}"), "an older one");
        scratch.reports().hold(&[card("a", "1"), card("b", "2")]).unwrap();
        let older = format!("reports/package/2025/older/{REPORT_FILE_NAME}");
        let archive = [("2025", "an archive"), (older.as_str(), "an older one")];
        assert_eq!(scratch.files(), named([("a", "1"), ("b", "2"), archive[0], archive[1]]));

        // One of the cards is gone.
        scratch.reports().hold(&[card("a", "1")]).unwrap();
        assert_eq!(scratch.files(), named([("a", "1"), archive[0], archive[1]]));
        assert!(!scratch.join("reports/package/b").exists());

        // A card fails; what lies in its place is somebody's own by now.
        scratch.put(&format!("reports/package/a/{REPORT_FILE_NAME}"), "corrected by hand");
        scratch.reports().hold(&[]).unwrap();
        assert_eq!(scratch.files(), named([("a", "corrected by hand"), archive[0], archive[1]]));
        assert!(!scratch.join("reports/package").join(manifest::FILE_NAME).exists(), "a list of nothing is no file");
    }

    #[test]
    fn a_list_that_somebody_changed_removes_nothing_elsewhere() {
        let scratch = Scratch::new("changed-list");
        scratch.reports().hold(&[card("a", "1")]).unwrap();
        scratch.put(&format!("reports/{REPORT_FILE_NAME}"), "12345");
        scratch.put(&format!("reports/package/a/b/{REPORT_FILE_NAME}"), "12345");
        scratch.put("reports/package/notes.txt", "12345");
        let list = scratch.join("reports/package").join(manifest::FILE_NAME);
        let listed = fs::read_to_string(&list).unwrap();
        let more = ["../", "a/b/", "a/../../", "./../"].map(|folder| format!("5 {folder}{REPORT_FILE_NAME}\n"));
        fs::write(&list, format!("{listed}{}5 notes.txt\n5 ../package/notes.txt\n", more.concat())).unwrap();
        let before = scratch.files();
        scratch.reports().hold(&[]).unwrap();
        let after = scratch.files();
        assert_eq!(after.len() + 1, before.len(), "{after:?}");
        assert!(after.iter().all(|(_, text)| text == "12345"), "{after:?}");

        // Longer than any list: not read, so nothing is removed.
        scratch.reports().hold(&[card("a", "1")]).unwrap();
        let listed = fs::read_to_string(&list).unwrap();
        fs::write(&list, format!("{listed}{}", "\n".repeat(2 << 20))).unwrap();
        scratch.reports().hold(&[]).unwrap();
        assert_eq!(scratch.files(), before);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_replaced_or_refused_and_never_followed() {
        use std::os::unix::fs::symlink;

        let scratch = Scratch::new("links");
        scratch.put("victim.txt", "precious");
        scratch.put(&format!("elsewhere/{REPORT_FILE_NAME}"), "1");
        let victim = scratch.join("victim.txt");
        let package = scratch.join("reports/package");
        fs::create_dir_all(&package).unwrap();
        symlink(&victim, package.join(REPORT_FILE_NAME)).unwrap();
        symlink(&victim, package.join(manifest::FILE_NAME)).unwrap();
        let leftover = package.join(".smcard-0123456789abcdef.tmp");
        symlink(&victim, &leftover).unwrap();

        // In place of a file: replaced, even where what it leads to is what would be written.
        scratch.reports().hold(&[card("", "precious")]).unwrap();
        assert!(!package.join(REPORT_FILE_NAME).is_symlink() && !package.join(manifest::FILE_NAME).is_symlink());
        scratch.reports().hold(&[card("", "new")]).unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
        assert_eq!(fs::read_to_string(package.join(REPORT_FILE_NAME)).unwrap(), "new");
        assert!(leftover.is_symlink(), "a link is no leftover");

        // In place of a card's folder: refused, and nothing behind it is removed either.
        symlink(scratch.join("elsewhere"), package.join("a")).unwrap();
        let failure = scratch.reports().hold(&[card("a", "1")]).unwrap_err();
        assert!(failure.error.to_string().starts_with("`a` is a link"), "{failure:?}");
        let list = package.join(manifest::FILE_NAME);
        scratch.reports().hold(&[card("b", "1")]).unwrap();
        fs::write(&list, fs::read_to_string(&list).unwrap().replace(" b/", " a/")).unwrap();
        scratch.reports().hold(&[]).unwrap();
        assert_eq!(fs::read_to_string(scratch.join("elsewhere").join(REPORT_FILE_NAME)).unwrap(), "1");

        // In place of the package's folder: refused.
        fs::remove_dir_all(&package).unwrap();
        symlink(scratch.join("elsewhere"), &package).unwrap();
        for places in [&[card("", "2")][..], &[]] {
            let failure = scratch.reports().hold(places).unwrap_err();
            assert!(failure.error.to_string().starts_with("`package` is a link"), "{failure:?}");
        }
        assert_eq!(fs::read_dir(scratch.join("elsewhere")).unwrap().count(), 1);

        // The folder that the user named may be a link.
        fs::remove_dir_all(scratch.join("reports")).unwrap();
        symlink(scratch.join("elsewhere"), scratch.join("reports")).unwrap();
        scratch.reports().hold(&[card("", "2")]).unwrap();
        assert!(scratch.join("elsewhere/package").join(REPORT_FILE_NAME).is_file());
    }

    #[test]
    fn what_a_killed_build_left_is_removed_and_nothing_that_looks_alike() {
        let scratch = Scratch::new("leftovers");
        scratch.reports().hold(&[card("", "1")]).unwrap();
        let others = [".smcard-0123.tmp", ".smcard-0123456789abcdeg.tmp", "smcard-0123456789abcdef.tmp", "notes.tmp"];
        for name in others.iter().chain(&[".smcard-0123456789abcdef.tmp", ".smcard-fedcba9876543210.tmp"]) {
            scratch.put(&format!("reports/package/{name}"), "half");
        }
        scratch.put("reports/package/.smcard-00000000000000ff.tmp/inside", "a folder");
        scratch.reports().hold(&[card("", "1")]).unwrap();
        let left: Vec<_> = scratch.files().into_iter().filter(|(_, text)| text == "half").collect();
        assert_eq!(left.len(), others.len(), "{left:?}");
        assert!(scratch.join("reports/package/.smcard-00000000000000ff.tmp/inside").is_file());
    }

    #[test]
    fn a_report_that_cannot_be_written_leaves_none_of_an_earlier_build() {
        let scratch = Scratch::new("failing");
        scratch.reports().hold(&[card("a", "old"), card("b", "old")]).unwrap();
        let in_the_way = format!("reports/package/b/{REPORT_FILE_NAME}");
        fs::remove_file(scratch.join(&in_the_way)).unwrap();
        scratch.put(&format!("{in_the_way}/somebody's.txt"), "own");
        let failure = scratch.reports().hold(&[card("a", "newer"), card("b", "newer")]).unwrap_err();
        assert!(!failure.stale, "{failure:?}");
        assert_eq!(scratch.files(), [(format!("{in_the_way}/somebody's.txt"), "own".to_owned())]);
    }

    #[test]
    fn a_report_is_as_old_as_the_script_and_written_once() {
        let scratch = Scratch::new("watched");
        let reports = scratch.reports();
        let place = card("a", "1");
        let file = scratch.join("reports/package/a").join(REPORT_FILE_NAME);
        assert_eq!(reports.watched(&place), None, "a file that is not there is not watched");
        let modified = || fs::metadata(&file).and_then(|file| file.modified()).unwrap();
        for _ in 0..2 {
            reports.hold(std::slice::from_ref(&place)).unwrap();
            assert_eq!(reports.watched(&place), Some(file.clone()));
            assert!(Some(modified()) <= reports.made);
            // Touched: cargo would run the script again at every build.
            fs::File::options().append(true).open(&file).and_then(|file| file.set_modified(SystemTime::now())).unwrap();
            assert_eq!(reports.watched(&place), None);
        }
        let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        fs::File::options().append(true).open(&file).and_then(|file| file.set_modified(long_ago)).unwrap();
        reports.hold(&[place]).unwrap();
        assert_eq!(modified(), long_ago, "the same report is not written again");
    }

    #[test]
    fn of_two_builds_in_one_folder_the_last_one_decides_and_neither_fails() {
        let scratch = Scratch::new("two-builds");
        scratch.reports().hold(&[card("a", "1"), card("b", "1")]).unwrap();
        scratch.reports().hold(&[card("a", "1"), card("c", "2")]).unwrap();
        assert_eq!(scratch.files(), named([("a", "1"), ("c", "2")]));
        scratch.reports().hold(&[card("a", "1"), card("b", "1")]).unwrap();
        assert_eq!(scratch.files(), named([("a", "1"), ("b", "1")]));

        let reports = || scratch.reports();
        std::thread::scope(|scope| {
            let holding =
                |build: usize| if build % 2 == 0 { vec![card("a", "1"), card("b", "3")] } else { vec![card("a", "1")] };
            let builds: Vec<_> = (0..4)
                .map(|build| scope.spawn(move || (0..50).try_for_each(|_| reports().hold(&holding(build)))))
                .collect();
            for build in builds {
                build.join().unwrap().unwrap();
            }
        });
        scratch.reports().hold(&[card("a", "1"), card("b", "3")]).unwrap();
        assert_eq!(scratch.files(), named([("a", "1"), ("b", "3")]));
    }
}
