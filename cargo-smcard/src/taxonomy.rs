//! `smcard taxonomy SEARCH`.

use std::fmt::Write;

use smcard_core::taxonomy::{self, Concept, Standing};

use crate::exit::{Failure, Outcome, Status};
use crate::output;

/// Find an entry of a taxonomy by its id, its name or a part of either
///
/// Knows MITRE ATLAS, NIST AI 100-2, the OWASP Top 10s for LLM, machine learning and agentic
/// applications, and the part of CWE that is about AI. Tells what replaced an id that is retired or
/// of an older edition. Without a search, lists the taxonomies.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// An id, a name, or a part of one: `AML.T0015`, `LLM06`, `evasion`
    #[arg(num_args = 0.., trailing_var_arg = true)]
    search: Vec<String>,
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let search = self.search.join(" ");
        let search = search.trim();
        let mut text = String::new();
        if search.is_empty() {
            for known in taxonomy::all() {
                let part = if known.complete { "" } else { " (in part)" };
                text += &format!("{:20} {:8} {}{part}\n", known.label, known.version, known.name);
            }
        } else {
            for concept in found(search) {
                describe(&mut text, concept);
            }
        }
        if text.is_empty() {
            return Err(Failure::new(format!("no taxonomy has an entry with `{search}` in its id or name"))
                .help("search for one word of its name, or for the beginning of its id"));
        }
        output::print(&text)?;
        Ok(Status::Good)
    }
}

/// The entries that a search means: those with this very id, in any edition; else those whose id or name holds it, the
/// ones that are named so first.
fn found(search: &str) -> Vec<&'static Concept> {
    let lower = search.to_lowercase();
    let all = taxonomy::concepts().iter();
    let of_id = |concept: &&Concept| {
        let id = concept.id.to_lowercase();
        id == lower || id.split_once(':').is_some_and(|(bare, _)| bare == lower)
    };
    let by_id: Vec<_> = all.clone().filter(of_id).collect();
    if !by_id.is_empty() {
        return by_id;
    }
    let holds = |text: &str| text.to_lowercase().contains(&lower);
    let part =
        |concept: &&Concept| holds(concept.id) || holds(concept.name) || concept.other_names.iter().any(|n| holds(n));
    let mut found: Vec<_> = all.filter(part).collect();
    found.sort_by_key(|concept| !concept.is_named(search));
    found
}

fn describe(text: &mut String, concept: &'static Concept) {
    let taxonomy = concept.taxonomy;
    let kind = concept.kind.replace('-', " ");
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}  {} ({}, {kind})", concept.id, concept.name, taxonomy.label);
    if !concept.other_names.is_empty() {
        let _ = writeln!(text, "    also: {}", concept.other_names.join("; "));
    }
    let objectives: Vec<String> = concept.objectives(None).map(|it| it.name().to_owned()).collect();
    if !objectives.is_empty() {
        let _ = writeln!(text, "    objectives: {}", objectives.join(", "));
    }
    let standing = match concept.standing {
        Standing::Current => return,
        Standing::Superseded => "of an edition that a newer one has superseded",
        Standing::Retired => "retired",
    };
    let current: Vec<String> = concept.current().iter().map(|it| format!("{} {}", it.id, it.name)).collect();
    let instead = if current.is_empty() { "nothing took its place".to_owned() } else { current.join("; ") };
    let _ = writeln!(text, "    {standing}; now: {instead}");
}
