//! What a policy asks, line by line, with the file that says each: for people who want to know why.

use crate::policy::{Fields, Limits, Place, Policy};
use crate::rules;
use crate::words::figure;

/// One line of a policy that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyLine {
    /// What it asks, as a policy file spells it: `require.fields = "model_details.name"`.
    pub says: String,
    /// The file that says it, as messages name it.
    pub file: String,
    /// The line of that file.
    pub line: usize,
}

impl Policy {
    /// What the policy asks, each line with the file that says it, in the order of the documentation. Exceptions are in
    /// [`Policy::exceptions`].
    pub fn lines(&self) -> Vec<PolicyLine> {
        let mut lines = Lines(Vec::new());
        let everywhere = ["require.fields", "require.answered", "require.days", "optional.fields"].map(str::to_owned);
        lines.fields(everywhere, &self.everywhere);
        lines.limits("risk", &self.risk);
        for stage in &self.stages {
            let table = format!("stage.{}", stage.stage.name().to_lowercase());
            let keys = ["require", "answered", "days", "optional"].map(|key| format!("{table}.{key}"));
            lines.fields(keys, &stage.fields);
            lines.limits(&table, &stage.risk);
        }
        for coverage in &self.coverage {
            let mut objectives = Vec::new();
            for objective in &coverage.objectives {
                objectives.push(format!("\"{}\"", objective.field()));
            }
            let key = format!("coverage.{}", coverage.class.name().to_lowercase());
            lines.add(&key, &format!("[{}]", objectives.join(", ")), &coverage.place);
        }
        if let Some(allowed) = &self.licenses {
            lines.add("license.allow", &format!("{:?}", allowed.names), &allowed.place);
        }
        for extension in &self.extensions {
            let required = if extension.required { ", required = true" } else { "" };
            lines.add("extension", &format!("{{ path = {:?}{required} }}", extension.path), &extension.place);
        }
        for extra in self.taxonomy.all() {
            lines.add("taxonomy.extra", &format!("{{ id = {:?}, name = {:?} }}", extra.id, extra.name), &extra.place);
        }
        if let Some(max) = &self.max_age {
            lines.add("review.max_age_days", &max.days.to_string(), &max.place);
        }
        for format in &self.formats {
            lines.add("emit.formats", &format!("{:?}", format.name), &format.place);
        }
        for forbidden in &self.files_asked.forbid {
            lines.add("files.forbid", &format!("{:?}", forbidden.format), &forbidden.place);
        }
        let (files, tests) = (&self.files_asked, &self.tests_asked);
        let rates = [("max_attack_success_rate", &tests.attack_success), ("max_unjudged_rate", &tests.unjudged)];
        for (key, rate) in rates {
            if let Some(rate) = rate {
                lines.add(&format!("evidence.{key}"), &figure(rate.value), &rate.place);
            }
        }
        let switches =
            [("files.digest", &files.digest), ("evidence.report", &tests.report), ("evidence.digest", &tests.digest)];
        for (key, switch) in switches {
            if let Some(switch) = switch {
                lines.add(key, &switch.on.to_string(), &switch.place);
            }
        }
        for rule in rules::all() {
            if let Some(set) = self.set_level(rule) {
                lines.add(&format!("level.{}", rule.code), &format!("\"{}\"", set.level.name()), &set.place);
            }
        }
        lines.0
    }
}

struct Lines(Vec<PolicyLine>);

impl Lines {
    fn add(&mut self, key: &str, value: &str, place: &Place) {
        self.0.push(PolicyLine { says: format!("{key} = {value}"), file: place.file.name.clone(), line: place.line });
    }

    fn fields(&mut self, keys: [String; 4], fields: &Fields) {
        let lists = [&fields.require, &fields.answered, &fields.days, &fields.optional];
        for (key, list) in keys.iter().zip(lists) {
            for demand in list {
                self.add(key, &format!("\"{}\"", demand.path), &demand.place);
            }
        }
    }

    fn limits(&mut self, table: &str, limits: &Limits) {
        for (key, limit) in [("max_residual", &limits.residual), ("max_open", &limits.open)] {
            if let Some(limit) = limit {
                let risk = limit.value.name().to_lowercase();
                self.add(&format!("{table}.{key}"), &format!("\"{risk}\""), &limit.place);
            }
        }
    }
}
