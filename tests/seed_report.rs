//! The report that the scripts before smcard wrote, read and written to the same bytes.

use smcard::SecurityCard;

/// The report lies beside the repository, and only where the project is developed.
const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seed/sample-report.json");

#[test]
fn the_seed_report_is_read_and_written_to_the_same_bytes() {
    let Ok(report) = std::fs::read_to_string(SEED) else {
        eprintln!("SKIPPED: there is no {SEED}, so nothing was compared with it");
        return;
    };
    let card = SecurityCard::from_json(&report).unwrap();

    assert_eq!(card.to_json(), format!("{}\n", report.trim_end_matches('\n')));
}
