//! Makes `smcard-core/src/taxonomy/table.rs` from the facts in `taxonomies/*.toml`, and the lists of SPDX in
//! `smcard-core/src/license/` from the crate `spdx`.
//!
//! To refresh a taxonomy, make its file anew as `taxonomies/README.md` describes, and run
//! `cargo run -p smcard-taxonomies`. The table is committed, so that no user pays for making it; a
//! test here holds it in step.

#![forbid(unsafe_code)]

mod facts;
mod licenses;
mod links;
mod table;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    fs::write(table_file(), made_from(Path::new(env!("CARGO_MANIFEST_DIR")))?)?;
    for (name, text) in licenses::files() {
        fs::write(license_file(name), text)?;
    }
    Ok(())
}

fn license_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../smcard-core/src/license").join(name)
}

fn table_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../smcard-core/src/taxonomy/table.rs")
}

/// The source of the table, from the files of facts in a folder.
fn made_from(folder: &Path) -> Result<String, Box<dyn Error>> {
    let taxonomies = facts::TAXONOMIES.iter().map(|(name, _)| facts::read(&folder.join(name).with_extension("toml")));
    let taxonomies = taxonomies.collect::<Result<Vec<_>, _>>()?;
    links::check(&taxonomies)?;
    Ok(table::of(&taxonomies)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_table_is_the_one_that_the_facts_give() -> Result<(), Box<dyn Error>> {
        let made = made_from(Path::new(env!("CARGO_MANIFEST_DIR")))?;
        let committed = fs::read_to_string(table_file())?;
        assert!(made == committed, "the table is out of step: run `cargo run -p smcard-taxonomies`");
        Ok(())
    }

    #[test]
    fn the_committed_lists_are_those_of_spdx() -> Result<(), Box<dyn Error>> {
        for (name, text) in licenses::files() {
            let committed = fs::read_to_string(license_file(name))?;
            assert!(text == committed, "{name} is out of step: run `cargo run -p smcard-taxonomies`");
        }
        Ok(())
    }

    /// What the generator says of a copy of the facts in which one file is changed.
    #[track_caller]
    fn refusal(file: &str, original: &str, change: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let facts = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (name, _) in facts::TAXONOMIES {
            let name = format!("{name}.toml");
            let text = fs::read_to_string(facts.join(&name)).unwrap();
            let text = if name == file {
                assert!(text.contains(original), "{file} no longer holds what the test changes");
                text.replacen(original, change, 1)
            } else {
                text
            };
            fs::write(folder.path().join(name), text).unwrap();
        }
        match made_from(folder.path()) {
            Ok(_) => format!("{file} was accepted"),
            Err(refusal) => refusal.to_string().lines().next().unwrap_or_default().to_owned(),
        }
    }

    #[test]
    fn a_key_that_nothing_reads_is_refused_with_its_entry() {
        let said = refusal("mitre-atlas.toml", "id = \"AML.T0015\"\n", "id = \"AML.T0015\"\nreplacedby = []\n");
        assert!(said.starts_with("mitre-atlas.toml: entry `AML.T0015`: unknown field `replacedby`"), "{said}");
    }

    #[test]
    fn a_key_of_the_file_that_nothing_reads_is_refused() {
        let said = refusal("cwe-ai.toml", "complete = false", "compleet = false");
        assert!(said.starts_with("cwe-ai.toml: unknown field `compleet`"), "{said}");
    }

    #[test]
    fn a_kind_that_no_taxonomy_has_is_refused_with_its_entry() {
        let original = "name = \"Prompt Injection\"\nkind = \"risk\"";
        let said = refusal("owasp-llm-top10.toml", original, "name = \"Prompt Injection\"\nkind = \"Risk\"");
        assert!(said.starts_with("owasp-llm-top10.toml: entry `LLM01:2026`: unknown variant `Risk`"), "{said}");
    }

    #[test]
    fn a_list_that_is_no_list_of_texts_is_refused_with_its_entry() {
        let said = refusal("mitre-atlas.toml", "replaced_by = [\"AML.T0115.000\"]", "replaced_by = \"AML.T0115.000\"");
        assert!(said.starts_with("mitre-atlas.toml: entry `AML.T0019`: invalid type: string"), "{said}");
    }

    #[test]
    fn an_entry_without_an_id_is_refused_with_its_number() {
        let said = refusal("owasp-ml-top10.toml", "id = \"ML02:2023\"\n", "");
        assert_eq!(said, "owasp-ml-top10.toml: entry number 2: missing field `id`");
    }

    #[test]
    fn an_id_that_stands_twice_is_refused() {
        let said = refusal("owasp-ml-top10.toml", "id = \"ML02:2023\"", "id = \"ML01:2023\"");
        assert_eq!(
            said,
            "owasp-ml-top10.toml: entry `ML01:2023`: the id stands twice, here and in owasp-ml-top10.toml"
        );
    }

    #[test]
    fn an_id_of_another_file_is_refused() {
        let said = refusal("cwe-ai.toml", "id = \"CWE-1446\"", "id = \"AML.T0015\"");
        assert_eq!(said, "cwe-ai.toml: entry `AML.T0015`: the id stands twice, here and in mitre-atlas.toml");
    }

    #[test]
    fn a_second_spelling_that_is_the_id_of_another_entry_is_refused() {
        let said = refusal("owasp-agentic-top10.toml", "id = \"ASI02\"", "id = \"ASI01:2026\"");
        assert!(said.starts_with("owasp-agentic-top10.toml: entry `ASI01:2026`: the id stands twice"), "{said}");
    }

    #[test]
    fn a_successor_that_is_no_entry_is_refused_with_its_entry() {
        let said =
            refusal("mitre-atlas.toml", "replaced_by = [\"AML.T0115.000\"]", "replaced_by = [\"AML.T0115.099\"]");
        assert_eq!(
            said,
            "mitre-atlas.toml: entry `AML.T0019`: `replaced_by` names `AML.T0115.099`, which is no entry of the file"
        );
    }

    #[test]
    fn a_successor_of_an_entry_that_is_current_is_refused() {
        let original = "name = \"Reconnaissance\"\n";
        let said = refusal("mitre-atlas.toml", original, "name = \"Reconnaissance\"\nreplaced_by = [\"AML.TA0003\"]\n");
        assert_eq!(said, "mitre-atlas.toml: entry `AML.TA0002`: has `replaced_by` and is not deprecated");
    }

    #[test]
    fn a_parent_that_is_no_entry_is_refused_with_its_entry() {
        let said = refusal("cwe-ai.toml", "parent = \"CWE-1448\"", "parent = \"CWE-1449\"");
        assert_eq!(said, "cwe-ai.toml: entry `CWE-1446`: `parent` names `CWE-1449`, which is no entry of the file");
    }

    #[test]
    fn a_file_that_is_no_toml_is_named() {
        let said = refusal("cwe-ai.toml", "complete = false", "complete =");
        assert!(said.starts_with("cwe-ai.toml: TOML parse error"), "{said}");
    }
}
