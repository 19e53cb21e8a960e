//! The extensions that a policy requires: what a card lacks of them, as one block to add.

use crate::card::SecurityCard;
use crate::excerpt::shown;
use crate::finding::Problem;
use crate::names::Names;
use crate::policy::DeclaredExtension;
use crate::rules::site::{Site, Tell};
use crate::suggest::{listed, nearest};
use crate::tree::{Node, Value};

/// How many missing extensions a message spells out.
const SPELT_OUT: usize = 10;

/// The longest key of an extension (see `invalid-key`).
const LONGEST_KEY: usize = 64;

pub(super) fn extension_missing(site: &Site<'_>, tell: &mut Tell<'_>) {
    let declared = site.policy().extensions();
    if !declared.iter().any(|extension| extension.required) {
        return;
    }
    let given = site.node.entry(SecurityCard::extensions());
    let mut present = Names::default();
    if let Some(given) = given {
        let mut paths = Names::default();
        for extension in declared {
            paths.add(&extension.path);
        }
        collect(&given.node, "", &paths, &mut present);
    }
    let extensions = site.path.key(SecurityCard::extensions());
    let at = given.map_or(site.key_at, |given| given.at);
    let mut missing: Vec<&DeclaredExtension> = Vec::new();
    for extension in declared.iter().filter(|extension| extension.required && !present.contains(&extension.path)) {
        if !tell.is_excepted(at, &extensions.key(&extension.path), &|| problem(&[extension], site)) {
            missing.push(extension);
        }
    }
    match missing.as_slice() {
        [] => {}
        // What only one is missing of is told at its own path.
        [only] => tell.at(at, &extensions.key(&only.path), &|| problem(&[only], site)),
        several => tell.at(at, &extensions, &|| problem(several, site)),
    }
}

/// Notes which of the declared paths a block of a card gives.
fn collect(block: &Node<'_>, path: &str, declared: &Names<'_>, present: &mut Names<'_>) {
    for entry in block.entries() {
        let dot = if path.is_empty() { "" } else { "." };
        // No declared path has a longer key.
        if entry.key.len() > LONGEST_KEY {
            continue;
        }
        let path = format!("{path}{dot}{}", entry.key);
        if let Value::Block(_) = entry.node.value {
            collect(&entry.node, &path, declared, present);
        }
        if declared.contains(&path) {
            present.set(path.into(), 0);
        }
    }
}

fn problem(missing: &[&DeclaredExtension], site: &Site<'_>) -> Problem {
    let told = missing.get(..SPELT_OUT).unwrap_or(missing);
    let names = listed(told.iter().map(|extension| &*extension.path));
    let more = missing.len() - told.len();
    let (plural, more) = match more {
        0 => (if told.len() > 1 { "s" } else { "" }, String::new()),
        more => ("s", format!(" and {more} more")),
    };
    let name = SecurityCard::extensions();
    let block = Tree::of(told);
    let mut problem = Problem::new(format!("missing extension{plural} {names}{more}"))
        .help(format!("add `{name}: {{ {} }}`", block.spelt()));
    let given = site.node.get(name);
    for extension in told {
        if let Some((found, meant)) = given.and_then(|given| slip(given, &extension.path, site.policy().extensions())) {
            problem = problem.help(format!("did you mean `{meant}`? The card has `{}`", shown(&found)));
        }
    }
    for extension in told {
        if !extension.doc.is_empty() {
            problem = problem.note(extension.doc.clone());
        }
        problem = problem.note(format!("required by {}", extension.place));
    }
    problem
}

/// The key of the card that was probably meant to be a missing extension, with what it should be.
fn slip<'p>(extensions: &Node<'_>, path: &'p str, declared: &[DeclaredExtension]) -> Option<(String, &'p str)> {
    let (mut block, mut above) = (extensions, "");
    for (end, _) in path.match_indices('.').chain([(path.len(), "")]) {
        let reached = path.get(..end)?;
        let name = reached.rsplit('.').next()?;
        let Some(inner) = block.get(name) else {
            let dot = if above.is_empty() { "" } else { "." };
            let spelt = |key: &str| format!("{above}{dot}{key}");
            let known = |key: &str| {
                let path = spelt(key);
                declared.iter().any(|extension| crate::policy::is_within(&extension.path, &path))
            };
            // The one that is near a declared name, among those that nobody declared.
            let keys = block.entries().iter().take(100).map(|entry| &*entry.key);
            let key = nearest(name, keys.filter(|key| !known(key)))?;
            return Some((spelt(key), reached));
        };
        (block, above) = (inner, reached);
    }
    None
}

/// Paths, put together by what they begin with.
#[derive(Default)]
struct Tree<'p> {
    branches: Vec<(&'p str, Tree<'p>)>,
}

impl<'p> Tree<'p> {
    fn of(extensions: &[&'p DeclaredExtension]) -> Self {
        let mut tree = Tree::default();
        for extension in extensions {
            let mut here = &mut tree;
            for name in extension.path.split('.') {
                let known = here.branches.iter().position(|(known, _)| *known == name);
                let index = known.unwrap_or(here.branches.len());
                if known.is_none() {
                    here.branches.push((name, Tree::default()));
                }
                let Some((_, branch)) = here.branches.get_mut(index) else { break };
                here = branch;
            }
        }
        tree
    }

    /// As a card spells it.
    fn spelt(&self) -> String {
        let branch = |(name, tree): &(&str, Tree<'_>)| match tree.branches.as_slice() {
            [] => format!("{name}: \"…\""),
            _ => format!("{name}: {{ {} }}", tree.spelt()),
        };
        let mut branches = Vec::new();
        for known in &self.branches {
            branches.push(branch(known));
        }
        branches.join(", ")
    }
}
