//! A card and its files: what was measured of each, and what of the card does not hold.

use std::collections::BTreeSet;

use smcard_core::rules::measured::{FILE_MISSING, PATH_OUTSIDE};
use smcard_core::{Evidence, ExtensionValue, Extensions, Named, Policy, Problem, fact};

use super::facts::Block;
use super::read::{Read, Why};
use super::say::shown;
use super::told::Told;
use super::{component, file, report};

/// Of how many files all facts are given. A report has a bound on its values, so of more files those alone that tell one
/// from another.
const IN_FULL: usize = 1_000;

/// What was measured of the files that a card names.
pub(super) fn evidence(named: &Named<'_>, read: &Read<'_>, policy: &Policy) -> Evidence {
    let mut told = Told::default();
    let (mut files, mut reports) = (Vec::new(), Vec::new());
    let mut watched = Vec::new();
    let in_full = named.files.len() + named.reports.len() <= IN_FULL;
    let known: BTreeSet<&str> = named.files.iter().map(|file| file.path).collect();
    for file in &named.files {
        watched.push(read.watched(file.path));
        match read.get(file.path) {
            Ok(measured) => {
                file::check(file, measured, &known, policy, &mut told);
                files.push(file::facts(file, measured, in_full));
            }
            Err(why) => {
                let of = file.component.map(|id| format!("the component `{}`", shown(id)));
                unread(&mut told, &format!("{}.path", file.at), file.path, of, &why);
            }
        }
    }
    for files in named.files.chunk_by(|one, next| one.component_at() == next.component_at()) {
        component::check(files, read, &mut told);
    }
    for report in &named.reports {
        watched.push(read.watched(report.path));
        match read.get(report.path) {
            Ok(measured) => {
                report::check(report, measured, policy, &mut told);
                reports.push(report::facts(report, measured));
            }
            Err(why) => {
                let of = report.test.map(|id| format!("the test `{}`", shown(id)));
                unread(&mut told, &format!("{}.report", report.at), report.path, of, &why);
            }
        }
    }
    watched.sort();
    watched.dedup();
    let mut facts = Block::default();
    facts.list(fact::FILES, files.into_iter().map(Block::value).collect::<Vec<ExtensionValue<'static>>>());
    facts.list(fact::REPORTS, reports.into_iter().map(Block::value).collect::<Vec<ExtensionValue<'static>>>());
    Evidence { facts: Extensions(facts.entries()), findings: told.findings(), watched }
}

fn unread(told: &mut Told, at: &str, path: &str, of: Option<String>, why: &Why) {
    let (path, of) = (shown(path), of.map(|of| format!(" of {of}")).unwrap_or_default());
    match why {
        Why::Missing(why) => told.add(
            FILE_MISSING,
            at,
            Problem::new(format!("`{path}`{of} cannot be read: {why}"))
                .help("put the file there, or correct the path, which begins at the folder of the package or of the card file"),
        ),
        Why::Outside => told.add(
            PATH_OUTSIDE,
            at,
            Problem::new(format!("`{path}`{of} is a link that leads out of the package, and was not read"))
                .help("put the file itself into the package"),
        ),
    }
}
