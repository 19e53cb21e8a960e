//! `smcard score`.

use std::path::PathBuf;

use smcard_core::{Day, Text};

use crate::check::policies::{InForce, Policies};
use crate::check::{self, packages, rust};
use crate::exit::{self, Failure, Outcome, Status};
use crate::load::walk::{Candidate, Walk};
use crate::load::{CardText, Files};
use crate::told::Checked;
use crate::{cargo, output};
use count::Score;

mod answers;
mod count;
mod expected;
mod human;
mod json;

/// Show how complete a card is, and what would add most
///
/// Counts what a reviewer expects of a card, in percent: what is answered, what is not stated (withheld
/// or unknown), and what is missing. A reason why something is not applicable is an answer; a value
/// that breaks a rule is none. Lists what is open by what it would add, and first of all the errors.
/// A card is a JSON or YAML file; without a path, the packages of the cargo workspace are built.
#[derive(clap::Args)]
#[command(after_help = Status::HELP)]
pub(crate) struct Args {
    /// Card files and folders
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// End with exit code 1 if less is answered, or if a card has errors
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    min: Option<f64>,
    /// Check against this policy file instead of those that are found
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The day that the rules of time compare with, instead of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = check::day)]
    today: Option<Day>,
    /// The format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    cargo: cargo::Options,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON object
    Json,
}

fn percent(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.trim_end_matches('%').trim_end().parse().ok();
    number.filter(|number| (0.0..=100.0).contains(number)).ok_or_else(|| "expected a number from 0 to 100".to_owned())
}

/// What is written of a card.
struct Scored<'t> {
    /// The file, as it may be shown.
    file: &'t str,
    name: Option<&'t Text<'t>>,
    version: Option<&'t Text<'t>>,
    checked: &'t Checked,
    score: Score,
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let today = self.today.map_or_else(check::today, Ok)?;
        if let Some(file) = self.policy.as_deref().filter(|file| !file.is_file()) {
            return Err(Failure::new(format!("there is no policy `{}`", file.display())));
        }
        let policies = Policies::new(self.policy.as_deref(), None);
        let mut run = Run { format: self.format, min: self.min, today, policies, cards: 0, status: Status::Good };
        if self.format == Format::Json {
            output::print(json::BEGIN)?;
        }
        let done = if self.paths.is_empty() { run.packages(&self.cargo) } else { run.files(self.paths) };
        if self.format == Format::Json {
            output::print(json::END)?;
        }
        done.map(|()| run.status)
    }
}

/// Scoring under way.
struct Run {
    format: Format,
    min: Option<f64>,
    today: Day,
    policies: Policies,
    cards: usize,
    status: Status,
}

impl Run {
    fn files(&mut self, paths: Vec<PathBuf>) -> Result<(), Failure> {
        for candidate in Walk::new(paths) {
            match candidate {
                Candidate::Card(file) => {
                    let in_force = self.policies.of_file(&file);
                    match CardText::read(&file) {
                        Ok(text) => {
                            self.card(&text, text.check(&in_force.policy, self.today, Files::Unread), &in_force)?
                        }
                        Err(checked) => self.refused(&checked),
                    }
                }
                Candidate::Missing(path) => self.failed(&format!("there is no `{}`", path.display())),
                Candidate::Unreadable(path, error) => {
                    self.failed(&format!("the folder `{}` cannot be read: {error}", path.display()));
                }
            }
        }
        if self.cards == 0 && self.status != Status::Undone {
            self.failed("there is no card here: no file is named `.json`, `.yaml` or `.yml`");
        }
        Ok(())
    }

    fn packages(&mut self, options: &cargo::Options) -> Result<(), Failure> {
        let built = options
            .build("check")
            .map_err(|failure| failure.or_help("name card files or folders, or run it within a cargo package"))?;
        for package in &built.packages {
            let in_force = self.policies.of_package(&package.folder);
            let sources = rust::sources(&package.folder);
            for report in &package.reports {
                match packages::text(report) {
                    Ok(text) => {
                        let checked =
                            packages::checked(&text, package, &sources, &in_force.policy, self.today, Files::Unread);
                        self.card(&text, checked, &in_force)?;
                    }
                    Err(checked) => self.refused(&checked),
                }
            }
        }
        if built.failed.is_some() {
            // Cargo has said why: most often a card has errors, which fail its build.
            self.failed("the packages cannot be built; mend what cargo tells of first");
        } else if self.cards == 0 && self.status != Status::Undone {
            self.failed(
                "no package of the workspace has a card: none has a `build.rs` that calls `smcard::build::emit`",
            );
        }
        Ok(())
    }

    fn card(&mut self, text: &CardText, mut checked: Checked, in_force: &InForce) -> Result<(), Failure> {
        for wrong in std::mem::take(&mut self.policies.wrong) {
            eprint!("{}", check::Format::Human.card(&wrong, output::colours()));
            if wrong.errors > 0 {
                self.bad();
            }
        }
        in_force.name_files(&mut checked);
        let Some(stated) = text.card() else {
            self.refused(&checked);
            return Ok(());
        };
        let details = &stated.card.model_details;
        let (name, version) = (details.name.as_ref(), details.version.as_ref());
        let scored = Scored {
            file: &checked.file,
            name,
            version,
            checked: &checked,
            score: count::score(&stated.card, &checked),
        };
        match self.format {
            Format::Human => {
                // What must be mended first comes first.
                eprint!("{}", check::Format::Human.card(&checked, output::colours()));
                let gap = if self.cards > 0 { "\n" } else { "" };
                output::print(&format!("{gap}{}", human::write(&scored, output::stdout_colours())))?;
            }
            Format::Json => {
                let gap = if self.cards > 0 { ",\n" } else { "" };
                output::print(&format!("{gap}{}", json::write(&scored)))?;
            }
        }
        self.cards += 1;
        let Some(min) = self.min else { return Ok(()) };
        let answered = scored.score.all.answered;
        // Thirds add up to a little less than a whole.
        if answered + 1e-9 < min {
            exit::error(format!("`{}` is {} answered, less than {min} %", checked.file, human::percent(answered)));
        } else if checked.errors > 0 {
            exit::error(format!("`{}` has errors, whatever is answered", checked.file));
        } else {
            return Ok(());
        }
        self.bad();
        Ok(())
    }

    fn bad(&mut self) {
        if self.status == Status::Good {
            self.status = Status::Bad;
        }
    }

    /// Tells of what is no card, as a check does.
    fn refused(&mut self, checked: &Checked) {
        eprint!("{}", check::Format::Human.card(checked, output::colours()));
        self.failed(&format!("`{}` is no card", checked.file));
    }

    fn failed(&mut self, message: &str) {
        exit::error(message);
        self.status = Status::Undone;
    }
}
