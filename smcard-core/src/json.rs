//! JSON: writing a report, and reading one back.
//!
//! The macro and the build hook only write. So all that reads is `#[inline]`: it is compiled where somebody reads, and
//! not at every clean build of somebody who does not.

mod read;
mod tree;

use serde_json::ser::{PrettyFormatter, Serializer};

use crate::card::SecurityCard;
use crate::date::Day;
use crate::evidence::Evidence;
#[cfg(feature = "build")]
use crate::extensions::Extensions;
use crate::finding::{Finding, Findings};
use crate::limits::MAX_BYTES;
use crate::part::Part;
#[cfg(feature = "build")]
use crate::part::put;
use crate::policy::Policy;
use crate::rules::{self, CARD_TOO_LARGE};
use crate::tree::{Node, Value};

/// The name of a report's file, as the build hook writes it.
pub const REPORT_FILE_NAME: &str = "security_model_card_report.json";

impl SecurityCard<'_> {
    /// The report: JSON indented by four spaces, in the order of the schema, with only the fields
    /// that the card has, and a final newline.
    ///
    /// The same card gives the same bytes everywhere. Numbers that are not finite, which
    /// [`SecurityCard::check`] refuses, become `null`.
    pub fn to_json(&self) -> String {
        report(&self.tree())
    }

    /// Applies every rule to the card: everything that is wrong with it.
    pub fn check(&self, policy: &Policy) -> Findings {
        check(&self.tree(), policy)
    }

    /// As [`SecurityCard::check`], together with the rules on the files that were measured.
    #[inline]
    pub fn check_measured(&self, policy: &Policy, evidence: Option<&Evidence>) -> Findings {
        check_by(&self.tree(), policy, None, evidence)
    }

    /// As [`SecurityCard::check`], together with the rules that compare with today.
    #[inline]
    pub fn check_on(&self, policy: &Policy, today: Day) -> Findings {
        check_by(&self.tree(), policy, Some(today), None)
    }

    /// Applies every rule to a card of any notation, whose reader has made a tree of it.
    ///
    /// The rules that compare with today are applied only if a day is given.
    #[inline]
    pub fn check_tree(card: &Node<'_>, policy: &Policy, today: Option<Day>) -> Findings {
        check_by(card, policy, today, None)
    }

    /// As [`SecurityCard::check_tree`], together with the rules on the files that were measured.
    #[inline]
    pub fn check_tree_measured(
        card: &Node<'_>,
        policy: &Policy,
        today: Option<Day>,
        evidence: Option<&Evidence>,
    ) -> Findings {
        check_by(card, policy, today, evidence)
    }

    /// Reads a report and applies every rule: all that is wrong with it, warnings included, each with its path, line
    /// and column, and with its byte offset in [`Finding::at`].
    ///
    /// The rules that compare with today are applied only if a day is given.
    #[inline]
    pub fn check_json(text: &str, policy: &Policy, today: Option<Day>) -> Findings {
        Self::check_json_measured(text, policy, today, &|_| None)
    }

    /// As [`SecurityCard::check_json`], together with the rules on the files that `measure` measures of the card.
    #[inline]
    pub fn check_json_measured(
        text: &str,
        policy: &Policy,
        today: Option<Day>,
        measure: &dyn Fn(&Node<'_>) -> Option<Evidence>,
    ) -> Findings {
        match read::tree(text) {
            Ok(tree) => {
                let check = if may_grow_too_long(text) { check_by } else { rules::check_measured };
                let mut findings = check(&tree, policy, today, measure(&tree).as_ref());
                if findings.iter().next().is_some() {
                    read::locate(&mut findings, text);
                }
                findings
            }
            Err(finding) => Findings::from_iter([*finding]),
        }
    }

    /// Reads a report as the tree that every rule reads, whatever its keys and values; places are byte offsets.
    ///
    /// # Errors
    /// JSON that cannot be parsed, and what is larger or deeper than a report may be.
    #[cfg(feature = "command")]
    pub fn tree_of_json(text: &str) -> Result<Node<'_>, Findings> {
        read::placed_tree(text).map_err(|finding| Findings::from_iter([*finding]))
    }

    /// The card as the tree that rules and programs walk.
    pub fn tree(&self) -> Node<'_> {
        self.node().unwrap_or_else(|| Node::new(Value::Block(Vec::new())))
    }
}

impl<'a> SecurityCard<'a> {
    /// Reads a report, and applies the rules that a compiled card must satisfy.
    ///
    /// Texts without escapes are borrowed from `text`. Warnings are not errors here;
    /// [`SecurityCard::check`] returns them.
    ///
    /// # Errors
    /// Everything that is wrong with the report, each with its path, line and column: JSON that
    /// cannot be parsed, more than [`MAX_BYTES`], [`MAX_DEPTH`](crate::MAX_DEPTH) or
    /// [`MAX_VALUES`](crate::MAX_VALUES), unknown, repeated and missing
    /// keys, values of the wrong kind, and what the other rules refuse.
    #[inline]
    pub fn from_json(text: &'a str) -> Result<Self, Findings> {
        Self::from_json_with(text, &Policy::default())
    }

    /// As [`SecurityCard::from_json`], against the policy of an organization.
    ///
    /// # Errors
    /// As [`SecurityCard::from_json`].
    #[inline]
    pub fn from_json_with(text: &'a str, policy: &Policy) -> Result<Self, Findings> {
        let tree = read::tree(text).map_err(|finding| Findings::from_iter([*finding]))?;
        let mut findings = check(&tree, policy);
        if !findings.has_errors() {
            return Self::read(tree).ok_or(findings);
        }
        read::locate(&mut findings, text);
        Err(findings)
    }
}

/// Applies every rule to a card, and the bound on its report. Whichever way a card comes, this is what it must pass.
fn check(card: &Node<'_>, policy: &Policy) -> Findings {
    check_by(card, policy, None, None)
}

pub(crate) fn check_by(card: &Node<'_>, policy: &Policy, today: Option<Day>, evidence: Option<&Evidence>) -> Findings {
    let mut findings = rules::check_measured(card, policy, today, evidence);
    if may_be_too_long(card) && report(card).len() > MAX_BYTES {
        findings.push(Finding::new(CARD_TOO_LARGE, "", 0, rules::too_long()));
    }
    findings
}

/// Puts what was measured in place of what the source of a card says of that.
#[cfg(feature = "build")]
pub(crate) fn set_measured<'n>(card: &mut Node<'n>, measured: &'n Extensions<'_>) {
    if let Value::Block(entries) = &mut card.value {
        entries.retain(|entry| entry.key != SecurityCard::measured());
        // The last of the fields.
        put(entries, SecurityCard::measured(), measured.node());
    }
}

/// The report of a card that is a tree.
pub(crate) fn report(card: &Node<'_>) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"    "));
    // Writing a tree of texts and numbers into memory cannot fail, and serde_json writes UTF-8.
    let written = serde_core::Serialize::serialize(card, &mut serializer);
    debug_assert!(written.is_ok());
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

/// Whether it takes the report itself to see that it is not too long: of nearly every card it does not.
fn may_be_too_long(card: &Node<'_>) -> bool {
    at_most(card) > MAX_BYTES
}

/// The length of an escaped character in a report.
const CHARACTER: usize = 6;

/// How long the line of a value is in a report besides its key and its words: it is indented.
const LINE: usize = 160;

/// Whether the report of a card that this JSON states may be too long. A value and what is before it take two bytes.
#[inline]
fn may_grow_too_long(text: &str) -> bool {
    text.len() > MAX_BYTES / (CHARACTER + LINE / 2)
}

/// How long the report of a tree can be at most.
fn at_most(node: &Node<'_>) -> usize {
    LINE + match &node.value {
        Value::Text(text) => CHARACTER * text.words().len(),
        Value::List(nodes) => nodes.iter().map(at_most).sum(),
        Value::Block(entries) => entries.iter().map(|entry| CHARACTER * entry.key.len() + at_most(&entry.node)).sum(),
        _ => 0,
    }
}
