//! How wide a text is at most, and where it breaks: the font is the reader's, so the widest of the usual ones counts.

/// The width of a text in units of its font size, in the widest of the fonts that systems come with.
fn em(char: char, bold: bool) -> f64 {
    let width = match char {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | ' ' => 0.36,
        'f' | 't' | 'r' | '-' | '(' | ')' | '[' | ']' | 'I' | '/' => 0.45,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 1.0,
        'a'..='z' | '0'..='9' | '_' => 0.65,
        '\0'..='\u{7f}' => 0.84,
        '\u{80}'..='\u{10ff}' => 0.9,
        '\u{1100}'..='\u{1efff}' => 1.1,
        _ => 1.5,
    };
    if bold { width * 1.1 } else { width }
}

/// How wide a text is at most.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    text.chars().map(|char| em(char, bold) * size).sum()
}

/// The text in lines of at most a width: broken behind spaces and marks, and within a word that is too long; what does
/// not fit into so many lines ends in `…`.
pub(super) fn wrap(text: &str, size: f64, bold: bool, max: f64, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut words = pieces(text).into_iter().peekable();
    while let Some(word) = words.next() {
        if width((current.clone() + &word).trim_end(), size, bold) <= max {
            current += &word;
            continue;
        }
        if wrapped.len() + 1 == lines {
            current = cut(&(current + &word), size, bold, max);
            break;
        }
        if !current.is_empty() {
            wrapped.push(std::mem::take(&mut current).trim_end().to_owned());
        }
        current = word;
        // A word that is wider than a line.
        while width(current.trim_end(), size, bold) > max {
            if wrapped.len() + 1 == lines {
                current = cut(&current, size, bold, max);
                words = Vec::new().into_iter().peekable();
                break;
            }
            let at = fitting(&current, size, bold, max);
            let rest = current.split_off(at);
            wrapped.push(std::mem::replace(&mut current, rest));
        }
    }
    if !current.trim_end().is_empty() {
        wrapped.push(current.trim_end().to_owned());
    }
    wrapped
}

/// The beginning of a text that fits with `…` behind it.
fn cut(text: &str, size: f64, bold: bool, max: f64) -> String {
    if width(text.trim_end(), size, bold) <= max {
        return text.to_owned();
    }
    let at = fitting(text, size, bold, max - width("…", size, bold));
    format!("{}…", text.get(..at).unwrap_or_default().trim_end())
}

/// How many bytes of a text fit, one character at least.
fn fitting(text: &str, size: f64, bold: bool, max: f64) -> usize {
    let mut used = 0.0;
    for (at, char) in text.char_indices() {
        used += em(char, bold) * size;
        if used > max && at > 0 {
            return at;
        }
    }
    text.len()
}

/// A text in pieces behind each of which a line may end.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for char in text.chars() {
        if let Some(last) = pieces.last_mut() {
            last.push(char);
        }
        if matches!(char, ' ' | '-' | '_' | '.' | '/' | ':') {
            pieces.push(String::new());
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_breaks_behind_its_marks_and_loses_nothing_that_fits() {
        assert_eq!(wrap("warehouse-agent", 12.0, true, 90.0, 3), ["warehouse-", "agent"]);
        assert_eq!(wrap("Finds a part's number", 12.0, false, 90.0, 3), ["Finds a", "part's", "number"]);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis_and_no_line_is_too_wide() {
        for text in ["a".repeat(300), "wide W ".repeat(40), "写".repeat(50), "x-".repeat(90)] {
            let lines = wrap(&text, 12.0, true, 120.0, 3);
            assert_eq!(lines.len(), 3, "{text}");
            assert!(lines[2].ends_with('…'), "{lines:?}");
            for line in &lines {
                assert!(width(line, 12.0, true) <= 120.0, "{line}");
            }
        }
    }
}
