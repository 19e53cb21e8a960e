//! The build hook: what a build script calls to check cards and write their reports.
//!
//! It reads the package's policy, asks the rules about the final values, and writes below
//! cargo's own output folders. It uses no network and no clock: the same sources give the same
//! bytes on every machine.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::card::SecurityCard;
use crate::finding::{Finding, Findings};
use crate::policy::Policy;
use crate::rule::Level;

mod directive;
mod files;
mod place;

use directive::Directive;
use place::Place;

/// The name of a report's file.
pub const REPORT_FILE_NAME: &str = "security_model_card_report.json";

/// Checks a card and writes its report: the one call of a build script.
///
/// Prints each finding through cargo, as an error or a warning of the build. If there is no
/// error, writes `OUT_DIR/smcard/security_model_card_report.json` and sets `SMCARD_REPORT` to its
/// path, so that the crate can say `include_str!(env!("SMCARD_REPORT"))`. A copy for people goes
/// to `smcard/<package>/` in the build folder (see [`Build::copy_to`]).
///
/// It prints `rerun-if-changed`, so a build script that relies on running whenever any file of
/// the package changes must now name those files itself.
pub fn emit(card: &SecurityCard<'_>) {
    Build::new().card(card).emit();
}

/// Checks and writes one card or several, with a say in where the copies go.
///
/// ```no_run
/// # use smcard_core::{SecurityCard, build::Build};
/// # static DETECTOR: SecurityCard = SecurityCard::EMPTY;
/// # static RANKER: SecurityCard = SecurityCard::EMPTY;
/// Build::new().card(&DETECTOR).card(&RANKER).copy_to("reports").emit();
/// ```
///
/// With several cards, each has a folder of its `model_details.name`, and its path is in
/// `SMCARD_REPORT_<NAME>`, in capitals and with `_` for everything but letters and digits.
#[derive(Debug, Default)]
pub struct Build<'c> {
    cards: Vec<&'c SecurityCard<'c>>,
    copies: Option<PathBuf>,
}

impl<'c> Build<'c> {
    /// No cards yet.
    pub fn new() -> Self {
        Build::default()
    }

    /// Adds a card.
    #[must_use]
    pub fn card(mut self, card: &'c SecurityCard<'c>) -> Self {
        self.cards.push(card);
        self
    }

    /// Puts the copies for people into this folder, below a folder of the package's name.
    ///
    /// A relative path is counted from the package. The environment variable `SMCARD_OUT_DIR`
    /// goes before it. Without either, the copies go to the build folder, which is the first one
    /// upward from `OUT_DIR` that holds a `CACHEDIR.TAG`, if there is one that can be written to.
    #[must_use]
    pub fn copy_to(mut self, folder: impl Into<PathBuf>) -> Self {
        self.copies = Some(folder.into());
        self
    }

    /// Checks the cards and writes their reports.
    ///
    /// Nothing is returned and nothing panics: what is wrong is printed as an error of the build,
    /// which cargo fails after the build script has ended.
    pub fn emit(self) {
        directive::print(&self.run(|name| env::var_os(name)));
    }

    /// What [`Build::emit`] does, given the environment; what to print is returned.
    fn run(&self, variable: impl Fn(&str) -> Option<OsString>) -> Vec<Directive> {
        let (Some(out), Some(package)) = (variable("OUT_DIR"), variable("CARGO_MANIFEST_DIR")) else {
            let message = "smcard::build runs in a build script: call it from `build.rs`, where cargo sets OUT_DIR";
            return vec![Directive::Error(message.to_owned())];
        };
        let (out, package) = (PathBuf::from(out).join("smcard"), PathBuf::from(package));
        let mut directives = vec![Directive::RerunIfEnvChanged(COPIES_VARIABLE)];
        // A path that is not there would rerun the script at every build.
        let script = ["build.rs", "Cargo.toml"].into_iter().find(|file| package.join(file).is_file());
        directives.extend(script.map(|file| Directive::RerunIfChanged(PathBuf::from(file))));

        let places = self.check(&package, &mut directives);
        let name = variable("CARGO_PKG_NAME").unwrap_or_default();
        let named = variable(COPIES_VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let named = named.or_else(|| self.copies.clone()).map(|folder| package.join(folder).join(&name));
        let copies =
            named.clone().or_else(|| files::build_folder(&out).map(|folder| folder.join("smcard").join(&name)));

        if let Err(error) = files::write(&out, &places) {
            directives.push(Directive::Error(format!("the report cannot be written to {}: {error}", out.display())));
        }
        if let Some(folder) = copies {
            let written = files::write(&folder, &places);
            // A copy that nobody asked for is made where that is possible.
            if let (Err(error), true) = (written, named.is_some()) {
                let message = format!("the copy cannot be written to {}: {error}", folder.display());
                directives.push(Directive::Error(message));
            }
        }
        directives.extend(places.iter().map(|place| Directive::Env(place.variable.clone(), out.join(&place.file))));
        directives
    }

    /// Applies the rules to every card. Gives where each report goes; nothing if there is an
    /// error, so that no report of an earlier build stays behind and looks like this one's.
    fn check(&self, package: &Path, directives: &mut Vec<Directive>) -> Vec<Place> {
        let policy = Policy::load(package);
        directives.extend(policy.files.iter().cloned().map(Directive::RerunIfChanged));
        let mut findings = vec![(String::new(), policy.findings.clone())];
        let places = match place::of(&self.cards) {
            Ok(places) => places,
            Err(errors) => {
                directives.extend(errors.into_iter().map(Directive::Error));
                Vec::new()
            }
        };
        if policy.readable {
            for card in &self.cards {
                let name = card.model_details.name.as_ref().filter(|_| self.cards.len() > 1);
                let name = name.map(|name| format!("{}: ", name.words())).unwrap_or_default();
                findings.push((name, policy.weigh(card.check(&policy.policy), |_| false)));
            }
        }
        for (name, findings) in &findings {
            // Errors first: what is cut off must never be the only error, or the build would pass.
            let mut shown: Vec<&Finding> = findings.iter().collect();
            shown.sort_by_key(|finding| std::cmp::Reverse(finding.level));
            let more = findings.len().saturating_sub(Findings::SHOWN);
            directives.extend(shown.into_iter().take(Findings::SHOWN).map(|finding| match finding.level {
                Level::Error => Directive::Error(format!("{name}{}", finding.line())),
                Level::Warning | Level::Allow => Directive::Warning(format!("{name}{}", finding.line())),
            }));
            if more > 0 {
                directives.push(Directive::Warning(format!("{name}and {more} more findings")));
            }
        }
        // What is not shown counts as well.
        let failed = findings.iter().any(|(_, findings)| findings.has_errors());
        if failed { Vec::new() } else { places }
    }
}

/// The environment variable that names another place for the copies.
const COPIES_VARIABLE: &str = "SMCARD_OUT_DIR";

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::card::{SecurityConsiderations, Threat};
    use crate::extensions::{Extension, ExtensionValue, Extensions};
    use crate::list::List;
    use crate::text::Text;

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
        let directives = Build::new().card(&card).run(|name| match name {
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
