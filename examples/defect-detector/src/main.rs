//! A weld defect detector, as far as its decision goes, and the card that describes it.

#![forbid(unsafe_code)]

mod card;

use card::{CARD, LEAST_RECALL, REJECT_FROM};

// Whoever has the program has its card: `smcard extract target/debug/defect-detector`.
smcard::embed!(card::CARD);

/// What happens to a part.
#[derive(Debug, PartialEq)]
enum Verdict {
    Inspect,
    Reject,
}

/// Decides by the model's score, with the threshold that the card states.
fn classify(score: f64) -> Verdict {
    if score >= REJECT_FROM { Verdict::Reject } else { Verdict::Inspect }
}

fn main() {
    for score in [0.12, 0.81, 0.97] {
        println!("score {score}: {:?}", classify(score));
    }
    if let Some(threshold) = &CARD.metrics.decision_thresholds {
        println!("The card says: {threshold}");
    }
    println!("The line may run from a recall of {LEAST_RECALL} on.");
    for report in CARD.objective_reports().iter().filter(|report| report.applies == Some(true)) {
        println!("{:?}: {} threats, answered with: {:?}", report.objective, report.threats.len(), report.answer);
    }
    for boundary in CARD.system_report().boundaries() {
        if let (Some(id), Some((from, to))) = (&boundary.flow.id, boundary.boundary) {
            println!("`{id}` goes from {} to {}: {} threats", from.name(), to.name(), boundary.threats.len());
        }
    }
    println!("Its security model card: {}", env!("SMCARD_REPORT"));
}

#[cfg(test)]
mod tests {
    use smcard::{Extensions, SecurityCard};

    use super::*;

    #[test]
    fn the_report_is_the_card_and_what_was_measured() {
        let report = SecurityCard::from_json(include_str!(env!("SMCARD_REPORT"))).expect("a card");
        assert!(report.measured.get("files").is_some() && report.measured.get("reports").is_some());
        assert_eq!(SecurityCard { measured: Extensions::EMPTY, ..report }, CARD);
    }

    #[test]
    fn every_measure_is_held_against_the_recall_that_the_line_asks_for() {
        let thresholds = CARD.metrics.measures.iter().filter_map(|measure| measure.threshold.value);
        assert_eq!(thresholds.collect::<Vec<_>>(), [LEAST_RECALL, LEAST_RECALL]);
    }

    #[test]
    fn the_card_states_the_threshold_that_the_code_applies() {
        let stated = CARD.metrics.decision_thresholds.as_ref().map(ToString::to_string);
        assert_eq!(stated, Some(format!("A weld is rejected from a score of {REJECT_FROM} on.")));
        assert_eq!(classify(REJECT_FROM), Verdict::Reject);
        assert_eq!(classify(REJECT_FROM - 0.01), Verdict::Inspect);
    }
}
