//! Open Threat Model 0.2.0: zones, components, flows and threats for tools that model threats.
//!
//! The format wants numbers where a card has words, and says nothing of what they mean: what is
//! meant here stands in the attributes of the project, and each word beside its number. What the
//! format has no field for stands in attributes as well, by names such as `smcard:threats:owner`.

mod assets;
mod threats;

use smcard_core::tree::Node;
use smcard_core::{Component, ComponentKind, Risk, SecurityCard, SystemReport};

use crate::document::{Object, list, text, write};
use crate::leaves::{self, Leaf, id, leaves, stated};
use crate::{Format, naming};

pub(crate) const OTM: Format = Format {
    name: "otm",
    extension: "otm.json",
    doc: "Open Threat Model 0.2.0, for tools that model threats.",
    write: |card, _| Ok(document(card)),
};

/// What the numbers of the document mean.
const CONVENTIONS: [(&str, &str); 3] = [
    (
        "smcard:export:levels",
        "Likelihood, impact and severity are words in the card; Low, Medium, High, Critical are 25, 50, 75, 100 here",
    ),
    ("smcard:export:trustRating", "Untrusted, Partner, Internal, Privileged are 1, 30, 70, 100 here"),
    (
        "smcard:export:riskReduction",
        "From the inherent to the residual risk of the threat, in percent of the inherent, in equal shares over its \
         mitigations",
    ),
];

/// What the parts of a document are made of.
struct Parts<'c> {
    card: &'c SecurityCard<'c>,
    tree: Node<'c>,
    system: SystemReport<'c>,
    /// What stands in for a zone that a component does not state.
    model: Option<&'c Component<'c>>,
}

impl<'c> Parts<'c> {
    /// The blocks of a list of the card as trees.
    fn blocks(&self, section: &str, field: &str) -> &[Node<'c>] {
        self.tree.get(section).and_then(|section| section.get(field)).map_or(&[], Node::items)
    }
}

fn document(card: &SecurityCard<'_>) -> String {
    let is_model = |component: &&Component<'_>| component.kind == Some(ComponentKind::Model);
    let model = naming::model(card).or_else(|| card.system.components.iter().find(is_model));
    let parts = Parts { card, tree: card.tree(), system: card.system_report(), model };
    let representation = Object::new()
        .with("name", text("Security model card"))
        .with("id", text("security-model-card"))
        .with("type", text("threat-model"));
    let document = Object::new()
        .with("otmVersion", text("0.2.0"))
        .with("project", project(&parts))
        .with("representations", list([representation.node()]))
        .with("trustZones", list(assets::zones(&parts)))
        .with("components", list(assets::components(&parts)))
        .with("dataflows", list(assets::flows(&parts)))
        .with("threats", list(threats::threats(&parts)))
        .with("mitigations", list(threats::mitigations(&parts)));
    write(&document.node())
}

fn project<'c>(parts: &Parts<'c>) -> Node<'c> {
    let card = parts.card;
    let name = naming::name(card);
    let conventions = CONVENTIONS.map(|(name, value)| Leaf { path: name.to_owned(), text: value.to_owned() });
    let rest = leaves(&parts.tree).into_iter().filter(|leaf| !stands_elsewhere(card, &leaf.path));
    let rest = rest.map(|leaf| Leaf { path: leaves::name(&leaf.path), text: leaf.text });
    Object::new()
        .with("name", text(name))
        .with("id", text(name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")))
        .with_text("description", stated(&card.system.description))
        .with_text("owner", stated(&card.model_details.developer))
        .with_text("ownerContact", stated(&card.model_details.contact))
        .with("attributes", attributes(conventions.into_iter().chain(rest)))
        .node()
}

/// Whether a value of the card stands in a field of the project, or beside what it is about.
fn stands_elsewhere(card: &SecurityCard<'_>, path: &str) -> bool {
    const BLOCKS: [&str; 5] = [
        "system.zones[",
        "system.components[",
        "system.flows[",
        "security_considerations.threats[",
        "security_considerations.vulnerabilities[",
    ];
    let text = match path {
        "model_details.name" => &card.model_details.name,
        "model_details.developer" => &card.model_details.developer,
        "model_details.contact" => &card.model_details.contact,
        "system.description" => &card.system.description,
        _ => return BLOCKS.iter().any(|block| path.starts_with(block)),
    };
    // A reason stands in no field that has a meaning.
    stated(text).is_some()
}

/// Named texts, if there are any.
fn attributes<'c>(leaves: impl IntoIterator<Item = Leaf>) -> Option<Node<'c>> {
    let leaves = leaves.into_iter();
    leaves.fold(Object::new(), |object, leaf| object.with(leaf.path, text(leaf.text))).some()
}

/// A level as a number: a convention of ours, which the document states.
fn level(risk: Risk) -> f64 {
    match risk {
        Risk::Low => 25.0,
        Risk::Medium => 50.0,
        Risk::High => 75.0,
        _ => 100.0,
    }
}

/// What a component is called: its name, or its id.
fn component_name<'c>(component: &'c Component<'_>) -> &'c str {
    stated(&component.name).unwrap_or_else(|| id(&component.id))
}
