//! The cards of the packages of a workspace: their reports, with places in the source where that is known.

use std::fs;

use smcard_core::{Problem, SecurityCard, rules};

use super::notation::Notation;
use super::read;
use super::told::{Checked, shown};
use super::{Check, rust};
use crate::cargo::{Options, Package, Report};
use crate::exit::Failure;

impl Check {
    /// Builds the packages of the workspace and checks their cards.
    pub(super) fn packages(&mut self, options: &Options) -> Result<(), Failure> {
        let built = options
            .build("check")
            .map_err(|failure| failure.or_help("name card files or folders, or run it within a cargo package"))?;
        for package in &built.packages {
            let in_force = self.policies.of_package(&package.folder);
            let sources = rust::sources(&package.folder);
            let mut all = Vec::new();
            for report in &package.reports {
                let checked = if in_force.readable {
                    self.report(package, report, &sources, &in_force.policy)
                } else {
                    Checked { file: shown(&report.file), is_card: true, ..Checked::default() }
                };
                all.push((checked, std::sync::Arc::clone(&in_force)));
            }
            self.tell(all)?;
        }
        if built.failed.is_some() {
            // Cargo has said why: most often a card has errors, which fail its build.
            self.totals.errors += 1;
        } else if self.totals.cards == 0 {
            self.failed(
                "no package of the workspace has a card: none has a `build.rs` that calls `smcard::build::emit`",
            );
        }
        Ok(())
    }

    fn report(
        &self,
        package: &Package,
        report: &Report,
        sources: &[rust::Source],
        policy: &smcard_core::Policy,
    ) -> Checked {
        let file = shown(&report.file);
        let text = match fs::read_to_string(&report.file) {
            Ok(text) => text,
            Err(error) => {
                let problem = Problem::new(format!("the report cannot be read: {error}"));
                return Checked::unreadable(file, rules::INVALID_SYNTAX, problem);
            }
        };
        let findings = SecurityCard::check_json(&text, policy, Some(self.today));
        match rust::find(sources, &text, package.reports.len()) {
            Some((source, card)) => rust::placed(source, card, findings),
            None => read::check_text(file, &text, Some(Notation::Json), policy, self.today),
        }
    }
}
