//! Security model cards as Rust source: checked while compiling, emitted by `cargo build`.
//!
//! A card is a [`SecurityCard`], written with [`security_card!`] as a `static`. The macro checks
//! its literals and reports every mistake at its place; [`build::emit`] checks the final values in
//! the build script and writes the report.
//!
//! **Without a `build.rs`, no final value is checked and no report is written.** The macro cannot
//! see whether there is one, so nothing tells you. With smcard under `[build-dependencies]`, this
//! is all it takes:
//!
//! ```ignore
//! // build.rs
//! #[path = "src/card.rs"]
//! mod card;
//!
//! fn main() {
//!     smcard::build::emit(&card::CARD);
//! }
//! ```
//!
//! If you already have a build script, add the `mod` and the call. The call prints
//! `rerun-if-changed`, so the script must then name the files that it reads itself. If your code
//! uses the card, or constants next to it, it needs `mod card;` in the crate as well and smcard
//! under `[dependencies]` too, and the `mod` in the build script needs `#[allow(dead_code)]`.
//!
//! A complete card, in `src/card.rs`:
//!
//! ```
//! use smcard::{SecurityCard, security_card};
//!
//! pub static CARD: SecurityCard = security_card! {
//!     model_details: {
//!         developer: "Northwind Robotics, vision team",
//!         date: "2026-09-14",
//!         version: env!("CARGO_PKG_VERSION"),
//!         type: "Image classification",
//!         information: "Trained for 40 epochs with focal loss on grey-scale images.",
//!         resource: "https://vision.northwind.example/models/weld-defect-detector",
//!         citation: not_applicable("Not published."),
//!         license: "LicenseRef-northwind-internal",
//!         contact: "vision-security@northwind.example",
//!     },
//!     intended_use: {
//!         primary_uses: "Sorting out welded seats with visible defects.",
//!         primary_users: "Operators of inspection cells.",
//!         out_of_scope_uses: "Releasing parts without inspection by a person.",
//!     },
//!     factors: {
//!         relevant_factors: "Camera model and lighting.",
//!         evaluation_factors: "Both: they differ between the lines.",
//!     },
//!     metrics: {
//!         performance_measures: "Recall on defects.",
//!         decision_thresholds: "A weld is rejected from a score of 0.82 on.",
//!         variation_approaches: "Five trainings with different seeds.",
//!     },
//!     evaluation_data: {
//!         datasets: "6,200 images of line 4.",
//!         motivation: "Line 4 was not in the training data.",
//!         preprocessing: "Cropped to the weld.",
//!     },
//!     training_data: withheld("Customer images; see the data register."),
//!     quantitative_analyses: {
//!         unitary_results: "Recall 0.96 with camera A, 0.94 with camera B.",
//!         intersectional_results: "Recall 0.90 with camera B at night.",
//!     },
//!     ethical_considerations: not_applicable("The images show parts, never people."),
//!     caveats_and_recommendations: "Measure recall anew after any change of camera.",
//!     security_considerations: {
//!         threat_modeling: "Stickers over defects; mislabelled images in the next training.",
//!         security_testing: "Printed patches on 200 welds: none was accepted.",
//!     },
//! };
//!
//! assert_eq!(SecurityCard::from_json(&CARD.to_json()).as_ref().ok(), Some(&CARD));
//! ```
//!
//! Two views of a card are what a security reviewer reads: [`SecurityCard::objective_reports`] has
//! for each objective of an adversary (NIST AI 100-2) the threats, the tests and how the card
//! answers; [`SecurityCard::system_report`] has the components and flows around the model, the trust
//! boundaries that they cross, and what no threat affects.
//!
//! With the feature `evidence`, the build hook measures the model files and the test reports that a card names, writes
//! what it found to [`SecurityCard::measured`], and refuses a card that they contradict. With the feature `export`, it
//! writes the card in other formats beside the report.
//!
//! [`embed!`] puts the checked report into a program, for whoever has the program and wants its card.
//!
//! The README describes what a card can contain, how to set up a project, and what a policy file
//! can ask for. [`rules`] lists every rule; [`schema`] is the card as a table for programs.

#![forbid(unsafe_code)]

#[doc(hidden)]
pub mod embedded;
#[doc(hidden)]
pub mod same_card;

// Every type of the declaration, and what works on cards; a new one needs no line here.
pub use smcard_core::*;
pub use smcard_macros::security_card;

/// The build hook: what a build script calls to check cards and write their reports, in every format that is asked for
/// and with all that the files of the cards show, as far as the features `export` and `evidence` are on.
#[cfg(any(feature = "export", feature = "evidence"))]
pub mod build {
    #[doc(inline)]
    pub use smcard_core::build::{
        BuildWith, Checked, Exporter, JsonAlone, Measurer, NothingMeasured, REPORT_FILE_NAME,
    };

    use crate::SecurityCard;

    #[cfg(feature = "evidence")]
    type Files = smcard_evidence::Files;
    #[cfg(not(feature = "evidence"))]
    type Files = NothingMeasured;
    #[cfg(feature = "export")]
    type Formats = smcard_export::Formats;
    #[cfg(not(feature = "export"))]
    type Formats = JsonAlone;

    /// Checks and writes one or several cards, as [`BuildWith`] the formats of `smcard-export` and the measuring of
    /// `smcard-evidence`.
    pub type Build<'c> = BuildWith<'c, Formats, Files>;

    /// Checks a card and writes its report, as [`smcard_core::build::emit`] does; beside it the formats that the policy
    /// asks for with `[emit] formats`, and in it what was measured of the files that the card names.
    pub fn emit(card: &SecurityCard<'_>) {
        Build::new().card(card).emit();
    }
}

/// The `rust` blocks of the README compile; `tests/end_to_end/readme.rs` uses the others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
