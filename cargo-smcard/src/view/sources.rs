//! The files that a page is made of, and whether any of them has changed.
//!
//! They are looked at again and again: that needs no help of the system, and so works in containers and on shares of a
//! network, too.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use ignore::{DirEntry, WalkBuilder};
use smcard_core::POLICY_FILE_NAME;

use super::Args;
use crate::check::policies::Policies;
use crate::exit::Failure;

/// How long nothing is looked at, at least.
const PAUSE: Duration = Duration::from_millis(250);
/// How many times as long as looking took.
const SHARE: u32 = 20;
/// How long nothing must have changed: who saves one file may be saving several.
const SETTLED: Duration = Duration::from_millis(100);

/// Which files they are.
pub(super) struct Sources {
    files: Vec<PathBuf>,
    /// Folders with all that is in them, but for what git ignores, what is hidden and what a build has written.
    folders: Vec<PathBuf>,
}

impl Sources {
    /// Those of the card that the arguments name.
    pub(super) fn of(args: &Args) -> Result<Self, Failure> {
        let mut policies = Policies::new(args.source.policy.as_deref(), None);
        let mut sources = Sources { files: args.source.policy.iter().cloned().collect(), folders: Vec::new() };
        match &args.source.card {
            Some(card) => {
                let card = std::path::absolute(card).unwrap_or_else(|_| card.clone());
                let folder = card.parent().unwrap_or(&card);
                sources.policies(folder, &policies.of_folder(folder).files);
                sources.files.push(card);
            }
            None => {
                for source in args.source.cargo.sources()? {
                    if source.is_dir() {
                        sources.policies(&source, &policies.of_package(&source).files);
                        sources.folders.push(source);
                    } else {
                        sources.files.push(source);
                    }
                }
            }
        }
        Ok(sources)
    }

    /// The policies in force for a folder, wherever they are, and those that may come.
    fn policies(&mut self, folder: &Path, in_force: &[PathBuf]) {
        self.files.extend(folder.ancestors().map(|folder| folder.join(POLICY_FILE_NAME)));
        self.files.extend_from_slice(in_force);
    }

    /// What is another number once anything has changed.
    pub(super) fn state(&self) -> u64 {
        let mut state = self.files.iter().map(|file| state_of(file)).fold(0, u64::wrapping_add);
        let mut folders = self.folders.iter();
        let Some(first) = folders.next() else { return state };
        let mut walk = WalkBuilder::new(first);
        for folder in folders {
            walk.add(folder);
        }
        let walk = walk.require_git(false).filter_entry(|entry| !is_output(entry)).build();
        for entry in walk.flatten().filter(|entry| entry.file_type().is_some_and(|kind| !kind.is_dir())) {
            // In whatever order they come.
            state = state.wrapping_add(state_of(entry.path()));
        }
        state
    }

    /// Waits until there is another state than this, and until it stays as it is.
    pub(super) fn changed(&self, from: u64) -> u64 {
        let mut took = Duration::ZERO;
        loop {
            thread::sleep(PAUSE.max(took * SHARE));
            let start = Instant::now();
            let mut now = self.state();
            took = start.elapsed();
            if now == from {
                continue;
            }
            loop {
                thread::sleep(SETTLED);
                match self.state() {
                    settled if settled == now => return now,
                    moved => now = moved,
                }
            }
        }
    }
}

fn state_of(file: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    let about = fs::metadata(file).ok();
    (file, about.map(|about| (about.len(), about.modified().ok()))).hash(&mut hasher);
    hasher.finish()
}

/// Whether it is a folder of what a build has written.
fn is_output(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir()) && entry.path().join("CACHEDIR.TAG").is_file()
}
