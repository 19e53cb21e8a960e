//! Prints the table of rules that the documentation holds:
//! `cargo run -p smcard-core --example rules > smcard-core/src/rules/table.md`.

#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use smcard_core::{Level, rules};

fn main() {
    print!("{}", table());
}

/// Every rule as a row of a Markdown table, in the order in which they are asked.
pub(crate) fn table() -> String {
    let mut table = "| code | level | what it asks, and why |\n|---|---|---|\n".to_owned();
    for rule in rules::all() {
        let level = match rule.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Allow => "allow",
        };
        let fixed = if rule.adjustable { "" } else { ", always" };
        // `<…>` in an explanation would be taken for HTML.
        let explanation = rule.explanation.replace('<', "\\<").replace('|', "\\|");
        table += &format!("| `{}` | {level}{fixed} | **{}** {explanation} |\n", rule.code, rule.summary);
    }
    table
}
