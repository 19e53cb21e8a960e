//! The frame of a service that transcribes recordings with a model that somebody else trained. Its card is compiled by
//! the build script alone.

#![forbid(unsafe_code)]

use std::time::Duration;

/// The longest recording that the service takes, in minutes. The card includes the same file.
const LONGEST: &str = include_str!("longest_minutes.txt").trim_ascii_end();

/// The card as a report: a part of the program, with nothing of smcard in it.
const REPORT: &str = include_str!(env!("SMCARD_REPORT"));

/// Whether the service takes a recording of this length.
fn takes(length: Duration) -> bool {
    LONGEST.parse().is_ok_and(|minutes: u64| length.as_secs() <= minutes * 60)
}

fn main() {
    for minutes in [25, 300] {
        let verdict = if takes(Duration::from_secs(minutes * 60)) { "is transcribed" } else { "has to be cut first" };
        println!("A recording of {minutes} minutes {verdict}.");
    }
    println!("What the supplier of the model does not say:");
    for line in REPORT.lines().filter(|line| line.contains("\"Unknown: ")) {
        println!("{}", line.trim());
    }
    println!("The security model card: {}", env!("SMCARD_REPORT"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_states_the_limit_that_the_service_applies() {
        assert!(REPORT.contains(&format!("\"longest_recording_minutes\": \"{LONGEST}\"")), "{REPORT}");
        assert!(takes(Duration::from_secs(120 * 60)));
        assert!(!takes(Duration::from_secs(120 * 60 + 1)));
    }

    #[test]
    fn the_report_says_what_the_supplier_does_not_tell() {
        let unknown = REPORT.lines().filter(|line| line.contains("\"Unknown: ")).count();
        assert!(unknown >= 5, "{REPORT}");
        assert!(REPORT.contains("\"training_data\": \"Unknown: "), "{REPORT}");
    }
}
