//! PE: the section `.smcard`.

use std::io::{Read, Seek};

use object::read::pe::ImageNtHeaders;
use object::{LittleEndian, pe};

use crate::input::Input;
use crate::problem::Problem;
use crate::{Format, Reports};

/// As a header has it: eight bytes.
const SECTION: [u8; 8] = *b".smcard\0";

pub(crate) fn read<'i, Pe: ImageNtHeaders, R: Read + Seek>(
    input: Input<'i, R>,
    reports: &mut Reports<'i>,
) -> Result<Format, Problem> {
    let damaged = |_| Problem::Damaged(Format::Pe);
    let mut offset = pe::ImageDosHeader::parse(input).map_err(damaged)?.nt_headers_offset().into();
    let (headers, _) = Pe::parse(input, &mut offset).map_err(damaged)?;
    for section in headers.sections(input, offset).map_err(damaged)?.iter() {
        if section.name == SECTION {
            // The size in memory is exact, and the one in the file rounded up; of an object file only that is known.
            let (start, mut length) = section.pe_file_range();
            if section.virtual_size.get(LittleEndian) == 0 {
                length = section.size_of_raw_data.get(LittleEndian);
            }
            let section = input.bytes(start.into(), length.into()).ok_or(Problem::Damaged(Format::Pe))?;
            reports.section(section, None)?;
        }
    }
    Ok(Format::Pe)
}
