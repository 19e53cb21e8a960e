//! The system in a whole project: what the compiler says of a boundary, a tool and a base model that no threat covers.

use smcard::SecurityCard;
use smcard::tree::Value;

use crate::card::{Card, source};
use crate::project::Project;
use crate::random::notation::{json, rust, without_places};
use crate::random::{Dice, Fields, card};

const ZONES: &str = "[\n            { id: \"suppliers\", trust: Untrusted },\n            { id: \"office\", trust: Internal },\n        ]";

const COMPONENTS: &str = "[
            { id: \"mail\", kind: Client, zone: \"suppliers\" },
            { id: \"agent\", kind: Model, zone: \"office\", version: env!(\"CARGO_PKG_VERSION\") },
            { id: \"base\", kind: BaseModel, name: \"large-7\", supplier: unknown(\"The host does not say.\") },
            { id: \"order\", kind: Tool, zone: \"office\", permission: Allowed },
        ]";

const FLOWS: &str = "[
            { id: \"inbox\", from: \"mail\", to: \"agent\", data: \"Mail\", encrypted: true },
            { id: \"orders\", from: \"agent\", to: \"order\", encrypted: ENCRYPTED },
        ]";

fn threat(affects: &str) -> String {
    format!(
        "[{{ id: \"hijack\", refs: [\"AML.T0051\"], objectives: [Integrity], scenario: \"A mail gives orders.\", \
         status: Open, owner: \"The team\", affects: {affects} }}]"
    )
}

/// An agent that reads mail and orders, with one threat that affects these.
fn agent(affects: &str) -> Card {
    Card::good()
        .with("security_considerations.threats", &threat(affects))
        .with("system.zones", ZONES)
        .with("system.components", COMPONENTS)
        .with("system.flows", FLOWS)
}

/// The file of the card, with a constant that its code may use too.
fn file(card: &Card) -> String {
    format!("pub const ENCRYPTED: bool = false;\n{}", card.source())
}

#[test]
fn a_boundary_a_tool_and_a_base_model_without_a_threat_are_told_each_at_its_place() {
    let name = "untouched";
    let project = Project::new(name).file("src/card.rs", &file(&agent("[\"mail\"]")));
    let built = project.build().passed();
    let warnings = built.warnings();
    let source = file(&agent("[\"mail\"]"));
    for (block, says, technique) in [
        ("{ id: \"base\"", "`base` is not pinned by a digest, and no threat affects it", "AML.T0010.003"),
        ("{ id: \"order\"", "the model may use `order` without approval, and no threat affects it", "ASI02"),
        ("{ id: \"inbox\"", "`inbox` comes from an untrusted zone, and no threat affects it or `agent`", "AML.T0043"),
    ] {
        let line = source.lines().position(|line| line.contains(block)).map_or(0, |index| index + 1);
        let begins = format!("warning: {name}@1.2.3: src/card.rs:{line}:15: {says}; help: ");
        let warning = warnings.iter().find(|warning| warning.starts_with(&begins));
        assert!(warning.is_some_and(|warning| warning.contains(technique)), "no {begins}\n{}", built.stderr);
    }

    project.write("src/card.rs", file(&agent("[\"agent\", \"order\", \"base\"]")));
    let built = project.build().passed();
    assert!(!built.stderr.contains("no threat affects"), "{}", built.stderr);
    assert!(built.report(name).contains("\"encrypted\": false\n"), "{}", built.report(name));
    assert_eq!(built.value(name, "system.components.1.version"), "1.2.3");
    assert_eq!(built.value(name, "system.components.2.supplier"), "Unknown: The host does not say.");
}

#[test]
fn a_policy_can_refuse_what_no_threat_covers() {
    let project = Project::new("refused")
        .file("src/card.rs", &file(&agent("[\"order\", \"base\"]")))
        .file("smcard.toml", "[level]\nboundary-without-threat = \"error\"\n");
    let built = project.build().failed();
    assert!(built.only_error().starts_with("error: `inbox` comes from an untrusted zone"), "{}", built.stderr);
}

#[test]
fn a_card_with_every_field_is_the_same_typed_and_pasted() {
    let mut card = card(&mut Dice::new(20_260_314), Fields::All);
    let project = Project::workspace(&["every-field-typed", "every-field-pasted"])
        .file("smcard.toml", "[level]\nnot-measured = \"allow\"\n");
    project.write("every-field-typed/src/card.rs", source(&rust(&card)));
    project.write("every-field-pasted/src/card.rs", source(&json(&card)));
    let built = project.build().passed();
    let typed = built.report("every-field-typed");

    assert_eq!(built.report("every-field-pasted"), typed);
    let read = SecurityCard::from_json(&typed).expect("a report is a card");
    // What was measured, the build alone says; here, it measures nothing.
    if let Value::Block(entries) = &mut card.value {
        entries.retain(|entry| entry.key != "measured");
    }
    assert_eq!(without_places(&read.tree()), card);
    assert!(built.warnings().is_empty(), "{}", built.stderr);
}

#[test]
fn the_report_of_a_system_pasted_as_a_body_gives_the_same_report() {
    let typed = Project::new("system-typed").file("src/card.rs", &file(&agent("[\"agent\", \"order\", \"base\"]")));
    let typed = typed.build().passed().report("system-typed");
    assert_eq!(typed.matches("\"kind\": ").count(), 4, "{typed}");
    let pasted = Project::new("system-pasted").file("src/card.rs", &source(&typed));
    assert_eq!(pasted.build().passed().report("system-pasted"), typed);
}

#[test]
fn what_refers_to_nothing_in_the_card_is_one_error_at_its_place() {
    let card = file(&agent("[\"agent\", \"order\", \"base\"]")).replace("to: \"agent\"", "to: \"agnet\"");
    let built = Project::new("dangling-flow").file("src/card.rs", &card).build().failed();
    let error = built.only_error();
    assert!(error.starts_with("error: `agnet` in `to` in `flows[0]` is not a component of this card\n"), "{error}");
    assert!(error.contains("help: did you mean `agent`?") && error.contains("\"inbox\""), "{error}");
}
