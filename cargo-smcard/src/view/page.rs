//! What is served around a report: a page that shows the very bytes of the report in a frame, and renews it.
//!
//! The report itself has no script, and its policy forbids all of them; so what asks for news is beside it, not in it.

use maud::{DOCTYPE, Markup, html};
use smcard_core::source::visible_lines;

use super::shown::Shown;

pub(super) const STYLE: &str = include_str!("page.css");
pub(super) const SCRIPT: &str = include_str!("page.js");

/// What a browser may take for it: what is served beside it.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                                 frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
                                 frame-ancestors 'none'";

/// What the report may do in its frame: nothing but open a link elsewhere.
const SANDBOX: &str = "allow-same-origin allow-popups allow-popups-to-escape-sandbox";

pub(super) fn page(shown: &Shown) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" data-state=(shown.state) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Security model card" }
                // None, so that no browser asks for one.
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/view.css";
                script src="/view.js" defer {}
            }
            body {
                noscript {
                    p {
                        "Without scripts this page does not renew itself. "
                        a href="/report.html" { "The report alone" } " needs none."
                    }
                }
                p #ended role="status" hidden { "smcard has ended: this page is no longer renewed." }
                main {
                    @if let Some(wrong) = &shown.wrong {
                        div.wrong role="alert" {
                            h1 { "The card cannot be shown as it is now" }
                            pre tabindex="0" { (visible_lines(wrong)) }
                            @if shown.report.is_some() {
                                p { "Below is " a href="/report.html" { "the last good report" } "." }
                            } @else {
                                p { "There has been no good report yet. This page renews itself." }
                            }
                        }
                    }
                    @if shown.report.is_some() {
                        iframe src="/report.html" title="The report" sandbox=(SANDBOX) {}
                    }
                }
            }
        }
    }
}
