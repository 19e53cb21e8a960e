//! The report in Markdown, for reviewers on a code host: headings, tables, one item or sentence a line.
//!
//! Sections, labels and tables follow from the schema; what is added is what a reviewer asks
//! first, the diagram of the system, and how each objective of an adversary is answered.

mod diagram;
mod escape;
mod glance;
mod objectives;
pub(crate) mod section;
mod table;

use smcard_core::schema::{Field, Form, Kind};
use smcard_core::taxonomy::Reference;
use smcard_core::tree::Node;
use smcard_core::{SecurityCard, SystemReport};

use crate::{Format, naming};
pub(crate) use escape::{line, paragraph};

pub(crate) const MARKDOWN: Format = Format {
    name: "markdown",
    extension: "md",
    doc: "A report in Markdown with a diagram in Mermaid, for reviewers on a code host.",
    write: |card, _| Ok(document(card)),
};

/// The heading of what was measured.
const MEASURED: &str = "Measured by the build";

/// What is said of it.
const MEASURED_NOTE: &str =
    "Read from the files themselves when the card was built. Nobody has stated it; everything else is claimed.";

fn document(card: &SecurityCard<'_>) -> String {
    let report = Report::of(card);
    let tree = card.tree();
    let mut blocks = vec![section::heading(1, &line(naming::name(card)))];
    blocks.extend(report.glance());
    for field in SecurityCard::SCHEMA.fields {
        match tree.get(field.name) {
            // What tells an editor how to check the card is not for its readers.
            Some(_) if field.name.starts_with('$') => {}
            Some(node) if field.form == Form::Measured => {
                blocks.push(section::heading(2, MEASURED));
                report.field(field, node, 3, &mut blocks);
            }
            Some(node) => {
                blocks.push(section::heading(2, &section::label(field.name)));
                report.field(field, node, 3, &mut blocks);
            }
            None if field.required => {
                blocks.push(section::heading(2, &section::label(field.name)));
                blocks.push(section::NOT_STATED.to_owned());
            }
            None => {}
        }
    }
    blocks.join("\n\n") + "\n"
}

/// A card with the report of its system, for every format that is Markdown.
pub(crate) struct Report<'c> {
    pub(crate) card: &'c SecurityCard<'c>,
    system: SystemReport<'c>,
}

impl<'c> Report<'c> {
    pub(crate) fn of(card: &'c SecurityCard<'c>) -> Self {
        Report { card, system: card.system_report() }
    }

    /// What a reviewer asks first.
    pub(crate) fn glance(&self) -> Vec<String> {
        glance::glance(self.card, &self.system)
    }

    /// What stands below the heading of a field of the card or of a section; headings in it are of this level.
    pub(crate) fn field(&self, field: &'static Field, node: &Node<'_>, level: usize, blocks: &mut Vec<String>) {
        match field.kind {
            Kind::Block(of) => {
                blocks.extend(self.added(field.name, level));
                section::block(of, node, level, blocks);
            }
            Kind::List(Kind::Block(of)) => section::list_of_blocks(of, node, level, blocks),
            _ => {
                if field.form == Form::Measured {
                    blocks.push(MEASURED_NOTE.to_owned());
                }
                section::value(node, blocks);
            }
        }
    }

    /// What stands in a section beside what the card says.
    fn added(&self, section: &str, level: usize) -> Vec<String> {
        match section {
            "system" => diagram::diagram(self.card, &self.system, level),
            "security_considerations" => objectives::objectives(self.card, level),
            _ => Vec::new(),
        }
    }
}

/// A reference to a taxonomy as the card writes it, with the official name where it gives none.
pub(crate) fn reference(text: &str) -> String {
    let reference = Reference::new(text);
    match reference.concept().filter(|_| reference.name.is_empty()) {
        Some(concept) => line(&format!("{} {}", text.trim(), concept.name)),
        None => line(text),
    }
}
