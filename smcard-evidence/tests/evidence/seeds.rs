//! The files that `scripts/model-corpus` makes, and what it expects of each.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use serde_json::Value;
use smcard_evidence::{Measured, Severity, measure_in};

pub(crate) struct Seed {
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
    pub(crate) format: String,
    pub(crate) verdict: String,
    pub(crate) codes: Vec<String>,
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evidence/seeds")
}

pub(crate) fn seeds() -> Vec<Seed> {
    let expected = fs::read_to_string(folder().join("expected.json")).unwrap();
    let expected: Vec<Value> = serde_json::from_str(&expected).unwrap();
    assert!(expected.len() > 100, "the seeds are there");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let seed = |expected: &Value| Seed {
        name: text(&expected["file"]),
        content: fs::read(folder().join(text(&expected["file"]))).unwrap(),
        format: text(&expected["format"]),
        verdict: text(&expected["verdict"]),
        codes: expected["codes"].as_array().unwrap().iter().map(text).collect(),
    };
    expected.iter().map(seed).collect()
}

pub(crate) fn seed(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

pub(crate) fn of(content: &[u8]) -> Measured {
    measure_in(Cursor::new(content)).unwrap()
}

/// The most serious of what was found.
pub(crate) fn verdict(measured: &Measured) -> &'static str {
    match measured.findings.first().map(|finding| finding.severity) {
        None => "clean",
        Some(Severity::Suspicious) => "suspicious",
        Some(Severity::Unsound) => "unsound",
        Some(Severity::Dangerous) => "dangerous",
    }
}

/// The codes of what was found, each once.
pub(crate) fn codes(measured: &Measured) -> Vec<&'static str> {
    let mut codes: Vec<_> = measured.findings.iter().map(|finding| finding.code.name()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
