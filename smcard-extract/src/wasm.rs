//! WebAssembly: the custom sections `.smcard` of a module, and of the modules in a component.
//!
//! A crate that reads all of WebAssembly would hold whole sections in memory, code and data included. What is needed
//! here is how long each section is.

use std::io::{Read, Seek};

use crate::input::Input;
use crate::problem::Problem;
use crate::{Format, Reports};

/// What a module or a component begins with.
pub(crate) const MAGIC: &[u8] = b"\0asm";

const MODULE: &[u8] = &[1, 0, 0, 0];
/// The layer is what tells a component from a module: its version is not final.
const COMPONENT_LAYER: &[u8] = &[1, 0];

const SECTION: &[u8] = b".smcard";

/// How deep components can be in each other.
const DEEPEST: usize = 16;

pub(crate) fn read<'i, R: Read + Seek>(input: Input<'i, R>, reports: &mut Reports<'i>) -> Result<(), Problem> {
    let mut open = vec![Sections::of(input)?];
    while let Some(sections) = open.last_mut() {
        let Some((kind, content)) = sections.next()? else {
            open.pop();
            continue;
        };
        match (kind, sections.of_component) {
            (0, _) => {
                if let Some(records) = custom(content)? {
                    let length = records.length();
                    reports.section(records.bytes(0, length).ok_or(DAMAGED)?, None)?;
                }
            }
            // A module in a component, and a component in it.
            (1 | 4, true) if open.len() >= DEEPEST => return Err(DAMAGED),
            (1 | 4, true) => open.push(Sections::of(content)?),
            _ => {}
        }
    }
    Ok(())
}

const DAMAGED: Problem = Problem::Damaged(Format::Wasm);

/// The sections of a module or a component from some place on.
struct Sections<'i, R: Read + Seek> {
    input: Input<'i, R>,
    at: u64,
    of_component: bool,
}

impl<'i, R: Read + Seek> Sections<'i, R> {
    fn of(input: Input<'i, R>) -> Result<Self, Problem> {
        let header = input.bytes(0, 8).ok_or(DAMAGED)?;
        let version = header.strip_prefix(MAGIC).ok_or(DAMAGED)?;
        let of_component = version.ends_with(COMPONENT_LAYER);
        if version != MODULE && !of_component {
            return Err(DAMAGED);
        }
        Ok(Sections { input, at: 8, of_component })
    }

    /// The next section: its kind and its content.
    fn next(&mut self) -> Result<Option<(u8, Input<'i, R>)>, Problem> {
        let left = self.input.length() - self.at;
        if left == 0 {
            return Ok(None);
        }
        // A byte, and a number of at most five.
        let header = self.input.bytes(self.at, left.min(6)).ok_or(DAMAGED)?;
        let (kind, rest) = header.split_first().ok_or(DAMAGED)?;
        let (length, width) = number(rest)?;
        let start = self.at + 1 + width;
        let content = self.input.part(start, length).ok_or(DAMAGED)?;
        self.at = start + length;
        Ok(Some((*kind, content)))
    }
}

/// What follows the name of a custom section, if it is ours.
fn custom<R: Read + Seek>(content: Input<'_, R>) -> Result<Option<Input<'_, R>>, Problem> {
    let header = content.bytes(0, content.length().min(5)).ok_or(DAMAGED)?;
    let (length, width) = number(header)?;
    let name = content.part(width, length).ok_or(DAMAGED)?;
    if length != SECTION.len() as u64 || name.bytes(0, length).ok_or(DAMAGED)? != SECTION {
        return Ok(None);
    }
    let start = width + length;
    content.part(start, content.length() - start).map(Some).ok_or(DAMAGED)
}

/// A number in LEB128, and how many bytes it has: as many as one of 32 bits can have.
fn number(bytes: &[u8]) -> Result<(u64, u64), Problem> {
    let mut number = 0;
    for (index, byte) in (0..5).zip(bytes) {
        number |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Ok((number, index + 1));
        }
    }
    Err(DAMAGED)
}
