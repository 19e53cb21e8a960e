//! `smcard policy` and `smcard policy init`.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use smcard_core::source::visible;
use smcard_core::{LoadedPolicy, POLICY_FILE_NAME, Policy};

use crate::exit::{Failure, Outcome, Status};
use crate::{cargo, output};

/// Show the policy in force: each line with the file that says it, and the exceptions with their end
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// The folder of a package or of card files
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Show this policy file, with what it extends
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The package of the cargo workspace, by its name
    #[arg(short, long, value_name = "SPEC", conflicts_with_all = ["folder", "policy"])]
    package: Option<String>,
    /// The Cargo.toml of the workspace, with --package
    #[arg(long, value_name = "FILE", requires = "package")]
    manifest_path: Option<PathBuf>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Write a starting policy, documented line by line; never overwrites one
    Init {
        /// The folder to write it to
        #[arg(value_name = "FOLDER", default_value = ".")]
        folder: PathBuf,
    },
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        match self.command {
            Some(Command::Init { folder }) => init(&folder),
            None => show(&self.policy()?),
        }
    }
}

impl Args {
    /// The policy that is asked for.
    fn policy(&self) -> Result<LoadedPolicy, Failure> {
        if let Some(package) = &self.package {
            return Ok(Policy::load(&cargo::folder_of(package, self.manifest_path.as_deref())?));
        }
        if let Some(file) = &self.policy {
            return Ok(Policy::load_file(file));
        }
        let absolute = std::path::absolute(&self.folder).unwrap_or_else(|_| self.folder.clone());
        if absolute.is_dir() {
            return Ok(Policy::load_around(&absolute));
        }
        Err(Failure::new(format!("there is no folder `{}`", self.folder.display())))
    }
}

/// What `policy init` writes.
const STARTING: &str = include_str!("policy/starting.toml");

fn init(folder: &Path) -> Outcome {
    let file = folder.join(POLICY_FILE_NAME);
    let shown = visible(&file.display().to_string());
    let written = OpenOptions::new().write(true).create_new(true).open(&file);
    match written.and_then(|mut file| file.write_all(STARTING.as_bytes())) {
        Ok(()) => {
            eprintln!("wrote {shown}");
            Ok(Status::Good)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Failure::new(format!("there is a `{shown}` already")).help("`smcard policy` shows what it asks"))
        }
        Err(error) => Err(Failure::new(format!("`{shown}` cannot be written: {error}"))),
    }
}

fn show(loaded: &LoadedPolicy) -> Outcome {
    let mut text = String::new();
    let here = std::env::current_dir().unwrap_or_default();
    if loaded.files.is_empty() && loaded.findings.is_empty() {
        text += "no policy is in force: there is no smcard.toml from here upward\n";
    }
    if !loaded.files.is_empty() {
        text += "# the files in force, the outermost first\n";
    }
    for file in &loaded.files {
        text += &format!("{}\n", visible(&file.strip_prefix(&here).unwrap_or(file).display().to_string()));
    }
    let lines = loaded.policy.lines();
    if !lines.is_empty() {
        text += "\n# what they ask\n";
    }
    let width = lines.iter().map(|line| line.says.chars().count()).max().unwrap_or_default().min(80);
    for line in &lines {
        text += &format!("{:width$}  # {}:{}\n", visible(&line.says), line.file, line.line);
    }
    let exceptions = loaded.policy.exceptions();
    if !exceptions.is_empty() {
        text += "\n# exceptions\n";
    }
    for exception in exceptions {
        let package = exception.package.as_deref().map(|name| format!(" for {name}")).unwrap_or_default();
        text += &format!(
            "{}\n",
            visible(&format!(
                "{exception}{package} until {}, approved by {}: {}  # {}:{}",
                exception.expires, exception.approved_by, exception.reason, exception.file, exception.line
            ))
        );
    }
    output::print(&text)?;
    if loaded.findings.is_empty() {
        return Ok(Status::Good);
    }
    eprintln!("{}", loaded.findings);
    Ok(if loaded.findings.has_errors() { Status::Bad } else { Status::Good })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_starting_policy_is_one_and_so_is_every_line_that_it_leaves_out() {
        assert!(Policy::from_toml(STARTING, "smcard.toml").is_ok());
        let whole: Vec<&str> = STARTING.lines().map(|line| line.strip_prefix("#: ").unwrap_or(line)).collect();
        let policy = Policy::from_toml(&whole.join("\n"), "smcard.toml");
        assert!(policy.as_ref().is_ok_and(|policy| policy.lines().len() > 15), "{policy:?}");
    }
}
