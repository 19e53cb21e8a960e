//! The same card as in `card.rs`, by hand: structs for just what it says.

use serde::Serialize;

type Text = &'static str;

#[derive(Serialize)]
pub struct Card {
    pub model_details: ModelDetails,
    pub intended_use: IntendedUse,
    pub factors: Factors,
    pub metrics: Metrics,
    pub evaluation_data: EvaluationData,
    pub training_data: Text,
    pub quantitative_analyses: QuantitativeAnalyses,
    pub ethical_considerations: Text,
    pub caveats_and_recommendations: Text,
    pub security_considerations: SecurityConsiderations,
    pub system: System,
    pub extensions: Extensions,
}

#[derive(Serialize)]
pub struct ModelDetails {
    pub name: Text,
    pub developer: Text,
    pub date: Text,
    pub version: Text,
    pub r#type: Text,
    pub information: Text,
    pub resource: Text,
    pub citation: Text,
    pub license: Text,
    pub contact: Text,
    pub stage: Stage,
}

#[derive(Serialize)]
pub enum Stage {
    Production,
}

#[derive(Serialize)]
pub struct IntendedUse {
    pub primary_uses: Text,
    pub primary_users: Text,
    pub out_of_scope_uses: Text,
}

#[derive(Serialize)]
pub struct Factors {
    pub relevant_factors: Text,
    pub evaluation_factors: Text,
}

#[derive(Serialize)]
pub struct Metrics {
    pub performance_measures: Text,
    pub decision_thresholds: Text,
    pub variation_approaches: Text,
    pub measures: &'static [Measure],
}

#[derive(Serialize)]
pub struct Measure {
    pub name: Text,
    pub value: f64,
    pub slice: Text,
    pub interval: [f64; 2],
    pub threshold: Threshold,
    pub dataset: Text,
}

#[derive(Serialize)]
pub struct Threshold {
    pub op: Comparison,
    pub value: f64,
}

#[derive(Serialize)]
pub enum Comparison {
    AtLeast,
}

#[derive(Serialize)]
pub struct EvaluationData {
    pub datasets: Text,
    pub motivation: Text,
    pub preprocessing: Text,
}

#[derive(Serialize)]
pub struct QuantitativeAnalyses {
    pub unitary_results: Text,
    pub intersectional_results: Text,
}

#[derive(Serialize)]
pub struct SecurityConsiderations {
    pub threat_modeling: Text,
    pub security_testing: Text,
    pub ai_class: AiClass,
    pub threats: &'static [Threat],
    pub tests: &'static [Test],
    pub objectives: Objectives,
    pub reviews: &'static [Review],
}

#[derive(Serialize)]
pub enum AiClass {
    Predictive,
}

#[derive(Serialize)]
pub struct Threat {
    pub id: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    pub refs: &'static [Text],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub objectives: &'static [Objective],
    pub affects: &'static [Text],
    pub scenario: Text,
    pub likelihood: Risk,
    pub impact: Risk,
    pub status: ThreatStatus,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub mitigations: &'static [Mitigation],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residual: Option<Risk>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Text>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub evidence: &'static [Text],
}

#[derive(Serialize)]
pub enum Objective {
    SupplyChain,
    Availability,
}

#[derive(Serialize)]
pub enum Risk {
    Low,
    Medium,
    High,
}

#[derive(Serialize)]
pub enum ThreatStatus {
    Mitigated,
    Open,
}

#[derive(Serialize)]
pub struct Mitigation {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#ref: Option<Text>,
    pub description: Text,
}

#[derive(Serialize)]
pub struct Test {
    pub id: Text,
    pub kind: TestKind,
    pub tool: Text,
    pub date: Text,
    pub result: TestResult,
    pub attempts: u64,
    pub failures: u64,
    pub refs: &'static [Text],
}

#[derive(Serialize)]
pub enum TestKind {
    RedTeaming,
}

#[derive(Serialize)]
pub enum TestResult {
    Passed,
}

#[derive(Serialize)]
pub struct Objectives {
    pub privacy: Text,
    pub supply_chain: Text,
}

#[derive(Serialize)]
pub struct Review {
    pub by: Text,
    pub date: Text,
    pub decision: Decision,
    pub next_due: Text,
}

#[derive(Serialize)]
pub enum Decision {
    Approved,
}

#[derive(Serialize)]
pub struct System {
    pub description: Text,
    pub exposure: Exposure,
    pub zones: &'static [Zone],
    pub components: &'static [Component],
    pub flows: &'static [Flow],
    pub human_oversight: Text,
    pub access_control: Text,
    pub monitoring: Text,
    pub incident_response: Text,
    pub change_management: Text,
    pub assumptions: &'static [Text],
}

#[derive(Serialize)]
pub enum Exposure {
    Public,
}

#[derive(Serialize)]
pub struct Zone {
    pub id: Text,
    pub trust: Trust,
    pub description: Text,
}

#[derive(Serialize)]
pub enum Trust {
    Untrusted,
    Partner,
    Internal,
}

#[derive(Serialize)]
pub struct Component {
    pub id: Text,
    pub kind: ComponentKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sensitivity: Option<Sensitivity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub files: &'static [File],
}

#[derive(Serialize)]
pub enum ComponentKind {
    Model,
    BaseModel,
    Dataset,
    Service,
    Client,
}

#[derive(Serialize)]
pub enum Sensitivity {
    Confidential,
}

#[derive(Serialize)]
pub struct File {
    pub path: Text,
    pub sha256: Text,
}

#[derive(Serialize)]
pub struct Flow {
    pub id: Text,
    pub from: Text,
    pub to: Text,
    pub data: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authentication: Option<Text>,
    pub encrypted: bool,
}

#[derive(Serialize)]
pub struct Extensions {
    pub rivermouth: Rivermouth,
}

#[derive(Serialize)]
pub struct Rivermouth {
    pub data_residency: Text,
    pub retention_days: u64,
    pub registers: &'static [Text],
}

pub static CARD: Card = Card {
    model_details: ModelDetails {
        name: "meter-reader",
        developer: "Rivermouth Water, field systems",
        date: "2026-08-21",
        version: "3.4.0",
        r#type: "Image classification: a convolutional network with 11 million parameters",
        information: "Trained for 60 epochs with label smoothing; the backbone was pretrained on public images.",
        resource: "https://models.rivermouth.example/meter-reader",
        citation: "Not applicable: An internal model, described nowhere else.",
        license: "Apache-2.0 OR LicenseRef-rivermouth",
        contact: "field-systems@rivermouth.example",
        stage: Stage::Production,
    },
    intended_use: IntendedUse {
        primary_uses: "Reading the dials of water meters from photographs that customers send.",
        primary_users: "The billing department, which sees every reading with its photograph.",
        out_of_scope_uses: "Meters of gas and electricity; decisions about customers without a person.",
    },
    factors: Factors {
        relevant_factors: "Make and age of the meter, light, angle of the camera, dirt on the glass.",
        evaluation_factors: "Make and light: the others could not be told apart in the photographs.",
    },
    metrics: Metrics {
        performance_measures: "Share of readings without a wrong digit, since one wrong digit makes a wrong bill.",
        decision_thresholds: "A reading with a confidence below 0.9 is put before a person.",
        variation_approaches: "Ten trainings with different seeds; intervals by bootstrap over meters.",
        measures: &[
            Measure {
                name: "readings without a wrong digit",
                value: 0.987,
                slice: "all makes, by day",
                interval: [0.983, 0.991],
                threshold: Threshold { op: Comparison::AtLeast, value: 0.98 },
                dataset: "photographs of the spring of 2026",
            },
            Measure {
                name: "readings without a wrong digit",
                value: 0.961,
                slice: "all makes, by lamp",
                interval: [0.952, 0.969],
                threshold: Threshold { op: Comparison::AtLeast, value: 0.95 },
                dataset: "photographs of the spring of 2026",
            },
        ],
    },
    evaluation_data: EvaluationData {
        datasets: "9,400 photographs of the spring of 2026, each read by two people.",
        motivation: "They were taken after the training data, by other customers.",
        preprocessing: "Cropped to the dial; faces and house numbers were blurred.",
    },
    training_data: "Withheld: Photographs of customers' homes; the data register of the company describes them.",
    quantitative_analyses: QuantitativeAnalyses {
        unitary_results: "98.7 percent by day, 96.1 by lamp; between 97.2 and 99.0 percent for the five makes.",
        intersectional_results: "The oldest make by lamp: 93.4 percent, so its readings are always checked.",
    },
    ethical_considerations: "Photographs show homes: they are erased when the bill has been paid.",
    caveats_and_recommendations: "Measure again when a new make is installed in the district.",
    security_considerations: SecurityConsiderations {
        threat_modeling: "A customer gains from a low reading, so photographs are not trusted. The pretrained \
                          backbone comes from outside and is pinned by its digest.",
        security_testing: "Printed and projected patches on forty meters; altered photographs of two hundred.",
        ai_class: AiClass::Predictive,
        threats: &[
            Threat {
                id: "altered-photograph",
                title: Some("A customer alters the photograph"),
                refs: &["AML.T0015", "NISTAML.022 Evasion"],
                objectives: &[],
                affects: &["upload", "reader"],
                scenario: "A customer changes a few pixels until the reading is lower, and pays less.",
                likelihood: Risk::Medium,
                impact: Risk::Medium,
                status: ThreatStatus::Mitigated,
                mitigations: &[
                    Mitigation {
                        r#ref: Some("AML.M0010"),
                        description: "Photographs are scaled and compressed before they are read.",
                    },
                    Mitigation {
                        r#ref: None,
                        description: "A reading below the last one, or far below the usual use, goes to a person.",
                    },
                ],
                residual: Some(Risk::Low),
                owner: None,
                due: None,
                evidence: &["patches-2026-07"],
            },
            Threat {
                id: "poisoned-backbone",
                title: None,
                refs: &["NISTAML.051", "ML06:2023"],
                objectives: &[Objective::SupplyChain],
                affects: &["backbone"],
                scenario: "The published weights of the backbone are replaced by weights with a back door.",
                likelihood: Risk::Low,
                impact: Risk::High,
                status: ThreatStatus::Mitigated,
                mitigations: &[Mitigation {
                    r#ref: None,
                    description: "The weights are pinned by digest and loaded as safetensors.",
                }],
                residual: Some(Risk::Low),
                owner: None,
                due: None,
                evidence: &[],
            },
            Threat {
                id: "many-photographs",
                title: None,
                refs: &["AML.T0029"],
                objectives: &[Objective::Availability],
                affects: &["upload"],
                scenario: "Somebody sends so many photographs that readings are late on the day of billing.",
                likelihood: Risk::Low,
                impact: Risk::Low,
                status: ThreatStatus::Open,
                mitigations: &[],
                residual: None,
                owner: Some("Field systems"),
                due: Some("2027-01-31"),
                evidence: &[],
            },
        ],
        tests: &[Test {
            id: "patches-2026-07",
            kind: TestKind::RedTeaming,
            tool: "by hand, two people for a week",
            date: "2026-07-17",
            result: TestResult::Passed,
            attempts: 240,
            failures: 6,
            refs: &["NISTAML.022"],
        }],
        objectives: Objectives {
            privacy: "Photographs of the training data cannot be had from digits; membership was not tested.",
            supply_chain: "All weights are pinned by digest; the build takes nothing from the network.",
        },
        reviews: &[Review {
            by: "Information security",
            date: "2026-08-14",
            decision: Decision::Approved,
            next_due: "2027-08-14",
        }],
    },
    system: System {
        description: "Customers upload a photograph; its reading becomes a bill unless a person has to look at it.",
        exposure: Exposure::Public,
        zones: &[
            Zone {
                id: "internet",
                trust: Trust::Untrusted,
                description: "Customers, and whoever writes in their name.",
            },
            Zone { id: "gateway", trust: Trust::Partner, description: "The provider that receives uploads for us." },
            Zone { id: "district", trust: Trust::Internal, description: "The network of the district's offices." },
        ],
        components: &[
            Component {
                id: "telephone",
                kind: ComponentKind::Client,
                name: None,
                version: None,
                supplier: None,
                license: None,
                url: None,
                zone: Some("internet"),
                sensitivity: None,
                description: Some("The customer's own."),
                files: &[],
            },
            Component {
                id: "uploads",
                kind: ComponentKind::Service,
                name: None,
                version: None,
                supplier: Some("Weir Hosting"),
                license: None,
                url: Some("https://weir.example"),
                zone: Some("gateway"),
                sensitivity: None,
                description: None,
                files: &[],
            },
            Component {
                id: "reader",
                kind: ComponentKind::Model,
                name: None,
                version: Some("3.4.0"),
                supplier: None,
                license: Some("Apache-2.0 OR LicenseRef-rivermouth"),
                url: None,
                zone: Some("district"),
                sensitivity: None,
                description: None,
                files: &[File {
                    path: "models/meter-reader.safetensors",
                    sha256: "4d1b0c2a97f3e865b1d09c7e52fa863417e9d02bc46a58f7930d1ebc65f2a847",
                }],
            },
            Component {
                id: "backbone",
                kind: ComponentKind::BaseModel,
                name: Some("resnet-18"),
                version: None,
                supplier: Some("torchvision"),
                license: Some("BSD-3-Clause"),
                url: Some("https://pytorch.org/vision/stable/models/resnet.html"),
                zone: None,
                sensitivity: None,
                description: None,
                files: &[],
            },
            Component {
                id: "photographs",
                kind: ComponentKind::Dataset,
                name: None,
                version: None,
                supplier: None,
                license: None,
                url: None,
                zone: None,
                sensitivity: Some(Sensitivity::Confidential),
                description: Some("Of customers' homes."),
                files: &[],
            },
            Component {
                id: "billing",
                kind: ComponentKind::Service,
                name: None,
                version: None,
                supplier: None,
                license: None,
                url: None,
                zone: Some("district"),
                sensitivity: Some(Sensitivity::Confidential),
                description: None,
                files: &[],
            },
        ],
        flows: &[
            Flow {
                id: "upload",
                from: "telephone",
                to: "uploads",
                data: "A photograph and the number of the meter",
                authentication: Some("The customer's account"),
                encrypted: true,
            },
            Flow {
                id: "forwarded",
                from: "uploads",
                to: "reader",
                data: "A photograph",
                authentication: Some("Mutual TLS"),
                encrypted: true,
            },
            Flow {
                id: "reading",
                from: "reader",
                to: "billing",
                data: "Digits and their confidence",
                authentication: Some("Service account"),
                encrypted: true,
            },
            Flow {
                id: "training",
                from: "photographs",
                to: "reader",
                data: "Photographs with the digits that two people read",
                authentication: Some("Service account"),
                encrypted: true,
            },
            Flow {
                id: "bill",
                from: "billing",
                to: "telephone",
                data: "The bill with its photograph",
                authentication: None,
                encrypted: true,
            },
        ],
        human_oversight: "The billing department sees every reading with its photograph and can correct it.",
        access_control: "Billing reads, field systems changes; both with the district's accounts.",
        monitoring: "Readings that a person corrects are counted for each make and each week.",
        incident_response: "Field systems switches to reading by hand and informs the billing department.",
        change_management: "A new model reads a month of photographs beside the old one before it replaces it.",
        assumptions: &["The gateway's provider keeps no photograph longer than a day."],
    },
    extensions: Extensions {
        rivermouth: Rivermouth { data_residency: "EU", retention_days: 60, registers: &["models", "personal data"] },
    },
};
