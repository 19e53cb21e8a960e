//! Texts in Markdown as GitHub and others read it (GFM): a text can never become markup.
//!
//! Only what would mean something is escaped, so that the source reads well too.

/// A text that stands in a line, such as a heading or a cell of a table.
pub(crate) fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    escape(&words.join(" "))
}

/// A text of any length, a sentence on each line. A line of the card ends a line here, and an empty one a paragraph.
pub(crate) fn paragraph(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut empty = false;
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.is_empty() {
            empty = true;
            continue;
        }
        if !written.is_empty() {
            // A backslash before the line's end keeps it.
            written.push_str(if empty { "\n\n" } else { "\\\n" });
        }
        empty = false;
        sentences(&words, &mut written);
    }
    written
}

/// Writes words with a line's end after each sentence, which readers see as a space.
fn sentences(words: &[&str], written: &mut String) {
    let mut sentence: Vec<&str> = Vec::new();
    let mut rest = words.iter().peekable();
    let mut first = true;
    while let Some(word) = rest.next() {
        sentence.push(word);
        let ends = word.trim_end_matches(['"', '\'', ')', '”', '’']).ends_with(['.', '!', '?']);
        let begins = rest.peek().is_none_or(|next| next.starts_with(|char: char| char.is_uppercase()));
        if (ends && begins) || rest.peek().is_none() {
            if !first {
                written.push('\n');
            }
            first = false;
            written.push_str(&escape(&sentence.join(" ")));
            sentence.clear();
        }
    }
}

/// Words without a line's end, at the beginning of a line.
fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len() + 8);
    let begins = begins_block(words);
    let mut before = None;
    for (at, char) in words.char_indices() {
        let after = || words.get(at + char.len_utf8()..).unwrap_or_default();
        let means = match char {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' | '^' => true,
            // Within a word it is a letter.
            '_' => !(before.is_some_and(char::is_alphanumeric) && after().starts_with(char::is_alphanumeric)),
            '&' => is_entity(after()),
            // Addresses become links by themselves, and names of people mentions.
            ':' => after().starts_with("//") || schemes_end(words, at),
            '@' => true,
            '.' => words.get(..at).is_some_and(|before| before.to_ascii_lowercase().ends_with("www")),
            _ => false,
        };
        if means || Some(at) == begins {
            escaped.push('\\');
        }
        if is_invisible(char) {
            // Shown, so that a reader meets what would reorder or hide the text around it.
            escaped.push('\\');
            escaped.extend(char.escape_unicode());
        } else {
            escaped.push(char);
        }
        before = Some(char);
    }
    escaped
}

/// Where the character stands that would make a line a heading, a list, a quotation or a rule.
fn begins_block(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    if matches!(first, '#' | '+' | '-' | '=' | '>') {
        return Some(0);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?.strip_prefix(['.', ')'])?;
    (digits > 0 && (rest.is_empty() || rest.starts_with(' '))).then_some(digits)
}

/// Whether a colon ends `mailto` or `xmpp`, which make links without slashes.
fn schemes_end(words: &str, at: usize) -> bool {
    let before = words.get(..at).unwrap_or_default().to_ascii_lowercase();
    before.ends_with("mailto") || before.ends_with("xmpp")
}

/// Whether what stands behind `&` makes a character of it.
fn is_entity(after: &str) -> bool {
    let name = after.trim_start_matches(|char: char| char.is_ascii_alphanumeric() || char == '#');
    name.len() < after.len() && name.starts_with(';')
}

/// Control characters, and those that reorder text or have no width.
pub(super) fn is_invisible(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
            | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
