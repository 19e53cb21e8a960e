//! Numbers and texts that stand in a pickle as lines, read as leniently as Python reads them.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use crate::broken::Broken;

/// That a line is none that Python writes. It may read it all the same, so that what follows is looked at.
#[derive(Debug)]
pub(super) struct Doubt;

/// A number of a few bytes, the lowest first.
pub(super) fn little(bytes: &[u8]) -> Option<i64> {
    let negative = bytes.last().is_some_and(|last| *last >= 0x80);
    let mut wide = [if negative { 0xff } else { 0 }; 8];
    wide.get_mut(..bytes.len())?.copy_from_slice(bytes);
    Some(i64::from_le_bytes(wide))
}

/// The number of a line of `INT`, `LONG` or `FLOAT`, if it is a whole one that fits; an error for a line that Python may
/// take for none.
pub(super) fn of_line(opcode: u8, line: &[u8], cut: bool) -> Result<Option<i64>, Doubt> {
    let text = std::str::from_utf8(line).map_or("", str::trim);
    let allowed = |char: char| match opcode {
        b'F' => char.is_ascii_alphanumeric() || "+-._".contains(char),
        _ => char.is_ascii_hexdigit() || "+-_xXoOlL".contains(char),
    };
    let is_number = text.starts_with(|char: char| char.is_ascii_digit() || "+-.".contains(char))
        || opcode == b'F' && text.get(..3).is_some_and(|begin| ["inf", "nan"].contains(&&*begin.to_ascii_lowercase()));
    if !is_number || !text.chars().all(allowed) {
        return Err(Doubt);
    }
    let plain = text.trim_end_matches(['l', 'L']).replace('_', "");
    Ok(if cut { None } else { plain.parse().ok() })
}

/// The number of a line of `PUT` or `GET`. One that is too large for Python's own reader, and not for the one that is
/// written in Python, is some number that no other line gives.
pub(super) fn index(line: &[u8]) -> Result<u64, Broken> {
    // Python's own reader stops at an empty byte.
    let line = line.split(|byte| *byte == 0).next().unwrap_or_default();
    let text = std::str::from_utf8(line).map_or("", |line| line.trim_matches(SPACE)).replace('_', "");
    let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let plain = digits.trim_start_matches('0');
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || text.starts_with('-') && !plain.is_empty() {
        return Err(Broken::file("a number of the memo is expected"));
    }
    let number = if plain.is_empty() { Ok(0) } else { plain.parse() };
    Ok(number.ok().filter(|number| *number < LARGE).unwrap_or_else(|| HASHER.hash_one(plain) | LARGE))
}

/// What Python leaves out around a number.
const SPACE: [char; 6] = [' ', '\t', '\n', '\r', '\x0b', '\x0c'];

/// The first number that Python's own reader does not take.
const LARGE: u64 = 1 << 63;

/// Whose numbers nobody can foresee who makes a file.
static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::new);

/// The text of a line of `STRING`: in quotes, with Python's escapes.
pub(super) fn quoted(line: &[u8], cut: bool) -> Result<String, Doubt> {
    let line = line.trim_ascii_end();
    let inner = match line {
        [quote @ (b'\'' | b'"'), inner @ .., end] if end == quote => inner,
        [b'\'' | b'"', inner @ ..] if cut => inner,
        _ => return Err(Doubt),
    };
    Ok(unescape(inner))
}

/// A text with Python's escapes, each byte a character.
pub(crate) fn unescape(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        rest = after;
        if *byte != b'\\' {
            text.push(char::from(*byte));
            continue;
        }
        let [kind, after @ ..] = rest else { break };
        rest = after;
        let (digits, radix) = match kind {
            b'x' => (2, 16),
            b'u' => (4, 16),
            b'U' => (8, 16),
            b'0'..=b'7' => (3, 8),
            _ => (0, 0),
        };
        if radix == 0 {
            match kind {
                b'n' => text.push('\n'),
                b't' => text.push('\t'),
                b'r' => text.push('\r'),
                b'\n' => {}
                other => text.push(char::from(*other)),
            }
            continue;
        }
        let from = if radix == 8 { bytes.get(bytes.len() - rest.len() - 1..).unwrap_or_default() } else { rest };
        let count = from.iter().take(digits).take_while(|digit| char::from(**digit).is_digit(radix)).count();
        let number = std::str::from_utf8(from.get(..count).unwrap_or_default()).unwrap_or_default();
        text.extend(u32::from_str_radix(number, radix).ok().and_then(char::from_u32));
        rest = from.get(count..).unwrap_or_default();
    }
    text
}

/// The text of a line of `UNICODE`: only `\u` and `\U` are escapes.
pub(super) fn raw_unicode(line: &[u8]) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    loop {
        let digits = match rest {
            [b'\\', b'u', ..] => 4,
            [b'\\', b'U', ..] => 8,
            [byte, after @ ..] => {
                text.push(char::from(*byte));
                rest = after;
                continue;
            }
            [] => return text,
        };
        let number = rest.get(2..2 + digits).and_then(|number| std::str::from_utf8(number).ok());
        let char = number.and_then(|number| u32::from_str_radix(number, 16).ok()).and_then(char::from_u32);
        text.extend(char);
        rest = rest.get(2 + if char.is_some() { digits } else { 0 }..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::{little, quoted, raw_unicode};

    #[test]
    fn a_name_is_seen_through_its_escapes() {
        assert_eq!(quoted(br"'o\x73\056sys\164em'", false).unwrap(), "os.system");
        assert_eq!(raw_unicode(br"\u006fs\x"), r"os\x");
        assert!(quoted(b"os", false).is_err());
        assert_eq!(little(&[0xff]), Some(-1));
    }
}
