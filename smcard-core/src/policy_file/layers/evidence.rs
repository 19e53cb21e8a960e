//! `[files]` and `[evidence]` of a nearer file.

use crate::policy::Policy;
use crate::policy_evidence::{Files, Rate, Switch, Tests};
use crate::policy_file::layers::Layer;
use crate::words::figure;

impl Layer<'_> {
    pub(super) fn files(&self, policy: &mut Policy, nearer: Files) {
        for forbidden in nearer.forbid {
            if !policy.files_asked.forbid.iter().any(|known| known.format == forbidden.format) {
                policy.files_asked.forbid.push(forbidden);
            }
        }
        self.switch(&mut policy.files_asked.digest, nearer.digest, "files", "files.digest", |outer| {
            outer.files_asked.digest.as_ref()
        });
    }

    pub(super) fn tests(&self, policy: &mut Policy, nearer: Tests) {
        let own = &mut policy.tests_asked;
        self.rate(&mut own.attack_success, nearer.attack_success, "max_attack_success_rate", |outer| {
            outer.tests_asked.attack_success.as_ref()
        });
        self.rate(&mut own.unjudged, nearer.unjudged, "max_unjudged_rate", |outer| outer.tests_asked.unjudged.as_ref());
        self.switch(&mut own.report, nearer.report, "evidence", "evidence.report", |outer| {
            outer.tests_asked.report.as_ref()
        });
        self.switch(&mut own.digest, nearer.digest, "evidence", "evidence.digest", |outer| {
            outer.tests_asked.digest.as_ref()
        });
    }

    fn rate(&self, own: &mut Option<Rate>, nearer: Option<Rate>, name: &str, of: fn(&Policy) -> Option<&Rate>) {
        let Some(nearer) = nearer else { return };
        let may = self.beneath.iter().all(|outer| {
            let Some(outer) = of(outer).filter(|outer| outer.value < nearer.value) else { return true };
            let what = || format!("`{name}` is raised to {}", figure(nearer.value));
            let but = format!("allows {} at most", figure(outer.value));
            self.may("evidence", &nearer.place, Some(&outer.place), &what, &but)
        });
        if may {
            *own = Some(nearer);
        }
    }

    fn switch(
        &self,
        own: &mut Option<Switch>,
        nearer: Option<Switch>,
        word: &str,
        name: &str,
        of: fn(&Policy) -> Option<&Switch>,
    ) {
        let Some(nearer) = nearer else { return };
        let may = self.beneath.iter().all(|outer| {
            let Some(outer) = of(outer).filter(|outer| outer.on && !nearer.on) else { return true };
            let what = || format!("`{name}` is switched off");
            self.may(word, &nearer.place, Some(&outer.place), &what, "asks for it")
        });
        if may {
            *own = Some(nearer);
        }
    }
}
