//! [`Policy`]: what an organization asks of its cards, as `smcard.toml` says it.

use std::path::{Path, PathBuf};

use crate::card::{AiClass, Objective, Risk, Stage};
use crate::finding::{Finding, Findings, Level, Problem};
use crate::rules::{DeclaredStage, INVALID_POLICY, Rule};

mod discover;
mod read;
mod section;

use read::read;

/// The name of a policy file.
pub const FILE_NAME: &str = "smcard.toml";

/// What an organization asks of its cards, on top of the schema.
///
/// The default policy asks for nothing on top.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// What messages call the file.
    file: String,
    everywhere: Fields,
    stages: Vec<(Stage, OfStage)>,
    risk: Limits,
    coverage: Vec<(AiClass, Vec<Objective>)>,
    licenses: Option<Allowed>,
    extensions: Vec<DeclaredExtension>,
    taxonomy: Vec<(String, String)>,
    levels: Vec<(&'static str, Level)>,
}

/// A policy as it was found for a package.
#[derive(Debug, Clone)]
pub struct LoadedPolicy {
    /// The policy: the default one where there is no file, as much as could be read of a broken one.
    pub policy: Policy,
    /// The file, if there is one.
    pub file: Option<PathBuf>,
    /// What is wrong with the file.
    pub findings: Findings,
    /// Whether the file could be read at all; if not, no card can be checked against it.
    pub readable: bool,
}

/// Which fields a policy asks for and which it does without.
#[derive(Debug, Clone, Default)]
struct Fields {
    require: Vec<Demand>,
    optional: Vec<String>,
}

/// What a policy says of cards at a stage.
#[derive(Debug, Clone, Default)]
struct OfStage {
    fields: Fields,
    risk: Limits,
}

/// The highest risks that a policy allows.
#[derive(Debug, Clone, Default)]
struct Limits {
    residual: Option<Limit>,
    open: Option<Limit>,
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
    /// Finds and reads the policy of a package: the nearest `smcard.toml` upward from its folder,
    /// up to the root of its workspace.
    ///
    /// A file that is not there is no error; one that cannot be read is a finding.
    pub fn load(package: &Path) -> LoadedPolicy {
        let Some(file) = discover::nearest(package) else {
            return LoadedPolicy {
                policy: Policy::default(),
                file: None,
                findings: Findings(Vec::new()),
                readable: true,
            };
        };
        let name = discover::display_name(&file, package);
        let (policy, findings, readable) = match std::fs::read(&file) {
            Ok(bytes) => read(&bytes, &name),
            Err(error) => {
                let problem = Problem::new(format!("the policy cannot be opened: {error}"));
                let finding = Finding { file: Some(name), ..Finding::new(&INVALID_POLICY, "", 0, problem) };
                (Policy::default(), vec![finding], false)
            }
        };
        LoadedPolicy { policy, file: Some(file), findings: Findings(findings), readable }
    }

    /// Reads a policy from the text of a file, which messages call `file`.
    ///
    /// # Errors
    /// Everything that is wrong with it: TOML that cannot be parsed, unknown keys, fields and
    /// rules, values of the wrong kind.
    pub fn from_toml(text: &str, file: &str) -> Result<Self, Findings> {
        let (policy, findings, _) = read(text.as_bytes(), file);
        if findings.is_empty() { Ok(policy) } else { Err(Findings(findings)) }
    }

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

/// Whether a list of paths holds this one or a block that it lies in.
fn covers(paths: &[String], path: &str) -> bool {
    paths
        .iter()
        .any(|listed| path.strip_prefix(listed.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}
