//! The time that a policy takes grows no faster than the policy.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use smcard::Policy;

use crate::common::{self, REPORT};

/// What the part of a policy with this number is.
type Part<'p> = &'p dyn Fn(usize) -> String;

/// Reads a policy of so many parts and checks a card under it.
fn time(part: Part<'_>, count: usize, before: &str, after: &str) -> Duration {
    let mut text = before.to_owned();
    (0..count).for_each(|index| write!(text, "{}", part(index)).expect("a string takes it"));
    text += after;
    assert!(text.len() < 1024 * 1024, "{}", text.len());
    let started = Instant::now();
    if let Ok(policy) = Policy::from_layers(&[("../smcard.toml", &text), ("smcard.toml", &text)], "parcels") {
        common::findings(REPORT, &policy);
    }
    started.elapsed()
}

#[test]
fn ten_times_the_policy_takes_no_hundred_times_the_time() {
    let exception = |index: usize| {
        format!(
            "[[exception]]\nrule=\"owner-missing\"\npath=\"security_considerations.threats[t{index}]\"\n\
             reason=\"r\"\napproved_by=\"a\"\nexpires=\"2099-12-31\"\n"
        )
    };
    let extension = |index: usize| format!("[[extension]]\npath=\"acme.key{index}\"\nrequired=true\n");
    let extra = |index: usize| format!("[[taxonomy.extra]]\nid=\"AML.T{index}\"\nname=\"n{index}\"\n");
    let parts: &[(&str, Part<'_>, &str, &str)] = &[
        ("unknown keys", &|index| format!("unknown_key_{index} = 1\n"), "", ""),
        ("unknown keys of a section", &|index| format!("feilds_{index} = 1\n"), "[require]\n", ""),
        ("unknown fields", &|index| format!("\"model_details.nam{index}\",\n"), "[require]\nfields = [\n", "]\n"),
        ("fields", &|_| "\"model_details.name\",\n".to_owned(), "[require]\nfields = [\n", "]\n"),
        ("optional fields", &|_| "\"metrics\",\n".to_owned(), "[optional]\nfields = [\n", "]\n"),
        ("unknown licences", &|index| format!("\"Apach-{index}\",\n"), "[license]\nallow = [\n", "]\n"),
        ("licences", &|index| format!("\"LicenseRef-{index}\",\n"), "[license]\nallow = [\n", "]\n"),
        ("levels", &|index| format!("placeholder{index} = \"error\"\n"), "[level]\n", ""),
        ("extensions", &extension, "", ""),
        ("extra ids", &extra, "", ""),
        ("exceptions", &exception, "", ""),
        ("unknown delegations", &|index| format!("\"level.{index}\",\n"), "[policy]\ndelegate = [\n", "]\n"),
        ("one line", &|index| format!("\"model_details.nam{index}\","), "[require]\nfields = [", "]\n"),
    ];
    for (name, part, before, after) in parts {
        let small = time(part, 500, before, after).max(Duration::from_millis(4));
        let large = time(part, 5_000, before, after);
        println!("{name}: {small:?} {large:?}");
        assert!(large < small * 40, "{name}: {small:?}, and ten times of it {large:?}");
    }
}

#[test]
fn a_policy_of_deep_tables_is_refused_or_read_and_never_ends_the_program() {
    for text in [
        format!("{}1", "a.".repeat(400_000)) + " = 1\n",
        format!("a = {}", "[".repeat(900_000)),
        format!("a = {}", "{a=".repeat(300_000)),
        format!("[{}a]\n", "a.".repeat(400_000)),
        format!("[[extension]]\npath = \"{}a\"\nrequired = true\n", "a.".repeat(400_000)),
        format!("[require]\nfields = [\"{}a\"]\n", "a.".repeat(400_000)),
        format!("[[exception]]\npath = \"training_data{}\"\n", "[0]".repeat(300_000)),
    ] {
        assert!(Policy::from_toml(&text, "smcard.toml").is_err());
    }
}
