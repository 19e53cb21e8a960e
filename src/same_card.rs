//! Whether a report is that of a card, while compiling: what `embed!(card::CARD)` asks.

use std::borrow::Cow;

use smcard_core::{ModelDetails, SecurityCard, Text};

/// Whether a report is that of a card, by what tells a card from another.
pub const fn is_of(report: &[u8], card: &SecurityCard<'_>) -> bool {
    let ModelDetails { name, developer, date, version, .. } = &card.model_details;
    let Some(rest) = after(report, b"{\n    ") else { return false };
    let Some(rest) = field(rest, b"\"$schema\": ", &card.schema, b",\n    ") else { return false };
    let Some(rest) = after(rest, b"\"model_details\": {\n        ") else { return false };
    let Some(rest) = field(rest, b"\"name\": ", name, NEXT) else { return false };
    let Some(rest) = field(rest, b"\"developer\": ", developer, NEXT) else { return false };
    let Some(rest) = field(rest, b"\"date\": ", date, NEXT) else { return false };
    // The type of the model follows, which every card has.
    field(rest, b"\"version\": ", version, NEXT).is_some()
}

/// What stands between two fields of a section.
const NEXT: &[u8] = b",\n        ";

/// What follows a field, if it has this value.
const fn field<'r>(report: &'r [u8], key: &[u8], value: &Option<Text<'_>>, next: &[u8]) -> Option<&'r [u8]> {
    let Some(value) = value else {
        // Absent in both.
        return if after(report, key).is_some() { None } else { Some(report) };
    };
    let Some(rest) = after(report, key) else { return None };
    let Some(mut rest) = after(rest, b"\"") else { return None };
    let words = match value {
        Text::Stated(words) => words,
        Text::NotApplicable(words) | Text::Withheld(words) | Text::Unknown(words) => {
            // Which reason it is stands before its words.
            let Some(behind) = behind(rest, b": ") else { return None };
            rest = behind;
            words
        }
    };
    // A card that is a static owns nothing.
    let Cow::Borrowed(words) = words else { return None };
    let Some(rest) = text(rest, words.as_bytes()) else { return None };
    let Some(rest) = after(rest, b"\"") else { return None };
    after(rest, next)
}

/// What follows a text, written as JSON.
const fn text<'r>(mut report: &'r [u8], words: &[u8]) -> Option<&'r [u8]> {
    let mut words = words;
    while let Some((byte, more)) = words.split_first() {
        words = more;
        let written: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\t' => b"\\t",
            _ => &[*byte],
        };
        let Some(rest) = after(report, written) else { return None };
        report = rest;
    }
    Some(report)
}

/// `slice::strip_prefix`, which no `const fn` may call yet.
const fn after<'r>(report: &'r [u8], prefix: &[u8]) -> Option<&'r [u8]> {
    let (mut rest, mut wanted) = (report, prefix);
    while let Some((byte, more)) = wanted.split_first() {
        match rest.split_first() {
            Some((found, behind)) if *found == *byte => (rest, wanted) = (behind, more),
            _ => return None,
        }
    }
    Some(rest)
}

/// What follows the first place where these bytes stand.
const fn behind<'r>(mut report: &'r [u8], wanted: &[u8]) -> Option<&'r [u8]> {
    loop {
        if let Some(rest) = after(report, wanted) {
            return Some(rest);
        }
        let Some((_, rest)) = report.split_first() else { return None };
        report = rest;
    }
}
