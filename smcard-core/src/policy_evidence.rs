//! What a policy asks of model files and of test reports: `[files]` and `[evidence]`.

use crate::policy_place::Place;

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
