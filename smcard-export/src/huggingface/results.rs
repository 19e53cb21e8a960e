//! The figures that the hub can list: those of a metric that it knows, on a dataset that it has.

use smcard_core::tree::Node;
use smcard_core::{Component, ComponentKind, Measure, SecurityCard};

use super::ids::{self, Sort};
use super::vocabulary::{METRICS, NAMES_OF_METRICS, meant};
use crate::document::{Object, list, number, text};
use crate::leaves::{id, stated};
use crate::naming;

/// A dataset of the hub with the figures on it.
struct Result<'c> {
    id: String,
    name: &'c str,
    metrics: Vec<Node<'c>>,
}

/// The `model-index`, if there is any figure for it.
pub(super) fn results<'c>(card: &'c SecurityCard<'_>, task: &'static str) -> Option<Node<'c>> {
    let mut results: Vec<Result<'c>> = Vec::new();
    for measure in card.metrics.measures.iter() {
        let Some((id, name, metric)) =
            dataset(card, measure).zip(metric(measure)).map(|((id, name), metric)| (id, name, metric))
        else {
            continue;
        };
        match results.iter_mut().find(|result| result.id == id) {
            Some(result) => result.metrics.push(metric),
            None => results.push(Result { id, name, metrics: vec![metric] }),
        }
    }
    let results = list(results.into_iter().map(|result| {
        let dataset = Object::new().with("type", text(result.id)).with("name", text(result.name));
        Object::new()
            .with("task", Object::new().with("type", text(task)).node())
            .with("dataset", dataset.node())
            .with("metrics", list(result.metrics))
            .node()
    }))?;
    list([Object::new().with("name", text(naming::name(card))).with("results", results).node()])
}

/// The id of the dataset of a figure on the hub, and what the card calls it.
fn dataset<'c>(card: &'c SecurityCard<'_>, measure: &'c Measure<'_>) -> Option<(String, &'c str)> {
    let named = stated(&measure.dataset)?.trim();
    let is_named = |component: &&Component<'_>| {
        component.kind == Some(ComponentKind::Dataset)
            && (id(&component.id) == named || stated(&component.name).map(str::trim) == Some(named))
    };
    let component = card.system.components.iter().find(is_named);
    let id = component.and_then(|component| ids::of_component(component, Sort::Dataset));
    let id = id.or_else(|| {
        let mut in_text = ids::datasets_in(named);
        in_text.next().filter(|_| in_text.next().is_none())
    })?;
    let name = component.and_then(|component| stated(&component.name)).unwrap_or(named);
    Some((id, name))
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
