//! A card of a usual size, as a user writes it.

use smcard::{SecurityCard, security_card};

pub static CARD: SecurityCard = security_card!(SecurityCard {
    model_details: {
        name: "meter-reader",
        developer: "Rivermouth Water, field systems",
        date: "2026-08-21",
        version: "3.4.0",
        r#type: "Image classification: a convolutional network with 11 million parameters",
        information: "Trained for 60 epochs with label smoothing; the backbone was pretrained on public images.",
        resource: "https://models.rivermouth.example/meter-reader",
        citation: not_applicable("An internal model, described nowhere else."),
        license: "Apache-2.0 OR LicenseRef-rivermouth",
        contact: "field-systems@rivermouth.example",
        stage: Production,
    },
    intended_use: {
        primary_uses: "Reading the dials of water meters from photographs that customers send.",
        primary_users: "The billing department, which sees every reading with its photograph.",
        out_of_scope_uses: "Meters of gas and electricity; decisions about customers without a person.",
    },
    factors: {
        relevant_factors: "Make and age of the meter, light, angle of the camera, dirt on the glass.",
        evaluation_factors: "Make and light: the others could not be told apart in the photographs.",
    },
    metrics: {
        performance_measures: "Share of readings without a wrong digit, since one wrong digit makes a wrong bill.",
        decision_thresholds: "A reading with a confidence below 0.9 is put before a person.",
        variation_approaches: "Ten trainings with different seeds; intervals by bootstrap over meters.",
        measures: [
            {
                name: "readings without a wrong digit",
                value: 0.987,
                slice: "all makes, by day",
                interval: [0.983, 0.991],
                threshold: { op: AtLeast, value: 0.98 },
                dataset: "photographs of the spring of 2026",
            },
            {
                name: "readings without a wrong digit",
                value: 0.961,
                slice: "all makes, by lamp",
                interval: [0.952, 0.969],
                threshold: { op: AtLeast, value: 0.95 },
                dataset: "photographs of the spring of 2026",
            },
        ],
    },
    evaluation_data: {
        datasets: "9,400 photographs of the spring of 2026, each read by two people.",
        motivation: "They were taken after the training data, by other customers.",
        preprocessing: "Cropped to the dial; faces and house numbers were blurred.",
    },
    training_data: withheld("Photographs of customers' homes; the data register of the company describes them."),
    quantitative_analyses: {
        unitary_results: "98.7 percent by day, 96.1 by lamp; between 97.2 and 99.0 percent for the five makes.",
        intersectional_results: "The oldest make by lamp: 93.4 percent, so its readings are always checked.",
    },
    ethical_considerations: "Photographs show homes: they are erased when the bill has been paid.",
    caveats_and_recommendations: "Measure again when a new make is installed in the district.",
    security_considerations: {
        threat_modeling: "A customer gains from a low reading, so photographs are not trusted. The pretrained \
                          backbone comes from outside and is pinned by its digest.",
        security_testing: "Printed and projected patches on forty meters; altered photographs of two hundred.",
        ai_class: Predictive,
        threats: [
            {
                id: "altered-photograph",
                title: "A customer alters the photograph",
                refs: ["AML.T0015", "NISTAML.022 Evasion"],
                scenario: "A customer changes a few pixels until the reading is lower, and pays less.",
                likelihood: Medium,
                impact: Medium,
                status: Mitigated,
                mitigations: [
                    { ref: "AML.M0010", description: "Photographs are scaled and compressed before they are read." },
                    { description: "A reading below the last one, or far below the usual use, goes to a person." },
                ],
                residual: Low,
                evidence: ["patches-2026-07"],
            },
            {
                id: "poisoned-backbone",
                refs: ["NISTAML.051", "ML06:2023"],
                objectives: [SupplyChain],
                scenario: "The published weights of the backbone are replaced by weights with a back door.",
                likelihood: Low,
                impact: High,
                status: Mitigated,
                mitigations: [{ description: "The weights are pinned by digest and loaded as safetensors." }],
                residual: Low,
            },
            {
                id: "many-photographs",
                refs: ["AML.T0029"],
                objectives: [Availability],
                scenario: "Somebody sends so many photographs that readings are late on the day of billing.",
                likelihood: Low,
                impact: Low,
                status: Open,
                owner: "Field systems",
                due: "2027-01-31",
            },
        ],
        tests: [
            {
                id: "patches-2026-07",
                kind: RedTeaming,
                tool: "by hand, two people for a week",
                date: "2026-07-17",
                result: Passed,
                attempts: 240,
                failures: 6,
                refs: ["NISTAML.022"],
            },
        ],
        objectives: {
            privacy: "Photographs of the training data cannot be had from digits; membership was not tested.",
            supply_chain: "All weights are pinned by digest; the build takes nothing from the network.",
        },
        reviews: [{ by: "Information security", date: "2026-08-14", decision: Approved, next_due: "2027-08-14" }],
    },
    extensions: { rivermouth: { data_residency: "EU", retention_days: 60, registers: ["models", "personal data"] } },
});
