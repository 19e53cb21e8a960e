//! `cargo smcard`: cargo runs this program and passes the name of the subcommand as its first argument.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    cargo_smcard::run("cargo smcard")
}
