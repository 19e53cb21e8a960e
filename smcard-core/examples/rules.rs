//! Prints the table of rules that the documentation holds:
//! `cargo run -p smcard-core --example rules > smcard-core/src/rules/list.md`.

#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use smcard_core::{Level, rules};

fn main() {
    print!("{}", table());
}

/// Every rule in a table, and below it under a heading of its own, so that a code can be linked.
pub(crate) fn table() -> String {
    let mut table = "| code | level | what it asks |\n|---|---|---|\n".to_owned();
    let mut sections = String::new();
    for rule in rules::all() {
        let level = match rule.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Allow => "allow",
        };
        let (code, fixed) = (rule.code, if rule.adjustable { "" } else { ", always" });
        // `<…>` in an explanation would be taken for HTML.
        let (summary, explanation) = (rule.summary, rule.explanation.replace('<', "\\<"));
        table += &format!("| [`{code}`](#{code}) | {level}{fixed} | {} |\n", summary.replace('|', "\\|"));
        sections += &format!("\n### `{code}`\n\n**{summary}** {explanation}\n");
    }
    table + &sections
}
