//! Cargo: the packages of a workspace, and the reports that their build scripts have written.

use std::collections::HashMap;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use cargo_metadata::{Message, Metadata, MetadataCommand, PackageId};
use smcard_core::REPORT_FILE_NAME;

use crate::exit::Failure;

/// The folder below `OUT_DIR` that holds the reports.
const FOLDER: &str = "smcard";

/// Which packages to build and how, in cargo's own words.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Packages")]
pub(crate) struct Options {
    /// A package of the workspace; may be given several times
    #[arg(short, long, value_name = "SPEC")]
    package: Vec<String>,
    /// Every package of the workspace
    #[arg(long)]
    workspace: bool,
    /// A package to leave out, with --workspace
    #[arg(long, value_name = "SPEC", requires = "workspace")]
    exclude: Vec<String>,
    /// Build with the release profile
    #[arg(short, long)]
    release: bool,
    /// Build with this profile
    #[arg(long, value_name = "NAME", conflicts_with = "release")]
    profile: Option<String>,
    /// Build for this target triple
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,
    /// Activate these features
    #[arg(short = 'F', long, value_name = "FEATURES")]
    features: Vec<String>,
    /// Activate all features
    #[arg(long)]
    all_features: bool,
    /// Do not activate the default features
    #[arg(long)]
    no_default_features: bool,
    /// The Cargo.toml of the package or the workspace
    #[arg(long, value_name = "FILE")]
    manifest_path: Option<PathBuf>,
    /// The folder for what is built
    #[arg(long, value_name = "FOLDER")]
    target_dir: Option<PathBuf>,
    /// Use no network
    #[arg(long)]
    offline: bool,
    /// Leave Cargo.lock as it is
    #[arg(long)]
    locked: bool,
    /// The same as --offline and --locked
    #[arg(long)]
    frozen: bool,
}

/// A package with the reports of its cards.
pub(crate) struct Package {
    pub(crate) name: String,
    /// The folder of its manifest.
    pub(crate) folder: PathBuf,
    pub(crate) reports: Vec<Report>,
}

/// A report that a build script has written.
pub(crate) struct Report {
    /// Where it is below the folder of a package's reports: its name alone, or that of its card before it.
    pub(crate) name: PathBuf,
    pub(crate) file: PathBuf,
}

/// What a build has given.
pub(crate) struct Built {
    /// The packages that have reports.
    pub(crate) packages: Vec<Package>,
    pub(crate) target_directory: PathBuf,
    /// The exit code of a build that failed.
    pub(crate) failed: Option<i32>,
}

impl Built {
    /// The folder for the reports of a package, and for what is made of them.
    pub(crate) fn collected(&self, package: &Package) -> PathBuf {
        self.target_directory.join(FOLDER).join(&package.name)
    }
}

impl Options {
    /// The arguments that choose packages and profiles.
    fn arguments(&self) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = Vec::new();
        for package in &self.package {
            arguments.extend(["--package".into(), package.into()]);
        }
        for package in &self.exclude {
            arguments.extend(["--exclude".into(), package.into()]);
        }
        for features in &self.features {
            arguments.extend(["--features".into(), features.into()]);
        }
        for (flag, is_set) in [
            ("--workspace", self.workspace),
            ("--release", self.release),
            ("--all-features", self.all_features),
            ("--no-default-features", self.no_default_features),
            ("--offline", self.offline),
            ("--locked", self.locked),
            ("--frozen", self.frozen),
        ] {
            if is_set {
                arguments.push(flag.into());
            }
        }
        for (flag, value) in [("--profile", &self.profile), ("--target", &self.target)] {
            if let Some(value) = value {
                arguments.extend([flag.into(), value.into()]);
            }
        }
        for (flag, path) in [("--manifest-path", &self.manifest_path), ("--target-dir", &self.target_dir)] {
            if let Some(path) = path {
                arguments.extend([flag.into(), path.into()]);
            }
        }
        arguments
    }

    /// Runs `cargo build` or `cargo check`, which shows its progress and its errors on standard error, and finds the
    /// reports of the packages of the workspace by the messages that cargo sends.
    pub(crate) fn build(&self, subcommand: &str) -> Result<Built, Failure> {
        self.run(subcommand, None)
    }

    /// The same for whoever shows elsewhere, too, what cargo says: of errors alone, without progress and colours.
    pub(crate) fn build_heard(&self, subcommand: &str, heard: &mut String) -> Result<Built, Failure> {
        self.run(subcommand, Some(heard))
    }

    /// What a build may read: the manifest of the workspace, and the folders of its packages, or of those that are named,
    /// and of all that they depend on by a path.
    pub(crate) fn sources(&self) -> Result<Vec<PathBuf>, Failure> {
        let metadata = metadata(self.manifest_path.as_deref())?;
        let members = metadata.workspace_packages();
        let named = |package: &&cargo_metadata::Package| {
            self.package.is_empty() || self.package.iter().any(|spec| is(package, spec))
        };
        let folder = |package: &cargo_metadata::Package| package.manifest_path.parent().map(ToOwned::to_owned);
        let mut open: Vec<_> = members.iter().copied().filter(named).filter_map(folder).collect();
        let mut sources = vec![metadata.workspace_root.join("Cargo.toml").into_std_path_buf()];
        while let Some(next) = open.pop() {
            if sources.iter().any(|source| source == next.as_std_path()) {
                continue;
            }
            let member = members.iter().find(|package| folder(package).as_ref() == Some(&next));
            open.extend(member.into_iter().flat_map(|package| &package.dependencies).filter_map(|it| it.path.clone()));
            sources.push(next.into());
        }
        Ok(sources)
    }

    fn run(&self, subcommand: &str, heard: Option<&mut String>) -> Result<Built, Failure> {
        let metadata = metadata(self.manifest_path.as_deref())?;
        let mut members: HashMap<PackageId, Package> = metadata
            .workspace_packages()
            .into_iter()
            .map(|package| {
                let folder = package.manifest_path.parent().map(|folder| folder.as_std_path().to_owned());
                let name = package.name.to_string();
                (package.id.clone(), Package { name, folder: folder.unwrap_or_default(), reports: Vec::new() })
            })
            .collect();

        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(&cargo);
        command.arg(subcommand).arg("--message-format=json-render-diagnostics").args(self.arguments());
        let failed = |error| Failure::new(format!("{} cannot be run: {error}", Path::new(&cargo).display()));
        if heard.is_some() {
            command.args(["--quiet", "--color", "never"]).stderr(Stdio::piped());
        }
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(failed)?;
        // Both ends are read at once: cargo waits while one of them is full.
        let hearing = child.stderr.take().map(|stderr| thread::spawn(|| hear(stderr)));
        if let Some(stdout) = child.stdout.take() {
            for message in Message::parse_stream(BufReader::new(stdout)).map_while(Result::ok) {
                let Message::BuildScriptExecuted(script) = message else { continue };
                if let Some(package) = members.get_mut(&script.package_id) {
                    package.reports = reports(&script.out_dir.as_std_path().join(FOLDER));
                }
            }
        }
        if let (Some(hearing), Some(heard)) = (hearing, heard) {
            *heard += &hearing.join().unwrap_or_default();
        }
        let status = child.wait().map_err(failed)?;
        let mut packages: Vec<Package> = members.into_values().filter(|package| !package.reports.is_empty()).collect();
        packages.sort_by(|one, other| one.name.cmp(&other.name));
        let target_directory = self.target_dir.clone().unwrap_or_else(|| metadata.target_directory.into());
        let failed = (!status.success()).then(|| status.code().unwrap_or(101));
        Ok(Built { packages, target_directory, failed })
    }
}

/// Passes on to standard error what cargo says, and gives the beginning of it.
fn hear(cargo: impl Read) -> String {
    const MOST: usize = 256 * 1024;
    let mut heard = Vec::new();
    let (mut cargo, mut line) = (BufReader::new(cargo), Vec::new());
    while cargo.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        eprint!("{}", String::from_utf8_lossy(&line));
        if heard.len() < MOST {
            heard.append(&mut line);
        }
        line.clear();
    }
    String::from_utf8_lossy(&heard).into_owned()
}

fn metadata(manifest: Option<&Path>) -> Result<Metadata, Failure> {
    let mut command = MetadataCommand::new();
    command.no_deps();
    if let Some(manifest) = manifest {
        command.manifest_path(manifest);
    }
    command.exec().map_err(|error| match error {
        cargo_metadata::Error::CargoMetadata { stderr } => Failure::new(stderr.trim().trim_start_matches("error: ")),
        error => Failure::new(format!("cargo cannot be asked for the workspace: {error}")),
    })
}

/// Whether a package is the one of this name, or of this name and version, `name@1.2.3`.
fn is(package: &cargo_metadata::Package, spec: &str) -> bool {
    let name = package.name.as_str();
    name == spec
        || spec.strip_prefix(name).and_then(|rest| rest.strip_prefix('@')) == Some(&package.version.to_string())
}

/// The folder of a package of the workspace: the one of this name, or of this name and version, `name@1.2.3`.
pub(crate) fn folder_of(spec: &str, manifest: Option<&Path>) -> Result<PathBuf, Failure> {
    let metadata = metadata(manifest)?;
    let members = metadata.workspace_packages();
    let folder = members.iter().find(|package| is(package, spec)).and_then(|package| package.manifest_path.parent());
    folder.map(|folder| folder.as_std_path().to_owned()).ok_or_else(|| {
        let mut names: Vec<String> = members.iter().map(|package| format!("`{}`", package.name)).collect();
        names.sort();
        Failure::new(format!("the workspace has no package `{spec}`")).help(format!("it has {}", names.join(", ")))
    })
}

/// The reports in a folder: that of the only card, or one in a folder for each of several.
fn reports(folder: &Path) -> Vec<Report> {
    let mut names = vec![PathBuf::from(REPORT_FILE_NAME)];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        names.push(PathBuf::from(entry.file_name()).join(REPORT_FILE_NAME));
    }
    let report = |name: PathBuf| Report { file: folder.join(&name), name };
    let mut reports: Vec<Report> = names.into_iter().map(report).filter(|report| report.file.is_file()).collect();
    reports.sort_by(|one, other| one.name.cmp(&other.name));
    reports
}
