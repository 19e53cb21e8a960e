//! The figures that the hub can list: those of a metric that it knows, on a dataset that it has.

use std::collections::HashMap;

use smcard_core::tree::Node;
use smcard_core::{ComponentKind, Measure, SecurityCard};

use super::ids::{self, Sort};
use super::vocabulary::{METRICS, NAMES_OF_METRICS, meant};
use crate::document::{Object, list, number, text};
use crate::leaves::{id, stated};
use crate::naming;

/// A dataset of the hub, and what the card calls it.
#[derive(Clone)]
struct Dataset<'c> {
    id: String,
    name: &'c str,
}

/// The `model-index`, if there is any figure for it.
pub(super) fn results<'c>(card: &'c SecurityCard<'_>, task: &'static str) -> Option<Node<'c>> {
    let known = datasets(card);
    let mut results: Vec<(Dataset<'c>, Vec<Node<'c>>)> = Vec::new();
    let mut places = HashMap::new();
    for measure in card.metrics.measures.iter() {
        let Some((dataset, metric)) = dataset(&known, measure).zip(metric(measure)) else { continue };
        let place = *places.entry(dataset.id.clone()).or_insert(results.len());
        match results.get_mut(place) {
            Some((_, metrics)) => metrics.push(metric),
            None => results.push((dataset, vec![metric])),
        }
    }
    let results = list(results.into_iter().map(|(dataset, metrics)| {
        let dataset = Object::new().with("type", text(dataset.id)).with("name", text(dataset.name));
        Object::new()
            .with("task", Object::new().with("type", text(task)).node())
            .with("dataset", dataset.node())
            .with("metrics", list(metrics))
            .node()
    }))?;
    list([Object::new().with("name", text(naming::name(card))).with("results", results).node()])
}

/// The datasets among the components that the hub has, by their ids in the card and their names.
fn datasets<'c>(card: &'c SecurityCard<'_>) -> HashMap<&'c str, Dataset<'c>> {
    let mut datasets = HashMap::new();
    let components = card.system.components.iter();
    for component in components.filter(|component| component.kind == Some(ComponentKind::Dataset)) {
        let Some(of_hub) = ids::of_component(component, Sort::Dataset) else { continue };
        let name = stated(&component.name).map(str::trim);
        let dataset = Dataset { id: of_hub, name: name.unwrap_or(id(&component.id)) };
        for called in name.into_iter().chain([id(&component.id)]) {
            datasets.entry(called).or_insert_with(|| dataset.clone());
        }
    }
    datasets
}

/// The dataset of a figure: one of the components, or the only one whose address it gives.
fn dataset<'c>(known: &HashMap<&str, Dataset<'c>>, measure: &'c Measure<'_>) -> Option<Dataset<'c>> {
    let called = stated(&measure.dataset)?.trim();
    if let Some(dataset) = known.get(called) {
        return Some(dataset.clone());
    }
    let mut in_text = ids::datasets_in(called);
    match (in_text.next(), in_text.next()) {
        (Some(id), None) => Some(Dataset { id, name: called }),
        _ => None,
    }
}

/// A figure of a metric of the hub.
fn metric<'c>(measure: &'c Measure<'_>) -> Option<Node<'c>> {
    let name = stated(&measure.name)?;
    let sort = meant(name, METRICS, NAMES_OF_METRICS)?;
    let value = measure.value.filter(|value| value.is_finite())?;
    let slice = stated(&measure.slice).map(|slice| format!(" ({slice})"));
    let unit = stated(&measure.unit).map(|unit| format!(", {unit}"));
    let shown = [name.to_owned()].into_iter().chain(slice).chain(unit).collect::<String>();
    let metric = Object::new().with("type", text(sort)).with("value", number(value)).with("name", text(shown));
    Some(metric.node())
}
