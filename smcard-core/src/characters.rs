//! Characters that a reader cannot see, and that therefore have no place in a card.

/// What a character does that a reader cannot see; `None` for one that may stand in a text.
///
/// Control characters other than tab and line feed; the bidirectional controls that reorder what
/// is shown (CVE-2021-42574, "Trojan Source"); marks and tag characters of no width, which carry
/// text that only a program sees. Joiners and direction marks, which scripts need, may stand.
pub(crate) fn name(char: char) -> Option<&'static str> {
    Some(match char {
        '\t' | '\n' => return None,
        '\0' => "the NUL character",
        '\u{01}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => "a control character",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a character that reorders the text shown",
        '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => "a character of no width",
        '\u{2028}' | '\u{2029}' => "a separator that some programs take for a line's end",
        '\u{fff9}'..='\u{fffb}' => "an annotation mark",
        '\u{e0000}'..='\u{e007f}' => "a tag character, which carries text that a reader cannot see",
        _ => return None,
    })
}

/// The first such character, with its byte offset and what it does.
///
/// The carriage return of a Windows line end may stand.
pub(crate) fn first(text: &str) -> Option<(usize, char, &'static str)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let rest = bytes.get(from..)?;
        // Most texts are printable ASCII for long stretches, which the compiler compares many bytes at a time.
        let skipped = rest.chunks_exact(CHUNK).take_while(|chunk| is_plain(chunk)).count() * CHUNK;
        // The end of a text that is plain too is seen at one look, at what stands before it as well.
        let ends_plain = || rest.last_chunk::<CHUNK>().map_or_else(|| is_plain(rest), |end| is_plain(end));
        if rest.len() - skipped < CHUNK && ends_plain() {
            return None;
        }
        let rest = rest.get(skipped..)?;
        let at = from + skipped + rest.iter().position(|byte| may_begin(*byte))?;
        let char = text.get(at..)?.chars().next()?;
        let ends_line = char == '\r' && bytes.get(at + 1) == Some(&b'\n');
        if let Some(what) = name(char).filter(|_| !ends_line) {
            return Some((at, char, what));
        }
        from = at + char.len_utf8();
    }
}

const CHUNK: usize = 16;

/// Whether all is printable ASCII.
fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |plain, byte| plain & (0x20..0x7f).contains(byte))
}

/// Whether a character that [`name`] knows may begin with a byte.
fn may_begin(byte: u8) -> bool {
    match byte {
        0..0x20 | 0x7f => true,
        // The first bytes of U+0080, U+2000, U+F000 and U+E0000, and of some characters about them.
        0xc2 | 0xe2 | 0xef | 0xf3 => true,
        _ => false,
    }
}

/// The text with its control and direction characters written as Rust escapes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if name(char).is_some() || char == '\n' || char == '\t' {
            escaped.extend(char.escape_default());
        } else {
            escaped.push(char);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_that_has_a_name_is_found_wherever_it_stands() {
        let chunk = "a line\nof text – with “quotes” and a tab\t, of more than a chunk";
        for (before, last) in [("", 0x10_ffff), (chunk, 0x2fff)] {
            for char in (0..=last).filter_map(char::from_u32) {
                let text = format!("{before}{char}写");
                let expected = name(char).map(|what| (before.len(), char, what));
                assert_eq!(first(&text), expected, "U+{:04X}", char as u32);
            }
        }
    }

    #[test]
    fn what_a_reader_cannot_see_has_a_name_to_its_last_character() {
        let cases = [
            ("\u{202a}\u{202e}\u{2066}\u{2069}", "a character that reorders the text shown"),
            ("\u{200b}\u{2060}\u{2064}\u{feff}", "a character of no width"),
            ("\u{2028}\u{2029}", "a separator that some programs take for a line's end"),
            ("\u{fff9}\u{fffb}", "an annotation mark"),
            ("\u{e0000}\u{e007f}", "a tag character, which carries text that a reader cannot see"),
        ];
        for (chars, what) in cases {
            for char in chars.chars() {
                assert_eq!(name(char), Some(what), "U+{:04X}", char as u32);
            }
        }
    }

    #[test]
    fn what_ends_a_line_or_drives_a_terminal_is_written_out() {
        assert_eq!(escape("a\tb\nc\rd\u{1b}[1m é\u{202e}"), "a\\tb\\nc\\rd\\u{1b}[1m é\\u{202e}");
    }

    #[test]
    fn a_carriage_return_stands_only_before_a_line_feed() {
        assert_eq!(first("one\r\ntwo\r\n"), None);
        assert_eq!(first("one\r\ntwo\rthree"), Some((8, '\r', "a control character")));
        assert_eq!(first("one\r"), Some((3, '\r', "a control character")));
    }
}
