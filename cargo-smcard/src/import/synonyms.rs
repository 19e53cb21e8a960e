//! What cards call the fields where they do not use the fields' own names.
//!
//! Each label stands once for each place where it means something of its own, with where it was seen.

/// A label that was seen in cards.
pub(super) struct Synonym {
    /// The field or section that it names; nothing where a card of ours has no field for it, so that what it says is
    /// kept, and is no part of what stands before it.
    pub(super) path: Option<&'static str>,
    pub(super) label: &'static str,
    pub(super) scope: Scope,
    /// Where it was seen.
    #[cfg_attr(not(test), expect(dead_code, reason = "for readers of the table, and for its test"))]
    pub(super) seen: &'static str,
}

/// Where a label has its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Under any heading.
    Anywhere,
    /// Under no heading but that of the details of the model.
    Top,
    /// In this section of the schema.
    Section(&'static str),
    /// Somewhere below a heading of these words.
    Below(&'static str),
}

use Scope::{Anywhere, Below, Section, Top};

const fn field(path: &'static str, label: &'static str, scope: Scope, seen: &'static str) -> Synonym {
    Synonym { path: Some(path), label, scope, seen }
}

/// A label that no field is for.
const fn none(label: &'static str, seen: &'static str) -> Synonym {
    Synonym { path: None, label, scope: Anywhere, seen }
}

const MITCHELL: &str = "Mitchell et al., Model Cards for Model Reporting (2019)";
const HUB: &str = "Hugging Face model card template";
const MATTER: &str = "Hugging Face front matter";
const CHAI: &str = "CHAI Applied Model Card 0.1";
const RT: &str = "RT AI Model Card";
const CTRL: &str = "Salesforce CTRL";
const CLIP: &str = "CLIP";
const WHISPER: &str = "Whisper";
const TOOLKIT: &str = "Model Card Toolkit 0.0.2";
const CYCLONEDX: &str = "CycloneDX 1.5 to 1.7";

#[rustfmt::skip]
pub(super) const SYNONYMS: &[Synonym] = &[
    // Sections.
    field("model_details", "Basic information", Anywhere, CHAI),
    field("model_details", "Model basic information", Anywhere, RT),
    field("model_details", "Model description", Anywhere, HUB),
    field("intended_use", "Uses", Anywhere, HUB),
    field("intended_use", "Model use", Anywhere, CLIP),
    field("intended_use", "Uses and directions", Anywhere, CHAI),
    field("quantitative_analyses", "Quantitative analysis", Anywhere, TOOLKIT),
    field("security_considerations", "Security", Anywhere, "OpenSSF"),

    // Who made the model, when, and under which terms.
    field("model_details.name", "Name", Top, CHAI),
    field("model_details.name", "Model name", Anywhere, HUB),
    field("model_details.name", "model-index.name", Anywhere, MATTER),
    field("model_details.name", "components.name", Anywhere, CYCLONEDX),
    field("model_details.developer", "Developer", Top, CHAI),
    field("model_details.developer", "Model developer", Anywhere, CHAI),
    field("model_details.developer", "Model developers", Top, "Llama"),
    field("model_details.developer", "Developed by", Anywhere, HUB),
    field("model_details.developer", "Institution", Below("Developed by"), RT),
    field("model_details.developer", "Organization", Top, CTRL),
    field("model_details.developer", "Person or organization developing model", Anywhere, MITCHELL),
    field("model_details.developer", "components.manufacturer.name", Anywhere, CYCLONEDX),
    field("model_details.developer", "components.publisher", Anywhere, CYCLONEDX),
    field("model_details.developer", "model_details.owners.name", Anywhere, TOOLKIT),
    field("model_details.date", "Date", Top, "Granite"),
    field("model_details.date", "Release date", Anywhere, WHISPER),
    field("model_details.date", "Model date", Anywhere, MITCHELL),
    field("model_details.date", "Model release date", Anywhere, "Llama"),
    field("model_details.date", "Creation date", Section("model_details"), RT),
    field("model_details.date", "model_details.version.date", Anywhere, TOOLKIT),
    field("model_details.date", "components.releaseNotes.timestamp", Anywhere, CYCLONEDX),
    field("model_details.version", "Version", Top, CHAI),
    field("model_details.version", "Model version", Anywhere, MITCHELL),
    field("model_details.version", "Release version", Anywhere, CHAI),
    field("model_details.version", "Version number", Section("model_details"), RT),
    field("model_details.version", "model_details.version.name", Anywhere, TOOLKIT),
    field("model_details.version", "components.version", Anywhere, CYCLONEDX),
    field("model_details.type", "Model type", Anywhere, MITCHELL),
    field("model_details.type", "Type of learning architecture", Anywhere, RT),
    field("model_details.type", "pipeline_tag", Anywhere, MATTER),
    field("model_details.type", "components.modelCard.modelParameters.task", Anywhere, CYCLONEDX),
    field("model_details.type", "components.modelCard.modelParameters.architectureFamily", Anywhere, CYCLONEDX),
    field("model_details.information", "Information about parameters", Anywhere, CTRL),
    field("model_details.information", "Information about training algorithms, parameters, fairness constraints or other applied approaches, and features", Anywhere, MITCHELL),
    field("model_details.information", "Training procedure", Anywhere, HUB),
    field("model_details.information", "Model architecture", Anywhere, "Llama"),
    field("model_details.information", "Model architecture and objective", Anywhere, HUB),
    field("model_details.information", "model_parameters.model_architecture", Anywhere, TOOLKIT),
    field("model_details.information", "components.modelCard.modelParameters.modelArchitecture", Anywhere, CYCLONEDX),
    field("model_details.resource", "Repository", Anywhere, HUB),
    field("model_details.resource", "Paper", Anywhere, HUB),
    field("model_details.resource", "Paper & samples", Anywhere, WHISPER),
    field("model_details.resource", "Documents", Section("model_details"), CLIP),
    field("model_details.resource", "Paper or other resource for more information", Anywhere, MITCHELL),
    field("model_details.resource", "Read the full paper here", Anywhere, CTRL),
    field("model_details.resource", "model_details.references.reference", Anywhere, TOOLKIT),
    field("model_details.resource", "components.externalReferences.documentation", Anywhere, CYCLONEDX),
    field("model_details.citation", "Citation", Anywhere, HUB),
    field("model_details.citation", "Citation details", Anywhere, MITCHELL),
    field("model_details.citation", "Citation information", Anywhere, "Dolly"),
    field("model_details.citation", "model_details.citations.citation", Anywhere, TOOLKIT),
    field("model_details.citation", "components.externalReferences.citation", Anywhere, CYCLONEDX),
    field("model_details.license", "License", Anywhere, MITCHELL),
    field("model_details.license", "Model license", Anywhere, "StarCoder"),
    field("model_details.license", "Software licence", Section("model_details"), RT),
    field("model_details.license", "model_details.licenses.identifier", Anywhere, TOOLKIT),
    field("model_details.license", "model_details.licenses.custom_text", Anywhere, TOOLKIT),
    field("model_details.license", "components.licenses", Anywhere, CYCLONEDX),
    field("model_details.contact", "Contact", Top, "Dolly"),
    field("model_details.contact", "Contact email", Below("Developed by"), RT),
    field("model_details.contact", "Model card contact", Anywhere, HUB),
    field("model_details.contact", "Developer contact", Anywhere, CHAI),
    field("model_details.contact", "Inquires or to report an issue", Anywhere, CHAI),
    field("model_details.contact", "Inquiries or to report an issue", Anywhere, CHAI),
    field("model_details.contact", "Where to send questions or comments about the model", Anywhere, MITCHELL),
    field("model_details.contact", "model_details.owners.contact", Anywhere, TOOLKIT),
    field("model_details.contact", "components.manufacturer.contact.email", Anywhere, CYCLONEDX),
    field("model_details.contact", "Send questions or comments to", Anywhere, CTRL),
    field("model_details.stage", "Release stage", Anywhere, CHAI),

    // What it is for.
    field("intended_use.primary_uses", "Intended use", Anywhere, "CLIP; the section's own name, where it has a text"),
    field("intended_use.primary_uses", "Primary intended uses", Anywhere, MITCHELL),
    field("intended_use.primary_uses", "Direct use", Anywhere, HUB),
    field("intended_use.primary_uses", "Downstream use", Anywhere, HUB),
    field("intended_use.primary_uses", "Intended use and workflow", Anywhere, CHAI),
    field("intended_use.primary_uses", "considerations.use_cases.description", Anywhere, TOOLKIT),
    field("intended_use.primary_uses", "components.modelCard.considerations.useCases", Anywhere, CYCLONEDX),
    field("intended_use.primary_users", "Intended users", Anywhere, CHAI),
    field("intended_use.primary_users", "Primary intended users", Anywhere, MITCHELL),
    field("intended_use.primary_users", "considerations.users.description", Anywhere, TOOLKIT),
    field("intended_use.primary_users", "components.modelCard.considerations.users", Anywhere, CYCLONEDX),
    field("intended_use.out_of_scope_uses", "Out-of-scope", Anywhere, "Gemma"),
    field("intended_use.out_of_scope_uses", "Out-of-scope use cases", Anywhere, MITCHELL),
    field("intended_use.out_of_scope_uses", "Cautioned out-of-scope settings and use cases", Anywhere, CHAI),
    field("intended_use.out_of_scope_uses", "Misuse, malicious use, and out-of-scope use", Anywhere, "Stable Diffusion"),

    // What its results depend on, and how they are measured.
    field("factors.relevant_factors", "Relevant factors", Anywhere, MITCHELL),
    field("factors.evaluation_factors", "Factors", Below("Evaluation"), HUB),
    field("metrics.performance_measures", "Metrics", Anywhere, HUB),
    field("metrics.performance_measures", "Model performance measures", Anywhere, MITCHELL),
    field("metrics.decision_thresholds", "Decision threshold", Anywhere, MITCHELL),
    field("metrics.decision_thresholds", "quantitative_analysis.performance_metrics.threshold", Anywhere, TOOLKIT),
    field("metrics.variation_approaches", "Approaches to uncertainty and variability", Anywhere, MITCHELL),

    // Data.
    field("evaluation_data.datasets", "Evaluation data", Anywhere, "CTRL; the section's own name, where it has a text"),
    field("evaluation_data.datasets", "Evaluation dataset", Anywhere, RT),
    field("evaluation_data.datasets", "Testing data", Anywhere, HUB),
    field("evaluation_data.datasets", "Testing data description", Anywhere, CHAI),
    field("evaluation_data.preprocessing", "Data preprocessing", Below("Evaluation data"), MITCHELL),
    field("training_data", "Training dataset", Anywhere, RT),
    field("training_data", "Development data characterization", Anywhere, CHAI),
    field("training_data", "datasets", Below("front matter"), "Hugging Face front matter, which means those of the training"),

    field("training_data", "Training set", Below("model_parameters.data"), TOOLKIT),
    field("evaluation_data.datasets", "Validation set", Below("model_parameters.data"), TOOLKIT),
    field("evaluation_data.datasets", "Evaluation set", Below("model_parameters.data"), TOOLKIT),
    field("evaluation_data.datasets", "Test set", Below("model_parameters.data"), TOOLKIT),

    // Results.
    field("quantitative_analyses.unitary_results", "Results", Anywhere, HUB),

    // Harm, and what else is to be known.
    field("ethical_considerations", "Ethical considerations and limitations", Anywhere, "Llama"),
    field("ethical_considerations", "Ethics", Anywhere, "StarCoder"),
    field("ethical_considerations", "Bias, risks, and limitations", Anywhere, HUB),
    field("ethical_considerations", "Bias and fairness", Anywhere, CLIP),
    field("ethical_considerations", "Broader implications", Anywhere, WHISPER),
    field("ethical_considerations", "Known biases or ethical considerations", Anywhere, CHAI),
    field("ethical_considerations", "Bias mitigation approaches", Anywhere, CHAI),
    field("ethical_considerations", "considerations.ethical_considerations", Anywhere, TOOLKIT),
    field("ethical_considerations", "components.modelCard.considerations.ethicalConsiderations", Anywhere, CYCLONEDX),
    field("ethical_considerations", "components.modelCard.considerations.fairnessAssessments", Anywhere, CYCLONEDX),
    field("caveats_and_recommendations", "Limitations", Anywhere, CLIP),
    field("caveats_and_recommendations", "Known limitations", Anywhere, "Dolly"),
    field("caveats_and_recommendations", "Observed limitations", Anywhere, RT),
    field("caveats_and_recommendations", "Known risks and limitations", Anywhere, CHAI),
    field("caveats_and_recommendations", "Recommendations", Anywhere, HUB),
    field("caveats_and_recommendations", "Caveats", Anywhere, CTRL),
    field("caveats_and_recommendations", "considerations.limitations.description", Anywhere, TOOLKIT),
    field("caveats_and_recommendations", "components.modelCard.considerations.technicalLimitations", Anywhere, CYCLONEDX),

    // Security.
    field("security_considerations.threat_modeling", "Threat model", Anywhere, "OpenSSF"),
    field("security_considerations.security_testing", "Red teaming", Anywhere, "Llama"),
    field("security_considerations.disclosure_policy", "Reporting a vulnerability", Anywhere, "SECURITY.md of GitHub"),
    field("security_considerations.contact", "components.externalReferences.security-contact", Anywhere, CYCLONEDX),

    // What no field is for, so that it ends what stands before it.
    none("Summary", CHAI),
    none("Keywords", CHAI),
    none("Global availability", CHAI),
    none("Regulatory approval", CHAI),
    none("How to use", CHAI),
    none("Targeted patient population", CHAI),
    none("Warnings", CHAI),
    none("Clinical risk level", CHAI),
    none("Trust ingredients", CHAI),
    none("AI system facts", CHAI),
    none("Outcome(s) and output(s)", CHAI),
    none("Foundation models used in application", CHAI),
    none("Input data source", CHAI),
    none("Output/Input data type", CHAI),
    none("Ongoing maintenance", CHAI),
    none("Security and compliance environment practices or accreditations", CHAI),
    none("Transparency, intelligibility, and accountability mechanisms", CHAI),
    none("Transparency information", CHAI),
    none("Funding source of the technical implementation", CHAI),
    none("3rd party information", CHAI),
    none("Stakeholders consulted during design of intervention (e.g. patients, providers)", CHAI),
    none("Key metrics", CHAI),
    none("Usefulness, usability, and efficacy", CHAI),
    none("Fairness and equity", CHAI),
    none("Safety and reliability", CHAI),
    none("Goal of metric", CHAI),
    none("Interpretation", CHAI),
    none("Test type", CHAI),
    none("Validation process and justification", CHAI),
    none("Resources", CHAI),
    none("Evaluation references", CHAI),
    none("Evalation references", CHAI),
    none("Clinical trial", CHAI),
    none("Peer reviewed publication(s)", CHAI),
    none("Reimbursement status", CHAI),
    none("Patient consent or disclosure required or suggested", CHAI),
    none("References", CHAI),
    none("Bibliography", CHAI),
    none("Funded by", HUB),
    none("Shared by", HUB),
    none("Language(s) (NLP)", HUB),
    none("Finetuned from model", HUB),
    none("Model sources", HUB),
    none("Demo", HUB),
    none("How to get started with the model", HUB),
    none("Training details", HUB),
    none("Evaluation", HUB),
    none("Testing data, factors & metrics", HUB),
    none("Model examination", HUB),
    none("Environmental impact", HUB),
    none("Technical specifications", HUB),
    none("Compute infrastructure", HUB),
    none("Glossary", HUB),
    none("More information", HUB),
    none("Model card authors", HUB),
    none("Performance and limitations", WHISPER),
    none("Evaluated use", WHISPER),
    none("Data", CLIP),
    none("Data mission statement", CLIP),
    none("Performance", CLIP),
    none("Feedback", CLIP),
    none("Access the public code here", CTRL),
    none("Input", CTRL),
    none("Output", CTRL),
];
