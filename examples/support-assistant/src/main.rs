//! The frame of a support assistant. Its card is compiled by the build script alone.

#![forbid(unsafe_code)]

/// The text that precedes every conversation. The card includes the same file.
const SYSTEM_PROMPT: &str = include_str!("system_prompt.txt").trim_ascii_end();

/// The card as a report: a part of the program, with nothing of smcard in it.
const REPORT: &str = include_str!(env!("SMCARD_REPORT"));

fn main() {
    println!("Every conversation begins with: {SYSTEM_PROMPT}");
    println!("{REPORT}");
    println!("Its security model card: {}", env!("SMCARD_REPORT"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_states_the_prompt_that_the_program_uses() {
        assert!(REPORT.contains(&format!("\"system_prompt\": {SYSTEM_PROMPT:?}")), "{REPORT}");
    }

    #[test]
    fn the_report_says_where_data_is_stored() {
        assert!(REPORT.contains("\"data_residency\": \"EU\""), "{REPORT}");
    }
}
