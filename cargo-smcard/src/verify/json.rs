//! For programs: one JSON object, described in the README.

use serde_json::json;
use smcard_core::source::visible;

use super::Verdict;

pub(super) fn write(verdict: &Verdict<'_>) -> String {
    let problems = verdict.problems.told.iter().map(|problem| {
        json!({
            "code": problem.code,
            "at": problem.at,
            "message": problem.message,
            "expected": problem.expected,
            "found": problem.found,
        })
    });
    let files = verdict.files.iter().map(|file| json!({ "name": file.name, "state": file.state.name() }));
    let statement = verdict.statement;
    let whole = json!({
        "version": 1,
        "belong_together": verdict.problems.is_empty(),
        "report": { "file": verdict.report, "sha256": verdict.sha256 },
        "statement": {
            "file": verdict.file,
            "predicate_type": statement.text("predicateType").map(visible),
            "envelope": statement.wrapping.name(),
            "signatures": statement.signatures,
            "signatures_checked": false,
        },
        "root": verdict.root,
        "files": files.collect::<Vec<_>>(),
        "problems": problems.collect::<Vec<_>>(),
        "omitted": verdict.problems.count - verdict.problems.told.len(),
    });
    format!("{whole:#}\n")
}
