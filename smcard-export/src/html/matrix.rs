//! Likelihood × impact: where each threat stands before its mitigations, and the risk that is left of it.

use maud::{Markup, html};
use smcard_core::{Risk, Threat};

use super::shown::{Shown, label};
use super::words;

const LEVELS: [Risk; 4] = [Risk::Low, Risk::Medium, Risk::High, Risk::Critical];

/// How many threats a cell names; the list has them all.
const NAMED: usize = 8;

/// The risk before any mitigation, where the card assesses it.
pub(super) fn inherent(threat: &Threat<'_>) -> Option<Risk> {
    Some(Risk::of(threat.likelihood?, threat.impact?))
}

pub(super) fn matrix(all: &[Shown<'_, '_>]) -> Markup {
    let unassessed = all.iter().filter(|shown| inherent(shown.threat).is_none()).count();
    // One pass over the threats, whatever their number.
    let mut cells: [[Vec<&Shown<'_, '_>>; 4]; 4] = Default::default();
    for shown in all {
        let place = |risk: Option<Risk>| LEVELS.iter().position(|level| Some(*level) == risk);
        if let (Some(row), Some(column)) = (place(shown.threat.likelihood), place(shown.threat.impact)) {
            if let Some(cell) = cells.get_mut(row).and_then(|row| row.get_mut(column)) {
                cell.push(shown);
            }
        }
    }
    html! {
        div.frame tabindex="0" role="group" aria-label="Likelihood and impact, scrolls sideways" {
            table.matrix {
                caption { "Likelihood × impact before mitigation; an arrow leads to the risk that is left" }
                thead {
                    tr {
                        th scope="col" { span.axis { "Likelihood" } }
                        @for impact in LEVELS { th scope="col" { (words::titled(impact.name())) " impact" } }
                    }
                }
                tbody {
                    @for (likelihood, row) in LEVELS.iter().zip(&cells).rev() {
                        tr {
                            th scope="row" { (words::titled(likelihood.name())) }
                            @for (impact, cell) in LEVELS.iter().zip(row) {
                                (within(Risk::of(*likelihood, *impact), cell))
                            }
                        }
                    }
                }
            }
        }
        @if unassessed > 0 {
            p.note { (words::count(unassessed, "threat is", "threats are")) " not assessed and not in the matrix." }
        }
    }
}

fn within(risk: Risk, cell: &[&Shown<'_, '_>]) -> Markup {
    html! {
        td class={ "cell " (words::spaced(risk.name())) } {
            span.level { (words::titled(risk.name())) @if !cell.is_empty() { " · " (cell.len()) } }
            @if !cell.is_empty() {
                ul {
                    @for shown in cell.iter().take(NAMED) {
                        li {
                            a href={ "#" (shown.anchor) } { (label(shown.threat)) }
                            @match shown.threat.residual {
                                Some(residual) => { " " span.residual { "→ " (words::spaced(residual.name())) } },
                                None => {},
                            }
                        }
                    }
                    @if cell.len() > NAMED { li { "and " (cell.len() - NAMED) " more" } }
                }
            }
        }
    }
}
