//! What a policy asks of whoever measures files: `[files]` and `[evidence]`, each with the line that asks.

use crate::policy::Policy;
use crate::policy_evidence::on;
use crate::policy_place::Place;

impl Policy {
    /// Where the policy forbids files of a format, if it does.
    pub fn forbids(&self, format: &str) -> Option<String> {
        let forbidden = self.files_asked.forbid.iter().find(|forbidden| forbidden.format == format);
        forbidden.map(|forbidden| forbidden.place.to_string())
    }

    /// Where the policy forbids any format, if it does.
    pub fn forbids_any(&self) -> Option<String> {
        self.files_asked.forbid.first().map(|forbidden| forbidden.place.to_string())
    }

    /// The largest share of what a report tried that may be without a verdict, and where the policy says so.
    pub fn max_unjudged_rate(&self) -> Option<(f64, String)> {
        self.tests_asked.unjudged.as_ref().map(|rate| (rate.value, rate.place.to_string()))
    }

    /// The largest share of judged attempts that may have succeeded against the model, and where the policy says so.
    pub fn max_attack_success_rate(&self) -> Option<(f64, String)> {
        self.tests_asked.attack_success.as_ref().map(|rate| (rate.value, rate.place.to_string()))
    }

    /// Where the policy asks for a report of each test, if it does.
    pub fn asks_for_reports(&self) -> Option<String> {
        on(self.tests_asked.report.as_ref()).map(Place::to_string)
    }

    /// The first line that only a measured file can satisfy, if there is one.
    pub fn asks_to_measure(&self) -> Option<String> {
        let files = self.files_asked.forbid.first().map(|forbidden| &forbidden.place);
        let tests = &self.tests_asked;
        files
            .or(tests.attack_success.as_ref().map(|rate| &rate.place))
            .or(tests.unjudged.as_ref().map(|rate| &rate.place))
            .or(on(tests.report.as_ref()))
            .map(Place::to_string)
    }
}
