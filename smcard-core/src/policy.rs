//! [`Policy`]: what an organization asks of its cards, and what the rules ask it.
//!
//! How a policy is found and read is in `policy_file`.

use crate::card::{AiClass, Objective, Risk, Stage};
use crate::rule::{Level, Rule};

/// What an organization asks of its cards, on top of the schema.
///
/// The default policy asks for nothing on top.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// What messages call the file.
    pub(crate) file: String,
    pub(crate) everywhere: Fields,
    pub(crate) stages: Vec<(Stage, OfStage)>,
    pub(crate) risk: Limits,
    pub(crate) coverage: Vec<(AiClass, Vec<Objective>)>,
    pub(crate) licenses: Option<Allowed>,
    pub(crate) extensions: Vec<DeclaredExtension>,
    pub(crate) taxonomy: Vec<(String, String)>,
    pub(crate) levels: Vec<(&'static str, Level)>,
}

/// Which fields a policy asks for and which it does without.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    pub(crate) require: Vec<Demand>,
    pub(crate) optional: Vec<String>,
}

/// What a policy says of cards at a stage.
#[derive(Debug, Clone, Default)]
pub(crate) struct OfStage {
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
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) value: Risk,
    pub(crate) line: usize,
}

/// A field that the policy requires.
#[derive(Debug, Clone)]
pub(crate) struct Demand {
    pub(crate) path: String,
    pub(crate) line: usize,
}

/// The licences that a policy allows.
#[derive(Debug, Clone)]
pub(crate) struct Allowed {
    /// SPDX ids, with `WITH` and an exception where one is allowed.
    pub(crate) names: Vec<String>,
    pub(crate) line: usize,
}

/// A field of the organization's own.
#[derive(Debug, Clone)]
pub(crate) struct DeclaredExtension {
    /// The path below `extensions`.
    pub(crate) path: String,
    pub(crate) required: bool,
    pub(crate) doc: String,
    pub(crate) line: usize,
}

impl Policy {
    /// What a finding of this rule weighs.
    pub fn level(&self, rule: &Rule) -> Level {
        let set = self.levels.iter().find(|(code, _)| *code == rule.code);
        set.map_or(rule.level, |(_, level)| *level)
    }

    /// Whether the policy does without a field that the schema requires.
    pub(crate) fn relaxes(&self, path: &str, stage: DeclaredStage) -> bool {
        self.at(stage).chain([&self.everywhere]).any(|fields| covers(&fields.optional, path))
    }

    /// The fields that the policy requires of a card at this stage.
    ///
    /// What a stage says counts more than what is said for all; in one place, what is required
    /// counts more than what is optional.
    pub(crate) fn demands(&self, stage: DeclaredStage) -> impl Iterator<Item = &Demand> {
        let everywhere = self.everywhere.require.iter();
        let kept =
            everywhere.filter(move |demand| !self.at(stage).any(|fields| covers(&fields.optional, &demand.path)));
        let of_stage = self.at(stage).filter(move |_| stage != DeclaredStage::Later);
        kept.chain(of_stage.flat_map(|fields| &fields.require))
    }

    /// What the policy says of a stage; of any stage while the stage is unknown.
    fn at(&self, stage: DeclaredStage) -> impl Iterator<Item = &Fields> {
        let may_be = move |of: Stage| match stage {
            DeclaredStage::None => false,
            DeclaredStage::Known(stage) => of == stage,
            DeclaredStage::Later => true,
        };
        self.stages.iter().filter(move |(of, _)| may_be(*of)).map(|(_, of_stage)| &of_stage.fields)
    }

    /// The highest residual risk that the policy allows a card at this stage.
    pub(crate) fn max_residual(&self, stage: DeclaredStage) -> Option<Limit> {
        self.limit(stage, |limits| limits.residual)
    }

    /// The highest risk of an open threat that the policy allows a card at this stage.
    pub(crate) fn max_open(&self, stage: DeclaredStage) -> Option<Limit> {
        self.limit(stage, |limits| limits.open)
    }

    /// What a stage says counts instead of what is said for all; while the stage is unknown,
    /// nothing does.
    fn limit(&self, stage: DeclaredStage, of: impl Fn(&Limits) -> Option<Limit>) -> Option<Limit> {
        let own = self.stages.iter().find(|(known, _)| stage == DeclaredStage::Known(*known));
        let own = own.and_then(|(_, of_stage)| of(&of_stage.risk));
        own.or_else(|| of(&self.risk).filter(|_| stage != DeclaredStage::Later))
    }

    /// The objectives that a card of this class must cover: those that the policy names, or all
    /// that apply.
    pub(crate) fn coverage(&self, class: AiClass) -> Vec<Objective> {
        let named = self.coverage.iter().find(|(of, _)| *of == class).map(|(_, objectives)| objectives.clone());
        named.unwrap_or_else(|| Objective::ALL.into_iter().filter(|objective| objective.applies_to(class)).collect())
    }

    /// The name of an id that the policy adds to the taxonomies.
    pub(crate) fn extra(&self, id: &str) -> Option<&str> {
        self.taxonomy.iter().find(|(known, _)| known == id).map(|(_, name)| name.as_str())
    }

    pub(crate) fn licenses(&self) -> Option<&Allowed> {
        self.licenses.as_ref()
    }

    pub(crate) fn extensions(&self) -> &[DeclaredExtension] {
        &self.extensions
    }

    /// What a message calls a line of the policy.
    pub(crate) fn place(&self, line: usize) -> String {
        format!("{}:{line}", self.file)
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

/// Whether a list of paths holds this one or a block that it lies in.
fn covers(paths: &[String], path: &str) -> bool {
    paths
        .iter()
        .any(|listed| path.strip_prefix(listed.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}
