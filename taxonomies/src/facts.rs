//! The facts of a taxonomy, as its file holds them. A key that is not declared here is refused, so
//! that a misspelt one is not a fact that silently vanishes.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use toml::Table;

/// The files of facts, with what messages call each taxonomy.
pub(crate) const TAXONOMIES: &[(&str, &str)] = &[
    ("mitre-atlas", "ATLAS"),
    ("nist-ai-100-2-e2025", "NIST AI 100-2"),
    ("owasp-llm-top10", "OWASP LLM Top 10"),
    ("owasp-ml-top10", "OWASP ML Top 10"),
    ("owasp-agentic-top10", "OWASP Agentic Top 10"),
    ("cwe-ai", "CWE"),
];

/// A taxonomy: one file.
#[derive(Debug)]
pub(crate) struct Taxonomy {
    /// The name of the file, for messages.
    pub(crate) file: String,
    pub(crate) head: Head,
    pub(crate) entries: Vec<Entry>,
}

/// What stands in a file once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "where the facts come from is for people who refresh them")]
pub(crate) struct Head {
    pub(crate) name: String,
    pub(crate) version: String,
    /// Whether the file holds every id of the taxonomy, so that any other id is wrong.
    #[serde(default = "complete")]
    pub(crate) complete: bool,
    slug: String,
    date: String,
    source: String,
    licence: String,
    id_pattern: String,
    #[serde(default)]
    cross_checks: Vec<String>,
    format_version: Option<String>,
    copyright: Option<String>,
    note: Option<String>,
    errata: Option<String>,
    doi: Option<String>,
    previous: Option<String>,
    bare_ids_ambiguous: Option<bool>,
    /// Read one by one, so that what is wrong with an entry is said with its id.
    entry: Vec<Table>,
}

fn complete() -> bool {
    true
}

/// One id, and what is known of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "some facts are held for people, and for tables to come")]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// The name with its parent's before it, where the name alone is not unique.
    pub(crate) full_name: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) edition: Option<String>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(default)]
    pub(crate) former_names: Vec<String>,
    #[serde(default)]
    pub(crate) replaced_by: Vec<String>,
    #[serde(default)]
    pub(crate) taxonomies: Vec<System>,
    #[serde(default)]
    pub(crate) parents_pred: Vec<String>,
    #[serde(default)]
    pub(crate) parents_gen: Vec<String>,
    pub(crate) parent: Option<String>,
    #[serde(default)]
    pub(crate) parents: Vec<String>,
    #[serde(default)]
    pub(crate) tactics: Vec<String>,
    #[serde(default)]
    pub(crate) mitigates: Vec<String>,
    #[serde(default)]
    parents_gen_as_printed_only: Vec<String>,
    replacement_kind: Option<String>,
    printed_id: Option<String>,
    retired_in: Option<String>,
    last_version: Option<String>,
    since: Option<String>,
    verified: Option<String>,
    order: Option<u32>,
    abstraction: Option<String>,
    mapping_usage: Option<String>,
    scope: Option<String>,
}

/// What an id stands for.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Attack,
    CaseStudy,
    Category,
    Mitigation,
    Objective,
    Risk,
    Subtechnique,
    Tactic,
    Technique,
    View,
    Weakness,
}

/// The two kinds of AI that NIST AI 100-2 orders its attacks by.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(crate) enum System {
    PredAI,
    GenAI,
}

/// Reads a file of facts.
pub(crate) fn read(path: &Path) -> Result<Taxonomy, String> {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).map_err(|error| format!("{file}: {error}"))?;
    let table: Table = text.parse().map_err(|error| format!("{file}: {error}"))?;
    let mut head: Head = table.try_into().map_err(|error| format!("{file}: {error}"))?;
    let mut entries = Vec::new();
    for (index, entry) in std::mem::take(&mut head.entry).into_iter().enumerate() {
        let name = match entry.get("id").and_then(toml::Value::as_str) {
            Some(id) => format!("`{id}`"),
            None => format!("number {}", index + 1),
        };
        entries.push(entry.try_into().map_err(|error| format!("{file}: entry {name}: {error}"))?);
    }
    Ok(Taxonomy { file, head, entries })
}

impl Entry {
    /// The id, and its other spelling where it has one.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        let spellings = self.aliases.iter().filter(|alias| alias.starts_with(&self.id));
        std::iter::once(&self.id).chain(spellings).map(String::as_str)
    }
}
