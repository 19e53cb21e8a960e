//! Laying files over each other: a nearer one may ask for more, and for less only where the outer
//! one leaves it that.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::card::{SecurityCard, Stage};
use crate::exception::Exception;
use crate::excerpt::shown;
use crate::finding::{Findings, Problem};
use crate::policy::{
    Allowed, Coverage, DeclaredExtension, DeclaredStage, Demand, Exceptions, Extra, Fields, Limit, Limits, Place,
    Policy, PolicyFile, SetLevel, covering, is_within,
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
    let (mut stack, mut exceptions) = (Vec::new(), Vec::new());
    let (mut findings, mut readable) = (Findings::NONE, true);
    for (name, bytes) in files {
        match read(bytes, name) {
            Ok(said) => findings.append(over(&mut stack, &mut exceptions, said)),
            Err(unreadable) => {
                readable = false;
                findings.append(unreadable);
            }
        }
    }
    let mut policy = stack.pop().unwrap_or_default();
    policy.exceptions = Exceptions::of(exceptions, package);
    (policy, findings, readable)
}

/// Lays a file over those beneath it, and gives what is wrong with it. The stack holds what the
/// first file asks, what the first two ask together, and so on.
fn over(stack: &mut Vec<Policy>, exceptions: &mut Vec<Exception>, said: Said<'_>) -> Findings {
    let Said { policy: nearer, exceptions: more, source } = said;
    let (Some(outermost), Some(top)) = (stack.first().and_then(|policy| policy.files.first()), stack.last()) else {
        // The outermost file may relax what smcard itself asks.
        stack.push(nearer);
        exceptions.extend(more);
        return source.into_findings();
    };
    let mut policy = top.clone();
    let layer = Layer { source: &source, outermost, beneath: stack };
    layer.optional(&mut policy, None, nearer.everywhere.optional);
    for (stage, of_stage) in nearer.stages {
        layer.optional(&mut policy, Some(stage), of_stage.fields.optional);
        let fields = &mut policy.stages.entry(stage).or_default().fields;
        add(&mut fields.require, of_stage.fields.require);
        add(&mut fields.answered, of_stage.fields.answered);
        layer.limits(&mut policy, Some(stage), of_stage.risk);
    }
    add(&mut policy.everywhere.require, nearer.everywhere.require);
    add(&mut policy.everywhere.answered, nearer.everywhere.answered);
    layer.limits(&mut policy, None, nearer.risk);
    nearer.coverage.into_iter().for_each(|coverage| layer.coverage(&mut policy, coverage));
    if let Some(licenses) = nearer.licenses {
        layer.licenses(&mut policy, licenses);
    }
    layer.extensions(&mut policy, nearer.extensions);
    layer.taxonomy(&mut policy, nearer.taxonomy);
    nearer.levels.into_iter().for_each(|level| layer.level(&mut policy, level));
    layer.exceptions(&policy, exceptions, more);
    policy.files.extend(nearer.files);
    stack.push(policy);
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

/// A file that is laid over others.
struct Layer<'l> {
    source: &'l Source<'l>,
    /// What smcard itself asks, the outermost file may leave to nearer ones.
    outermost: &'l Arc<PolicyFile>,
    /// What the files beneath ask: each of them has a say, also where one between asks for more.
    beneath: &'l [Policy],
}

impl Layer<'_> {
    /// Whether a nearer line may loosen what an outer line says, or smcard itself where there is
    /// none. Tells of it if not, in the words `what` and `but`.
    fn may(&self, word: &str, nearer: &Place, outer: Option<&Place>, what: impl FnOnce() -> String, but: &str) -> bool {
        let file = outer.map_or(self.outermost, |outer| &outer.file);
        if file.leaves(word) {
            return true;
        }
        self.source.report(POLICY_LOOSENED, nearer.span.clone(), || {
            let by = outer.map_or_else(|| "smcard".to_owned(), Place::to_string);
            Problem::new(format!("{}, but {by} {but}", what())).help(format!(
                "ask for no less than the outer file, or delegate this in `{}`:\n[policy]\ndelegate = [\"{word}\"]",
                file.name
            ))
        });
        false
    }

    fn optional(&self, policy: &mut Policy, stage: Option<Stage>, demands: Vec<Demand>) {
        for demand in demands {
            if self.beneath.iter().all(|outer| self.may_be_optional(outer, stage, &demand)) {
                let fields = match stage {
                    Some(stage) => &mut policy.stages.entry(stage).or_default().fields,
                    None => &mut policy.everywhere,
                };
                fields.require.retain(|required| !is_within(&required.path, &demand.path));
                add(&mut fields.optional, vec![demand]);
            }
        }
    }

    fn may_be_optional(&self, outer: &Policy, stage: Option<Stage>, demand: &Demand) -> bool {
        let nothing = Fields::default();
        let of_stage = stage.and_then(|stage| outer.stages.get(&stage));
        let of_stage = of_stage.map_or(&nothing, |of_stage| &of_stage.fields);
        let everywhere = outer.everywhere.require.iter();
        let everywhere = everywhere.filter(|required| covering(&of_stage.optional, &required.path).is_none());
        let mut required = everywhere.chain(&of_stage.require);
        let what = || format!("`{}` is made optional", demand.path);
        if let Some(required) =
            required.find(|required| is_within(&required.path, &demand.path) && !required.place.file.leaves("optional"))
        {
            return self.may("optional", &demand.place, Some(&required.place), what, "requires it");
        }
        let relaxed = |path: &str| {
            covering(&of_stage.optional, path).is_some() || covering(&outer.everywhere.optional, path).is_some()
        };
        let by_schema = SecurityCard::SCHEMA.all_paths().into_iter().any(|path| {
            is_within(&path, &demand.path)
                && SecurityCard::SCHEMA.at(&path).is_some_and(|field| field.required)
                && !relaxed(&path)
        });
        !by_schema || self.may("optional", &demand.place, None, what, "requires it")
    }

    fn limits(&self, policy: &mut Policy, stage: Option<Stage>, limits: Limits) {
        let residual = limits
            .residual
            .filter(|nearer| self.may_limit(stage, nearer, "max_residual", |limits| limits.residual.as_ref()));
        let open =
            limits.open.filter(|nearer| self.may_limit(stage, nearer, "max_open", |limits| limits.open.as_ref()));
        if residual.is_none() && open.is_none() {
            return;
        }
        let own = match stage {
            Some(stage) => &mut policy.stages.entry(stage).or_default().risk,
            None => &mut policy.risk,
        };
        own.residual = residual.or(own.residual.take());
        own.open = open.or(own.open.take());
    }

    fn may_limit(&self, stage: Option<Stage>, nearer: &Limit, name: &str, of: fn(&Limits) -> Option<&Limit>) -> bool {
        let stage = stage.map_or(DeclaredStage::None, DeclaredStage::Known);
        self.beneath.iter().all(|outer| {
            let Some(outer) = outer.limit(stage, of).filter(|outer| outer.value < nearer.value) else { return true };
            let what = || format!("`{name}` is raised to `{}`", nearer.value.name().to_lowercase());
            let but = format!("allows `{}` at most", outer.value.name().to_lowercase());
            self.may("risk", &nearer.place, Some(&outer.place), what, &but)
        })
    }

    fn coverage(&self, policy: &mut Policy, nearer: Coverage) {
        let may = self.beneath.iter().all(|outer| {
            let place = outer.coverage.iter().find(|known| known.class == nearer.class).map(|known| &known.place);
            let mut asked = outer.coverage(nearer.class).into_iter();
            let Some(lacks) = asked.find(|objective| !nearer.objectives.contains(objective)) else { return true };
            let what = || format!("`{}` need not be covered", lacks.field());
            self.may("coverage", &nearer.place, place, what, "asks for it")
        });
        if may {
            policy.coverage.retain(|known| known.class != nearer.class);
            policy.coverage.push(nearer);
        }
    }

    fn licenses(&self, policy: &mut Policy, nearer: Allowed) {
        let may = self.beneath.iter().filter_map(|outer| outer.licenses.as_ref()).all(|outer| {
            let names: HashSet<&String> = outer.names.iter().collect();
            let Some(more) = nearer.names.iter().find(|name| !names.contains(name)) else { return true };
            let what = || format!("`{}` is allowed", shown(more));
            self.may("license", &nearer.place, Some(&outer.place), what, "does not allow it")
        });
        if may {
            policy.licenses = Some(nearer);
        }
    }

    fn extensions(&self, policy: &mut Policy, nearer: Vec<DeclaredExtension>) {
        let required = self.beneath.iter().map(|outer| {
            let required = outer.extensions.iter().filter(|extension| extension.required);
            required.map(|extension| (extension.path.as_str(), &extension.place)).collect()
        });
        let required: Vec<HashMap<&str, &Place>> = required.collect();
        let known = policy.extensions.iter().enumerate().map(|(index, known)| (known.path.clone(), index));
        let known: HashMap<String, usize> = known.collect();
        for extension in nearer {
            let mut places = required.iter().filter_map(|outer| outer.get(&*extension.path));
            let what = || format!("the extension `{}` is no longer required", shown(&extension.path));
            let may = extension.required
                || places.all(|outer| self.may("extension", &extension.place, Some(outer), what, "requires it"));
            let index = known.get(&extension.path);
            match index.and_then(|index| policy.extensions.get_mut(*index)) {
                _ if !may => {}
                Some(outer) => {
                    let doc = if extension.doc.is_empty() { outer.doc.clone() } else { extension.doc };
                    *outer = DeclaredExtension { doc, ..extension };
                }
                None => policy.extensions.push(extension),
            }
        }
    }

    fn taxonomy(&self, policy: &mut Policy, nearer: HashMap<String, Extra>) {
        let mut nearer: Vec<(String, Extra)> = nearer.into_iter().collect();
        nearer.sort_by_key(|(_, extra)| extra.place.span.start);
        for (id, extra) in nearer {
            let may = self.beneath.iter().all(|outer| {
                let outer = outer.taxonomy.get(&id);
                let what = || format!("the id `{}` is added to the taxonomies", shown(&id));
                let but = if outer.is_some() { "gives it another name" } else { "does not know it" };
                outer.is_some_and(|outer| outer.name == extra.name)
                    || self.may("taxonomy", &extra.place, outer.map(|outer| &outer.place), what, but)
            });
            if may {
                policy.taxonomy.insert(id, extra);
            }
        }
    }

    fn level(&self, policy: &mut Policy, nearer: SetLevel) {
        let Some(rule) = rules::named(nearer.code) else { return };
        let may = self.beneath.iter().all(|outer| {
            let before = outer.level(rule);
            let what = || format!("the level of `{}` is lowered to `{}`", nearer.code, nearer.level.name());
            let but = format!("makes it `{}`", before.name());
            let place = outer.set_level(rule).map(|set| &set.place);
            nearer.level >= before || self.may(&format!("level.{}", nearer.code), &nearer.place, place, what, &but)
        });
        if may {
            policy.levels.retain(|set| set.code != nearer.code);
            policy.levels.push(nearer);
        }
    }

    /// An exception may be from anything that any outer file asks, so each of them must leave that.
    fn exceptions(&self, policy: &Policy, exceptions: &mut Vec<Exception>, nearer: Vec<Exception>) {
        let Some(file) = policy.files.iter().find(|file| !file.leaves("exception")) else {
            exceptions.extend(nearer);
            return;
        };
        for exception in nearer {
            self.source.report(POLICY_LOOSENED, exception.span.clone(), || {
                Problem::new(format!("an exception to {exception}, but {} does not delegate exceptions", file.name))
                    .help(format!(
                        "add the exception to `{}` instead, or delegate exceptions there:\n[policy]\ndelegate = [\"exception\"]",
                        file.name
                    ))
            });
        }
    }
}
