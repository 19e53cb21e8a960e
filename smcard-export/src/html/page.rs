//! The page: its head, its landmarks, and its sections in the order in which a reviewer asks.

use base64ct::{Base64, Encoding as _};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};
use smcard_core::Text;

use crate::Provenance;

use super::{
    Report, appendix, components, head, measured, measures, objectives, overview, reviews, sections, system, tests,
    threats, vulnerabilities, words,
};

const STYLE: &str = include_str!("style.css");

/// A section of the page.
struct Section {
    id: &'static str,
    title: &'static str,
    /// How many there are of what it lists, for the contents.
    count: Option<usize>,
    content: Markup,
}

pub(super) fn page(report: &Report<'_>, provenance: Option<&Provenance<'_>>) -> Markup {
    let sections = sections(report, provenance);
    let details = &report.card.model_details;
    let title =
        details.name.as_ref().and_then(Text::stated).map_or_else(String::new, |_| words::name(details.name.as_ref()));
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { @if !title.is_empty() { (title) " – " } "Security model card" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                div.sheet {
                    (head::head(report))
                    nav aria-labelledby="contents" {
                        h2 #contents { "Contents" }
                        ol {
                            @for section in &sections {
                                li {
                                    a href={ "#" (section.id) } { (section.title) }
                                    @if let Some(count) = section.count { " " span.number { (count) } }
                                }
                            }
                        }
                    }
                    main #content {
                        @for section in &sections {
                            section #(section.id) aria-labelledby={ (section.id) "-title" } {
                                h2 #{ (section.id) "-title" } { (section.title) }
                                (section.content)
                            }
                        }
                    }
                    footer {
                        p { "Made by smcard " (env!("CARGO_PKG_VERSION")) ". The same card gives the same page." }
                    }
                }
            }
        }
    }
}

fn sections(report: &Report<'_>, provenance: Option<&Provenance<'_>>) -> Vec<Section> {
    let (security, system) = (&report.card.security_considerations, &report.card.system);
    let section = |id, title, count, content| Section { id, title, count, content };
    let measured = measured::section(report);
    let mut sections = vec![
        section("overview", "At a glance", None, overview::overview(report)),
        section("system", "System", Some(system.flows.len()).filter(|flows| *flows > 0), system::system(report)),
        section("threats", "Threats", Some(security.threats.len()), threats::threats(report)),
        section("objectives", "Objectives of an adversary", None, objectives::objectives(report)),
        section("tests", "Security tests", Some(security.tests.len()), tests::tests(report)),
        section("measures", "Measures", Some(report.card.metrics.measures.len()), measures::section(report)),
        section("components", "Components and files", Some(system.components.len()), components::components(report)),
        section(
            "vulnerabilities",
            "Known vulnerabilities",
            Some(security.vulnerabilities.len()),
            vulnerabilities::vulnerabilities(report),
        ),
        section("reviews", "Reviews", Some(security.reviews.len()), reviews::reviews(report)),
        section("card", "The card", None, sections::sections(report)),
        section("provenance", "Provenance", None, appendix::appendix(report, provenance)),
    ];
    if let Some(content) = measured {
        let behind = sections.iter().position(|section| section.id == "components").map_or(0, |index| index + 1);
        sections.insert(behind, section("measured", "Measured by the build", None, content));
    }
    sections
}

/// What a browser may take: the page's own style, and nothing else.
pub(super) fn policy() -> String {
    let digest = Base64::encode_string(&Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")
}
