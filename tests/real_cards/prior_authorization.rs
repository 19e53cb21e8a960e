//! Prior Authorization by Penguin AI, after its card in the schema of the Coalition for Health AI.

use smcard::{SecurityCard, security_card};

pub static CARD: SecurityCard = security_card! {
    model_details: {
        name: "Prior Authorization",
        developer: "Penguin AI",
        date: "2024-08-23",
        version: "V1",
        type: "GPT model, with sentence transformers, re-ranking and semantic chunking",
        information: "Built on Llama3, and tuned further with feedback from experts (RLHF).",
        resource: unknown("The card links to nothing; the evaluation is not published."),
        citation: not_applicable("Nothing has been published."),
        license: unknown("The card does not name one."),
        contact: withheld("The card gives a person's mail address, which is not repeated here."),
        stage: Production,
    },
    intended_use: {
        primary_uses: "Finding the evidence for a request in its documents, and foretelling whether it will be approved.",
        primary_users: "Back offices of payers, and providers, who know Milliman, InterQual and the like.",
        out_of_scope_uses: "Any decision that no person reviews, or that rests on the model alone.",
    },
    factors: {
        relevant_factors: "Quality of OCR, rare cases, demographics, changes of guidelines.",
        evaluation_factors: "Demographics, insurance, provider, region and condition.",
    },
    metrics: {
        performance_measures: "Sensitivity and specificity of answers, and shares that describe the data.",
        decision_thresholds: unknown("The card does not say when a request is approved, denied or left pending."),
        variation_approaches: unknown("Reproducibility was tested; the card does not say how."),
        measures: [
            { name: "sensitivity", value: 92.13, unit: "%" },
            { name: "specificity", value: 91.17, unit: "%" },
            { name: "data completeness", value: 100, unit: "%" },
            { name: "unique record rate", value: 100, unit: "%" },
            { name: "task relevancy", value: 100, unit: "%" },
            { name: "data efficacy", value: 80, unit: "%" },
            { name: "overall category score", value: 89, unit: "%", slice: "fairness and equity" },
            { name: "bias mitigation score", value: 99, unit: "%" },
            { name: "criteria fulfillment rate", value: 99, unit: "%" },
            { name: "demographic parity", value: 87, unit: "%" },
            { name: "overall category score", value: 99, unit: "%", slice: "safety and reliability" },
            { name: "safety compliance rate", value: 100, unit: "%" },
        ],
    },
    evaluation_data: {
        datasets: "Past requests of several payers and specialties, synthetic edge cases, and queries out of scope.",
        motivation: "To see how well it works in practice, for whom, and how safely.",
        preprocessing: unknown("The card does not say."),
    },
    training_data: "Real requests, and synthetic ones that experts checked. Personal data was redacted.",
    quantitative_analyses: {
        unitary_results: "See `measures`.",
        intersectional_results: unknown("The card gives no figures for groups."),
    },
    ethical_considerations: "Biases of the training data may persist; reviewers from business, compliance and technology \
                             look at it, and a Medical Director does.",
    caveats_and_recommendations: "Update guidelines and criteria regularly.",
    security_considerations: {
        threat_modeling: unknown("Tests are listed, but not what they are to counter."),
        security_testing: "Prompt injection, engineered documents and penetration; one score for all of it.",
        ai_class: Generative,
        tests: [
            {
                id: "safety",
                kind: AdversarialTesting,
                tool: "Datasets of prompt injections, and documents that an LLM engineered",
                date: unknown("The card gives no date."),
                measures: [{ name: "model safety score", value: 99, unit: "%" }],
                refs: ["NISTAML.018"],
            },
            {
                id: "penetration",
                kind: PenetrationTest,
                tool: unknown("The card names the test alone."),
                date: unknown("The card gives no date."),
            },
        ],
        objectives: {
            availability: unknown("Stress was tested; the card does not say with what result."),
            integrity: unknown("Injected prompts and documents were tried, with one score for everything."),
            privacy: "Tenants are kept apart, data is encrypted, and personal data is redacted before training.",
            misuse: unknown("The card does not say."),
            supply_chain: unknown("The card names the base model and nothing about where it came from."),
        },
    },
    system: {
        description: "Documents of a request are searched for evidence; a person decides with what was found.",
        components: [
            { id: "submitter", kind: Client, description: "A physician or a payer's back office." },
            { id: "slm", kind: Model, version: "V1" },
            {
                id: "base",
                kind: BaseModel,
                name: "Llama3",
                version: unknown("The card gives no size and no revision."),
                supplier: unknown("The card names the model, not who made it."),
                license: unknown("The card does not say."),
            },
            { id: "real-requests", kind: Dataset, description: "Real ones, with personal data redacted." },
            { id: "synthetic-requests", kind: Dataset, description: "Made up, and checked by experts." },
        ],
        flows: [
            {
                id: "request",
                from: "submitter",
                to: "slm",
                data: "Clinical notes and other documents",
                authentication: unknown("The endpoints of the API are called secure."),
                encrypted: true,
            },
        ],
        human_oversight: "Experts review what the model finds, and it says why and from which document.",
        access_control: "Access is controlled strictly, and each client has data of its own; zero trust in the network.",
        monitoring: "Accuracy for each group on data from production, and how often people and model agree.",
        incident_response: unknown("It is tested; the card does not say what it is."),
        change_management: unknown("The model is tuned regularly; the card does not say who releases it."),
        assumptions: ["Guidelines and criteria are kept up to date."],
    },
};
