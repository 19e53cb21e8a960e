//! A report as it stands in a program: what `smcard::embed!` writes, read.

use crate::problem::Problem;

/// What a record begins with. No text contains it.
pub const MAGIC: [u8; 16] = *b"\x7fsmcard-report\r\n";

/// The longest report, in bytes.
pub const LONGEST: u64 = 16 << 20;

const VERSION: u32 = 1;

/// A report, and what follows it.
pub(crate) type Split<'s> = (&'s [u8], &'s [u8]);

/// The first report of a section, and what follows it; `None` where there is no more.
///
/// Linkers join the sections of several crates, and may put zeros between them.
pub(crate) fn first(section: &[u8]) -> Result<Option<Split<'_>>, Problem> {
    let Some(start) = section.iter().position(|byte| *byte != 0) else { return Ok(None) };
    let record = section.get(start..).unwrap_or_default();
    let Some(rest) = record.strip_prefix(&MAGIC) else {
        return Err(if MAGIC.starts_with(record) { Problem::CutOff } else { Problem::NoRecord });
    };
    let Some((version, rest)) = rest.split_first_chunk::<4>() else { return Err(Problem::CutOff) };
    let version = u32::from_le_bytes(*version);
    if version != VERSION {
        return Err(Problem::Newer(version));
    }
    let Some((length, rest)) = rest.split_first_chunk::<8>() else { return Err(Problem::CutOff) };
    let length = u64::from_le_bytes(*length);
    if length > LONGEST {
        return Err(Problem::TooLong);
    }
    let length = usize::try_from(length).map_err(|_| Problem::TooLong)?;
    rest.split_at_checked(length).map(Some).ok_or(Problem::CutOff)
}
