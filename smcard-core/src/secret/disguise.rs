//! Secrets that do not stand in a text as they are: written with escapes, or broken up by line
//! ends and by characters that nobody sees.

use std::ops::Range;

use super::{Extent, Scan};
use crate::characters;

/// Where the secrets of a text stand, in their order, once escapes are read and what breaks words up
/// is gone.
///
/// `broken` says that the text is a file that does not parse, which may be broken off within a secret.
pub(crate) fn disguised(text: &str, broken: bool) -> Vec<Range<usize>> {
    let undisguised = || undisguised(text).filter(|(_, char)| !(broken && matches!(char, '"' | '\'')));
    let plain: String = undisguised().map(|(_, char)| char).collect();
    let extent = if broken { Extent::Part } else { Extent::Whole };
    let (mut chars, mut passed) = (undisguised().peekable(), 0);
    let mut place_of = |byte: usize| {
        while passed < byte {
            passed += chars.next()?.1.len_utf8();
        }
        chars.peek().map(|(at, _)| *at)
    };
    Scan::new(&plain, extent)
        .filter_map(|secret| Some(place_of(secret.range.start)?..place_of(secret.range.end).unwrap_or(text.len())))
        .collect()
}

/// The characters of a text without its disguise, each with where it stands.
fn undisguised(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let at = text.len() - rest.len();
            let first = rest.chars().next()?;
            let (char, length) = if first == '\\' { escaped(rest) } else { (Some(first), first.len_utf8()) };
            rest = rest.get(length..).unwrap_or_default();
            if let Some(char) = char.filter(|char| !breaks_words(*char)) {
                return Some((at, char));
            }
        }
    })
}

/// What an escape of JSON, TOML or Rust stands for, and how long it is; nothing for what stands for
/// no visible character, or for none at all.
fn escaped(text: &str) -> (Option<char>, usize) {
    let kind = text.chars().nth(1).unwrap_or_default();
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        '"' | '\'' | '/' | '\\' => return (Some(kind), 2),
        // A line that goes on: the next one begins behind its indentation.
        '\n' | '\r' => return (None, 1 + text.bytes().skip(1).take_while(u8::is_ascii_whitespace).count()),
        _ => return (None, 1 + kind.len_utf8() * usize::from(text.len() > 1)),
    };
    let behind = text.get(2..).unwrap_or_default();
    // In braces there are six digits at most: what closes them is looked for no further.
    let close = behind.bytes().take(8).position(|byte| byte == b'}').filter(|_| behind.starts_with('{'));
    let (digits, length) = match close {
        Some(close) => (behind.get(1..close), 3 + close),
        None => (behind.get(..digits), 2 + digits),
    };
    match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
        Some(number) => (char::from_u32(number), length),
        None => (None, 2),
    }
}

fn breaks_words(char: char) -> bool {
    let joins = matches!(char, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200c}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}');
    joins || matches!(char, '\n' | '\t') || characters::name(char).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: [&str; 2] = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"];

    #[test]
    fn a_secret_is_seen_through_escapes_and_what_breaks_it_up() {
        let [head, tail] = TOKEN;
        let rest = head.strip_prefix('g').unwrap();
        for token in [
            format!("\\u0067{rest}{tail}"),
            format!("\\U00000067{rest}{tail}"),
            format!("\\x67{rest}{tail}"),
            format!("\\u{{67}}{rest}{tail}"),
            format!("{head}\u{200b}{tail}"),
            format!("{head}\u{ad}{tail}"),
            format!("{head}\\n{tail}"),
            format!("{head}\\\n    {tail}"),
            format!("{head}\r\n{tail}"),
        ] {
            let text = format!("é one {token} two {token}");
            let second = text.rfind(&token).unwrap();
            assert_eq!(disguised(&text, false), [7..7 + token.len(), second..text.len()], "{token}");
        }
        assert_eq!(disguised("\\xghp_16C7", true).first(), Some(&(2..10)));
        assert_eq!(disguised("g\"hp_16C7", true).first(), Some(&(0..9)));
        assert!(disguised("ghp_16C7", false).is_empty());
    }

    #[test]
    fn what_is_no_escape_ends_nothing() {
        for text in ["\\", "\\u", "\\u12", "\\u{", "\\u{110000}", "\\x", "\\xé", "é\\é", "\\u{1234567}", "\\U0000"] {
            assert!(disguised(text, true).is_empty(), "{text}");
            assert!(undisguised(text).all(|(at, _)| at < text.len()), "{text}");
        }
    }
}
