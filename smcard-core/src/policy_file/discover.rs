//! Which policy file belongs to a package.

use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::policy_file::FILE_NAME;

/// The nearest policy file upward from a package's folder, up to the root of its workspace.
pub(super) fn nearest(package: &Path) -> Option<PathBuf> {
    let root = workspace_root(package);
    let mut folders = package.ancestors();
    let within = folders.by_ref().take_while(|folder| *folder != root);
    let mut candidates: Vec<PathBuf> = within.map(|folder| folder.join(FILE_NAME)).collect();
    candidates.push(root.join(FILE_NAME));
    candidates.into_iter().find(|file| file.is_file())
}

/// The root of a package's workspace: the first folder upward whose `Cargo.toml` has a
/// `[workspace]`, or the package itself.
fn workspace_root(package: &Path) -> &Path {
    package.ancestors().find(|folder| is_workspace(&folder.join("Cargo.toml"))).unwrap_or(package)
}

fn is_workspace(manifest: &Path) -> bool {
    // A manifest that cannot be read or parsed is cargo's to report.
    let Ok(text) = std::fs::read_to_string(manifest) else { return false };
    DeTable::parse(&text).is_ok_and(|table| table.get_ref().contains_key("workspace"))
}

/// What messages call the file: its path from the package, with `/` on every system.
pub(super) fn display_name(file: &Path, package: &Path) -> String {
    let steps = package.ancestors().position(|folder| Some(folder) == file.parent()).unwrap_or(0);
    format!("{}{FILE_NAME}", "../".repeat(steps))
}
