//! Measures: figures of the model's quality, each with what it takes to judge it.

use crate::list::List;
use crate::part::{block, choice};
use crate::text::Text;

block! {
    /// One figure of the model's quality, with what it takes to judge it.
    Measure {
        /// What is measured: accuracy, recall, robust accuracy, attack success rate.
        required(answer) name: Option<Text<'a>>,
        /// The figure.
        required value: Option<f64>,
        /// The unit of the figure and of all that it is compared with; none if it is a share between 0 and 1.
        optional(answer) unit: Option<Text<'a>> as Label,
        /// Whether a higher figure is a better one.
        optional direction: Option<Direction>,
        /// The part of the data that the figure is about, such as `camera=B, lighting=night`.
        optional slice: Option<Text<'a>> as Label,
        /// The confidence interval around the figure: `[low, high]`, in the same unit.
        optional interval: List<'a, f64> as Interval,
        /// What the figure must reach; a figure that misses it is a finding.
        optional threshold: Threshold<'a>,
        /// The same figure without an attack: only the comparison shows how robust a model is.
        optional baseline: Option<f64>,
        /// The same figure of something else: an earlier version, another model, the system without a safeguard.
        optional comparator: Comparator<'a>,
        /// The data on which it was measured.
        optional dataset: Option<Text<'a>>,
        /// Where the figure comes from: a file of the package, or a description.
        optional evidence: Option<Text<'a>>,
    }
}

block! {
    /// What a figure must reach.
    Threshold {
        /// On which side of the value the figure must lie.
        required op: Option<Comparison>,
        /// The value to compare with, in the unit of the figure.
        required value: Option<f64>,
        /// Who or what sets the threshold.
        optional source: Option<Text<'a>>,
    }
}

choice! {
    /// Which way a figure gets better.
    Direction {
        /// A higher figure is better: accuracy, robust accuracy.
        HigherIsBetter,
        /// A lower figure is better: error rate, attack success rate.
        LowerIsBetter,
    }
}

block! {
    /// The same figure of something else.
    Comparator {
        /// What it is the figure of: `version 1.3`, `without the output filter`.
        required(answer) name: Option<Text<'a>> as Label,
        /// The figure, in the same unit.
        required value: Option<f64>,
    }
}

choice! {
    /// On which side of a value a figure must lie.
    Comparison {
        /// The value or above.
        AtLeast,
        /// Above the value.
        MoreThan,
        /// The value or below.
        AtMost,
        /// Below the value.
        LessThan,
    }
}

impl Comparison {
    /// Whether a figure lies on this side of a value.
    pub fn holds(self, figure: f64, value: f64) -> bool {
        match self {
            Comparison::AtLeast => figure >= value,
            Comparison::MoreThan => figure > value,
            Comparison::AtMost => figure <= value,
            Comparison::LessThan => figure < value,
        }
    }
}
