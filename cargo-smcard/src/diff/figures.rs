//! Figures that mean something only together: counts of attempts, a value with its direction and its threshold.

use serde_json::{Value as Json, json};
use smcard_core::tree::Node;
use smcard_core::{Comparison, Direction};

use super::change::{Change, Place, Said};
use super::matter::{self, Turn};
use super::orders::turn;

/// Compares the shares of attempts that succeeded, where both tests give both counts.
pub(super) fn attack_success(
    old: &Node<'_>,
    new: &Node<'_>,
    place: &Place<'_>,
    changes: &mut Vec<Change>,
) -> &'static [&'static str] {
    let counts = |node: &Node<'_>| {
        let count = |name| node.get(name).and_then(Node::count);
        count("failures").zip(count("attempts").filter(|attempts| *attempts > 0))
    };
    let (Some(before), Some(now)) = (counts(old), counts(new)) else { return &[] };
    if before != now {
        // One share against the other, without a fraction.
        let product = |one: u64, other: u64| u128::from(one) * u128::from(other);
        let turn = turn(product(before.0, now.1).cmp(&product(now.0, before.1)));
        let said = [before, now].map(|(failures, attempts)| {
            // Counts are below 2^53, and a percentage is for people.
            let percent = 100.0 * failures as f64 / attempts as f64;
            let words = format!("{failures} of {attempts} ({})", percentage(percent));
            Some(Said { words, json: json!({ "failures": failures, "attempts": attempts }) })
        });
        let place = Place::Key(place, "failures");
        changes.push(Change::new(&matter::ATTACK_SUCCESS, turn, &Place::View(&place, "attack success", ""), said));
    }
    &["attempts", "failures"]
}

/// With as many digits as a small share needs.
fn percentage(percent: f64) -> String {
    if percent >= 10.0 || percent == 0.0 { format!("{percent:.0} %") } else { format!("{percent:.2} %") }
}

/// Compares the figures of one measure, by the direction that it states, and by its own threshold.
pub(super) fn measure(
    old: &Node<'_>,
    new: &Node<'_>,
    place: &Place<'_>,
    changes: &mut Vec<Change>,
) -> &'static [&'static str] {
    let number = |node: &Node<'_>| node.get("value").and_then(Node::number);
    let (Some(before), Some(now)) = (number(old), number(new)) else { return &[] };
    let value = Place::Key(place, "value");
    if before != now {
        let turn = match direction(old, new) {
            Some(Direction::HigherIsBetter) => turn(now.total_cmp(&before)),
            Some(Direction::LowerIsBetter) => turn(before.total_cmp(&now)),
            _ => Turn::Neither,
        };
        let said = [(before, old), (now, new)].map(|(value, node)| {
            let unit = node.get("unit").and_then(Node::stated).map(|unit| format!(" {unit}")).unwrap_or_default();
            Some(Said { json: Json::from(value), ..Said::words(format!("{value}{unit}")) })
        });
        changes.push(Change::new(&matter::FIGURE, turn, &value, said));
    }
    if let (Some(before), Some(now)) = (missed(old, before), missed(new, now))
        && before != now
    {
        let words = |missed| Said::words(if missed { "missed" } else { "reached" });
        let turn = if now { Turn::Worse } else { Turn::Better };
        let said = [before, now].map(|missed| Some(words(missed)));
        changes.push(Change::new(&matter::THRESHOLD_MISSED, turn, &Place::View(&value, "threshold", ""), said));
    }
    &["value"]
}

/// The direction that both state, or one of them.
fn direction(old: &Node<'_>, new: &Node<'_>) -> Option<Direction> {
    let stated = |node: &Node<'_>| node.get("direction").and_then(Node::word).and_then(Direction::from_name);
    match (stated(old), stated(new)) {
        (Some(old), Some(new)) => (old == new).then_some(new),
        (old, new) => old.or(new),
    }
}

/// Whether a figure misses the threshold of its measure.
fn missed(measure: &Node<'_>, value: f64) -> Option<bool> {
    let (op, bound) = bound(measure.get("threshold")?)?;
    Some(!op.holds(value, bound))
}

fn bound(threshold: &Node<'_>) -> Option<(Comparison, f64)> {
    let op = Comparison::from_name(threshold.get("op")?.word()?)?;
    Some((op, threshold.get("value")?.number()?))
}

/// Compares what a measure must reach, where both ask on the same side.
pub(super) fn threshold(
    old: &Node<'_>,
    new: &Node<'_>,
    place: &Place<'_>,
    changes: &mut Vec<Change>,
) -> &'static [&'static str] {
    let (Some((before_op, before)), Some((op, now))) = (bound(old), bound(new)) else { return &[] };
    if before_op != op {
        return &[];
    }
    if before != now {
        let turn = match op {
            Comparison::AtLeast | Comparison::MoreThan => turn(now.total_cmp(&before)),
            Comparison::AtMost | Comparison::LessThan => turn(before.total_cmp(&now)),
            _ => Turn::Neither,
        };
        let said = [before, now].map(|value| Some(Said { json: Json::from(value), ..Said::words(value.to_string()) }));
        changes.push(Change::new(&matter::THRESHOLD, turn, &Place::Key(place, "value"), said));
    }
    &["value"]
}

#[cfg(test)]
mod tests {
    use super::percentage;

    #[test]
    fn a_small_share_keeps_the_digits_that_tell_it_from_another() {
        let shown = [0.0, 0.052, 1.5, 42.4, 100.0].map(percentage);
        assert_eq!(shown, ["0 %", "0.05 %", "1.50 %", "42 %", "100 %"]);
    }
}
