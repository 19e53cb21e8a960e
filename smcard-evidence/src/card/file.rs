//! A model file against what a card and the policy say of it.

use std::collections::BTreeSet;

use smcard_core::rules::measured::{
    DIGEST_MISMATCH, FACT_MISMATCH, FILE_NOT_CLEARED, FORMAT_FORBIDDEN, UNSAFE_FILE, UNSAFE_FORMAT,
};
use smcard_core::{NamedFile, Policy, Problem, fact, is_among_licenses};

use super::facts::{self, Block};
use super::formats::{self, Formats};
use super::say::shown;
use super::told::Told;
use crate::{Facts, Finding, Format, Measured, Severity};

/// How many of a file's findings are told with it.
const TOLD: usize = 5;

/// The facts of a file.
pub(super) fn facts(file: &NamedFile<'_>, measured: &Measured, in_full: bool) -> Block {
    let mut block = Block::default();
    block.text("component", file.component.unwrap_or_default());
    facts::of_file(&mut block, file.path, measured);
    if in_full {
        facts::of_format(&mut block, &measured.facts);
        facts::of_findings(&mut block, measured);
    } else {
        block.text(fact::FORMAT, measured.format.name());
    }
    block
}

/// Tells of what does not hold.
///
/// `known` are the paths of all files that the card names.
pub(super) fn check(
    file: &NamedFile<'_>,
    measured: &Measured,
    known: &BTreeSet<&str>,
    policy: &Policy,
    told: &mut Told,
) {
    let (name, at) = (name(file), format!("{}.path", file.at));
    if let Some(pinned) = file.sha256 {
        digest(&name, &format!("{}.sha256", file.at), pinned, measured, told);
    }
    let Formats { all, more } = formats::all(&measured.facts);
    let forbidden = all.iter().find_map(|format| Some((*format, policy.forbids(format.name())?)));
    if let Some((format, place)) = &forbidden {
        let is = if *format == measured.format {
            format!("is of the format `{}`", format.name())
        } else {
            format!("is of the format `{}`, which holds `{}`", measured.format.name(), format.name())
        };
        let problem = Problem::new(format!("{name} {is}, and the policy forbids `{}`", format.name()));
        let problem = problem.help("convert it to a format that the policy allows, such as safetensors");
        told.add(FORMAT_FORBIDDEN, &at, problem.note(format!("forbidden by {place}")));
    }
    if let Some(place) = policy.forbids_any().filter(|_| more && forbidden.is_none()) {
        let problem = Problem::new(format!("{name} holds too many members to show that none has a forbidden format"));
        let problem = problem.help("name the files by themselves, and not an archive of them");
        told.add(FORMAT_FORBIDDEN, &at, problem.note(format!("forbidden by {place}")));
    }
    let dangerous: Vec<&Finding> = of(measured, |severity| severity == Severity::Dangerous);
    if dangerous.is_empty() {
        let runs = all.iter().find(|format| formats::runs_code(**format));
        if let Some(format) = runs.filter(|_| forbidden.is_none()) {
            let problem = Problem::new(format!(
                "{name} is a file of the format `{}`, whose loaders run code that it brings",
                format.name()
            ));
            told.add(UNSAFE_FORMAT, &at, problem.help("convert it to safetensors, GGUF or ONNX"));
        }
    } else {
        let problem = Problem::new(format!("{name} is dangerous to load: {}", first(&dangerous)));
        let problem = problem.help("do not load it; ask for the model in safetensors");
        told.add(UNSAFE_FILE, &at, others(problem, &dangerous));
    }
    let unclear: Vec<&Finding> = of(measured, |severity| severity != Severity::Dangerous);
    if !unclear.is_empty() {
        let problem = Problem::new(format!("{name} is not cleared: {}", first(&unclear)));
        let problem = problem.help("find out why before it is used; `smcard scan` shows where in the file");
        told.add(FILE_NOT_CLEARED, &at, others(problem, &unclear));
    }
    format_of_name(file, measured, &name, &at, told);
    license(file, measured, &name, told);
    external_data(file, measured, known, &name, &at, told);
}

/// What messages call a file.
fn name(file: &NamedFile<'_>) -> String {
    match file.component {
        Some(id) => format!("`{}` of `{}`", shown(file.path), shown(id)),
        None => format!("`{}`", shown(file.path)),
    }
}

/// Tells of a file that is not the pinned one.
pub(super) fn digest(name: &str, at: &str, pinned: &str, measured: &Measured, told: &mut Told) {
    if pinned.eq_ignore_ascii_case(&measured.sha256) {
        return;
    }
    let found = &measured.sha256;
    let pinned = pinned.to_ascii_lowercase();
    let problem =
        Problem::new(format!("{name} is not the file that the card pins: expected SHA-256 {pinned}, found {found}"));
    told.add(
        DIGEST_MISMATCH,
        at,
        problem.help("restore the file; if it was meant to change, review it, then pin its digest"),
    );
}

fn of(measured: &Measured, severity: impl Fn(Severity) -> bool) -> Vec<&Finding> {
    measured.findings.iter().filter(|finding| severity(finding.severity)).collect()
}

fn said(finding: &Finding) -> String {
    let inside = finding.place.members.join(" / ");
    if inside.is_empty() {
        shown(&finding.message)
    } else {
        format!("{} (in {})", shown(&finding.message), shown(&inside))
    }
}

fn first(findings: &[&Finding]) -> String {
    findings.first().map(|finding| said(finding)).unwrap_or_default()
}

/// Adds the findings behind the first.
fn others(mut problem: Problem, findings: &[&Finding]) -> Problem {
    for finding in findings.iter().skip(1).take(TOLD - 1) {
        problem = problem.note(format!("it also {}", said(finding)).replacen("it also it ", "it also ", 1));
    }
    match findings.len().saturating_sub(TOLD) {
        0 => problem,
        more => problem.note(format!("and {more} more")),
    }
}

/// A file whose name says that it is something else.
fn format_of_name(file: &NamedFile<'_>, measured: &Measured, name: &str, at: &str, told: &mut Told) {
    let Some((end, expected)) = formats::by_name(file.path) else { return };
    if expected.contains(&measured.format) {
        return;
    }
    let expected = expected.first().map_or("", |format| format.name());
    let found = match measured.format {
        Format::Unknown => "a format that is not known",
        format => format.name(),
    };
    let problem = Problem::new(format!("{name} ends in `.{}`: expected {expected}, found {found}", shown(end)));
    told.add(FACT_MISMATCH, at, problem.help("get the file again, or give it the name of what it is"));
}

/// A file that names another licence than the card.
fn license(file: &NamedFile<'_>, measured: &Measured, name: &str, told: &mut Told) {
    let found = match &measured.facts {
        Facts::Gguf(it) => it.license.as_ref(),
        Facts::Safetensors(it) => ["license", "modelspec.license"].iter().find_map(|key| it.metadata.get(*key)),
        _ => None,
    };
    let (Some(found), Some((stated, at))) = (found, &file.license) else { return };
    if is_among_licenses(found, stated) != Some(false) {
        return;
    }
    let problem = Problem::new(format!(
        "{name} names another licence than the card: expected `{}`, found `{}`",
        shown(stated),
        shown(found)
    ));
    told.add(FACT_MISMATCH, at, problem.help("correct the licence in the card, or get a file whose licence it is"));
}

/// Weights that a model keeps in other files, which the card does not name: whoever swaps them swaps the model.
fn external_data(
    file: &NamedFile<'_>,
    measured: &Measured,
    known: &BTreeSet<&str>,
    name: &str,
    at: &str,
    told: &mut Told,
) {
    let Facts::Onnx(onnx) = &measured.facts else { return };
    let folder = file.path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    let missing = |data: &&String| !known.contains(format!("{folder}{}", data.trim_start_matches("./")).as_str());
    if let Some(data) = onnx.external_data.iter().find(missing) {
        let problem = Problem::new(format!("{name} keeps weights in `{}`, which the card does not name", shown(data)));
        let problem = problem.help(format!("add `{{ path: \"{}\" }}` to `files`", shown(&format!("{folder}{data}"))));
        told.add(FILE_NOT_CLEARED, at, problem);
    }
}
