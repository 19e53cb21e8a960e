//! What a card must have by schema and policy together, field by field: for programs that ask people for it.

use crate::card::{ModelDetails, SecurityCard, Stage};
use crate::policy::{DeclaredStage, Policy, covering, is_within};
use crate::schema::Field;
use crate::tree::Node;

/// A field of the organization's own, as its policy declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AskedExtension<'p> {
    /// The path below `extensions`.
    pub path: &'p str,
    /// Whether a card must have it.
    pub required: bool,
    /// What it says; empty if the policy does not say.
    pub doc: &'p str,
}

impl Policy {
    /// Whether a card must have a field, at a path of the schema such as `model_details.stage`: by the schema or by
    /// this policy, at the stage that the card states.
    pub fn asks_for(&self, field: &Field, path: &str, card: &Node<'_>) -> bool {
        let stated = card.get(SecurityCard::model_details()).and_then(|details| details.get(ModelDetails::stage()));
        let stated = stated.and_then(Node::word).and_then(Stage::from_name);
        let stage = self.assumed_stage.or(stated);
        let relaxed = covering(&self.everywhere.optional, path)
            .or_else(|| covering(&self.of_stage(stage?)?.fields.optional, path))
            .is_some();
        let stage = stage.map_or(DeclaredStage::None, DeclaredStage::Known);
        field.required && !relaxed || self.demands(stage).iter().any(|demand| is_within(&demand.path, path))
    }

    /// The fields that the policy adds to the card, in the order of its files.
    pub fn asked_extensions(&self) -> impl Iterator<Item = AskedExtension<'_>> {
        self.extensions().iter().map(|declared| AskedExtension {
            path: &declared.path,
            required: declared.required,
            doc: &declared.doc,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_asked_for_as_schema_policy_and_stage_say() {
        let text = "[require]\nfields = [\"model_details.name\", \"security_considerations.threats.owner\"]\n\
                    [stage.draft]\noptional = [\"metrics\"]\n";
        let policy = Policy::from_toml(text, "smcard.toml").unwrap();
        let none = SecurityCard::EMPTY;
        let mut draft = SecurityCard::EMPTY;
        draft.model_details.stage = Some(Stage::Draft);
        let asks = |card: &SecurityCard<'_>, path: &str| {
            policy.asks_for(SecurityCard::SCHEMA.at(path).unwrap(), path, &card.tree())
        };
        for path in ["model_details.name", "model_details.date", "security_considerations.threats"] {
            assert!(asks(&none, path) && asks(&draft, path), "{path}");
        }
        assert!(asks(&none, "metrics.decision_thresholds") && !asks(&draft, "metrics.decision_thresholds"));
        assert!(!asks(&none, "model_details.stage") && !asks(&none, "system"));
    }
}
