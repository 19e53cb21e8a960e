//! How much an answer may take: memory always, and time where the build is one that users have.

use std::time::Duration;

use cpu_time::ThreadTime;
use peakmem_alloc::PeakMemAllocTrait as _;

use crate::MEMORY;

/// What memory may be used whatever the input is: tables that are made once, messages.
pub(crate) const ALLOWANCE: usize = 1 << 20;

/// How many bytes of memory there may be for each byte of the input.
const MEMORY_FACTOR: usize = 20;

/// Whether time counts. It does not in a replay: its build is not optimized, and no test may fail
/// because the machine is busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Memory alone.
    Memory,
    /// Time as well, by the byte, for what is longer than 10 KB.
    MemoryAndTime,
}

/// The answer to an input of this many bytes, which must be had within bounds.
///
/// # Panics
/// Where it took more.
pub fn measured<T>(bytes: usize, within: Within, answer: impl FnMut() -> T) -> T {
    measured_with(bytes, ALLOWANCE, within, answer)
}

/// As [`measured`], of an input that takes more memory than its bytes say.
///
/// # Panics
/// Where it took more.
pub(crate) fn measured_with<T>(bytes: usize, allowance: usize, within: Within, mut answer: impl FnMut() -> T) -> T {
    MEMORY.reset_peak_memory();
    let time = ThreadTime::now();
    let answered = answer();
    let took = time.elapsed();
    let peak = MEMORY.get_peak_memory();
    let most = MEMORY_FACTOR * bytes + allowance;
    assert!(peak <= most, "{bytes} bytes took {peak} bytes of memory: more than {most}");
    if within == Within::MemoryAndTime && is_slow(took, bytes) {
        // Twice more, since whatever else the machine does can only add to it.
        let least = (0..2).map(|_| {
            let time = ThreadTime::now();
            drop(answer());
            time.elapsed()
        });
        let least = least.min().unwrap_or_default().min(took);
        assert!(!is_slow(least, bytes), "{bytes} bytes took {least:?}: more than {NANOSECONDS} ns a byte");
    }
    answered
}

/// How many nanoseconds there may be for each byte of the input. libFuzzer's counters, at every
/// branch, make the same code several times slower: what is found there is slow beyond doubt.
const NANOSECONDS: u128 = if cfg!(feature = "libfuzzer") { 1_000 } else { 200 };

fn is_slow(took: Duration, bytes: usize) -> bool {
    bytes > 10_000 && took.as_nanos() > NANOSECONDS * bytes as u128
}
