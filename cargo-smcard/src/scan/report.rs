//! What a report of a test or a scanner says, in parts of a line.

use smcard_evidence::Report;

use super::words::{counted_u64, listed};

pub(super) fn parts(report: &Report) -> Vec<String> {
    let mut parts = vec![format!("of {}", tools(report))];
    match &report.counts {
        Some(counts) => {
            parts.push(counted_u64(counts.attempts, "attempt"));
            parts.push(format!("{} passed", counts.passes));
            parts.push(format!("{} failed", counts.failures));
            parts.push(counted_u64(counts.errors, "error"));
            parts.push(format!("{} skipped", counts.skips));
        }
        None => parts.push("no numbers".to_owned()),
    }
    if !report.severities.is_empty() {
        let of = report.severities.iter().map(|(severity, count)| format!("{count} {severity}"));
        parts.push(format!("issues {}", of.collect::<Vec<_>>().join(" ")));
    }
    let others = report.refs.other_refs.iter().map(|(taxonomy, ids)| (taxonomy.as_str(), ids));
    for (label, ids) in
        [("refs", &report.refs.refs)].into_iter().chain(others).chain([("unmapped", &report.refs.unmapped)])
    {
        if !ids.is_empty() {
            parts.push(format!("{label} {}", listed(ids.iter())));
        }
    }
    parts
}

/// The tools by name and version; the layout, where the report names none.
fn tools(report: &Report) -> String {
    let tools = report.tools.iter().map(|tool| match &tool.version {
        Some(version) => format!("{} {version}", tool.name),
        None => tool.name.clone(),
    });
    let tools: Vec<String> = tools.collect();
    match tools.is_empty() {
        true => report.kind.name().to_owned(),
        false => tools.join(" and "),
    }
}
