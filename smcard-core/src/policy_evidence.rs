//! What a policy asks of model files and of test reports: `[files]` and `[evidence]`.

use crate::policy::{Place, Policy};

/// What a policy asks of the files of components.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files {
    /// The formats that no file may have, each once.
    pub(crate) forbid: Vec<Forbidden>,
    /// Whether each file is pinned by its digest.
    pub(crate) digest: Option<Switch>,
}

/// A format that no file may have.
#[derive(Debug, Clone)]
pub(crate) struct Forbidden {
    pub(crate) format: &'static str,
    pub(crate) place: Place,
}

/// What a policy asks of tests and of their reports.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tests {
    /// The largest share of the attempts that were judged which may have succeeded.
    pub(crate) attack_success: Option<Rate>,
    /// The largest share of all that was tried which may have no verdict.
    pub(crate) unjudged: Option<Rate>,
    /// Whether each test has a report that can be measured.
    pub(crate) report: Option<Switch>,
    /// Whether each report is pinned by its digest.
    pub(crate) digest: Option<Switch>,
}

/// The highest share that a line of the policy allows.
#[derive(Debug, Clone)]
pub(crate) struct Rate {
    pub(crate) value: f64,
    pub(crate) place: Place,
}

/// What a line of the policy switches on or off.
#[derive(Debug, Clone)]
pub(crate) struct Switch {
    pub(crate) on: bool,
    pub(crate) place: Place,
}

/// The line that switches something on.
pub(crate) fn on(switch: Option<&Switch>) -> Option<&Place> {
    switch.filter(|switch| switch.on).map(|switch| &switch.place)
}

/// The formats of files that a policy can forbid, as `smcard-evidence` names them.
pub const FORMATS: &[&str] = &[
    "safetensors",
    "gguf",
    "onnx",
    "pickle",
    "joblib",
    "pytorch-legacy",
    "pytorch",
    "torchscript",
    "npy",
    "npz",
    "keras",
    "hdf5",
    "zip",
    "tar",
    "report",
    "gzip",
    "zlib",
    "bzip2",
    "xz",
    "lzma",
    "lz4",
    "packed",
    "unknown",
];

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
