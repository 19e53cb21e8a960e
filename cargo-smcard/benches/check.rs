//! `smcard check` over 20,000 card files, against validating the same files by the JSON Schema of a card with
//! `jsonschema-cli`; against `cat` of the same files; and the start of `smcard` against that of cargo. What runs on one
//! core is counted in processor time, which other work on the machine disturbs little.
//!
//! The cards hold the required fields, threats, tests, measures and a system. A schema says of shape alone what the
//! rules say of everything. `JSONSCHEMA_CLI` names the validator, which is by default the one that
//! `cargo install jsonschema-cli --locked` has installed.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const CARDS: usize = 20_000;
const ROUNDS: usize = 5;
const SMCARD: &str = env!("CARGO_BIN_EXE_smcard");

fn main() -> Result<()> {
    let folder = tempfile::TempDir::new()?;
    let schema = Command::new(SMCARD).arg("schema").output()?.stdout;
    let schema_file = folder.path().join("schema.json");
    fs::write(&schema_file, schema)?;

    let cards = folder.path().join("cards");
    write_cards(&cards)?;
    let check = |threads: &str| {
        let mut command = Command::new(SMCARD);
        command.args(["check", "--today", "2026-11-25"]).arg(&cards).env("RAYON_NUM_THREADS", threads);
        command
    };
    let validator = std::env::var("JSONSCHEMA_CLI").unwrap_or_else(|_| "jsonschema-cli".to_owned());
    let validate = || {
        let mut command = Command::new(&validator);
        command.arg("validate").arg(&schema_file).args(["--assert-format", "--errors-only"]);
        for number in 0..CARDS {
            command.arg("-i").arg(file(&cards, number));
        }
        command
    };
    let cat = || {
        let mut command = Command::new("find");
        command.arg(&cards).args(["-type", "f", "-exec", "cat", "{}", "+"]);
        command
    };
    if Command::new(&validator).arg("--version").stdout(Stdio::null()).status().is_ok() {
        let [one, validated] = least(Clock::Processor, [&|| check("1"), &validate])?;
        told("check of 20,000 cards on one core, of `jsonschema-cli validate` of them", one, validated, 1.0);
    } else {
        println!("SKIPPED: there is no `{validator}`; install it with `cargo install jsonschema-cli --locked`");
    }
    let [two, read] = least(Clock::Wall, [&|| check("2"), &cat])?;
    told("check of 20,000 cards on two cores, of `cat` of them", two, read, 2.5);

    let version = |program: &'static str| {
        move || {
            let mut command = Command::new(program);
            command.arg("--version");
            command
        }
    };
    // By way of rustup, cargo would start twice.
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let [smcard, cargo] = least(Clock::Processor, [&version(SMCARD), &version(cargo)])?;
    told("start of `smcard --version`, of `cargo --version`", smcard, cargo, 1.0);
    Ok(())
}

fn told(what: &str, ours: Duration, theirs: Duration, bound: f64) {
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    let verdict = if ratio <= bound { "within" } else { "over" };
    println!(
        "{what}: {ratio:.2} (at most {bound}): {verdict}; {:.1} ms and {:.1} ms",
        ours.as_secs_f64() * 1e3,
        theirs.as_secs_f64() * 1e3
    );
}

/// What is counted.
#[derive(Clone, Copy)]
enum Clock {
    Wall,
    /// The processor time of a command and of what it runs.
    Processor,
}

impl Clock {
    fn now(self, begun: Instant) -> Result<Duration> {
        match self {
            Clock::Wall => Ok(begun.elapsed()),
            Clock::Processor => {
                let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
                let micros = (used.user_time() + used.system_time()).num_microseconds();
                Ok(Duration::from_micros(micros.try_into()?))
            }
        }
    }
}

/// The least that each command takes, in turns, so that whatever else the machine does falls on all.
fn least<const N: usize>(clock: Clock, commands: [&dyn Fn() -> Command; N]) -> Result<[Duration; N]> {
    let (mut least, begun) = ([Duration::MAX; N], Instant::now());
    for _ in 0..ROUNDS {
        for (command, least) in commands.iter().zip(&mut least) {
            let mut command = command();
            let start = clock.now(begun)?;
            let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
            *least = (clock.now(begun)? - start).min(*least);
            if !status.success() {
                return Err(format!("{command:?} ended with {status}").into());
            }
        }
    }
    Ok(least)
}

/// Where a card lies.
fn file(cards: &Path, number: usize) -> PathBuf {
    cards.join(format!("{}/{number}.json", number % 20))
}

fn write_cards(cards: &Path) -> Result<()> {
    let card: Value = serde_json::from_str(include_str!("../../tests/common/report.json"))?;
    for number in 0..CARDS {
        let file = file(cards, number);
        fs::create_dir_all(file.parent().unwrap_or(cards))?;
        fs::write(file, serde_json::to_string_pretty(&with_system(card.clone(), number))?)?;
    }
    Ok(())
}

fn with_system(mut card: Value, number: usize) -> Value {
    let threat = |id: &str| {
        json!({
            "id": id, "refs": ["NISTAML.022", "AML.T0015"], "affects": ["crops"],
            "scenario": "Somebody at the belt prints a patch that hides the address of a parcel.",
            "likelihood": "Low", "impact": "High", "status": "Mitigated", "residual": "Low",
            "mitigations": [{ "ref": "AML.M0015", "description": "A person looks at what is covered." }],
            "evidence": ["patches"],
        })
    };
    if let Some(card) = card.as_object_mut() {
        card.insert(
            "system".to_owned(),
            json!({
                "zones": [{ "id": "belt", "trust": "Untrusted" }, { "id": "plant", "trust": "Internal" }],
                "components": [
                    { "id": "camera", "kind": "Client", "zone": "belt" },
                    { "id": "detector", "kind": "Model", "zone": "plant", "name": format!("detector {number}") },
                ],
                "flows": [{ "id": "crops", "from": "camera", "to": "detector", "data": "Photographs" }],
            }),
        );
    }
    if let Some(security) = card.get_mut("security_considerations").and_then(Value::as_object_mut) {
        let threats: Vec<Value> = ["patches-1", "patches-2", "patches-3", "patches-4"].map(threat).into();
        security.insert("threats".to_owned(), threats.into());
        security.insert(
            "tests".to_owned(),
            json!([{
                "id": "patches", "kind": "AdversarialTesting", "tool": "by hand", "date": "2026-03-10",
                "result": "Passed", "attempts": 200, "failures": 3,
            }]),
        );
    }
    card
}
