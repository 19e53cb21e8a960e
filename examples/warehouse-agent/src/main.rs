//! The frame of an agent that orders stock, and the card that describes it.

#![forbid(unsafe_code)]

mod card;

use card::{CARD, ORDER_LIMIT};

/// Whether the agent may place an order by itself.
fn may_order(euros: u64) -> bool {
    euros <= ORDER_LIMIT
}

fn main() {
    for euros in [180, 2_400] {
        let verdict = if may_order(euros) { "placed" } else { "put before a person" };
        println!("An order of {euros} euros is {verdict}.");
    }
    for report in CARD.objective_reports() {
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
    use smcard::{Objective, Permission};

    use super::*;

    #[test]
    fn orders_above_the_limit_are_put_before_a_person() {
        assert!(may_order(ORDER_LIMIT));
        assert!(!may_order(ORDER_LIMIT + 1));
    }

    #[test]
    fn an_agent_answers_for_every_objective() {
        let reports = CARD.objective_reports();
        assert!(reports.iter().all(|report| report.applies == Some(true) && report.answer.is_covered()));
        let misuse = reports.iter().find(|report| report.objective == Objective::Misuse);
        let threats = misuse.map(|report| report.threats.iter().filter_map(|threat| threat.id.as_ref()));
        assert_eq!(threats.map(|ids| ids.map(ToString::to_string).collect()), Some(vec!["goal-hijack".to_owned()]));
    }

    #[test]
    fn each_tool_that_needs_no_approval_and_each_boundary_has_a_threat() {
        let system = CARD.system_report();
        let tools = system.tools().filter(|tool| tool.component.permission == Some(Permission::Allowed));
        let threats: Vec<usize> = tools.map(|tool| tool.threats.len()).collect();
        assert_eq!(threats, [2, 1, 1]);
        let boundaries: Vec<usize> = system.boundaries().map(|flow| flow.threats.len()).collect();
        assert_eq!(boundaries, [2, 1, 2, 1]);
    }
}
