//! Throw-away cargo projects, and the processor time that cargo takes for them.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use tempfile::TempDir;

use super::Result;

/// The checkout that is measured.
const CHECKOUT: &str = env!("CARGO_MANIFEST_DIR");

/// What every project begins with.
///
/// cargo compiles what has a path incrementally, and what comes from a registry, as smcard comes
/// to its users, never. The difference is two fifths of what smcard-core takes.
const PACKAGE: &str = r#"[package]
name = "measured"
version = "1.0.0"
edition = "2024"

[workspace]

[profile.dev.package."*"]
incremental = false

"#;

/// The build script of a user.
pub(crate) const EMIT: &str = "#[path = \"src/card.rs\"]\nmod card;\n\nfn main() {\n    \
                        smcard::build::emit(&card::CARD);\n}\n";

/// A cargo project in a folder of its own.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    /// A project of these dependencies, lines of TOML in which `{checkout}` is the folder of
    /// smcard, and these files.
    ///
    /// It locks the very versions that the checkout locks, so it needs no network.
    pub(crate) fn new(dependencies: &str, files: &[(&str, &str)]) -> Result<Self> {
        let project = Project { folder: tempfile::tempdir()? };
        let dependencies = dependencies.replace("{checkout}", CHECKOUT);
        project.write("Cargo.toml", &format!("{PACKAGE}{dependencies}"))?;
        fs::copy(Path::new(CHECKOUT).join("Cargo.lock"), project.folder.path().join("Cargo.lock"))?;
        for (file, text) in files {
            project.write(file, text)?;
        }
        Ok(project)
    }

    /// A project with smcard alone, whose build script emits the card of `src/card.rs`.
    pub(crate) fn with_card(card: &str) -> Result<Self> {
        let smcard = "smcard = { path = \"{checkout}\" }\n";
        let main = "mod card;\n\nfn main() {\n    println!(\"{:?}\", card::CARD.model_details.name);\n}\n";
        let dependencies = format!("[dependencies]\n{smcard}\n[build-dependencies]\n{smcard}");
        Project::new(&dependencies, &[("build.rs", EMIT), ("src/card.rs", card), ("src/main.rs", main)])
    }

    /// Writes a file of the project.
    pub(crate) fn write(&self, file: &str, text: &str) -> Result<()> {
        let file = self.folder.path().join(file);
        fs::create_dir_all(file.parent().unwrap_or(&file))?;
        Ok(fs::write(file, text)?)
    }

    /// Removes all that was built.
    pub(crate) fn clean(&self) -> Result<()> {
        let target = self.folder.path().join("target");
        if target.exists() {
            fs::remove_dir_all(target)?;
        }
        Ok(())
    }

    /// Removes what was built of the project itself, and keeps its dependencies.
    pub(crate) fn clean_itself(&self) -> Result<()> {
        self.run(&["clean", "--package", "measured"])
    }

    /// The processor time of a cargo command and all that it starts, in seconds.
    pub(crate) fn cargo(&self, command: &str) -> Result<f64> {
        let before = seconds_of_children()?;
        self.run(&[command])?;
        Ok(seconds_of_children()? - before)
    }

    fn run(&self, arguments: &[&str]) -> Result<()> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(arguments).args(["--offline", "--quiet"]).current_dir(self.folder.path()).stdout(Stdio::null());
        // What is set for the benchmark's own build is not what a user has.
        for name in ["CARGO_TARGET_DIR", "CARGO_INCREMENTAL", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
            cargo.env_remove(name);
        }
        let status = cargo.status()?;
        if status.success() { Ok(()) } else { Err(format!("cargo {} failed: {status}", arguments.join(" ")).into()) }
    }
}

/// The processor time of all child processes that have ended, and of theirs.
fn seconds_of_children() -> Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Ok(seconds(usage.user_time()) + seconds(usage.system_time()))
}
