//! The cards of the packages of a workspace: their reports, with places in the source where that is known.

use smcard_core::{Day, Policy};

use super::{Check, rust};
use crate::cargo::{Options, Package, Report};
use crate::exit::Failure;
use crate::load::{CardText, Files};
use crate::told::{Checked, shown};

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
                    match text(report) {
                        Ok(text) => {
                            let files = Files::Package(&package.folder);
                            checked(&text, package, &sources, &in_force.policy, self.today, files)
                        }
                        Err(checked) => *checked,
                    }
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
}

/// The text of a report.
pub(crate) fn text(report: &Report) -> Result<CardText, Box<Checked>> {
    let mut text = CardText::read(&report.file)?;
    text.file = shown(&report.file);
    Ok(text)
}

/// What the rules say of a card of a package, with places in its source where they are known.
pub(crate) fn checked(
    text: &CardText,
    package: &Package,
    sources: &[rust::Source],
    policy: &Policy,
    today: impl Into<Option<Day>>,
    files: Files<'_>,
) -> Checked {
    let today = today.into();
    match rust::find(sources, &text.text, package.reports.len()) {
        Some((source, card)) => rust::placed(source, card, text.findings(policy, today, files)),
        None => text.check(policy, today, files),
    }
}
