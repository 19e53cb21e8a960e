//! What the build measured, told apart from what the card claims.

use maud::{Markup, html};
use smcard_core::{File, Test, Text, fact};

use super::{Report, facts, words};

/// All that was measured; nothing where nothing was.
pub(super) fn section(report: &Report<'_>) -> Option<Markup> {
    let measured = report.tree.get("measured")?;
    Some(html! {
        p.note { "Read from the files themselves when the card was built. Nobody has stated it; everything else on this page is claimed." }
        (facts::own(measured))
    })
}

/// What was measured of a file, beside the digest that the card claims.
pub(super) fn file(report: &Report<'_>, file: &File<'_>) -> Markup {
    let facts = file.path.as_ref().and_then(Text::stated).and_then(|path| report.measured.file(path));
    let Some(facts) = facts else { return words::absent("not measured") };
    let claimed = file.sha256.as_ref().and_then(Text::stated);
    let mut parts = vec![facts.text(fact::FORMAT).map_or_else(|| "unknown".to_owned(), words::key)];
    parts.extend(facts.count(fact::SIZE).map(|size| counted(size, "byte", "bytes")));
    parts.extend(facts.count(fact::PARAMETERS).map(|parameters| counted(parameters, "parameter", "parameters")));
    html! {
        (parts.join(", "))
        @match (facts.sha256(), claimed) {
            (Some(found), Some(claimed)) if found.eq_ignore_ascii_case(claimed.trim()) => ", with this digest",
            (Some(found), Some(_)) => { ", " span.status.act { "with another digest" } " " code.digest { (found) } },
            (Some(found), None) => { ", " code.digest { (found) } },
            (None, _) => {},
        }
        @if facts.findings() > 0 { ", " span.status.act { (counted(facts.findings(), "finding", "findings")) } }
    }
}

/// What was measured of the report of a test, beside the counts that the card claims.
pub(super) fn test(report: &Report<'_>, test: &Test<'_>) -> Markup {
    let path = test.report.as_ref().and_then(Text::stated);
    let Some(facts) = path.and_then(|path| report.measured.report(path)) else { return html! {} };
    let counts = [fact::ATTEMPTS, fact::FAILURES, fact::ERRORS, fact::SKIPS].map(|key| facts.count(key));
    html! {
        dl.facts { div {
            dt { "Measured in its report" }
            dd {
                @if let [Some(attempts), Some(failures), Some(errors), Some(skips)] = counts {
                    (failures) " of " (counted(attempts, "attempt", "attempts")) " succeeded; not judged: "
                    (counted(errors, "error", "errors")) ", " (counted(skips, "skip", "skips"))
                } @else {
                    (words::absent("no counts"))
                }
                " (" (facts.text(fact::FORMAT).map_or_else(|| "unknown".to_owned(), words::key)) ")"
            }
        } }
    }
}

/// How much was measured, for the appendix.
pub(super) fn counted_in_all(report: &Report<'_>) -> Markup {
    let (files, reports) = report.measured.counts();
    html! {
        div {
            dt { "Measured" }
            dd {
                p {
                    @if files + reports == 0 { "No file was read." } @else {
                        (words::count(files, "file", "files")) " of components and "
                        (words::count(reports, "report", "reports")) " of tests were read when the card was built."
                    }
                }
            }
        }
    }
}

fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
