//! From a label to the field that it names: the fields' own names and sentences, and a table of synonyms.

use smcard_core::SecurityCard;
use smcard_core::schema::{Block, Field, Kind};

use super::synonyms::{SYNONYMS, Scope};

/// What a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// A field.
    Field(Known),
    /// A part of what the heading around it says, which is a field.
    Within(Known),
    /// Something that a card has no field for, or that fits none of them.
    Nothing,
    /// Two fields, and therefore none.
    Two(&'static str, &'static str),
}

/// A field that text can go into, with its path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) path: &'static str,
    pub(super) field: &'static Field,
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for Known {}

/// A label, and what it names.
struct Entry {
    words: String,
    /// The field or section; nothing for a label that is known to name neither.
    path: Option<&'static str>,
    scope: Scope,
}

/// All labels that are known.
pub(super) struct Labels {
    entries: Vec<Entry>,
    fields: Vec<Known>,
}

impl Labels {
    pub(super) fn new() -> Self {
        let mut labels = Labels { entries: Vec::new(), fields: Vec::new() };
        for section in SecurityCard::SCHEMA.fields.iter().filter(|section| !section.name.starts_with('$')) {
            match section.kind {
                Kind::Block(block) => labels.section(section.name, block),
                Kind::Text => labels.field(section.name.to_owned(), section, Scope::Anywhere),
                _ => {}
            }
        }
        for synonym in SYNONYMS {
            labels.entries.push(Entry { words: words(synonym.label), path: synonym.path, scope: synonym.scope });
        }
        labels
    }

    fn section(&mut self, name: &'static str, block: &'static Block) {
        self.entries.push(Entry { words: words(name), path: Some(name), scope: Scope::Anywhere });
        for field in block.fields {
            let path = format!("{name}.{}", field.name);
            match field.kind {
                // A name of one word means something else elsewhere.
                Kind::Text | Kind::Choice(_) => {
                    let scope = if field.name.contains('_') { Scope::Anywhere } else { Scope::Section(name) };
                    self.field(path, field, scope);
                }
                // The objectives of an adversary, one level deeper.
                Kind::Block(inner) => {
                    for field in inner.fields.iter().filter(|field| matches!(field.kind, Kind::Text)) {
                        self.field(format!("{path}.{}", field.name), field, Scope::Section(name));
                    }
                }
                _ => {}
            }
        }
    }

    fn field(&mut self, path: String, field: &'static Field, scope: Scope) {
        // One allocation for each field of the schema, for as long as the program runs.
        let path: &'static str = Box::leak(path.into_boxed_str());
        self.fields.push(Known { path, field });
        let name = path.rsplit('.').next().unwrap_or(path);
        self.entries.push(Entry { words: words(name), path: Some(path), scope });
        self.entries.push(Entry { words: words(path), path: Some(path), scope: Scope::Anywhere });
        self.entries.push(Entry { words: words(field.sentence()), path: Some(path), scope: Scope::Anywhere });
    }

    /// The fields that text can go into.
    #[cfg(test)]
    pub(super) fn fields(&self) -> &[Known] {
        &self.fields
    }

    /// Whether a label is one that the table or the schema has, wherever it stands.
    pub(super) fn is_known(&self, label: &str) -> bool {
        let label = words(label);
        !label.is_empty() && self.entries.iter().any(|entry| entry.words == label)
    }

    /// What the last of these labels names, below the others.
    pub(super) fn target(&self, labels: &[String]) -> Target {
        let Some((own, around)) = labels.split_last() else { return Target::Nothing };
        let named = self.named(own, around);
        if named != Target::Nothing || self.is_known(own) {
            return named;
        }
        // A part of a field is part of its text.
        match around.split_last() {
            Some((heading, outer)) => match self.named(heading, outer) {
                Target::Field(known) => Target::Within(known),
                Target::Nothing if !self.is_known(heading) => match self.target(around) {
                    Target::Within(known) => Target::Within(known),
                    _ => Target::Nothing,
                },
                _ => Target::Nothing,
            },
            None => Target::Nothing,
        }
    }

    fn named(&self, own: &str, around: &[String]) -> Target {
        let own = words(own);
        if own.is_empty() {
            return Target::Nothing;
        }
        let around: Vec<String> = around.iter().map(|label| words(label)).collect();
        let section = self.section_of(&around);
        let mut found: Vec<(u8, &Entry)> = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.words == own) {
            let rank = match entry.scope {
                Scope::Below(heading) => around.contains(&words(heading)).then_some(0),
                Scope::Section(name) => (section == Some(name)).then_some(0),
                Scope::Top => (around.is_empty() || section == Some("model_details") && around.len() == 1).then_some(1),
                Scope::Anywhere => Some(1),
            };
            found.extend(rank.map(|rank| (rank, entry)));
        }
        let best = found.iter().map(|(rank, _)| *rank).min().unwrap_or_default();
        let mut fields: Vec<Known> = Vec::new();
        for (_, entry) in found.iter().filter(|(rank, _)| *rank == best) {
            for known in self.fields.iter().filter(|known| entry.path == Some(known.path)) {
                if !fields.contains(known) {
                    fields.push(*known);
                }
            }
        }
        match fields.as_slice() {
            [] => Target::Nothing,
            [only] => Target::Field(*only),
            [one, other, ..] => Target::Two(one.path, other.path),
        }
    }

    /// The section that the nearest heading names.
    fn section_of(&self, around: &[String]) -> Option<&'static str> {
        let sections = SecurityCard::SCHEMA.fields;
        around.iter().rev().find_map(|label| {
            let named = self.entries.iter().filter(|entry| entry.words == *label).filter_map(|entry| entry.path);
            let mut named = named.filter_map(|path| sections.iter().find(|section| section.name == path));
            named.find(|section| matches!(section.kind, Kind::Block(_))).map(|section| section.name)
        })
    }
}

/// The words by which labels are compared: lower case, no number before them, nothing in brackets, no plural.
pub(super) fn words(label: &str) -> String {
    let mut depth = 0_usize;
    let bare: String = label
        .chars()
        .filter(|char| match char {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect();
    let bare = bare.trim_start_matches(|char: char| char.is_ascii_digit() || matches!(char, '.' | ' ' | '#' | '*'));
    let lower = bare.to_lowercase();
    let parts = lower.split(|char: char| !char.is_alphanumeric()).filter(|part| !part.is_empty());
    let singular = |word: &str| match word {
        "licence" | "licences" => "license".to_owned(),
        word if word.len() > 3 && !word.ends_with("ss") && !word.ends_with("is") => {
            word.strip_suffix('s').unwrap_or(word).to_owned()
        }
        word => word.to_owned(),
    };
    parts.map(singular).collect::<Vec<_>>().join(" ")
}
