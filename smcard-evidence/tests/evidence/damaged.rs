//! Damaged files: cut off at every byte, and with each bit turned in its turn. There is always an answer, soon, and a
//! harmless file that is cut off is not cleared.

use std::time::{Duration, Instant};

use smcard_evidence::{Format, Severity};

use crate::seeds::{of, seeds, verdict};

/// How long a look at a few bytes may take, in a build that is not optimized, on a machine that does other things too.
const SOON: Duration = Duration::from_secs(20);

/// How much of each file is cut off and turned.
const CUT: usize = 4096;
const TURNED: usize = 1024;

#[test]
fn a_file_that_is_cut_off_is_never_cleared() {
    let mut cleared = Vec::new();
    for seed in seeds() {
        // The bombs take their time each.
        let step = if seed.codes.iter().any(|code| code == "unpacks-too-much") { 97 } else { 1 };
        for length in (0..seed.content.len().min(CUT)).step_by(step) {
            let started = Instant::now();
            let measured = of(&seed.content[..length]);
            assert!(started.elapsed() < SOON, "{} cut off at {length}", seed.name);
            let format = measured.format;
            // Too little is left to be anything; a text is whole wherever it ends; so is a tar, between members, and
            // the first of several pickles.
            let whole = match format {
                Format::Unknown => true,
                Format::Tar => length % 512 == 0,
                Format::Pickle => seed.content[..length].ends_with(b"."),
                // Only the mark of the end is missing, behind all that is in it.
                Format::Lz4 => length + 8 >= seed.content.len(),
                // What stands behind the tensors is what is wrong with it.
                Format::Safetensors => {
                    seed.name == "safetensors/behind.safetensors" && length + 2 == seed.content.len()
                }
                _ => false,
            };
            if measured.findings.is_empty() && !whole {
                cleared.push(format!("{} cut off at {length} is {}", seed.name, format.name()));
            }
        }
    }
    assert!(cleared.is_empty(), "{}", cleared.join("\n"));
}

#[test]
fn what_a_pickle_imports_before_it_is_cut_off_is_found() {
    for seed in seeds().iter().filter(|seed| seed.name.starts_with("pickle/") && seed.verdict == "dangerous") {
        let whole = of(&seed.content);
        let Some(finding) = whole.findings.iter().find(|finding| finding.severity == Severity::Dangerous) else {
            continue;
        };
        // Of a pickle without a protocol a call is what tells it from a text; each of the seeds has one right behind.
        let start = usize::try_from(finding.place.offset.unwrap()).unwrap() + 40;
        for length in start..seed.content.len() {
            assert_eq!(verdict(&of(&seed.content[..length])), "dangerous", "{} cut off at {length}", seed.name);
        }
    }
}

#[test]
fn whatever_bit_is_turned_there_is_an_answer() {
    let mut answers = 0;
    for seed in seeds().iter().filter(|seed| !seed.codes.iter().any(|code| code == "unpacks-too-much")) {
        let mut content = seed.content.clone();
        for at in 0..content.len().min(TURNED) {
            let bit = 1 << (at % 8);
            content[at] ^= bit;
            let started = Instant::now();
            answers += of(&content).sha256.len() / 64;
            assert!(started.elapsed() < SOON, "{} with another bit in byte {at}", seed.name);
            content[at] ^= bit;
        }
    }
    assert!(answers > 10_000, "{answers}");
}
