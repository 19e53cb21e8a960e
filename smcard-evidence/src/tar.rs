//! Tar, in which old PyTorch and other tools keep what they write.

use std::borrow::Cow;
use std::io::SeekFrom;

use tar::{EntryType, Header};

use crate::archive::Archive;
use crate::body::{Body, Window};
use crate::broken::Broken;
use crate::facts::Facts;
use crate::input::Input;
use crate::scan::{Scan, text};
use crate::{Code, limits, member};

/// A tar is made of these.
const BLOCK: u64 = 512;

/// Whether the sum in a header is right: the only sign that the oldest tars have.
pub(crate) fn has_sum(header: &[u8]) -> bool {
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    let Some((before, behind)) = header.get(..148).zip(header.get(156..)) else { return false };
    let real = sum(before) + sum(behind) + 8 * u32::from(b' ');
    header.len() as u64 == BLOCK
        && header.first().is_some_and(|first| *first != 0)
        && parse(header).is_some_and(|header| header.cksum().is_ok_and(|said| said == real))
}

fn parse(block: &[u8]) -> Option<Header> {
    let mut header = Header::new_old();
    *header.as_mut_bytes() = block.try_into().ok()?;
    Some(header)
}

pub(crate) fn look(mut body: Body<'_, '_>, scan: &mut Scan) -> Facts {
    let mut archive = Archive::default();
    let mut at = 0;
    if let Err(broken) = members(&mut body, &mut at, &mut archive, scan) {
        scan.broken(broken, at);
    }
    Facts::Tar(archive)
}

fn members(body: &mut Body<'_, '_>, at: &mut u64, archive: &mut Archive, scan: &mut Scan) -> Result<(), Broken> {
    // What the header before says of the next member: a name that is too long for its own.
    let mut long_name: Option<Vec<u8>> = None;
    let mut long_target: Option<Vec<u8>> = None;
    loop {
        let Some(block) = block(body, *at)? else {
            return Err(Broken::new(Code::TruncatedFile, "it ends without the empty blocks that are the end of a tar"));
        };
        *at += BLOCK;
        if block.iter().all(|byte| *byte == 0) {
            // Two empty blocks are the end. What stands behind them Python does not read, and others do.
            return ended(body, *at, scan);
        }
        if archive.members >= limits::MEMBERS {
            return Err(Broken::new(Code::TooMuch, format!("it has more than {} members", limits::MEMBERS)));
        }
        let header =
            parse(&block).filter(|_| has_sum(&block)).ok_or_else(|| Broken::file("a header has a wrong sum"))?;
        let size =
            header.entry_size().map_err(|_| Broken::new(Code::LyingHeader, "a member has a size that is none"))?;
        let kind = header.entry_type();
        let next = size
            .checked_next_multiple_of(BLOCK)
            .and_then(|length| at.checked_add(length))
            .ok_or_else(|| Broken::new(Code::LyingHeader, format!("a member claims {size} bytes")))?;
        if let Body::Seek(_, whole) = body {
            if *at + size > *whole {
                let name = text(&header.path_bytes());
                return Err(Broken::new(Code::LyingHeader, format!("the member `{name}` claims {size} bytes")));
            }
        }
        match kind {
            EntryType::GNULongName | EntryType::GNULongLink | EntryType::XHeader => {
                let bytes =
                    part(body, *at, size, |input| input.bytes(size.min(limits::TEMPLATE as u64), limits::TEMPLATE))?;
                if size > limits::TEMPLATE as u64 {
                    return Err(Broken::new(Code::TooMuch, format!("what is said of a member has {size} bytes")));
                }
                match kind {
                    EntryType::GNULongName => long_name = Some(trimmed(bytes)),
                    EntryType::GNULongLink => long_target = Some(trimmed(bytes)),
                    _ => {
                        long_name = pax(&bytes, b"path=").or(long_name);
                        long_target = pax(&bytes, b"linkpath=").or(long_target);
                    }
                }
            }
            EntryType::XGlobalHeader => {
                part(body, *at, size, |_| Ok(()))?;
            }
            EntryType::Symlink | EntryType::Link => {
                let target = long_target
                    .take()
                    .unwrap_or_else(|| header.link_name_bytes().map(Cow::into_owned).unwrap_or_default());
                if let Some(why) = member::leaves(&target) {
                    scan.tell(Code::PathOutside, format!("a link leads to `{}`, which {why}", text(&target)));
                }
                part(body, *at, size, |_| Ok(()))?;
                long_name = None;
            }
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => {
                let name = long_name.take().unwrap_or_else(|| header.path_bytes().into_owned());
                if kind == EntryType::GNUSparse {
                    scan.tell(Code::UnsupportedCompression, format!("the member `{}` has holes", text(&name)));
                }
                let looked = match &mut *body {
                    Body::Seek(file, _) => {
                        archive.look(&name, scan, |scan| {
                            let mut window = scan.metered(Window::new(&mut **file, *at, size));
                            Some(scan.look(Body::Seek(&mut window, size)))
                        });
                        Ok(())
                    }
                    body => part(body, *at, size, |input| {
                        archive.look(&name, scan, |scan| Some(scan.look(Body::Stream(input))));
                        Ok(())
                    }),
                };
                looked?;
            }
            _ => {
                part(body, *at, size, |_| Ok(()))?;
                long_name = None;
            }
        }
        if let Body::Stream(input) = body {
            input.skip(next - *at - size)?;
        }
        *at = next;
    }
}

/// Says if anything stands behind the end.
fn ended(body: &mut Body<'_, '_>, mut at: u64, scan: &mut Scan) -> Result<(), Broken> {
    while let Some(block) = block(body, at)? {
        if block.iter().any(|byte| *byte != 0) {
            scan.tell_at(Code::TrailingData, "more stands behind the end of the archive", at);
            return Ok(());
        }
        at += BLOCK;
    }
    Ok(())
}

/// The block at a place; `None` at the end.
fn block(body: &mut Body<'_, '_>, at: u64) -> Result<Option<Vec<u8>>, Broken> {
    match body {
        Body::Seek(file, size) => {
            if at == *size {
                return Ok(None);
            }
            if at > *size {
                return Err(Broken::truncated());
            }
            file.seek(SeekFrom::Start(at))?;
            let mut bytes = vec![0; BLOCK as usize];
            file.read_exact(&mut bytes)?;
            Ok(Some(bytes))
        }
        Body::Stream(input) => match input.is_at_end()? {
            true => Ok(None),
            false => input.bytes(BLOCK, BLOCK as usize).map(Some),
        },
    }
}

/// Reads of a member, and leaves out the rest of it.
fn part<T>(
    body: &mut Body<'_, '_>,
    at: u64,
    size: u64,
    read: impl FnOnce(&mut Input<'_>) -> Result<T, Broken>,
) -> Result<T, Broken> {
    match body {
        Body::Seek(file, _) => read(&mut Input::new(&mut Window::new(&mut **file, at, size))),
        Body::Stream(input) => {
            let mut limited = std::io::Read::take(&mut **input, size);
            let result = read(&mut Input::new(&mut limited));
            let left = limited.limit();
            input.skip(left)?;
            result
        }
    }
}

fn trimmed(mut name: Vec<u8>) -> Vec<u8> {
    while name.last() == Some(&0) {
        name.pop();
    }
    name
}

/// The value of a key in a list of `length key=value` lines.
fn pax(mut lines: &[u8], key: &[u8]) -> Option<Vec<u8>> {
    let mut path = None;
    while let Some(space) = memchr::memchr(b' ', lines) {
        let length: usize = std::str::from_utf8(lines.get(..space)?).ok()?.parse().ok()?;
        let line = lines.get(space + 1..length)?;
        if let Some(value) = line.strip_prefix(key) {
            path = Some(value.strip_suffix(b"\n").unwrap_or(value).to_vec());
        }
        lines = lines.get(length..)?;
    }
    path
}
