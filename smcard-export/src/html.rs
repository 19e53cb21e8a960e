//! `html`: the report for people, one file that a reviewer opens, prints and trusts.
//!
//! No script, no request to any host, and a policy that lets a browser take nothing but the page's own style. What the
//! card says becomes text: the templates escape markup, `words` what a reader cannot see.

use smcard_core::{ObjectiveReport, SecurityCard, SystemReport, tree::Node};

use crate::measured::Measured;
use crate::{Format, Provenance};

mod anchors;
mod appendix;
mod components;
mod diagram;
mod facts;
mod head;
mod matrix;
mod measured;
mod measures;
mod objectives;
mod overview;
mod page;
mod references;
mod reviews;
mod sections;
mod shown;
mod system;
mod tests;
mod threats;
mod vulnerabilities;
mod words;

use anchors::Anchors;

/// The format, without a word on how the card was checked: for that see [`page`].
pub(crate) const HTML: Format = Format {
    name: "html",
    extension: "html",
    doc: "One page for reviewers and auditors: no script, no request to any host, made for screens and for A4",
    write: |card, provenance| Ok(page(card, provenance)),
};

/// What a browser may take for a page of the format `html`: its `Content-Security-Policy`, for whoever serves it with one.
pub fn page_policy() -> String {
    page::policy()
}

/// The page of a card, with what is known of how it was checked.
fn page(card: &SecurityCard<'_>, provenance: Option<&Provenance<'_>>) -> String {
    page::page(&Report::new(card), provenance).into_string() + "\n"
}

/// A card, and what the sections of the page read of it.
struct Report<'c> {
    card: &'c SecurityCard<'c>,
    tree: Node<'c>,
    anchors: Anchors<'c>,
    system: SystemReport<'c>,
    objectives: Vec<ObjectiveReport<'c>>,
    measured: Measured<'c>,
}

impl<'c> Report<'c> {
    fn new(card: &'c SecurityCard<'c>) -> Self {
        Report {
            card,
            tree: card.tree(),
            anchors: Anchors::new(card),
            system: card.system_report(),
            objectives: card.objective_reports(),
            measured: Measured::of(card),
        }
    }

    /// What the card says at a path of two keys, such as `system`, `flows`.
    fn items(&self, block: &str, list: &str) -> &[Node<'c>] {
        self.tree.get(block).and_then(|block| block.get(list)).map_or(&[], Node::items)
    }
}
