//! `smcard view`.

use std::path::{Path, PathBuf};

use smcard_core::source::visible;
use smcard_export::Format;

use crate::exit::{self, Failure, Outcome, Status};
use crate::one::{One, Source, Telling};
use crate::{export, output};

mod page;
mod serve;
mod shown;
mod sources;

/// Show a card as a page in the browser
///
/// Writes the page that `smcard export --format html` gives, prints where it is, and opens it: of a package in
/// `target/smcard/<package>/`, of a card file in a new folder among the temporary ones. A card with errors has no page.
#[derive(clap::Args)]
#[command(after_help = Status::HELP)]
pub(crate) struct Args {
    /// Write the page to this file
    #[arg(short, long, value_name = "FILE", conflicts_with = "serve")]
    output: Option<PathBuf>,
    /// Open no browser
    #[arg(long)]
    no_open: bool,
    /// Serve the page to this machine alone, until Ctrl-C, and renew it when the card, its policy or the sources of its
    /// package change
    #[arg(long)]
    serve: bool,
    /// The port to serve on, instead of one that is free
    #[arg(long, value_name = "N", requires = "serve")]
    port: Option<u16>,
    #[command(flatten)]
    source: Source,
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        if self.serve {
            return serve::serve(self);
        }
        let one = self.read(&mut Telling::default())?;
        let Some(page) = self.page(&one)? else {
            return Ok(Status::Bad);
        };
        let file = self.place(&one)?;
        export::save(&file, &page)?;
        output::print(&(visible(&file.display().to_string()) + "\n"))?;
        self.open(&file);
        Ok(Status::Good)
    }

    fn read(&self, telling: &mut Telling) -> Result<One, Failure> {
        One::read(&self.source, telling)
    }

    /// The page of a card without errors.
    fn page(&self, one: &One) -> Result<Option<String>, Failure> {
        let Some(stated) = one.stated() else { return Ok(None) };
        let html = Format::named("html").ok_or_else(|| Failure::new("there is no format `html`"))?;
        let page = html.write_with(&stated.card, &one.provenance(&self.source)?);
        page.map(Some).map_err(|lacks| Failure::new(lacks.join("\n")))
    }

    /// Where the page is written.
    fn place(&self, one: &One) -> Result<PathBuf, Failure> {
        if let Some(output) = &self.output {
            return Ok(output.clone());
        }
        if let Some((folder, report)) = &one.collected {
            return Ok(folder.join(report).with_extension("html"));
        }
        // A folder that nobody else may write to, whoever shares the folder for temporary files.
        let folder = tempfile::Builder::new().prefix("smcard-").tempdir();
        let folder = folder.map_err(|error| Failure::new(format!("no folder can be made for the page: {error}")))?;
        let card = self.source.card.as_deref().filter(|card| *card != Path::new("-")).and_then(Path::file_stem);
        let mut name = card.unwrap_or("card".as_ref()).to_owned();
        name.push(".html");
        Ok(folder.keep().join(name))
    }

    fn open(&self, what: impl AsRef<std::ffi::OsStr>) {
        if self.no_open {
            return;
        }
        if let Err(error) = open::that_detached(what) {
            exit::warning(format!("no browser can be opened: {error}"));
        }
    }
}
