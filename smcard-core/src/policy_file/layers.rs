//! Laying files over each other: a nearer one may ask for more, and for less only where the outer
//! one leaves it that.

use std::slice;
use std::sync::Arc;

mod evidence;

use crate::card::{SecurityCard, Stage};
use crate::exception::Exception;
use crate::excerpt::shown;
use crate::finding::{Findings, Problem};
use crate::names::Names;
use crate::policy::{
    Allowed, Coverage, DeclaredExtension, DeclaredStage, Demand, Exceptions, Extras, Fields, Limit, Limits, MaxAge,
    OfStage, Place, Policy, PolicyFile, SetLevel, covering, is_within,
};
use crate::policy_file::read::{Said, read};
use crate::policy_file::section::Source;
use crate::rules::{self, POLICY_LOOSENED};

/// Reads files, the outermost first: what they ask together, what is wrong with them, and whether
/// each could be read at all.
pub(super) fn lay(files: &[(&str, &[u8])], package: Option<&str>) -> (Policy, Findings, bool) {
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
    let Said { policy: mut nearer, exceptions: mut more, source } = said;
    let (Some(outermost), Some(top)) = (stack.first().and_then(|policy| policy.files.first()), stack.last()) else {
        // The outermost file may relax what smcard itself asks.
        stack.push(nearer);
        exceptions.append(&mut more);
        return source.into_findings();
    };
    let mut policy = top.clone();
    let layer = Layer { source: &source, outermost, beneath: stack };
    layer.optional(&mut policy, None, &nearer.everywhere.optional);
    for OfStage { stage, fields, risk } in &nearer.stages {
        layer.optional(&mut policy, Some(*stage), &fields.optional);
        if let Some(of_stage) = policy.of_stage_mut(*stage) {
            add(&mut of_stage.fields.require, &fields.require);
            add(&mut of_stage.fields.answered, &fields.answered);
            add(&mut of_stage.fields.days, &fields.days);
        }
        layer.limits(&mut policy, Some(*stage), risk);
    }
    add(&mut policy.everywhere.require, &nearer.everywhere.require);
    add(&mut policy.everywhere.answered, &nearer.everywhere.answered);
    add(&mut policy.everywhere.days, &nearer.everywhere.days);
    layer.limits(&mut policy, None, &nearer.risk);
    for coverage in &nearer.coverage {
        layer.coverage(&mut policy, coverage);
    }
    if let Some(licenses) = nearer.licenses {
        layer.licenses(&mut policy, licenses);
    }
    layer.extensions(&mut policy, &nearer.extensions);
    layer.taxonomy(&mut policy, &nearer.taxonomy);
    if let Some(max_age) = nearer.max_age.take() {
        layer.max_age(&mut policy, max_age);
    }
    for level in &nearer.levels {
        layer.level(&mut policy, level);
    }
    for asked in nearer.formats {
        if !policy.formats.iter().any(|known| known.name == asked.name) {
            policy.formats.push(asked);
        }
    }
    layer.files(&mut policy, nearer.files_asked);
    layer.tests(&mut policy, nearer.tests_asked);
    layer.exceptions(&policy, exceptions, more);
    policy.files.append(&mut nearer.files);
    stack.push(policy);
    source.into_findings()
}

/// Adds what is not in a list yet: of two lines that ask the same, the outer one is named.
fn add(list: &mut Vec<Demand>, more: &[Demand]) {
    for demand in more {
        if !list.iter().any(|known| known.path == demand.path) {
            list.push(demand.clone());
        }
    }
}

fn by_path(extensions: &[DeclaredExtension]) -> Names<'static> {
    let mut by_path = Names::default();
    for (index, extension) in extensions.iter().enumerate() {
        by_path.set(extension.path.clone().into(), index);
    }
    by_path
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
    fn may(&self, word: &str, nearer: &Place, outer: Option<&Place>, what: &dyn Fn() -> String, but: &str) -> bool {
        let file = outer.map_or(self.outermost, |outer| &outer.file);
        if file.leaves(word) {
            return true;
        }
        self.source.report(POLICY_LOOSENED, nearer.span.clone(), &|| {
            let by = outer.map_or_else(|| "smcard".to_owned(), Place::to_string);
            Problem::new(format!("{}, but {by} {but}", what())).help(format!(
                "ask for no less than the outer file, or delegate this in `{}`:\n[policy]\ndelegate = [\"{word}\"]",
                file.name
            ))
        });
        false
    }

    fn optional(&self, policy: &mut Policy, stage: Option<Stage>, demands: &[Demand]) {
        for demand in demands {
            if self.beneath.iter().all(|outer| self.may_be_optional(outer, stage, demand)) {
                let fields = match stage {
                    Some(stage) => policy.of_stage_mut(stage).map(|of_stage| &mut of_stage.fields),
                    None => Some(&mut policy.everywhere),
                };
                let Some(fields) = fields else { continue };
                fields.require.retain(|required| !is_within(&required.path, &demand.path));
                add(&mut fields.optional, slice::from_ref(demand));
            }
        }
    }

    fn may_be_optional(&self, outer: &Policy, stage: Option<Stage>, demand: &Demand) -> bool {
        let nothing = Fields::default();
        let of_stage = stage.and_then(|stage| outer.of_stage(stage));
        let of_stage = of_stage.map_or(&nothing, |of_stage| &of_stage.fields);
        let what = || format!("`{}` is made optional", demand.path);
        let kept =
            |required: &Demand| is_within(&required.path, &demand.path) && !required.place.file.leaves("optional");
        let everywhere = |required: &&Demand| kept(required) && covering(&of_stage.optional, &required.path).is_none();
        let required = outer.everywhere.require.iter().find(everywhere);
        if let Some(required) = required.or_else(|| of_stage.require.iter().find(|required| kept(required))) {
            return self.may("optional", &demand.place, Some(&required.place), &what, "requires it");
        }
        let relaxed = |path: &str| {
            covering(&of_stage.optional, path).is_some() || covering(&outer.everywhere.optional, path).is_some()
        };
        let by_schema = SecurityCard::SCHEMA.all_paths().iter().any(|path| {
            is_within(path, &demand.path)
                && SecurityCard::SCHEMA.at(path).is_some_and(|field| field.required)
                && !relaxed(path)
        });
        !by_schema || self.may("optional", &demand.place, None, &what, "requires it")
    }

    fn limits(&self, policy: &mut Policy, stage: Option<Stage>, limits: &Limits) {
        let residual = self.may_limit(stage, limits, "max_residual", |limits| limits.residual.as_ref());
        let open = self.may_limit(stage, limits, "max_open", |limits| limits.open.as_ref());
        if residual.is_none() && open.is_none() {
            return;
        }
        let own = match stage {
            Some(stage) => policy.of_stage_mut(stage).map(|of_stage| &mut of_stage.risk),
            None => Some(&mut policy.risk),
        };
        let Some(own) = own else { return };
        if residual.is_some() {
            own.residual = residual.cloned();
        }
        if open.is_some() {
            own.open = open.cloned();
        }
    }

    /// The limit that this file sets, if it may.
    fn may_limit<'n>(
        &self,
        stage: Option<Stage>,
        nearer: &'n Limits,
        name: &str,
        of: fn(&Limits) -> Option<&Limit>,
    ) -> Option<&'n Limit> {
        let stage = stage.map_or(DeclaredStage::None, DeclaredStage::Known);
        let nearer = of(nearer)?;
        let may = self.beneath.iter().all(|outer| {
            let Some(outer) = outer.limit(stage, of).filter(|outer| outer.value < nearer.value) else { return true };
            let what = || format!("`{name}` is raised to `{}`", nearer.value.name().to_lowercase());
            let but = format!("allows `{}` at most", outer.value.name().to_lowercase());
            self.may("risk", &nearer.place, Some(&outer.place), &what, &but)
        });
        may.then_some(nearer)
    }

    fn max_age(&self, policy: &mut Policy, nearer: MaxAge) {
        let may = self.beneath.iter().all(|outer| {
            let Some(outer) = outer.max_age.as_ref().filter(|outer| outer.days < nearer.days) else { return true };
            let what = || format!("`max_age_days` is raised to {}", nearer.days);
            let but = format!("allows {} at most", outer.days);
            self.may("review", &nearer.place, Some(&outer.place), &what, &but)
        });
        if may {
            policy.max_age = Some(nearer);
        }
    }

    fn coverage(&self, policy: &mut Policy, nearer: &Coverage) {
        let may = self.beneath.iter().all(|outer| {
            let place = outer.coverage.iter().find(|known| known.class == nearer.class).map(|known| &known.place);
            let asked = outer.coverage(nearer.class);
            let Some(lacks) = asked.iter().find(|asked| !nearer.objectives.contains(asked)) else { return true };
            let what = || format!("`{}` need not be covered", lacks.field());
            self.may("coverage", &nearer.place, place, &what, "asks for it")
        });
        if may {
            policy.coverage.retain(|known| known.class != nearer.class);
            policy.coverage.push(nearer.clone());
        }
    }

    fn licenses(&self, policy: &mut Policy, nearer: Allowed) {
        let may = self.beneath.iter().all(|outer| {
            let Some(outer) = &outer.licenses else { return true };
            let mut names = Names::default();
            for name in &outer.names {
                names.add(name);
            }
            let Some(more) = nearer.names.iter().find(|name| !names.contains(name)) else { return true };
            let what = || format!("`{}` is allowed", shown(more));
            self.may("license", &nearer.place, Some(&outer.place), &what, "does not allow it")
        });
        if may {
            policy.licenses = Some(nearer);
        }
    }

    fn extensions(&self, policy: &mut Policy, nearer: &[DeclaredExtension]) {
        let mut outers = Vec::new();
        for outer in self.beneath {
            outers.push((outer, by_path(&outer.extensions)));
        }
        let known = by_path(&policy.extensions);
        for extension in nearer {
            let what = || format!("the extension `{}` is no longer required", shown(&extension.path));
            let may = outers.iter().all(|(outer, by_path)| {
                let outer = by_path.get(&extension.path).and_then(|index| outer.extensions.get(index));
                let Some(outer) = outer.filter(|outer| outer.required && !extension.required) else { return true };
                self.may("extension", &extension.place, Some(&outer.place), &what, "requires it")
            });
            let index = known.get(&extension.path);
            match index.and_then(|index| policy.extensions.get_mut(index)) {
                _ if !may => {}
                Some(outer) => {
                    let doc = if extension.doc.is_empty() { &outer.doc } else { &extension.doc };
                    *outer = DeclaredExtension { doc: doc.clone(), ..extension.clone() };
                }
                None => policy.extensions.push(extension.clone()),
            }
        }
    }

    fn taxonomy(&self, policy: &mut Policy, nearer: &Extras) {
        for extra in nearer.all() {
            let may = self.beneath.iter().all(|outer| {
                let outer = outer.taxonomy.get(&extra.id);
                let what = || format!("the id `{}` is added to the taxonomies", shown(&extra.id));
                let but = if outer.is_some() { "gives it another name" } else { "does not know it" };
                outer.is_some_and(|outer| outer.name == extra.name)
                    || self.may("taxonomy", &extra.place, outer.map(|outer| &outer.place), &what, but)
            });
            if may {
                policy.taxonomy.set(extra.clone());
            }
        }
    }

    fn level(&self, policy: &mut Policy, nearer: &SetLevel) {
        let Some(rule) = rules::named(nearer.code) else { return };
        let may = self.beneath.iter().all(|outer| {
            let before = outer.level(rule);
            let what = || format!("the level of `{}` is lowered to `{}`", nearer.code, nearer.level.name());
            let but = format!("makes it `{}`", before.name());
            let place = outer.set_level(rule).map(|set| &set.place);
            nearer.level >= before || self.may(&format!("level.{}", nearer.code), &nearer.place, place, &what, &but)
        });
        if may {
            policy.levels.retain(|set| set.code != nearer.code);
            policy.levels.push(nearer.clone());
        }
    }

    /// An exception may be from anything that any outer file asks, so each of them must leave that.
    fn exceptions(&self, policy: &Policy, exceptions: &mut Vec<Exception>, mut nearer: Vec<Exception>) {
        let Some(file) = policy.files.iter().find(|file| !file.leaves("exception")) else {
            exceptions.append(&mut nearer);
            return;
        };
        for exception in &nearer {
            self.source.report(POLICY_LOOSENED, exception.span.clone(), &|| {
                Problem::new(format!("an exception to {exception}, but {} does not delegate exceptions", file.name))
                    .help(format!(
                        "add the exception to `{}` instead, or delegate exceptions there:\n[policy]\ndelegate = [\"exception\"]",
                        file.name
                    ))
            });
        }
    }
}
