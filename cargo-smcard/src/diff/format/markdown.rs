//! For a pull request: Markdown that no word of a card can change.
//!
//! Whatever comes from a card stands in a code span, in which a code host sees no markup, no HTML, no link, and nobody
//! who is mentioned.

use super::{Change, Kind, Version, Words, counts, label, of_kind};

/// How many changes of a kind are shown.
const SHOWN: usize = 100;

/// How many bytes of them all: a comment on GitHub has 65,536 characters at most.
const LONGEST: usize = 60_000;

pub(super) fn write(versions: &[Version<'_>; 2], changes: &[Change]) -> String {
    let mut text = format!("## Security model card{}\n\n", title(versions));
    if changes.is_empty() {
        return text + "No difference.\n";
    }
    text += &format!("{}.\n", counts(changes));
    for kind in Kind::ALL {
        let of_kind = of_kind(changes, kind);
        if of_kind.is_empty() {
            continue;
        }
        text += &format!("\n### {}\n\n", heading(kind));
        let mut shown = 0;
        for item in of_kind.iter().take(SHOWN).map(|change| item(change)) {
            if text.len() + item.len() > LONGEST {
                break;
            }
            text += &item;
            shown += 1;
        }
        if shown < of_kind.len() {
            text += &format!("- and {} more\n", of_kind.len() - shown);
        }
    }
    text
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Regression => "Regressions",
        Kind::Improvement => "Improvements",
        Kind::Change => "Other changes",
    }
}

/// The model, and its versions where they differ.
fn title([old, new]: &[Version<'_>; 2]) -> String {
    let mut title = new.name().map(|name| format!(" of {}", code(&name))).unwrap_or_default();
    match (old.version(), new.version()) {
        (Some(old), Some(new)) if old != new => title += &format!(", {} → {}", code(&old), code(&new)),
        (_, Some(version)) => title += &format!(", {}", code(&version)),
        _ => {}
    }
    title
}

fn item(change: &Change) -> String {
    let label = label(&change.label, code);
    match Words::of(change) {
        Words::Changed(old, new) if old.chars().count() + new.chars().count() <= 60 => {
            format!("- {label}: {} → {}\n", code(&old), code(&new))
        }
        Words::Changed(old, new) => format!("- {label}:\n  - before: {}\n  - now: {}\n", code(&old), code(&new)),
        Words::Added(new) => format!("- added {label}: {}\n", code(&new)),
        Words::Removed(old) => format!("- removed {label}: {}\n", code(&old)),
    }
}

/// A text of one line in a code span: between more backticks than it holds in a row.
fn code(text: &str) -> String {
    if text.is_empty() {
        return "(nothing)".to_owned();
    }
    let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // A space on both sides is not shown, and keeps backticks and spaces at the ends.
    let padded = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let space = if padded { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn a_text_cannot_end_its_code_span() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a `b` c"), "``a `b` c``");
        assert_eq!(code("```"), "```` ``` ````");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(code(" a "), "`  a  `");
    }
}
