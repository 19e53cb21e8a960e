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
    let mut chars = text.char_indices().peekable();
    while let Some((offset, char)) = chars.next() {
        if char == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n') {
            continue;
        }
        if let Some(what) = name(char) {
            return Some((offset, char, what));
        }
    }
    None
}

/// The text with its control and direction characters written as Rust escapes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if name(char).is_some() || char == '\n' || char == '\t' || char == '\r' {
            escaped.extend(char.escape_default());
        } else {
            escaped.push(char);
        }
    }
    escaped
}
