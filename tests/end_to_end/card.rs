//! The source of a card, made of fields that a test can set and take away.

#![allow(clippy::expect_used, reason = "a test fails by panicking, and these functions are called by tests alone")]

use smcard::SecurityCard;

/// The good report, which holds every field that a card must give.
const GOOD: &str = include_str!("../common/report.json");

/// What the tests here speak of, in place of what stands in the good report.
const SPOKEN_OF: &[(&str, &str)] = &[
    ("model_details.developer", "Acme Vision"),
    ("training_data", "Parts of 2024 and 2025."),
    ("caveats_and_recommendations", "Clean the lens."),
];

/// A card: fields by path, each with the expression that stands for its value.
#[derive(Clone)]
pub(crate) struct Card {
    fields: Vec<(String, String)>,
}

impl Card {
    /// A card that passes.
    pub(crate) fn good() -> Self {
        let good = Self::of_report(&serde_json::from_str(GOOD).expect("the good report is JSON"));
        SPOKEN_OF.iter().fold(good, |card, (path, text)| card.text(path, text))
    }

    /// The card of a report, each text as a string literal, in the order of the schema.
    pub(crate) fn of_report(json: &serde_json::Value) -> Self {
        let mut fields = Vec::new();
        for (section, value) in json.as_object().into_iter().flatten() {
            match value.as_object() {
                Some(block) => {
                    fields.extend(block.iter().map(|(field, text)| (format!("{section}.{field}"), literal(text))));
                }
                None => fields.push((section.clone(), literal(value))),
            }
        }
        let order = SecurityCard::SCHEMA.paths();
        fields.sort_by_key(|(path, _)| order.iter().position(|known| known == path));
        Card { fields }
    }

    /// The same card with a Rust expression at this path, in place of what stood there.
    pub(crate) fn with(mut self, path: &str, expression: &str) -> Self {
        match self.fields.iter_mut().find(|(present, _)| present == path) {
            Some((_, value)) => expression.clone_into(value),
            None => self.fields.push((path.to_owned(), expression.to_owned())),
        }
        self
    }

    /// The same card with this text at this path.
    pub(crate) fn text(self, path: &str, text: &str) -> Self {
        self.with(path, &format!("{text:?}"))
    }

    /// The same card without the field at this path.
    pub(crate) fn without(mut self, path: &str) -> Self {
        let before = self.fields.len();
        self.fields.retain(|(present, _)| present != path);
        assert_eq!(self.fields.len() + 1, before, "the card has no `{path}` to take away");
        self
    }

    /// The paths of the fields.
    pub(crate) fn paths(&self) -> Vec<&str> {
        self.fields.iter().map(|(path, _)| path.as_str()).collect()
    }

    /// The body of the macro; the fields of a section stand together, where its first one stood.
    pub(crate) fn body(&self) -> String {
        let mut sections: Vec<(&str, String)> = Vec::new();
        for (path, value) in &self.fields {
            let Some((section, field)) = path.split_once('.') else {
                sections.push((path, format!("    {path}: {value},\n")));
                continue;
            };
            let line = format!("        {field}: {value},\n");
            match sections.iter_mut().find(|(name, _)| *name == section) {
                Some((_, lines)) => lines.push_str(&line),
                None => sections.push((section, line)),
            }
        }
        let blocks = sections.iter().map(|(section, lines)| match lines.starts_with("        ") {
            true => format!("    {section}: {{\n{lines}    }},\n"),
            false => lines.clone(),
        });
        blocks.collect()
    }

    /// The item: `pub static NAME: SecurityCard = security_card! { … };`.
    pub(crate) fn item(&self, name: &str) -> String {
        item(name, &self.body())
    }

    /// The whole of a `src/card.rs`.
    pub(crate) fn source(&self) -> String {
        source(&self.body())
    }
}

/// A `src/card.rs` around the body of a macro.
pub(crate) fn source(body: &str) -> String {
    format!("{IMPORTS}{}", item("CARD", body))
}

/// What a `src/card.rs` begins with.
pub(crate) const IMPORTS: &str = "use smcard::{SecurityCard, security_card};\n\n";

/// An item around the body of a macro.
pub(crate) fn item(name: &str, body: &str) -> String {
    format!("pub static {name}: SecurityCard = security_card! {{\n{body}}};\n")
}

/// A value of a report as a value of the macro, which takes JSON as it stands; a text is a literal of Rust.
fn literal(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| format!("{text:?}"))
}
