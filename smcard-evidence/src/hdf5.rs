//! HDF5, in which Keras kept models before: the classes that its configuration names.
//!
//! The configuration is a text of JSON, which HDF5 keeps in one piece and never compresses. So it is looked for in all of
//! the file as that text, wherever it stands, and the structure of HDF5 is not read. A text that hides what it says by
//! escapes, as no writer of Keras does, is a finding.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::broken::Broken;
use crate::facts::Facts;
use crate::input::Input;
use crate::scan::{Scan, text};
use crate::{Code, keras, limits};

/// A file of HDF5.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Hdf5 {
    /// How often each class of Keras is named; empty if it is no model of Keras.
    pub classes: BTreeMap<String, u64>,
}

const KEY: &[u8] = b"\"class_name\"";

/// A class has a shorter name.
const AHEAD: usize = 512;

pub(crate) fn look(input: &mut Input<'_>, size: Option<u64>, scan: &mut Scan) -> Facts {
    let mut facts = Hdf5::default();
    match (input.peek(HEAD).ok().and_then(end), size) {
        (Some(end), Some(size)) if end > size => {
            scan.tell(Code::TruncatedFile, format!("it says that it ends at byte {end}"));
        }
        (None, _) => scan.tell(Code::TruncatedFile, "it does not say where it ends"),
        _ => {}
    }
    if let Err(broken) = search(input, &mut facts, scan) {
        scan.broken(broken, input.at());
    }
    Facts::Hdf5(facts)
}

/// How much of the file says where it ends.
const HEAD: usize = 64;

/// Where the file says that it ends.
fn end(head: &[u8]) -> Option<u64> {
    let (width_at, addresses_at) = match head.get(8)? {
        0 => (13, 24),
        1 => (13, 28),
        2 | 3 => (9, 12),
        _ => return None,
    };
    let width = usize::from(*head.get(width_at)?);
    let at = addresses_at + 2 * width;
    let mut bytes = [0; 8];
    bytes.get_mut(..width)?.copy_from_slice(head.get(at..at + width)?);
    Some(u64::from_le_bytes(bytes))
}

fn search(input: &mut Input<'_>, facts: &mut Hdf5, scan: &mut Scan) -> Result<(), Broken> {
    let key = memchr::memmem::Finder::new(KEY);
    let escape = memchr::memmem::Finder::new(br"\u00");
    loop {
        let at = input.at();
        let window = input.peek(limits::BUFFER)?;
        let whole = window.len() < limits::BUFFER;
        // What begins near the end of the window is seen with the next one.
        let seen = if whole { window.len() } else { window.len() - AHEAD };
        for found in key.find_iter(window).filter(|found| *found < seen) {
            let Some(class) = class(window.get(found + KEY.len()..).unwrap_or_default()) else { continue };
            if let Some(message) = keras::code(&class) {
                scan.tell_at(Code::LambdaLayer, message, at + found as u64);
            }
            if facts.classes.len() < limits::GLOBALS || facts.classes.contains_key(&class) {
                *facts.classes.entry(class).or_default() += 1;
            }
        }
        for found in escape.find_iter(window).filter(|found| *found < seen) {
            if hides(window.get(found..).unwrap_or_default()) {
                scan.tell_at(
                    Code::Disagreement,
                    "a text in it is written in escapes that hide what it says",
                    at + found as u64,
                );
            }
        }
        input.skip(seen as u64)?;
        if whole {
            // Or it could not be read on.
            return Ok(input.is_at_end().map(drop)?);
        }
    }
}

/// The text behind a key of JSON.
fn class(rest: &[u8]) -> Option<String> {
    let rest = rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"\"")?;
    let class = rest.get(..memchr::memchr(b'"', rest.get(..AHEAD).unwrap_or(rest))?)?;
    Some(text(class))
}

/// Whether an escape stands for a letter, which needs none.
fn hides(escape: &[u8]) -> bool {
    let number = escape.get(4..6).and_then(|digits| std::str::from_utf8(digits).ok());
    number
        .and_then(|number| u8::from_str_radix(number, 16).ok())
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
