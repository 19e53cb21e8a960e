//! How a command ends: its exit code, or why it could not do its work.

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

use smcard_core::source::visible;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Nothing is wrong: 0.
    Good,
    /// Something is wrong with a card, a policy or a model file: 1.
    Bad,
    /// Something could not be done: 2.
    Undone,
    /// Whatever a program that was run ended with.
    Of(u8),
}

impl Status {
    /// What the help says of exit codes.
    pub(crate) const HELP: &'static str = "\
Exit codes:
  0  nothing is wrong, apart from warnings
  1  a card, a policy or a model file has errors, `--fail-on` found such a difference, `--min` is not reached, or a
     report and a statement do not belong together
  2  the work could not be done: a wrong argument, a path that is not there, no card, output that cannot be written";
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::Good => 0,
            Status::Bad => 1,
            Status::Undone => 2,
            Status::Of(code) => code,
        })
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    message: Option<String>,
    help: Option<String>,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Failure { message: Some(message.into()), help: None }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Failure { help: Some(help.into()), ..self }
    }

    /// Adds help where there is none.
    pub(crate) fn or_help(self, help: impl Into<String>) -> Self {
        Failure { help: self.help.or_else(|| Some(help.into())), ..self }
    }

    /// Tells why on standard error.
    pub(crate) fn tell(&self) -> ExitCode {
        eprint!("{}", self.words());
        Status::Undone.into()
    }

    /// Why, as it is told.
    pub(crate) fn words(&self) -> String {
        let line = |kind: &str, words: &Option<String>| {
            words.as_ref().map(|words| format!("{kind}: {}\n", lines(words))).unwrap_or_default()
        };
        line("error", &self.message) + &line("help", &self.help)
    }
}

/// Whoever reads the output may stop at any time, and needs no message about it.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure { message: None, help: None };
        }
        Failure::new(format!("the output cannot be written: {error}"))
    }
}

/// Tells of an error that does not end the command.
pub(crate) fn error(message: impl Display) {
    eprintln!("error: {}", lines(&message.to_string()));
}

/// Tells of something that the user should know of.
pub(crate) fn warning(message: impl Display) {
    eprintln!("warning: {}", lines(&message.to_string()));
}

fn lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

pub(crate) type Outcome = Result<Status, Failure>;
