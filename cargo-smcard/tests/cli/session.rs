//! A folder with files, and commands that are run in it.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A report that no rule finds anything wrong with.
pub(crate) const REPORT: &str = include_str!("../../../tests/common/report.json");

/// A day on which the report is young, and nothing that the parts of the tests promise has passed.
pub(crate) const TODAY: &str = "2026-04-01";

/// A folder of its own, where nothing above it is a repository or a workspace that the tests know of.
pub(crate) struct Folder(TempDir);

/// What a command has said.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = Folder(TempDir::new().unwrap());
        // A policy above the folder for temporary files is none of this test's.
        fs::create_dir(folder.path(".git")).unwrap();
        folder
    }

    /// A folder with one good card.
    pub(crate) fn with_report() -> Self {
        Folder::new().file("card.json", REPORT)
    }

    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    /// Runs `smcard` with these arguments.
    pub(crate) fn smcard(&self, arguments: &[&str]) -> Said {
        Said::of(command("smcard").current_dir(self.root()).args(arguments))
    }

    /// Checks on [`TODAY`].
    pub(crate) fn check(&self, arguments: &[&str]) -> Said {
        self.smcard(&[&["check", "--today", TODAY], arguments].concat())
    }

    /// What `check --format json` gives.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let said = self.check(&[&["--format", "json"], arguments].concat());
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}", said.out))
    }
}

pub(crate) fn command(name: &str) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin(name));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").timeout(std::time::Duration::from_secs(300));
    command
}

impl Said {
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap_or(-1);
        Said { code, out: text(output.stdout), err: text(output.stderr) }
    }

    /// Asserts how it ended.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }
}

/// Each finding of a JSON output: file, code, line and column.
pub(crate) fn findings(output: &Value) -> Vec<(String, String, Option<u64>, Option<u64>)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let files = output["files"].as_array().unwrap().iter();
    let all = files.flat_map(|file| file["findings"].as_array().unwrap());
    all.map(|it| (text(&it["file"]), text(&it["code"]), it["line"].as_u64(), it["column"].as_u64())).collect()
}

/// The codes of a JSON output, in their order.
pub(crate) fn codes(output: &Value) -> Vec<String> {
    findings(output).into_iter().map(|(_, code, ..)| code).collect()
}
