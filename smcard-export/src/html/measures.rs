//! Measures: each figure in a line, drawn with its interval, its threshold and what it is compared with.

use std::collections::BTreeMap;

use maud::{Markup, html};
use smcard_core::{Comparison, Direction, Measure, Text};

use super::{Report, facts, words};

/// The drawing of a line, in units of its view box.
const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 24.0;
const MARGIN: f64 = 8.0;

pub(super) fn section(report: &Report<'_>) -> Markup {
    let metrics = &report.card.metrics;
    html! {
        @if metrics.measures.is_empty() {
            p { (words::absent("The card states no figures by themselves; see the sections below.")) }
        }
        (table(&metrics.measures, "Measures of quality"))
    }
}

/// The measures of a list; nothing if it is empty.
pub(super) fn table(measures: &[Measure<'_>], caption: &str) -> Markup {
    let scales = scales(measures);
    let scale = |measure: &Measure<'_>| scales.get(unit(measure)).copied().unwrap_or(Scale { low: 0.0, high: 1.0 });
    html! {
        @if !measures.is_empty() {
            div.frame {
                table.stack.measures {
                    caption { (caption) }
                    thead { tr {
                        th scope="col" { "Measure" } th.number scope="col" { "Value" } th scope="col" { "Drawn" }
                        th.number scope="col" { "Interval" } th scope="col" { "Against" }
                    } }
                    tbody { @for measure in measures { (row(measure, scale(measure))) } }
                }
            }
            (key(measures))
        }
    }
}

fn row(measure: &Measure<'_>, scale: Scale) -> Markup {
    html! {
        tr {
            th scope="row" {
                (words::line_or_absent(measure.name.as_ref()))
                @if let Some(slice) = &measure.slice { br; span.note { (words::line(slice)) } }
                @if let Some(data) = &measure.dataset { br; span.note { "on " (words::line(data)) } }
                @if let Some(evidence) = &measure.evidence { br; span.note { "from " (facts::link(evidence)) } }
            }
            td.number data-label="Value" {
                @match measure.value { Some(value) => b { (words::number(value)) }, None => (words::absent("not stated")) }
                @if let Some(unit) = &measure.unit { " " (words::line(unit)) }
                @if let Some(direction) = measure.direction { br; span.note { (way(direction)) } }
            }
            td.drawn data-label="Drawn" { (drawing(measure, scale)) }
            td.number data-label="Interval" {
                @match (measure.interval.first(), measure.interval.get(1)) {
                    (Some(low), Some(high)) => { (words::number(*low)) " to " (words::number(*high)) },
                    _ => "–",
                }
            }
            td data-label="Against" { (against(measure)) }
        }
    }
}

fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::HigherIsBetter => "higher is better",
        Direction::LowerIsBetter => "lower is better",
        _ => "",
    }
}

fn against(measure: &Measure<'_>) -> Markup {
    let threshold = measure.threshold.op.zip(measure.threshold.value);
    let missed = threshold.zip(measure.value).is_some_and(|((op, bound), value)| !op.holds(value, bound));
    html! {
        @if threshold.is_none() && measure.baseline.is_none() && measure.comparator.value.is_none() { "–" }
        ul.plain {
            @if let Some((op, bound)) = threshold {
                li {
                    (side(op)) " " (words::number(bound)) ": "
                    span.status.act[missed] {
                        @if measure.value.is_none() { "no value" } @else if missed { "missed" } @else { "met" }
                    }
                    @if let Some(source) = &measure.threshold.source { " " span.note { "(" (words::line(source)) ")" } }
                }
            }
            @if let Some(baseline) = measure.baseline { li { "without attack " (words::number(baseline)) } }
            @if let Some(other) = measure.comparator.value {
                li { (words::line_or_absent(measure.comparator.name.as_ref())) " " (words::number(other)) }
            }
        }
    }
}

fn side(op: Comparison) -> &'static str {
    match op {
        Comparison::AtLeast => "at least",
        Comparison::MoreThan => "more than",
        Comparison::AtMost => "at most",
        Comparison::LessThan => "less than",
        _ => "",
    }
}

/// From where to where a unit is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn at(self, value: f64) -> String {
        let share = (value - self.low) / (self.high - self.low);
        format!("{:.1}", MARGIN + share.clamp(0.0, 1.0) * (WIDTH - 2.0 * MARGIN))
    }
}

fn unit<'m>(measure: &'m Measure<'_>) -> &'m str {
    measure.unit.as_ref().and_then(Text::stated).unwrap_or_default()
}

/// Every figure of a measure that can be drawn.
fn figures(measure: &Measure<'_>) -> impl Iterator<Item = f64> {
    let alone = [measure.value, measure.baseline, measure.threshold.value, measure.comparator.value];
    alone.into_iter().flatten().chain(measure.interval.iter().copied()).filter(|figure| figure.is_finite())
}

/// One scale for all of a unit: a share from 0 to 1, anything else from 0 to the largest.
fn scales<'m>(measures: &'m [Measure<'_>]) -> BTreeMap<&'m str, Scale> {
    let mut scales = BTreeMap::new();
    for measure in measures {
        let unit = unit(measure);
        let high = if unit.is_empty() { 1.0 } else { 0.0 };
        let scale = scales.entry(unit).or_insert(Scale { low: 0.0, high });
        for figure in figures(measure) {
            scale.low = scale.low.min(figure);
            scale.high = scale.high.max(figure);
        }
    }
    for scale in scales.values_mut() {
        if scale.high - scale.low <= 0.0 || !(scale.high - scale.low).is_finite() {
            *scale = Scale { low: 0.0, high: 1.0 };
        }
    }
    scales
}

/// The figure as a dot, its interval as a bar, its threshold as a tick, the baseline as a ring, the comparator as a
/// diamond.
fn drawing(measure: &Measure<'_>, scale: Scale) -> Markup {
    let drawn = |figure: Option<f64>| figure.filter(|figure| figure.is_finite()).map(|figure| scale.at(figure));
    let middle = HEIGHT / 2.0;
    html! {
        svg.measure viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT) aria-hidden="true" {
            line.axis x1=(MARGIN) x2=(WIDTH - MARGIN) y1=(middle) y2=(middle) {}
            line.axis x1=(MARGIN) x2=(MARGIN) y1=(middle - 3.0) y2=(middle + 3.0) {}
            line.axis x1=(WIDTH - MARGIN) x2=(WIDTH - MARGIN) y1=(middle - 3.0) y2=(middle + 3.0) {}
            @let bounds = (drawn(measure.interval.first().copied()), drawn(measure.interval.get(1).copied()));
            @if let (Some(low), Some(high)) = bounds {
                // Below the axis: a narrow one would be hidden by the dot.
                line.interval x1=(low) x2=(high) y1=(middle + 7.0) y2=(middle + 7.0) {}
            }
            @if let Some(at) = drawn(measure.threshold.value) {
                line.threshold x1=(at) x2=(at) y1="3" y2=(HEIGHT - 3.0) {}
            }
            @if let Some(at) = drawn(measure.comparator.value) {
                path.comparator d={ "M" (at) " " (middle - 5.0) "l5 5l-5 5l-5-5z" } {}
            }
            @if let Some(at) = drawn(measure.baseline) { circle.baseline cx=(at) cy=(middle) r="5" {} }
            @if let Some(at) = drawn(measure.value) { circle.value cx=(at) cy=(middle) r="4" {} }
        }
        span.scale aria-hidden="true" { span { (words::number(scale.low)) } span { (words::number(scale.high)) } }
    }
}

/// What the marks mean, of those that are drawn.
fn key(measures: &[Measure<'_>]) -> Markup {
    let marks = [
        (measures.iter().any(|one| one.interval.len() == 2), "the bar below it the interval"),
        (measures.iter().any(|one| one.threshold.value.is_some()), "the tick the threshold"),
        (measures.iter().any(|one| one.baseline.is_some()), "the ring the figure without attack"),
        (measures.iter().any(|one| one.comparator.value.is_some()), "the diamond what it is compared with"),
    ];
    html! {
        p.note {
            "The dot is the value"
            @for (_, mark) in marks.iter().filter(|(drawn, _)| *drawn) { ", " (mark) }
            ". Figures of one unit have one scale."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(value: f64) -> Measure<'static> {
        Measure { value: Some(value), ..Measure::EMPTY }
    }

    #[test]
    fn a_share_is_drawn_from_nothing_to_all_and_a_unit_to_its_largest_figure() {
        let milliseconds = Measure { unit: Some(Text::new("ms")), baseline: Some(80.0), ..measure(40.0) };
        let measures = [measure(0.97), milliseconds];
        let scales = scales(&measures);
        assert_eq!(scales.get(""), Some(&Scale { low: 0.0, high: 1.0 }));
        assert_eq!(scales.get("ms"), Some(&Scale { low: 0.0, high: 80.0 }));
    }

    #[test]
    fn a_figure_stands_within_its_drawing_whatever_it_is() {
        for value in [f64::NAN, f64::INFINITY, -1e308, 1e308, 0.0, -3.0] {
            let measures = [measure(value), measure(1e308), measure(-1e308)];
            for scale in scales(&measures).into_values() {
                for figure in measures.iter().flat_map(figures) {
                    let at: f64 = scale.at(figure).parse().unwrap();
                    assert!((MARGIN..=WIDTH - MARGIN).contains(&at), "{value}: {at}");
                }
            }
        }
    }
}
