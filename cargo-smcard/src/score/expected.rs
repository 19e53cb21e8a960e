//! What a reviewer expects of a card, and how much each part of it weighs: one table, whose weights are percent.
//!
//! The fields that every card must have are in the schema; here is what is expected beside them.

use smcard_core::schema::{Field, Kind};
use smcard_core::{Answer, ComponentKind, SecurityCard, Text, ThreatStatus};

use super::answers::{Count, State, View};

/// The weight of each field that every card must have.
pub(super) const REQUIRED: u32 = 2;

/// Why it has one.
pub(super) const REQUIRED_WHY: &str = "every card must have it";

/// A part that a reviewer expects.
pub(super) struct Expected {
    /// The field, or the list.
    pub(super) path: &'static str,
    /// What is expected of each item of a list.
    pub(super) each: Option<&'static str>,
    pub(super) weight: u32,
    pub(super) why: &'static str,
    pub(super) count: fn(&View<'_>) -> Count,
}

macro_rules! expected {
    ($( $path:literal $(each $each:literal)?, $weight:literal, $why:literal, $count:expr; )+) => {
        pub(super) static EXPECTED: &[Expected] = &[ $( Expected {
            path: $path,
            each: expected!(@each $($each)?),
            weight: $weight,
            why: $why,
            count: $count,
        }, )+ ];
    };
    (@each) => { None };
    (@each $each:literal) => { Some($each) };
}

expected! {
    "model_details.name", 1, "a report without a name cannot be told from others", |view| view.field("model_details.name");
    "model_details.stage", 1, "a policy asks more of a model in use", |view| view.field("model_details.stage");
    "metrics.measures", 2, "figures can be compared, texts cannot", |view| view.field("metrics.measures");
    "metrics.measures" each "an `interval`", 1, "without it nobody knows whether a difference is one", |view| {
        let measures = view.card.metrics.measures.iter();
        Count::each(measures.map(|measure| (name(measure.name.as_ref()), !measure.interval.is_empty())))
    };
    "security_considerations.ai_class", 2, "it decides which objectives of an adversary apply",
        |view| view.field("security_considerations.ai_class");
    "security_considerations.threats", 4, "what can go wrong, one by one, is what a reviewer reads first",
        |view| view.field("security_considerations.threats");
    "security_considerations.threats" each "a risk: `likelihood` and `impact`, or `residual`", 2,
        "a risk that is not assessed cannot be accepted", |view| {
        let threats = view.card.security_considerations.threats.iter();
        Count::each(threats.map(|threat| (name(threat.id.as_ref()), threat.risk().is_some() || is_none(threat.status))))
    };
    "security_considerations.threats" each "`evidence`: a test", 3, "a mitigation that nobody has tested is a hope",
        |view| {
        let threats = view.card.security_considerations.threats.iter();
        Count::each(threats.map(|threat| (name(threat.id.as_ref()), !threat.evidence.is_empty() || is_none(threat.status))))
    };
    "security_considerations.objectives" each "a threat, a text or a reason", 4,
        "an objective of an adversary that nobody speaks of has not been looked at", |view| {
        let reports = view.objectives.iter().filter(|report| report.applies != Some(false));
        Count::of(reports.map(|report| {
            let key = smcard_core::Objective::SCHEMA.variant(report.objective.name()).map(|variant| variant.key());
            let state = match report.answer {
                Answer::Withheld | Answer::Unknown => State::NotStated,
                answer if answer.is_covered() => State::Answered,
                _ => State::Missing,
            };
            (key.unwrap_or_default(), state)
        }))
    };
    "security_considerations.tests", 3, "what was tried says more than what was thought of",
        |view| view.field("security_considerations.tests");
    "security_considerations.tests" each "`attempts` and `failures`, or `measures`", 2,
        "a result without counts cannot be compared with the next one", |view| {
        let tests = view.card.security_considerations.tests.iter();
        Count::each(tests.map(|test| {
            let counted = test.attempts.is_some() && test.failures.is_some();
            (name(test.id.as_ref()), counted || !test.measures.is_empty())
        }))
    };
    "security_considerations.tests" each "a `result`", 1, "somebody has to say whether it is good enough", |view| {
        let tests = view.card.security_considerations.tests.iter();
        Count::each(tests.map(|test| (name(test.id.as_ref()), test.result.is_some())))
    };
    "security_considerations.reviews", 2, "a card that nobody has reviewed is a claim",
        |view| view.field("security_considerations.reviews");
    "security_considerations.disclosure_policy", 1, "whoever finds a weakness must know what happens with it",
        |view| view.field("security_considerations.disclosure_policy");
    "system.description", 1, "threats make sense only within a system", |view| view.field("system.description");
    "system.exposure", 1, "it says who the adversary can be", |view| view.field("system.exposure");
    "system.components", 3, "what is not listed is not looked at", |view| view.field("system.components");
    "system.components" each "a digest of its files, if it is a model", 2,
        "without one, nobody can tell which model it is", |view| {
        let is_model = |kind| matches!(kind, Some(ComponentKind::Model | ComponentKind::BaseModel | ComponentKind::Adapter));
        let models = view.system.components.iter().filter(|report| is_model(report.component.kind));
        let state = |report: &smcard_core::ComponentReport<'_>| match report.pinned {
            true => State::Answered,
            false => State::Missing,
        };
        Count::of(models.map(|report| (name(report.component.id.as_ref()), state(report))))
    };
    "system.zones", 1, "trust boundaries follow from them", |view| view.field("system.zones");
    "system.flows", 2, "they are the ways in for an adversary", |view| view.field("system.flows");
    "system.flows" each "a threat, if it crosses a trust boundary", 2,
        "that is where an adversary comes through", |view| {
        let crossing = view.system.boundaries().map(|report| (name(report.flow.id.as_ref()), !report.threats.is_empty()));
        match Count::each(crossing) {
            // Flows of which none crosses one have nothing to cover.
            count if count.total == 0 && !view.system.flows.is_empty() => Count::all(),
            count => count,
        }
    };
    "system.human_oversight", 1, "somebody must be able to stop it", |view| view.field("system.human_oversight");
    "system.access_control", 1, "whoever can change the system can attack it", |view| view.field("system.access_control");
    "system.monitoring", 1, "an attack that nobody sees goes on", |view| view.field("system.monitoring");
    "system.incident_response", 1, "in an incident it is too late to ask who acts", |view| view.field("system.incident_response");
    "system.change_management", 1, "every change makes another model", |view| view.field("system.change_management");
}

/// What a block is called.
fn name(text: Option<&Text<'_>>) -> String {
    text.map(Text::to_string).unwrap_or_default()
}

/// Whether a threat cannot happen: there is nothing to rate and nothing to test.
fn is_none(status: Option<ThreatStatus>) -> bool {
    status == Some(ThreatStatus::NotApplicable)
}

/// The fields that every card must have, by their paths, in the order of a report.
pub(super) fn required() -> Vec<(String, &'static Field)> {
    let mut all = Vec::new();
    for section in SecurityCard::SCHEMA.fields.iter().filter(|section| section.required) {
        match section.kind {
            Kind::Block(block) => {
                let fields = block.fields.iter().filter(|field| field.required);
                all.extend(fields.map(|field| (format!("{}.{}", section.name, field.name), field)));
            }
            _ => all.push((section.name.to_owned(), section)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_percent() {
        let required = u32::try_from(required().len()).unwrap() * REQUIRED;
        assert_eq!(required + EXPECTED.iter().map(|expected| expected.weight).sum::<u32>(), 100);
    }

    #[test]
    fn each_is_a_field_of_the_card_that_is_not_required() {
        for expected in EXPECTED {
            let field = SecurityCard::SCHEMA.at(expected.path);
            assert!(field.is_some_and(|field| !field.required), "{}", expected.path);
        }
    }

    #[test]
    fn the_readme_shows_this_table() {
        let mut table = "| what | weight | why |\n|---|---|---|\n".to_owned();
        table += &format!("| each of the {} required fields | {REQUIRED} | {REQUIRED_WHY} |\n", required().len());
        for Expected { path, each, weight, why, .. } in EXPECTED {
            let each = each.map(|each| format!(", each with {each}")).unwrap_or_default();
            table += &format!("| `{path}`{each} | {weight} | {why} |\n");
        }
        assert!(include_str!("../../README.md").contains(&table), "the table is\n{table}");
    }
}
