//! Mach-O: the section `__smcard` of any segment, in every architecture of a universal program.

use std::io::{Read, Seek};

use object::read::macho::{FatArch, MachHeader, MachOFatFile, Section, Segment};
use object::{Endianness, FileKind, macho};

use crate::input::Input;
use crate::problem::Problem;
use crate::{Format, Reports};

const SECTION: &[u8] = b"__smcard";

/// How many architectures a program can have. There are not that many.
const MOST_ARCHITECTURES: usize = 64;

fn damaged(_: object::Error) -> Problem {
    Problem::Damaged(Format::MachO)
}

pub(crate) fn universal<'i, Fat: FatArch, R: Read + Seek>(
    input: Input<'i, R>,
    reports: &mut Reports<'i>,
) -> Result<Format, Problem> {
    let file = MachOFatFile::<Fat>::parse(input).map_err(damaged)?;
    if file.arches().len() > MOST_ARCHITECTURES {
        return Err(Problem::Damaged(Format::MachO));
    }
    for architecture in file.arches() {
        let (start, length) = architecture.file_range();
        let part = input.part(start, length).ok_or(Problem::Damaged(Format::MachO))?;
        let name = name(architecture.cputype(), architecture.cpusubtype());
        match FileKind::parse(part).map_err(damaged)? {
            FileKind::MachO32 => read::<macho::MachHeader32<Endianness>, R>(part, Some(&name), reports)?,
            FileKind::MachO64 => read::<macho::MachHeader64<Endianness>, R>(part, Some(&name), reports)?,
            _ => return Err(Problem::Damaged(Format::MachO)),
        };
    }
    Ok(Format::MachO)
}

pub(crate) fn read<'i, Mach: MachHeader, R: Read + Seek>(
    input: Input<'i, R>,
    architecture: Option<&str>,
    reports: &mut Reports<'i>,
) -> Result<Format, Problem> {
    let header = Mach::parse(input, 0).map_err(damaged)?;
    let endian = header.endian().map_err(damaged)?;
    let mut commands = header.load_commands(endian, input, 0).map_err(damaged)?;
    while let Some(command) = commands.next().map_err(damaged)? {
        let Some((segment, sections)) = Mach::Segment::from_command(command).map_err(damaged)? else { continue };
        let sections = segment.sections(endian, sections).map_err(damaged)?;
        for section in segment.section_offsets(endian, sections) {
            let (section, start) = section.map_err(damaged)?;
            if section.name() == SECTION {
                let data = section.data(endian, input, start).map_err(damaged)?;
                reports.section(data, architecture)?;
            }
        }
    }
    Ok(Format::MachO)
}

/// An architecture, as `lipo` calls it.
fn name(kind: macho::CpuType, variant: macho::CpuSubtype) -> String {
    match kind {
        macho::CPU_TYPE_X86_64 => "x86_64".to_owned(),
        macho::CPU_TYPE_X86 => "i386".to_owned(),
        macho::CPU_TYPE_ARM64 => "arm64".to_owned(),
        macho::CPU_TYPE_ARM => "arm".to_owned(),
        _ => format!("architecture {}.{}", kind.0, variant.0),
    }
}
