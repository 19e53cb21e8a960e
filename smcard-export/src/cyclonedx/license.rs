//! Licences, as CycloneDX tells an id, an expression and a name apart.

use smcard_core::Text;
use smcard_core::tree::Node;

use crate::document::{Object, list, text};
use crate::leaves::stated;
use crate::licenses;

/// Ids of SPDX that the lists of CycloneDX 1.6 and 1.7 do not hold yet: these are written as expressions.
const NEWER: [&str; 19] = [
    "BSD-2-Clause-pos-unchanged",
    "BSD-3-Clause-OpenWebUI",
    "BSD-Source-Code-no-disclaimer",
    "BSD-Source-alt-GPL",
    "BSD-ask-to-endorse",
    "Brian-Gladman-3-Clause-no-conversion",
    "Bugroff",
    "CC-BY-NC-3.0-IGO",
    "FDK-MPEG-H",
    "GFDL-1.1-invariants",
    "GFDL-1.1-no-invariants",
    "GFDL-1.2-invariants",
    "GFDL-1.2-no-invariants",
    "GFDL-1.3-invariants",
    "GFDL-1.3-no-invariants",
    "Hippocratic-3.0-core",
    "Informatica",
    "MVT-1.1",
    "atc-game",
];

/// The list of one licence; none for a reason in its place.
pub(super) fn licenses<'c>(license: &Option<Text<'_>>) -> Option<Node<'c>> {
    let license = stated(license)?.trim();
    let named = |key, value: String| Object::new().with("license", Object::new().with(key, text(value)).node());
    let choice = match licenses::id(license) {
        Some(id) if !NEWER.contains(&id) && id != "NOASSERTION" => named("id", id.to_owned()),
        Some(id) => Object::new().with("expression", text(id)),
        None if spdx::Expression::parse(license).is_ok() => Object::new().with("expression", text(license.to_owned())),
        None => named("name", license.to_owned()),
    };
    list([choice.node()])
}

#[cfg(test)]
mod tests {
    use spdx::identifiers::LICENSES;

    use super::*;
    use crate::document::write;

    fn written(license: &str) -> String {
        let node = licenses(&Some(Text::Stated(license.into()))).unwrap();
        write(&node).split_whitespace().collect()
    }

    #[test]
    fn an_id_a_name_and_an_expression_are_told_apart() {
        assert_eq!(written("Apache-2.0"), r#"[{"license":{"id":"Apache-2.0"}}]"#);
        assert_eq!(written("Apache License 2.0"), r#"[{"license":{"id":"Apache-2.0"}}]"#);
        assert_eq!(written("MIT OR LicenseRef-own"), r#"[{"expression":"MITORLicenseRef-own"}]"#);
        assert_eq!(written("Bugroff"), r#"[{"expression":"Bugroff"}]"#);
        assert_eq!(written("Whatever terms"), r#"[{"license":{"name":"Whateverterms"}}]"#);
    }

    #[test]
    fn a_reason_is_no_licence() {
        assert!(licenses(&Some(Text::unknown("The host does not say."))).is_none());
    }

    #[test]
    fn ids_that_cyclonedx_does_not_know_are_no_ids_there() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/schemas/spdx.schema.json");
        let Ok(schema) = std::fs::read_to_string(path) else {
            eprintln!("SKIPPED: there is no {path}, so no id was looked up in it");
            return;
        };
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        let known: Vec<&str> = schema["enum"].as_array().unwrap().iter().filter_map(|id| id.as_str()).collect();
        for license in LICENSES {
            let id = written(license.name).contains(r#""id""#);
            assert_eq!(id, known.contains(&license.name), "{}", license.name);
        }
    }
}
