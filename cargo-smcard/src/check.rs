//! `smcard check`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicatif::ProgressBar;
use rayon::prelude::*;
use smcard_core::source::visible;
use smcard_core::{Day, Stage};

use crate::cargo;
use crate::exit::{self, Failure, Outcome, Status};
use crate::load::walk::{Candidate, Walk};
use crate::load::{CardText, Files};
use crate::output;
use crate::told::Checked;
use exceptions::Exceptions;
pub(crate) use format::Format;
use format::Totals;
use policies::{InForce, Policies};

mod exceptions;
pub(crate) mod format;
pub(crate) mod packages;
pub(crate) mod policies;
pub(crate) mod rust;

/// How many cards are held at a time, whatever their number.
const AT_A_TIME: usize = 256;

/// The path that is standard input.
const INPUT: &str = "-";

/// Check cards by every rule, those that compare with today included
///
/// A card is a JSON or YAML file. In folders, every file named `.json`, `.yaml` or `.yml` is taken
/// for a card, except in hidden folders and in those that a build has written. Each is checked
/// against the `smcard.toml` files from its folder upward, to the root of the cargo workspace or of
/// the git repository. Without a path, the packages of the cargo workspace are built and their
/// cards checked. The files and reports that a card names are measured; their paths begin at the
/// folder of the package, or of the card file.
#[derive(clap::Args)]
#[command(after_help = Status::HELP)]
pub(crate) struct Args {
    /// Card files and folders; `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Check against this policy file instead of those that are found
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Check as if every card were at this stage: draft, review, production or retired
    #[arg(long, value_name = "STAGE", value_parser = stage)]
    stage: Option<Stage>,
    /// The day that the rules of time compare with, instead of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<Day>,
    /// The format of what is found
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    cargo: cargo::Options,
}

pub(crate) fn stage(word: &str) -> Result<Stage, String> {
    let variants = Stage::SCHEMA.variants;
    let found = variants.iter().find(|variant| variant.key().eq_ignore_ascii_case(word));
    found.and_then(|variant| Stage::from_name(variant.name)).ok_or_else(|| {
        let known: Vec<String> = variants.iter().map(|variant| variant.key()).collect();
        format!("expected one of {}", known.join(", "))
    })
}

pub(crate) fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "expected a day that exists, such as 2026-09-14".to_owned())
}

/// Today where the user is.
pub(crate) fn today() -> Result<Day, Failure> {
    Day::parse(&jiff::ZonedDateTime::now().date().to_string())
        .ok_or_else(|| Failure::new("the clock shows no day").help("say which day it is with `--today`"))
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let today = self.today.map_or_else(today, Ok)?;
        if let Some(file) = self.policy.as_deref().filter(|file| fs::metadata(file).is_err()) {
            return Err(Failure::new(format!("there is no policy `{}`", file.display())));
        }
        let policies = Policies::new(self.policy.as_deref(), self.stage);
        let mut check = Check::new(self.format, policies, today)?;
        check.tell_policies()?;
        let done = match self.paths.is_empty() {
            true => check.packages(&self.cargo),
            false => check.files(self.paths),
        };
        match done {
            Ok(()) => check.end(),
            Err(failure) => Err(check.broken_off(failure)),
        }
    }
}

/// Checks some files as `smcard check` does, and tells of them.
pub(crate) fn files(paths: Vec<PathBuf>) -> Outcome {
    let mut check = Check::new(Format::Human, Policies::new(None, None), today()?)?;
    check.files(paths)?;
    check.end()
}

/// A check under way.
struct Check {
    format: Format,
    colours: bool,
    policies: Policies,
    today: Day,
    totals: Totals,
    exceptions: Exceptions,
    out: Out,
    /// Whether anything could not be done.
    undone: bool,
}

impl Check {
    fn new(format: Format, policies: Policies, today: Day) -> Result<Self, Failure> {
        // It draws on a standard error that is a terminal alone.
        let bar = ProgressBar::new_spinner();
        let mut out = Out { format, bar, parts: 0 };
        out.write(&format.begin())?;
        Ok(Check {
            format,
            colours: output::colours(),
            policies,
            today,
            totals: Totals::default(),
            exceptions: Exceptions::default(),
            out,
            undone: false,
        })
    }

    fn files(&mut self, paths: Vec<PathBuf>) -> Result<(), Failure> {
        let mut cards = Vec::with_capacity(AT_A_TIME);
        let (input, paths): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path == Path::new(INPUT));
        if let Some(input) = input.into_iter().next() {
            let in_force = self.policies.of_file(&input);
            cards.push((input, in_force));
        }
        for candidate in Walk::new(paths) {
            match candidate {
                Candidate::Card(file) => {
                    let in_force = self.policies.of_file(&file);
                    cards.push((file, in_force));
                }
                Candidate::Missing(path) => self.failed(&format!("there is no `{}`", path.display())),
                Candidate::Unreadable(path, error) => {
                    self.failed(&format!("the folder `{}` cannot be read: {error}", path.display()));
                }
            }
            if cards.len() >= AT_A_TIME {
                self.cards(&mut cards)?;
            }
        }
        self.cards(&mut cards)?;
        if self.totals.cards == 0 && !self.undone {
            self.failed("there is no card here: no file is named `.json`, `.yaml` or `.yml`");
        }
        Ok(())
    }

    fn failed(&mut self, message: &str) {
        self.out.bar.suspend(|| exit::error(message));
        self.undone = true;
    }

    /// Checks some cards on all cores, and tells of them in their order.
    fn cards(&mut self, cards: &mut Vec<(PathBuf, Arc<InForce>)>) -> Result<(), Failure> {
        let today = self.today;
        let check = |(file, in_force): &(PathBuf, Arc<InForce>)| {
            if !in_force.readable {
                return Checked { file: visible(&file.display().to_string()), is_card: true, ..Checked::default() };
            }
            let text = if file == Path::new(INPUT) { CardText::read_input() } else { CardText::read(file) };
            match text {
                Ok(text) => text.check(&in_force.policy, today, Files::Beside(file.parent().unwrap_or(Path::new("")))),
                Err(checked) => *checked,
            }
        };
        let checked: Vec<Checked> = cards.par_iter().map(check).collect();
        let of_cards = cards.drain(..).map(|(_, in_force)| in_force);
        self.tell(checked.into_iter().zip(of_cards).collect())
    }

    fn tell_policies(&mut self) -> Result<(), Failure> {
        let wrong = std::mem::take(&mut self.policies.wrong);
        for checked in &wrong {
            self.count(checked);
        }
        self.write(&wrong)
    }

    /// Tells of cards, and of their policies before them.
    fn tell(&mut self, checked: Vec<(Checked, Arc<InForce>)>) -> Result<(), Failure> {
        self.tell_policies()?;
        let mut all = Vec::with_capacity(checked.len());
        for (mut checked, in_force) in checked {
            in_force.name_files(&mut checked);
            if in_force.readable {
                self.exceptions.take(&mut checked, &in_force);
            } else {
                self.totals.unchecked += 1;
            }
            self.totals.cards += 1;
            self.count(&checked);
            all.push(checked);
        }
        self.out.bar.set_message(format!("{} cards", self.totals.cards));
        self.out.bar.tick();
        self.write(&all)
    }

    fn count(&mut self, checked: &Checked) {
        self.totals.errors += checked.errors;
        self.totals.warnings += checked.warnings;
        self.totals.excepted += checked.excepted.len();
    }

    fn write(&mut self, checked: &[Checked]) -> Result<(), Failure> {
        let (format, colours) = (self.format, self.colours);
        let parts: Vec<String> = checked.par_iter().map(|checked| format.card(checked, colours)).collect();
        let mut text = String::new();
        for part in parts.iter().filter(|part| !part.is_empty()) {
            if self.out.parts > 0 {
                text += format.between();
            }
            self.out.parts += 1;
            text += part;
        }
        self.out.write(&text)
    }

    /// Ends what a program reads, so that it is whole although the check is not.
    fn broken_off(mut self, failure: Failure) -> Failure {
        self.out.bar.finish_and_clear();
        let ended = match self.format {
            Format::Human => Ok(()),
            format => self.out.write(&format.end(self.totals)),
        };
        ended.err().unwrap_or(failure)
    }

    fn end(mut self) -> Outcome {
        let unused = std::mem::take(&mut self.exceptions).unused();
        for checked in &unused {
            self.count(checked);
        }
        self.write(&unused)?;
        self.out.bar.finish_and_clear();
        self.out.write(&self.format.end(self.totals))?;
        if self.format != Format::Human {
            eprint!("{}", Format::Human.end(self.totals));
        }
        Ok(match self.totals.errors {
            _ if self.undone => Status::Undone,
            0 => Status::Good,
            _ => Status::Bad,
        })
    }
}

/// Where findings go: to standard error for people, and to standard output for programs.
struct Out {
    format: Format,
    bar: ProgressBar,
    /// How many parts that are not empty have been written.
    parts: usize,
}

impl Out {
    fn write(&mut self, text: &str) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        let format = self.format;
        self.bar.suspend(|| -> io::Result<()> {
            if format == Format::Human {
                return io::stderr().lock().write_all(text.as_bytes());
            }
            let mut out = output::stdout();
            out.write_all(text.as_bytes())?;
            out.flush()
        })?;
        Ok(())
    }
}
