//! The security model card of the defect detector.

use smcard::{SecurityCard, security_card};

/// The score from which a weld is rejected: one literal, as a number for the code and as words
/// for the card.
macro_rules! reject_from {
    () => {
        0.82
    };
}

/// The score from which a weld is rejected, between 0 and 1.
pub const REJECT_FROM: f64 = reject_from!();

/// The recall on defects below which the line may not be switched on.
pub const LEAST_RECALL: f64 = 0.9;

pub static CARD: SecurityCard = security_card! {
    model_details: {
        name: "weld-defect-detector",
        developer: "Northwind Robotics, vision team",
        date: "2026-09-14",
        version: env!("CARGO_PKG_VERSION"),
        type: "Image classification: a convolutional network of 11 million parameters, one score an image",
        information: "Trained for 40 epochs with focal loss on grey-scale images of 512 by 512 pixels. Augmented \
                      with rotation, blur and changes of exposure.",
        resource: "https://vision.northwind.example/models/weld-defect-detector",
        citation: "Northwind Robotics (2026). Weld defect detector, version 2.4. Internal report VR-118.",
        license: "LicenseRef-northwind-internal",
        contact: "vision-security@northwind.example",
    },
    intended_use: {
        primary_uses: "Sorting out welded car seats with visible defects before a person inspects them.",
        primary_users: "Operators of inspection cells on lines 3 and 4.",
        out_of_scope_uses: "Releasing parts without inspection by a person; welds of other materials than steel.",
    },
    factors: {
        relevant_factors: "Camera model, lighting of the cell, wear of the welding tip, paint already on the part.",
        evaluation_factors: "Camera model and lighting: they differ between the lines. The others were held fixed.",
    },
    metrics: {
        performance_measures: "Recall on defects, because a missed defect costs most; false rejects a shift.",
        decision_thresholds: concat!("A weld is rejected from a score of ", reject_from!(), " on."),
        variation_approaches: "Five trainings with different seeds; intervals are bootstrapped over images.",
        measures: [
            {
                name: "recall",
                value: 0.953,
                direction: HigherIsBetter,
                interval: [0.938, 0.966],
                threshold: { op: AtLeast, value: LEAST_RECALL, source: "Release rule QS-7" },
                dataset: "line 4, May 2026",
            },
            {
                name: "recall",
                value: 0.904,
                direction: HigherIsBetter,
                slice: "camera=B, lighting=night",
                threshold: { op: AtLeast, value: LEAST_RECALL },
                dataset: "line 4, May 2026",
            },
            {
                name: "recall under printed patches",
                value: 0.931,
                direction: HigherIsBetter,
                baseline: 0.953,
                dataset: "200 defective welds with patches",
            },
        ],
    },
    evaluation_data: {
        datasets: "6,200 images of line 4, taken in May 2026, of which 410 show a defect.",
        motivation: "Line 4 was not in the training data, so it shows what a new line would see.",
        preprocessing: "Cropped to the weld and scaled to 512 by 512 pixels, as in production.",
    },
    training_data: withheld("Images belong to the customer under contract 118; see entry 7 of the data register."),
    quantitative_analyses: {
        unitary_results: "Recall 0.96 with camera A, 0.94 with camera B; 0.97 by day, 0.93 at night.",
        intersectional_results: "Recall 0.90 with camera B at night, the lowest of the four combinations.",
    },
    ethical_considerations: not_applicable("The images show parts, never people."),
    caveats_and_recommendations: "Measure recall anew after any change of camera or lighting.",
    security_considerations: {
        threat_modeling: "An insider could hide defects behind stickers, or slip mislabelled images into the next \
                          training. Labels are checked by two people, and rejected parts are counted against the \
                          welding tips' wear.",
        security_testing: "Printed patches were tried on 200 defective welds: 9 were accepted. With the check for \
                           covered areas in front of the model, none were.",
        ai_class: Predictive,
        threats: [
            {
                id: "evasion-by-patch",
                title: "A sticker hides a defect",
                refs: ["NISTAML.022 Evasion", "AML.T0015", "ML01:2023"],
                affects: ["crops", "detector"],
                scenario: "Somebody at the line puts a printed patch over a bad weld, so that the part passes the cell.",
                likelihood: Medium,
                impact: High,
                status: Mitigated,
                mitigations: [
                    { ref: "AML.M0015", description: "Images with covered areas are sent to a person." },
                    { description: "Every hundredth accepted part is inspected by hand." },
                ],
                residual: Low,
                evidence: ["patches-2026-09"],
            },
            {
                id: "mislabelled-images",
                refs: ["NISTAML.024", "AML.T0020"],
                affects: ["welds-2026"],
                scenario: "A supplier of labels marks certain defects as good, and the next training learns it.",
                likelihood: Low,
                impact: High,
                status: Accepted,
                mitigations: [{ description: "Two people label each image; disagreements are looked at." }],
                residual: Low,
                acceptance: {
                    by: "Head of quality",
                    reason: "Both labellers would have to collude, and rejects are counted against the tips' wear.",
                    expires: "2027-09-30",
                },
            },
            {
                id: "tampered-weights",
                refs: ["NISTAML.051", "AML.T0010.003"],
                affects: ["detector", "backbone"],
                scenario: "The file of the weights is replaced on its way to the cell.",
                likelihood: Low,
                impact: Critical,
                status: Open,
                owner: "Vision platform team",
                due: "2027-01-31",
            },
            {
                id: "forged-verdict",
                title: "Another machine opens the gate",
                refs: ["CWE-306", "ML09:2023"],
                objectives: [Integrity],
                affects: ["verdict", "gate"],
                scenario: "A machine in the plant's network sends the gate a verdict, and a bad part goes on.",
                likelihood: Low,
                impact: High,
                status: Mitigated,
                mitigations: [{ description: "The gate takes verdicts from the detector's certificate alone." }],
                residual: Low,
                evidence: ["pentest-2026-08"],
            },
        ],
        tests: [
            {
                id: "patches-2026-09",
                kind: AdversarialTesting,
                tool: "by hand, with patches printed after the first layers' gradients",
                target: "The cell of line 4, with the check for covered areas",
                knowledge: WhiteBox,
                effort: "One person for two weeks, 40 hours of one GPU.",
                date: "2026-09-10",
                result: Passed,
                attempts: 200,
                failures: 0,
                measures: [
                    {
                        name: "patched welds accepted",
                        value: 0.0,
                        direction: LowerIsBetter,
                        interval: [0.0, 0.018],
                        comparator: { name: "without the check for covered areas", value: 0.045 },
                    },
                    {
                        name: "patched welds accepted",
                        value: 0.0,
                        direction: LowerIsBetter,
                        slice: "camera=B, lighting=night (50 welds)",
                        comparator: { name: "without the check for covered areas", value: 0.1 },
                    },
                ],
                report: "reports/patches-2026-09.xml",
                report_sha256: "dac6b00aad56baf09098af140fc654d25e771165b34b171f0964b658aee016bc",
                refs: ["NISTAML.022"],
            },
            {
                id: "pentest-2026-08",
                kind: PenetrationTest,
                tool: "by hand",
                by: "Product security",
                target: "gate",
                effort: "One person for three days, from a machine in the plant's network.",
                date: "2026-08",
                result: Passed,
            },
        ],
        objectives: {
            availability: "The cell stops when no score comes within a second, and parts go to a person.",
            privacy: not_applicable("The images show parts; the model and its scores are of no use elsewhere."),
        },
        reviews: [
            {
                by: "Product security",
                date: "2026-09-21",
                decision: ApprovedWithConditions,
                next_due: "2027-03-21",
                notes: "Weights are to be signed before line 5 is switched on.",
            },
        ],
        vulnerabilities: [
            {
                id: "NW-2026-014",
                title: "The camera sends to whoever asks, without a password",
                status: Accepted,
                severity: Medium,
                found: "2026-08",
                affects: ["camera", "crops"],
                refs: ["CWE-306"],
            },
        ],
        contact: "product-security@northwind.example",
        disclosure_policy: "https://www.northwind.example/security",
    },
    system: {
        description: "Cameras send crops to a service in the plant; its verdict opens or closes a gate.",
        exposure: Internal,
        zones: [
            { id: "line", trust: Untrusted, description: "The welding line: anybody on the shift." },
            { id: "plant", trust: Internal, description: "The plant's network: machines with a certificate." },
        ],
        components: [
            { id: "camera", kind: Client, zone: "line", description: "One of two models, A or B, in each cell." },
            {
                id: "detector",
                kind: Model,
                zone: "plant",
                version: env!("CARGO_PKG_VERSION"),
                files: [{
                    path: "models/head.safetensors",
                    sha256: "7711961fd05902b4f8bc7a853722bcc13635303de90eb20ff5a8680c2e687997",
                }],
            },
            {
                id: "backbone",
                kind: BaseModel,
                name: "resnet-18",
                supplier: "torchvision",
                version: unknown("Taken over from version 1 of the detector, for which nobody wrote it down."),
                license: "BSD-3-Clause",
                url: "https://pytorch.org/vision/stable/models/resnet.html",
            },
            { id: "welds-2026", kind: Dataset, sensitivity: Confidential, description: "The customer's images." },
            {
                id: "gate",
                kind: Tool,
                zone: "plant",
                permission: Allowed,
                description: "Lets a part through to the person who inspects it, or takes it off the line.",
            },
        ],
        flows: [
            {
                id: "crops",
                from: "camera",
                to: "detector",
                data: "Crops of 512 by 512 pixels",
                authentication: "None: whoever reaches the cable can send.",
                encrypted: false,
            },
            {
                id: "verdict",
                from: "detector",
                to: "gate",
                data: "Inspect or reject",
                authentication: "Mutual TLS",
                encrypted: true,
            },
        ],
        human_oversight: "An operator inspects every part that is not rejected, and can stop the cell.",
        access_control: "Operators start and stop the cell; only the vision team can change the model.",
        monitoring: "Rejects are counted for each shift and compared with the welding tips' wear.",
        incident_response: "The shift lead switches the cell to inspection by hand and calls the vision team.",
        change_management: "A new model runs beside the old one for a week before it may open the gate.",
        assumptions: ["Cameras are sealed, and the seals are looked at on Mondays."],
    },
};
