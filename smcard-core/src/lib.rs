//! What [smcard](https://docs.rs/smcard) is made of.
//!
//! Users name the crate `smcard`, which re-exports what they need from here. The modules follow
//! the way of a card: [`schema`] and the card types are declared in one place, a source becomes a
//! [`Node`], the [`rules`] check it against the [`Policy`], and a card becomes a report.

#![forbid(unsafe_code)]

#[cfg(feature = "build")]
pub mod build;
mod card;
mod characters;
mod excerpt;
mod extensions;
mod finding;
mod json;
mod license;
mod list;
mod node;
mod part;
mod policy;
mod posture;
mod prefixes;
pub mod rules;
pub mod schema;
mod suggest;
pub mod taxonomy;
mod text;

pub use card::*;
pub use extensions::{Extension, ExtensionValue, Extensions};
pub use finding::{Finding, Findings, Level, Position, Problem};
pub use json::{MAX_BYTES, MAX_DEPTH};
pub use list::List;
pub use node::{Entry, Node, Value};
pub use policy::{FILE_NAME as POLICY_FILE_NAME, LoadedPolicy, Policy};
pub use posture::ObjectiveReport;
pub use text::Text;
