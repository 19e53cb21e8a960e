// Every expression that may initialize a constant may be a value, and none is read otherwise than whole.
#![deny(warnings)]

use smcard::{ComponentKind, SecurityCard, Stage, Text, security_card};

const RELEASE: u32 = 2;
const STAGE: Stage = Stage::Draft;
const TLS: bool = RELEASE > 1;
const NAMES: [&str; 2] = ["first of the names", "second of the names"];

#[expect(non_upper_case_globals, reason = "constants in lower case are values as well")]
mod names {
    pub const users: &str = "a constant in lower case";
    pub const share: f64 = 0.25;
}
use names::{share, users};

trait Name<A, B> {
    const NAME: &'static str;
}

impl Name<u8, u8> for str {
    const NAME: &'static str = "of a trait with two parameters";
}

const fn pick<const AT: usize, T: Copy>(values: &[T; 2]) -> T {
    values[AT]
}

static CARD: SecurityCard = security_card! {
    model_details: {
        developer: if RELEASE == 2 { "the second release" } else { "another release" },
        date: "2026-03-14",
        version: match RELEASE { 2 => "2.0", _ => "1.0" },
        type: { "in braces of its own" },
        information: <str as Name<u8, u8>>::NAME,
        resource: "https://parcels.example/model",
        citation: unknown(concat!("nobody ", "knows")),
        license: "Apache-2.0",
        contact: "models@parcels.example",
        stage: STAGE,
    },
    intended_use: {
        primary_uses: { users },
        primary_users: names::users,
        out_of_scope_uses: const { users },
    },
    factors: { relevant_factors: NAMES[1 >> 0], evaluation_factors: &*users },
    metrics: {
        performance_measures: pick::<1, &str>(&NAMES),
        decision_thresholds: NAMES[0].trim_ascii(),
        variation_approaches: self::names::users,
        measures: [{ name: "Recall", value: { share } }, { name: "Share", value: names::share * 2.0 }],
    },
    evaluation_data: {
        datasets: if RELEASE < 1 || RELEASE > 3 { "out of range" } else { "in the range" },
        motivation: { const TWICE: u32 = RELEASE << 1; if TWICE == 4 { "four of them" } else { "not four" } },
        preprocessing: Text::withheld(NAMES[0]),
    },
    training_data: ::smcard::Text::not_applicable(users),
    quantitative_analyses: { unitary_results: "0.93", intersectional_results: "0.88" },
    ethical_considerations: "No person is on the photographs",
    caveats_and_recommendations: "Wet parcels are often missed",
    security_considerations: { threat_modeling: "Printed labels", security_testing: "200 printed patches" },
    system: {
        components: [{ id: { "camera" }, kind: { ComponentKind::Client } }],
        flows: [
            { id: "images", from: "camera", to: "camera", encrypted: TLS },
            { id: "sizes", from: "camera", to: "camera", encrypted: !TLS },
            { id: "labels", from: "camera", to: "camera", encrypted: cfg!(target_os = "none") },
        ],
    },
};

fn main() {
    assert_eq!(CARD.model_details.r#type, Some(Text::new("in braces of its own")));
    assert_eq!(CARD.model_details.citation, Some(Text::unknown("nobody knows")));
    assert_eq!(CARD.factors.relevant_factors, Some(Text::new("second of the names")));
    assert_eq!(CARD.training_data, Some(Text::not_applicable("a constant in lower case")));
    assert_eq!(CARD.evaluation_data.motivation, Some(Text::new("four of them")));
    assert_eq!(CARD.metrics.measures.first().and_then(|measure| measure.value), Some(0.25));
    let encrypted: Vec<_> = CARD.system.flows.iter().map(|flow| flow.encrypted).collect();
    assert_eq!(encrypted, [Some(true), Some(false), Some(false)]);
    let place = CARD.places.of("model_details.version").unwrap();
    assert!(place.file().ends_with("expressions.rs"));
    assert_eq!((place.line(), place.column()), (34, 18));
}
