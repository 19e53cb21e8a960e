//! What the profiles ask of a package and no field of a card holds: given in the extension `spdx.packages`.

use std::collections::HashMap;

use smcard_core::{ComponentKind, Day, Extension, ExtensionValue, SecurityCard};

use crate::leaves::id;

/// Where the facts stand in a card.
const PATH: &str = "spdx.packages";

/// The keys of a package.
const KEYS: [&str; 5] = ["id", "released", "built", "type", "use"];

/// What kind of data a dataset can hold, as SPDX spells it.
const TYPES: [&str; 13] = [
    "audio",
    "categorical",
    "graph",
    "image",
    "numeric",
    "other",
    "sensor",
    "structured",
    "syntactic",
    "text",
    "timeseries",
    "timestamp",
    "video",
];

/// The facts of one package.
pub(super) struct Facts<'c> {
    /// Where they stand, for messages.
    pub(super) path: String,
    pub(super) released: Option<Day>,
    pub(super) built: Option<Day>,
    /// What kinds of data it holds.
    pub(super) types: Vec<&'c str>,
    /// The relation in which the model stands to it.
    pub(super) relation: Option<&'static str>,
}

/// The facts that a card gives, by the ids of the components; what is wrong with them goes to `lacks`.
pub(super) fn facts<'c>(card: &'c SecurityCard<'_>, lacks: &mut Vec<String>) -> HashMap<&'c str, Facts<'c>> {
    let mut found = HashMap::new();
    let packages = match card.extensions.get(PATH) {
        None => return found,
        Some(ExtensionValue::List(packages)) => packages,
        Some(_) => {
            lacks.push(format!("`extensions.{PATH}` is no list: write `[{{ id: \"…\", released: \"YYYY-MM-DD\" }}]`"));
            return found;
        }
    };
    let kinds: HashMap<&str, Option<ComponentKind>> =
        card.system.components.iter().map(|component| (id(&component.id), component.kind)).collect();
    for (index, package) in packages.iter().enumerate() {
        let path = format!("extensions.{PATH}[{index}]");
        let ExtensionValue::Block(given) = package else {
            lacks.push(format!("`{path}` is no block: write `{{ id: \"…\", released: \"YYYY-MM-DD\" }}`"));
            continue;
        };
        let own = text(given, "id").unwrap_or_default();
        let is_data = match kinds.get(own) {
            Some(Some(ComponentKind::Dataset)) => true,
            Some(Some(
                ComponentKind::Model | ComponentKind::BaseModel | ComponentKind::Adapter | ComponentKind::Guardrail,
            )) => false,
            _ => {
                lacks.push(format!(
                    "`{path}.id` is of no model or dataset: write the `id` of one in `system.components`"
                ));
                continue;
            }
        };
        let facts = read(given, is_data, path, lacks);
        let path = facts.path.clone();
        if found.insert(own, facts).is_some() {
            lacks.push(format!("`{path}.id` stands there twice: write what is known of a component once"));
        }
    }
    found
}

fn read<'c>(given: &'c [Extension<'_>], is_data: bool, path: String, lacks: &mut Vec<String>) -> Facts<'c> {
    for extension in given.iter().filter(|extension| !KEYS.contains(&&*extension.key)) {
        // A key is made of letters, digits, `_` and `-`.
        lacks.push(format!("`{path}.{}` is not known: write one of `{}`", extension.key, KEYS.join("`, `")));
    }
    let mut day = |key: &str, property: &str, required: bool| {
        let day = text(given, key).and_then(Day::parse);
        let is_given = given.iter().any(|extension| extension.key == key);
        if day.is_none() && (required || is_given) {
            lacks.push(format!(
                "`{path}.{key}` names no day, and SPDX requires it (`{property}`): write it as `YYYY-MM-DD`"
            ));
        }
        day
    };
    let released = day("released", "releaseTime", true);
    let built = day("built", "builtTime", is_data);
    let types: Vec<&str> = match given.iter().find(|extension| extension.key == "type").map(|given| &given.value) {
        Some(ExtensionValue::List(types)) => types.iter().map(|value| stated(value).unwrap_or_default()).collect(),
        Some(value) => vec![stated(value).unwrap_or_default()],
        None => Vec::new(),
    };
    if types.iter().any(|known| !TYPES.contains(known)) {
        lacks.push(format!("`{path}.type` is no type of data that SPDX knows: write one of `{}`", TYPES.join("`, `")));
    }
    let relation = match given.iter().find(|extension| extension.key == "use").map(|given| stated(&given.value)) {
        None => None,
        Some(Some("training")) => Some("trainedOn"),
        Some(Some("evaluation")) => Some("testedOn"),
        Some(_) => {
            lacks.push(format!("`{path}.use` says no use of data: write `training` or `evaluation`"));
            None
        }
    };
    Facts { path, released, built, types, relation }
}

fn text<'c>(given: &'c [Extension<'_>], key: &str) -> Option<&'c str> {
    stated(&given.iter().find(|extension| extension.key == key)?.value)
}

fn stated<'c>(value: &'c ExtensionValue<'_>) -> Option<&'c str> {
    match value {
        ExtensionValue::Text(text) => text.stated(),
        _ => None,
    }
}
