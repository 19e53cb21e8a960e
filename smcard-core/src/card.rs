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
        ///
        /// Where data comes from decides who can poison it, and whose secrets the model may give away.
        required training_data: Option<Text<'a>>,
        /// The results, for each factor and for factors together.
        required quantitative_analyses: QuantitativeAnalyses<'a>,
        /// Who can be harmed by the model and how, and what was done about it.
        ///
        /// Who can be harmed decides how bad an attack is.
        required ethical_considerations: Option<Text<'a>>,
        /// What a user must know or do that no other section covers.
        ///
        /// A known limit that is written down is no surprise in operation.
        required caveats_and_recommendations: Option<Text<'a>>,
        /// What an adversary can do to the model, and what was done about it.
        required security_considerations: SecurityConsiderations<'a>,
        /// What the model is part of: its components, who can reach them, and who watches over them.
        optional system: System<'a>,
        /// What the organization adds, in a namespace of its own.
        optional extensions: Extensions<'a>,
        /// What the build measured of the files that the card names; the build writes it, and nobody else.
        ///
        /// What stands there is fact where everything else is a claim.
        optional measured: Extensions<'a> as Measured,
        hidden places: Places<'a> = Places::EMPTY,
    }
}

block! {
    /// Who made the model, when, and under which terms.
    ModelDetails {
        /// The model's name, as a registry or a product lists it.
        ///
        /// A reviewer finds the same model by it in a register, an inventory or an incident.
        optional(answer) name: Option<Text<'a>>,
        /// The person or organization that developed the model.
        ///
        /// A reviewer has to know whose word the card is, and who can answer for the training.
        required developer: Option<Text<'a>>,
        /// When this version of the model was finished: `YYYY-MM-DD`, or `YYYY-MM` or `YYYY` if no more is known.
        ///
        /// It tells which attacks and which data were known when the model was finished.
        required date: Option<Text<'a>> as Date,
        /// The version of the model that this card describes.
        ///
        /// A finding is about a version: without it, nobody can tell whether a fix is in use.
        required version: Option<Text<'a>>,
        /// What kind of model it is: its task and its architecture.
        ///
        /// The task and the architecture decide which attacks are possible at all.
        required r#type: Option<Text<'a>>,
        /// How the model was trained: algorithm, parameters, constraints, other features.
        ///
        /// How a model was trained decides where it can be poisoned, and what it may have memorized.
        required information: Option<Text<'a>>,
        /// Where a reader finds more: the URL of a paper, a repository or a page.
        ///
        /// What a card only claims can be looked up there.
        required resource: Option<Text<'a>> as Url,
        /// How to cite the model.
        ///
        /// It says which publication the claims of the card can be traced to.
        required citation: Option<Text<'a>>,
        /// The licence of the model: an SPDX expression, or the full name of an SPDX licence.
        ///
        /// It decides who may use the model, and for what.
        required license: Option<Text<'a>> as License,
        /// Where to send questions and reports: an email address, a telephone number or a web page.
        ///
        /// Somebody who finds a weakness, or is harmed, needs a person to tell.
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
        ///
        /// Every later question is about these uses: what is safe in one may be dangerous in another.
        required primary_uses: Option<Text<'a>>,
        /// The people and systems that the model was made for.
        ///
        /// Who uses the model decides who can misuse it, and who is harmed by an error.
        required primary_users: Option<Text<'a>>,
        /// The uses for which the model is not meant.
        ///
        /// What was never tested is named here, so that nobody relies on it.
        required out_of_scope_uses: Option<Text<'a>>,
    }
}

block! {
    /// What the model's results depend on.
    Factors {
        /// The groups, instruments and environments for which results may differ.
        ///
        /// A model that works on average may fail for one group or one instrument.
        required relevant_factors: Option<Text<'a>>,
        /// The factors that the evaluation reports, and why it reports these.
        ///
        /// What was not told apart in the evaluation, nobody knows.
        required evaluation_factors: Option<Text<'a>>,
    }
}

block! {
    /// How the model's quality is measured.
    Metrics {
        /// The measures of performance, and why these were chosen.
        ///
        /// A measure says what counts as good, and hides what it does not count.
        required performance_measures: Option<Text<'a>>,
        /// The thresholds at which the model's output becomes a decision.
        ///
        /// A threshold is where a small change of the input becomes another decision.
        required decision_thresholds: Option<Text<'a>>,
        /// How the uncertainty and variation of the measures were determined: repetitions, folds, intervals.
        ///
        /// Without it, nobody can tell a difference from chance.
        required variation_approaches: Option<Text<'a>>,
        /// The figures themselves, each with what it takes to judge it.
        optional measures: List<'a, Measure<'a>>,
    }
}

block! {
    /// What the model was evaluated on.
    EvaluationData {
        /// The datasets of the evaluation.
        ///
        /// Results hold for this data, and for what is like it.
        required datasets: Option<Text<'a>>,
        /// Why these datasets were chosen.
        ///
        /// It shows whether the data is like what the model will meet in use.
        required motivation: Option<Text<'a>>,
        /// How the data was prepared before the evaluation.
        ///
        /// What was cleaned away in the evaluation still arrives in use.
        required preprocessing: Option<Text<'a>>,
    }
}

block! {
    /// The results, for each factor and for factors together.
    QuantitativeAnalyses {
        /// The results for each factor by itself.
        ///
        /// They show where the model is weak, and so where an attack begins.
        required unitary_results: Option<Text<'a>>,
        /// The results for combinations of factors.
        ///
        /// A weakness often shows only where two factors meet.
        required intersectional_results: Option<Text<'a>>,
    }
}
