//! Reading and checking a report of the 27 required fields, against validating the same text by an
//! equivalent JSON Schema with the `jsonschema` crate.
//!
//! Equivalent as far as a schema can say it: the same keys and no others, the same forms of dates,
//! URLs, contacts and licences, and one regular expression each for what a reader cannot see, for
//! placeholders and for secrets. A schema cannot say that a licence is one of SPDX, what is wrong in
//! words, or where in the text: all that smcard does besides is in its own time. The schema is
//! compiled once, and the validator stops at the first error; on a good report there is none.

mod schema;

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::Value;
use smcard_core::SecurityCard;

const REPORT: &str = include_str!("../../tests/common/report.json");

/// How a report is spoilt, to see that the two agree on what is right.
const SPOILT: &[(&str, &str)] = &[
    ("\"developer\"", "\"developers\""),
    ("\"Parcel Vision Ltd\"", "7"),
    ("\"Parcel Vision Ltd\"", "\"\""),
    ("2026-03-14", "2026-02-30"),
    ("https://parcels", "parcels"),
    ("models@parcels.example", "models"),
    ("Apache-2.0", "Apache 2.0"),
    ("Five folds", "TODO"),
    ("Five folds", "Five \\u202e folds"),
    ("Five folds", "Five folds, token ghp_ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let validator = jsonschema::options().should_validate_formats(true).build(&schema::of_the_required_fields())?;
    let validates = |text: &str| serde_json::from_str::<Value>(text).is_ok_and(|value| validator.is_valid(&value));
    let reads = |text: &str| SecurityCard::from_json(text).is_ok();
    if !reads(REPORT) || !validates(REPORT) {
        return Err("the good report is refused".into());
    }
    for (good, bad) in SPOILT {
        let spoilt = REPORT.replacen(good, bad, 1);
        if reads(&spoilt) || validates(&spoilt) {
            return Err(format!("`{bad}` in place of `{good}` is accepted").into());
        }
    }
    let mut least = [Duration::MAX; 2];
    for _ in 0..40 {
        // In turns, so that whatever else the machine does falls on both.
        least[0] = least[0].min(time(|| reads(REPORT)));
        least[1] = least[1].min(time(|| validates(REPORT)));
    }
    let ratio = least[0].as_secs_f64() / least[1].as_secs_f64();
    let verdict = if ratio <= 1.0 { "within" } else { "over" };
    println!(
        "reading and checking 27 fields: {ratio:.2} of validating them by JSON Schema (at most 1): {verdict}; \
         {:.1} µs and {:.1} µs",
        least[0].as_secs_f64() * 1e6,
        least[1].as_secs_f64() * 1e6,
    );
    Ok(())
}

/// What one call takes, of many.
fn time(call: impl Fn() -> bool) -> Duration {
    const CALLS: u32 = 500;
    let start = Instant::now();
    for _ in 0..CALLS {
        black_box(call());
    }
    start.elapsed() / CALLS
}
