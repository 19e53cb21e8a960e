static CARD: SecurityCard = ::smcard::SecurityCard {
    model_details: ::smcard::ModelDetails {
        developer: ::core::option::Option::Some(
            ::smcard::Text::new("Parcel Vision Ltd"),
        ),
        date: ::core::option::Option::Some(::smcard::Text::new("2026-03-14")),
        version: ::core::option::Option::Some(
            ::smcard::Text::new(env!("CARGO_PKG_VERSION")),
        ),
        r#type: ::core::option::Option::Some(
            ::smcard::Text::new("Image classification"),
        ),
        information: ::core::option::Option::Some(::smcard::Text::new(INFORMATION)),
        resource: ::core::option::Option::Some(
            ::smcard::Text::new("https://parcels.example/model"),
        ),
        citation: ::core::option::Option::Some(::smcard::Text::withheld("under review")),
        license: ::core::option::Option::Some(::smcard::Text::new("Apache-2.0")),
        contact: ::core::option::Option::Some(
            ::smcard::Text::new("models@parcels.example"),
        ),
        stage: ::core::option::Option::Some(::smcard::Stage::Review),
        name: ::core::option::Option::None,
    },
    intended_use: ::smcard::IntendedUse {
        primary_uses: ::core::option::Option::Some(
            ::smcard::Text::new("Sorting parcels"),
        ),
        primary_users: ::core::option::Option::Some(
            ::smcard::Text::new("The staff of a sorting centre"),
        ),
        out_of_scope_uses: ::core::option::Option::Some(
            ::smcard::Text::new("Deciding on a claim"),
        ),
    },
    factors: ::smcard::Factors {
        relevant_factors: ::core::option::Option::Some(::smcard::Text::new("Light")),
        evaluation_factors: ::core::option::Option::Some(::smcard::Text::new("Light")),
    },
    metrics: ::smcard::Metrics {
        performance_measures: ::core::option::Option::Some(
            ::smcard::Text::new("Recall"),
        ),
        decision_thresholds: ::core::option::Option::Some(::smcard::Text::new("0.7")),
        variation_approaches: ::core::option::Option::Some(
            ::smcard::Text::new("Five folds"),
        ),
        measures: ::smcard::List::EMPTY,
    },
    evaluation_data: ::smcard::EvaluationData {
        datasets: ::core::option::Option::Some(::smcard::Text::new("Photographs")),
        motivation: ::core::option::Option::Some(::smcard::Text::new("Alike")),
        preprocessing: ::core::option::Option::Some(::smcard::Text::new("Scaled")),
    },
    training_data: ::core::option::Option::Some(
        ::smcard::Text::not_applicable("rules written by hand"),
    ),
    quantitative_analyses: ::smcard::QuantitativeAnalyses {
        unitary_results: ::core::option::Option::Some(::smcard::Text::new("0.93")),
        intersectional_results: ::core::option::Option::Some(::smcard::Text::new("0.88")),
    },
    ethical_considerations: ::core::option::Option::Some(
        ::smcard::Text::new(concat!("No person ", "is shown")),
    ),
    caveats_and_recommendations: ::core::option::Option::Some(
        ::smcard::Text::new("Wet parcels are missed"),
    ),
    security_considerations: ::smcard::SecurityConsiderations {
        threat_modeling: ::core::option::Option::Some(
            ::smcard::Text::new("Printed labels"),
        ),
        security_testing: ::core::option::Option::Some(
            ::smcard::Text::new("200 labels"),
        ),
        ai_class: ::core::option::Option::None,
        threats: ::smcard::List::EMPTY,
        tests: ::smcard::List::EMPTY,
        objectives: ::smcard::Objectives::EMPTY,
        reviews: ::smcard::List::EMPTY,
        vulnerabilities: ::smcard::List::EMPTY,
        contact: ::core::option::Option::None,
        disclosure_policy: ::core::option::Option::None,
        references: ::smcard::List::EMPTY,
    },
    system: ::smcard::System {
        exposure: ::core::option::Option::Some(::smcard::Exposure::Internal),
        zones: ::smcard::List::Borrowed {
            0: &[
                ::smcard::Zone {
                    id: ::core::option::Option::Some(::smcard::Text::new("hall")),
                    trust: ::core::option::Option::Some(::smcard::Trust::Untrusted),
                    description: ::core::option::Option::None,
                },
            ],
        },
        components: ::smcard::List::Borrowed {
            0: &[
                ::smcard::Component {
                    id: ::core::option::Option::Some(::smcard::Text::new("camera")),
                    kind: ::core::option::Option::Some(::smcard::ComponentKind::Client),
                    zone: ::core::option::Option::Some(::smcard::Text::new("hall")),
                    name: ::core::option::Option::None,
                    version: ::core::option::Option::None,
                    supplier: ::core::option::Option::None,
                    license: ::core::option::Option::None,
                    url: ::core::option::Option::None,
                    purl: ::core::option::Option::None,
                    architecture: ::core::option::Option::None,
                    parameters: ::core::option::Option::None,
                    sensitivity: ::core::option::Option::None,
                    permission: ::core::option::Option::None,
                    description: ::core::option::Option::None,
                    files: ::smcard::List::EMPTY,
                },
                ::smcard::Component {
                    id: ::core::option::Option::Some(::smcard::Text::new("sorter")),
                    kind: ::core::option::Option::Some(::smcard::ComponentKind::Model),
                    name: ::core::option::Option::None,
                    version: ::core::option::Option::None,
                    supplier: ::core::option::Option::None,
                    license: ::core::option::Option::None,
                    url: ::core::option::Option::None,
                    purl: ::core::option::Option::None,
                    architecture: ::core::option::Option::None,
                    parameters: ::core::option::Option::None,
                    zone: ::core::option::Option::None,
                    sensitivity: ::core::option::Option::None,
                    permission: ::core::option::Option::None,
                    description: ::core::option::Option::None,
                    files: ::smcard::List::EMPTY,
                },
            ],
        },
        flows: ::smcard::List::Borrowed {
            0: &[
                ::smcard::Flow {
                    id: ::core::option::Option::Some(::smcard::Text::new("images")),
                    from: ::core::option::Option::Some(::smcard::Text::new("camera")),
                    to: ::core::option::Option::Some(::smcard::Text::new("sorter")),
                    encrypted: ::core::option::Option::Some(false),
                    data: ::core::option::Option::None,
                    authentication: ::core::option::Option::None,
                },
            ],
        },
        assumptions: ::smcard::List::Borrowed {
            0: &[::smcard::Text::new("Cameras are sealed")],
        },
        description: ::core::option::Option::None,
        human_oversight: ::core::option::Option::None,
        access_control: ::core::option::Option::None,
        monitoring: ::core::option::Option::None,
        incident_response: ::core::option::Option::None,
        change_management: ::core::option::Option::None,
        diagram: ::core::option::Option::None,
    },
    extensions: ::smcard::Extensions {
        0: ::smcard::List::Borrowed {
            0: &[
                ::smcard::Extension {
                    key: ::std::borrow::Cow::Borrowed("parcels"),
                    value: ::smcard::ExtensionValue::Block {
                        0: ::smcard::List::Borrowed {
                            0: &[
                                ::smcard::Extension {
                                    key: ::std::borrow::Cow::Borrowed("region"),
                                    value: ::smcard::ExtensionValue::Text(
                                        ::smcard::Text::new("EU"),
                                    ),
                                },
                                ::smcard::Extension {
                                    key: ::std::borrow::Cow::Borrowed("cameras"),
                                    value: ::smcard::ExtensionValue::Number(-12f64),
                                },
                                ::smcard::Extension {
                                    key: ::std::borrow::Cow::Borrowed("audited"),
                                    value: ::smcard::ExtensionValue::Bool(true),
                                },
                                ::smcard::Extension {
                                    key: ::std::borrow::Cow::Borrowed("sites"),
                                    value: ::smcard::ExtensionValue::List {
                                        0: ::smcard::List::Borrowed {
                                            0: &[
                                                ::smcard::ExtensionValue::Text(::smcard::Text::new("Gent")),
                                                ::smcard::ExtensionValue::Number(0.5f64),
                                            ],
                                        },
                                    },
                                },
                            ],
                        },
                    },
                },
            ],
        },
    },
    schema: ::core::option::Option::None,
    measured: ::smcard::Extensions::EMPTY,
    places: ::smcard::Places {
        0: &[
            ("", ::smcard::Places::here()),
            ("model_details.version", ::smcard::Places::here()),
            ("model_details.information", ::smcard::Places::here()),
            ("ethical_considerations", ::smcard::Places::here()),
            ("system.flows[0].id", ::smcard::Places::here()),
        ],
    },
};
