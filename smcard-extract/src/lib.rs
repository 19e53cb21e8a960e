//! Takes the reports of security model cards out of programs that carry them, as `smcard::embed!` puts them there.
//!
//! ```no_run
//! let found = smcard_extract::extract(std::path::Path::new("target/release/detector"))?;
//! for report in &found.reports {
//!     println!("{}", String::from_utf8_lossy(&report.bytes));
//! }
//! # Ok::<(), smcard_extract::Problem>(())
//! ```
//!
//! Only headers and the reports themselves are read. Whatever the file is, at most [`MOST_READ`] bytes of it are, so
//! memory and time are bounded. What is found is a statement of whoever made the program, and proves nothing.

#![forbid(unsafe_code)]

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use object::read::ReadCache;
use object::{Endianness, FileKind, elf::FileHeader32, elf::FileHeader64, macho, pe};

mod coff;
mod elf;
mod input;
mod mach;
mod problem;
mod record;
mod wasm;

use input::Input;
pub use problem::Problem;
pub use record::{LONGEST, MAGIC};

/// How many bytes of a file are read at most, its headers and reports together.
pub const MOST_READ: u64 = 64 << 20;

/// How many reports a program may carry.
pub const MOST_REPORTS: usize = 1000;

/// What kind of program a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Of Linux, Android, the BSDs and most others.
    Elf,
    /// Of Windows and UEFI.
    Pe,
    /// Of Apple's systems.
    MachO,
    /// A module or component of WebAssembly.
    Wasm,
}

impl Format {
    /// The name that people know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Elf => "ELF",
            Format::Pe => "PE",
            Format::MachO => "Mach-O",
            Format::Wasm => "WebAssembly",
        }
    }
}

/// What a program carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What kind of program it is.
    pub format: Format,
    /// The reports in their order, each once. None is no error.
    pub reports: Vec<Report>,
}

/// A report in a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The bytes of the file that the build hook wrote.
    pub bytes: Vec<u8>,
    /// The architectures that carry it, of a universal program of Apple's.
    pub architectures: Vec<String>,
}

/// The reports that a program carries.
///
/// # Errors
/// A file that cannot be read, or is no program; headers or reports that are damaged, or too many.
pub fn extract(file: &Path) -> Result<Found, Problem> {
    let about = file.metadata()?;
    if !about.is_file() {
        // A pipe would be waited for without end.
        return Err(Problem::NoFile);
    }
    extract_from(File::open(file)?)
}

/// As [`extract`], from anything that can be read in any order.
///
/// # Errors
/// As of [`extract`].
pub fn extract_from(file: impl Read + Seek) -> Result<Found, Problem> {
    let mut file = file;
    let length = file.seek(io::SeekFrom::End(0))?;
    let cache = ReadCache::new(file);
    let left = MOST_READ.into();
    let input = Input::new(&cache, &left, length);
    let mut reports = Reports::default();
    let read = kind(input).and_then(|kind| read(kind, input, &mut reports));
    // Whatever went wrong then, or was passed over, this is why.
    let format = input.spent().map_or(read, Err)?;
    let whole = |(bytes, architectures): (&[u8], _)| Report { bytes: bytes.to_vec(), architectures };
    Ok(Found { format, reports: reports.found.into_iter().map(whole).collect() })
}

/// What the first bytes say.
enum Kind {
    Wasm,
    Object(FileKind),
}

fn kind<R: Read + Seek>(input: Input<'_, R>) -> Result<Kind, Problem> {
    if input.bytes(0, 4).is_some_and(|magic| magic == wasm::MAGIC) {
        return Ok(Kind::Wasm);
    }
    if input.bytes(0, 8).is_some_and(|magic| magic == b"!<arch>\n") {
        return Err(Problem::Library);
    }
    FileKind::parse(input).map(Kind::Object).map_err(|_| Problem::NoProgram)
}

fn read<'i, R: Read + Seek>(kind: Kind, input: Input<'i, R>, reports: &mut Reports<'i>) -> Result<Format, Problem> {
    match kind {
        Kind::Wasm => wasm::read(input, reports).map(|()| Format::Wasm),
        Kind::Object(FileKind::Elf32) => elf::read::<FileHeader32<Endianness>, R>(input, reports),
        Kind::Object(FileKind::Elf64) => elf::read::<FileHeader64<Endianness>, R>(input, reports),
        Kind::Object(FileKind::Pe32) => coff::read::<pe::ImageNtHeaders32, R>(input, reports),
        Kind::Object(FileKind::Pe64) => coff::read::<pe::ImageNtHeaders64, R>(input, reports),
        Kind::Object(FileKind::MachO32) => mach::read::<macho::MachHeader32<Endianness>, R>(input, None, reports),
        Kind::Object(FileKind::MachO64) => mach::read::<macho::MachHeader64<Endianness>, R>(input, None, reports),
        Kind::Object(FileKind::MachOFat32) => mach::universal::<macho::FatArch32, R>(input, reports),
        Kind::Object(FileKind::MachOFat64) => mach::universal::<macho::FatArch64, R>(input, reports),
        Kind::Object(_) => Err(Problem::NoProgram),
    }
}

/// The reports found so far.
#[derive(Default)]
struct Reports<'i> {
    /// Each with the architectures that carry it.
    found: Vec<(&'i [u8], Vec<String>)>,
    /// Where each stands: what is built for several architectures carries the same in each.
    known: HashMap<&'i [u8], usize>,
}

impl<'i> Reports<'i> {
    fn add(&mut self, report: &'i [u8], architecture: Option<&str>) -> Result<(), Problem> {
        let at = *self.known.entry(report).or_insert(self.found.len());
        if at >= MOST_REPORTS {
            return Err(Problem::TooMany);
        }
        if at == self.found.len() {
            self.found.push((report, Vec::new()));
        }
        if let (Some((_, architectures)), Some(architecture)) = (self.found.get_mut(at), architecture) {
            if !architectures.iter().any(|known| known == architecture) {
                architectures.push(architecture.to_owned());
            }
        }
        Ok(())
    }

    /// Adds all records of a section.
    fn section(&mut self, section: &'i [u8], architecture: Option<&str>) -> Result<(), Problem> {
        let mut rest = section;
        while let Some((report, behind)) = record::first(rest)? {
            self.add(report, architecture)?;
            rest = behind;
        }
        Ok(())
    }
}
