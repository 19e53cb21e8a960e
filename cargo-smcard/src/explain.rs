//! `smcard explain CODE`.

use smcard_core::{Level, Rule, rules};

use crate::exit::{Failure, Outcome, Status};
use crate::{output, scan};

/// Explain a rule: what it asks, why, and what to do
///
/// Without a code, lists all rules.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The code of the rule, as a finding shows it
    code: Option<String>,
}

impl Args {
    pub(crate) fn run(self) -> Outcome {
        let Some(code) = self.code else {
            let width = rules::all().map(|rule| rule.code.len()).max().unwrap_or_default();
            let all: String = rules::all().map(|rule| format!("{:width$}  {}\n", rule.code, rule.summary)).collect();
            output::print(&all)?;
            return Ok(Status::Good);
        };
        match rules::named(&code).or_else(|| scan::rules::named(&code)) {
            Some(rule) => {
                output::print(&explained(rule))?;
                Ok(Status::Good)
            }
            None => {
                let failure = Failure::new(format!("there is no rule `{code}`"));
                let near = rules::nearest(&code);
                Err(failure.help(near.map_or_else(
                    || "`smcard explain` lists all rules".to_owned(),
                    |near| format!("did you mean `{}`?", near.code),
                )))
            }
        }
    }
}

fn explained(rule: &Rule) -> String {
    let level = match rule.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Allow => "allow",
    };
    let set = if rule.adjustable {
        format!("A policy sets another level with `{} = \"…\"` in `[level]`.", rule.code)
    } else {
        "No policy sets another level.".to_owned()
    };
    format!("{}: {}\n\n{}\n\nLevel: {level}. {set}\n", rule.code, rule.summary, rule.explanation)
}
