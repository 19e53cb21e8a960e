//! The report of garak: a JSON object a line, of which the `eval` lines have the numbers.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::bounded::{Allowance, Bounded};
use super::json::{self, Loose, Object};
use super::{Draft, Outcome, Refs, refs, shown};
use crate::input::Input;
use crate::limits;
pub(super) use probes::PROBES;

mod probes;

/// A line. Which fields it has depends on its type.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Entry {
    entry_type: Loose,
    garak_version: Loose,
    plugin_cache: Option<Object<Plugins>>,
    probe: Loose,
    detector: Loose,
    passed: Loose,
    fails: Loose,
    nones: Loose,
    total: Loose,
    total_evaluated: Loose,
    total_processed: Loose,
}

#[derive(Debug, Deserialize)]
struct Plugins {
    #[serde(default)]
    probes: BTreeMap<String, Object<Plugin>>,
}

#[derive(Debug, Deserialize)]
struct Plugin {
    #[serde(default)]
    tags: Loose,
}

/// The types of lines that have no numbers of their own, as of garak 0.17.
const WITHOUT_NUMBERS: [&str; 4] = ["start_run setup", "attempt", "digest", "probe_summary"];

pub(super) fn read(input: &mut Input<'_>, draft: &mut Draft) {
    let allowance = Allowance::new(limits::REPORT_PIECE);
    let lines = serde_json::Deserializer::from_reader(Bounded::new(input, &allowance));
    let mut run = Run::default();
    for line in lines.into_iter::<Object<Entry>>() {
        match line {
            Ok(Object(entry)) => run.entry(entry, draft),
            Err(error) => return json::unreadable(&error, &allowance, draft),
        }
        allowance.renew();
    }
    if run.completions == 0 {
        draft.problem("it has no `completion`: the run ended early, or the report is cut off");
    }
    if run.version.is_none() {
        draft.tool("garak", None);
    }
}

/// A run, as far as it was read.
#[derive(Default)]
struct Run {
    version: Option<String>,
    completions: u64,
    /// The probes with the tags that the report itself gives them.
    tags: BTreeMap<String, Vec<String>>,
    seen: HashSet<(String, String)>,
}

impl Run {
    fn entry(&mut self, entry: Entry, draft: &mut Draft) {
        match entry.entry_type.text() {
            Some("init") => self.init(&entry, draft),
            Some("plugin_cache") => self.plugins(entry.plugin_cache, draft),
            Some("eval") => self.eval(&entry, draft),
            Some("completion") => self.completions += 1,
            Some(other) if WITHOUT_NUMBERS.contains(&other) => {}
            Some(other) => draft.problem(format!("it has an entry of the unknown type `{}`", shown(other))),
            None => draft.problem("it has an entry without a type"),
        }
    }

    fn init(&mut self, entry: &Entry, draft: &mut Draft) {
        if let Some(version) = entry.garak_version.text() {
            draft.tool("garak", Some(version));
            self.version = Some(version.to_owned());
        }
    }

    fn plugins(&mut self, plugins: Option<Object<Plugins>>, draft: &mut Draft) {
        for (probe, Object(plugin)) in plugins.into_iter().flat_map(|Object(plugins)| plugins.probes) {
            let name = probe.strip_prefix("probes.").unwrap_or(&probe).to_owned();
            if self.tags.len() >= limits::GLOBALS {
                return draft.problem("it describes more probes than are told apart");
            }
            self.tags.insert(name, plugin.tags.texts().to_vec());
        }
    }

    fn eval(&mut self, entry: &Entry, draft: &mut Draft) {
        let (Some(probe), Some(detector)) = (entry.probe.text(), entry.detector.text()) else {
            return draft.problem("it has an `eval` that names no probe and detector");
        };
        let of = format!("the `eval` of `{}` by `{}`", shown(probe), shown(detector));
        if self.seen.len() >= limits::GLOBALS * 4 {
            return draft.problem("it has more `eval` lines than are told apart");
        }
        if !self.seen.insert((probe.to_owned(), detector.to_owned())) {
            return draft.problem(format!("{of} stands twice"));
        }
        self.refs(probe, &mut draft.refs);
        match numbers(entry) {
            Ok([passed, fails, nones]) => {
                draft.count(Outcome::Pass, passed);
                draft.count(Outcome::Failure, fails);
                draft.count(Outcome::Skip, nones);
            }
            Err(message) => draft.problem(format!("{of}: {message}")),
        }
    }

    /// What a probe tests for: by the tags that the report gives it, else by those that it is known to have.
    fn refs(&self, probe: &str, refs: &mut Refs) {
        if let Some(tags) = self.tags.get(probe) {
            tags.iter().for_each(|tag| tagged(tag, refs));
            return;
        }
        match PROBES.binary_search_by_key(&probe, |(name, _)| name) {
            Ok(index) => {
                let ids = PROBES.get(index).map_or(&[] as &[&str], |(_, ids)| ids);
                ids.iter().for_each(|id| refs.known(id));
            }
            Err(_) => refs.unmapped(probe),
        }
    }
}

/// Adds what a tag of garak means. Its numbers of OWASP are those of 2023; tags of other kinds are no taxonomy's.
fn tagged(tag: &str, refs: &mut Refs) {
    let known = if let Some(risk) = tag.strip_prefix("owasp:llm") {
        refs.tag(&format!("LLM{risk}:2023"))
    } else if let Some(effect) = tag.strip_prefix("avid-effect:") {
        let id = effect.rsplit(':').next().filter(|id| refs::is_avid(id));
        id.map(|id| refs.known(id)).is_some()
    } else if tag.starts_with("cwe:") {
        refs.tag(tag)
    } else {
        true
    };
    if !known {
        refs.unmapped(tag);
    }
}

/// What passed, what failed, and what had no verdict.
fn numbers(entry: &Entry) -> Result<[u64; 3], String> {
    let number = |name: &str, value: &Loose| match value {
        Loose::Count(count) => Ok(Some(*count)),
        Loose::Absent => Ok(None),
        _ => Err(format!("`{name}` is not a count")),
    };
    let sum = |a: u64, b: u64| a.checked_add(b).ok_or_else(|| "its numbers are too large to be added up".to_owned());
    let passed = number("passed", &entry.passed)?.ok_or("`passed` is missing")?;
    let said = number("fails", &entry.fails)?;
    let nones = number("nones", &entry.nones)?.unwrap_or(0);
    // Before 0.13 there was a `total` of what was judged, and nothing else.
    let total = number("total", &entry.total)?;
    let evaluated = number("total_evaluated", &entry.total_evaluated)?;
    let processed = number("total_processed", &entry.total_processed)?;
    let fails = match (said, evaluated.or(total)) {
        (Some(fails), _) => fails,
        (None, Some(total)) => {
            total.checked_sub(passed).ok_or_else(|| format!("{passed} passed of no more than {total}"))?
        }
        (None, None) => return Err("neither `fails` nor `total_evaluated` is there".to_owned()),
    };
    let judged = sum(passed, fails)?;
    let all = sum(judged, nones)?;
    for (name, said, is) in
        [("total", total, judged), ("total_evaluated", evaluated, judged), ("total_processed", processed, all)]
    {
        if said.is_some_and(|said| said != is) {
            return Err(format!("`{name}` is {}, and its parts add up to {is}", said.unwrap_or_default()));
        }
    }
    Ok([passed, fails, nones])
}
