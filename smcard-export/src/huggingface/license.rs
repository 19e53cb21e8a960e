//! Licences as the hub spells them.

use std::collections::HashMap;
use std::sync::LazyLock;

use smcard_core::{Text, license_of_name};
use spdx::identifiers::LICENSES;

/// The identifiers of the hub (<https://huggingface.co/docs/hub/repositories-licenses>) that name one licence. Which
/// one, is known where a card's licence is checked.
#[rustfmt::skip]
const IDS: &[&str] = &[
    "apache-2.0", "mit", "openrail", "bigscience-openrail-m", "creativeml-openrail-m", "bigscience-bloom-rail-1.0",
    "bigcode-openrail-m", "afl-3.0", "artistic-2.0", "bsl-1.0", "bsd-2-clause", "bsd-3-clause", "bsd-3-clause-clear",
    "c-uda", "cc0-1.0", "cc-by-2.0", "cc-by-2.5", "cc-by-3.0", "cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0",
    "cc-by-nc-2.0", "cc-by-nc-3.0", "cc-by-nc-4.0", "cc-by-nd-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0",
    "cc-by-nc-sa-2.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "cdla-sharing-1.0", "cdla-permissive-1.0",
    "cdla-permissive-2.0", "wtfpl", "ecl-2.0", "epl-1.0", "epl-2.0", "etalab-2.0", "eupl-1.1", "eupl-1.2", "isc",
    "h-research", "intel-research", "lppl-1.3c", "ms-pl", "apple-ascl", "apple-amlr", "mpl-2.0", "odc-by", "odbl",
    "openmdw-1.0", "openmdw-1.1", "openrail++", "osl-3.0", "postgresql", "ofl-1.1", "ncsa", "unlicense", "zlib",
    "pddl", "lgpl-lr", "deepfloyd-if-license", "fair-noncommercial-research-license", "llama2", "llama3", "llama3.1",
    "llama3.2", "llama3.3", "llama4", "grok2-community", "gemma",
];

/// Those that name a version of a GNU licence, whether or not later ones may be chosen, which SPDX tells apart.
const GNU: &[&str] = &["agpl-3.0", "gpl-2.0", "gpl-3.0", "lgpl-2.1", "lgpl-3.0"];

/// What front matter says of a licence.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct License {
    pub(super) id: Option<&'static str>,
    /// What it is called, where it has no identifier.
    pub(super) name: Option<String>,
    /// Where it can be read, where it has no identifier.
    pub(super) link: Option<String>,
}

pub(super) fn license(license: &Option<Text<'_>>) -> License {
    let text = match license {
        Some(Text::Unknown(_)) => return License { id: Some("unknown"), ..License::default() },
        Some(Text::Stated(text)) => text.trim(),
        _ => return License::default(),
    };
    let by_name = || LICENSES.iter().find(|known| known.full_name == text).map(|known| known.name);
    let id = if is_id(text) { text } else { by_name().unwrap_or(text) };
    if let Some(of_hub) = of_hub(id) {
        return License { id: Some(of_hub), ..License::default() };
    }
    let link = match is_id(id) {
        true => format!("https://spdx.org/licenses/{id}.html"),
        // Where the hub asks for the text of a licence that it does not know.
        false => "LICENSE".to_owned(),
    };
    License { id: Some("other"), name: Some(slug(&id.replace("LicenseRef-", ""))), link: Some(link) }
}

fn is_id(text: &str) -> bool {
    spdx::license_id(text).is_some()
}

/// What the hub calls a licence.
fn of_hub(id: &str) -> Option<&'static str> {
    static BY_LICENSE: LazyLock<HashMap<&str, &str>> =
        LazyLock::new(|| IDS.iter().filter_map(|of_hub| Some((license_of_name(of_hub)?, *of_hub))).collect());
    let gnu = || {
        let version = id.strip_suffix("-only").or_else(|| id.strip_suffix("-or-later")).unwrap_or(id);
        GNU.iter().find(|of_hub| of_hub.eq_ignore_ascii_case(version))
    };
    // Most are ids of SPDX in lower case, for which no table has to be made.
    let same = IDS.iter().find(|of_hub| of_hub.eq_ignore_ascii_case(id));
    same.or_else(gnu).or_else(|| BY_LICENSE.get(id)).copied()
}

/// A name as the hub takes it: lower-case letters, digits, `-` and `.`.
fn slug(name: &str) -> String {
    let words = name.split(|char: char| !char.is_ascii_alphanumeric() && char != '.');
    let words: Vec<&str> = words.filter(|word| !word.trim_matches('.').is_empty()).collect();
    let slug = words.join("-").to_ascii_lowercase();
    if slug.is_empty() { "license".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> License {
        license(&Some(Text::Stated(text.into())))
    }

    fn id(text: &str) -> Option<&'static str> {
        of(text).id
    }

    #[test]
    fn each_identifier_of_the_hub_is_that_of_a_licence_that_a_card_can_name() {
        for of_hub in IDS {
            let written = license_of_name(of_hub).unwrap_or_else(|| panic!("{of_hub} names no licence"));
            assert_eq!(id(written), Some(*of_hub), "{written}");
        }
        for of_hub in GNU {
            let spdx = LICENSES.iter().map(|known| known.name).find(|id| id.eq_ignore_ascii_case(of_hub)).unwrap();
            for text in [spdx.to_owned(), format!("{spdx}-only"), format!("{spdx}-or-later")] {
                assert_eq!(id(&text), Some(*of_hub), "{text}");
            }
        }
    }

    #[test]
    fn an_id_or_a_full_name_is_what_the_hub_calls_it() {
        assert_eq!(id("Apache-2.0"), Some("apache-2.0"));
        assert_eq!(id("Apache License 2.0"), Some("apache-2.0"));
        assert_eq!(id("ODbL-1.0"), Some("odbl"));
        assert_eq!(id("LicenseRef-llama-3.1-community"), Some("llama3.1"));
    }

    #[test]
    fn any_other_licence_has_a_name_and_a_place() {
        let other = |name: &str, link: &str| License {
            id: Some("other"),
            name: Some(name.to_owned()),
            link: Some(link.to_owned()),
        };
        assert_eq!(of("Beerware"), other("beerware", "https://spdx.org/licenses/Beerware.html"));
        assert_eq!(of("MIT OR LicenseRef-own"), other("mit-or-own", "LICENSE"));
        assert_eq!(of("LicenseRef-own"), other("own", "LICENSE"));
        assert_eq!(of("写: ---\n# x"), other("x", "LICENSE"));
        assert_eq!(of("…"), other("license", "LICENSE"));
    }

    #[test]
    fn a_reason_is_no_licence() {
        assert_eq!(license(&Some(Text::withheld("Not ours to say."))), License::default());
        assert_eq!(license(&Some(Text::unknown("The host does not say."))).id, Some("unknown"));
        assert_eq!(license(&None), License::default());
    }
}
