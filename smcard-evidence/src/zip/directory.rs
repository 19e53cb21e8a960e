//! The directory at the end of a zip, and the header before each member: both are read, and compared.
//!
//! Own code, since what libraries for zip hide is what matters here: they keep the last of two members with one name, and
//! believe either the directory or the headers.

use std::io::{Read, SeekFrom};

use crate::Code;
use crate::broken::Broken;
use crate::seek_read::SeekRead;

/// Where the directory is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Directory {
    pub(super) start: u64,
    pub(super) length: u64,
    pub(super) members: u64,
    /// How many bytes stand before the zip.
    pub(super) before: u64,
}

/// What the directory says of a member.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) name: Vec<u8>,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) packed: u64,
    pub(super) unpacked: u64,
    pub(super) header: u64,
}

const END: &[u8; 4] = b"PK\x05\x06";
const END_LENGTH: u64 = 22;
/// The marks of what is encrypted or patched.
const SEALED: u64 = 1 | 1 << 5 | 1 << 6 | 1 << 13;

/// The comment behind the end can have so many bytes.
const COMMENT: u64 = 0xffff;

fn u16_at(bytes: &[u8], at: usize) -> u64 {
    bytes
        .get(at..at + 2)
        .and_then(|bytes| bytes.try_into().ok())
        .map_or(0, |bytes| u64::from(u16::from_le_bytes(bytes)))
}

fn u32_at(bytes: &[u8], at: usize) -> u64 {
    bytes
        .get(at..at + 4)
        .and_then(|bytes| bytes.try_into().ok())
        .map_or(0, |bytes| u64::from(u32::from_le_bytes(bytes)))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_le_bytes)
}

fn read_at(file: &mut dyn SeekRead, at: u64, length: u64) -> Result<Vec<u8>, Broken> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length { Err(Broken::truncated()) } else { Ok(bytes) }
}

/// Finds the directory, as Python does: by the last record of an end. Says too whether there is another one before it.
pub(super) fn find(file: &mut dyn SeekRead, size: u64) -> Result<(Directory, bool), Broken> {
    let tail_start = size.saturating_sub(END_LENGTH + COMMENT);
    let tail = read_at(file, tail_start, size - tail_start)?;
    let missing = || Broken::new(Code::TruncatedFile, "it has no directory at its end");
    let last_possible = tail.len().checked_sub(END_LENGTH as usize).ok_or_else(missing)?;
    let mut ends = memchr::memmem::find_iter(&tail, END).filter(|at| *at <= last_possible);
    let exact = tail.get(last_possible..).is_some_and(|end| end.starts_with(END) && u16_at(end, 20) == 0);
    let mut at = ends.next().ok_or_else(missing)?;
    let mut several = false;
    for next in ends {
        at = next;
        several = true;
    }
    if exact {
        at = last_possible;
    }
    let end = tail.get(at..).unwrap_or_default();
    if u16_at(end, 20) != (tail.len() - at) as u64 - END_LENGTH {
        several = true;
    }
    let end_at = tail_start + at as u64;
    let (mut members, mut length, mut start) = (u16_at(end, 10), u32_at(end, 12), u32_at(end, 16));
    let mut directory_end = end_at;
    if let Some(locator) = end_at.checked_sub(20) {
        let locator = read_at(file, locator, 20)?;
        if locator.starts_with(b"PK\x06\x07") {
            // Where it says that it is, or right before what says so.
            let said = u64_at(&locator, 8);
            let right_before = end_at.saturating_sub(20 + 56);
            let candidates = [said, right_before];
            let found = candidates.iter().find_map(|at| {
                let record = read_at(file, *at, 56).ok()?;
                record.starts_with(b"PK\x06\x06").then_some((*at, record))
            });
            let (at, record) = found.ok_or_else(|| Broken::new(Code::LyingHeader, "its 64-bit end is not there"))?;
            (members, length, start) = (u64_at(&record, 32), u64_at(&record, 40), u64_at(&record, 48));
            directory_end = at;
        }
    }
    let lies = || Broken::new(Code::LyingHeader, "its directory lies outside of it");
    let real_start = directory_end.checked_sub(length).ok_or_else(lies)?;
    let before = real_start.checked_sub(start).ok_or_else(lies)?;
    Ok((Directory { start: real_start, length, members, before }, several))
}

impl Directory {
    /// The member at a place of the directory, and the place of the next.
    pub(super) fn member(&self, file: &mut dyn SeekRead, at: u64) -> Result<(Member, u64), Broken> {
        let fixed = read_at(file, at, 46)?;
        if !fixed.starts_with(b"PK\x01\x02") {
            return Err(Broken::file("its directory is broken"));
        }
        let (name, extra, comment) = (u16_at(&fixed, 28), u16_at(&fixed, 30), u16_at(&fixed, 32));
        let rest = read_at(file, at + 46, name + extra)?;
        let (name, extra) = rest.split_at_checked(usize::try_from(name).unwrap_or_default()).unwrap_or_default();
        let mut member = Member {
            name: name.to_vec(),
            flags: u16_at(&fixed, 8) as u16,
            method: u16_at(&fixed, 10) as u16,
            packed: u32_at(&fixed, 20),
            unpacked: u32_at(&fixed, 24),
            header: u32_at(&fixed, 42),
        };
        member.widen(extra);
        member.header = member.header.saturating_add(self.before);
        let next = at + 46 + rest.len() as u64 + comment;
        if next > self.start.saturating_add(self.length) {
            return Err(Broken::new(Code::LyingHeader, "a member of its directory is longer than the directory"));
        }
        Ok((member, next))
    }
}

impl Member {
    /// Takes the 64-bit sizes, where the others have no room for them.
    fn widen(&mut self, mut extra: &[u8]) {
        while extra.len() >= 4 {
            let (id, length) = (u16_at(extra, 0), u16_at(extra, 2));
            let length = usize::try_from(length).unwrap_or_default();
            if id == 1 {
                let mut at = 4;
                for field in [&mut self.unpacked, &mut self.packed, &mut self.header] {
                    if *field == u64::from(u32::MAX) && at + 8 <= 4 + length {
                        *field = u64_at(extra, at);
                        at += 8;
                    }
                }
                return;
            }
            extra = extra.get(4 + length..).unwrap_or_default();
        }
    }

    /// Where the bytes of the member begin; tells how its own header disagrees with the directory.
    pub(super) fn data(&self, file: &mut dyn SeekRead) -> Result<(u64, Vec<String>), Broken> {
        let fixed = read_at(file, self.header, 30)?;
        if !fixed.starts_with(b"PK\x03\x04") {
            return Err(Broken::new(Code::LyingHeader, "its directory leads to where no member begins"));
        }
        let (name_length, extra) = (u16_at(&fixed, 26), u16_at(&fixed, 28));
        let name = read_at(file, self.header + 30, name_length)?;
        let mut differs = Vec::new();
        if name != self.name {
            differs.push(format!("its name is `{}`", crate::scan::text(&name)));
        }
        if u16_at(&fixed, 8) != u64::from(self.method) {
            differs.push(format!("it is compressed by method {}", u16_at(&fixed, 8)));
        }
        if (u16_at(&fixed, 6) ^ u64::from(self.flags)) & SEALED != 0 {
            differs.push("it is said to be encrypted or patched, or not to be".to_owned());
        }
        let sizes = [(u32_at(&fixed, 18), self.packed), (u32_at(&fixed, 22), self.unpacked)];
        // Behind the member stand the sizes that the header leaves out.
        let later = u16_at(&fixed, 6) & 8 != 0;
        let wide = u64::from(u32::MAX);
        if sizes.iter().any(|(here, there)| *here != wide && here != there && !(later && *here == 0)) {
            differs.push("its size is another".to_owned());
        }
        Ok((self.header + 30 + name_length + extra, differs))
    }
}
