//! For people: what does not belong together on standard error, and the answer in a few lines.

use smcard_core::source::visible;

use super::Verdict;
use super::files::State;
use super::statement::Wrapping;
use crate::exit;

/// How many files are named that were not checked.
const NAMED: usize = 10;

/// Tells of each problem.
pub(super) fn tell(verdict: &Verdict<'_>) {
    for problem in &verdict.problems.told {
        let values = match (&problem.expected, &problem.found) {
            (Some(expected), Some(found)) => format!(": expected `{expected}`, found `{found}`"),
            (None, Some(why)) => format!(": {why}"),
            _ => String::new(),
        };
        let at = if problem.at == "report" && problem.code.starts_with("report-") {
            format!("the report `{}`", verdict.report)
        } else {
            format!("`{}`", problem.at)
        };
        exit::error(format!("{at} {}{values}", problem.message));
    }
    let more = verdict.problems.count - verdict.problems.told.len();
    if more > 0 {
        exit::error(format!("and {more} more"));
    }
}

pub(super) fn write(verdict: &Verdict<'_>) -> String {
    let do_not = if verdict.problems.is_empty() { "" } else { "do not " };
    let mut text = format!("`{}` and `{}` {do_not}belong together\n", verdict.report, verdict.file);
    let mut line = |name: &str, words: &str| text += &format!("  {name:<10} {words}\n");
    line("report", &format!("SHA-256 {}", verdict.sha256));
    let details = |field| {
        let value = verdict.statement.card()?.pointer(field)?.as_str();
        value.map(visible)
    };
    let card: Vec<String> = ["/model_details/name", "/model_details/version"].into_iter().filter_map(details).collect();
    if !card.is_empty() {
        line("card", &card.join(" "));
    }
    let count = |state: State| verdict.files.iter().filter(|file| file.state == state).count();
    let of = |state: State, words: &str| Some(format!("{} {words}", count(state))).filter(|_| count(state) > 0);
    let files = [
        of(State::AsStated, "as stated"),
        of(State::Differs, "with another digest"),
        of(State::Refused, "not opened"),
        of(State::Unchecked, "not checked"),
        of(State::NoDigest, "without a SHA-256 digest"),
    ];
    let files: Vec<String> = files.into_iter().flatten().collect();
    line("files", &if files.is_empty() { "none is named".to_owned() } else { files.join(", ") });
    let unchecked: Vec<&str> =
        verdict.files.iter().filter(|file| file.state == State::Unchecked).map(|file| file.name.as_str()).collect();
    for name in unchecked.iter().take(NAMED) {
        line("unchecked", &format!("`{name}` is not in `{}`", verdict.root));
    }
    if unchecked.len() > NAMED {
        line("", &format!("and {} more", unchecked.len() - NAMED));
    }
    line("signatures", &signatures(verdict));
    text
}

fn signatures(verdict: &Verdict<'_>) -> String {
    match (verdict.statement.wrapping, verdict.statement.signatures) {
        (Wrapping::Bare, _) => "none: the statement is not signed".to_owned(),
        (_, 0) => "none: the envelope is not signed".to_owned(),
        (_, count) => format!("{count}, not checked: `cosign verify-blob-attestation` does that"),
    }
}
