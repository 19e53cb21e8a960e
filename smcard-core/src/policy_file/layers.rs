//! Laying files over each other: a nearer one may ask for more, and for less only where the outer
//! one leaves it that.

use std::collections::HashMap;
use std::sync::Arc;

use crate::card::{Objective, SecurityCard, Stage};
use crate::exception::Exception;
use crate::excerpt::shown;
use crate::finding::{Findings, Problem};
use crate::policy::{
    Allowed, Coverage, DeclaredExtension, DeclaredStage, Demand, Exceptions, Extra, Fields, Limit, Limits,
    Place, Policy, PolicyFile, SetLevel, covering, is_within,
};
use crate::policy_file::read::{Said, read};
use crate::policy_file::section::Source;
use crate::rules::{self, POLICY_LOOSENED};

/// Reads files, the outermost first: what they ask together, what is wrong with them, and whether
/// each could be read at all.
pub(super) fn lay<'l>(
    files: impl IntoIterator<Item = (&'l str, &'l [u8])>,
    package: Option<&str>,
) -> (Policy, Findings, bool) {
    let (mut policy, mut exceptions) = (Policy::default(), Vec::new());
    let (mut findings, mut readable) = (Findings::NONE, true);
    for (name, bytes) in files {
        match read(bytes, name) {
            Ok(said) => findings.append(over(&mut policy, &mut exceptions, said)),
            Err(unreadable) => {
                readable = false;
                findings.append(unreadable);
            }
        }
    }
    policy.exceptions = Exceptions::of(exceptions, package);
    (policy, findings, readable)
}

/// Lays a file over those beneath it, and gives what is wrong with it.
fn over(policy: &mut Policy, exceptions: &mut Vec<Exception>, said: Said<'_>) -> Findings {
    let Said { policy: nearer, exceptions: more, source } = said;
    let Some(outermost) = policy.files.first().cloned() else {
        // The outermost file may relax what smcard itself asks.
        *policy = nearer;
        exceptions.extend(more);
        return source.into_findings();
    };
    let nearer_file = nearer.files;
    let layer = Layer { source: &source, outermost };
    layer.optional(policy, None, nearer.everywhere.optional);
    for (stage, of_stage) in nearer.stages {
        layer.optional(policy, Some(stage), of_stage.fields.optional);
        let fields = &mut policy.stages.entry(stage).or_default().fields;
        add(&mut fields.require, of_stage.fields.require);
        add(&mut fields.answered, of_stage.fields.answered);
        layer.limits(policy, Some(stage), of_stage.risk);
    }
    add(&mut policy.everywhere.require, nearer.everywhere.require);
    add(&mut policy.everywhere.answered, nearer.everywhere.answered);
    layer.limits(policy, None, nearer.risk);
    nearer.coverage.into_iter().for_each(|coverage| layer.coverage(policy, coverage));
    if let Some(licenses) = nearer.licenses {
        layer.licenses(policy, licenses);
    }
    layer.extensions(policy, nearer.extensions);
    layer.taxonomy(policy, nearer.taxonomy);
    nearer.levels.into_iter().for_each(|level| layer.level(policy, level));
    layer.exceptions(policy, exceptions, more);
    policy.files.extend(nearer_file);
    source.into_findings()
}

/// Adds what is not in a list yet: of two lines that ask the same, the outer one is named.
fn add(list: &mut Vec<Demand>, more: Vec<Demand>) {
    for demand in more {
        if !list.iter().any(|known| known.path == demand.path) {
            list.push(demand);
        }
    }
}

struct Layer<'l> {
    source: &'l Source<'l>,
    /// What smcard itself asks, the outermost file may leave to nearer ones.
    outermost: Arc<PolicyFile>,
}

impl Layer<'_> {
    /// Whether a nearer line may loosen what an outer line says, or smcard itself where there is
    /// none. Tells of it if not, in the words `what` and `but`.
    fn may(&self, word: &str, nearer: &Place, outer: Option<&Place>, what: impl FnOnce() -> String, but: &str) -> bool {
        let file = outer.map_or(&self.outermost, |outer| &outer.file);
        if file.leaves(word) {
            return true;
        }
        self.source.report(POLICY_LOOSENED, nearer.span.clone(), || {
            let by = outer.map_or_else(|| "smcard".to_owned(), Place::to_string);
            Problem::new(format!("{}, but {by} {but}", what())).help(format!(
                "ask for no less than the outer file; or leave it to nearer ones in `{}`:\n[policy]\ndelegate = [\"{word}\"]",
                file.name
            ))
        });
        false
    }

    fn optional(&self, policy: &mut Policy, stage: Option<Stage>, demands: Vec<Demand>) {
        for demand in demands {
            if self.may_be_optional(policy, stage, &demand) {
                let fields = match stage {
                    Some(stage) => &mut policy.stages.entry(stage).or_default().fields,
                    None => &mut policy.everywhere,
                };
                fields.require.retain(|required| !is_within(&required.path, &demand.path));
                add(&mut fields.optional, vec![demand]);
            }
        }
    }

    fn may_be_optional(&self, policy: &Policy, stage: Option<Stage>, demand: &Demand) -> bool {
        let nothing = Fields::default();
        let of_stage = stage.and_then(|stage| policy.stages.get(&stage));
        let of_stage = of_stage.map_or(&nothing, |of_stage| &of_stage.fields);
        let everywhere = policy.everywhere.require.iter();
        let everywhere = everywhere.filter(|required| covering(&of_stage.optional, &required.path).is_none());
        let mut required = everywhere.chain(&of_stage.require);
        let what = || format!("`{}` is made optional", demand.path);
        if let Some(required) = required.find(|required| {
            is_within(&required.path, &demand.path) && !required.place.file.leaves("optional")
        }) {
            return self.may("optional", &demand.place, Some(&required.place), what, "requires it");
        }
        let relaxed = |path: &str| {
            covering(&of_stage.optional, path).is_some() || covering(&policy.everywhere.optional, path).is_some()
        };
        let by_schema = SecurityCard::SCHEMA.all_paths().into_iter().any(|path| {
            is_within(&path, &demand.path)
                && SecurityCard::SCHEMA.at(&path).is_some_and(|field| field.required)
                && !relaxed(&path)
        });
        !by_schema || self.may("optional", &demand.place, None, what, "requires it")
    }

    fn limits(&self, policy: &mut Policy, stage: Option<Stage>, limits: Limits) {
        let declared = stage.map_or(DeclaredStage::None, DeclaredStage::Known);
        if let Some(limit) = limits.residual {
            if self.may_limit(policy.limit(declared, |limits| limits.residual.as_ref()), &limit, "max_residual") {
                own_limits(policy, stage).residual = Some(limit);
            }
        }
        if let Some(limit) = limits.open {
            if self.may_limit(policy.limit(declared, |limits| limits.open.as_ref()), &limit, "max_open") {
                own_limits(policy, stage).open = Some(limit);
            }
        }
    }

    fn may_limit(&self, outer: Option<&Limit>, nearer: &Limit, name: &str) -> bool {
        let Some(outer) = outer.filter(|outer| outer.value < nearer.value) else { return true };
        let what = || format!("`{name}` is raised to `{}`", nearer.value.name().to_lowercase());
        let but = format!("allows `{}` at most", outer.value.name().to_lowercase());
        self.may("risk", &nearer.place, Some(&outer.place), what, &but)
    }

    fn coverage(&self, policy: &mut Policy, nearer: Coverage) {
        let asked = policy.coverage(nearer.class);
        let index = policy.coverage.iter().position(|known| known.class == nearer.class);
        let outer = index.and_then(|index| policy.coverage.get(index)).map(|known| known.place.clone());
        let lacks: Vec<Objective> = asked.into_iter().filter(|it| !nearer.objectives.contains(it)).collect();
        if let Some(first) = lacks.first() {
            let what = || format!("`{}` need not be covered", first.field());
            if !self.may("coverage", &nearer.place, outer.as_ref(), what, "asks for it") {
                return;
            }
        }
        match index.and_then(|index| policy.coverage.get_mut(index)) {
            Some(known) => *known = nearer,
            None => policy.coverage.push(nearer),
        }
    }

    fn licenses(&self, policy: &mut Policy, nearer: Allowed) {
        if let Some(outer) = &policy.licenses {
            if let Some(more) = nearer.names.iter().find(|name| !outer.names.contains(name)) {
                let what = || format!("`{}` is allowed", shown(more));
                if !self.may("license", &nearer.place, Some(&outer.place), what, "does not allow it") {
                    return;
                }
            }
        }
        policy.licenses = Some(nearer);
    }

    fn extensions(&self, policy: &mut Policy, nearer: Vec<DeclaredExtension>) {
        let paths = policy.extensions.iter().enumerate().map(|(index, known)| (known.path.clone(), index));
        let known: HashMap<String, usize> = paths.collect();
        for extension in nearer {
            let index = known.get(&extension.path);
            let Some(outer) = index.and_then(|index| policy.extensions.get_mut(*index)) else {
                policy.extensions.push(extension);
                continue;
            };
            let what = || format!("the extension `{}` is no longer required", shown(&extension.path));
            let less = outer.required && !extension.required;
            if less && !self.may("extension", &extension.place, Some(&outer.place), what, "requires it") {
                continue;
            }
            let doc = if extension.doc.is_empty() { outer.doc.clone() } else { extension.doc };
            *outer = DeclaredExtension { doc, ..extension };
        }
    }

    fn taxonomy(&self, policy: &mut Policy, nearer: HashMap<String, Extra>) {
        let mut nearer: Vec<(String, Extra)> = nearer.into_iter().collect();
        nearer.sort_by_key(|(_, extra)| extra.place.span.start);
        for (id, extra) in nearer {
            let outer = policy.taxonomy.get(&id);
            if outer.is_some_and(|outer| outer.name == extra.name) {
                continue;
            }
            let what = || format!("the id `{}` is added to the taxonomies", shown(&id));
            let but = if outer.is_some() { "gives it another name" } else { "does not know it" };
            let place = outer.map(|outer| outer.place.clone());
            if self.may("taxonomy", &extra.place, place.as_ref(), what, but) {
                policy.taxonomy.insert(id, extra);
            }
        }
    }

    fn level(&self, policy: &mut Policy, nearer: SetLevel) {
        let Some(rule) = rules::named(nearer.code) else { return };
        let (before, outer) = (policy.level(rule), policy.set_level(rule).map(|set| set.place.clone()));
        if nearer.level < before {
            let what = || format!("the level of `{}` is lowered to `{}`", nearer.code, nearer.level.name());
            let but = format!("makes it `{}`", before.name());
            if !self.may(&format!("level.{}", nearer.code), &nearer.place, outer.as_ref(), what, &but) {
                return;
            }
        }
        policy.levels.retain(|set| set.code != nearer.code);
        policy.levels.push(nearer);
    }

    /// An exception may be from anything that any outer file asks, so each of them must leave that.
    fn exceptions(&self, policy: &Policy, exceptions: &mut Vec<Exception>, nearer: Vec<Exception>) {
        let Some(file) = policy.files.iter().find(|file| !file.leaves("exception")) else {
            exceptions.extend(nearer);
            return;
        };
        for exception in nearer {
            self.source.report(POLICY_LOOSENED, exception.span.clone(), || {
                Problem::new(format!("an exception of {exception}, but {} leaves no exceptions to nearer files", file.name))
                    .help(format!(
                        "have it written into `{}`; or leave exceptions to nearer files there:\n[policy]\ndelegate = [\"exception\"]",
                        file.name
                    ))
            });
        }
    }
}

fn own_limits(policy: &mut Policy, stage: Option<Stage>) -> &mut Limits {
    match stage {
        Some(stage) => &mut policy.stages.entry(stage).or_default().risk,
        None => &mut policy.risk,
    }
}
