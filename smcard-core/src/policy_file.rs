//! `smcard.toml`: how the files of a policy are found, read and laid over each other.

use std::path::{Path, PathBuf};

use crate::finding::Findings;
use crate::policy::Policy;
use crate::rule::Rule;

mod discover;
mod document;
mod layers;
mod open;
mod provenance;
mod read;
mod section;
mod size;
mod workspace;

/// The name of a policy file.
pub const FILE_NAME: &str = "smcard.toml";

/// A policy as it was found for a package.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LoadedPolicy {
    /// The policy: the default one if there is no file; of a broken file, as much as could be read.
    pub policy: Policy,
    /// The files that it was read from, the outermost first.
    pub files: Vec<PathBuf>,
    /// What is wrong with the files.
    pub findings: Findings,
    /// Whether the files could be read at all; if not, no card can be checked against them.
    pub readable: bool,
    /// Whether the package comes from a registry, is vendored, or was unpacked to be verified. Its
    /// policy stayed with its author, so no finding may fail the build.
    pub foreign: bool,
}

impl Default for LoadedPolicy {
    fn default() -> Self {
        LoadedPolicy {
            policy: Policy::default(),
            files: Vec::new(),
            findings: Findings::NONE,
            readable: true,
            foreign: false,
        }
    }
}

impl LoadedPolicy {
    /// The files with what messages call each: its path as seen from the package, with `/` on every system.
    #[cfg(feature = "build")]
    pub(crate) fn named_files(&self) -> impl Iterator<Item = (&str, &Path)> {
        self.policy.files.iter().map(|file| file.name.as_str()).zip(self.files.iter().map(PathBuf::as_path))
    }

    /// The findings of a card at the level that they have here: in somebody else's package, errors
    /// become warnings, except those of rules for which `stays` holds.
    #[must_use]
    pub fn weigh(&self, findings: Findings, stays: impl Fn(&Rule) -> bool) -> Findings {
        if self.foreign { findings.into_warnings(&stays) } else { findings }
    }
}

impl Policy {
    /// Finds and reads the policy of a package: every `smcard.toml` from its folder up to the root
    /// of its workspace, as cargo finds that, and what these extend.
    ///
    /// A missing file is not an error. Something with this name that cannot be read is a finding, and
    /// so is a file that loosens what an outer one asks for.
    pub fn load(package: &Path) -> LoadedPolicy {
        let home = workspace::home(package);
        let found = discover::files(package, &home.root);
        if provenance::is_foreign(package, &home, &found) {
            return LoadedPolicy { foreign: true, ..LoadedPolicy::default() };
        }
        Self::lay(found, home.name.as_deref())
    }

    /// Finds and reads the policy for the card files in a folder: every `smcard.toml` from there up to the root of the
    /// workspace around it, and what these extend. Where no cargo package lies around the folder within its git
    /// repository, the root is the nearest folder upward that holds `.git`, or else the topmost one.
    ///
    /// The folder must be an absolute path.
    pub fn load_around(folder: &Path) -> LoadedPolicy {
        let home = workspace::around(folder);
        Self::lay(discover::files(folder, &home.root), home.name.as_deref())
    }

    /// Reads a policy from this file and from what it extends. Messages name files as seen from its folder.
    pub fn load_file(file: &Path) -> LoadedPolicy {
        Self::lay(discover::file(file), None)
    }

    fn lay(found: discover::Found, package: Option<&str>) -> LoadedPolicy {
        let (mut texts, mut files) = (Vec::new(), Vec::new());
        for layer in &found.layers {
            texts.push((layer.name.as_str(), layer.bytes.as_slice()));
            files.push(layer.file.clone());
        }
        let (policy, of_texts, readable) = layers::lay(&texts, package);
        let readable = readable && found.findings.is_empty();
        let mut findings = found.findings;
        findings.append(of_texts);
        LoadedPolicy { policy, files, findings, readable, foreign: false }
    }

    /// Reads a policy from the text of a file, which messages call `file`.
    ///
    /// Exceptions that name a package do not apply; [`Policy::from_layers`] takes the package's name.
    ///
    /// # Errors
    /// Everything that is wrong with it: TOML that cannot be parsed, unknown keys, fields and
    /// rules, values of the wrong kind.
    pub fn from_toml(text: &str, file: &str) -> Result<Self, Findings> {
        whole(layers::lay(&[(file, text.as_bytes())], None))
    }

    /// Reads the policy of a package from the texts of several files, each preceded by the name that
    /// messages use for it, the outermost first. `extends` is not followed.
    ///
    /// # Errors
    /// As [`Policy::from_toml`], and whatever a nearer file loosens without an outer one delegating it.
    pub fn from_layers(files: &[(&str, &str)], package: &str) -> Result<Self, Findings> {
        let mut texts = Vec::new();
        for (file, text) in files {
            texts.push((*file, text.as_bytes()));
        }
        whole(layers::lay(&texts, Some(package)))
    }
}

fn whole((policy, findings, _): (Policy, Findings, bool)) -> Result<Policy, Findings> {
    if findings.is_empty() { Ok(policy) } else { Err(findings) }
}
