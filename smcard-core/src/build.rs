//! The build hook: what a build script calls to check cards and write their reports.
//!
//! It reads the package's policy, asks the rules about the final values, and writes below
//! cargo's own output folders. It uses no network and no clock: the same sources give the same
//! bytes on every machine.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::card::SecurityCard;
use crate::evidence::Evidence;
use crate::extensions::Extensions;
use crate::json;
use crate::policy::Policy;
use crate::policy_file::LoadedPolicy;
use crate::tree::Node;

mod directive;
mod exports;
mod folder;
mod folder_name;
mod label;
mod manifest;
mod measure;
mod place;
mod told;
mod whole_file;

use directive::{Directive, shown};
pub use exports::{Checked, Exporter, JsonAlone};
use folder::{Failure, Folder};
use folder_name::folder_name;
pub use measure::{Measurer, NothingMeasured};
use place::Place;
use whole_file::Writer;

pub use crate::json::REPORT_FILE_NAME;

/// Checks a card and writes its report: the one call of a build script.
///
/// Prints each finding through cargo, as an error or a warning of the build. If there is no
/// error, writes `OUT_DIR/smcard/security_model_card_report.json` and sets `SMCARD_REPORT` to its
/// path, so that the crate can use `include_str!(env!("SMCARD_REPORT"))`. A copy for people goes
/// to `smcard/<package>/` in the build folder (see [`BuildWith::copy_to`]).
///
/// It lists what it writes in a `.smcard-manifest` next to it, and removes nothing else: if a card
/// fails, or the package no longer has it, its report and its copy are removed. Only a card that
/// does not compile leaves those of the last good build in place, since then no build script runs.
/// If the report or the copy is missing, the next build writes it again.
///
/// It prints `rerun-if-changed`, so a build script that relies on running whenever any file of
/// the package changes must now name those files itself.
pub fn emit(card: &SecurityCard<'_>) {
    Build::new().card(card).emit();
}

/// Checks and writes one or several cards, and can say where the copies go.
///
/// ```no_run
/// # use smcard_core::{SecurityCard, build::Build};
/// # static DETECTOR: SecurityCard = SecurityCard::EMPTY;
/// # static RANKER: SecurityCard = SecurityCard::EMPTY;
/// Build::new().card(&DETECTOR).card(&RANKER).copy_to("reports").emit();
/// ```
///
/// With several cards, each gets a folder named after its `model_details.name`, and its path is in
/// `SMCARD_REPORT_<NAME>`, in capitals and with `_` for everything but letters and digits.
///
/// `E` knows the formats that can be written beside the report: none, unless `smcard` has its feature `export`. `M`
/// measures the files that the cards name: nothing does, unless `smcard` has its feature `evidence`.
#[derive(Debug, Default)]
pub struct BuildWith<'c, E, M> {
    asked: Asked<'c>,
    exporter: E,
    measurer: M,
}

/// What a build script asks for.
#[derive(Debug, Default)]
struct Asked<'c> {
    cards: Vec<&'c SecurityCard<'c>>,
    copies: Option<PathBuf>,
    formats: Vec<String>,
}

/// A card, and what was measured of its files.
struct Card<'c> {
    source: &'c SecurityCard<'c>,
    measured: &'c Extensions<'static>,
    /// The card as it is emitted.
    tree: Node<'c>,
    evidence: Option<&'c Evidence>,
}

#[cfg(test)]
impl<'c> Card<'c> {
    /// A card of whose files nothing was measured.
    fn unmeasured(source: &'c SecurityCard<'c>) -> Self {
        const NOTHING: &Extensions<'static> = &Extensions::EMPTY;
        Card { source, measured: NOTHING, tree: source.tree(), evidence: None }
    }
}

/// Checks and writes one or several cards: [`BuildWith`] no format other than JSON, and nothing measured.
pub type Build<'c> = BuildWith<'c, JsonAlone, NothingMeasured>;

impl<'c, E: Exporter + Default, M: Measurer + Default> BuildWith<'c, E, M> {
    /// No cards yet.
    pub fn new() -> Self {
        BuildWith::default()
    }

    /// Adds a card.
    #[must_use]
    pub fn card(mut self, card: &'c SecurityCard<'c>) -> Self {
        self.asked.cards.push(card);
        self
    }

    /// Puts the copies for people into this folder, in a subfolder named after the package.
    ///
    /// A relative path is relative to the package. The environment variable `SMCARD_OUT_DIR` takes
    /// precedence. Without either, the copies go to the build folder: the first folder upward from
    /// `OUT_DIR` that contains a `CACHEDIR.TAG`, if it can be written to.
    ///
    /// The folder may be a link; below it, links are replaced or refused, never followed. If several
    /// builds share it, such as those of packages with the same name, the last one to run wins.
    #[must_use]
    pub fn copy_to(mut self, folder: impl Into<PathBuf>) -> Self {
        self.asked.copies = Some(folder.into());
        self
    }

    /// Writes the cards in this format too, beside the report and its copy, as the policy can ask for with
    /// `[emit] formats`: `security_model_card_report.html` for `html`. Needs the feature `export` of `smcard`.
    ///
    /// The environment variable `SMCARD_REVISION` names the revision of the source, for formats that have a place for it.
    #[must_use]
    pub fn format(mut self, name: impl Into<String>) -> Self {
        self.asked.formats.push(name.into());
        self
    }

    /// Checks the cards and writes their reports.
    ///
    /// Returns nothing and never panics: whatever is wrong is printed as an error of the build, which
    /// cargo then fails when the build script has ended.
    pub fn emit(self) {
        directive::print(&self.asked.run(&self.exporter, &self.measurer, &|name| env::var_os(name)));
    }
}

impl Asked<'_> {
    /// What [`BuildWith::emit`] does, given the environment; what to print is returned.
    fn run(
        &self,
        exporter: &dyn Exporter,
        measurer: &dyn Measurer,
        variable: &dyn Fn(&str) -> Option<OsString>,
    ) -> Vec<Directive> {
        let (Some(out), Some(package)) = (variable("OUT_DIR"), variable("CARGO_MANIFEST_DIR")) else {
            let message = "smcard::build runs in a build script: call it from `build.rs`, where cargo sets OUT_DIR";
            return vec![Directive::Error(message.to_owned())];
        };
        let (out, package) = (PathBuf::from(out), PathBuf::from(package));
        let mut directives = vec![Directive::RerunIfEnvChanged(COPIES_VARIABLE)];
        // A path that is not there would rerun the script at every build.
        let script = ["build.rs", "Cargo.toml"].into_iter().find(|file| package.join(file).is_file());
        directives.extend(script.map(|file| Directive::RerunIfChanged(file.to_owned())));

        let policy = Policy::load(&package);
        let mut trees = Vec::new();
        for card in &self.cards {
            trees.push(card.tree());
        }
        let evidence = measure::measure(&trees, measurer, &package, &policy.policy);
        for file in evidence.iter().flatten().flat_map(|evidence| &evidence.watched) {
            directives.push(Directive::watch_anyway(file, &package));
        }
        let mut cards = Vec::new();
        for ((source, mut tree), evidence) in self.cards.iter().zip(trees).zip(&evidence) {
            // What a source says was measured is a claim, and not emitted.
            let measured = evidence.as_ref().map_or(&Extensions::EMPTY, |evidence| &evidence.facts);
            json::set_measured(&mut tree, measured);
            cards.push(Card { source, measured, tree, evidence: evidence.as_ref() });
        }
        let mut places = check(&cards, &policy, &package, &mut directives);
        let formats = exports::asked(&policy, &self.formats);
        if !formats.is_empty() && !places.is_empty() {
            directives.push(Directive::RerunIfEnvChanged(exports::REVISION_VARIABLE));
            let revision = variable(exports::REVISION_VARIABLE).and_then(|revision| revision.into_string().ok());
            let mut errors = match Checked::by(&policy, revision.filter(|revision| !revision.is_empty())) {
                Ok(checked) => exports::add(&mut places, &cards, &formats, exporter, &checked),
                Err(error) => vec![error],
            };
            if !errors.is_empty() {
                places.clear();
                directives.append(&mut errors);
            }
        }
        let made = env::current_exe().and_then(|script| script.metadata()?.modified()).ok();
        let writer = Writer::new(&out, made);
        let reports = Folder::new(&out, &["smcard"], writer);
        if let Err(failure) = reports.hold(&places) {
            directives.push(Directive::Error(failed("the report", &reports, &failure)));
            places.clear();
        }
        for file in reports.watched(&places) {
            let directive = Directive::watch(&file, &package);
            // Why a report cannot be watched is told once, of its variable.
            if matches!(directive, Directive::RerunIfChanged(_)) {
                directives.push(directive);
            }
        }
        directives.append(&mut self.copy(&out, &package, &places, writer, variable));
        for place in &places {
            directives.push(Directive::env(&place.variable, &reports.path().join(place.path(REPORT_FILE_NAME))));
        }
        directives
    }

    /// Writes the copies for people.
    fn copy(
        &self,
        out: &Path,
        package: &Path,
        places: &[Place],
        writer: Writer,
        variable: &dyn Fn(&str) -> Option<OsString>,
    ) -> Vec<Directive> {
        let name = variable("CARGO_PKG_NAME").unwrap_or_default();
        let name = folder_name(&name.to_string_lossy());
        let named = variable(COPIES_VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let named = named.or_else(|| self.copies.clone()).map(|folder| package.join(folder));
        let copies = match &named {
            Some(folder) => Folder::new(folder, &[&name], writer),
            None => match folder::build_folder(out) {
                Some(folder) => Folder::new(folder, &["smcard", &name], writer),
                None => return Vec::new(),
            },
        };
        match copies.hold(places) {
            Ok(()) => {
                let mut directives = Vec::new();
                for file in copies.watched(places) {
                    directives.push(Directive::watch(&file, package));
                }
                directives
            }
            Err(failure) if named.is_some() => vec![Directive::Error(failed("the copy", &copies, &failure))],
            // A copy that nobody asked for is made where that is possible.
            Err(failure) if failure.stale => vec![Directive::Warning(failed("the copy", &copies, &failure))],
            Err(_) => Vec::new(),
        }
    }
}

/// Applies the rules to every card. Gives where each report goes; nothing if there is an
/// error, so that no report of an earlier build stays behind and looks like this one's.
fn check(cards: &[Card<'_>], policy: &LoadedPolicy, package: &Path, directives: &mut Vec<Directive>) -> Vec<Place> {
    for file in &policy.files {
        directives.push(Directive::watch(file, package));
    }
    let mut findings = vec![(None, policy.findings.clone())];
    let places = match place::of(cards) {
        Ok(places) => places,
        Err(errors) => {
            for error in errors {
                directives.push(Directive::Error(error));
            }
            Vec::new()
        }
    };
    if policy.readable {
        let count = cards.len();
        for (index, card) in cards.iter().enumerate() {
            let label = (count > 1).then(|| label::label(card.source, index, count));
            let found = json::check_by(&card.tree, &policy.policy, None, card.evidence);
            let found = told::located(card.source, found);
            findings.push((label, policy.weigh(found, |_| false)));
        }
    }
    for (label, findings) in &findings {
        told::tell(label.as_deref(), findings, directives);
    }
    // What is not shown counts as well.
    let failed = findings.iter().any(|(_, findings)| findings.has_errors());
    if failed { Vec::new() } else { places }
}

/// Why a folder does not hold what it should, in a line.
fn failed(what: &str, folder: &Folder, Failure { error, stale }: &Failure) -> String {
    let stale = if *stale { "; note: a report of an earlier build is still there" } else { "" };
    format!("{what} cannot be written to {}: {error}{stale}", shown(&folder.path()))
}

/// The environment variable that names another place for the copies.
const COPIES_VARIABLE: &str = "SMCARD_OUT_DIR";

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::card::{SecurityConsiderations, Threat};
    use crate::extensions::{Extension, ExtensionValue};
    use crate::finding::Findings;
    use crate::list::List;
    use crate::text::Text;

    #[test]
    fn a_call_that_cannot_work_is_told() {
        let outside = Build::new().card(&SecurityCard::EMPTY).asked.run(&JsonAlone, &NothingMeasured, &|_| None);
        assert!(matches!(outside.as_slice(), [Directive::Error(said)] if said.contains("call it from `build.rs`")));

        let folder = env::temp_dir().join(format!("smcard-no-card-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let directives = Build::new().asked.run(&JsonAlone, &NothingMeasured, &|name| match name {
            "OUT_DIR" | "CARGO_MANIFEST_DIR" => Some(folder.clone().into_os_string()),
            _ => None,
        });
        let left = std::fs::read_dir(&folder).unwrap().count();
        std::fs::remove_dir_all(&folder).unwrap();
        let errors: Vec<_> = directives.iter().filter(|directive| matches!(directive, Directive::Error(_))).collect();
        assert!(matches!(errors.as_slice(), [Directive::Error(said)] if said.contains("call `card(&CARD)`")));
        assert_eq!(left, 0, "nothing is written, not even a folder");
    }

    #[test]
    fn an_error_behind_a_hundred_warnings_fails_the_build() {
        let refs = List::Owned(vec![Text::new("LLM06:2025"); Findings::SHOWN + 1]);
        let threats = List::Owned(vec![Threat { refs, ..Threat::EMPTY }]);
        let security_considerations = SecurityConsiderations { threats, ..SecurityConsiderations::EMPTY };
        let value = ExtensionValue::Number(f64::NAN);
        let block = List::Owned(vec![Extension { key: Cow::Borrowed("key"), value }]);
        let acme = Extension { key: Cow::Borrowed("acme"), value: ExtensionValue::Block(block) };
        let extensions = Extensions(List::Owned(vec![acme]));
        let card = SecurityCard { security_considerations, extensions, ..SecurityCard::EMPTY };
        let folder = env::temp_dir().join(format!("smcard-build-{}", std::process::id()));
        let policy = "[level]\nmissing-field = \"warning\"\nundecided-objective = \"allow\"\n";
        std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(folder.join("smcard.toml"), policy)).unwrap();
        let directives = Build::new().card(&card).asked.run(&JsonAlone, &NothingMeasured, &|name| match name {
            "OUT_DIR" | "CARGO_MANIFEST_DIR" => Some(folder.clone().into_os_string()),
            _ => None,
        });
        std::fs::remove_dir_all(&folder).unwrap();
        let errors = directives.iter().filter(|directive| matches!(directive, Directive::Error(_))).count();
        let more =
            directives.iter().filter(|it| matches!(it, Directive::Warning(line) if line.contains("more findings")));
        assert!(errors == 1 && more.count() == 1, "{directives:?}");
        assert!(
            !directives.iter().any(|directive| matches!(directive, Directive::Env(..))),
            "no report of a wrong card"
        );
    }
}
