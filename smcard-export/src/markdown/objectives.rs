//! How the card answers for each objective of an adversary.

use smcard_core::{Answer, Objective, SecurityCard};

use super::{line, section, table};
use crate::leaves::id;

pub(super) fn objectives(card: &SecurityCard<'_>, level: usize) -> Vec<String> {
    let rows = card.objective_reports().into_iter().map(|report| {
        let name = Objective::SCHEMA.variant(report.objective.name()).map(|variant| section::label(&variant.key()));
        let answer = match (report.applies, report.answer) {
            (Some(false), Answer::Nothing) => "does not apply to this class",
            (_, Answer::Threats) => "threats",
            (_, Answer::Text) => "text",
            (_, Answer::NotApplicable) => "not applicable",
            (_, Answer::Withheld) => "withheld",
            (_, Answer::Unknown) => "unknown",
            (_, _) => "**nothing**",
        };
        let threats = report.threats.iter().map(|threat| match threat.risk() {
            Some(risk) => format!("{} ({})", id(&threat.id), risk.name()),
            None => format!("{} (not assessed)", id(&threat.id)),
        });
        let tests: Vec<&str> = report.tests.iter().map(|test| id(&test.id)).collect();
        vec![
            name.unwrap_or_default(),
            answer.to_owned(),
            line(&threats.collect::<Vec<_>>().join(", ")),
            line(&tests.join(", ")),
        ]
    });
    let headings = ["Objective", "Answered with", "Threats", "Tests"].map(str::to_owned).to_vec();
    vec![section::heading(level, "Objectives of an adversary"), table::table(headings, rows.collect())]
}
