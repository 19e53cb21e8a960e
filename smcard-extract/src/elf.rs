//! ELF: the notes of the section `.note.smcard`.

use std::io::{Read, Seek};

use object::read::elf::{FileHeader, NoteIterator, ProgramHeader, SectionHeader};

use crate::input::Input;
use crate::problem::Problem;
use crate::{Format, Reports, record};

const SECTION: &[u8] = b".note.smcard";
/// Whose notes ours are, and what kind of note they are.
const OWNER: &[u8] = b"smcard";
const KIND: u32 = 1;

pub(crate) fn read<'i, Elf: FileHeader, R: Read + Seek>(
    input: Input<'i, R>,
    reports: &mut Reports<'i>,
) -> Result<Format, Problem> {
    let damaged = |_| Problem::Damaged(Format::Elf);
    let header = Elf::parse(input).map_err(damaged)?;
    let endian = header.endian().map_err(damaged)?;
    let sections = header.sections(endian, input).map_err(damaged)?;
    for section in sections.iter() {
        // A name that cannot be read, or is longer than ours, is not ours.
        if sections.section_name(endian, section).is_ok_and(|name| name == SECTION) {
            if let Some(notes) = section.notes(endian, input).map_err(damaged)? {
                read_notes(endian, notes, reports)?;
            }
        }
    }
    if sections.is_empty() {
        // What has no sections any more is still loaded by its segments.
        for segment in header.program_headers(endian, input).map_err(damaged)? {
            if let Some(notes) = segment.notes(endian, input).map_err(damaged)? {
                read_notes(endian, notes, reports)?;
            }
        }
    }
    Ok(Format::Elf)
}

fn read_notes<'i, Elf: FileHeader>(
    endian: Elf::Endian,
    mut notes: NoteIterator<'i, Elf>,
    reports: &mut Reports<'i>,
) -> Result<(), Problem> {
    while let Some(note) = notes.next().map_err(|_| Problem::CutOff)? {
        if note.name() != OWNER || note.n_type(endian) != object::elf::NoteType(KIND) {
            continue;
        }
        match record::first(note.desc())? {
            Some((report, [])) => reports.add(report, None)?,
            _ => return Err(Problem::NoRecord),
        }
    }
    Ok(())
}
