//! What [smcard](https://docs.rs/smcard) is made of.
//!
//! Users name the crate `smcard`, which re-exports what they need from here. The modules follow
//! the way of a card: [`schema`] and the card types are declared in one place, a source becomes a
//! [tree](tree::Node), the [`rules`] check it against the [`Policy`], and a card becomes a report.

#![forbid(unsafe_code)]

#[cfg(feature = "build")]
pub mod build;
mod card;
mod characters;
mod date;
mod evidence;
mod exception;
mod excerpt;
mod extensions;
mod finding;
#[cfg(feature = "command")]
mod fitting;
mod json;
mod license;
mod limits;
mod list;
mod names;
mod order;
mod package_path;
mod part;
mod path;
mod placeholder;
mod places;
mod policy;
#[cfg(feature = "command")]
mod policy_asks;
mod policy_evidence;
mod policy_file;
#[cfg(feature = "command")]
mod policy_lines;
mod policy_measured;
mod policy_place;
mod posture;
mod prefixes;
mod rule;
pub mod rules;
pub mod schema;
mod secret;
#[cfg(feature = "command")]
pub mod source;
mod suggest;
mod system_report;
pub mod taxonomy;
mod template;
mod text;
pub mod tree;
mod words;

pub use card::*;
pub use date::Day;
pub use evidence::{Evidence, Named, NamedFile, NamedReport, fact};
pub use exception::Exception;
pub use extensions::{Extension, ExtensionValue, Extensions};
#[cfg(feature = "command")]
pub use finding::Start;
pub use finding::{Excepted, Finding, Findings, Position, Problem};
pub use json::REPORT_FILE_NAME;
#[cfg(feature = "command")]
pub use license::{is_among_licenses, license_of_name};
pub use limits::{MAX_BYTES, MAX_DEPTH, MAX_VALUES};
pub use list::List;
#[doc(hidden)]
pub use names::Names;
#[doc(hidden)]
pub use places::Places;
pub use policy::Policy;
#[cfg(feature = "command")]
pub use policy_asks::AskedExtension;
pub use policy_evidence::FORMATS;
pub use policy_file::{FILE_NAME as POLICY_FILE_NAME, LoadedPolicy};
#[cfg(feature = "command")]
pub use policy_lines::PolicyLine;
pub use posture::{Answer, ObjectiveReport};
pub use rule::{Level, Rule};
pub use system_report::{ComponentReport, Fact, FlowReport, SystemReport};
pub use text::{Reason, Text};
