//! References to taxonomies, each linked to its official page.

use maud::{Markup, html};
use smcard_core::Text;
use smcard_core::source::visible;
use smcard_core::taxonomy::{Concept, Reference, Standing};

/// A reference as the card writes it, with the entry's name and its page where the tables know it.
pub(super) fn reference(text: &Text<'_>) -> Markup {
    let Some(stated) = text.stated() else { return super::words::line(text) };
    let reference = Reference::new(stated);
    let Some(concept) = reference.concept() else {
        let (id, name) = (visible(reference.id), visible(reference.name));
        return html! { code { (id) } @if !name.is_empty() { " " (name) } };
    };
    let standing = match concept.standing {
        Standing::Current => "",
        Standing::Superseded => "superseded",
        Standing::Retired => "retired",
    };
    html! {
        @match page(concept) {
            Some(page) => a.out.ref href=(page) rel="noopener noreferrer" title=(concept.taxonomy.label) { (concept.id) },
            None => code { (concept.id) },
        }
        " " (concept.name)
        @if !standing.is_empty() { " " span.tag { (standing) } }
    }
}

/// The official page of an entry; of a taxonomy without a page for each, the one that lists them.
fn page(concept: &Concept) -> Option<String> {
    let id = concept.id;
    Some(match concept.taxonomy.label {
        "ATLAS" => {
            let folder = match concept.kind {
                "tactic" => "tactics",
                "mitigation" => "mitigations",
                "case-study" => "studies",
                _ => "techniques",
            };
            format!("https://atlas.mitre.org/{folder}/{id}")
        }
        "CWE" => format!("https://cwe.mitre.org/data/definitions/{}.html", id.strip_prefix("CWE-")?),
        "NIST AI 100-2" => "https://doi.org/10.6028/NIST.AI.100-2e2025".to_owned(),
        "OWASP LLM Top 10" => "https://genai.owasp.org/llm-top-10/".to_owned(),
        "OWASP Agentic Top 10" => "https://genai.owasp.org/initiatives/agentic-security-initiative/".to_owned(),
        "OWASP ML Top 10" => "https://owasp.org/www-project-machine-learning-security-top-10/".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use smcard_core::taxonomy;

    use super::*;

    #[test]
    fn every_entry_of_every_taxonomy_has_an_official_page() {
        for concept in taxonomy::concepts() {
            assert!(page(concept).is_some_and(|page| page.starts_with("https://")), "{}", concept.id);
        }
    }

    #[test]
    fn what_has_a_page_of_its_own_is_linked_to_it() {
        let link = |id: &str| page(taxonomy::find(id).unwrap()).unwrap();
        assert_eq!(link("AML.T0051.001"), "https://atlas.mitre.org/techniques/AML.T0051.001");
        assert_eq!(link("AML.M0015"), "https://atlas.mitre.org/mitigations/AML.M0015");
        assert_eq!(link("CWE-862"), "https://cwe.mitre.org/data/definitions/862.html");
    }
}
