//! What a card is about, by name.

use smcard_core::{Component, ComponentKind, SecurityCard};

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
