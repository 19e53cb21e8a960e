//! The source of a card, made of fields that a test can set and take away.

/// The 27 fields that every card must give, with an answer for each.
const GOOD: &[(&str, &str)] = &[
    ("model_details.developer", "\"Acme Vision\""),
    ("model_details.date", "\"2026-03-14\""),
    ("model_details.version", "\"2.1.0\""),
    ("model_details.type", "\"Image classification\""),
    ("model_details.information", "\"A residual network with 50 layers.\""),
    ("model_details.resource", "\"https://example.com/models/defects\""),
    ("model_details.citation", "\"Acme Vision (2026). Finding defects.\""),
    ("model_details.license", "\"Apache-2.0\""),
    ("model_details.contact", "\"ml-security@example.com\""),
    ("intended_use.primary_uses", "\"Sorting parts on a line.\""),
    ("intended_use.primary_users", "\"Operators of the line.\""),
    ("intended_use.out_of_scope_uses", "\"Anything that concerns people.\""),
    ("factors.relevant_factors", "\"Light, angle, dust.\""),
    ("factors.evaluation_factors", "\"Light and angle.\""),
    ("metrics.performance_measures", "\"Recall of defects.\""),
    ("metrics.decision_thresholds", "\"A score above 0.8.\""),
    ("metrics.variation_approaches", "\"Five folds.\""),
    ("evaluation_data.datasets", "\"Parts of spring 2026.\""),
    ("evaluation_data.motivation", "\"The newest parts.\""),
    ("evaluation_data.preprocessing", "\"Cropped and scaled.\""),
    ("training_data", "\"Parts of 2024 and 2025.\""),
    ("quantitative_analyses.unitary_results", "\"Recall 0.97 in good light.\""),
    ("quantitative_analyses.intersectional_results", "\"Recall 0.91 in bad light at an angle.\""),
    ("ethical_considerations", "\"No people are in view.\""),
    ("caveats_and_recommendations", "\"Clean the lens.\""),
    ("security_considerations.threat_modeling", "\"Stickers on parts were considered.\""),
    ("security_considerations.security_testing", "\"Patches were printed and tried.\""),
];

/// A card: fields by path, each with the expression that stands for its value.
#[derive(Clone)]
pub(crate) struct Card {
    fields: Vec<(String, String)>,
}

impl Card {
    /// A card that passes.
    pub(crate) fn good() -> Self {
        Card { fields: GOOD.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect() }
    }

    /// The card of a report, each text as a string literal.
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

/// A text of a report as a literal of Rust.
fn literal(text: &serde_json::Value) -> String {
    format!("{:?}", text.as_str().unwrap_or_default())
}
