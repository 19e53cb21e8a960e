//! The card: the one declaration of its sections and fields.
//!
//! To add a field, add it here: the struct field with its documentation, the macro's knowledge,
//! the schema table, reading and writing follow from this line.
//!
//! The sections are those of Mitchell et al., "Model Cards for Model Reporting" (2019,
//! <https://doi.org/10.1145/3287560.3287596>), and the security section after them.

mod measure;
mod security;
mod system;

pub use measure::{Comparator, Comparison, Direction, Measure, Threshold};
pub use security::{
    Acceptance, AiClass, Decision, Knowledge, Mitigation, Objective, Objectives, Review, Risk, SecurityConsiderations,
    Test, TestKind, TestResult, Threat, ThreatStatus, Vulnerability, VulnerabilityStatus,
};
pub use system::{Component, ComponentKind, Exposure, File, Flow, Permission, Sensitivity, System, Trust, Zone};

use crate::extensions::Extensions;
use crate::list::List;
use crate::part::{block, choice};
use crate::places::Places;
use crate::text::Text;

block! {
    /// A security model card: who made a model, what it is for, how it was measured, how it was secured.
    ///
    /// Ten sections in the order of a report, after Mitchell et al., "Model Cards for Model
    /// Reporting" (2019), with a security section after them.
    SecurityCard {
        /// The JSON Schema by which an editor completes and checks the card: a URL, or a path.
        optional(answer) schema: Option<Text<'a>> = "$schema",
        /// Who made the model, when, and under which terms.
        required model_details: ModelDetails<'a>,
        /// What the model is for, and what it is not for.
        required intended_use: IntendedUse<'a>,
        /// What the model's results depend on.
        required factors: Factors<'a>,
        /// How the model's quality is measured.
        required metrics: Metrics<'a>,
        /// What the model was evaluated on.
        required evaluation_data: EvaluationData<'a>,
        /// What the model was trained on: sources, size, period, consent, known gaps.
        required training_data: Option<Text<'a>>,
        /// The results, for each factor and for factors together.
        required quantitative_analyses: QuantitativeAnalyses<'a>,
        /// Who can be harmed by the model and how, and what was done about it.
        required ethical_considerations: Option<Text<'a>>,
        /// What a user must know or do that no other section covers.
        required caveats_and_recommendations: Option<Text<'a>>,
        /// What an adversary can do to the model, and what was done about it.
        required security_considerations: SecurityConsiderations<'a>,
        /// What the model is part of: its components, who can reach them, and who watches over them.
        optional system: System<'a>,
        /// What the organization adds, in a namespace of its own.
        optional extensions: Extensions<'a>,
        hidden places: Places<'a> = Places::EMPTY,
    }
}

block! {
    /// Who made the model, when, and under which terms.
    ModelDetails {
        /// The model's name, as a registry or a product lists it.
        optional(answer) name: Option<Text<'a>>,
        /// The person or organization that developed the model.
        required developer: Option<Text<'a>>,
        /// When this version of the model was finished: `YYYY-MM-DD`, or `YYYY-MM` or `YYYY` if no more is known.
        required date: Option<Text<'a>> as Date,
        /// The version of the model that this card describes.
        required version: Option<Text<'a>>,
        /// What kind of model it is: its task and its architecture.
        required r#type: Option<Text<'a>>,
        /// How the model was trained: algorithm, parameters, constraints, other features.
        required information: Option<Text<'a>>,
        /// Where a reader finds more: the URL of a paper, a repository or a page.
        required resource: Option<Text<'a>> as Url,
        /// How to cite the model.
        required citation: Option<Text<'a>>,
        /// The licence of the model: an SPDX expression, or the full name of an SPDX licence.
        required license: Option<Text<'a>> as License,
        /// Where to send questions and reports: an email address, a telephone number or a web page.
        required contact: Option<Text<'a>> as Contact,
        /// Where the model is in its life cycle; the policy may ask for more at each stage.
        optional stage: Option<Stage>,
    }
}

choice! {
    /// Where a model is in its life cycle.
    Stage {
        /// Being written: not everything is known yet.
        Draft,
        /// With the people who decide on its release.
        Review,
        /// Released and in use.
        Production,
        /// No longer in use; the card stays as a record.
        Retired,
    }
}

block! {
    /// What the model is for, and what it is not for.
    IntendedUse {
        /// The uses that the model was made for.
        required primary_uses: Option<Text<'a>>,
        /// The people and systems that the model was made for.
        required primary_users: Option<Text<'a>>,
        /// The uses for which the model is not meant.
        required out_of_scope_uses: Option<Text<'a>>,
    }
}

block! {
    /// What the model's results depend on.
    Factors {
        /// The groups, instruments and environments for which results may differ.
        required relevant_factors: Option<Text<'a>>,
        /// The factors that the evaluation reports, and why it reports these.
        required evaluation_factors: Option<Text<'a>>,
    }
}

block! {
    /// How the model's quality is measured.
    Metrics {
        /// The measures of performance, and why these were chosen.
        required performance_measures: Option<Text<'a>>,
        /// The thresholds at which the model's output becomes a decision.
        required decision_thresholds: Option<Text<'a>>,
        /// How the uncertainty and variation of the measures were determined: repetitions, folds, intervals.
        required variation_approaches: Option<Text<'a>>,
        /// The figures themselves, each with what it takes to judge it.
        optional measures: List<'a, Measure<'a>>,
    }
}

block! {
    /// What the model was evaluated on.
    EvaluationData {
        /// The datasets of the evaluation.
        required datasets: Option<Text<'a>>,
        /// Why these datasets were chosen.
        required motivation: Option<Text<'a>>,
        /// How the data was prepared before the evaluation.
        required preprocessing: Option<Text<'a>>,
    }
}

block! {
    /// The results, for each factor and for factors together.
    QuantitativeAnalyses {
        /// The results for each factor by itself.
        required unitary_results: Option<Text<'a>>,
        /// The results for combinations of factors.
        required intersectional_results: Option<Text<'a>>,
    }
}
