//! The system around a model in a whole project: typed, pasted, and with what no threat covers.

use smcard::SecurityCard;

use crate::card::{Card, source};
use crate::project::Project;
use crate::random::notation::{json, rust, without_places};
use crate::random::{Dice, Fields, card};

#[test]
fn a_card_with_every_field_is_the_same_typed_and_pasted() {
    let card = card(&mut Dice::new(20_260_314), Fields::All);
    let project = Project::workspace(&["every-field-typed", "every-field-pasted"]);
    project.write("every-field-typed/src/card.rs", source(&rust(&card)));
    project.write("every-field-pasted/src/card.rs", source(&json(&card)));
    let built = project.build().passed();
    let typed = built.report("every-field-typed");

    assert_eq!(built.report("every-field-pasted"), typed);
    let read = SecurityCard::from_json(&typed).expect("a report is a card");
    assert_eq!(without_places(&read.tree()), card);
    assert!(built.warnings().is_empty(), "{}", built.stderr);
}

/// The system of an agent, of whose parts no threat says anything.
const AGENT: [(&str, &str); 4] = [
    ("security_considerations.ai_class", "Agentic"),
    ("system.zones", "[{ id: \"web\", trust: Untrusted }, { id: \"cloud\", trust: Internal }]"),
    (
        "system.components",
        "[\n            { id: \"user\", kind: Client, zone: \"web\" },\n            \
         { id: \"agent\", kind: Model, zone: \"cloud\" },\n            \
         { id: \"foundation\", kind: BaseModel, supplier: unknown(\"The weights came without a name\") },\n            \
         { id: \"mailer\", kind: Tool, zone: \"cloud\", permission: Allowed },\n        ]",
    ),
    ("system.flows", "[{ id: \"prompts\", from: \"user\", to: \"agent\", encrypted: ENCRYPTED }]"),
];

/// For each objective of an adversary, a text.
const OBJECTIVES: &str = "{ availability: \"Looked at.\", integrity: \"Looked at.\", privacy: \"Looked at.\", \
                          misuse: \"Looked at.\", supply_chain: \"Looked at.\" }";

fn agent() -> Card {
    let card = Card::good().with("security_considerations.objectives", OBJECTIVES);
    AGENT.into_iter().fold(card, |card, (path, value)| card.with(path, value))
}

fn project(name: &str, card: &Card) -> Project {
    Project::new(name).file("src/card.rs", &format!("pub const ENCRYPTED: bool = 1 < 2;\n{}", card.source()))
}

#[test]
fn what_no_threat_covers_is_a_warning_each_that_names_it_and_a_technique() {
    let built = project("uncovered", &agent()).build().passed();
    let warnings = built.warnings();

    for (told, technique) in [
        ("`prompts` comes out of an untrusted zone, and no threat affects it or `agent`", "AML.T0051"),
        ("the model may use `mailer` without approval, and no threat affects it", "ASI02"),
        ("nothing fixes which `foundation` is used, and no threat affects it", "AML.T0010.003"),
    ] {
        let warning = warnings.iter().find(|warning| warning.contains(told));
        assert!(warning.is_some_and(|warning| warning.contains(technique)), "no {told}\n{}", built.stderr);
    }
    assert_eq!(warnings.len(), 3, "{}", built.stderr);
    assert!(built.report("uncovered").contains("\"encrypted\": true"));
    assert_eq!(built.value("uncovered", "system.components.2.supplier"), "Unknown: The weights came without a name");
}

#[test]
fn a_threat_that_affects_a_part_answers_for_it() {
    let threat = "[{ id: \"steering\", refs: [\"AML.T0051\"], objectives: [Misuse, Privacy], scenario: \"A prompt steers it\", \
                  affects: [\"prompts\", \"mailer\", \"foundation\"], status: Transferred }]";
    let card = agent().with("security_considerations.threats", threat);
    let built = project("covered", &card).build().passed();

    assert!(built.warnings().is_empty(), "{}", built.stderr);
}
