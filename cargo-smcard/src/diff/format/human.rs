//! For people, on a terminal.

use clap::builder::styling::{AnsiColor, Style};

use super::{Change, Kind, Words, counts, label, of_kind};

/// Up to how many characters a change stands on one line.
const LINE: usize = 100;

pub(super) fn write(changes: &[Change], colours: bool) -> String {
    let mut text = String::new();
    for kind in Kind::ALL {
        let of_kind = of_kind(changes, kind);
        if of_kind.is_empty() {
            continue;
        }
        let style = if colours { style(kind) } else { Style::new() };
        text += &format!("{style}{}{style:#}\n", kind.counted(of_kind.len()));
        for change in of_kind {
            text += &line(change, style);
        }
        text.push('\n');
    }
    text += &if changes.is_empty() { "no difference\n".to_owned() } else { format!("{}\n", counts(changes)) };
    text
}

fn style(kind: Kind) -> Style {
    let colour = match kind {
        Kind::Regression => AnsiColor::BrightRed,
        Kind::Improvement => AnsiColor::BrightGreen,
        Kind::Change => AnsiColor::BrightBlue,
    };
    colour.on_default().bold()
}

fn line(change: &Change, style: Style) -> String {
    let label = label(&change.label, |name| format!("`{name}`"));
    let mark = |mark: &str| format!("{style}{mark}{style:#}");
    match Words::of(change) {
        Words::Changed(old, new) if label.chars().count() + old.chars().count() + new.chars().count() <= LINE => {
            format!("  {label}: {old} → {new}\n")
        }
        Words::Changed(old, new) => format!("  {label}:\n    {} {old}\n    {} {new}\n", mark("-"), mark("+")),
        Words::Added(new) => format!("  {} {label}: {new}\n", mark("+")),
        Words::Removed(old) => format!("  {} {label}: {old}\n", mark("-")),
    }
}
