//! What is told of the files that a card names.

use smcard_core::{Finding, Problem, Rule};

/// What speaks against a file, or against what a card says of it.
#[derive(Debug, Default)]
pub(super) struct Told {
    findings: Vec<Finding>,
}

impl Told {
    pub(super) fn add(&mut self, rule: &'static Rule, at: &str, problem: Problem) {
        self.findings.push(Finding::new(rule, at, 0, problem));
    }

    pub(super) fn findings(self) -> Vec<Finding> {
        self.findings
    }
}
