//! Which workspace a package belongs to, as cargo sees it
//! (<https://doc.rust-lang.org/cargo/reference/workspaces.html>).

use std::path::{Component, Path, PathBuf};

use crate::policy_file::document::Table;
use crate::policy_file::open::{Opened, open};

/// The largest manifest that is parsed, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// A package, and the workspace around it.
pub(super) struct Home {
    /// The folder of the workspace's root manifest; the package's own where there is no workspace.
    pub(super) root: PathBuf,
    /// The package's name, if its manifest says so.
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
}

/// What a manifest says of workspaces.
#[derive(Debug, Default)]
struct Manifest {
    name: Option<String>,
    version: Option<String>,
    /// `package.workspace`.
    pointer: Option<String>,
    workspace: Option<Members>,
    /// Whether it could not be parsed, so that nobody knows what it says.
    unseen: bool,
}

#[derive(Debug, Default)]
struct Members {
    members: Vec<String>,
    exclude: Vec<String>,
}

/// Finds the workspace of a package.
pub(super) fn home(package: &Path) -> Home {
    let own = manifest(package).unwrap_or_default();
    let root = match (&own.workspace, &own.pointer) {
        (Some(_), _) => package.to_owned(),
        (None, Some(pointer)) => plain(&package.join(pointer)),
        (None, None) => above(package).unwrap_or_else(|| package.to_owned()),
    };
    Home { root, name: own.name, version: own.version }
}

/// Finds what stands around a folder that need not be a package: the package that it lies in, with its workspace, or
/// else the repository.
pub(super) fn around(folder: &Path) -> Home {
    let mut root = folder;
    for above in folder.ancestors() {
        if above.join("Cargo.toml").is_file() {
            return home(above);
        }
        root = above;
        if above.join(".git").exists() {
            break;
        }
    }
    Home { root: root.to_owned(), name: None, version: None }
}

/// The root of the nearest workspace above a package that does not exclude it.
fn above(package: &Path) -> Option<PathBuf> {
    // Cargo looks no farther up than the folder in which it verifies packages.
    let folders = package.ancestors().skip(1).take_while(|folder| !folder.ends_with("target/package"));
    let mut unseen = None;
    for folder in folders {
        let Some(manifest) = manifest(folder) else { continue };
        if manifest.unseen {
            // It may be the root, and nobody hides the policy beside it; or it may not, and nobody
            // hides those above it.
            unseen = Some(folder.to_owned());
        }
        if let Some(members) = &manifest.workspace {
            if !members.excludes(folder, package) {
                return Some(folder.to_owned());
            }
        } else if let Some(pointer) = &manifest.pointer {
            return Some(plain(&folder.join(pointer)));
        }
    }
    unseen
}

impl Members {
    /// Whether the workspace in this folder leaves a package out: by its path alone, as cargo does.
    fn excludes(&self, folder: &Path, package: &Path) -> bool {
        let lists = |paths: &[String]| paths.iter().any(|path| package.starts_with(plain(&folder.join(path))));
        lists(&self.exclude) && !lists(&self.members)
    }
}

/// What the manifest in a folder says; nothing where there is none.
fn manifest(folder: &Path) -> Option<Manifest> {
    let bytes = match open(&folder.join("Cargo.toml"), LARGEST)? {
        Opened::Bytes(bytes) => bytes,
        Opened::TooLarge(_) => return Some(Manifest { unseen: true, ..Manifest::default() }),
        Opened::Unreadable(_) => return None,
    };
    let text = String::from_utf8_lossy(&bytes);
    let Ok(table) = Table::parse(&text) else {
        // Cargo's to report.
        return Some(Manifest { unseen: true, ..Manifest::default() });
    };
    let package = table.get("package").or_else(|| table.get("project")).map(|package| &package.value);
    let word = |key| package.and_then(|package| Some(package.get(key)?.value.text()?.to_owned()));
    let workspace = table.get("workspace").map(|workspace| {
        let paths = |key| {
            let mut texts = Vec::new();
            for path in workspace.value.get(key).and_then(|paths| paths.value.items()).unwrap_or_default() {
                texts.extend(path.value.text().map(str::to_owned));
            }
            texts
        };
        Members { members: paths("members"), exclude: paths("exclude") }
    });
    Some(Manifest {
        name: word("name"),
        version: word("version"),
        pointer: word("workspace"),
        workspace,
        unseen: false,
    })
}

/// A path without `.` and `..`, by its words alone.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            component => plain.push(component),
        }
    }
    plain
}
