//! The tables of what tools test for, compared with the taxonomies and with the facts that they were made from.

use std::fs;
use std::io::Write as _;

use serde::Deserialize;
use smcard_core::taxonomy;

use super::garak::PROBES;
use super::promptfoo::TAGS;
use super::refs::{Refs, is_other};

/// What the tables were made from lies beside the repository, and only where the project is developed.
const FACTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/taxonomies/tool-tags.toml");

#[derive(Debug, Deserialize)]
struct Facts {
    garak: Vec<Probe>,
    promptfoo: Vec<Tag>,
}

#[derive(Debug, Deserialize)]
struct Probe {
    probe: String,
    #[serde(default)]
    owasp: Vec<String>,
    #[serde(default)]
    cwe: Vec<String>,
    #[serde(default)]
    avid: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Tag {
    tag: String,
    maps_to: String,
    #[serde(default)]
    plugins: Vec<String>,
}

#[test]
fn each_id_is_one_that_a_card_can_cite_or_of_a_taxonomy_that_is_told_apart() {
    let ids = PROBES.iter().flat_map(|(_, ids)| ids.iter().copied()).chain(TAGS.iter().map(|tag| tag.id));
    let mut checked = 0;
    for id in ids {
        // Of CWE the table of taxonomies has what is about AI.
        let known = taxonomy::find(id).is_some() || id.starts_with("CWE-") && Refs::default().tag(id);
        assert!(known != is_other(id), "{id}");
        checked += 1;
    }
    assert!(checked > 400, "{checked}");
}

#[test]
fn the_editions_are_those_that_each_tool_means() {
    let of = |probe: &str| PROBES.iter().find(|(name, _)| *name == probe).map(|(_, ids)| *ids);
    assert_eq!(of("leakreplay.NYTCloze"), Some(&["LLM10:2023", "LLM06:2023", "S0301"][..]));
    let name = |id: &str| taxonomy::find(id).map(|concept| concept.name);
    // What leaks training data is no unbounded consumption, as LLM10 is in 2025.
    assert_eq!(name("LLM10:2023"), Some("Model Theft"));
    let of = |tag: &str| TAGS.iter().find(|known| known.tag == tag);
    assert!(of("owasp:llm:07").is_some_and(|tag| tag.id == "LLM07:2025" && tag.plugins.contains(&"prompt-extraction")));
    assert_eq!(name("LLM07:2025"), Some("System Prompt Leakage"));
}

#[test]
fn the_probes_are_sorted_as_they_are_searched() {
    assert!(PROBES.windows(2).all(|pair| matches!(pair, [(a, _), (b, _)] if a < b)));
}

#[test]
fn the_tables_say_what_the_facts_say() {
    let Ok(text) = fs::read_to_string(FACTS) else {
        // Not `eprintln`, which a test that passes does not show.
        let _ = writeln!(std::io::stderr(), "SKIPPED: there is no {FACTS}, so the tables were not compared with it");
        return;
    };
    let facts: Facts = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
    let mut probes: Vec<(String, Vec<String>)> =
        facts.garak.into_iter().map(|it| (it.probe, [it.owasp, it.cwe, it.avid].concat())).collect();
    probes.sort();
    assert_eq!(probes.len(), PROBES.len());
    for ((probe, ids), (known, known_ids)) in probes.iter().zip(PROBES) {
        assert_eq!((probe.as_str(), ids.as_slice()), (*known, &strings(known_ids)[..]));
    }
    assert_eq!(facts.promptfoo.len(), TAGS.len());
    for (tag, known) in facts.promptfoo.iter().zip(TAGS) {
        assert_eq!((tag.tag.as_str(), tag.maps_to.as_str()), (known.tag, known.id));
        assert_eq!(tag.plugins, strings(known.plugins), "{}", known.tag);
    }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
