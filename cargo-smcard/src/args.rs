//! The arguments of the command line.

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::exit::{Outcome, Status};
use crate::{
    build, check, completions, diff, explain, export, extract, import, init, man, policy, scan, schema, score,
    taxonomy, verify, view,
};

/// Security model cards: begin them, check them, explain what is wrong, build their reports.
#[derive(Parser)]
#[command(version, propagate_version = true, disable_help_subcommand = true, after_help = Status::HELP)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Args),
    Check(check::Args),
    Build(build::Args),
    Diff(diff::Args),
    Export(export::Args),
    View(view::Args),
    Score(score::Args),
    Verify(verify::Args),
    Extract(extract::Args),
    Import(import::Args),
    #[command(hide = true)]
    ReadPdf(import::ReadPdf),
    Scan(scan::Args),
    Explain(explain::Args),
    Policy(policy::Args),
    Taxonomy(taxonomy::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Reads the arguments; ends the program where they are wrong, or where help is asked for.
pub(crate) fn parse(name: &'static str) -> Args {
    let matches = command(name).get_matches_from(arguments(name));
    Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// The command line as the user calls it.
pub(crate) fn command(name: &'static str) -> clap::Command {
    Args::command().name(name).bin_name(name)
}

/// The arguments, without the name of the subcommand that cargo passes first.
fn arguments(name: &str) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = std::env::args_os().collect();
    if name == "cargo smcard" && arguments.get(1).is_some_and(|first| first == "smcard") {
        arguments.remove(1);
    }
    arguments
}

impl Args {
    pub(crate) fn run(self, name: &'static str) -> Outcome {
        match self.command {
            Command::Init(args) => args.run(),
            Command::Check(args) => args.run(),
            Command::Build(args) => args.run(),
            Command::Diff(args) => args.run(),
            Command::Export(args) => args.run(),
            Command::View(args) => args.run(),
            Command::Score(args) => args.run(),
            Command::Verify(args) => args.run(),
            Command::Extract(args) => args.run(),
            Command::Import(args) => args.run(),
            Command::ReadPdf(args) => args.run(),
            Command::Scan(args) => args.run(),
            Command::Explain(args) => args.run(),
            Command::Policy(args) => args.run(),
            Command::Taxonomy(args) => args.run(),
            Command::Schema(args) => args.run(),
            Command::Completions(args) => args.run(command("smcard")),
            Command::Man(args) => args.run(command(name), name),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_declaration_of_the_arguments_is_sound() {
        super::command("smcard").debug_assert();
    }
}
