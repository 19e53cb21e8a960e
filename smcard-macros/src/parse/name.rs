//! [`Name`]: what a message calls a key.

use std::fmt;

use proc_macro2::Ident;
use smcard_core::schema::Kind;

use super::expected::Expected;

/// Shorter than any key or token of a service.
const LONGEST: usize = 15;

/// A word as a message names it: one that is long is not repeated, since it may be a secret.
pub(super) fn brief(word: &Ident) -> String {
    let word = word.to_string();
    if word.chars().count() <= LONGEST { format!("`{word}`") } else { "another name".to_owned() }
}

/// A key as a message names it. What may be anything is not repeated, since it may be a secret.
pub(super) struct Name<'k>(Option<&'k str>);

impl<'k> Name<'k> {
    /// The key of a block that takes this.
    pub(super) fn of(key: &'k str, within: Expected) -> Self {
        let known = matches!(within, Expected::Field(Kind::Block(block)) if block.field(key).is_some());
        let is_name = key.chars().all(|char| char.is_alphanumeric() || char == '_');
        Name((known || (is_name && key.chars().count() <= LONGEST)).then_some(key))
    }

    /// What to write instead.
    pub(super) fn entry(&self) -> String {
        format!("write `{}: …,`", self.0.unwrap_or("key"))
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(key) => write!(f, "`{key}`"),
            None => f.write_str("this key"),
        }
    }
}
