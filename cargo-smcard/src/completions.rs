//! `smcard completions SHELL`.

use clap_complete::Shell;

use crate::exit::{Outcome, Status};
use crate::output;

/// Print completions for a shell
///
/// Write them to the place from which your shell loads them, such as
/// `smcard completions bash > ~/.local/share/bash-completion/completions/smcard`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The shell
    shell: Shell,
}

impl Args {
    /// `whole` is the command line as the user calls it.
    pub(crate) fn run(self, whole: clap::Command) -> Outcome {
        let mut text = Vec::new();
        // What is hidden from help is offered by no shell either.
        let shown = whole.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
        let mut shown = clap::Command::new("smcard").args(whole.get_arguments().cloned()).subcommands(shown);
        clap_complete::generate(self.shell, &mut shown, "smcard", &mut text);
        output::print(&String::from_utf8_lossy(&text))?;
        Ok(Status::Good)
    }
}
