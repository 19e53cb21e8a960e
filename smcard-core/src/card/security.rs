//! The security section: what can go wrong, what was done about it, who accepted what until when.
//!
//! The terms are those of NIST AI 100-2 E2025, "Adversarial Machine Learning"
//! (<https://doi.org/10.6028/NIST.AI.100-2e2025>), and of risk assessment in NIST SP 800-30
//! (<https://doi.org/10.6028/NIST.SP.800-30r1>).

use crate::list::List;
use crate::part::{block, choice};
use crate::text::Text;

block! {
    /// What an adversary can do to the model, and what was done about it.
    SecurityConsiderations {
        /// Which adversaries and attacks were considered, and what counters them.
        required threat_modeling: Option<Text<'a>>,
        /// How the model's security was tested, with what result.
        required security_testing: Option<Text<'a>>,
        /// What kind of AI system it is: this decides which objectives of an adversary apply.
        optional ai_class: Option<AiClass>,
        /// What can go wrong, one by one, with its risk and what was done about it.
        optional threats: List<'a, Threat<'a>>,
        /// The security tests that were performed.
        optional tests: List<'a, Test<'a>>,
        /// For each objective of an adversary, what there is to say in addition to the threats.
        optional objectives: Objectives<'a>,
        /// The security reviews of the model.
        optional reviews: List<'a, Review<'a>>,
        /// Where a reviewer can find more: threat models, reports, advisories.
        optional references: List<'a, Text<'a>>,
    }
}

choice! {
    /// What kind of AI system a model makes, after NIST AI 100-2.
    AiClass {
        /// It predicts: a class, a score, a number (PredAI).
        Predictive,
        /// It generates: text, images, sound, code (GenAI).
        Generative,
        /// It generates and acts through tools (GenAI with agents).
        Agentic,
    }
}

block! {
    /// One thing that can go wrong: how, how likely, how bad, and what was done about it.
    Threat {
        /// What the card calls it, unique among the threats: `evasion-by-patch`.
        required(answer) id: Option<Text<'a>> as Id,
        /// A name for people.
        optional title: Option<Text<'a>>,
        /// Its ids in the taxonomies: MITRE ATLAS, NIST AI 100-2, OWASP, CWE.
        optional(answer) refs: List<'a, Text<'a>> as Reference,
        /// What the adversary is after; needed only if no NIST AI 100-2 id decides it.
        optional objective: Option<Objective>,
        /// How it would happen: who does what, with what access, to what effect.
        required scenario: Option<Text<'a>>,
        /// How likely it is, before any mitigation (NIST SP 800-30, overall likelihood).
        required likelihood: Option<Risk>,
        /// How bad it would be (NIST SP 800-30, level of impact).
        required impact: Option<Risk>,
        /// What was decided about it.
        required status: Option<ThreatStatus>,
        /// What counters it.
        optional mitigations: List<'a, Mitigation<'a>>,
        /// The risk that is left after the mitigations.
        optional residual: Option<Risk>,
        /// Who accepted the risk that is left, why and until when.
        optional acceptance: Acceptance<'a>,
        /// Who answers for it.
        optional(answer) owner: Option<Text<'a>>,
        /// The day by which it is to be dealt with: `YYYY-MM-DD`.
        optional(answer) due: Option<Text<'a>> as Date,
        /// The tests that are evidence for it, by their ids.
        optional(answer) evidence: List<'a, Text<'a>> as Evidence,
    }
}

choice! {
    /// What an adversary is after, after the objectives of NIST AI 100-2.
    Objective {
        /// To disrupt the model's service (NISTAML.01).
        Availability,
        /// To make the model's output wrong (NISTAML.02).
        Integrity,
        /// To learn what the model or its data should not give away (NISTAML.03).
        Privacy,
        /// To make the model serve a harmful end (NISTAML.04); generative and agentic systems.
        Misuse,
        /// To reach the model through what it is made of (NISTAML.05).
        SupplyChain,
    }
}

choice! {
    /// A level of likelihood, impact or risk, after NIST SP 800-30, without a distinction between very low and low.
    Risk {
        /// Low.
        Low,
        /// Medium ("moderate" in NIST SP 800-30).
        Medium,
        /// High.
        High,
        /// Critical ("very high" in NIST SP 800-30).
        Critical,
    }
}

impl Risk {
    /// The risk of something so likely and so bad (NIST SP 800-30 Rev. 1, table I-2).
    pub const fn of(likelihood: Risk, impact: Risk) -> Risk {
        match (likelihood, impact) {
            (Risk::Low, Risk::Critical) => Risk::Medium,
            (Risk::Low, _) => Risk::Low,
            (Risk::Medium, Risk::Critical) => Risk::High,
            (Risk::Medium, Risk::High) => Risk::Medium,
            (Risk::Medium | Risk::High | Risk::Critical, impact) => impact,
        }
    }
}

choice! {
    /// What was decided about a threat.
    ThreatStatus {
        /// Nothing yet: it needs an owner.
        Open,
        /// Measures counter it.
        Mitigated,
        /// Somebody bears the risk that is left, until a given day.
        Accepted,
        /// Somebody else bears the risk: a supplier, an insurer, the user.
        Transferred,
        /// It cannot happen to this model; the scenario says why.
        NotApplicable,
    }
}

block! {
    /// What counters a threat.
    Mitigation {
        /// Its id in a taxonomy, such as a mitigation of MITRE ATLAS: `AML.M0015`.
        optional(answer) r#ref: Option<Text<'a>> as Reference,
        /// What was done.
        required(answer) description: Option<Text<'a>>,
    }
}

block! {
    /// Who bears a risk, why and until when.
    Acceptance {
        /// The person or body that accepted the risk.
        optional(answer) by: Option<Text<'a>>,
        /// Why it is borne.
        optional(answer) reason: Option<Text<'a>>,
        /// The day on which the acceptance ends: `YYYY-MM-DD`.
        optional(answer) expires: Option<Text<'a>> as Date,
    }
}

block! {
    /// A security test that was performed.
    Test {
        /// What the card calls it, unique among the tests: `patches-2026-09`.
        required(answer) id: Option<Text<'a>> as Id,
        /// What kind of test it was.
        required kind: Option<TestKind>,
        /// What it was performed with: a program, or `by hand`.
        required(answer) tool: Option<Text<'a>>,
        /// The version of the tool.
        optional version: Option<Text<'a>>,
        /// The day on which it ended: `YYYY-MM-DD`.
        required(answer) date: Option<Text<'a>> as Date,
        /// How it ended.
        required result: Option<TestResult>,
        /// How many attempts were made.
        optional attempts: Option<u64>,
        /// How many of the attempts succeeded against the model.
        optional failures: Option<u64>,
        /// The tool's own report: a file of the package, or where it is kept.
        optional report: Option<Text<'a>>,
        /// What was tested for, in the taxonomies.
        optional(answer) refs: List<'a, Text<'a>> as Reference,
    }
}

choice! {
    /// What kind of security test was performed.
    TestKind {
        /// People who try to break the model, with or without programs.
        RedTeaming,
        /// Inputs made to mislead the model: perturbations, patches, jailbreaks.
        AdversarialTesting,
        /// Attempts to learn training data, membership, prompts or parameters.
        PrivacyTesting,
        /// Attempts to break the system around the model.
        PenetrationTest,
        /// A scan of the model's files for code and tampering.
        ModelScan,
        /// A scan of the software that the model runs on for known vulnerabilities.
        VulnerabilityScan,
        /// A published set of tasks for security or safety.
        Benchmark,
        /// Reading of code, data or prompts by people.
        ManualReview,
    }
}

choice! {
    /// How a test ended.
    TestResult {
        /// The model withstood what it must.
        Passed,
        /// It did not.
        Failed,
        /// The test does not tell.
        Inconclusive,
    }
}

block! {
    /// For each objective of an adversary, what there is to say in addition to the threats.
    ///
    /// A text, or `not_applicable("why")`. An objective that applies to the AI class needs a text
    /// here or a threat that serves it.
    Objectives {
        /// How the model's service could be disrupted (NISTAML.01, availability breakdown).
        optional availability: Option<Text<'a>>,
        /// How its output could be made wrong (NISTAML.02, integrity violations).
        optional integrity: Option<Text<'a>>,
        /// What it or its data could give away (NISTAML.03, privacy compromises).
        optional privacy: Option<Text<'a>>,
        /// Which harmful ends it could be made to serve (NISTAML.04, misuse violations).
        optional misuse: Option<Text<'a>>,
        /// How it could be reached through what it is made of (NISTAML.05, supply chain attacks).
        optional supply_chain: Option<Text<'a>>,
    }
}

block! {
    /// A security review of the model.
    Review {
        /// The person or body that reviewed.
        required(answer) by: Option<Text<'a>>,
        /// The day of the decision: `YYYY-MM-DD`.
        required(answer) date: Option<Text<'a>> as Date,
        /// What was decided.
        required decision: Option<Decision>,
        /// The day by which the next review is due: `YYYY-MM-DD`.
        optional(answer) next_due: Option<Text<'a>> as Date,
        /// What the decision is based on, and its conditions.
        optional notes: Option<Text<'a>>,
    }
}

choice! {
    /// What a review decided.
    Decision {
        /// The model may be used as the card says.
        Approved,
        /// It may be used under the conditions in the notes.
        ApprovedWithConditions,
        /// It may not be used.
        Rejected,
    }
}
