//! Security model cards as Rust source: checked while compiling, emitted by `cargo build`.

#![forbid(unsafe_code)]

pub use smcard_core::{
    EvaluationData, Extension, ExtensionValue, Extensions, Factors, Finding, Findings, IntendedUse, Level, List,
    LoadedPolicy, MAX_BYTES, MAX_DEPTH, Metrics, ModelDetails, Policy, Position, Problem, QuantitativeAnalyses,
    SecurityCard, SecurityConsiderations, Stage, Text, rules, schema,
};
pub use smcard_macros::security_card;

/// The build script's half: [`emit`](build::emit) and what it is made of.
pub mod build {
    pub use smcard_core::hook::*;
}

/// What `security_card!` expands to; no part of the interface.
#[doc(hidden)]
pub mod __private {
    pub use smcard_core::Part;
}
