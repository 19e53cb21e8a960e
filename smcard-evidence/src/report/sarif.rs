//! SARIF 2.1.0: runs of tools, each with results. Nulls that its schema forbids count as what is absent.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::json::{Fold, Folded, Loose, Object};
use super::{Draft, Outcome, Refs, ReportKind, shown};

#[derive(Debug, Deserialize)]
pub(super) struct Document {
    #[serde(default)]
    version: Loose,
    #[serde(default)]
    runs: Option<Folded<Runs>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Run {
    #[serde(default)]
    tool: Option<Object<Scanner>>,
    #[serde(default)]
    results: Option<Folded<Results>>,
    #[serde(default)]
    invocations: Option<Vec<Option<Object<Invocation>>>>,
}

#[derive(Debug, Deserialize)]
struct Scanner {
    #[serde(default)]
    driver: Option<Object<Driver>>,
}

#[derive(Debug, Deserialize)]
struct Driver {
    #[serde(default)]
    name: Loose,
    #[serde(default)]
    version: Loose,
    #[serde(rename = "semanticVersion", default)]
    semantic_version: Loose,
    #[serde(default)]
    rules: Option<Vec<Option<Object<Rule>>>>,
}

#[derive(Debug, Deserialize)]
struct Rule {
    #[serde(default)]
    id: Loose,
    #[serde(rename = "defaultConfiguration", default)]
    configuration: Option<Object<Configuration>>,
    #[serde(default)]
    properties: Option<Object<Properties>>,
    #[serde(default)]
    relationships: Option<Vec<Option<Object<Relationship>>>>,
}

#[derive(Debug, Deserialize)]
struct Configuration {
    #[serde(default)]
    level: Loose,
}

#[derive(Debug, Deserialize)]
struct Properties {
    #[serde(default)]
    tags: Loose,
}

#[derive(Debug, Deserialize)]
struct Relationship {
    #[serde(default)]
    target: Option<Object<Taxon>>,
}

/// What refers to an entry of a taxonomy.
#[derive(Debug, Deserialize)]
struct Taxon {
    #[serde(default)]
    id: Loose,
    #[serde(rename = "toolComponent", default)]
    taxonomy: Option<Object<Named>>,
}

#[derive(Debug, Deserialize)]
struct Named {
    #[serde(default)]
    name: Loose,
}

#[derive(Debug, Deserialize)]
struct Invocation {
    #[serde(rename = "executionSuccessful", default)]
    successful: Loose,
    #[serde(rename = "toolExecutionNotifications", default)]
    notifications: Option<Vec<Option<Object<Configuration>>>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Item {
    #[serde(default)]
    kind: Loose,
    #[serde(default)]
    level: Loose,
    #[serde(rename = "ruleId", default)]
    rule: Loose,
    #[serde(rename = "ruleIndex", default)]
    index: Loose,
    #[serde(rename = "baselineState", default)]
    baseline: Loose,
    #[serde(default)]
    properties: Option<Object<Properties>>,
    #[serde(default)]
    taxa: Option<Vec<Option<Object<Taxon>>>>,
}

const LEVELS: [&str; 4] = ["none", "note", "warning", "error"];

/// The results of one run.
#[derive(Debug)]
struct Results {
    draft: Draft,
    /// How often each rule failed where only the rule says how serious that is.
    without_level: BTreeMap<Cited, u64>,
}

/// A rule as a result names it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cited {
    Index(u64),
    Id(String),
    Nothing,
}

impl Default for Results {
    fn default() -> Self {
        Results { draft: Draft::new(ReportKind::Sarif), without_level: BTreeMap::new() }
    }
}

impl Fold for Results {
    type Item = Item;

    fn add(&mut self, item: Option<Item>) {
        let draft = &mut self.draft;
        let Some(item) = item else { return draft.problem("a result is null") };
        tags(item.properties.as_ref(), &mut draft.refs);
        item.taxa.iter().flatten().flatten().for_each(|Object(taxon)| cite(taxon, &mut draft.refs));
        let outcome = match outcome(&item) {
            Ok(outcome) => outcome,
            Err(message) => return draft.problem(message),
        };
        draft.count(outcome, 1);
        if outcome != Outcome::Failure {
            return;
        }
        match &item.level {
            Loose::Text(level) if LEVELS.contains(&level.as_str()) => {
                *draft.severities.entry(level.clone()).or_default() += 1;
            }
            Loose::Absent | Loose::Null => {
                let cited = match (&item.index, &item.rule) {
                    (Loose::Count(index), _) => Cited::Index(*index),
                    (_, Loose::Text(id)) => Cited::Id(id.clone()),
                    _ => Cited::Nothing,
                };
                *self.without_level.entry(cited).or_default() += 1;
            }
            level => draft.problem(format!("the level `{}` is unknown", shown(level.text().unwrap_or_default()))),
        }
    }
}

fn outcome(item: &Item) -> Result<Outcome, String> {
    let kind = match &item.kind {
        Loose::Absent | Loose::Null => "fail",
        Loose::Text(kind) => kind,
        _ => return Err("the kind of a result is not a text".to_owned()),
    };
    let absent = match &item.baseline {
        Loose::Absent | Loose::Null => false,
        Loose::Text(state) if matches!(state.as_str(), "new" | "unchanged" | "updated") => false,
        Loose::Text(state) if state == "absent" => true,
        _ => return Err("the baseline state of a result is unknown".to_owned()),
    };
    match kind {
        // It was there in an earlier run, and is not in this one.
        _ if absent => Ok(Outcome::Skip),
        "pass" => Ok(Outcome::Pass),
        "fail" => Ok(Outcome::Failure),
        // Nothing was judged, or it is left to people to do so.
        "notApplicable" | "informational" | "open" | "review" => Ok(Outcome::Skip),
        other => Err(format!("the kind `{}` of a result is unknown", shown(other))),
    }
}

#[derive(Debug)]
struct Runs(Draft);

impl Default for Runs {
    fn default() -> Self {
        Runs(Draft::new(ReportKind::Sarif))
    }
}

impl Fold for Runs {
    type Item = Run;

    fn add(&mut self, run: Option<Run>) {
        let Runs(draft) = self;
        let Some(run) = run else { return draft.problem("a run is null") };
        let driver = run.tool.and_then(|Object(tool)| tool.driver).map(|Object(driver)| driver);
        let rules = driver.as_ref().and_then(|driver| driver.rules.as_deref()).unwrap_or_default();
        match driver.as_ref().and_then(|driver| Some((driver, driver.name.text()?))) {
            Some((driver, name)) => {
                let version = driver.version.text().or_else(|| driver.semantic_version.text());
                draft.tool(name, version);
            }
            None => draft.problem("a run does not say of which tool it is"),
        }
        for Object(rule) in rules.iter().flatten() {
            tags(rule.properties.as_ref(), &mut draft.refs);
            let targets = rule.relationships.iter().flatten().flatten().filter_map(|Object(it)| it.target.as_ref());
            targets.for_each(|Object(taxon)| cite(taxon, &mut draft.refs));
        }
        match run.results {
            Some(Folded(results)) => results.join(rules, draft),
            None => draft.problem("a run has no results, so that it does not say what was found"),
        }
        run.invocations.iter().flatten().flatten().for_each(|Object(invocation)| invocation.judge(draft));
    }
}

impl Results {
    fn join(self, rules: &[Option<Object<Rule>>], draft: &mut Draft) {
        let mut of = self.draft;
        let ids = rules.iter().flatten().filter_map(|Object(rule)| Some((rule.id.text()?, rule)));
        let ids: HashMap<&str, &Rule> = ids.collect();
        let at = |index: u64| Some(&rules.get(usize::try_from(index).ok()?)?.as_ref()?.0);
        for (cited, count) in self.without_level {
            let rule = match &cited {
                Cited::Index(index) => at(*index),
                Cited::Id(id) => ids.get(id.as_str()).copied(),
                Cited::Nothing => None,
            };
            let level = rule.and_then(Rule::level).filter(|level| LEVELS.contains(level)).unwrap_or("warning");
            *of.severities.entry(level.to_owned()).or_default() += count;
        }
        for (outcome, count) in [
            (Outcome::Pass, of.counts.passes),
            (Outcome::Failure, of.counts.failures),
            (Outcome::Error, of.counts.errors),
            (Outcome::Skip, of.counts.skips),
        ] {
            draft.count(outcome, count);
        }
        for (level, count) in of.severities {
            *draft.severities.entry(level).or_default() += count;
        }
        draft.refs.join(of.refs);
        draft.problems.join(of.problems);
    }
}

impl Rule {
    fn level(&self) -> Option<&str> {
        self.configuration.as_ref()?.0.level.text()
    }
}

impl Invocation {
    /// An error of the tool is one of the run: what it did not get to is not in the results.
    fn judge(&self, draft: &mut Draft) {
        let mut errors = 0;
        for Object(notification) in self.notifications.iter().flatten().flatten() {
            match notification.level.text() {
                Some("error") => errors += 1,
                Some(level) if LEVELS.contains(&level) => {}
                None if notification.level.is_none() => {}
                level => draft.problem(format!("the level `{}` is unknown", shown(level.unwrap_or_default()))),
            }
        }
        match self.successful {
            Loose::Bool(true) => draft.count(Outcome::Error, errors),
            Loose::Bool(false) => draft.count(Outcome::Error, errors.max(1)),
            _ => draft.problem("an invocation does not say whether it was successful"),
        }
    }
}

fn tags(properties: Option<&Object<Properties>>, refs: &mut Refs) {
    for tag in properties.map_or(&[] as &[String], |Object(properties)| properties.tags.texts()) {
        refs.tag(tag);
    }
}

/// Adds the id of an entry, which may need the name of its taxonomy before it.
fn cite(taxon: &Taxon, refs: &mut Refs) {
    let Some(id) = taxon.id.text() else { return };
    let taxonomy = taxon.taxonomy.as_ref().and_then(|Object(taxonomy)| taxonomy.name.text());
    let known = refs.tag(id) || taxonomy.is_some_and(|taxonomy| refs.tag(&format!("{taxonomy}-{id}")));
    if !known {
        refs.unmapped(id);
    }
}

pub(super) fn read(document: Document, draft: &mut Draft) {
    match document.runs {
        Some(Folded(Runs(read))) => *draft = read,
        None => draft.problem("it has no runs"),
    }
    if document.version.text() != Some("2.1.0") {
        draft.problem("its version is not 2.1.0");
    }
}
