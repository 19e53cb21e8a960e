//! `smcard extract BINARY`.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use smcard_core::source::{is_invisible, visible};
use smcard_core::{SecurityCard, Text};
use smcard_extract::Report;

use crate::exit::{Failure, Outcome, Status};
use crate::export::save;
use crate::output;

/// How many reports a message lists.
const SHOWN: usize = 20;

/// Give back the report that a program carries
///
/// `smcard::embed!` puts it there when the program is built. Programs may be of any system: ELF, PE, Mach-O (universal
/// too) and WebAssembly are read, and nothing of them is run. The report comes byte for byte as the build wrote it, and
/// is not checked: `smcard extract app | smcard check -` does both. It is a statement of whoever built the program, and
/// proves nothing by itself.
#[derive(clap::Args)]
#[command(after_help = Status::HELP)]
pub(crate) struct Args {
    /// The program
    #[arg(value_name = "BINARY")]
    binary: PathBuf,
    /// Write to this file, or with `--all` into this folder, instead of to standard output
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// List the reports: number, name and version of the card, length, digest
    #[arg(long, conflicts_with_all = ["output", "card", "all"])]
    list: bool,
    /// Which of several reports: the name of its card, or its number in the list
    #[arg(long, value_name = "NAME", conflicts_with = "all")]
    card: Option<String>,
    /// Write all reports, to `card-1.json` and so on by their numbers in the list
    #[arg(long, requires = "output")]
    all: bool,
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let shown = shown(&self.binary);
        let found = smcard_extract::extract(&self.binary);
        let reports = found.map_err(|problem| Failure::new(format!("`{shown}` {problem}")))?.reports;
        if reports.is_empty() {
            return Err(Failure::new(format!("`{shown}` carries no report"))
                .help("`smcard::embed!();` in the source of a program embeds one"));
        }
        if self.list {
            let lines: String = (1..).zip(&reports).map(|(number, report)| line(number, report) + "\n").collect();
            output::print(&lines)?;
        } else if let (true, Some(folder)) = (self.all, &self.output) {
            for (number, report) in (1..).zip(&reports) {
                save(&folder.join(format!("card-{number}.json")), &report.bytes)?;
            }
        } else {
            let report = self.chosen(&shown, &reports)?;
            match &self.output {
                Some(file) => save(file, &report.bytes)?,
                None => print(&report.bytes)?,
            }
        }
        Ok(Status::Good)
    }

    /// The report that is asked for.
    fn chosen<'r>(&self, shown: &str, reports: &'r [Report]) -> Result<&'r Report, Failure> {
        let Some(wanted) = &self.card else {
            return match reports {
                [report] => Ok(report),
                _ => Err(several(format!("`{shown}` carries {} reports", reports.len()), (1..).zip(reports))),
            };
        };
        let named: Vec<_> = (1..).zip(reports).filter(|(_, report)| name(report).as_ref() == Some(wanted)).collect();
        let numbered = || wanted.parse::<usize>().ok().and_then(|number| reports.get(number.checked_sub(1)?));
        match named.as_slice() {
            [(_, report)] => Ok(report),
            [] => numbered().ok_or_else(|| {
                several(format!("`{shown}` carries no report of `{}`", visible(wanted)), (1..).zip(reports))
            }),
            _ => Err(several(format!("`{shown}` carries {} reports of `{}`", named.len(), visible(wanted)), named)),
        }
    }
}

/// That one of several reports must be named, with what there is.
fn several<'r>(message: String, reports: impl IntoIterator<Item = (usize, &'r Report)>) -> Failure {
    let mut lines = message;
    let mut reports = reports.into_iter();
    for (number, report) in reports.by_ref().take(SHOWN) {
        lines += &format!("\n  {}", line(number, report));
    }
    let more = reports.count();
    if more > 0 {
        lines += &format!("\n  and {more} more");
    }
    Failure::new(lines).help("name one with `--card NAME` or its number, or take them with `--all --output FOLDER`")
}

/// What a report is, in a line.
fn line(number: usize, report: &Report) -> String {
    let digest: String = Sha256::digest(&report.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut line = format!("{number}: {}, {} bytes, sha256 {digest}", visible(&card(report)), report.bytes.len());
    if !report.architectures.is_empty() {
        line += &format!(", {}", report.architectures.join(" "));
    }
    line
}

/// Name and version of a card, as far as it states them.
fn card(report: &Report) -> String {
    let text = String::from_utf8_lossy(&report.bytes);
    let Some((card, _)) = SecurityCard::tree_of_json(&text).ok().and_then(SecurityCard::fitting) else {
        return "not a card".to_owned();
    };
    let stated = |text: &Option<Text<'_>>| text.as_ref().and_then(Text::stated).map(str::to_owned);
    let name = stated(&card.model_details.name).unwrap_or_else(|| "a card without a name".to_owned());
    match stated(&card.model_details.version) {
        Some(version) => format!("{name} {version}"),
        None => name,
    }
}

fn name(report: &Report) -> Option<String> {
    let text = std::str::from_utf8(&report.bytes).ok()?;
    let (card, _) = SecurityCard::fitting(SecurityCard::tree_of_json(text).ok()?)?;
    card.model_details.name?.stated().map(str::to_owned)
}

/// Writes a report to standard output as it is. A terminal would do what it says: it is a text from a stranger.
fn print(report: &[u8]) -> Result<(), Failure> {
    let harmless = |text: &str| text.chars().all(|char| char == '\n' || !is_invisible(char));
    if io::stdout().is_terminal() && !std::str::from_utf8(report).is_ok_and(harmless) {
        return Err(Failure::new("the report has characters that a terminal does not show, or acts on")
            .help("write it to a file with `--output`"));
    }
    let mut out = output::stdout();
    out.write_all(report)?;
    out.flush()?;
    Ok(())
}

fn shown(path: &Path) -> String {
    visible(&path.display().to_string())
}
