//! The security section: what can go wrong, what was done about it, who accepted what until when.
//!
//! The terms are those of NIST AI 100-2 E2025, "Adversarial Machine Learning"
//! (<https://doi.org/10.6028/NIST.AI.100-2e2025>), of risk assessment in NIST SP 800-30
//! (<https://doi.org/10.6028/NIST.SP.800-30r1>), and of vulnerability analysis in CycloneDX
//! (<https://cyclonedx.org/docs/1.6/json/#vulnerabilities>).

use crate::card::measure::Measure;
use crate::list::List;
use crate::part::{block, choice};
use crate::text::Text;

block! {
    /// What an adversary can do to the model, and what was done about it.
    SecurityConsiderations {
        /// Which adversaries and attacks were considered, and what counters them.
        ///
        /// A reviewer begins here: what was thought of, and what was not.
        required threat_modeling: Option<Text<'a>>,
        /// How the model's security was tested, with what result.
        ///
        /// A claim that nobody has tried to break is a hope.
        required security_testing: Option<Text<'a>>,
        /// What kind of AI system it is: this decides which objectives of an adversary apply.
        ///
        /// A card that states its class answers for each objective that applies, with a threat or a text.
        optional ai_class: Option<AiClass>,
        /// What can go wrong, one by one, with its risk and what was done about it.
        ///
        /// A reviewer follows each from its scenario to the decision and the evidence.
        optional threats: List<'a, Threat<'a>>,
        /// The security tests that were performed.
        ///
        /// They are the evidence for what the card says of threats.
        optional tests: List<'a, Test<'a>>,
        /// For each objective of an adversary, what there is to say in addition to the threats.
        ///
        /// A reviewer cannot tell silence from oversight.
        optional objectives: Objectives<'a>,
        /// The security reviews of the model.
        ///
        /// They say who looked at the model, when, and on which conditions.
        optional reviews: List<'a, Review<'a>>,
        /// What is known to be wrong with the model or the system, and what was decided about it.
        ///
        /// What is known and decided need not be found again.
        optional vulnerabilities: List<'a, Vulnerability<'a>>,
        /// Where to report a weakness, if not to the model's contact: an email address, a telephone number, a web page.
        ///
        /// Weaknesses are reported where the way is short and known.
        optional contact: Option<Text<'a>> as Contact,
        /// The URL of the policy for reporting weaknesses (ISO/IEC 29147).
        ///
        /// It says what somebody who reports a weakness can expect.
        optional disclosure_policy: Option<Text<'a>> as Url,
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
        /// What the card calls it, unique in the card: `evasion-by-patch`.
        required(answer) id: Option<Text<'a>> as Id,
        /// A name for people.
        optional title: Option<Text<'a>>,
        /// Its ids in the taxonomies: MITRE ATLAS, NIST AI 100-2, OWASP, CWE.
        ///
        /// By them, others know what is meant, and which mitigations exist.
        optional(answer) refs: List<'a, Text<'a>> as Reference,
        /// What the adversary is after; needed only if no NIST AI 100-2 id decides it, or decides too much.
        optional objectives: List<'a, Objective>,
        /// The components and flows of the system that it affects, by their ids.
        ///
        /// They tie the threat to the place where it happens.
        optional(answer) affects: List<'a, Text<'a>> as Asset,
        /// How it would happen: who does what, with what access, to what effect.
        ///
        /// A threat is judged by a story that can be followed step by step, not by its name.
        required scenario: Option<Text<'a>>,
        /// How likely it is, before any mitigation (NIST SP 800-30, overall likelihood).
        ///
        /// Without it and `impact`, the risk is not assessed.
        optional likelihood: Option<Risk>,
        /// How bad it would be (NIST SP 800-30, level of impact).
        optional impact: Option<Risk>,
        /// What was decided about it.
        ///
        /// An undecided threat and an accepted one look the same to whoever does not ask.
        required status: Option<ThreatStatus>,
        /// What counters it.
        optional mitigations: List<'a, Mitigation<'a>>,
        /// The risk that is left after the mitigations.
        optional residual: Option<Risk>,
        /// Who accepted the risk that is left, why and until when.
        optional acceptance: Acceptance<'a>,
        /// Who answers for it.
        ///
        /// What nobody owns, nobody mends.
        optional(answer) owner: Option<Text<'a>>,
        /// The day by which it is to be dealt with: `YYYY-MM-DD`.
        optional(answer) due: Option<Text<'a>> as Day,
        /// The tests that are evidence for it, by their ids.
        ///
        /// A mitigation without a test is a plan.
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
        optional(answer) expires: Option<Text<'a>> as Day,
    }
}

block! {
    /// A security test that was performed.
    Test {
        /// What the card calls it, unique in the card: `patches-2026-09`.
        required(answer) id: Option<Text<'a>> as Id,
        /// What kind of test it was.
        ///
        /// A scan of files and two weeks of red teaming prove different things.
        required kind: Option<TestKind>,
        /// What it was performed with: a program, or `by hand`.
        ///
        /// Whoever repeats the test needs the same tool.
        required tool: Option<Text<'a>>,
        /// The version of the tool.
        optional version: Option<Text<'a>>,
        /// Who performed it, if not the developer of the model.
        optional by: Option<Text<'a>>,
        /// What was tested, if not the model itself: a configuration, an earlier version, or the id of a component.
        optional target: Option<Text<'a>>,
        /// What the attacker knew of the model (NIST AI 100-2).
        ///
        /// What withstands an attacker who sees nothing may fall to one who has the weights.
        optional knowledge: Option<Knowledge>,
        /// What it took: people, hours, queries, compute.
        optional effort: Option<Text<'a>>,
        /// When it ended: `YYYY-MM-DD`, or `YYYY-MM` or `YYYY` if no more is known.
        ///
        /// A test is about the model and the attacks of its day.
        required date: Option<Text<'a>> as Date,
        /// How it ended; none if nobody has said what the model must withstand.
        optional result: Option<TestResult>,
        /// How many attempts were judged: one that was skipped or ended in an error is none, and never a pass.
        optional attempts: Option<u64>,
        /// How many of the attempts succeeded against the model.
        optional failures: Option<u64>,
        /// The rates that it found: for each attempt, scenario or number of tries, with and without a safeguard.
        optional measures: List<'a, Measure<'a>>,
        /// The tool's own report: a file of the package, or where it is kept.
        optional report: Option<Text<'a>> as Report,
        /// The SHA-256 digest of that file (FIPS 180-4), as 64 hexadecimal digits.
        optional(answer) report_sha256: Option<Text<'a>> as Sha256,
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
        /// A reward to anybody who finds a weakness.
        BugBounty,
        /// An evaluation by another organization, in its own way.
        ExternalEvaluation,
    }
}

choice! {
    /// What the attacker of a test knew of the model, after NIST AI 100-2.
    Knowledge {
        /// Everything: the training data, the architecture and the parameters.
        WhiteBox,
        /// A part: the architecture without the parameters, or the kind of training data.
        GrayBox,
        /// Nothing but what the model answers.
        BlackBox,
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
    /// Something that is known to be wrong with the model or the system.
    Vulnerability {
        /// Its id: a CVE, a GHSA, or what the organization calls it.
        required(answer) id: Option<Text<'a>> as Id,
        /// What is wrong, in a line.
        required(answer) title: Option<Text<'a>>,
        /// What was decided about it.
        required status: Option<VulnerabilityStatus>,
        /// How bad it is.
        optional severity: Option<Risk>,
        /// When it was found: `YYYY-MM-DD`, or `YYYY-MM` or `YYYY` if no more is known.
        optional found: Option<Text<'a>> as Date,
        /// The version of the model that no longer has it.
        optional fixed_in: Option<Text<'a>>,
        /// Where it is described.
        optional url: Option<Text<'a>> as Url,
        /// The components and flows of the system that have it, by their ids.
        optional(answer) affects: List<'a, Text<'a>> as Asset,
        /// What kind of weakness it is, in the taxonomies: a CWE id, a technique of MITRE ATLAS.
        optional(answer) refs: List<'a, Text<'a>> as Reference,
    }
}

choice! {
    /// What was decided about a vulnerability.
    VulnerabilityStatus {
        /// It is there, and nothing has been done yet.
        Open,
        /// Somebody is finding out what it means for this model.
        InTriage,
        /// A later version no longer has it.
        Fixed,
        /// It is known from something the model is made of, and does not affect the model.
        NotAffected,
        /// It stays, and somebody bears the risk.
        Accepted,
    }
}

block! {
    /// A security review of the model.
    Review {
        /// The person or body that reviewed.
        required(answer) by: Option<Text<'a>>,
        /// The day of the decision: `YYYY-MM-DD`.
        required(answer) date: Option<Text<'a>> as Day,
        /// What was decided.
        required decision: Option<Decision>,
        /// The day by which the next review is due: `YYYY-MM-DD`.
        optional(answer) next_due: Option<Text<'a>> as Day,
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
