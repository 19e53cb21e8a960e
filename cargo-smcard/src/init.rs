//! `smcard init`.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use smcard_core::source::visible;
use smcard_core::tree::Node;
use smcard_core::{LoadedPolicy, Policy};

use crate::exit::{self, Failure, Outcome, Status};
use crate::output;
use crate::write;
use manifest::Source;
use session::{Ended, Session};
use target::Target;

mod build_script;
mod change;
mod editor;
mod example;
mod facts;
mod interview;
mod manifest;
mod place;
mod session;
mod target;
mod terminal;

/// Set up a card: ask for what it says, and write it
///
/// In a package of cargo, writes `src/card.rs`, adds smcard to the build dependencies, and adds to
/// `build.rs` the lines that check the card. With `--yaml` or `--json`, writes a card for a project
/// without Rust. Every change is shown before it is made, and no card is ever overwritten.
///
/// In a terminal, it asks for one field after the other; an interview that is interrupted goes on
/// with the next `smcard init`. Elsewhere, with `--yes` or with `--from`, nothing is asked: the card
/// has what is known, and the fields that are open are named in it.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Write a YAML card instead of Rust source
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "card.yaml", conflicts_with = "json")]
    yaml: Option<PathBuf>,
    /// Write a JSON card instead of Rust source
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "card.json")]
    json: Option<PathBuf>,
    /// Take over this card, JSON or YAML, instead of asking
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Ask nothing
    #[arg(short, long)]
    yes: bool,
    /// The Cargo.toml of the package
    #[arg(long, value_name = "FILE", conflicts_with_all = ["yaml", "json"])]
    manifest_path: Option<PathBuf>,
    /// Where the card goes, from the folder of the package
    #[arg(long, value_name = "FILE", default_value = "src/card.rs", conflicts_with_all = ["yaml", "json"])]
    card: PathBuf,
    /// Where smcard comes from: a version, or keys such as `path = "../smcard"`
    #[arg(long, value_name = "SOURCE", value_parser = Source::parse, conflicts_with_all = ["yaml", "json"])]
    smcard: Option<Source>,
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let target = match (&self.yaml, &self.json) {
            (Some(file), _) => Target::file(file, write::Form::Yaml)?,
            (None, Some(file)) => Target::file(file, write::Form::Json)?,
            (None, None) => Target::package(self.manifest_path.as_deref(), &self.card, self.smcard.clone())?,
        };
        let policy = self.policy(&target)?;
        let from = self.from.as_deref().map(|file| target::read(file, &policy)).transpose()?;
        let from = match from {
            Some(Ok(card)) => Some(card),
            Some(Err(checked)) => return checked,
            None => None,
        };
        let asks = from.is_none() && !self.yes && !self.dry_run;
        if asks && io::stdin().is_terminal() && io::stderr().is_terminal() {
            return match Session::new(&target, policy).run()? {
                Ended::Written => Ok(Status::Good),
                Ended::ByHand => Ok(Status::Undone),
                Ended::Later => Ok(Status::Good),
                Ended::Interrupted => Ok(Status::Of(130)),
            };
        }
        if target.draft().is_file() {
            return Err(Failure::new(format!("an interview is under way: `{}`", change::shown(&target.draft())))
                .help("run `smcard init` in a terminal to go on with it, or delete the file"));
        }
        let card = from.unwrap_or_else(target::empty);
        self.unattended(&target, &card, &policy)
    }

    fn policy(&self, target: &Target) -> Result<Policy, Failure> {
        let LoadedPolicy { policy, findings, readable, .. } = target.policy();
        if !findings.is_empty() {
            eprintln!("{findings}");
        }
        if readable { Ok(policy) } else { Err(Failure::new("the policy cannot be read")) }
    }

    /// Shows the changes, and makes them.
    fn unattended(&self, target: &Target, card: &Node<'_>, policy: &Policy) -> Outcome {
        let planned = target.plan(card, policy)?;
        planned.show(output::colours());
        if self.dry_run {
            eprintln!("nothing is written: this was a dry run");
        } else {
            planned.write()?;
        }
        let open = interview::open(policy, card);
        if !open.is_empty() {
            let fields =
                if open.len() == 1 { "1 required field is" } else { &format!("{} required fields are", open.len()) };
            match target.has_comments() {
                true => eprintln!("{fields} open; comments in the card name each"),
                // JSON has no comments.
                false => eprintln!("{fields} open: {}", visible(&open.join(", "))),
            }
        }
        Ok(if planned.tell_the_rest() { Status::Good } else { Status::Undone })
    }
}

/// Tells that an interview is kept.
fn kept(file: &std::path::Path) {
    eprintln!("saved in {}; `smcard init` goes on from there", change::shown(file));
}

/// What an interview could not do.
fn failed(what: &str, error: &io::Error) {
    exit::error(format!("{what}: {error}"));
}
