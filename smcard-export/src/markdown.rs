//! The report in Markdown, for reviewers on a code host: headings, tables, one item or sentence a line.
//!
//! Sections, labels and tables follow from the schema; what is added is what a reviewer asks
//! first, the diagram of the system, and how each objective of an adversary is answered.

mod diagram;
mod escape;
mod glance;
mod objectives;
mod section;
mod table;

use smcard_core::schema::Kind;
use smcard_core::taxonomy::Reference;
use smcard_core::{SecurityCard, SystemReport};

use crate::{Format, naming};
pub(crate) use escape::{line, paragraph};

pub(crate) const MARKDOWN: Format = Format {
    name: "markdown",
    extension: "md",
    doc: "A report in Markdown with a diagram in Mermaid, for reviewers on a code host.",
    write: |card, _| Ok(document(card)),
};

fn document(card: &SecurityCard<'_>) -> String {
    let tree = card.tree();
    let system = card.system_report();
    let mut blocks = vec![format!("# {}", line(naming::name(card)))];
    blocks.extend(glance::glance(card, &system));
    for field in SecurityCard::SCHEMA.fields {
        let Some(node) = tree.get(field.name) else {
            if field.required {
                blocks.push(section::heading(2, &section::label(field.name)));
                blocks.push(section::NOT_STATED.to_owned());
            }
            continue;
        };
        match field.kind {
            // What tells an editor how to check the card is not for its readers.
            Kind::Text if field.name.starts_with('$') => {}
            Kind::Block(block) => {
                blocks.push(section::heading(2, &section::label(field.name)));
                blocks.extend(added(card, &system, field.name));
                section::block(block, node, 3, &mut blocks);
            }
            _ => {
                blocks.push(section::heading(2, &section::label(field.name)));
                section::value(node, &mut blocks);
            }
        }
    }
    blocks.join("\n\n") + "\n"
}

/// What stands in a section beside what the card says.
fn added(card: &SecurityCard<'_>, system: &SystemReport<'_>, section: &str) -> Vec<String> {
    match section {
        "system" => diagram::diagram(card, system),
        "security_considerations" => objectives::objectives(card),
        _ => Vec::new(),
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
