//! The measured family: what the files of a card are, against what the card and the policy say of them.
//!
//! Most of it is found by whoever reads the files; here stand the facts of these rules, what can be seen without a file,
//! and how what was found elsewhere is told.

use crate::card::{File, Test, TestKind};
use crate::evidence::Evidence;
use crate::excerpt::shown;
use crate::finding::{Finding, Findings, Problem};
use crate::package_path::is_file;
use crate::path::Path;
use crate::policy::Policy;
use crate::policy_evidence::on;
use crate::rule::{Level, Rule};
use crate::rules::form::PATH_OUTSIDE_PACKAGE;
use crate::rules::site::{Context, Site, Tell};
use crate::rules::{Check, On};
use crate::tree::Node;
use crate::words::figure;

/// Declares rules of which only who reads files can tell.
macro_rules! of_files {
    ($( $check:ident, $rule:ident, $level:ident, $code:literal, $summary:literal, $explanation:literal; )+) => {
        $(
            static $check: Check = Check {
                rule: Rule {
                    code: $code,
                    summary: $summary,
                    explanation: $explanation,
                    level: Level::$level,
                    adjustable: true,
                },
                on: On::Reading,
            };

            #[doc = concat!("`", $code, "`: ", $summary)]
            pub static $rule: &Rule = &$check.rule;
        )+

        /// The rules of which only who reads files can tell.
        const OF_FILES: &[&Check] = &[$(&$check),+];

        pub(super) const CHECKS: &[&Check] =
            &[&DIGEST_MISSING, &REPORT_MISSING, &TOO_MANY_SUCCEED, $(&$check),+];
    };
}

of_files! {
    NOT_MEASURED_CHECK, NOT_MEASURED, Warning, "not-measured",
        "The files and reports that a card names are measured.",
        "What nobody measured is a claim like any other. The build hook measures with the feature `evidence` of smcard; \
         `smcard check` always does. Where the policy asks for what only a file can show, this is an error.";
    FILE_MISSING_CHECK, FILE_MISSING, Error, "file-missing",
        "A file that a card names is there, and can be read.",
        "A reviewer who follows the card finds nothing, and nothing of what the card says of it can be checked. Paths \
         are relative to the folder of the package; those of a card file, to the folder of the card.";
    DIGEST_MISMATCH_CHECK, DIGEST_MISMATCH, Error, "digest-mismatch",
        "A file has the digest that the card states.",
        "The file is not the one that was reviewed. Find out who changed it before the digest is changed.";
    COUNT_MISMATCH_CHECK, COUNT_MISMATCH, Error, "count-mismatch",
        "The counts and the result of a test are those of its report.",
        "`attempts` are those that were judged, and `failures` those that succeeded against the model. What was skipped, \
         or ended in an error, is neither an attempt nor a pass.";
    FACT_MISMATCH_CHECK, FACT_MISMATCH, Error, "fact-mismatch",
        "A file says the same of itself as the card does.",
        "A file names its licence and its architecture, holds a number of parameters, and is read as the end of its \
         name says. If the card says otherwise, one of the two is wrong. A number of parameters may be off by a quarter: \
         files hold buffers as well, share tables or repeat them, and cards round.";
    UNSAFE_FILE_CHECK, UNSAFE_FILE, Error, "unsafe-file",
        "No file runs code of its own, or reaches what is outside it, when it is loaded.",
        "Whoever loads such a file runs what its author wrote. Do not load it; ask for the model in safetensors. \
         `smcard scan` shows all that was found.";
    FILE_NOT_CLEARED_CHECK, FILE_NOT_CLEARED, Warning, "file-not-cleared",
        "A file could be looked into whole, and holds nothing that needs a look by a person.",
        "What could not be looked into was not cleared. `smcard scan` shows all that was found, with its place.";
    UNSAFE_FORMAT_CHECK, UNSAFE_FORMAT, Warning, "unsafe-format",
        "A file has no format whose loaders run code that the file brings.",
        "A pickle is a program, which this one may use for nothing but data: the next version can do anything. \
         Safetensors, GGUF and ONNX hold data alone.";
    FORMAT_FORBIDDEN_CHECK, FORMAT_FORBIDDEN, Error, "format-forbidden",
        "No file has a format that the policy forbids.",
        "`[files] forbid` names formats; one is found within archives and compressed files, too. `pickle` stands for all \
         that are pickles within: joblib and what PyTorch saves.";
    REPORT_UNREADABLE_CHECK, REPORT_UNREADABLE, Error, "report-unreadable",
        "The report of a test can be read whole, and its numbers add up.",
        "None of its numbers are used: what could not be read may be what failed. Run the tool again. Reports of garak, ModelScan, \
         promptfoo, SARIF and JUnit are read; one for people is not, and cannot bear out counts.";
    UNJUDGED_CHECK, UNJUDGED_ABOVE_POLICY, Error, "unjudged-above-policy",
        "Of what a test tried, no more is left without a verdict than the policy allows.",
        "`[evidence] max_unjudged_rate` bounds the share of errors and skips. A test that mostly failed to run shows \
         nothing.";
}

static DIGEST_MISSING: Check = Check {
    rule: Rule {
        code: "digest-missing",
        summary: "A file has a digest, where the policy asks for one.",
        explanation: "`[files] digest` asks for the `sha256` of each file, and `[evidence] digest` for the \
                      `report_sha256` of each report. Without it, whatever stands there is taken.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::AnyBlock(digest_missing),
};

static REPORT_MISSING: Check = Check {
    rule: Rule {
        code: "report-missing",
        summary: "A test has a report that can be measured, where the policy asks for one.",
        explanation: "`[evidence] report` asks for the file of the tool itself, in the package. What is kept elsewhere \
                      is never fetched, so nobody has compared it.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Test::SCHEMA, report_missing),
};

static TOO_MANY_SUCCEED: Check = Check {
    rule: Rule {
        code: "attack-success-above-policy",
        summary: "Of the attacks that a test tried, no larger share succeeded than the policy allows.",
        explanation: "`[evidence] max_attack_success_rate` bounds `failures` in `attempts`, as the card states them or \
                      else as the report does. Scans and reviews try no attacks, and are not bound by it.",
        level: Level::Error,
        adjustable: true,
    },
    on: On::Block(Test::SCHEMA, too_many_succeed),
};

/// `path-outside-package`, for links.
pub static PATH_OUTSIDE: &Rule = &PATH_OUTSIDE_PACKAGE.rule;

/// `attack-success-above-policy`, for counts that only a report has.
pub static ATTACK_SUCCESS_ABOVE_POLICY: &Rule = &TOO_MANY_SUCCEED.rule;

fn digest_missing(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(block) = site.block() else { return };
    let policy = site.policy();
    let (place, key, path) = if block.is(File::SCHEMA) {
        (on(policy.files_asked.digest.as_ref()), File::sha256(), File::path())
    } else if block.is(Test::SCHEMA) {
        (on(policy.tests_asked.digest.as_ref()), Test::report_sha256(), Test::report())
    } else {
        return;
    };
    let (Some(place), Some(path)) = (place, site.node.get(path).and_then(Node::stated)) else { return };
    if site.tells_of(key) || (block.is(Test::SCHEMA) && !is_file(path)) {
        return;
    }
    tell.field(site, key, &|| {
        Problem::new(format!("`{}` is not pinned by a digest", shown(path)))
            .help(format!("add `{key}: \"…\"`, with what `sha256sum` prints before the name of the file"))
            .note(format!("required by {place}"))
    });
}

fn report_missing(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(place) = on(site.policy().tests_asked.report.as_ref()) else { return };
    let report = site.node.get(Test::report());
    // An expression is seen by the build hook.
    let may_be = |report: &Node<'_>| report.words().is_none() || report.stated().is_some_and(is_file);
    if report.map_or_else(|| site.was_meant(Test::report()), may_be) {
        return;
    }
    tell.field(site, Test::report(), &|| {
        let problem = match report.and_then(Node::stated) {
            Some(elsewhere) => Problem::new(format!(
                "the report of {} is kept elsewhere (`{}`), where it is not measured",
                site.named(),
                shown(elsewhere)
            )),
            None => Problem::new(format!("{} has no report", site.named())),
        };
        problem
            .help("put the report of the tool into the package, and add its path: `report: \"reports/…\"`")
            .note(format!("required by {place}"))
    });
}

fn too_many_succeed(site: &Site<'_>, tell: &mut Tell<'_>) {
    let Some(limit) = &site.policy().tests_asked.attack_success else { return };
    let kind = site.node.get(Test::kind()).and_then(Node::word).and_then(TestKind::from_name);
    let count = |key: &str| site.node.get(key).and_then(Node::count);
    let (Some(attempts), Some(failures)) = (count(Test::attempts()), count(Test::failures())) else { return };
    if kind.is_some_and(TestKind::tries_attacks) && is_above(failures, attempts, limit.value) {
        tell.field(site, Test::failures(), &|| {
            attack_success(&site.named(), failures, attempts, limit.value, &limit.place.to_string())
        });
    }
}

/// Whether a part of a whole is more than a share of it. Of nothing, everything is more than is allowed.
pub fn is_above(part: u64, whole: u64, share: f64) -> bool {
    if whole == 0 { part > 0 } else { part as f64 / whole as f64 > share }
}

/// What is said of attacks that succeed too often; `test` as messages call it.
pub fn attack_success(test: &str, failures: u64, attempts: u64, limit: f64, place: &str) -> Problem {
    let rate = failures as f64 / attempts.max(1) as f64;
    Problem::new(format!("{failures} of the {attempts} attempts in {test} succeeded against the model ({rate:.3})"))
        .help("mend the model or what guards it, and test again; or have an exception approved")
        .note(format!("{place} allows a share of {} at most", figure(limit)))
}

/// What is said where nothing at a path was measured: as an error where the policy asks for what only a file can show.
pub fn not_measured(path: &str, problem: Problem, policy: &Policy) -> Finding {
    let mut finding = Finding::new(NOT_MEASURED, path, 0, problem);
    if let Some(place) = policy.asks_to_measure() {
        finding.level = Level::Error;
        finding.problem.notes.push(format!("{place} asks for what only a measured file can show"));
    }
    finding
}

/// Tells of what was found in files, at the level that the policy gives it and with its exceptions.
pub(super) fn tell(context: &Context<'_>, evidence: &Evidence, findings: &mut Findings) {
    for finding in &evidence.findings {
        let rule = finding.rule;
        // What was raised stays so: the policy itself asks for it.
        let level = if finding.level > rule.level { finding.level } else { context.policy.level(rule) };
        if level == Level::Allow {
            continue;
        }
        follow(&Path::Card, &finding.path, &mut |path| {
            let at = place(context.card, path);
            match context.exempt.of(rule, path) {
                Some(exception) => findings.except(exception, level, &|| Finding { at, ..finding.clone() }),
                None => findings.add(level, &|| Finding { at, ..finding.clone() }),
            }
        });
    }
}

/// Whether only who reads files can tell of a rule.
pub(super) fn is_of_files(rule: &Rule) -> bool {
    OF_FILES.iter().any(|check| check.rule.code == rule.code)
}

/// Goes the way of a path as it is spelt.
fn follow(within: &Path<'_>, rest: &str, give: &mut dyn FnMut(&Path<'_>)) {
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    if rest.is_empty() {
        return give(within);
    }
    let item = rest.strip_prefix('[').and_then(|item| item.split_once(']'));
    match item.and_then(|(index, behind)| Some((index.parse().ok()?, behind))) {
        Some((index, behind)) => follow(&within.item(index), behind, give),
        None => {
            let end = rest.find(['.', '[']).filter(|end| *end > 0).unwrap_or(rest.len());
            let (key, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
            follow(&within.key(key), behind, give);
        }
    }
}

/// Where a path is in the source of a card: its value, or that of what it would be in.
fn place(card: &Node<'_>, path: &Path<'_>) -> usize {
    fn value<'n>(card: &'n Node<'n>, path: &Path<'_>) -> Result<&'n Node<'n>, usize> {
        match path {
            Path::Card => Ok(card),
            Path::Key(within, key) => {
                let block = value(card, within)?;
                block.get(key).ok_or(block.at)
            }
            Path::Item(within, index) => {
                let list = value(card, within)?;
                list.items().get(*index).ok_or(list.at)
            }
        }
    }
    value(card, path).map_or_else(|at| at, |node| node.at)
}
