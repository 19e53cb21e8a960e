//! The policies in force: one for each folder, read once.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smcard_core::source::visible;
use smcard_core::{Level, LoadedPolicy, POLICY_FILE_NAME, Policy, Stage};

use crate::told::Checked;

/// How many folders are remembered.
const REMEMBERED: usize = 4_096;

/// A policy as it was found.
pub(crate) struct InForce {
    pub(crate) policy: Policy,
    /// Its files, the outermost first.
    pub(crate) files: Vec<PathBuf>,
    /// The folder from which its files are named.
    base: PathBuf,
    /// Whether its files could be read; if not, no card can be checked against it.
    pub(crate) readable: bool,
}

pub(crate) struct Policies {
    /// The policy for everything, if one was named.
    named: Option<Arc<InForce>>,
    stage: Option<Stage>,
    of_folders: HashMap<PathBuf, Arc<InForce>>,
    /// What is wrong with the policies, to be told once.
    pub(crate) wrong: Vec<Checked>,
    told: HashSet<String>,
}

impl Policies {
    pub(crate) fn new(file: Option<&Path>, stage: Option<Stage>) -> Self {
        let mut policies =
            Policies { named: None, stage, of_folders: HashMap::new(), wrong: Vec::new(), told: HashSet::new() };
        if let Some(file) = file {
            let base = file.parent().unwrap_or(Path::new("")).to_owned();
            policies.named = Some(policies.in_force(base, Policy::load_file(file)));
        }
        policies
    }

    /// The policy of the package in a folder.
    pub(crate) fn of_package(&mut self, package: &Path) -> Arc<InForce> {
        match &self.named {
            Some(named) => Arc::clone(named),
            None => self.in_force(package.to_owned(), Policy::load(package)),
        }
    }

    /// The policy for a card file.
    pub(crate) fn of_file(&mut self, file: &Path) -> Arc<InForce> {
        self.of_folder(file.parent().unwrap_or(Path::new("")))
    }

    /// The policy for the card files in a folder.
    pub(crate) fn of_folder(&mut self, folder: &Path) -> Arc<InForce> {
        if let Some(named) = &self.named {
            return Arc::clone(named);
        }
        if let Some(known) = self.of_folders.get(folder) {
            return Arc::clone(known);
        }
        let whole = std::path::absolute(Path::new(".").join(folder)).unwrap_or_else(|_| folder.to_owned());
        // A folder that says nothing of its own has the policy of the one around it, which is found once for all of
        // its folders.
        let above = whole.parent().filter(|_| says_nothing(&whole));
        let found = match above {
            Some(above) => self.of_folder(above),
            None => self.in_force(whole.clone(), Policy::load_around(&whole)),
        };
        if self.of_folders.len() >= REMEMBERED {
            self.of_folders.clear();
        }
        self.of_folders.insert(folder.to_owned(), Arc::clone(&found));
        found
    }

    fn in_force(&mut self, base: PathBuf, loaded: LoadedPolicy) -> Arc<InForce> {
        let LoadedPolicy { policy, findings, readable, files, .. } = loaded;
        let policy = match self.stage {
            Some(stage) => policy.at_stage(stage),
            None => policy,
        };
        let in_force = InForce { policy, files, base, readable };
        if !findings.is_empty() {
            let mut checked = Checked::new(String::new(), findings, |_| None, None);
            in_force.name_files(&mut checked);
            checked.is_card = false;
            // Many folders may share a file that is wrong.
            checked.told.retain(|told| {
                let is_new = self.told.insert(format!("{} {:?} {}", told.file, told.position, told.rule.code));
                let count = if told.level == Level::Error { &mut checked.errors } else { &mut checked.warnings };
                *count -= usize::from(!is_new);
                is_new
            });
            if let Some(first) = checked.told.first() {
                checked.file = first.file.clone();
                self.wrong.push(checked);
            }
        }
        Arc::new(in_force)
    }
}

/// Whether nothing in a folder has a say in which policy is in force.
fn says_nothing(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return true };
    let mut entries = entries.flatten().map(|entry| entry.file_name());
    !entries.any(|name| name == ".git" || name == "Cargo.toml" || name.eq_ignore_ascii_case(POLICY_FILE_NAME))
}

impl InForce {
    /// Names the files of the policy as seen from where the user is.
    pub(crate) fn name_files(&self, checked: &mut Checked) {
        let of_card = checked.file.clone();
        for told in &mut checked.told {
            if told.file != of_card {
                told.file = self.name_of(&told.file);
            }
        }
        for excepted in &mut checked.excepted {
            excepted.exception.file = self.name_of(&excepted.exception.file);
        }
    }

    /// A file of the policy as seen from where the user is.
    pub(crate) fn name_of(&self, file: &str) -> String {
        let mut path = self.base.clone();
        for part in file.split('/') {
            match part {
                ".." => drop(path.pop()),
                part => path.push(part),
            }
        }
        let here = std::env::current_dir().unwrap_or_default();
        visible(&path.strip_prefix(here).unwrap_or(&path).display().to_string())
    }
}
