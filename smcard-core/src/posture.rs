//! The security posture of a card: for each objective of an adversary, what the card says of it.
//!
//! The objectives are those of NIST AI 100-2 E2025. Every view of the security section reads what
//! [`SecurityCard::objective_reports`] gives; the rules share what decides a threat's objective.

use crate::card::{AiClass, Objective, Objectives, Risk, SecurityCard, Test, Threat};
use crate::names::Names;
use crate::order;
use crate::policy::Policy;
use crate::schema::Field;
use crate::taxonomy::Reference;
use crate::text::Text;
use crate::tree::{Node, Value};

/// What a card says about one objective of an adversary.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ObjectiveReport<'c> {
    /// The objective.
    pub objective: Objective,
    /// Whether it applies to the card's AI class; `None` if the card does not state the class.
    pub applies: Option<bool>,
    /// What the card says about it in addition to the threats, or why it does not apply.
    pub text: Option<&'c Text<'c>>,
    /// The threats with this objective, with their status and residual risk, the highest risk first.
    pub threats: Vec<&'c Threat<'c>>,
    /// The tests that are relevant to it: the evidence for one of the threats, and those that are evidence for no
    /// threat at all, by their own references.
    pub tests: Vec<&'c Test<'c>>,
    /// How the card answers for it.
    pub answer: Answer,
}

/// How a card answers for an objective of an adversary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// With threats that have this objective, whatever a text says in addition.
    Threats,
    /// With a text.
    Text,
    /// With the reason why it does not apply.
    NotApplicable,
    /// With the reason why it does not disclose the answer.
    Withheld,
    /// With the reason why its author does not know the answer.
    Unknown,
    /// Not at all.
    Nothing,
}

impl Answer {
    /// Whether a reviewer can look at an answer: what is withheld or unknown is still open.
    pub fn is_covered(self) -> bool {
        matches!(self, Answer::Threats | Answer::Text | Answer::NotApplicable)
    }

    #[inline]
    fn of(threats: &[&Threat<'_>], text: Option<&Text<'_>>) -> Self {
        match text {
            _ if !threats.is_empty() => Answer::Threats,
            Some(Text::Stated(_)) => Answer::Text,
            Some(Text::NotApplicable(_)) => Answer::NotApplicable,
            Some(Text::Withheld(_)) => Answer::Withheld,
            Some(Text::Unknown(_)) => Answer::Unknown,
            None => Answer::Nothing,
        }
    }
}

impl SecurityCard<'_> {
    /// What the card says about each objective of an adversary, in the order of NIST AI 100-2:
    /// availability, integrity, privacy, misuse, supply chain.
    // As all that a view reads and a build does not: compiled where it is called.
    #[inline]
    pub fn objective_reports(&self) -> Vec<ObjectiveReport<'_>> {
        let security = &self.security_considerations;
        let class = security.ai_class;
        let evidence = evidence_of(security.threats.iter());
        let mut reports = Vec::new();
        for objective in Objective::ALL {
            let mut threats: Vec<&Threat<'_>> = Vec::new();
            for threat in security.threats.iter() {
                if threat.serves(class).contains(&objective) {
                    threats.push(threat);
                }
            }
            order::sort(&mut threats, |one, other| other.risk().cmp(&one.risk()));
            let named = evidence_of(threats.iter().copied());
            let mut tests = Vec::new();
            for test in security.tests.iter() {
                let id = test.id.as_ref().and_then(Text::stated).unwrap_or_default();
                let about = || served(&mut test.refs.iter().filter_map(Text::stated), class).contains(&objective);
                if if evidence.contains(id) { named.contains(id) } else { about() } {
                    tests.push(test);
                }
            }
            let text = security.objectives.of(objective);
            reports.push(ObjectiveReport {
                objective,
                applies: class.map(|class| objective.applies_to(class)),
                text,
                answer: Answer::of(&threats, text),
                threats,
                tests,
            });
        }
        reports
    }
}

impl Objective {
    /// All of them, in the order of NIST AI 100-2.
    pub const ALL: [Objective; 5] =
        [Objective::Availability, Objective::Integrity, Objective::Privacy, Objective::Misuse, Objective::SupplyChain];

    /// Whether an adversary of a system of this class can be after it: misuse is an objective
    /// against generative and agentic systems (NIST AI 100-2 E2025).
    pub fn applies_to(self, class: AiClass) -> bool {
        self != Objective::Misuse || class != AiClass::Predictive
    }

    /// The field of `objectives` that speaks of it.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Objective::Availability => Objectives::availability(),
            Objective::Integrity => Objectives::integrity(),
            Objective::Privacy => Objectives::privacy(),
            Objective::Misuse => Objectives::misuse(),
            Objective::SupplyChain => Objectives::supply_chain(),
        }
    }

    /// What it is, in a sentence.
    pub(crate) fn sentence(self) -> &'static str {
        Objectives::SCHEMA.field(self.field()).map_or("", Field::sentence)
    }

    /// What a message calls it.
    pub(crate) fn title(self) -> String {
        self.field().replace("_", " ")
    }
}

impl Objectives<'_> {
    /// What the card says of an objective.
    pub fn of(&self, objective: Objective) -> Option<&Text<'_>> {
        match objective {
            Objective::Availability => self.availability.as_ref(),
            Objective::Integrity => self.integrity.as_ref(),
            Objective::Privacy => self.privacy.as_ref(),
            Objective::Misuse => self.misuse.as_ref(),
            Objective::SupplyChain => self.supply_chain.as_ref(),
        }
    }
}

impl Threat<'_> {
    /// The objectives that the threat serves against a system of a class: those that it states, or
    /// those of its NIST AI 100-2 references.
    #[inline]
    pub fn serves(&self, class: Option<AiClass>) -> Vec<Objective> {
        match &*self.objectives {
            [] => served(&mut self.refs.iter().filter_map(Text::stated), class),
            stated => each(stated),
        }
    }

    /// The risk of the threat as it stands: what is left after the mitigations where the card says
    /// so, what follows from likelihood and impact otherwise; `None` if it is not assessed.
    pub fn risk(&self) -> Option<Risk> {
        self.residual.or_else(|| Some(Risk::of(self.likelihood?, self.impact?)))
    }
}

/// The objectives that references decide, in their order, each once.
fn served(refs: &mut dyn Iterator<Item = &str>, class: Option<AiClass>) -> Vec<Objective> {
    let mut all = Vec::new();
    for text in refs {
        if let Some(concept) = Reference::in_text(text) {
            for objective in concept.objectives(class) {
                all.push(objective);
            }
        }
    }
    each(&all)
}

/// These objectives in the order of NIST AI 100-2, each once.
fn each(objectives: &[Objective]) -> Vec<Objective> {
    let mut each = Objective::ALL.to_vec();
    each.retain(|objective| objectives.contains(objective));
    each
}

/// The ids of the tests that are evidence for these threats.
fn evidence_of<'c>(threats: impl Iterator<Item = &'c Threat<'c>>) -> Names<'c> {
    let mut ids = Names::default();
    for threat in threats {
        for id in threat.evidence.iter().filter_map(Text::stated) {
            ids.add(id);
        }
    }
    ids
}

/// What a card says of its AI class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeclaredClass {
    /// This class, or none.
    Known(Option<AiClass>),
    /// An expression that only the build hook can see.
    Later,
}

impl DeclaredClass {
    pub(crate) fn of(card: &Node<'_>) -> Self {
        match card.get("security_considerations").and_then(|security| security.get("ai_class")) {
            Some(Node { value: Value::Later, .. }) => DeclaredClass::Later,
            node => DeclaredClass::Known(node.and_then(Node::word).and_then(AiClass::from_name)),
        }
    }

    pub(crate) fn known(self) -> Option<AiClass> {
        match self {
            DeclaredClass::Known(class) => class,
            DeclaredClass::Later => None,
        }
    }
}

/// The objectives of a threat that is still a tree; `None` where something is yet to be known, or
/// is wrong and has a finding for that.
pub(crate) fn objectives_of(threat: &Node<'_>, class: DeclaredClass, policy: &Policy) -> Option<Vec<Objective>> {
    let (DeclaredClass::Known(class), Value::Block(entries)) = (class, &threat.value) else { return None };
    if let Some(stated) = threat.get(Threat::objectives()) {
        let mut objectives = Vec::new();
        for stated in stated.items() {
            objectives.push(Objective::from_name(stated.word()?)?);
        }
        // A list that is empty, or none at all, has its finding.
        return if objectives.is_empty() { None } else { Some(each(&objectives)) };
    }
    let refs = match threat.get(Threat::refs()) {
        Some(Node { value: Value::List(refs), .. }) => refs.as_slice(),
        Some(_) => return None,
        None => &[],
    };
    let mut texts = Vec::with_capacity(refs.len());
    for text in refs {
        texts.push(text.word()?);
    }
    let found = served(&mut texts.iter().copied(), class);
    let references = || texts.iter().map(|text| Reference::new(text));
    // A key or a reference that is wrong might have been what decides it.
    let wrong = found.is_empty()
        && (entries.iter().any(|entry| Threat::SCHEMA.field(&entry.key).is_none())
            || references().any(|reference| !reference.may_exist() && policy.extra(reference.id).is_none()));
    if wrong { None } else { Some(found) }
}
