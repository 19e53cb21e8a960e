//! Holds inputs to every bound, time among them: `cargo bench --bench corpus -- <target> <folder>…`,
//! in the folder of fuzzing.
//!
//! `scripts/fuzz` gives it what libFuzzer found. This build has no counters, so what is slow here is
//! slow for users.

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use smcard_fuzz::large::{self, Inputs};
use smcard_fuzz::{KINDS, Within, evidence, macros, policy, program, reader};

/// What must hold for an input.
type Hold<'h> = &'h dyn Fn(&[u8], Within);

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    // Without a target, as in a run of all benchmarks, there is nothing to hold.
    let Some(target) = arguments.next() else { return ExitCode::SUCCESS };
    let of_file = |data: &[u8], within| evidence(&target, data, within);
    let (hold, large): (Hold<'_>, Inputs) = match target.as_str() {
        "reader" => (&reader, large::REPORTS),
        "policy" => (&policy, large::POLICIES),
        "macro" => (&macros, large::CARDS),
        kind if KINDS.iter().any(|(name, _)| *name == kind) => (&of_file, &[]),
        "extract" => (&|data: &[u8], _| program(data), &[]),
        _ => panic!("no target is called {target}"),
    };
    let mut inputs: Vec<(String, Vec<u8>)> = Vec::new();
    inputs.extend(large.iter().map(|(name, input)| ((*name).to_owned(), input(1).into_bytes())));
    for folder in arguments {
        // A folder that libFuzzer had nothing for is not there.
        let Ok(entries) = fs::read_dir(Path::new(&folder)) else { continue };
        for entry in entries {
            let file = entry.expect("a folder of the checkout can be read").path();
            if file.is_dir() {
                // Seeds that tests hold already.
                continue;
            }
            inputs.push((file.display().to_string(), fs::read(&file).expect("an input can be read")));
        }
    }
    let (count, mut broken) = (inputs.len(), 0);
    for (name, data) in inputs {
        // The hook prints what does not hold; here follows for which input.
        if panic::catch_unwind(AssertUnwindSafe(|| hold(&data, Within::MemoryAndTime))).is_err() {
            broken += 1;
            println!("{target}: {name} does not hold");
        }
    }
    println!("{target}: {count} inputs without counters, {broken} of them do not hold");
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
