//! Figures of other formats as measures of a card.

use std::borrow::Cow;

use smcard_core::Text;
use smcard_core::tree::{Entry, Node, Value};

use super::document::{Document, plain};
use super::piece::Piece;

/// What another format says of a figure.
#[derive(Default)]
pub(super) struct Figure<'n> {
    pub(super) name: Option<&'n Node<'static>>,
    pub(super) value: Option<&'n Node<'static>>,
    pub(super) slice: Option<&'n Node<'static>>,
    pub(super) low: Option<&'n Node<'static>>,
    pub(super) high: Option<&'n Node<'static>>,
    pub(super) dataset: Option<&'n Node<'static>>,
}

impl<'n> Figure<'n> {
    /// The figure of a metric as CycloneDX and the Model Card Toolkit have it, which name the interval and its two bounds
    /// in different cases.
    pub(super) fn of(metric: &'n Node<'static>, interval: &str, [low, high]: [&str; 2]) -> Self {
        let bound = |key: &str| metric.get(interval)?.get(key);
        Figure {
            name: metric.get("type"),
            value: metric.get("value"),
            slice: metric.get("slice"),
            low: bound(low),
            high: bound(high),
            dataset: None,
        }
    }
}

/// A measure, or what the source says where that is none.
pub(super) fn piece(
    document: &Document,
    of: &Node<'static>,
    figure: &Figure<'_>,
    label: &str,
    pieces: &mut Vec<Piece>,
) {
    match measure(figure) {
        Some(node) => pieces.push(Piece::value("metrics.measures[0]", node, document.at(of.at))),
        None => pieces.push(Piece::text(&[label], serde_json::to_string(of).unwrap_or_default(), document.at(of.at))),
    }
}

fn measure(figure: &Figure<'_>) -> Option<Node<'static>> {
    let text = |node: &Node<'static>| plain(node).filter(|text| !text.trim().is_empty());
    let entry = |key: &'static str, value| Entry { key: key.into(), at: 0, node: Node { at: 0, value } };
    let words = |key, text: String| entry(key, Value::Text(Text::from(Cow::Owned(text))));
    let mut entries =
        vec![words("name", figure.name.and_then(text)?), entry("value", Value::Number(figure.value.and_then(number)?))];
    entries.extend(figure.slice.and_then(text).map(|slice| words("slice", slice)));
    if let (Some(low), Some(high)) = (figure.low.and_then(number), figure.high.and_then(number)) {
        let bounds = [low, high].map(|bound| Node { at: 0, value: Value::Number(bound) });
        entries.push(entry("interval", Value::List(bounds.into())));
    }
    entries.extend(figure.dataset.and_then(text).map(|dataset| words("dataset", dataset)));
    Some(Node { at: 0, value: Value::Block(entries) })
}

/// A number, which some formats write as a text.
fn number(node: &Node<'_>) -> Option<f64> {
    let number = node.number().or_else(|| node.words()?.trim().parse().ok());
    number.filter(|number| number.is_finite())
}
