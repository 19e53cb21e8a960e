//! What ids of taxonomies stand for.

use std::collections::BTreeSet;
use std::path::Path;

use smcard::taxonomy::{self, Reference, Standing, editions, find, named};
use smcard::{AiClass, Objective};

/// The facts, as pairs of an id and a name, from the files that the table is made of.
fn facts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("taxonomies");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let tables =
        files.filter(|file| file.extension().is_some_and(|kind| kind == "toml") && !file.ends_with("Cargo.toml"));
    let texts: Vec<String> = tables.filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    let mut facts = Vec::new();
    for text in &texts {
        for entry in text.split("[[entry]]").skip(1) {
            let value = |key: &str| {
                let line = entry.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""))?;
                Some(line.trim_end_matches('"').replace("\\\"", "\""))
            };
            facts.extend(value("id").zip(value("full_name").or_else(|| value("name"))));
        }
    }
    facts
}

#[test]
fn every_id_of_the_facts_resolves_to_its_name() {
    let facts = facts();
    assert_eq!(facts.len(), 476);
    for (id, name) in &facts {
        assert_eq!(find(id).map(|concept| concept.name), Some(name.as_str()), "{id}");
    }
}

#[test]
fn the_table_holds_nothing_but_the_facts() {
    let facts: BTreeSet<String> = facts().into_iter().map(|(id, _)| id).collect();
    let invented: Vec<&str> = taxonomy::concepts()
        .iter()
        .map(|concept| concept.id)
        // `ASI01:2026` is the other spelling of `ASI01`.
        .filter(|id| !facts.contains(id.strip_suffix(":2026").filter(|id| id.starts_with("ASI")).unwrap_or(id)))
        .collect();
    assert_eq!(invented, [""; 0]);
}

#[test]
fn lookups_are_by_the_exact_id() {
    for id in ["", "AML", "aml.t0015", "AML.T0015 ", "AML.T0015.", "LLM06", "Prompt Injection", "ZZZ"] {
        assert_eq!(find(id), None, "{id:?}");
    }
    assert_eq!(find("AML.T0015").map(|concept| concept.kind), Some("technique"));
}

#[test]
fn each_retired_id_names_what_took_its_place() {
    let retired: Vec<(&str, Vec<&str>)> = taxonomy::concepts()
        .iter()
        .filter(|concept| concept.standing == Standing::Retired)
        .map(|concept| (concept.id, concept.current().iter().map(|successor| successor.id).collect()))
        .collect();
    assert_eq!(
        retired,
        [
            ("AML.T0009", vec!["AML.T0008.001"]),
            ("AML.T0019", vec!["AML.T0115.000"]),
            ("AML.T0045", vec!["AML.T0048.004"]),
            ("AML.T0058", vec!["AML.T0115.001"]),
            ("AML.T0104", vec!["AML.T0115.002"]),
        ]
    );
}

#[test]
fn an_id_without_its_edition_has_a_meaning_in_each() {
    let meanings: Vec<(&str, &str)> = editions("LLM06").map(|concept| (concept.id, concept.name)).collect();
    assert_eq!(
        meanings,
        [
            ("LLM06:2023", "Sensitive Information Disclosure"),
            ("LLM06:2025", "Excessive Agency"),
            ("LLM06:2026", "Unbounded Consumption"),
        ]
    );
    assert_eq!(editions("LLM0").count(), 0);
}

#[test]
fn an_older_edition_leads_to_the_newest() {
    let today = |id: &str| find(id).map(|concept| concept.current().iter().map(|it| it.id).collect::<Vec<_>>());
    assert_eq!(today("LLM06:2025"), Some(vec!["LLM03:2026"]));
    assert_eq!(today("LLM06:2023"), Some(vec!["LLM02:2026"]));
    assert_eq!(today("LLM07:2023"), Some(vec![]));
    assert_eq!(today("LLM01:2026"), Some(vec!["LLM01:2026"]));
}

#[test]
fn an_attack_can_serve_several_objectives_and_others_by_class() {
    let objectives = |id: &str, class| find(id).map(|concept| concept.objectives(class).collect::<Vec<_>>());
    let three = vec![Objective::Integrity, Objective::Privacy, Objective::Misuse];
    assert_eq!(objectives("NISTAML.018", Some(AiClass::Generative)), Some(three.clone()));
    assert_eq!(objectives("NISTAML.018", Some(AiClass::Agentic)), Some(three));
    assert_eq!(objectives("NISTAML.018", Some(AiClass::Predictive)), Some(vec![]));
    assert_eq!(objectives("NISTAML.013", Some(AiClass::Predictive)), Some(vec![Objective::Availability]));
    assert_eq!(objectives("NISTAML.013", Some(AiClass::Generative)), Some(vec![Objective::Integrity]));
    assert_eq!(objectives("NISTAML.013", None), Some(vec![Objective::Availability, Objective::Integrity]));
    assert_eq!(objectives("AML.T0015", None), Some(vec![]));
}

#[test]
fn names_are_found_in_whatever_case_former_ones_too() {
    let ids = |name: &str| named(name).map(|concept| concept.id).collect::<Vec<_>>();
    assert_eq!(ids("evade ai model"), ["AML.T0015"]);
    assert_eq!(ids("ML Attack Staging"), ["AML.TA0001"]);
    assert_eq!(ids("Model Poisoning"), ["ML10:2023", "NISTAML.011", "NISTAML.026", "NISTAML.051"]);
    assert_eq!(ids("no such attack"), [""; 0]);
}

#[test]
fn a_reference_is_an_id_with_a_name_behind_it_or_not() {
    let parts = |text| {
        let Reference { id, name } = Reference::new(text);
        (id, name)
    };
    assert_eq!(parts("AML.T0015"), ("AML.T0015", ""));
    assert_eq!(parts("AML.T0015 Evade AI Model"), ("AML.T0015", "Evade AI Model"));
    assert_eq!(parts(" LLM01:2026: Prompt Injection "), ("LLM01:2026", "Prompt Injection"));
    assert_eq!(parts("CWE-1039 (a name)"), ("CWE-1039", "a name"));
    assert_eq!(parts("ASI01 – Agent Goal Hijack"), ("ASI01", "Agent Goal Hijack"));
    assert_eq!(parts(""), ("", ""));
}
