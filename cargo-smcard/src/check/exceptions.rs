//! Exceptions that nothing needs: a policy is for many cards, so only all of them together can tell.

use std::collections::BTreeMap;

use super::policies::InForce;
use crate::told::{Checked, Told};

/// How many cards an exception is for, and how many of them do not need it.
#[derive(Default)]
struct Count {
    cards: usize,
    unused: usize,
    told: Option<Told>,
}

/// The exceptions of all policies in force, by file and line.
#[derive(Default)]
pub(crate) struct Exceptions(BTreeMap<(String, usize), Count>);

impl Exceptions {
    /// Takes what a card says of exceptions out of what is told of it.
    pub(crate) fn take(&mut self, checked: &mut Checked, in_force: &InForce) {
        if in_force.policy.exceptions().is_empty() {
            return;
        }
        for exception in in_force.policy.exceptions() {
            self.0.entry((in_force.name_of(&exception.file), exception.line)).or_default().cards += 1;
        }
        for told in std::mem::take(&mut checked.told) {
            let about = matches!(told.rule.code, "unused-exception" | "exception-expired");
            let line = told.position.map(|position| position.line).filter(|_| about);
            match line.and_then(|line| self.0.get_mut(&(told.file.clone(), line))) {
                Some(count) => {
                    let level = if told.level == smcard_core::Level::Error {
                        &mut checked.errors
                    } else {
                        &mut checked.warnings
                    };
                    *level = level.saturating_sub(1);
                    count.unused += 1;
                    count.told.get_or_insert(told);
                }
                None => checked.told.push(told),
            }
        }
    }

    /// Those that no card needs.
    pub(crate) fn unused(self) -> Vec<Checked> {
        let mut all = Vec::new();
        for ((file, _), count) in self.0 {
            let Some(told) = count.told.filter(|_| count.unused == count.cards) else { continue };
            let is_error = told.level == smcard_core::Level::Error;
            let (errors, warnings) = (usize::from(is_error), usize::from(!is_error));
            all.push(Checked { file, told: vec![told], errors, warnings, ..Checked::default() });
        }
        all
    }
}
