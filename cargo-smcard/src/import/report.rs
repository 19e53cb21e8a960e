//! What no field takes, as text.

use super::assemble::{Assembled, Unplaced};

/// Puts what no field takes at the end of the card, and the missing fields where they belong.
pub(super) fn remark(assembled: &mut Assembled) {
    for path in &assembled.missing {
        assembled.remarks.add(path, &format!("not found: {path}"));
    }
    for line in lines(&assembled.unplaced) {
        assembled.remarks.add_at_end(&line);
    }
}

/// What no field takes, for a file or a terminal.
pub(super) fn text(assembled: &Assembled) -> String {
    lines(&assembled.unplaced).iter().map(|line| smcard_core::source::visible(line) + "\n").collect()
}

fn lines(unplaced: &[Unplaced]) -> Vec<String> {
    let mut lines = Vec::new();
    if !unplaced.is_empty() {
        lines.push("What no field takes:".to_owned());
    }
    for piece in unplaced {
        let label =
            if piece.label.is_empty() { String::new() } else { format!(", {}", piece.label.replace('\n', " ")) };
        let why = if piece.why.is_empty() { String::new() } else { format!(" ({})", piece.why) };
        lines.push(String::new());
        lines.push(format!("{}{label}{why}:", piece.place));
        lines
            .extend(piece.text.lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") }));
    }
    lines
}
