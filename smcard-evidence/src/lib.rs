//! What model files are and what they would run, measured without running anything.
//!
//! [`measure`] reads a file once, from its beginning to its end, and says what it is by its content, never by its name:
//! its SHA-256, its format, what the format says of the model, and what speaks against loading it. Nothing is unpacked
//! to disk, nothing is run, nothing is fetched, and every size, depth and count has a bound (`limits.rs`). What could not
//! be looked into is a [`Finding`] of its own, never a pass. [`look`](fn@look) says the same without the digest, and reads
//! no more than that takes.
//!
//! Reports of tests and scanners are measured as well: a [`Report`] has all its numbers, or none and a finding.
//!
//! [`measure_cards`] measures the files and reports that cards name, and says where they contradict the cards or the
//! policy; the build hook does so through [`Files`].
//!
//! A file without findings is no proof of good intent: weights can be poisoned, and a library that loads them can have
//! bugs of its own.

#![forbid(unsafe_code)]

mod archive;
mod body;
mod broken;
mod card;
mod compressed;
mod facts;
mod finding;
mod gguf;
mod hdf5;
mod input;
mod keras;
mod limits;
mod look;
mod measure;
mod member;
mod numpy;
mod onnx;
mod pickle;
mod protobuf;
mod report;
mod safetensors;
mod scan;
mod seek_read;
mod sniff;
mod tar;
mod template;
mod zip;

pub use archive::{Archive, Inside};
pub use card::{Files, measure_cards};
pub use compressed::Compressed;
pub use facts::{Facts, Format, Looked, Measured};
pub use finding::{Code, Finding, Omitted, Place, Severity};
pub use gguf::Gguf;
pub use hdf5::Hdf5;
pub use keras::Keras;
pub use measure::{look, look_in, measure, measure_in};
pub use numpy::NumPy;
pub use onnx::Onnx;
pub use pickle::{Global, Pickle, Risk};
pub use report::{Counts, Refs, Report, ReportKind, Tool};
pub use safetensors::Safetensors;
