//! One mistake in a good report is one error, whatever the mistake and wherever it is made.

#[path = "common/random/mod.rs"]
mod random;

use proptest::prelude::*;
use random::mistake::{KINDS, tempting};
use random::notation::json;
use random::{Dice, Fields, card};
use smcard::{Findings, SecurityCard};

/// The errors of a report that is wrong.
fn errors(report: &str) -> Findings {
    SecurityCard::from_json(report).err().unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mistake_made_at_random_is_one_error(seed in any::<u64>(), (name, slip) in prop::sample::select(KINDS)) {
        let mut dice = Dice::new(seed);
        let mut card = card(&mut dice, Fields::All);
        let Some(done) = slip(&mut card, &mut dice) else { return Ok(()) };
        let report = json(&card);
        let findings = errors(&report);

        prop_assert_eq!(findings.errors(), 1, "{}: {}\n{}\n\n{}", name, done, findings, report);
    }
}

#[test]
fn each_kind_of_mistake_is_made() {
    for (name, slip) in KINDS {
        let made = (0..20).filter(|seed| {
            let mut dice = Dice::new(*seed);
            slip(&mut card(&mut dice, Fields::All), &mut dice).is_some()
        });
        assert!(made.count() > 5, "{name}");
    }
}

#[test]
fn a_mistake_where_other_rules_read_is_one_error() {
    for seed in 0..6 {
        for (path, edit, what) in tempting() {
            let mut card = card(&mut Dice::new(seed), Fields::All);
            edit.make(&mut card, path);
            let findings = errors(&json(&card));

            assert_eq!(findings.errors(), 1, "{what}, in card {seed}:\n{findings}");
        }
    }
}
