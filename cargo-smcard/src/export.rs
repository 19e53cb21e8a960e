//! `smcard export`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use smcard_core::source::visible;
use smcard_export::Format;

use crate::change::Change;
use crate::exit::{self, Failure, Outcome, Status};
use crate::one::{One, Source, Telling};
use crate::output;

/// Export a card to the formats of other tools, or to a page for people
///
/// The card is a JSON or YAML file, or `-` for standard input; without one, the only package of the
/// cargo workspace that has a card is built (name another one with `--package`). A card with errors is
/// not exported. The same card gives the same bytes everywhere and on every day: as in a build, no rule compares
/// with today.
#[derive(clap::Args)]
#[command(after_help = Status::HELP)]
pub(crate) struct Args {
    /// The format; may be given several times
    #[arg(short, long = "format", value_name = "NAME", required = true, value_delimiter = ',', value_parser = format())]
    formats: Vec<&'static Format>,
    /// Write to this file, or of several formats into this folder, instead of to standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Write nothing: end with exit code 1, and show the difference, if a file is not what would be written
    #[arg(long, requires = "output")]
    check: bool,
    #[command(flatten)]
    source: Source,
}

/// The formats by their names.
fn format() -> impl TypedValueParser<Value = &'static Format> {
    let names = Format::ALL.iter().map(|format| PossibleValue::new(format.name).help(format.doc));
    PossibleValuesParser::new(names).try_map(|name| Format::named(&name).ok_or("there is no such format"))
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let one = One::read(&self.source, &mut Telling::default())?;
        let Some(stated) = one.stated() else {
            return Ok(Status::Bad);
        };
        let provenance = one.provenance(&self.source)?;
        let mut files: Vec<(Option<PathBuf>, String)> = Vec::new();
        for format in &self.formats {
            let written = format.write_with(&stated.card, &provenance).map_err(|lacks| {
                lacks.iter().for_each(exit::error);
                Failure::new(format!("the card lacks what `{}` requires", format.name))
            })?;
            let place = self.place(format, &one.text.file)?;
            if place.is_some() && files.iter().any(|(other, _)| *other == place) {
                let place = visible(&place.unwrap_or_default().display().to_string());
                return Err(Failure::new(format!("two formats would both be `{place}`")).help("export them one by one"));
            }
            files.push((place, written));
        }
        let mut status = Status::Good;
        for (place, written) in &files {
            match place {
                None => output::print(written)?,
                Some(file) if self.check => {
                    if !is_current(file, written)? {
                        status = Status::Bad;
                    }
                }
                Some(file) => save(file, written)?,
            }
        }
        Ok(status)
    }

    /// The file of a format; `None` for standard output.
    fn place(&self, format: &Format, card: &str) -> Result<Option<PathBuf>, Failure> {
        let Some(output) = &self.output else {
            return match self.formats.as_slice() {
                [_] => Ok(None),
                _ => Err(Failure::new("several formats need a folder").help("name it with `--output`")),
            };
        };
        if self.formats.len() == 1 && !output.is_dir() {
            return Ok(Some(output.clone()));
        }
        let stem = Path::new(card).file_stem().filter(|_| self.source.card.is_some()).and_then(|stem| stem.to_str());
        Ok(Some(output.join(format!("{}.{}", stem.unwrap_or("card"), format.extension))))
    }
}

/// Whether a file holds just this; tells of the difference if not.
fn is_current(file: &Path, written: &str) -> Result<bool, Failure> {
    let shown = visible(&file.display().to_string());
    let before = match fs::read_to_string(file) {
        Ok(before) => before,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            exit::error(format!("there is no `{shown}` yet"));
            return Ok(false);
        }
        Err(error) => return Err(Failure::new(format!("`{shown}` cannot be read: {error}"))),
    };
    if before == written {
        return Ok(true);
    }
    exit::error(format!("`{shown}` is not what the card gives now; export it again"));
    eprint!("{}", Change::new(file.to_owned(), Some(before), written.to_owned()).diff(output::colours()));
    Ok(false)
}

/// Writes a file, and the folders above it that are missing.
pub(crate) fn save(file: &Path, written: impl AsRef<[u8]>) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::new(format!("`{}` cannot be written: {error}", visible(&file.display().to_string())))
    };
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(file, written).map_err(failed)
}
