//! For people: the shares, and what is open by what it would add.

use clap::builder::styling::Style;
use smcard_core::source::visible;

use super::Scored;
use super::count::{Gap, Share};
use crate::excerpt;

/// How many items are named that lack something.
const NAMED: usize = 5;

pub(super) fn write(scored: &Scored<'_>, colours: bool) -> String {
    let bold = if colours { Style::new().bold() } else { Style::new() };
    let all = &scored.score.all;
    let mut text = format!(
        "{bold}{}: {} answered, {} not stated, {} missing{bold:#}\n",
        scored.file,
        percent(all.answered),
        percent(all.not_stated),
        percent(all.missing())
    );
    if scored.checked.errors > 0 {
        let plural = if scored.checked.errors == 1 { "" } else { "s" };
        text += &format!("mend first: {} error{plural}\n", scored.checked.errors);
    }
    let width = scored.score.sections.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    text += &format!("\n  {:width$}  answered  not stated  missing   of\n", "");
    for (name, share) in &scored.score.sections {
        text += &row(name, share, width);
    }
    let (missing, not_stated): (Vec<&Gap>, Vec<&Gap>) = scored.score.gaps.iter().partition(|gap| gap.not_stated == 0.0);
    for (title, gaps) in [("what would add most", missing), ("what is not stated", not_stated)] {
        if !gaps.is_empty() {
            text += &format!("\n{bold}{title}{bold:#}\n");
        }
        for gap in gaps {
            text += &line(gap);
        }
    }
    text
}

/// A share in percent, rounded down: what is not reached is not shown as reached.
pub(super) fn percent(share: f64) -> String {
    format!("{} %", tenths(share))
}

fn tenths(share: f64) -> f64 {
    (share * 10.0 + 1e-6).floor() / 10.0
}

fn row(name: &str, share: &Share, width: usize) -> String {
    let [answered, not_stated, missing] = [share.answered, share.not_stated, share.missing()].map(tenths);
    format!("  {name:width$}  {answered:8.1}  {not_stated:10.1}  {missing:7.1}  {:3.0}\n", share.weight)
}

fn line(gap: &Gap) -> String {
    let mut text = format!("  {:+5.1}  `{}`", gap.adds, gap.path);
    // A text that is there is not stated, or a rule does not take it for an answer.
    match (&gap.each, &gap.says) {
        (Some(each), _) => text += &format!(", each with {each}{}\n         {}", lacking(&gap.open), gap.why),
        (None, Some(says)) if gap.not_stated == 0.0 => text += &format!(": {} is no answer", shown(says)),
        (None, Some(says)) => text += &format!(": {}", shown(says)),
        (None, None) => text += &format!(": {}", gap.why),
    }
    text.push('\n');
    text
}

/// Which items lack something.
fn lacking(open: &[String]) -> String {
    let named: Vec<String> = open.iter().take(NAMED).map(|name| format!("`{}`", shown(name))).collect();
    match open.len().saturating_sub(NAMED) {
        _ if open.is_empty() => String::new(),
        0 => format!(" (without: {})", named.join(", ")),
        more => format!(" (without: {}, and {more} more)", named.join(", ")),
    }
}

fn shown(text: &str) -> String {
    excerpt::shortened(&visible(text))
}
