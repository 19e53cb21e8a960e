//! How many final cards a second the rules check on one core, against writing the same card.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it has measured")]

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use smcard::Policy;
use support::card::CARD;
use support::{Result, print};

/// A policy that asks for everything that one can.
const EVERYTHING: &str = r#"
[require]
fields = ["model_details.name", "model_details.stage", "security_considerations.threats"]

[optional]
fields = ["metrics.variation_approaches"]

[stage.draft]
optional = ["quantitative_analyses", "training_data"]

[stage.production]
require = ["security_considerations.reviews", "security_considerations.tests", "metrics.measures"]
max_residual = "medium"
max_open = "medium"

[risk]
max_residual = "high"
max_open = "high"

[coverage]
predictive = ["availability", "integrity", "privacy", "supply_chain"]

[license]
allow = ["Apache-2.0", "MIT", "BSD-3-Clause", "LicenseRef-rivermouth"]

[[extension]]
path = "rivermouth.data_residency"
required = true
doc = "Where photographs are stored."

[[extension]]
path = "rivermouth.retention_days"
required = true
doc = "After how many days photographs are erased."

[[taxonomy.extra]]
id = "AML.T0199"
name = "Meter Tampering"

[level]
placeholder = "warning"
deprecated-license = "error"
superseded-edition = "error"
"#;

fn main() -> Result<()> {
    let writing = time(|| drop(black_box(black_box(&CARD).to_json())));
    let policies = [
        ("the default policy", Policy::default()),
        ("a policy that asks for everything", Policy::from_toml(EVERYTHING, "smcard.toml")?),
    ];
    for (name, policy) in &policies {
        let findings = CARD.check(policy);
        if findings.has_errors() {
            return Err(findings.into());
        }
        let checking = time(|| drop(black_box(black_box(&CARD).check(policy))));
        println!("{name}: {:.0} cards a second", 1.0 / checking.as_secs_f64());
        print(
            &format!("checking under {name}"),
            checking.as_secs_f64(),
            writing.as_secs_f64(),
            "writing the card as JSON",
            Some(5.0),
        );
    }
    Ok(())
}

/// What one call takes: the least of several runs of many calls.
fn time(call: impl Fn()) -> Duration {
    const CALLS: u32 = 500;
    let run = || {
        let start = Instant::now();
        (0..CALLS).for_each(|_| call());
        start.elapsed() / CALLS
    };
    (0..20).map(|_| run()).min().unwrap_or_default()
}
