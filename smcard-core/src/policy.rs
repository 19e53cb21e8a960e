//! [`Policy`]: what an organization asks of its cards, and what the rules ask it.
//!
//! How the files of a policy are found, read and laid over each other is in `policy_file`.

use std::slice;
use std::sync::Arc;

use crate::card::{AiClass, Objective, Risk, Stage};
use crate::exception::Exception;
use crate::names::Names;
use crate::path::Path;
use crate::policy_evidence::{Files, Tests};
pub(crate) use crate::policy_place::{Place, PolicyFile};
use crate::rule::{Level, Rule};

/// What an organization asks of its cards, in addition to the schema.
///
/// The default policy asks for nothing more.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The files that it was read from, the outermost first.
    pub(crate) files: Vec<Arc<PolicyFile>>,
    pub(crate) everywhere: Fields,
    /// Each stage once.
    pub(crate) stages: Vec<OfStage>,
    pub(crate) risk: Limits,
    pub(crate) coverage: Vec<Coverage>,
    pub(crate) licenses: Option<Allowed>,
    pub(crate) extensions: Vec<DeclaredExtension>,
    pub(crate) taxonomy: Extras,
    pub(crate) levels: Vec<SetLevel>,
    pub(crate) max_age: Option<MaxAge>,
    /// What the build hook writes beside the report, each format once.
    pub(crate) formats: Vec<AskedFormat>,
    pub(crate) files_asked: Files,
    pub(crate) tests_asked: Tests,
    pub(crate) exceptions: Exceptions,
    /// The stage at which every card is taken to be, whatever it says.
    pub(crate) assumed_stage: Option<Stage>,
}

/// Which fields a policy asks for and which it does without; each path once in each list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    pub(crate) require: Vec<Demand>,
    pub(crate) optional: Vec<Demand>,
    /// Those in whose place no reason may stand.
    pub(crate) answered: Vec<Demand>,
    /// Those whose dates are days.
    pub(crate) days: Vec<Demand>,
}

/// What a policy says of cards at a stage.
#[derive(Debug, Clone)]
pub(crate) struct OfStage {
    pub(crate) stage: Stage,
    pub(crate) fields: Fields,
    pub(crate) risk: Limits,
}

/// The highest risks that a policy allows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Limits {
    pub(crate) residual: Option<Limit>,
    pub(crate) open: Option<Limit>,
}

/// The highest risk that a line of the policy allows.
#[derive(Debug, Clone)]
pub(crate) struct Limit {
    pub(crate) value: Risk,
    pub(crate) place: Place,
}

/// A field of which the policy says something.
#[derive(Debug, Clone)]
pub(crate) struct Demand {
    pub(crate) path: String,
    pub(crate) place: Place,
}

/// A format that the build hook is to write.
#[derive(Debug, Clone)]
#[cfg_attr(not(any(feature = "build", feature = "command")), expect(dead_code, reason = "the macro writes none"))]
pub(crate) struct AskedFormat {
    pub(crate) name: String,
    pub(crate) place: Place,
}

/// The objectives that cards of a class must cover.
#[derive(Debug, Clone)]
pub(crate) struct Coverage {
    pub(crate) class: AiClass,
    pub(crate) objectives: Vec<Objective>,
    pub(crate) place: Place,
}

/// The licences that a policy allows.
#[derive(Debug, Clone)]
pub(crate) struct Allowed {
    /// SPDX ids, with `WITH` and an exception where one is allowed.
    pub(crate) names: Vec<String>,
    pub(crate) place: Place,
}

/// A field of the organization's own.
#[derive(Debug, Clone)]
pub(crate) struct DeclaredExtension {
    /// The path below `extensions`.
    pub(crate) path: String,
    pub(crate) required: bool,
    pub(crate) doc: String,
    pub(crate) place: Place,
}

/// The ids that a policy adds to the taxonomies, in the order of its text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extras {
    all: Vec<Extra>,
    by_id: Names<'static>,
}

impl Extras {
    /// Adds an id, or says anew what it is called.
    pub(crate) fn set(&mut self, extra: Extra) {
        match self.by_id.get(&extra.id).and_then(|index| self.all.get_mut(index)) {
            Some(known) => *known = extra,
            None => {
                self.by_id.set(extra.id.clone().into(), self.all.len());
                self.all.push(extra);
            }
        }
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Extra> {
        self.all.get(self.by_id.get(id)?)
    }

    pub(crate) fn all(&self) -> &[Extra] {
        &self.all
    }
}

/// An id that the policy adds to the taxonomies.
#[derive(Debug, Clone)]
pub(crate) struct Extra {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) place: Place,
}

/// The level that the policy gives to a rule.
#[derive(Debug, Clone)]
pub(crate) struct SetLevel {
    pub(crate) code: &'static str,
    pub(crate) level: Level,
    pub(crate) place: Place,
}

/// How many days a card may be old.
#[derive(Debug, Clone)]
pub(crate) struct MaxAge {
    pub(crate) days: u32,
    pub(crate) place: Place,
}

/// The exceptions of a policy, by the rule and the path that they are from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Exceptions {
    all: Vec<Exception>,
    /// By the code of the rule; there are no more of them than rules.
    by_path: Vec<(&'static str, Names<'static>)>,
}

impl Exceptions {
    /// Those that are for this package. Of two for the same place the one that ends later counts.
    pub(crate) fn of(stated: Vec<Exception>, package: Option<&str>) -> Self {
        let mut exceptions = Exceptions::default();
        for exception in stated {
            if exception.package.is_none() || exception.package.as_deref() == package {
                exceptions.add(exception);
            }
        }
        exceptions
    }

    fn add(&mut self, exception: Exception) {
        let code = exception.rule.code;
        if self.from(exception.rule).is_none() {
            self.by_path.push((code, Names::default()));
        }
        let Some((_, by_path)) = self.by_path.iter_mut().find(|(of, _)| *of == code) else { return };
        let known = by_path.get(&exception.path).and_then(|index| self.all.get(index));
        if known.is_none_or(|known| known.expires < exception.expires) {
            by_path.set(exception.path.clone().into(), self.all.len());
        }
        self.all.push(exception);
    }

    /// All of them, in the order of the files.
    pub(crate) fn all(&self) -> &[Exception] {
        &self.all
    }

    /// Those from a rule, by their paths; the numbers count in [`Exceptions::all`].
    pub(crate) fn from(&self, rule: &Rule) -> Option<&Names<'static>> {
        self.by_path.iter().find(|(code, _)| *code == rule.code).map(|(_, by_path)| by_path)
    }
}

impl Policy {
    /// The level of this rule's findings.
    pub fn level(&self, rule: &Rule) -> Level {
        self.set_level(rule).map_or(rule.level, |set| set.level)
    }

    /// The same policy for cards that are taken to be at this stage, whatever they say.
    #[must_use]
    pub fn at_stage(self, stage: Stage) -> Self {
        Policy { assumed_stage: Some(stage), ..self }
    }

    /// What it lets pass, in the order of its files; those for other packages apart.
    pub fn exceptions(&self) -> &[Exception] {
        self.exceptions.all()
    }

    pub(crate) fn set_level(&self, rule: &Rule) -> Option<&SetLevel> {
        self.levels.iter().find(|set| set.code == rule.code)
    }

    /// Whether the policy does without a field that the schema requires.
    pub(crate) fn relaxes(&self, path: &Path<'_>, stage: DeclaredStage) -> bool {
        let relaxes = |fields: &Fields| above(&fields.optional, path).is_some();
        relaxes(&self.everywhere) || self.at(stage).iter().any(|of_stage| relaxes(&of_stage.fields))
    }

    /// The line of one of the policy's lists that is about this path.
    pub(crate) fn wants(
        &self,
        list: fn(&Fields) -> &[Demand],
        path: &Path<'_>,
        stage: DeclaredStage,
    ) -> Option<&Place> {
        let own = || above(list(&self.known(stage)?.fields), path);
        above(list(&self.everywhere), path).or_else(own)
    }

    /// Whether anything is in one of the policy's lists.
    pub(crate) fn wants_any(&self, list: fn(&Fields) -> &[Demand]) -> bool {
        !list(&self.everywhere).is_empty() || self.stages.iter().any(|of_stage| !list(&of_stage.fields).is_empty())
    }

    /// The fields that the policy requires of a card at this stage.
    ///
    /// What a stage says counts more than what is said for all; in one place, what is required
    /// counts more than what is optional.
    pub(crate) fn demands(&self, stage: DeclaredStage) -> Vec<&Demand> {
        let mut demands = Vec::new();
        for demand in &self.everywhere.require {
            let relaxes = |of_stage: &OfStage| covering(&of_stage.fields.optional, &demand.path).is_some();
            if !self.at(stage).iter().any(relaxes) {
                demands.push(demand);
            }
        }
        if let Some(of_stage) = self.known(stage) {
            for demand in &of_stage.fields.require {
                demands.push(demand);
            }
        }
        demands
    }

    /// What the policy says of a stage; of any stage while the stage is unknown.
    fn at(&self, stage: DeclaredStage) -> &[OfStage] {
        match stage {
            DeclaredStage::Later => &self.stages,
            stage => self.known(stage).map_or(&[], slice::from_ref),
        }
    }

    /// What the policy says of a stage that is known.
    fn known(&self, stage: DeclaredStage) -> Option<&OfStage> {
        match stage {
            DeclaredStage::Known(stage) => self.of_stage(stage),
            DeclaredStage::None | DeclaredStage::Later => None,
        }
    }

    pub(crate) fn of_stage(&self, stage: Stage) -> Option<&OfStage> {
        self.stages.iter().find(|of_stage| of_stage.stage == stage)
    }

    /// What the policy says of a stage, to be added to.
    pub(crate) fn of_stage_mut(&mut self, stage: Stage) -> Option<&mut OfStage> {
        if self.of_stage(stage).is_none() {
            self.stages.push(OfStage { stage, fields: Fields::default(), risk: Limits::default() });
        }
        self.stages.iter_mut().find(|of_stage| of_stage.stage == stage)
    }

    /// The highest residual risk that the policy allows a card at this stage.
    pub(crate) fn max_residual(&self, stage: DeclaredStage) -> Option<&Limit> {
        self.limit(stage, |limits| limits.residual.as_ref())
    }

    /// The highest risk of an open threat that the policy allows a card at this stage.
    pub(crate) fn max_open(&self, stage: DeclaredStage) -> Option<&Limit> {
        self.limit(stage, |limits| limits.open.as_ref())
    }

    /// What a stage says counts instead of what is said for all; while the stage is unknown,
    /// nothing does.
    pub(crate) fn limit(&self, stage: DeclaredStage, of: fn(&Limits) -> Option<&Limit>) -> Option<&Limit> {
        if stage == DeclaredStage::Later {
            return None;
        }
        let own = self.known(stage).and_then(|of_stage| of(&of_stage.risk));
        own.or_else(|| of(&self.risk))
    }

    /// The objectives that a card of this class must cover: those that the policy names, or all
    /// that apply.
    pub(crate) fn coverage(&self, class: AiClass) -> Vec<Objective> {
        if let Some(named) = self.coverage.iter().find(|coverage| coverage.class == class) {
            return named.objectives.clone();
        }
        let mut objectives = Vec::new();
        for objective in Objective::ALL {
            if objective.applies_to(class) {
                objectives.push(objective);
            }
        }
        objectives
    }

    /// The name of an id that the policy adds to the taxonomies.
    pub(crate) fn extra(&self, id: &str) -> Option<&str> {
        self.taxonomy.get(id).map(|extra| extra.name.as_str())
    }

    pub(crate) fn licenses(&self) -> Option<&Allowed> {
        self.licenses.as_ref()
    }

    pub(crate) fn extensions(&self) -> &[DeclaredExtension] {
        &self.extensions
    }
}

/// What a card says of its stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeclaredStage {
    /// It says nothing, or nothing valid.
    None,
    /// This stage.
    Known(Stage),
    /// An expression that only the build hook can see.
    Later,
}

/// The line of a list that names this path or a block that it lies in.
pub(crate) fn covering<'p>(listed: &'p [Demand], path: &str) -> Option<&'p Place> {
    listed.iter().find(|listed| is_within(path, &listed.path)).map(|listed| &listed.place)
}

/// Whether a path is this one, or lies beneath it.
pub(crate) fn is_within(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The line of a list that names this place of a card or a block that it lies in.
fn above<'p>(listed: &'p [Demand], path: &Path<'_>) -> Option<&'p Place> {
    listed.iter().find(|listed| path.is_within(&listed.path)).map(|listed| &listed.place)
}
