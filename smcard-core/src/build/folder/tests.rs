//! What is written, what is removed, and what is left alone.

use std::ops::Deref;

use std::time::SystemTime;

use super::*;
use crate::build::{REPORT_FILE_NAME, manifest};

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
        self.reports_of("one")
    }

    /// The folder as a build with this OUT_DIR has it.
    fn reports_of(&self, out: &str) -> Folder {
        Folder::new(&self.join("reports"), &["package"], Writer::new(&self.join(out), Some(made())))
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

fn made() -> SystemTime {
    std::env::current_exe().and_then(|file| file.metadata()?.modified()).unwrap()
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
    Place {
        folder,
        variable: "SMCARD_REPORT".to_owned(),
        files: vec![(REPORT_FILE_NAME.to_owned(), report.to_owned())],
    }
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
    let leftover = package.join(Writer::new(&scratch.join("one"), None).unfinished_name());
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
    assert!(failure.error.to_string().starts_with("`a` is a symbolic link"), "{failure:?}");
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
        assert!(failure.error.to_string().starts_with("`package` is a symbolic link"), "{failure:?}");
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
    // Begun and not finished: by this build, and by another one long ago and just now.
    let digits = "0123456789abcdef";
    let unfinished = |out: &str, digits: &str| {
        let number = Writer::new(&scratch.join(out), None).unfinished_name().replace(".smcard-", "");
        let name = format!(".smcard-{}{digits}.tmp", number.split_at(16).0);
        scratch.put(&format!("reports/package/{name}"), "half");
        scratch.join("reports/package").join(name)
    };
    let [own, old, new] = [unfinished("one", digits), unfinished("two", digits), unfinished("two", "00000000000000ff")];
    let long_ago = made() - std::time::Duration::from_secs(1);
    fs::File::options().append(true).open(&old).and_then(|file| file.set_modified(long_ago)).unwrap();
    let others = [".smcard-0123.tmp", ".smcard-0123456789abcdeg.tmp", "notes.tmp"];
    for name in others {
        scratch.put(&format!("reports/package/{name}"), "half");
    }
    let folder = format!("reports/package/.smcard-{digits}{digits}.tmp/inside");
    scratch.put(&folder, "a folder");
    scratch.reports().hold(&[card("", "1")]).unwrap();
    assert!(!own.exists() && !old.exists() && new.exists());
    let left: Vec<_> = scratch.files().into_iter().filter(|(_, text)| text == "half").collect();
    assert_eq!(left.len(), others.len() + 1, "{left:?}");
    assert!(scratch.join(folder).is_file());
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
    assert!(!scratch.join("reports/package").join(manifest::FILE_NAME).exists(), "a list of nothing is no file");
}

#[test]
fn a_report_is_as_old_as_the_script_and_written_once() {
    let scratch = Scratch::new("watched");
    let reports = scratch.reports();
    let places = [card("a", "1")];
    let file = scratch.join("reports/package/a").join(REPORT_FILE_NAME);
    assert!(reports.watched(&places).is_empty(), "a file that is not there is not watched");
    let modified = || fs::metadata(&file).and_then(|file| file.modified()).unwrap();
    for _ in 0..2 {
        reports.hold(&places).unwrap();
        assert_eq!(reports.watched(&places), std::slice::from_ref(&file));
        assert!(modified() <= made());
        // Touched: cargo would run the script again at every build.
        fs::File::options().append(true).open(&file).and_then(|file| file.set_modified(SystemTime::now())).unwrap();
        assert!(reports.watched(&places).is_empty());
    }
    let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options().append(true).open(&file).and_then(|file| file.set_modified(long_ago)).unwrap();
    reports.hold(&places).unwrap();
    assert_eq!(modified(), long_ago, "the same report is not written again");
}

#[test]
fn exports_stand_beside_their_report_and_go_when_nobody_asks_for_them() {
    let scratch = Scratch::new("exports");
    let exported = |formats: &[&str]| {
        let mut place = card("a", "1");
        for format in formats {
            assert!(place.add(format, format!("as {format}")));
        }
        place
    };
    scratch.reports().hold(&[exported(&["html", "cdx.json"])]).unwrap();
    let stem = "reports/package/a/security_model_card_report";
    let files = |names: &[&str]| {
        let mut files: Vec<_> = names.iter().map(|name| (format!("{stem}.{name}"), format!("as {name}"))).collect();
        files.push((format!("{stem}.json"), "1".to_owned()));
        files.sort();
        files
    };
    assert_eq!(scratch.files(), files(&["cdx.json", "html"]));
    scratch.put(&format!("{stem}.md"), "by hand");
    scratch.reports().hold(&[exported(&["html"])]).unwrap();
    fs::remove_file(scratch.join(format!("{stem}.md"))).unwrap();
    assert_eq!(scratch.files(), files(&["html"]));
    assert!(!exported(&["html"]).add("html", String::new()), "two formats are one file");
    scratch.reports().hold(&[]).unwrap();
    assert_eq!(scratch.files(), []);
}

#[test]
fn of_two_builds_in_one_folder_the_last_one_decides_and_neither_fails() {
    let scratch = Scratch::new("two-builds");
    scratch.reports().hold(&[card("a", "1"), card("b", "1")]).unwrap();
    scratch.reports().hold(&[card("a", "1"), card("c", "2")]).unwrap();
    assert_eq!(scratch.files(), named([("a", "1"), ("c", "2")]));
    scratch.reports().hold(&[card("a", "1"), card("b", "1")]).unwrap();
    assert_eq!(scratch.files(), named([("a", "1"), ("b", "1")]));

    let build = |out: &str, places: &[Place]| (0..50).try_for_each(|_| scratch.reports_of(out).hold(places));
    std::thread::scope(|scope| {
        let one = scope.spawn(|| build("one", &[card("a", "1"), card("b", "3")]));
        let two = scope.spawn(|| build("two", &[card("a", "1")]));
        one.join().unwrap().unwrap();
        two.join().unwrap().unwrap();
    });
    scratch.reports().hold(&[card("a", "1"), card("b", "3")]).unwrap();
    assert_eq!(scratch.files(), named([("a", "1"), ("b", "3")]));
}
