//! Provenance: of what the page is a view, by which versions, and what of it was computed.

use maud::{Markup, html};
use smcard_core::SecurityCard;
use smcard_core::taxonomy;

use crate::{Provenance, digest};

use super::{Report, facts, measured, words};

/// The SHA-256 digest of the card's JSON report, in hexadecimal digits.
pub(super) fn digest(card: &SecurityCard<'_>) -> String {
    digest::sha256(card.to_json())
}

pub(super) fn appendix(report: &Report<'_>, provenance: Option<&Provenance<'_>>) -> Markup {
    let files: usize = report.card.system.components.iter().map(|component| component.files.len()).sum();
    let all = report.card.system.components.iter().flat_map(|component| component.files.iter());
    let pinned = all.filter(|file| file.sha256.is_some()).count();
    html! {
        dl.facts {
            div { dt { "SHA-256 of the JSON report" } dd { code.digest { (digest(report.card)) } } }
            div { dt { "smcard" } dd { (env!("CARGO_PKG_VERSION")) } }
            @if let Some(schema) = &report.card.schema { div { dt { "Schema" } dd { (facts::link(schema)) } } }
            div {
                dt { "Taxonomies" }
                dd { ul.plain {
                    @for taxonomy in taxonomy::all() {
                        li {
                            (taxonomy.label) " " (taxonomy.version)
                            @if !taxonomy.complete { " " span.note { "(in part)" } }
                        }
                    }
                } }
            }
            (checked(provenance))
            div {
                dt { "Claimed" }
                dd {
                    p { "All texts, figures and decisions are the card’s own. "
                        @if files > 0 {
                            (words::count(files, "file is", "files are")) " named, " (pinned) " with a digest."
                        } @else {
                            "It names no file of a component."
                        }
                    }
                }
            }
            (measured::counted_in_all(report))
            div {
                dt { "Computed" }
                dd {
                    p {
                        "Trust boundaries, the objectives of threats, the coverage of objectives, the inherent risk \
                         (NIST SP 800-30 Rev. 1, table I-2), and the digest above."
                    }
                }
            }
        }
    }
}

/// What the card was checked against, as far as whoever wrote the page knows it.
fn checked(provenance: Option<&Provenance<'_>>) -> Markup {
    let Some(provenance) = provenance else {
        return html! { div { dt { "Policy" } dd { (words::absent("not known to this page")) } } };
    };
    html! {
        @if let Some(revision) = &provenance.revision {
            div { dt { "Source revision" } dd { code { (words::key(revision)) } } }
        }
        div {
            dt { "Policy" }
            dd {
                @if provenance.policy.is_empty() { "The default one: no policy file applies." }
                ul.plain {
                    @for file in &provenance.policy {
                        li { code { (words::key(&file.name)) } " " code.digest { (words::key(&file.sha256)) } }
                    }
                }
            }
        }
        div {
            dt { "Exceptions in force" }
            dd {
                @if provenance.exceptions.is_empty() { "None" }
                ul.plain {
                    @for exception in &provenance.exceptions {
                        li {
                            code { (exception.rule.code) } " at " code { (words::key(&exception.path)) } ": "
                            (words::key(&exception.reason)) ", approved by " (words::key(&exception.approved_by))
                            " until " (words::key(&exception.expires))
                        }
                    }
                }
            }
        }
    }
}
