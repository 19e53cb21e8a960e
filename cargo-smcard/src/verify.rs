//! `smcard verify REPORT STATEMENT`.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use smcard_core::source::visible;
use smcard_core::{MAX_BYTES, SecurityCard};

use crate::exit::{Failure, Outcome, Status};
use crate::output;
use problem::Problems;
use statement::Statement;

mod compare;
mod files;
mod human;
mod json;
mod problem;
mod statement;
mod strict;

/// The largest statement, in bytes: one of the largest report is larger, and more so in an envelope.
const MOST_BYTES: usize = 4 * MAX_BYTES;

/// Tell whether a report and an in-toto statement belong together
///
/// They do if the report has the digest that the statement says, its card is that of the statement, and each file that
/// can be found has its digest. Files are looked for below the folder of the report, or below `--root`; a file that is
/// not there is not checked, which is said. The statement may be in a DSSE envelope or in a Sigstore bundle. No signature
/// is checked: that is what cosign does.
#[derive(clap::Args)]
#[command(after_help = Status::HELP)]
pub(crate) struct Args {
    /// The report of a card, in JSON
    #[arg(value_name = "REPORT")]
    report: PathBuf,
    /// The statement, as `smcard export --format in-toto` writes it, or signed
    #[arg(value_name = "STATEMENT")]
    statement: PathBuf,
    /// The folder of the package, from which the files of the card are named, if the report is elsewhere
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,
    /// The format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON object
    Json,
}

/// What was looked at, and what does not belong together.
struct Verdict<'v> {
    /// The report, as it may be shown.
    report: String,
    /// Its digest.
    sha256: String,
    /// The statement's file, as it may be shown.
    file: String,
    statement: &'v Statement,
    /// Where files were looked for, as it may be shown.
    root: String,
    files: Vec<files::Found>,
    problems: Problems,
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let report = bytes(&self.report, MAX_BYTES)?;
        let file = shown(&self.statement);
        let statement = Statement::read(&bytes(&self.statement, MOST_BYTES)?)
            .map_err(|why| Failure::new(format!("`{file}` is no statement: {why}")))?;
        let root = match &self.root {
            Some(root) => root.clone(),
            None => self.report.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new(".")).to_owned(),
        };
        if !root.is_dir() {
            return Err(Failure::new(format!("there is no folder `{}`", shown(&root))));
        }
        let mut problems = Problems::default();
        let sha256 = files::digest(&report);
        compare::head(&statement, &mut problems);
        compare::report(&statement, &sha256, &mut problems);
        match std::str::from_utf8(&report) {
            Err(_) => problems.no_card("it is not UTF-8"),
            Ok(text) => card(text, &statement, &mut problems),
        }
        let files = files::check(&statement, &root, &mut problems)?;
        let report = shown(&self.report);
        let verdict = Verdict { report, sha256, file, statement: &statement, root: shown(&root), files, problems };
        match self.format {
            Format::Human => {
                human::tell(&verdict);
                output::print(&human::write(&verdict))?;
            }
            Format::Json => output::print(&json::write(&verdict))?,
        }
        Ok(if verdict.problems.is_empty() { Status::Good } else { Status::Bad })
    }
}

/// Compares the card of the report with that of the statement, and its files with the subjects.
fn card(text: &str, statement: &Statement, problems: &mut Problems) {
    match strict::json(text.as_bytes()) {
        Ok(card) => compare::card(statement, &card, problems),
        Err(why) => return problems.no_card(&why),
    }
    match SecurityCard::tree_of_json(text).ok().and_then(SecurityCard::fitting) {
        Some((card, true)) => compare::subjects(statement, &card, problems),
        _ => problems.no_card("`smcard check` says why"),
    }
}

/// The bytes of a regular file. Nothing else is opened: a pipe would be waited for without end.
fn bytes(file: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    let failed = |why: String| Failure::new(format!("`{}` {why}", shown(file)));
    let cannot = |error: std::io::Error| failed(format!("cannot be read: {error}"));
    if !fs::metadata(file).map_err(cannot)?.is_file() {
        return Err(failed("is not a regular file".to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(file).and_then(|open| open.take(most as u64 + 1).read_to_end(&mut bytes)).map_err(cannot)?;
    if bytes.len() > most {
        return Err(failed(format!("has more than {most} bytes")));
    }
    Ok(bytes)
}

fn shown(path: &Path) -> String {
    visible(&path.display().to_string())
}
