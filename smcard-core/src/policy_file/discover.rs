//! Which policy files belong to a package.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::excerpt::shown;
use crate::finding::{Finding, Findings, Problem};
use crate::order;
use crate::policy::PolicyFile;
use crate::policy_file::FILE_NAME;
use crate::policy_file::document::Table;
use crate::policy_file::open::{Opened, open};
use crate::policy_file::section::Source;
use crate::policy_file::size::{LARGEST, too_dense, too_large};
use crate::policy_file::workspace::plain;
use crate::rules::INVALID_POLICY;

/// How many files may rest on each other.
const LONGEST_CHAIN: usize = 8;

/// A file that was read.
pub(super) struct Layer {
    pub(super) file: PathBuf,
    /// What messages call it.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The files of a package.
pub(super) struct Found {
    /// Those that were read, the outermost first.
    pub(super) layers: Vec<Layer>,
    /// What is wrong with those that were not.
    pub(super) findings: Findings,
    /// Whether any of them stands above the package's own folder.
    pub(super) above: bool,
}

impl Found {
    pub(super) fn is_empty(&self) -> bool {
        self.layers.is_empty() && self.findings.is_empty()
    }
}

/// Finds the policy files of a package up to the root of its workspace, and what they rest on.
pub(super) fn files(package: &Path, root: &Path) -> Found {
    let mut found = Found { layers: Vec::new(), findings: Findings::NONE, above: false };
    for folder in folders(package, root) {
        let before = (found.layers.len(), found.findings.len());
        let file = folder.join(FILE_NAME);
        found.misnamed(folder, package);
        if let Some(layer) = found.read(&file, package) {
            found.chain(layer, package);
        }
        found.above |= folder != package && before != (found.layers.len(), found.findings.len());
    }
    found
}

/// This file, and what it rests on.
pub(super) fn file(file: &Path) -> Found {
    let mut found = Found { layers: Vec::new(), findings: Findings::NONE, above: false };
    let folder = file.parent().unwrap_or(file);
    match found.read(file, folder) {
        Some(layer) => found.chain(layer, folder),
        None if found.findings.is_empty() => found.refuse(file, folder, Problem::new("there is no such file")),
        None => {}
    }
    found
}

/// The folders from the root of a workspace down to a package. A root that does not lie above the
/// package comes before what lies between the two.
fn folders<'p>(package: &'p Path, root: &'p Path) -> Vec<&'p Path> {
    let mut folders = Vec::new();
    for folder in package.ancestors() {
        if root.starts_with(folder) {
            break;
        }
        folders.push(folder);
    }
    folders.push(root);
    folders.reverse();
    folders
}

impl Found {
    fn refuse(&mut self, file: &Path, package: &Path, problem: Problem) {
        let name = display_name(file, package);
        self.findings.push(Finding { file: Some(name), ..Finding::new(INVALID_POLICY, "", 0, problem) });
    }

    /// Tells of files whose name differs from that of a policy in letter case alone.
    fn misnamed(&mut self, folder: &Path, package: &Path) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        let mut names = Vec::new();
        for entry in entries.flatten() {
            match entry.file_name().into_string() {
                Ok(name) if name != FILE_NAME && name.to_lowercase() == FILE_NAME => names.push(name),
                _ => {}
            }
        }
        order::sort(&mut names, |one, other| one.cmp(other));
        for name in names {
            let problem = Problem::new(format!("a policy is named `{FILE_NAME}`, in lower case"))
                .help(format!("rename it to `{FILE_NAME}`, or remove it"));
            self.refuse(&folder.join(name), package, problem);
        }
    }

    fn read(&mut self, file: &Path, package: &Path) -> Option<Layer> {
        match open(file, LARGEST)? {
            Opened::Bytes(bytes) => {
                let name = display_name(file, package);
                return Some(Layer { file: file.to_owned(), name, bytes });
            }
            Opened::Unreadable(why) => {
                self.refuse(file, package, Problem::new(format!("the policy cannot be read: {why}")));
            }
            Opened::TooLarge(bytes) => self.refuse(file, package, too_large(bytes)),
        }
        None
    }

    /// Adds a file behind those that it rests on.
    fn chain(&mut self, layer: Layer, package: &Path) {
        let mut seen = vec![known_as(&layer.file)];
        let mut chain = vec![layer];
        while let Some(step) = chain.last().and_then(|last| base(last, package, &seen, chain.len())) {
            match step {
                Ok(beneath) => {
                    seen.push(known_as(&beneath.file));
                    chain.push(beneath);
                }
                Err(findings) => {
                    self.findings.append(findings);
                    break;
                }
            }
        }
        // What applies already, applies once.
        let mut applies = Vec::new();
        for layer in &self.layers {
            applies.push(known_as(&layer.file));
        }
        while let Some(layer) = chain.pop() {
            if !applies.contains(&known_as(&layer.file)) {
                self.layers.push(layer);
            }
        }
    }
}

/// The file that a file rests on, if it says that it does.
fn base(layer: &Layer, package: &Path, seen: &[PathBuf], length: usize) -> Option<Result<Layer, Findings>> {
    let text = std::str::from_utf8(&layer.bytes).ok()?;
    // Why it cannot be read is told when all of it is.
    if too_dense(text).is_some() {
        return None;
    }
    let table = Table::parse(text).ok()?;
    let value = table.get("policy")?.value.get("extends")?;
    let words = value.value.text()?;
    let refused = |problem: Problem| {
        let source = Source::new(text, PolicyFile { name: layer.name.clone(), delegated: Vec::new() });
        source.report(INVALID_POLICY, value.span.clone(), &|| problem.clone());
        Some(Err(source.into_findings()))
    };
    if Path::new(words).components().any(|part| matches!(part, Component::RootDir | Component::Prefix(_))) {
        let problem = Problem::new("`policy.extends` takes a path relative to the folder of this file");
        return refused(problem.help("write a relative path, such as `../policies/base.toml`"));
    }
    let file = plain(&layer.file.parent().unwrap_or(package).join(words));
    if seen.contains(&known_as(&file)) {
        let problem = Problem::new(format!("`{}` extends itself", shown(words)));
        return refused(problem.help("remove one `extends` from the cycle"));
    }
    if length >= LONGEST_CHAIN {
        let problem = Problem::new(format!("more than {LONGEST_CHAIN} policies extend each other"));
        return refused(problem.help("merge them into fewer files"));
    }
    match open(&file, LARGEST) {
        Some(Opened::Bytes(bytes)) => Some(Ok(Layer { name: display_name(&file, package), file, bytes })),
        Some(Opened::Unreadable(why)) => refused(Problem::new(format!("`{}` cannot be read: {why}", shown(words)))),
        Some(Opened::TooLarge(bytes)) => refused(too_large(bytes)),
        None => refused(Problem::new(format!("there is no file `{}`", shown(words)))),
    }
}

/// A file by one name, whatever links lead to it.
fn known_as(file: &Path) -> PathBuf {
    fs::canonicalize(file).unwrap_or_else(|_| file.to_owned())
}

/// What messages call a file: its path from the package, with `/` on every system.
fn display_name(file: &Path, package: &Path) -> String {
    let common = package.ancestors().find(|folder| file.starts_with(folder));
    let up = common.map_or(0, |common| package.components().count() - common.components().count());
    let within = common.and_then(|common| file.strip_prefix(common).ok()).unwrap_or(file);
    let (mut name, mut gap) = ("../".repeat(up), "");
    for part in within.components() {
        if let Component::Normal(part) = part {
            name += gap;
            name += &shown(&part.to_string_lossy());
            gap = "/";
        }
    }
    name
}
