//! Words that are better and worse ones.

use std::cmp::Ordering;

use smcard_core::schema::{Choice, Kind};
use smcard_core::{Decision, Exposure, Permission, Risk, TestResult, ThreatStatus, VulnerabilityStatus};

use super::matter::{self, Matter, Turn};

/// The words of a choice in their order.
struct Order {
    choice: &'static Choice,
    matter: &'static Matter,
    /// How the second word compares with the first: `Greater` is better.
    compare: fn(&str, &str) -> Option<Ordering>,
}

static ORDERS: [Order; 6] = [
    Order {
        choice: Risk::SCHEMA,
        matter: &matter::RISK,
        compare: |old, new| Some(Risk::from_name(old)?.cmp(&Risk::from_name(new)?)),
    },
    Order {
        choice: ThreatStatus::SCHEMA,
        matter: &matter::THREAT_STATUS,
        compare: |old, new| {
            let settled = |word| {
                let status = ThreatStatus::from_name(word)?;
                Some(matches!(status, ThreatStatus::Mitigated | ThreatStatus::NotApplicable))
            };
            Some(settled(new)?.cmp(&settled(old)?))
        },
    },
    Order {
        choice: VulnerabilityStatus::SCHEMA,
        matter: &matter::VULNERABILITY_STATUS,
        compare: |old, new| {
            let settled = |word| {
                let status = VulnerabilityStatus::from_name(word)?;
                Some(matches!(status, VulnerabilityStatus::Fixed | VulnerabilityStatus::NotAffected))
            };
            Some(settled(new)?.cmp(&settled(old)?))
        },
    },
    Order {
        choice: TestResult::SCHEMA,
        matter: &matter::TEST_RESULT,
        compare: |old, new| {
            let good = |word| {
                Some(match TestResult::from_name(word)? {
                    TestResult::Passed => 2,
                    TestResult::Inconclusive => 1,
                    TestResult::Failed => 0,
                    _ => return None,
                })
            };
            Some(i32::cmp(&good(new)?, &good(old)?))
        },
    },
    Order {
        choice: Exposure::SCHEMA,
        matter: &matter::EXPOSURE,
        compare: |old, new| Some(Exposure::from_name(old)?.cmp(&Exposure::from_name(new)?)),
    },
    Order {
        choice: Permission::SCHEMA,
        matter: &matter::PERMISSION,
        // They are declared from the most that the model may do to the least.
        compare: |old, new| Some(Permission::from_name(new)?.cmp(&Permission::from_name(old)?)),
    },
];

/// What a change from one word to another is about, and which way it went.
pub(super) fn of_words(kind: Kind, old: &str, new: &str) -> Option<(&'static Matter, Turn)> {
    let Kind::Choice(choice) = kind else { return None };
    let order = ORDERS.iter().find(|order| order.choice.name == choice.name)?;
    Some((order.matter, turn((order.compare)(old, new)?)))
}

/// Which way a review went from another one.
pub(super) fn of_decisions(old: Decision, new: Decision) -> Turn {
    // They are declared from the mildest to the strictest.
    turn(old.cmp(&new))
}

/// The turn to what compares so: `Greater` is better.
pub(super) fn turn(ordering: Ordering) -> Turn {
    match ordering {
        Ordering::Greater => Turn::Better,
        Ordering::Less => Turn::Worse,
        Ordering::Equal => Turn::Neither,
    }
}
