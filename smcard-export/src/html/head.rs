//! The head: whose card it is, in one line each.

use maud::{Markup, html};
use smcard_core::schema::Form;
use smcard_core::{Stage, Text};

use super::{Report, appendix, facts, words};

pub(super) fn head(report: &Report<'_>) -> Markup {
    let details = &report.card.model_details;
    let name = details.name.as_ref().and_then(Text::stated);
    let digest = appendix::digest(report.card);
    let short = digest.get(..16).unwrap_or(&digest);
    html! {
        header.head {
            p.kind { "Security model card" }
            h1 {
                @match name { Some(_) => (words::line_or_absent(details.name.as_ref())), None => "Model without a name" }
                @if let Some(version) = &details.version { " " span.version { (words::line(version)) } }
            }
            dl.keys {
                div { dt { "Stage" } dd { (words::choice(details.stage.map(Stage::name))) } }
                div { dt { "Developer" } dd { (words::line_or_absent(details.developer.as_ref())) } }
                div { dt { "Date" } dd { (words::line_or_absent(details.date.as_ref())) } }
                div { dt { "Licence" } dd { (words::line_or_absent(details.license.as_ref())) } }
                div { dt { "Contact" } dd { (formed(report, Form::Contact, details.contact.as_ref())) } }
                div { dt { "Report, SHA-256" } dd { a href="#provenance" title=(digest) { code { (short) "…" } } } }
            }
        }
    }
}

fn formed(report: &Report<'_>, form: Form, text: Option<&Text<'_>>) -> Markup {
    text.map_or_else(|| words::absent("not stated"), |text| facts::formed(report, form, text))
}
