//! JSON: writing a report, and reading one back.

mod read;
mod tree;

use serde_json::ser::{PrettyFormatter, Serializer};

use crate::card::SecurityCard;
use crate::finding::{Finding, Findings, Position};
use crate::node::Node;
use crate::part::Part;
use crate::policy::Policy;
use crate::rules;

pub use read::{MAX_BYTES, MAX_DEPTH};

impl SecurityCard<'_> {
    /// The report: JSON with four spaces, in the order of the schema, holding only what the card
    /// gives, with a final newline.
    ///
    /// The same card gives the same bytes everywhere. Numbers that are not finite, which
    /// [`SecurityCard::check`] refuses, become `null`.
    pub fn to_json(&self) -> String {
        let mut bytes = Vec::new();
        let mut serializer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"    "));
        // Writing a tree of texts and numbers into memory cannot fail, and serde_json writes UTF-8.
        let written = serde_core::Serialize::serialize(&self.tree(), &mut serializer);
        debug_assert!(written.is_ok());
        bytes.push(b'\n');
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Applies every rule to the card: everything that is wrong with it.
    pub fn check(&self, policy: &Policy) -> Findings {
        rules::check(&self.tree(), policy)
    }

    /// The card as the tree that rules and programs walk.
    pub fn tree(&self) -> Node<'_> {
        self.node().unwrap_or_else(|| Node::new(crate::node::Value::Block(Vec::new())))
    }
}

impl<'a> SecurityCard<'a> {
    /// Reads a report, and applies to it the rules that a compiled card must satisfy.
    ///
    /// Texts without escapes are borrowed from `text`. Warnings do not stop reading;
    /// [`SecurityCard::check`] gives them.
    ///
    /// # Errors
    /// Everything that is wrong with the report, each with its path, line and column: JSON that
    /// cannot be parsed, more than [`MAX_BYTES`] or [`MAX_DEPTH`], unknown, repeated and missing
    /// keys, values of the wrong kind, and what the other rules refuse.
    pub fn from_json(text: &'a str) -> Result<Self, Findings> {
        Self::from_json_with(text, &Policy::default())
    }

    /// As [`SecurityCard::from_json`], against the policy of an organization.
    ///
    /// # Errors
    /// As [`SecurityCard::from_json`].
    pub fn from_json_with(text: &'a str, policy: &Policy) -> Result<Self, Findings> {
        let tree = read::tree(text).map_err(|finding| Findings(vec![*finding]))?;
        let mut findings = rules::check(&tree, policy).0;
        locate(&mut findings, text);
        if findings.iter().any(Finding::is_error) {
            return Err(Findings(findings));
        }
        Self::read(tree).ok_or(Findings(findings))
    }
}

/// Gives each finding its position, in one walk over the text however many there are.
fn locate(findings: &mut [Finding], text: &str) {
    let mut in_order: Vec<&mut Finding> = findings.iter_mut().collect();
    in_order.sort_by_key(|finding| finding.at);
    let (mut position, mut reached) = (Position { line: 1, column: 1 }, 0);
    for finding in in_order {
        position = position.after(text.get(reached..finding.at).unwrap_or_default());
        reached = finding.at;
        finding.position = Some(position);
    }
}
