//! `smcard build`.

use std::fs;
use std::path::Path;

use serde_json::Value;
use smcard_core::source::visible;

use crate::cargo::{self, Package, Report};
use crate::exit::{self, Failure, Outcome, Status};

/// Build the packages of the cargo workspace, and collect the reports of their cards
///
/// Runs `cargo build`, copies each report to `target/smcard/<package>/`, and prints which there are.
/// Ends with the exit code of cargo if the build fails.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    cargo: cargo::Options,
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let built = self.cargo.build("build")?;
        let mut rows = Vec::new();
        for package in &built.packages {
            let folder = built.collected(package);
            for report in &package.reports {
                rows.push(copied(package, report, &folder)?);
            }
        }
        print(&rows)?;
        match built.failed {
            Some(code) => Ok(Status::Of(u8::try_from(code).unwrap_or(101))),
            None if rows.is_empty() => {
                exit::error("no package of the workspace has a card");
                Ok(Status::Undone)
            }
            None => Ok(Status::Good),
        }
    }
}

/// Copies a report, and gives what the table says of it: package, model, version, threats, file.
fn copied(package: &Package, report: &Report, folder: &Path) -> Result<[String; 5], Failure> {
    let failed = |file: &Path, error| Failure::new(format!("`{}` cannot be copied: {error}", file.display()));
    let text = fs::read_to_string(&report.file).map_err(|error| failed(&report.file, error))?;
    let target = folder.join(&report.name);
    // Whoever reads it must never see half of it; and the build script may have written the same already.
    if fs::read_to_string(&target).ok().as_deref() != Some(&text) {
        let beside = target.with_extension("json.part");
        target
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&beside, &text))
            .and_then(|()| fs::rename(&beside, &target))
            .map_err(|error| failed(&target, error))?;
    }
    let here = std::env::current_dir().unwrap_or_default();
    let shown = visible(&target.strip_prefix(here).unwrap_or(&target).display().to_string());
    // Its build has checked it, against a policy that this does not know: what it says is taken as it stands.
    let card: Value = serde_json::from_str(&text).unwrap_or_default();
    let said = |path: &str| card.pointer(path).and_then(Value::as_str).map(visible).unwrap_or_default();
    let (model, version) = (said("/model_details/name"), said("/model_details/version"));
    let threats = card.pointer("/security_considerations/threats").and_then(Value::as_array).map_or(0, Vec::len);
    Ok([package.name.clone(), model, version, threats.to_string(), shown])
}

fn print(rows: &[[String; 5]]) -> Result<(), Failure> {
    if rows.is_empty() {
        return Ok(());
    }
    let head = ["package", "model", "version", "threats", "report"].map(str::to_owned);
    let rows: Vec<&[String; 5]> = std::iter::once(&head).chain(rows).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (index, cell) in row.iter().enumerate() {
            let width = rows.iter().filter_map(|row| row.get(index)).map(|cell| cell.chars().count()).max();
            line += &format!("{cell:width$}  ", width = width.unwrap_or_default());
        }
        text += line.trim_end();
        text.push('\n');
    }
    crate::output::print(&text)
}
