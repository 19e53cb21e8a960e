//! `smcard.toml`: how a policy is found and read.

use std::path::{Path, PathBuf};

use crate::finding::{Finding, Findings, Problem};
use crate::policy::Policy;
use crate::rules::INVALID_POLICY;

mod discover;
mod read;
mod section;

use read::read;

/// The name of a policy file.
pub const FILE_NAME: &str = "smcard.toml";

/// A policy as it was found for a package.
#[derive(Debug, Clone)]
pub struct LoadedPolicy {
    /// The policy: the default one where there is no file, as much as could be read of a broken one.
    pub policy: Policy,
    /// The file, if there is one.
    pub file: Option<PathBuf>,
    /// What is wrong with the file.
    pub findings: Findings,
    /// Whether the file could be read at all; if not, no card can be checked against it.
    pub readable: bool,
}

impl Policy {
    /// Finds and reads the policy of a package: the nearest `smcard.toml` upward from its folder,
    /// up to the root of its workspace.
    ///
    /// A file that is not there is no error; one that cannot be read is a finding.
    pub fn load(package: &Path) -> LoadedPolicy {
        let Some(file) = discover::nearest(package) else {
            return LoadedPolicy { policy: Policy::default(), file: None, findings: Findings::NONE, readable: true };
        };
        let name = discover::display_name(&file, package);
        let (policy, findings, readable) = match std::fs::read(&file) {
            Ok(bytes) => read(&bytes, &name),
            Err(error) => {
                let problem = Problem::new(format!("the policy cannot be opened: {error}"));
                let finding = Finding { file: Some(name), ..Finding::new(INVALID_POLICY, "", 0, problem) };
                (Policy::default(), Findings::from_iter([finding]), false)
            }
        };
        LoadedPolicy { policy, file: Some(file), findings, readable }
    }

    /// Reads a policy from the text of a file, which messages call `file`.
    ///
    /// # Errors
    /// Everything that is wrong with it: TOML that cannot be parsed, unknown keys, fields and
    /// rules, values of the wrong kind.
    pub fn from_toml(text: &str, file: &str) -> Result<Self, Findings> {
        let (policy, findings, _) = read(text.as_bytes(), file);
        if findings.is_empty() { Ok(policy) } else { Err(findings) }
    }
}
