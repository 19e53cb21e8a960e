//! `smcard import`.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use smcard_core::rules::measured::FILE_MISSING;
use smcard_core::source::visible;
use smcard_core::{MAX_BYTES, Policy};

use crate::exit::{self, Failure, Outcome, Status};
use crate::load::{self, Files};
use crate::output;
use crate::write::{self, Form};
use assemble::Assembled;
use document::Document;
use piece::Piece;

mod assemble;
mod cyclonedx;
mod date;
mod document;
mod fit;
mod formats;
mod label;
mod markdown;
mod matter;
mod measure;
mod pdf;
mod piece;
mod report;
mod spdx;
mod synonyms;
#[cfg(test)]
mod tests;
mod toolkit;

pub(crate) use pdf::ReadPdf;

/// Make a card from what there is: PDF, Markdown, JSON, YAML, CycloneDX, SPDX, Model Card Toolkit
///
/// Headings, labels and keys are matched with the fields of a card. A value goes in only if it fits its field, with a
/// comment that says where it was found. What was not found is left out, and what no field takes is kept at the end.
/// Nothing is guessed, and no placeholder is a value. What is found for a field in the first file counts. Model files and
/// test reports that the card names and that lie beside the first file are measured: what they contradict is told.
#[derive(clap::Args)]
#[command(after_help = Status::HELP)]
pub(crate) struct Args {
    /// Model cards, READMEs and bills of materials
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Write the card to this file, such as `src/card.rs`, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What to write; by default, what the name of the output says, else Rust
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// Replace the output if there is one already
    #[arg(long)]
    force: bool,
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let form = self.format.or_else(|| self.output.as_deref().and_then(Form::of)).unwrap_or(Form::Rust);
        self.refuse(self.output.as_deref())?;
        let mut pieces = Vec::new();
        for file in &self.files {
            let shown = visible(&file.display().to_string());
            let (mut found, notes) = read(file).map_err(|why| Failure::new(format!("`{shown}` {why}")))?;
            for note in notes {
                exit::warning(format!("`{shown}`: {note}"));
            }
            if self.files.len() > 1 {
                found.iter_mut().for_each(|piece| piece.place.file = Some(shown.clone()));
            }
            pieces.append(&mut found);
        }
        let mut assembled = assemble::assemble(pieces);
        for contradiction in self.contradictions(&assembled) {
            exit::warning(contradiction);
        }
        report::remark(&mut assembled);
        let text = write::card(&assembled.card, &assembled.remarks, form);
        // JSON has no comments.
        let has_notes = form == Form::Json && !assembled.unplaced.is_empty();
        let beside = self.output.as_ref().filter(|_| has_notes).map(|file| file.with_extension("import.txt"));
        self.refuse(beside.as_deref())?;
        match &self.output {
            None => output::print(&text)?,
            Some(file) => {
                save(file, &text, self.force)?;
                if let Some(notes) = &beside {
                    save(notes, &report::text(&assembled), self.force)?;
                }
                eprintln!("wrote {}", visible(&file.display().to_string()));
            }
        }
        tell(&assembled, form, self.output.is_some(), beside.as_deref());
        Ok(Status::Good)
    }

    /// Where files that lie beside the first source, as the card names them, contradict the card. What is not there is for
    /// a check of the finished card to say.
    fn contradictions(&self, assembled: &Assembled) -> Vec<String> {
        let folder = self.files.first().and_then(|file| file.parent()).unwrap_or(Path::new(""));
        let Some(evidence) = load::measured(&assembled.card, Files::Beside(folder), &Policy::default()) else {
            return Vec::new();
        };
        let told = evidence.findings.iter().filter(|finding| finding.rule.code != FILE_MISSING.code);
        told.map(smcard_core::Finding::line).collect()
    }

    /// Refuses to write where there is something already.
    fn refuse(&self, file: Option<&Path>) -> Result<(), Failure> {
        match file.filter(|file| !self.force && fs::symlink_metadata(file).is_ok()) {
            Some(file) => Err(there_already(file)),
            None => Ok(()),
        }
    }
}

/// Tells what was found.
fn tell(assembled: &Assembled, form: Form, has_output: bool, beside: Option<&Path>) {
    let Assembled { missing, unplaced, found, doubtful, .. } = assembled;
    if form == Form::Json && !has_output && !unplaced.is_empty() {
        eprint!("{}", report::text(assembled));
    }
    let count = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    eprintln!("found {}", count(*found, "field"));
    if *doubtful > 0 {
        eprintln!("unsure of {}: the comments say why", count(*doubtful, "value"));
    }
    if !missing.is_empty() {
        eprintln!("missing {}: {}", count(missing.len(), "required field"), missing.join(", "));
    }
    if !unplaced.is_empty() {
        let kept = match (form, beside) {
            (Form::Json, Some(file)) => format!("kept in {}", visible(&file.display().to_string())),
            (Form::Json, None) => "shown above, since JSON has no comments".to_owned(),
            _ => "kept as comments at the end".to_owned(),
        };
        eprintln!("unplaced {}, {kept}", count(unplaced.len(), "piece"));
    }
}

fn there_already(file: &Path) -> Failure {
    Failure::new(format!("there is a `{}` already", visible(&file.display().to_string())))
        .help("name another file with `--output`, or replace it with `--force`")
}

fn save(file: &Path, text: &str, force: bool) -> Result<(), Failure> {
    let mut options = fs::OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    options.open(file).and_then(|mut open| open.write_all(text.as_bytes())).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => there_already(file),
        _ => Failure::new(format!("`{}` cannot be written: {error}", visible(&file.display().to_string()))),
    })
}

/// The pieces of a file, and what else is to be told of it.
fn read(file: &Path) -> Result<(Vec<Piece>, Vec<String>), String> {
    let bytes = bytes(file)?;
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_ascii_lowercase();
    if extension == "pdf" || bytes.starts_with(b"%PDF-") {
        return pdf::pieces(&bytes);
    }
    if bytes.len() > MAX_BYTES {
        return Err(format!("has more than {MAX_BYTES} bytes"));
    }
    let text = String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim().is_empty() {
        return Err("is empty".to_owned());
    }
    let document = match extension.as_str() {
        "json" => Document::json(text).map_err(|why| format!("cannot be read: {why}"))?,
        "yaml" | "yml" => Document::yaml(text, 1).map_err(|why| format!("cannot be read: {why}"))?,
        _ if text.trim_start().starts_with('{') => {
            Document::json(text).map_err(|why| format!("cannot be read: {why}"))?
        }
        _ => return Ok(markdown::pieces(text)),
    };
    let pieces = formats::pieces(&document).map_err(|why| format!("is no model card: {why}"))?;
    Ok((pieces, Vec::new()))
}

/// The bytes of a regular file. Nothing else is opened: a pipe would be waited for without end.
fn bytes(file: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| format!("cannot be read: {error}");
    let about = fs::metadata(file).map_err(failed)?;
    if !about.is_file() {
        return Err("is not a regular file".to_owned());
    }
    let most = pdf::MOST_BYTES.max(MAX_BYTES as u64);
    let mut bytes = Vec::new();
    File::open(file).and_then(|open| open.take(most + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > most {
        return Err(format!("has more than {most} bytes"));
    }
    Ok(bytes)
}
