//! The components of the system that are models, data or software, and what depends on what.

use smcard_core::tree::Node;
use smcard_core::{Component, ComponentKind, Text};

use super::parts::{Parts, Sort, properties, property, reference, version};
use super::{license, party, refs};
use crate::document::{Object, list, text};
use crate::leaves::{id, stated};
use crate::link;

/// The fields of a component that stand in fields of CycloneDX.
const ELSEWHERE: [&str; 10] =
    ["id", "name", "version", "supplier", "license", "url", "purl", "description", "files", "sensitivity"];

pub(super) fn components<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let mut found = data(parts);
    let blocks = parts.blocks("system", "components");
    for (component, block) in parts.card.system.components.iter().zip(blocks) {
        if parts.sort_of(component) == Sort::Component && !parts.is_model(component) {
            found.push(whole(parts, component, block, parts.ref_of(id(&component.id))));
        }
    }
    found
}

/// A component that stands in full at another place as well: what is called by a name stands once.
pub(super) fn ancestor<'c>(parts: &Parts<'c>, component: &'c Component<'_>, block: &Node<'_>) -> Node<'c> {
    whole(parts, component, block, None)
}

fn whole<'c>(parts: &Parts<'c>, component: &'c Component<'_>, block: &Node<'_>, name: Option<&str>) -> Node<'c> {
    let (sort, data) = match component.kind {
        Some(ComponentKind::Library) => ("library", None),
        Some(ComponentKind::Dataset) => ("data", Some("dataset")),
        Some(ComponentKind::Prompt) => ("data", Some("configuration")),
        _ => ("machine-learning-model", None),
    };
    let data = data.map(|sort| {
        Object::new()
            .with("type", text(sort))
            .with("name", text(naming(component)))
            .with_text("classification", component.sensitivity.map(|sensitivity| sensitivity.name().to_lowercase()))
            .with_text("description", stated(&component.description))
            .node()
    });
    let elsewhere = ELSEWHERE.into_iter().filter(|field| match *field {
        // Only data has a classification here; in a blueprint, what it holds has.
        "sensitivity" => data.is_some() || parts.is_preview(),
        "purl" => identified(parts, component),
        _ => true,
    });
    let in_blueprint = (parts.is_preview() && data.is_none()).then_some("zone");
    let elsewhere: Vec<&str> = elsewhere.chain(in_blueprint).collect();
    let properties = properties(block, "system:components.", &elsewhere);
    Object::new()
        .with("type", text(sort))
        .with_text("bom-ref", name.map(str::to_owned))
        .with("supplier", supplier(component).filter(|_| !parts.is_preview()))
        .with("parties", list(party::supplier(parts, component)))
        .with("name", text(naming(component)))
        .with_text("version", version(&component.version))
        .with_text("description", stated(&component.description))
        .with("licenses", license::licenses(&component.license))
        .with_text("purl", stated(&component.purl).filter(|_| !parts.is_preview()))
        .with("identifiers", list(party::identifier(parts, component)))
        .with("externalReferences", references(component))
        .with("components", files(parts, component))
        .with("data", list(data))
        .with("properties", properties)
        .node()
}

/// Whether its package URL stands in a field.
fn identified(parts: &Parts<'_>, component: &Component<'_>) -> bool {
    !parts.is_preview() || party::identifier(parts, component).is_some()
}

/// What a component is called: its name, or its id.
pub(super) fn naming<'c>(component: &'c Component<'_>) -> &'c str {
    stated(&component.name).unwrap_or_else(|| id(&component.id))
}

pub(super) fn supplier<'c>(component: &'c Component<'_>) -> Option<Node<'c>> {
    Object::new().with_text("name", stated(&component.supplier)).some()
}

pub(super) fn references<'c>(component: &Component<'_>) -> Option<Node<'c>> {
    list(stated(&component.url).map(|url| reference("website", link::of_url(url), None)))
}

/// The files of a component, each with the digest that the card pins or the build measured.
pub(super) fn files<'c>(parts: &Parts<'c>, component: &'c Component<'_>) -> Option<Node<'c>> {
    // The same file twice is one: what stands here is a set.
    let mut seen = std::collections::HashSet::new();
    let files = component.files.iter().filter_map(|file| {
        let path = stated(&file.path)?;
        let digest = parts.measured.digest(path, stated(&file.sha256));
        if !seen.insert((path, digest.clone())) {
            return None;
        }
        let hash = digest.map(|digest| Object::new().with("alg", text("SHA-256")).with("content", text(digest)).node());
        Some(Object::new().with("type", text("file")).with("name", text(path)).with("hashes", list(hash)).node())
    });
    list(files)
}

/// The data that the card describes in words: what the model was evaluated on, and trained on.
fn data<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let evaluation = &parts.card.evaluation_data;
    let more = [("motivation", &evaluation.motivation), ("preprocessing", &evaluation.preprocessing)];
    let more = more.into_iter().filter_map(|(field, value)| {
        Some(property(format!("smcard:evaluation_data:{field}"), value.as_ref()?.to_string()))
    });
    let mut found = Vec::new();
    found.extend(described(&evaluation.datasets, refs::EVALUATION_DATA, "evaluation", more.collect()));
    found.extend(described(&parts.card.training_data, refs::TRAINING_DATA, "training", Vec::new()));
    found
}

fn described<'c>(
    words: &'c Option<Text<'_>>,
    name: &'static str,
    role: &'static str,
    more: Vec<Node<'c>>,
) -> Option<Node<'c>> {
    let words = stated(words)?;
    let title = format!("{role} data");
    let data =
        Object::new().with("type", text("dataset")).with("name", text(title.clone())).with("description", text(words));
    let role = property("smcard:dataset:role".to_owned(), role.to_owned());
    let component = Object::new()
        .with("type", text("data"))
        .with("bom-ref", text(name))
        .with("name", text(title))
        .with("data", list([data.node()]))
        .with("properties", list(std::iter::once(role).chain(more)));
    Some(component.node())
}

/// The system depends on the model, and the model on what it is made of and calls; clients depend on it.
pub(super) fn dependencies<'c>(parts: &Parts<'c>) -> Vec<Node<'c>> {
    let depends = |name: &str, on: Vec<String>| {
        let on = list(on.into_iter().map(text));
        Object::new().with("ref", text(name.to_owned())).with("dependsOn", on).node()
    };
    let mut on: Vec<String> = Vec::new();
    let mut others = Vec::new();
    for component in parts.card.system.components.iter().filter(|component| !parts.is_model(component)) {
        let Some(name) = parts.ref_of(id(&component.id)) else { continue };
        // What is in the blueprint alone has its flows there.
        if matches!(parts.sort_of(component), Sort::Asset | Sort::Actor) {
            continue;
        }
        match component.kind {
            Some(ComponentKind::Client | ComponentKind::Dataset) => {}
            _ => on.push(name.to_owned()),
        }
        others.push(depends(name, Vec::new()));
    }
    let mut found = vec![depends(refs::SYSTEM, vec![parts.model_ref.clone()]), depends(&parts.model_ref, on)];
    found.append(&mut others);
    found
}
