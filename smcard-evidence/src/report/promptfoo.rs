//! The report of promptfoo: a list of results, each of a test that a system stood or did not.

use serde::Deserialize;

use super::json::{Fold, Folded, Loose, Object};
use super::{Draft, Outcome, Refs};
pub(super) use plugins::TAGS;

mod plugins;

#[derive(Debug, Deserialize)]
pub(super) struct Document {
    results: Object<Summary>,
    #[serde(default)]
    metadata: Option<Object<About>>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    #[serde(default)]
    version: Loose,
    results: Folded<Results>,
    #[serde(default)]
    stats: Option<Object<Stats>>,
}

#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Stats {
    successes: Loose,
    failures: Loose,
    errors: Loose,
}

#[derive(Debug, Deserialize)]
struct About {
    #[serde(rename = "promptfooVersion", default)]
    version: Loose,
}

#[derive(Debug, Deserialize)]
pub(super) struct Item {
    #[serde(default)]
    success: Loose,
    #[serde(rename = "failureReason", default)]
    reason: Loose,
    #[serde(default)]
    error: Loose,
    #[serde(default)]
    response: Option<Object<Response>>,
    #[serde(default)]
    metadata: Option<Object<Tested>>,
    #[serde(rename = "testCase", default)]
    case: Option<Object<Case>>,
}

#[derive(Debug, Deserialize)]
struct Response {
    #[serde(default)]
    output: Loose,
}

#[derive(Debug, Deserialize)]
struct Case {
    #[serde(default)]
    metadata: Option<Object<Tested>>,
}

#[derive(Debug, Deserialize)]
struct Tested {
    #[serde(rename = "pluginId", default)]
    plugin: Loose,
}

#[derive(Debug)]
struct Results(Draft);

impl Default for Results {
    fn default() -> Self {
        Results(Draft::new(super::ReportKind::Promptfoo))
    }
}

impl Fold for Results {
    type Item = Item;

    fn add(&mut self, item: Option<Item>) {
        let Results(draft) = self;
        let number = draft.counts.attempts.saturating_add(1);
        let Some(item) = item else { return draft.problem("a result is null") };
        match outcome(&item) {
            Ok(outcome) => draft.count(outcome, 1),
            Err(why) => draft.problem(format!("{why}, in a result behind {} others", number - 1)),
        }
        let of = |tested: &Option<Object<Tested>>| tested.as_ref()?.0.plugin.text().map(str::to_owned);
        let plugin = of(&item.metadata).or_else(|| of(&item.case.as_ref()?.0.metadata));
        if let Some(plugin) = plugin {
            tested(&plugin, &mut draft.refs);
        }
    }
}

/// The reasons that promptfoo gives: nothing, an assertion that did not hold, an error.
fn outcome(item: &Item) -> Result<Outcome, &'static str> {
    let reason = match item.reason {
        Loose::Absent | Loose::Null => 0,
        Loose::Count(reason @ 0..=2) => reason,
        _ => return Err("`failureReason` is neither 0, 1 nor 2"),
    };
    let has_error = item.error.text().is_some_and(|error| !error.is_empty());
    match (&item.success, reason) {
        (Loose::Bool(true), 0) if has_error => Err("it has an error although it is a success"),
        // Of an attack without an answer promptfoo supposes that something has stopped it.
        (Loose::Bool(true), 0) if item.response.as_ref().is_some_and(|Object(it)| it.output.is_none()) => {
            Ok(Outcome::Skip)
        }
        (Loose::Bool(true), 0) => Ok(Outcome::Pass),
        (Loose::Bool(true), _) => Err("it has a reason to fail although it is a success"),
        (Loose::Bool(false), 2) => Ok(Outcome::Error),
        (Loose::Bool(false), _) => Ok(Outcome::Failure),
        _ => Err("`success` is neither true nor false"),
    }
}

/// Adds what a plugin tests for; in place of one a tag may stand, which means all plugins for an id.
fn tested(plugin: &str, refs: &mut Refs) {
    let within = |whole: &str| plugin.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
    let mut known = false;
    for tag in TAGS {
        if tag.tag == plugin || tag.plugins.iter().any(|plugin| within(plugin)) {
            refs.known(tag.id);
            known = true;
        }
    }
    if !known {
        refs.unmapped(plugin);
    }
}

pub(super) fn read(document: Document, draft: &mut Draft) {
    let Document { results: Object(Summary { version, results: Folded(Results(read)), stats }), metadata } = document;
    *draft = read;
    draft.tool("promptfoo", metadata.as_ref().and_then(|Object(about)| about.version.text()));
    if !matches!(version, Loose::Count(2 | 3)) {
        draft.problem("`results.version` is neither 2 nor 3");
    }
    let Some(Object(stats)) = stats else { return draft.problem("it has no `stats` to compare its results with") };
    let counts = draft.counts;
    draft.compare("successes", &stats.successes, counts.passes.saturating_add(counts.skips));
    // Errors were failures before they had a number of their own.
    let failures = if stats.errors.is_none() { counts.failures.saturating_add(counts.errors) } else { counts.failures };
    draft.compare("failures", &stats.failures, failures);
    draft.compare("errors", &stats.errors, counts.errors);
}
