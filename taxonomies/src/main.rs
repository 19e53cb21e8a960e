//! Makes `smcard-core/src/taxonomy/table.rs` from the facts in `taxonomies/*.toml`.
//!
//! To refresh a taxonomy, replace its file and run `cargo run -p smcard-taxonomies`. The table is
//! committed, so that no user pays for making it; a test here holds it in step.

#![forbid(unsafe_code)]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// The files of facts, with what messages call each taxonomy.
const TAXONOMIES: &[(&str, &str)] = &[
    ("mitre-atlas", "ATLAS"),
    ("nist-ai-100-2-e2025", "NIST AI 100-2"),
    ("owasp-llm-top10", "OWASP LLM Top 10"),
    ("owasp-ml-top10", "OWASP ML Top 10"),
    ("owasp-agentic-top10", "OWASP Agentic Top 10"),
    ("cwe-ai", "CWE"),
];

/// The objectives of NIST AI 100-2, as the card's `Objective` spells them.
const OBJECTIVES: &[(&str, &str)] = &[
    ("NISTAML.01", "Availability"),
    ("NISTAML.02", "Integrity"),
    ("NISTAML.03", "Privacy"),
    ("NISTAML.04", "Misuse"),
    ("NISTAML.05", "SupplyChain"),
];

fn main() -> Result<(), Box<dyn Error>> {
    Ok(fs::write(table_file(), table(Path::new(env!("CARGO_MANIFEST_DIR")))?)?)
}

fn table_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../smcard-core/src/taxonomy/table.rs")
}

/// The source of the table, from the facts in a folder.
fn table(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut taxonomies = String::new();
    let mut concepts: Vec<(String, String)> = Vec::new();
    for (index, (file, label)) in TAXONOMIES.iter().enumerate() {
        let path = folder.join(file).with_extension("toml");
        let facts: Table = fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}", path.display()))?
            .parse()
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let version = text(&facts, "version")?;
        let version = version.split(" (").next().unwrap_or(version);
        let complete = facts.get("complete").and_then(Value::as_bool).unwrap_or(true);
        let name = text(&facts, "name")?;
        writeln!(
            taxonomies,
            "    Taxonomy {{ label: {label:?}, name: {name:?}, version: {version:?}, complete: {complete} }},"
        )?;
        for entry in facts.get("entry").and_then(Value::as_array).ok_or("no entries")? {
            let entry = entry.as_table().ok_or("an entry is no table")?;
            for id in ids(entry)? {
                concepts.push((id.clone(), concept(&id, entry, index).map_err(|error| format!("{id}: {error}"))?));
            }
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
         pub(super) static TAXONOMIES: [Taxonomy; {}] = [\n{taxonomies}];\n\n\
         #[rustfmt::skip]\n\
         pub(super) static CONCEPTS: [Concept; {count}] = [\n{rows}];\n",
        TAXONOMIES.len(),
    ))
}

/// The id of an entry, and its other spelling where it has one.
fn ids(entry: &Table) -> Result<Vec<String>, Box<dyn Error>> {
    let id = text(entry, "id")?;
    let spellings = texts(entry, "aliases").into_iter().filter(|alias| alias.starts_with(id));
    Ok(std::iter::once(id).chain(spellings).map(str::to_owned).collect())
}

/// The row of an entry.
fn concept(id: &str, entry: &Table, taxonomy: usize) -> Result<String, Box<dyn Error>> {
    let name = text(entry, "name")?;
    let full_name = entry.get("full_name").and_then(Value::as_str).unwrap_or(name);
    let mut others: Vec<&str> = texts(entry, "former_names");
    others.extend(texts(entry, "aliases").iter().filter(|alias| !alias.starts_with(id)));
    if name != full_name {
        others.push(name);
    }
    let deprecated = entry.get("deprecated").and_then(Value::as_bool).unwrap_or(false);
    let standing = match (deprecated, entry.contains_key("edition")) {
        (false, _) => "Current",
        (true, true) => "Superseded",
        (true, false) => "Retired",
    };
    let is_objective = text(entry, "kind")? == "objective";
    let objectives = |parents: &str, taxonomy: &str| {
        let of_itself = is_objective && texts(entry, "taxonomies").contains(&taxonomy);
        let ids = if of_itself { vec![id] } else { texts(entry, parents) };
        let names: Vec<&str> = ids
            .iter()
            .filter_map(|id| OBJECTIVES.iter().find(|(known, _)| known == id))
            .map(|(_, name)| *name)
            .collect();
        format!("&[{}]", names.join(", "))
    };
    Ok(format!(
        "    Concept {{ id: {id:?}, name: {full_name:?}, kind: {kind:?}, taxonomy: &TAXONOMIES[{taxonomy}], \
         other_names: &{others:?}, standing: Standing::{standing}, replaced_by: &{replaced:?}, \
         predictive: {predictive}, generative: {generative} }},\n",
        kind = text(entry, "kind")?,
        replaced = texts(entry, "replaced_by"),
        predictive = objectives("parents_pred", "PredAI"),
        generative = objectives("parents_gen", "GenAI"),
    ))
}

fn text<'t>(table: &'t Table, key: &str) -> Result<&'t str, Box<dyn Error>> {
    table.get(key).and_then(Value::as_str).ok_or_else(|| format!("no text `{key}`").into())
}

fn texts<'t>(table: &'t Table, key: &str) -> Vec<&'t str> {
    let values = table.get(key).and_then(Value::as_array);
    values.into_iter().flatten().filter_map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_table_is_the_one_that_the_facts_give() -> Result<(), Box<dyn Error>> {
        let made = table(Path::new(env!("CARGO_MANIFEST_DIR")))?;
        let committed = fs::read_to_string(table_file())?;
        assert!(made == committed, "the table is out of step: run `cargo run -p smcard-taxonomies`");
        Ok(())
    }
}
