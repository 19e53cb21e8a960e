//! The fields of a message of protobuf, one after the other, with where each message ends.

use crate::Code;
use crate::broken::Broken;
use crate::input::Input;
use crate::scan::text;

/// The number of a field and what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) number: u64,
    pub(crate) value: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    Number(u64),
    /// A number of fixed size, which has been read.
    Fixed,
    /// So many bytes follow.
    Bytes(u64),
}

/// A message under way: it ends at a place, or with the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message {
    end: Option<u64>,
}

impl Message {
    pub(crate) fn whole(size: Option<u64>) -> Self {
        Message { end: size }
    }

    /// A message of so many bytes, from here on.
    pub(crate) fn of(length: u64, input: &Input<'_>) -> Self {
        Message { end: Some(input.at().saturating_add(length)) }
    }

    /// Whether its end is reached.
    pub(crate) fn is_over(self, input: &mut Input<'_>) -> Result<bool, Broken> {
        match self.end {
            Some(end) if input.at() > end => {
                Err(Broken::new(Code::LyingHeader, "a field is longer than what it is in"))
            }
            Some(end) => Ok(input.at() == end),
            None => Ok(input.is_at_end()?),
        }
    }

    /// The next field; `None` at the end. What follows a length is still to be read.
    pub(crate) fn next(self, input: &mut Input<'_>) -> Result<Option<Field>, Broken> {
        if self.is_over(input)? {
            return Ok(None);
        }
        let key = varint(input)?;
        let value = match key & 7 {
            0 => Value::Number(varint(input)?),
            1 => input.skip(8).map(|()| Value::Fixed)?,
            2 => {
                let length = varint(input)?;
                if self.end.is_some_and(|end| input.at().checked_add(length).is_none_or(|ends| ends > end)) {
                    return Err(Broken::new(Code::LyingHeader, format!("a field claims {length} bytes")));
                }
                Value::Bytes(length)
            }
            5 => input.skip(4).map(|()| Value::Fixed)?,
            kind => return Err(Broken::file(format!("a field has the kind {kind}, which there is none of"))),
        };
        Ok(Some(Field { number: key >> 3, value }))
    }
}

impl Field {
    /// Leaves out what was not read of it.
    pub(crate) fn skip(self, input: &mut Input<'_>) -> Result<(), Broken> {
        match self.value {
            Value::Bytes(length) => input.skip(length),
            Value::Number(_) | Value::Fixed => Ok(()),
        }
    }

    pub(crate) fn text(self, input: &mut Input<'_>) -> Result<String, Broken> {
        match self.value {
            Value::Bytes(length) => Ok(text(&input.bytes(length, crate::limits::TEXT + 1)?)),
            Value::Number(_) | Value::Fixed => Err(Broken::file("a text is expected")),
        }
    }
}

pub(crate) fn varint(input: &mut Input<'_>) -> Result<u64, Broken> {
    let mut number = 0_u64;
    for shift in (0..70).step_by(7) {
        let byte = input.byte()?;
        number |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or_default();
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err(Broken::file("a number has no end"))
}
