//! Security model cards on the command line: `cargo smcard`, or `smcard`.
//!
//! Each subcommand is a file: its arguments, its work and its output. The rules, the policy and the
//! card itself are in smcard-core; here is what a build must not do, such as compare with today.

#![forbid(unsafe_code)]

use std::process::ExitCode;

mod args;
mod build;
mod cargo;
mod change;
mod check;
mod completions;
mod diff;
mod excerpt;
mod exit;
mod explain;
mod export;
mod extract;
mod import;
mod init;
mod load;
mod man;
mod one;
mod output;
mod policy;
mod scan;
mod schema;
mod score;
mod taxonomy;
mod told;
mod verify;
mod view;
mod write;

/// Runs the command line: `name` is what the user typed, `smcard` or `cargo smcard`.
pub fn run(name: &'static str) -> ExitCode {
    match args::parse(name).run(name) {
        Ok(status) => status.into(),
        Err(failure) => failure.tell(),
    }
}
