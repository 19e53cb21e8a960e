//! The one card that a command is about: that of a file, or that of the only package that has one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smcard_core::Level;
use smcard_core::source::visible;
use smcard_export::{PolicyFile, Provenance};

use crate::cargo::{self, Report};
use crate::check::policies::{InForce, Policies};
use crate::check::{self, packages, rust};
use crate::exit::Failure;
use crate::load::{CardText, Files, Stated};
use crate::output;
use crate::told::Checked;

// No documentation of its own: it would take the place of the command's.
#[derive(clap::Args)]
pub(crate) struct Source {
    /// The card
    #[arg(value_name = "CARD")]
    pub(crate) card: Option<PathBuf>,
    /// The revision of the source, for a page and a statement to say
    #[arg(long, value_name = "REVISION")]
    revision: Option<String>,
    /// Check against this policy file instead of those that are found
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) cargo: cargo::Options,
}

/// Where it is told what is wrong with a card: on standard error, and in a text if somebody shows it elsewhere.
#[derive(Default)]
pub(crate) struct Telling {
    pub(crate) heard: Option<String>,
}

/// A card, what the rules say of it, and the policy by which they say so.
pub(crate) struct One {
    pub(crate) text: CardText,
    pub(crate) checked: Checked,
    pub(crate) in_force: Arc<InForce>,
    /// The folder for what is made of the reports of its package, and the name of its report there.
    pub(crate) collected: Option<(PathBuf, PathBuf)>,
}

impl Telling {
    fn told(&mut self, checked: &Checked) {
        eprint!("{}", check::Format::Human.card(checked, output::colours()));
        if let Some(heard) = &mut self.heard {
            *heard += &check::Format::Human.card(checked, false);
        }
    }

    fn no_card(&mut self, checked: &Checked) -> Failure {
        self.told(checked);
        Failure::new(format!("`{}` is no card", checked.file))
    }

    /// Tells of what is wrong with a card, and with its policy.
    fn all(&mut self, policies: &mut Policies, mut checked: Checked, in_force: &InForce) -> Result<Checked, Failure> {
        for wrong in std::mem::take(&mut policies.wrong) {
            self.told(&wrong);
            if wrong.errors > 0 {
                return Err(Failure::new("the policy has errors"));
            }
        }
        in_force.name_files(&mut checked);
        // Warnings are for a check: who exports wants the export.
        if checked.errors > 0 {
            checked.told.retain(|told| told.level == Level::Error);
            self.told(&checked);
        }
        Ok(checked)
    }
}

impl One {
    /// The card of a file, or `-` for standard input; without one, that of the only package that has one.
    pub(crate) fn read(source: &Source, telling: &mut Telling) -> Result<Self, Failure> {
        let policies = Policies::new(source.policy.as_deref(), None);
        match &source.card {
            Some(card) => One::file(card, policies, telling),
            None => One::package(&source.cargo, policies, telling),
        }
    }

    fn file(card: &Path, mut policies: Policies, telling: &mut Telling) -> Result<Self, Failure> {
        let text = if card == Path::new("-") { CardText::read_input() } else { CardText::read(card) };
        let text = text.map_err(|checked| telling.no_card(&checked))?;
        let in_force = policies.of_file(card);
        let checked = text.check(&in_force.policy, None, Files::Unread);
        let checked = telling.all(&mut policies, checked, &in_force)?;
        Ok(One { text, checked, in_force, collected: None })
    }

    fn package(options: &cargo::Options, mut policies: Policies, telling: &mut Telling) -> Result<Self, Failure> {
        let built = match &mut telling.heard {
            Some(heard) => options.build_heard("check", heard),
            None => options.build("check"),
        };
        let built = built.map_err(|failure| failure.or_help("name a card file, or run it within a cargo package"))?;
        if built.failed.is_some() {
            return Err(Failure::new("the packages cannot be built; mend what cargo tells of first"));
        }
        let mut reports =
            built.packages.iter().flat_map(|package| package.reports.iter().map(move |report| (package, report)));
        let (Some((package, report)), None) = (reports.next(), reports.next()) else {
            return Err(Failure::new("expected one card; the packages have none or several")
                .help("name a package with `--package`, or the report itself, which `smcard build` shows"));
        };
        let text = packages::text(report).map_err(|checked| telling.no_card(&checked))?;
        let in_force = policies.of_package(&package.folder);
        let sources = rust::sources(&package.folder);
        let checked = packages::checked(&text, package, &sources, &in_force.policy, None, Files::Unread);
        let checked = telling.all(&mut policies, checked, &in_force)?;
        let Report { name, .. } = report;
        let collected = Some((built.collected(package), name.clone()));
        Ok(One { text, checked, in_force, collected })
    }

    /// The card, unless it has errors, which were told.
    pub(crate) fn stated(&self) -> Option<Stated<'_>> {
        self.text.card().filter(|stated| stated.whole && self.checked.errors == 0)
    }

    /// By what the card was checked.
    pub(crate) fn provenance(&self, source: &Source) -> Result<Provenance<'_>, Failure> {
        Ok(Provenance {
            policy: policy_files(&self.in_force)?,
            exceptions: self.in_force.policy.exceptions().iter().collect(),
            revision: source.revision.clone(),
        })
    }
}

/// The files of a policy, with what tells another copy from each.
fn policy_files(in_force: &InForce) -> Result<Vec<PolicyFile>, Failure> {
    let named = |file: &PathBuf| {
        let name = from_here(file);
        match fs::read(file) {
            Ok(bytes) => Ok(PolicyFile::new(name, &bytes)),
            Err(error) => Err(Failure::new(format!("the policy `{name}` cannot be read: {error}"))),
        }
    };
    in_force.files.iter().map(named).collect()
}

/// A path from where the user is, so that it is the same on every machine.
fn from_here(file: &Path) -> String {
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let here = std::env::current_dir().unwrap_or_default();
    let (mut up, mut around) = (PathBuf::new(), here.as_path());
    while let (false, Some(above)) = (file.starts_with(around), around.parent()) {
        up.push("..");
        around = above;
    }
    visible(&up.join(file.strip_prefix(around).unwrap_or(&file)).display().to_string()).replace('\\', "/")
}
