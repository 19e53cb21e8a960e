//! The security model card of the warehouse agent.

use smcard::{SecurityCard, security_card};

/// The most that the agent may spend without a person, in euros: one literal for code and card.
macro_rules! order_limit {
    () => {
        500
    };
}

/// The most that the agent may spend without a person, in euros.
pub const ORDER_LIMIT: u64 = order_limit!();

pub static CARD: SecurityCard = security_card!(SecurityCard {
    model_details: {
        name: "warehouse-agent",
        developer: "Fjord Parts, logistics systems",
        date: "2026-11-06",
        version: env!("CARGO_PKG_VERSION"),
        r#type: "Agent: a hosted language model that reads stock and mail, and places orders",
        information: "The model is hosted and unchanged; the prompts and the four tools are ours.",
        resource: "https://git.fjord.example/logistics/warehouse-agent",
        citation: not_applicable("An internal system."),
        license: "LicenseRef-fjord-internal",
        contact: "logistics-systems@fjord.example",
        stage: Review,
    },
    intended_use: {
        primary_uses: "Ordering consumables before they run out, and answering suppliers' questions on orders.",
        primary_users: "The warehouse's planners, who see every action within the hour.",
        out_of_scope_uses: "New suppliers, contracts, and anything about people.",
    },
    factors: {
        relevant_factors: "Language of suppliers' mail, season, number of open orders.",
        evaluation_factors: "Number of open orders, since long histories mislead the model most.",
    },
    metrics: {
        performance_measures: "Share of orders that a planner would have placed the same way.",
        decision_thresholds: concat!("An order of more than ", order_limit!(), " euros is put before a person."),
        variation_approaches: "Forty weeks replayed, three times each.",
        measures: [
            {
                name: "orders as a planner's",
                value: 0.962,
                threshold: { op: AtLeast, value: 0.95 },
                dataset: "forty weeks of 2025, replayed",
            },
        ],
    },
    evaluation_data: {
        datasets: "Orders and mail of forty weeks of 2025.",
        motivation: "They hold two stock-takes and one strike, when the agent is most likely to err.",
        preprocessing: "Prices and names of suppliers were replaced.",
    },
    training_data: withheld("The host does not disclose it; see its own card, linked from the repository."),
    quantitative_analyses: {
        unitary_results: "97 percent with fewer than 50 open orders, 94 percent with more.",
        intersectional_results: not_applicable("One factor only was varied."),
    },
    ethical_considerations: "Suppliers are told that they write with a program.",
    caveats_and_recommendations: "Do not raise the limit without a new review.",
    security_considerations: {
        threat_modeling: "Suppliers' mail is read by the model and not trusted; tools check every argument.",
        security_testing: "Instructions were hidden in 120 mails; two led to a wrong answer, none to an order.",
        ai_class: Agentic,
        threats: [
            {
                id: "goal-hijack",
                title: "A mail gives the agent another goal",
                refs: ["ASI01 Agent Goal Hijack", "AML.T0051.001", "NISTAML.018", "LLM01:2026"],
                scenario: "A supplier's mail holds instructions that the agent follows: to order more, or elsewhere.",
                likelihood: High,
                impact: Medium,
                status: Mitigated,
                mitigations: [
                    { description: "Orders go to known suppliers only, within the limit; the tool checks both." },
                    { ref: "AML.M0029", description: "Above the limit a person decides." },
                ],
                residual: Low,
                evidence: ["hidden-instructions"],
            },
            {
                id: "tool-misuse",
                refs: ["ASI02", "LLM03:2026", "CWE-862"],
                objectives: [Integrity],
                scenario: "The agent cancels orders in a loop after a failed call.",
                likelihood: Medium,
                impact: Medium,
                status: Mitigated,
                mitigations: [{ description: "Ten calls of a tool an hour; cancelling needs a person." }],
                residual: Low,
            },
            {
                id: "price-leak",
                refs: ["NISTAML.036", "LLM02:2026"],
                scenario: "A supplier asks in a mail what another one charges, and the agent answers.",
                likelihood: Medium,
                impact: High,
                status: Accepted,
                mitigations: [{ description: "Prices of others are not in the model's context." }],
                residual: Low,
                acceptance: {
                    by: "Head of purchasing",
                    reason: "Prices can still be inferred from what is ordered.",
                    expires: "2027-05-31",
                },
            },
            {
                id: "spent-budget",
                refs: ["AML.T0199 Tool Budget Exhaustion", "NISTAML.017"],
                scenario: "Long mails use up the month's budget of the hosted model.",
                likelihood: Medium,
                impact: Low,
                status: Open,
                owner: "Logistics systems",
                due: "2027-02-28",
            },
        ],
        tests: [
            {
                id: "hidden-instructions",
                kind: RedTeaming,
                tool: "by hand, with mails from a script",
                date: "2026-10-30",
                result: Passed,
                attempts: 120,
                failures: 2,
                refs: ["NISTAML.018", "ASI01"],
            },
        ],
        objectives: {
            supply_chain: "The host may change the model without notice; the forty weeks are replayed each Monday.",
        },
    },
});
