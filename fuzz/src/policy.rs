//! Reading a policy, and applying it.

use std::sync::LazyLock;

use smcard_core::{Policy, SecurityCard};

use crate::bounds::{Within, measured};
use crate::said;

const REPORT: &str = include_str!("../seeds/reader/predictive.json");

static CARD: LazyLock<SecurityCard<'static>> =
    LazyLock::new(|| SecurityCard::from_json(REPORT).expect("the seed is a good report"));

/// Any text: a policy, or findings; and what the policy says of a good card.
///
/// # Panics
/// Where the findings say what they must not, or reading and checking do not agree.
pub fn policy(data: &[u8], within: Within) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    LazyLock::force(&CARD);
    match measured(data.len(), within, || Policy::from_toml(text, "smcard.toml")) {
        Ok(policy) => {
            let found = measured(data.len() + REPORT.len(), within, || CARD.check(&policy));
            said::check(&found, text);
            let read = SecurityCard::from_json_with(REPORT, &policy);
            assert_eq!(read.is_err(), found.has_errors(), "reading and checking say different things: {found}");
        }
        Err(findings) => {
            assert!(findings.has_errors(), "refused without an error: {findings}");
            said::check(&findings, text);
        }
    }
}
