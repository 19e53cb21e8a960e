//! What a card is about, by name.

use smcard_core::taxonomy::Reference;
use smcard_core::{Component, ComponentKind, Mitigation, SecurityCard};

use crate::leaves::stated;

/// The name of a model that its card gives none.
const UNNAMED: &str = "unnamed model";

/// The name of the model of a card: its own, or that of its component; `unnamed model` where there is neither.
pub(crate) fn name<'c>(card: &'c SecurityCard<'_>) -> &'c str {
    let of_component = || stated(&model(card)?.name);
    stated(&card.model_details.name).or_else(of_component).unwrap_or(UNNAMED)
}

/// The component of the system that is the model of the card: the only one of that kind, or of several the one with
/// the card's name.
pub(crate) fn model<'c, 'a>(card: &'c SecurityCard<'a>) -> Option<&'c Component<'a>> {
    let models = || card.system.components.iter().filter(|component| component.kind == Some(ComponentKind::Model));
    let name = stated(&card.model_details.name);
    let of_name = || models().find(|model| name.is_some() && stated(&model.name) == name);
    let mut only = models();
    match (only.next(), only.next()) {
        (Some(model), None) => Some(model),
        _ => of_name(),
    }
}

/// What a mitigation is called, and its description if that says more: the official name of what it refers to, or its own
/// words; of one without either, what it is called by.
pub(crate) fn mitigation<'c>(taken: &'c Mitigation<'_>, own: &str) -> (String, Option<&'c str>) {
    let (reference, described) = (stated(&taken.r#ref), stated(&taken.description));
    let official = reference.and_then(|reference| Reference::new(reference).concept());
    let name = match (reference, official) {
        (Some(_), Some(concept)) => format!("{} {}", concept.id, concept.name),
        (Some(reference), None) => reference.to_owned(),
        (None, _) => described.unwrap_or(own).to_owned(),
    };
    (name, reference.and(described))
}
