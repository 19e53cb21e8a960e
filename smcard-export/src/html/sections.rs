//! The card itself: the sections that nothing above has shown, as prose, in the order of the schema.

use maud::{Markup, html};
use smcard_core::SecurityCard;
use smcard_core::schema::{Block, Field, Kind};
use smcard_core::tree::Node;

use super::{Report, facts, words};

/// What has a place of its own above, by its path; all else that the schema declares is shown here.
const ELSEWHERE: [&str; 20] = [
    "$schema",
    "model_details.name",
    "metrics.measures",
    "security_considerations.threat_modeling",
    "security_considerations.security_testing",
    "security_considerations.ai_class",
    "security_considerations.threats",
    "security_considerations.tests",
    "security_considerations.objectives",
    "security_considerations.reviews",
    "security_considerations.vulnerabilities",
    "model_details.developer",
    "model_details.date",
    "model_details.version",
    "model_details.license",
    "model_details.contact",
    "model_details.stage",
    "system",
    "extensions",
    "measured",
];

pub(super) fn sections(report: &Report<'_>) -> Markup {
    html! {
        @for field in SecurityCard::SCHEMA.fields {
            @if !ELSEWHERE.contains(&field.name) { (section(report, field)) }
        }
        @if let Some(extensions) = report.tree.get("extensions") {
            h3 { "Extensions" }
            (facts::own(extensions))
        }
    }
}

fn section(report: &Report<'_>, field: &'static Field) -> Markup {
    let node = report.tree.get(field.name);
    html! {
        h3 { (words::label(field.name)) }
        @match field.kind {
            Kind::Block(block) => (fields(report, field, block, node)),
            _ => div.prose { (facts::fact(report, field, node)) },
        }
    }
}

fn fields(report: &Report<'_>, section: &Field, block: &'static Block, node: Option<&Node<'_>>) -> Markup {
    let mut above = Vec::new();
    for path in ELSEWHERE {
        above.extend(path.strip_prefix(section.name).and_then(|rest| rest.strip_prefix('.')));
    }
    facts::facts(report, block, node, &above)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_elsewhere_is_a_field_of_the_card() {
        for path in ELSEWHERE {
            assert!(SecurityCard::SCHEMA.at(path).is_some(), "{path}");
        }
    }
}
