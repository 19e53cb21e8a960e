//! The security model card of the support assistant.

use smcard::{SecurityCard, security_card};

// With type names and parentheses, rustfmt formats the card.
pub static CARD: SecurityCard = security_card!(SecurityCard {
    model_details: ModelDetails {
        name: "harbour-support-assistant",
        developer: "Harbour Boats, customer care",
        date: "2026-10-30",
        version: env!("CARGO_PKG_VERSION"),
        r#type: "Text generation: an open-weight model of 8 billion parameters with adapters of ours",
        information: "Adapters of rank 16, trained for two epochs on answers that the support team approved.",
        resource: "https://support.harbour.example/assistant",
        citation: not_applicable("The adapters are not published."),
        license: "Apache-2.0 AND LicenseRef-harbour-terms",
        contact: "https://support.harbour.example/report-a-problem",
        stage: Production,
    },
    intended_use: IntendedUse {
        primary_uses: "Answering customers' questions about orders, manuals and spare parts.",
        primary_users: "Customers of Harbour Boats, through the chat of the web shop.",
        out_of_scope_uses: "Advice on navigation or safety at sea; decisions on refunds.",
    },
    factors: Factors {
        relevant_factors: "Language of the question, age of the boat's manual, length of the conversation.",
        evaluation_factors: "Language, because the manuals were translated by different people.",
    },
    metrics: Metrics {
        performance_measures: "Share of answers that two members of the support team call right.",
        decision_thresholds: "A conversation goes to a person when the retrieval finds no passage.",
        variation_approaches: "Each question was asked three times at temperature 0.2.",
    },
    evaluation_data: EvaluationData {
        datasets: "900 questions from the spring of 2026, 300 in each of three languages.",
        motivation: "They were asked after the training data was collected.",
        preprocessing: "Names, addresses and order numbers were replaced by invented ones.",
    },
    training_data: "14,000 approved answers from 2023 to 2025, without names, addresses and order numbers.",
    quantitative_analyses: QuantitativeAnalyses {
        unitary_results: "Right answers: 93 percent in English, 91 in Dutch, 88 in Norwegian.",
        intersectional_results: "Norwegian questions about boats built before 2005: 79 percent.",
    },
    ethical_considerations: "Customers are told that they write with a program, and can ask for a person.",
    caveats_and_recommendations: "Check the answers again whenever manuals are replaced.",
    security_considerations: SecurityConsiderations {
        threat_modeling: "Customers can try to talk the assistant out of its task, which the system prompt sets. \
                          Manuals are written by us, so what it retrieves is trusted.",
        security_testing: "Two people tried for three days to get other customers' data or offensive answers. \
                           They got three offensive answers, and no data: the assistant has access to none.",
        ai_class: Generative,
        threats: [
            Threat {
                id: "talked-out-of-task",
                refs: ["NISTAML.018 Prompt Injection", "AML.T0051.000", "LLM01:2026"],
                scenario: "A customer makes the assistant write what it must not, and publishes it.",
                likelihood: High,
                impact: Medium,
                status: Mitigated,
                mitigations: [
                    Mitigation { r#ref: "AML.M0020", description: "A second model reads each answer before it is sent." },
                    Mitigation { description: "The assistant has no tools and no data of customers." },
                ],
                residual: Low,
                evidence: ["red-team-2026-10"],
            },
            Threat {
                id: "endless-answers",
                refs: ["NISTAML.017", "LLM06:2026"],
                scenario: "Somebody asks for very long answers from many addresses until others wait.",
                likelihood: Medium,
                impact: Low,
                status: Mitigated,
                mitigations: [Mitigation { description: "Answers end at 600 tokens; ten questions a minute and address." }],
                residual: Low,
            },
            Threat {
                id: "wrong-part",
                refs: ["LLM07:2026"],
                objectives: [Integrity],
                scenario: "The assistant names a spare part that does not fit, and a boat fails at sea.",
                likelihood: Medium,
                impact: High,
                status: Accepted,
                mitigations: [Mitigation { description: "Part numbers are looked up in the catalogue, never generated." }],
                residual: Medium,
                acceptance: Acceptance {
                    by: "Head of customer care",
                    reason: "Orders are checked against the boat's number before they are sent.",
                    expires: "2027-04-30",
                },
            },
        ],
        tests: [Test {
            id: "red-team-2026-10",
            kind: RedTeaming,
            tool: "by hand, two people for three days",
            date: "2026-10-23",
            result: Passed,
            attempts: 412,
            failures: 3,
            refs: ["NISTAML.018", "LLM01:2026"],
        }],
        objectives: Objectives { supply_chain: "The base model's files are pinned by digest and loaded as safetensors." },
        reviews: [Review { by: "Product security", date: "2026-10-29", decision: Approved, next_due: "2027-04-29" }],
    },
    extensions: {
        harbour: {
            data_residency: "EU",
            retention_days: 30,
            // The file that the program includes too, so the two cannot drift apart.
            system_prompt: include_str!("system_prompt.txt").trim_ascii_end(),
        },
    },
});
