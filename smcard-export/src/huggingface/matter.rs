//! The front matter: what the hub has a key for, a line each, and the card itself.

use smcard_core::tree::Node;
use smcard_core::{AiClass, Component, ComponentKind, SecurityCard};

use super::ids::{self, Sort};
use super::license::license;
use super::vocabulary::{self, LIBRARIES, METRICS, NAMES_OF_LIBRARIES, NAMES_OF_METRICS, meant, only};
use super::{KEY, results};
use crate::document::{Object, texts};
use crate::leaves::stated;

/// What tells a card of ours on the hub.
const TAG: &str = "security-model-card";

pub(super) fn matter<'c>(card: &'c SecurityCard<'_>) -> Node<'c> {
    let license = license(&card.model_details.license);
    let task = stated(&card.model_details.r#type).and_then(vocabulary::task);
    let bases = bases(card);
    Object::new()
        .with("language", texts(languages(card)))
        .with_text("license", license.id)
        .with_text("license_name", license.name)
        .with_text("license_link", license.link)
        .with_text("library_name", library(card))
        .with_text("pipeline_tag", task)
        .with("tags", texts(tags(card)))
        .with("datasets", texts(datasets(card)))
        .with("metrics", texts(metrics(card)))
        .with("base_model", texts(bases.iter().cloned()))
        .with_text("base_model_relation", relation(card).filter(|_| !bases.is_empty()))
        .with("model-index", task.and_then(|task| results::results(card, task)))
        .with(KEY, card.tree())
        .node()
}

/// The languages that the figures are about.
fn languages(card: &SecurityCard<'_>) -> Vec<&'static str> {
    let slices = card.metrics.measures.iter().filter_map(|measure| stated(&measure.slice));
    distinct(slices.filter_map(vocabulary::language))
}

fn tags(card: &SecurityCard<'_>) -> Vec<String> {
    let class = card.security_considerations.ai_class.map(|class| class.name().to_ascii_lowercase());
    std::iter::once(TAG.to_owned()).chain(class).collect()
}

fn of_kind<'c, 'a>(card: &'c SecurityCard<'a>, kind: ComponentKind) -> impl Iterator<Item = &'c Component<'a>> {
    card.system.components.iter().filter(move |component| component.kind == Some(kind))
}

/// The only library among the components that the hub knows.
fn library(card: &SecurityCard<'_>) -> Option<&'static str> {
    let known = |component: &Component<'_>| {
        let package = stated(&component.purl).and_then(|purl| purl.strip_prefix("pkg:pypi/"));
        let package = package.and_then(|package| package.split(['@', '?', '#']).next());
        package.or(stated(&component.name)).and_then(|name| meant(name, LIBRARIES, NAMES_OF_LIBRARIES))
    };
    only(of_kind(card, ComponentKind::Library).filter_map(known))
}

/// The datasets of the hub that the card names.
fn datasets(card: &SecurityCard<'_>) -> Vec<String> {
    let components =
        of_kind(card, ComponentKind::Dataset).filter_map(|component| ids::of_component(component, Sort::Dataset));
    let texts = [&card.training_data, &card.evaluation_data.datasets].into_iter().filter_map(stated);
    distinct(components.chain(texts.flat_map(ids::datasets_in)))
}

/// The metrics of the hub that the figures are of.
fn metrics(card: &SecurityCard<'_>) -> Vec<&'static str> {
    let names = card.metrics.measures.iter().filter_map(|measure| stated(&measure.name));
    distinct(names.filter_map(|name| meant(name, METRICS, NAMES_OF_METRICS)))
}

/// The models on the hub that this one was made from.
fn bases(card: &SecurityCard<'_>) -> Vec<String> {
    // An agent calls its base model, and is none that was made from it.
    if card.security_considerations.ai_class == Some(AiClass::Agentic) {
        return Vec::new();
    }
    let bases = of_kind(card, ComponentKind::BaseModel);
    distinct(bases.filter_map(|component| ids::of_component(component, Sort::Model)))
}

/// How this model was made from its base; what no component says is left to the hub.
fn relation(card: &SecurityCard<'_>) -> Option<&'static str> {
    of_kind(card, ComponentKind::Adapter).next().map(|_| "adapter")
}

fn distinct<T: Clone + Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    values.filter(|value| seen.insert(value.clone())).collect()
}
