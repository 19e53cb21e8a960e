//! `smcard export`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use smcard_core::Level;
use smcard_core::source::visible;
use smcard_export::{Format, PolicyFile, Provenance};

use crate::change::Change;
use crate::check::policies::{InForce, Policies};
use crate::check::{self, packages, rust};
use crate::exit::{self, Failure, Outcome, Status};
use crate::load::CardText;
use crate::told::Checked;
use crate::{cargo, output};

/// Export a card to the formats of other tools, or to a page for people
///
/// The card is a JSON or YAML file, or `-` for standard input; without one, the only package of the
/// cargo workspace that has a card is built (name another one with `--package`). A card with errors is
/// not exported. The same card gives the same bytes everywhere and on every day: as in a build, no rule compares
/// with today.
#[derive(clap::Args)]
#[command(after_help = Status::HELP)]
pub(crate) struct Args {
    /// The card
    #[arg(value_name = "CARD")]
    card: Option<PathBuf>,
    /// The format; may be given several times
    #[arg(short, long = "format", value_name = "NAME", required = true, value_delimiter = ',', value_parser = format())]
    formats: Vec<&'static Format>,
    /// Write to this file, or of several formats into this folder, instead of to standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Write nothing: end with exit code 1, and show the difference, if a file is not what would be written
    #[arg(long, requires = "output")]
    check: bool,
    /// The revision of the source, for a page and a statement to say
    #[arg(long, value_name = "REVISION")]
    revision: Option<String>,
    /// Check against this policy file instead of those that are found
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    cargo: cargo::Options,
}

/// The formats by their names.
fn format() -> impl TypedValueParser<Value = &'static Format> {
    let names = Format::ALL.iter().map(|format| PossibleValue::new(format.name).help(format.doc));
    PossibleValuesParser::new(names).try_map(|name| Format::named(&name).ok_or("there is no such format"))
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let policies = Policies::new(self.policy.as_deref(), None);
        let (text, checked, in_force) = match &self.card {
            Some(card) => file(card, policies)?,
            None => package(&self.cargo, policies)?,
        };
        let Some(stated) = text.card().filter(|stated| stated.whole && checked.errors == 0) else {
            return Ok(Status::Bad);
        };
        let provenance = Provenance {
            policy: policy_files(&in_force)?,
            exceptions: in_force.policy.exceptions().iter().collect(),
            revision: self.revision.clone(),
        };
        let mut files: Vec<(Option<PathBuf>, String)> = Vec::new();
        for format in &self.formats {
            let written = format.write_with(&stated.card, &provenance).map_err(|lacks| {
                lacks.iter().for_each(exit::error);
                Failure::new(format!("the card lacks what `{}` requires", format.name))
            })?;
            let place = self.place(format, &text.file)?;
            if place.is_some() && files.iter().any(|(other, _)| *other == place) {
                let place = visible(&place.unwrap_or_default().display().to_string());
                return Err(Failure::new(format!("two formats would both be `{place}`")).help("export them one by one"));
            }
            files.push((place, written));
        }
        let mut status = Status::Good;
        for (place, written) in &files {
            match place {
                None => output::print(written)?,
                Some(file) if self.check => {
                    if !is_current(file, written)? {
                        status = Status::Bad;
                    }
                }
                Some(file) => save(file, written)?,
            }
        }
        Ok(status)
    }

    /// The file of a format; `None` for standard output.
    fn place(&self, format: &Format, card: &str) -> Result<Option<PathBuf>, Failure> {
        let Some(output) = &self.output else {
            return match self.formats.as_slice() {
                [_] => Ok(None),
                _ => Err(Failure::new("several formats need a folder").help("name it with `--output`")),
            };
        };
        if self.formats.len() == 1 && !output.is_dir() {
            return Ok(Some(output.clone()));
        }
        let stem = Path::new(card).file_stem().filter(|_| self.card.is_some()).and_then(|stem| stem.to_str());
        Ok(Some(output.join(format!("{}.{}", stem.unwrap_or("card"), format.extension))))
    }
}

/// A card, what the rules say of it, and the policy by which they say so.
type Read = (CardText, Checked, Arc<InForce>);

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

/// A card of a file.
fn file(card: &Path, mut policies: Policies) -> Result<Read, Failure> {
    let text = if card == Path::new("-") { CardText::read_input() } else { CardText::read(card) };
    let text = text.map_err(|checked| no_card(&checked))?;
    let absolute = std::path::absolute(card).unwrap_or_else(|_| card.to_owned());
    let in_force = policies.of_folder(absolute.parent().unwrap_or(&absolute));
    let checked = text.check(&in_force.policy, None);
    let checked = tell(&mut policies, checked, &in_force)?;
    Ok((text, checked, in_force))
}

/// The card of the only package that has one.
fn package(options: &cargo::Options, mut policies: Policies) -> Result<Read, Failure> {
    let built = options
        .build("check")
        .map_err(|failure| failure.or_help("name a card file, or run it within a cargo package"))?;
    if built.failed.is_some() {
        return Err(Failure::new("the packages cannot be built; mend what cargo tells of first"));
    }
    let mut reports =
        built.packages.iter().flat_map(|package| package.reports.iter().map(move |report| (package, report)));
    let (Some((package, report)), None) = (reports.next(), reports.next()) else {
        return Err(Failure::new("an export is of one card, and the packages have none or several")
            .help("name a package with `--package`, or the report itself, which `smcard build` shows"));
    };
    let text = packages::text(report).map_err(|checked| no_card(&checked))?;
    let in_force = policies.of_package(&package.folder);
    let sources = rust::sources(&package.folder);
    let checked = packages::checked(&text, package, &sources, &in_force.policy, None);
    let checked = tell(&mut policies, checked, &in_force)?;
    Ok((text, checked, in_force))
}

/// Tells of what is wrong with a card, and with its policy.
fn tell(policies: &mut Policies, mut checked: Checked, in_force: &InForce) -> Result<Checked, Failure> {
    for wrong in std::mem::take(&mut policies.wrong) {
        eprint!("{}", check::Format::Human.card(&wrong, output::colours()));
        if wrong.errors > 0 {
            return Err(Failure::new("the policy has errors"));
        }
    }
    in_force.name_files(&mut checked);
    // Warnings are for a check: who exports wants the export.
    if checked.errors > 0 {
        checked.told.retain(|told| told.level == Level::Error);
        eprint!("{}", check::Format::Human.card(&checked, output::colours()));
    }
    Ok(checked)
}

fn no_card(checked: &Checked) -> Failure {
    eprint!("{}", check::Format::Human.card(checked, output::colours()));
    Failure::new(format!("`{}` is no card", checked.file))
}

/// Whether a file holds just this; tells of the difference if not.
fn is_current(file: &Path, written: &str) -> Result<bool, Failure> {
    let shown = visible(&file.display().to_string());
    let before = match fs::read_to_string(file) {
        Ok(before) => before,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            exit::error(format!("there is no `{shown}` yet"));
            return Ok(false);
        }
        Err(error) => return Err(Failure::new(format!("`{shown}` cannot be read: {error}"))),
    };
    if before == written {
        return Ok(true);
    }
    exit::error(format!("`{shown}` is not what the card gives now; export it again"));
    eprint!("{}", Change::new(file.to_owned(), Some(before), written.to_owned()).diff(output::colours()));
    Ok(false)
}

fn save(file: &Path, written: &str) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::new(format!("`{}` cannot be written: {error}", visible(&file.display().to_string())))
    };
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(file, written).map_err(failed)
}
