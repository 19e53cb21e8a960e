//! `smcard man`.

use clap_mangen::Man;

use crate::exit::{Failure, Outcome, Status};
use crate::output;

/// Print the manual page, of smcard or of a subcommand
///
/// `smcard man | man -l -` shows it.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The subcommand
    command: Option<String>,
}

impl Args {
    /// `whole` is the command line as the user calls it, by `name`.
    pub(crate) fn run(self, whole: clap::Command, name: &'static str) -> Outcome {
        let command = match &self.command {
            None => whole.name("smcard"),
            Some(wanted) => {
                let found = whole.get_subcommands().find(|command| command.get_name() == wanted.as_str());
                let Some(found) = found else {
                    let names: Vec<&str> = whole.get_subcommands().map(clap::Command::get_name).collect();
                    return Err(Failure::new(format!("there is no subcommand `{wanted}`"))
                        .help(format!("the subcommands are {}", names.join(", "))));
                };
                // A manual page has one name, without the space of `smcard check`.
                found.clone().name(format!("smcard-{wanted}")).bin_name(format!("{name} {wanted}"))
            }
        };
        let mut page = Vec::new();
        Man::new(command).render(&mut page)?;
        output::print(&String::from_utf8_lossy(&page))?;
        Ok(Status::Good)
    }
}
