//! Tables.

/// A table of texts that are Markdown already. A cell that says nothing is empty.
pub(super) fn table(headings: Vec<String>, rows: Vec<Vec<String>>) -> String {
    let row = |cells: &Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| format!(" {cell} ").replace("  ", " ")).collect();
        format!("|{}|", cells.join("|"))
    };
    let rule = format!("|{}", " --- |".repeat(headings.len()));
    let mut lines = vec![row(&headings), rule];
    lines.extend(rows.iter().map(row));
    lines.join("\n")
}
