//! NumPy's `.npy`: a header, then numbers; or a pickle, where the items are objects.

use serde::Serialize;

use crate::Code;
use crate::archive::Inside;
use crate::broken::Broken;
use crate::facts::Facts;
use crate::input::Input;
use crate::limits;
use crate::pickle::{self, Sure};
use crate::scan::{Scan, text};

/// An array of NumPy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NumPy {
    /// The type of an item, as the header has it.
    pub dtype: String,
    /// The length of each dimension, as the header has it.
    pub shape: String,
    /// The pickle that holds the items, if these are objects.
    pub inside: Option<Inside>,
}

pub(crate) fn look(input: &mut Input<'_>, size: Option<u64>, scan: &mut Scan) -> Facts {
    let mut facts = NumPy::default();
    if let Err(broken) = read(input, size, &mut facts, scan) {
        scan.broken(broken, input.at());
    }
    Facts::NumPy(facts)
}

fn read(input: &mut Input<'_>, size: Option<u64>, facts: &mut NumPy, scan: &mut Scan) -> Result<(), Broken> {
    input.skip(6)?;
    let [major, _] = input.array()?;
    let length = match major {
        1 => u64::from(u16::from_le_bytes(input.array()?)),
        2 | 3 => u64::from(input.u32()?),
        _ => return Err(Broken::file(format!("there is no version {major} of it"))),
    };
    if size.is_some_and(|size| length > size) {
        return Err(Broken::new(Code::LyingHeader, format!("the header claims {length} bytes")));
    }
    let header = input.bytes(length, limits::TEMPLATE)?;
    let header = String::from_utf8_lossy(&header);
    facts.dtype = text(value(&header, "descr").ok_or_else(|| Broken::file("the header has no `descr`"))?.as_bytes());
    facts.shape = text(value(&header, "shape").ok_or_else(|| Broken::file("the header has no `shape`"))?.as_bytes());
    if holds_objects(&header) {
        if let Some(pickled) = pickle::look(input, Sure::Yes, scan) {
            facts.inside = Some(Inside::new("(objects)".to_owned(), pickled));
        }
        return Ok(());
    }
    let Some((items, size)) = items(&facts.shape).zip(size) else { return Ok(()) };
    let left = size.saturating_sub(input.at());
    if let Some(bytes) = item_size(&facts.dtype) {
        if items.checked_mul(bytes) != Some(left) {
            let message = format!("the header claims {items} items of {bytes} bytes, and {left} bytes follow");
            return Err(Broken::new(Code::LyingHeader, message));
        }
    }
    Ok(())
}

/// The text of a value in the header, which is a literal of Python.
fn value<'h>(header: &'h str, key: &str) -> Option<&'h str> {
    let after = ["'", "\""].iter().find_map(|quote| header.split_once(&format!("{quote}{key}{quote}")))?.1;
    let after = after.trim_start().strip_prefix(':')?.trim_start();
    let mut depth = 0_i32;
    let end = after.find(|char: char| {
        match char {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' | '}' if depth == 0 => return true,
            _ => {}
        }
        false
    })?;
    after.get(..end).map(str::trim)
}

/// Whether a type of objects stands anywhere in the header: `'|O'`, `'O8'`, `'object'`, alone or for a field.
fn holds_objects(header: &str) -> bool {
    header.split(['\'', '"']).any(|part| {
        let name = part.trim_start_matches(['|', '<', '>', '=']);
        name == "object" || name.strip_prefix('O').is_some_and(|size| size.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// How many items an array of this shape has.
fn items(shape: &str) -> Option<u64> {
    let inner = shape.strip_prefix('(')?.strip_suffix(')')?;
    let lengths = inner.split(',').map(str::trim).filter(|length| !length.is_empty());
    lengths
        .map(|length| length.trim_end_matches('L').parse::<u64>().ok())
        .try_fold(1_u64, |all, length| all.checked_mul(length?))
}

/// How many bytes an item has, of a plain type or of plain fields: `[('a', '<f4'), ('b', '<U3')]`.
fn item_size(dtype: &str) -> Option<u64> {
    let Some(fields) = dtype.strip_prefix('[') else { return plain_size(dtype) };
    // What is quoted stands at odd places: names and types, in turn.
    let parts: Vec<&str> = fields.split('\'').collect();
    let is_plain = parts
        .iter()
        .step_by(2)
        .all(|between| !between.contains(['[', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']));
    let types = parts.iter().skip(3).step_by(4);
    if is_plain { types.map(|name| plain_size(name)).sum() } else { None }
}

fn plain_size(dtype: &str) -> Option<u64> {
    let name = dtype.trim_matches(['\'', '"']).trim_start_matches(['|', '<', '>', '=']);
    let size: u64 = name.get(1..)?.parse().ok()?;
    match name.chars().next()? {
        'U' => size.checked_mul(4),
        'b' | 'i' | 'u' | 'f' | 'c' | 'S' | 'V' => Some(size),
        _ => None,
    }
}
