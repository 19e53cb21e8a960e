//! Throw-away cargo projects that use smcard as a project of a user does.
//!
//! They share a target folder, so that smcard and what it depends on are compiled once. Cargo
//! tells their packages apart by name there, so every test gives its packages names of its own.

#![allow(clippy::expect_used, clippy::panic, reason = "what a test cannot set up ends that test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::card::Card;

/// The folder of smcard itself.
pub(crate) const SMCARD: &str = env!("CARGO_MANIFEST_DIR");

/// Longer than any build here takes on a slow machine: what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(240);

/// A build script as the documentation shows it.
const BUILD_SCRIPT: &str = "\
#[path = \"src/card.rs\"]
mod card;

fn main() {
    smcard::build::emit(&card::CARD);
}
";

/// A folder with a cargo project in it, removed in the end.
pub(crate) struct Project {
    /// The folder of the workspace or of the only package.
    pub(crate) root: PathBuf,
    target: PathBuf,
    variables: Vec<(String, String)>,
    /// Holds `root`, with room for files above it.
    outside: TempDir,
}

impl Project {
    /// A package of this name with a card that passes, a library that holds it, and a build script.
    pub(crate) fn new(name: &str) -> Self {
        Self::bare().package("", name).file("Cargo.toml", &format!("{}\n[workspace]\n", manifest(name)))
    }

    /// A workspace of packages in folders of their own names.
    pub(crate) fn workspace(names: &[&str]) -> Self {
        let project = Self::bare().file("Cargo.toml", &format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n"));
        names.iter().fold(project, |project, name| project.package(&format!("{name}/"), name))
    }

    /// A folder that holds nothing but the versions that smcard is locked to.
    pub(crate) fn bare() -> Self {
        let outside = TempDir::new().expect("a folder for a project");
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("end-to-end");
        let root = outside.path().join("above/project");
        let project = Project { root, target, variables: Vec::new(), outside };
        let locked = fs::read_to_string(Path::new(SMCARD).join("Cargo.lock")).expect("the lock file of smcard");
        project.file("Cargo.lock", &locked)
    }

    /// The same project with a package whose card passes, in a folder that ends with `/`.
    pub(crate) fn package(self, folder: &str, name: &str) -> Self {
        self.forget(name);
        self.file(&format!("{folder}Cargo.toml"), &manifest(name))
            .file(&format!("{folder}build.rs"), BUILD_SCRIPT)
            .file(&format!("{folder}src/lib.rs"), "pub mod card;\n")
            .file(&format!("{folder}src/card.rs"), &Card::good().source())
    }

    /// Removes what an earlier run of the tests left of a package, which could pass for this run's.
    fn forget(&self, name: &str) {
        let within = |folder: &Path| {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            entries.map(|entry| entry.path()).collect::<Vec<_>>()
        };
        let mut outputs = within(&self.target);
        outputs.push(self.target.clone());
        let folders = outputs.iter().flat_map(|output| [output.join("smcard"), output.join("debug/build")]);
        for path in folders.flat_map(|folder| within(&folder)) {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            // `name` itself, or `name-` and a hash.
            if file.strip_prefix(name).is_some_and(|rest| rest.chars().all(|char| "-0123456789abcdef".contains(char))) {
                fs::remove_dir_all(&path).expect("removing what an earlier run left");
            }
        }
    }

    /// The same project in another folder, which is some way below a folder of its own.
    pub(crate) fn moved_to(mut self, folder: &str) -> Self {
        let moved = self.outside.path().join(folder);
        fs::create_dir_all(moved.parent().expect("a folder above")).expect("the folder above the project");
        fs::rename(&self.root, &moved).expect("moving the project");
        self.root = moved;
        self
    }

    /// The same project with a target folder of its own, where cargo puts it by default.
    pub(crate) fn with_own_target(mut self) -> Self {
        self.target = self.root.join("target");
        self
    }

    /// The same project, built with an environment variable.
    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same project with the file.
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.write(path, text);
        self
    }

    /// The same project with this card.
    pub(crate) fn card(self, card: &Card) -> Self {
        self.file("src/card.rs", &card.source())
    }

    /// Writes a file, `../` being the folder above the project.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.root.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("the folder of a file");
        fs::write(file, text).expect("writing a file of the project");
    }

    /// Puts a text in place of another one that the file holds.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root.join(path)).expect("a file of the project");
        assert!(text.contains(from), "{path} holds no {from:?}");
        self.write(path, text.replace(from, to));
    }

    /// The target folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Builds everything.
    pub(crate) fn build(&self) -> Built {
        self.cargo(&["build"])
    }

    /// Runs cargo in the project, without the network.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Built {
        self.run(Command::new(env!("CARGO")), arguments)
    }

    /// The same, where no file can grow beyond a few kilobytes, as on a disk that is nearly full.
    #[cfg(unix)]
    pub(crate) fn cargo_with_small_files(&self, arguments: &[&str]) -> Built {
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; ulimit -f 32; exec \"$0\" \"$@\"", env!("CARGO")]);
        self.run(command, arguments)
    }

    fn run(&self, mut command: Command, arguments: &[&str]) -> Built {
        command.current_dir(&self.root).args(arguments).arg("--offline");
        if arguments.first().is_some_and(|first| ["build", "check"].contains(first)) {
            command.arg("--message-format=json-render-diagnostics");
        }
        // What the test itself runs under must not reach the project.
        command.env_remove("SMCARD_OUT_DIR").env_remove("CARGO_BUILD_TARGET").env_remove("CARGO_BUILD_BUILD_DIR");
        // With no symbols, what build scripts and the package both need is compiled once.
        command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0").env("CARGO_TERM_COLOR", "never");
        command.env("CARGO_TARGET_DIR", &self.target);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        let (success, stdout, stderr) = self.finish(command);
        let messages = stdout.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        Built { success, stdout, stderr, messages }
    }

    /// Waits for a command, and ends it if it hangs.
    fn finish(&self, mut command: Command) -> (bool, String, String) {
        let (out, err) = (self.outside.path().join("stdout"), self.outside.path().join("stderr"));
        command.stdin(Stdio::null());
        command.stdout(fs::File::create(&out).expect("a file for what cargo says"));
        command.stderr(fs::File::create(&err).expect("a file for what cargo says"));
        let started = Instant::now();
        let mut child = command.spawn().expect("cargo starts");
        let status = loop {
            if let Some(status) = child.try_wait().expect("cargo can be waited for") {
                break status;
            }
            if started.elapsed() > PATIENCE {
                child.kill().expect("cargo can be ended");
                panic!("{command:?} hangs: {}", fs::read_to_string(&err).unwrap_or_default());
            }
            sleep(Duration::from_millis(10));
        };
        let read = |file| String::from_utf8_lossy(&fs::read(file).expect("what cargo said")).into_owned();
        (status.success(), read(out), read(err))
    }
}

/// A manifest with smcard where a user needs it.
pub(crate) fn manifest(name: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"1.2.3\"\nedition = \"2024\"\n\n\
         [dependencies]\nsmcard = {{ path = '{SMCARD}' }}\n\n\
         [build-dependencies]\nsmcard = {{ path = '{SMCARD}' }}\n"
    )
}

/// What cargo did and said.
pub(crate) struct Built {
    pub(crate) success: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    messages: Vec<serde_json::Value>,
}

impl Built {
    /// The same, if the build succeeded.
    #[track_caller]
    pub(crate) fn passed(self) -> Self {
        assert!(self.success, "the build failed:\n{}", self.stderr);
        self
    }

    /// The same, if the build failed, and not by a panic of anything.
    #[track_caller]
    pub(crate) fn failed(self) -> Self {
        assert!(!self.success, "the build passed:\n{}", self.stderr);
        assert!(!self.stderr.contains("panicked"), "something panicked:\n{}", self.stderr);
        self
    }

    /// The errors, each with the lines below it; not cargo's own word that a package failed.
    pub(crate) fn errors(&self) -> Vec<&str> {
        self.blocks("error").filter(|block| !block.starts_with("error: could not compile")).collect()
    }

    /// The warnings, each with the lines below it.
    pub(crate) fn warnings(&self) -> Vec<&str> {
        self.blocks("warning").collect()
    }

    /// The only error.
    #[track_caller]
    pub(crate) fn only_error(&self) -> &str {
        match self.errors().as_slice() {
            [error] => error,
            errors => panic!("{} errors in place of one:\n{}", errors.len(), self.stderr),
        }
    }

    fn blocks<'b>(&'b self, level: &'b str) -> impl Iterator<Item = &'b str> {
        let starts = |line: &str| line.starts_with("error") || line.starts_with("warning");
        let mut rest = self.stderr.as_str();
        let mut blocks = Vec::new();
        while let Some(line) = rest.split_inclusive('\n').next() {
            let below: usize = rest.split_inclusive('\n').skip(1).take_while(|line| !starts(line)).map(str::len).sum();
            let (block, after) = rest.split_at(line.len() + if starts(line) { below } else { 0 });
            blocks.push(block);
            rest = after;
        }
        blocks.into_iter().filter(move |block| block.starts_with(level))
    }

    /// The folder that cargo gave the build script of this package.
    #[track_caller]
    pub(crate) fn out_dir(&self, package: &str) -> PathBuf {
        let of_package = self.messages.iter().find(|message| {
            message.get("reason").is_some_and(|reason| reason == "build-script-executed")
                && message.get("package_id").and_then(|id| id.as_str()).is_some_and(|id| names(id, package))
        });
        let out_dir = of_package.and_then(|message| message.get("out_dir")?.as_str());
        PathBuf::from(out_dir.unwrap_or_else(|| panic!("no build script of {package} ran:\n{}", self.stderr)))
    }

    /// The report file of a package with one card.
    #[track_caller]
    pub(crate) fn report_file(&self, package: &str) -> PathBuf {
        self.out_dir(package).join("smcard/security_model_card_report.json")
    }

    /// The report of a package with one card.
    #[track_caller]
    pub(crate) fn report(&self, package: &str) -> String {
        let file = self.report_file(package);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// The value at a path of that report.
    #[track_caller]
    pub(crate) fn value(&self, package: &str, path: &str) -> String {
        let report: serde_json::Value = serde_json::from_str(&self.report(package)).expect("a report is JSON");
        let value = report.pointer(&format!("/{}", path.replace('.', "/"))).and_then(|value| value.as_str());
        value.unwrap_or_else(|| panic!("the report has no text at {path}:\n{report:#}")).to_owned()
    }
}

/// Whether a package id, such as `path+file:///a/b#name@1.2.3` or `path+file:///a/name#1.2.3`, is
/// of the package of this name.
fn names(id: &str, package: &str) -> bool {
    let (path, fragment) = id.rsplit_once('#').unwrap_or((id, ""));
    let name = fragment.split_once('@').map(|(name, _)| name).or_else(|| path.rsplit('/').next());
    name == Some(package)
}
