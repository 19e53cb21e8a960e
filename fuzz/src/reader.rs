//! Reading a report.

use std::sync::LazyLock;

use smcard_core::{Policy, SecurityCard};

use crate::bounds::{Within, measured};
use crate::said;

/// A policy that asks for everything that one can.
static STRICT: LazyLock<Policy> = LazyLock::new(|| {
    let text = include_str!("../seeds/policy/everything.toml");
    Policy::from_toml(text, "smcard.toml").expect("the seed is a policy")
});

/// Any bytes: a report that is read, or findings.
///
/// # Panics
/// Where a card that was read is not the one that is written, breaks a rule, or where the findings
/// say what they must not.
pub fn reader(data: &[u8], within: Within) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    LazyLock::force(&STRICT);
    match measured(data.len(), within, || SecurityCard::from_json(text)) {
        Ok(card) => {
            let found = card.check(&Policy::default());
            assert!(!found.has_errors(), "a card was read that breaks rules: {found}");
            said::check(&found, text);
            let written = card.to_json();
            match SecurityCard::from_json(&written) {
                Ok(again) => assert_eq!(again, card, "what was written is another card"),
                Err(findings) => panic!("what was written is refused: {findings}\n{written}"),
            }
        }
        Err(findings) => {
            assert!(findings.has_errors(), "refused without an error: {findings}");
            said::check(&findings, text);
        }
    }
    match measured(data.len(), within, || SecurityCard::from_json_with(text, &STRICT)) {
        Ok(card) => assert!(!card.check(&STRICT).has_errors(), "a card was read that breaks the policy"),
        Err(findings) => said::check(&findings, text),
    }
}
