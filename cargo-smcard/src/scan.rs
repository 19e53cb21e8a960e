//! `smcard scan`.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use smcard_evidence::{Code, Finding, Place, Severity};

use crate::exit::{self, Failure, Outcome, Status};
use crate::load::walk::{Candidate, Walk};
use crate::output;
pub(crate) use format::Format;
use scanned::Scanned;
use totals::Totals;

mod facts;
mod format;
mod json;
mod report;
pub(crate) mod rules;
mod scanned;
mod totals;
mod words;

/// How many files are looked at before they are told of, whatever their number.
const AT_A_TIME: usize = 256;

/// Look at model files: what they are, and what they would run
///
/// Any file may be named; in folders every file is looked at, except hidden ones and those that a
/// build has written. What a file is follows from its content, never from its name. Nothing is
/// loaded, unpacked to disk or fetched. Of a large file little is read, unless its digest is asked
/// for.
#[derive(clap::Args)]
#[command(after_help = Status::HELP)]
pub(crate) struct Args {
    /// Model files and folders
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The format of what is found
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Say the SHA-256 of each file, for which all of it is read
    #[arg(long)]
    digest: bool,
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let mut scan = Scan::new(self.format, self.digest, &self.paths);
        scan.write(&self.format.begin())?;
        let mut files = Vec::with_capacity(AT_A_TIME);
        let mut walk = Walk::files(self.paths);
        for candidate in walk.by_ref() {
            match candidate {
                Candidate::Card(file) => files.push(file),
                Candidate::Missing(path) => scan.failed(&format!("there is no `{}`", path.display())),
                Candidate::Unreadable(path, error) => {
                    scan.failed(&format!("the folder `{}` cannot be read: {error}", path.display()));
                }
            }
            if files.len() >= AT_A_TIME {
                scan.files(&mut files)?;
            }
        }
        scan.files(&mut files)?;
        scan.totals.left_out = walk.left_out();
        scan.end()
    }
}

/// A scan under way.
struct Scan {
    format: Format,
    digest: bool,
    colours: bool,
    /// The paths that were named, which are followed wherever they lead.
    named: HashSet<PathBuf>,
    /// The folders among them, as they are without links.
    roots: Vec<PathBuf>,
    totals: Totals,
    /// How many files have been told of.
    parts: usize,
    /// Whether anything could not be done.
    undone: bool,
}

impl Scan {
    fn new(format: Format, digest: bool, paths: &[PathBuf]) -> Self {
        Scan {
            format,
            digest,
            colours: output::stdout_colours(),
            named: paths.iter().cloned().collect(),
            roots: paths.iter().filter_map(|path| fs::canonicalize(path).ok()).filter(|path| path.is_dir()).collect(),
            totals: Totals::default(),
            parts: 0,
            undone: false,
        }
    }

    fn failed(&mut self, message: &str) {
        exit::error(message);
        self.undone = true;
    }

    /// Looks at some files on all cores, and tells of them in their order.
    fn files(&mut self, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
        let this = &*self;
        let looked: Vec<_> = files.par_iter().map(|file| this.look(file)).collect();
        for (file, looked) in files.drain(..).zip(looked) {
            match looked {
                Ok(Some(scanned)) => self.tell(&scanned)?,
                Ok(None) => {}
                Err(error) => self.failed(&format!("`{}` cannot be looked at: {error}", file.display())),
            }
        }
        Ok(())
    }

    /// Looks at a file; `None` for a link to what is looked at where it really is.
    fn look(&self, file: &Path) -> io::Result<Option<Scanned>> {
        let is_link = !self.named.contains(file) && fs::symlink_metadata(file).is_ok_and(|about| about.is_symlink());
        if is_link {
            let target = fs::canonicalize(file);
            let inside = target.as_ref().is_ok_and(|target| self.roots.iter().any(|root| target.starts_with(root)));
            if !inside {
                return Ok(Some(Scanned::unmeasured(file, not_followed(target.is_err()))));
            }
            if target.is_ok_and(|target| target.is_dir()) {
                return Ok(None);
            }
        }
        let seen =
            if self.digest { smcard_evidence::measure(file)?.into() } else { smcard_evidence::look(file)?.into() };
        Ok(Some(Scanned::new(file, seen)))
    }

    fn tell(&mut self, scanned: &Scanned) -> Result<(), Failure> {
        self.totals.files += 1;
        self.totals.errors += scanned.checked.errors;
        self.totals.warnings += scanned.checked.warnings;
        let part = self.format.file(scanned, self.colours);
        if part.is_empty() {
            return Ok(());
        }
        let between = if self.parts > 0 { self.format.between() } else { "" };
        self.parts += 1;
        self.write(&format!("{between}{part}"))
    }

    fn write(&self, text: &str) -> Result<(), Failure> {
        let mut out = output::stdout();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    fn end(self) -> Outcome {
        self.write(&self.format.end(self.totals))?;
        eprint!("{}", self.totals);
        Ok(match self.totals.errors {
            _ if self.undone => Status::Undone,
            0 => Status::Good,
            _ => Status::Bad,
        })
    }
}

fn not_followed(leads_nowhere: bool) -> Finding {
    let message =
        if leads_nowhere { "it is a link that leads nowhere" } else { "it is a link that leads out of the folder" };
    let code = Code::LinkNotFollowed;
    Finding { severity: Severity::Unsound, code, message: message.to_owned(), place: Place::default() }
}
