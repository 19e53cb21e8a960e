//! The source of `smcard-core/src/taxonomy/table.rs`.

use std::fmt::{self, Write as _};

use serde::Serialize as _;

use crate::facts::{Entry, Kind, System, TAXONOMIES, Taxonomy};

/// The objectives of NIST AI 100-2, as the card's `Objective` spells them.
const OBJECTIVES: &[(&str, &str)] = &[
    ("NISTAML.01", "Availability"),
    ("NISTAML.02", "Integrity"),
    ("NISTAML.03", "Privacy"),
    ("NISTAML.04", "Misuse"),
    ("NISTAML.05", "SupplyChain"),
];

/// The table of these taxonomies, which stand in the order of [`TAXONOMIES`].
pub(crate) fn of(taxonomies: &[Taxonomy]) -> Result<String, fmt::Error> {
    let (mut heads, mut defaults) = (String::new(), String::new());
    let mut concepts: Vec<(&str, String)> = Vec::new();
    for (index, (taxonomy, (file, label))) in taxonomies.iter().zip(TAXONOMIES).enumerate() {
        let head = &taxonomy.head;
        let constant = file.to_uppercase().replace('-', "_");
        writeln!(defaults, "const {constant}: Concept = of(&TAXONOMIES[{index}]);")?;
        let version = head.version.split(" (").next().unwrap_or_default();
        writeln!(
            heads,
            "    Taxonomy {{ label: {label:?}, name: {:?}, version: {version:?}, complete: {} }},",
            head.name, head.complete,
        )?;
        for entry in &taxonomy.entries {
            concepts.extend(entry.ids().map(|id| (id, concept(id, entry, &constant))));
        }
    }
    // Sorted by id, for a binary search.
    concepts.sort();
    let count = concepts.len();
    let rows: String = concepts.into_iter().map(|(_, row)| row).collect();
    Ok(format!(
        "// Made by `cargo run -p smcard-taxonomies` from the facts in `taxonomies/`. Do not edit.\n\n\
         use super::{{Concept, Standing, Taxonomy}};\n\
         use crate::card::Objective::{{Availability, Integrity, Misuse, Privacy, SupplyChain}};\n\n\
         #[rustfmt::skip]\n\
         pub(super) static TAXONOMIES: [Taxonomy; {}] = [\n{heads}];\n\n\
         #[rustfmt::skip]\n\
         pub(super) static CONCEPTS: [Concept; {count}] = [\n{rows}];\n\n\
         // What the entries of each taxonomy have where they do not say otherwise.\n\
         {defaults}\n\
         const fn of(taxonomy: &'static Taxonomy) -> Concept {{\n    \
             Concept {{\n        \
                 id: \"\",\n        name: \"\",\n        kind: \"\",\n        taxonomy,\n        other_names: {NONE},\n        \
                 standing: {CURRENT},\n        replaced_by: {NONE},\n        predictive: {NONE},\n        \
                 generative: {NONE},\n    \
             }}\n\
         }}\n",
        taxonomies.len(),
    ))
}

/// The row of an entry, under one of its ids; `defaults` is the constant of its taxonomy.
fn concept(id: &str, entry: &Entry, defaults: &str) -> String {
    let name = entry.full_name.as_ref().unwrap_or(&entry.name);
    let mut others: Vec<&String> = entry.former_names.iter().collect();
    others.extend(entry.aliases.iter().filter(|alias| !alias.starts_with(&entry.id)));
    if entry.name != *name {
        others.push(&entry.name);
    }
    let standing = match (entry.deprecated, &entry.edition) {
        (false, _) => "Current",
        (true, Some(_)) => "Superseded",
        (true, None) => "Retired",
    };
    let mut row = format!("    Concept {{ id: {id:?}, name: {name:?}, kind: {:?}", Shown(entry.kind).to_string());
    // What a row says is compiled at every clean build of everybody who has a card: what goes without saying is not said.
    let mut say = |field: &str, value: String, without_saying: &str| {
        if value != without_saying {
            row += &format!(", {field}: {value}");
        }
    };
    say("other_names", format!("&{others:?}"), NONE);
    say("standing", format!("Standing::{standing}"), CURRENT);
    say("replaced_by", format!("&{:?}", entry.replaced_by), NONE);
    say("predictive", objectives(entry, &entry.parents_pred, System::PredAI), NONE);
    say("generative", objectives(entry, &entry.parents_gen, System::GenAI), NONE);
    row + &format!(", ..{defaults} }},\n")
}

/// What an entry has whose row does not say otherwise.
const NONE: &str = "&[]";
const CURRENT: &str = "Standing::Current";

/// The objectives that an entry serves for one kind of AI; an objective serves itself.
fn objectives(entry: &Entry, parents: &[String], system: System) -> String {
    let of_itself = entry.kind == Kind::Objective && entry.taxonomies.contains(&system);
    let ids = if of_itself { std::slice::from_ref(&entry.id) } else { parents };
    let objective = |id: &String| OBJECTIVES.iter().find(|(known, _)| known == id).map(|(_, name)| *name);
    format!("&[{}]", ids.iter().filter_map(objective).collect::<Vec<_>>().join(", "))
}

/// A kind as the files spell it.
struct Shown(Kind);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}
