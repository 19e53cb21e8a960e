//! The fields of a card that CycloneDX has a field of its own for, word for word.

use serde_json::Value;

use crate::document::Object;

/// The path of each, and where it stands in the component of the model.
///
/// A text that stands there needs no property, and is read back from there. So each may stand
/// there only as the card has it.
const EXACT: [(&str, &str); 7] = [
    ("model_details.developer", "/manufacturer/name"),
    ("model_details.version", "/version"),
    ("model_details.type", "/modelCard/modelParameters/task"),
    ("model_details.information", "/modelCard/modelParameters/modelArchitecture"),
    ("intended_use.primary_uses", "/modelCard/considerations/useCases/0"),
    ("intended_use.primary_users", "/modelCard/considerations/users/0"),
    ("ethical_considerations", "/modelCard/considerations/ethicalConsiderations/0/name"),
];

/// Whether the component or its model card says what the card has at this path, in these very words.
pub(super) fn is_held(path: &str, text: &str, component: &Object<'_>, model_card: &Object<'_>) -> bool {
    let Some((_, pointer)) = EXACT.iter().find(|(exact, _)| *exact == path) else { return false };
    let held = match pointer.strip_prefix("/modelCard/") {
        Some(pointer) => model_card.at(pointer),
        None => component.at(pointer.trim_start_matches('/')),
    };
    held == Some(text)
}

/// What a component says of these fields.
pub(super) fn values(model: &Value) -> impl Iterator<Item = (&'static str, &str)> {
    EXACT.iter().filter_map(|(path, pointer)| Some((*path, model.pointer(pointer)?.as_str()?)))
}
