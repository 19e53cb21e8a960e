//! A test report against what a card and the policy say of the test.

use std::path::Path;

use smcard_core::rules::measured::{
    ATTACK_SUCCESS_ABOVE_POLICY, COUNT_MISMATCH, REPORT_UNREADABLE, UNJUDGED_ABOVE_POLICY, attack_success, is_above,
};
use smcard_core::{NamedReport, Policy, Problem, TestKind, TestResult, fact};

use super::facts::{self, Block};
use super::file;
use super::say::{counted, shown};
use super::told::Told;
use crate::{Code, Counts, Facts, Measured};

/// The facts of a report. Its attempts are those that were judged, as a card counts them.
pub(super) fn facts(report: &NamedReport<'_>, measured: &Measured) -> Block {
    let mut block = Block::default();
    block.text("test", report.test.unwrap_or_default());
    facts::of_file(&mut block, report.path, measured);
    let Facts::Report(it) = &measured.facts else {
        facts::of_format(&mut block, &measured.facts);
        facts::of_findings(&mut block, measured);
        return block;
    };
    block.text(fact::FORMAT, it.kind.name());
    let tools: Vec<String> = it
        .tools
        .iter()
        .map(|tool| format!("{} {}", tool.name, tool.version.as_deref().unwrap_or_default()).trim().to_owned())
        .collect();
    block.texts("tools", tools.iter().map(String::as_str));
    if let Some(counts) = it.counts {
        block.number(fact::ATTEMPTS, judged(counts));
        block.number("passes", counts.passes);
        block.number(fact::FAILURES, counts.failures);
        block.number(fact::ERRORS, counts.errors);
        block.number(fact::SKIPS, counts.skips);
    }
    let severities: Vec<String> =
        it.severities.iter().map(|(severity, issues)| format!("{severity}: {issues}")).collect();
    block.texts("severities", severities.iter().map(String::as_str));
    block.texts("refs", it.refs.refs.iter().map(String::as_str));
    facts::of_findings(&mut block, measured);
    block
}

/// The attempts that were judged: what errors and skips would have shown, nobody knows.
fn judged(counts: Counts) -> u64 {
    counts.passes.saturating_add(counts.failures)
}

/// Tells of what does not hold.
pub(super) fn check(report: &NamedReport<'_>, measured: &Measured, policy: &Policy, told: &mut Told) {
    let at = format!("{}.report", report.at);
    let name = match report.test {
        Some(id) => format!("`{}`, the report of `{}`,", shown(report.path), shown(id)),
        None => format!("the report `{}`", shown(report.path)),
    };
    if let Some(pinned) = report.sha256 {
        file::digest(&name, &format!("{}.report_sha256", report.at), pinned, measured, told);
    }
    let Facts::Report(read) = &measured.facts else {
        let asked = policy.asks_for_reports();
        if report.attempts.is_some() || report.failures.is_some() || is_for_programs(report.path) || asked.is_some() {
            let problem = Problem::new(format!("{name} is in no layout that is read: its numbers cannot be compared"));
            let mut problem =
                problem.help("give the report of garak, ModelScan or promptfoo, or one in SARIF or JUnit");
            if let Some(place) = asked {
                problem = problem.note(format!("{place} asks for a report of each test"));
            }
            told.add(REPORT_UNREADABLE, &at, problem);
        }
        return;
    };
    let Some(counts) = read.counts else {
        let why = measured.findings.iter().find(|finding| finding.code == Code::ReportUnreadable);
        let why = why.map_or_else(|| "it is not whole".to_owned(), |finding| shown(&finding.message));
        let problem = Problem::new(format!("{name} cannot be read: {why}"));
        told.add(REPORT_UNREADABLE, &at, problem.help("run the tool again, and put its report there as it wrote it"));
        return;
    };
    compare(report, counts, told);
    limits(report, counts, &at, policy, told);
}

/// Whether a file is for programs by its name, so that one of them should be able to read it.
fn is_for_programs(path: &str) -> bool {
    let end = Path::new(path).extension().and_then(|end| end.to_str()).unwrap_or_default();
    ["json", "jsonl", "sarif", "xml"].iter().any(|known| end.eq_ignore_ascii_case(known))
}

fn compare(report: &NamedReport<'_>, counts: Counts, told: &mut Told) {
    let judged = judged(counts);
    let mut mismatch = |key: &str, expected: String, found: String| {
        let test = report.test.map(|id| format!(" of `{}`", shown(id))).unwrap_or_default();
        let problem = Problem::new(format!(
            "`{}` does not bear out `{key}`{test}: expected {expected}, found {found}",
            shown(report.path)
        ));
        let problem = problem.help("correct the card, or find out who changed the report");
        told.add(COUNT_MISMATCH, &format!("{}.{key}", report.at), problem.note(said(counts)));
    };
    if let Some(stated) = report.attempts.filter(|stated| *stated != judged) {
        mismatch("attempts", stated.to_string(), judged.to_string());
    }
    if let Some(stated) = report.failures.filter(|stated| *stated != counts.failures) {
        mismatch("failures", stated.to_string(), counts.failures.to_string());
    }
    match report.result {
        Some(TestResult::Passed) if judged == 0 => {
            mismatch("result", "`Passed`".to_owned(), "no attempt that was judged".to_owned());
        }
        // Who states how many succeeded may say that this is few enough.
        Some(TestResult::Passed) if counts.failures > 0 && report.failures.is_none() => {
            let found = counted(counts.failures, "failure", "failures");
            mismatch("result", "`Passed`".to_owned(), format!("{found}, which the card does not state"));
        }
        Some(TestResult::Failed) if counts.failures == 0 && counts.errors == 0 => {
            mismatch("result", "`Failed`".to_owned(), "no failure".to_owned());
        }
        _ => {}
    }
}

/// What a report counts, in words.
fn said(counts: Counts) -> String {
    format!(
        "the report counts {}, {}, {} and {}; passes and failures are the attempts",
        counted(counts.passes, "pass", "passes"),
        counted(counts.failures, "failure", "failures"),
        counted(counts.errors, "error", "errors"),
        counted(counts.skips, "skip", "skips"),
    )
}

fn limits(report: &NamedReport<'_>, counts: Counts, at: &str, policy: &Policy, told: &mut Told) {
    let name = match report.test {
        Some(id) => format!("`{}`", shown(id)),
        None => format!("`{}`", shown(report.path)),
    };
    // Counts of the card are judged without its report.
    let stated = report.attempts.is_some() && report.failures.is_some();
    let attacks = report.kind.is_some_and(TestKind::tries_attacks);
    if let Some((limit, place)) = policy.max_attack_success_rate().filter(|_| attacks && !stated) {
        if is_above(counts.failures, judged(counts), limit) {
            let problem = attack_success(&name, counts.failures, judged(counts), limit, &place);
            told.add(ATTACK_SUCCESS_ABOVE_POLICY, at, problem);
        }
    }
    if let Some((limit, place)) = policy.max_unjudged_rate() {
        let unjudged = counts.errors.saturating_add(counts.skips);
        if judged(counts) == 0 || is_above(unjudged, counts.attempts, limit) {
            let problem = Problem::new(format!(
                "{unjudged} of {} in {name} have no verdict",
                counted(counts.attempts, "attempt", "attempts")
            ));
            let problem = problem.help("find out why, and run the test again");
            told.add(UNJUDGED_ABOVE_POLICY, at, problem.note(format!("{place} allows a share of {limit} at most")));
        }
    }
}
