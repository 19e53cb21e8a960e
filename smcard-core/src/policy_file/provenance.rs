//! Whether a package is somebody else's here: from a registry, vendored, or unpacked to be verified.
//!
//! The policy of its workspace stayed behind with its author, so nothing of ours may fail such a
//! build. Cargo leaves marks beside the manifest, but anybody can put a file there. So a mark
//! counts only where there is no policy that it could switch off, or where cargo's lock file says
//! that the package came from elsewhere.

use std::env;
use std::path::{Path, PathBuf};

use crate::policy_file::discover::Found;
use crate::policy_file::document::{Table, Value};
use crate::policy_file::open::{Opened, open};
use crate::policy_file::workspace::Home;

/// What cargo leaves beside the manifest of a package that it unpacked.
const MARKS: &[&str] = &[".cargo-ok", ".cargo-checksum.json", "Cargo.toml.orig"];

/// The largest lock file that is parsed, in bytes.
const LARGEST: usize = 16 * 1024 * 1024;

pub(super) fn is_foreign(package: &Path, home: &Home, found: &Found) -> bool {
    if !MARKS.iter().any(|mark| package.join(mark).is_file()) {
        return false;
    }
    let nothing_above = !found.above;
    found.is_empty()
        || (nothing_above && (is_in_registry(package) || is_being_verified(package)))
        || is_locked_from_elsewhere(home)
}

/// Whether cargo unpacked the package into its own folder.
fn is_in_registry(package: &Path) -> bool {
    let set = env::var_os("CARGO_HOME").map(PathBuf::from);
    let default = || Some(PathBuf::from(env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?).join(".cargo"));
    set.or_else(default).is_some_and(|cargo| package.starts_with(cargo.join("registry/src")))
}

/// Whether cargo unpacked the package to see whether it builds.
fn is_being_verified(package: &Path) -> bool {
    package.parent().is_some_and(|folder| folder.ends_with("target/package"))
}

/// Whether the workspace around the package knows it as one from a registry: a package of the
/// workspace itself has no source in the lock file, and cargo keeps that file right.
fn is_locked_from_elsewhere(home: &Home) -> bool {
    let (Some(name), Some(version)) = (&home.name, &home.version) else { return false };
    let Some(Opened::Bytes(bytes)) = open(&home.root.join("Cargo.lock"), LARGEST) else { return false };
    let text = String::from_utf8_lossy(&bytes);
    let Ok(table) = Table::parse(&text) else { return false };
    let Some(packages) = table.get("package").and_then(|packages| packages.value.items()) else { return false };
    let word = |package: &Value<'_>, key| Some(package.get(key)?.value.text()?.to_owned());
    let mut sources = packages.iter().map(|package| &package.value).filter_map(|package| {
        let same = word(package, "name").as_ref() == Some(name) && word(package, "version").as_ref() == Some(version);
        same.then(|| word(package, "source"))
    });
    let first = sources.next();
    matches!(first, Some(Some(_))) && sources.all(|source| source.is_some())
}
