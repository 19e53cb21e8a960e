//! What a build script tells cargo, a line each
//! (<https://doc.rust-lang.org/cargo/reference/build-scripts.html>).

use std::io::Write;
use std::path::PathBuf;

use crate::characters::escape;

/// A line for cargo.
#[derive(Debug)]
pub(super) enum Directive {
    /// Shows an error and fails the build.
    Error(String),
    /// Shows a warning.
    Warning(String),
    /// Runs the script again when this file changes.
    RerunIfChanged(PathBuf),
    /// Runs the script again when this environment variable changes.
    RerunIfEnvChanged(&'static str),
    /// Sets an environment variable for the crate's compilation.
    Env(String, PathBuf),
}

/// Prints the lines. A card's text is data: escaped, it can never become a line of its own.
pub(super) fn print(directives: &[Directive]) {
    let mut text = String::new();
    for directive in directives {
        text += &match directive {
            Directive::Error(message) => format!("cargo::error={}\n", escape(message)),
            Directive::Warning(message) => format!("cargo::warning={}\n", escape(message)),
            Directive::RerunIfChanged(path) => format!("cargo::rerun-if-changed={}\n", path.display()),
            Directive::RerunIfEnvChanged(name) => format!("cargo::rerun-if-env-changed={name}\n"),
            Directive::Env(name, path) => format!("cargo::rustc-env={name}={}\n", path.display()),
        };
    }
    // Where nobody reads what a script says, there is nobody to tell.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
