//! How much an answer may take: memory always, and time where the build is one that users have.

use std::time::Duration;

use cpu_time::ThreadTime;
use peakmem_alloc::PeakMemAllocTrait as _;

use crate::MEMORY;

/// What memory may be used whatever the input is: tables that are made once, messages.
const ALLOWANCE: usize = 1 << 20;

/// How many bytes of memory there may be for each byte of the input.
const MEMORY_FACTOR: usize = 20;

/// Whether time counts. It does not in a replay of the seeds: its build is not optimized, and no test
/// may fail because the machine is busy. Nor does it under libFuzzer, whose counters make the same
/// code several times slower.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Memory alone.
    Memory,
    /// Time as well, by the byte, for what is longer than 10 KB.
    MemoryAndTime,
}

/// What an answer took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    pub(crate) memory: usize,
    pub(crate) time: Duration,
}

/// The answer to an input of this many bytes, which must be had within bounds.
///
/// # Panics
/// Where it took more.
pub fn measured<T>(bytes: usize, within: Within, answer: impl FnMut() -> T) -> T {
    measured_beyond(bytes, within, answer, |_| Cost::default())
}

/// As [`measured`], where whoever asks for such an answer has costs besides, which are not ours.
///
/// # Panics
/// Where it took more.
pub(crate) fn measured_beyond<T>(
    bytes: usize,
    within: Within,
    mut answer: impl FnMut() -> T,
    besides: impl Fn(&T) -> Cost,
) -> T {
    let (answered, took) = cost(&mut answer);
    let most = MEMORY_FACTOR * bytes + ALLOWANCE;
    if took.memory > most {
        let most = most + besides(&answered).memory;
        assert!(took.memory <= most, "{bytes} bytes took {} bytes of memory: more than {most}", took.memory);
    }
    if within == Within::MemoryAndTime && is_slow(took.time, bytes) {
        // Again, since whatever else the machine does can only add to it.
        let least = (0..9).map(|_| cost(|| drop(answer())).1.time).min().unwrap_or_default().min(took.time);
        if is_slow(least, bytes) {
            let besides = (0..9).map(|_| besides(&answered).time).min().unwrap_or_default();
            let ours = least.saturating_sub(besides);
            assert!(!is_slow(ours, bytes), "{bytes} bytes took {ours:?}: more than {NANOSECONDS} ns a byte");
        }
    }
    answered
}

/// What something gives, and what it took: the most memory at once, and the time of the processor.
pub(crate) fn cost<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    MEMORY.reset_peak_memory();
    let time = ThreadTime::now();
    let given = work();
    let time = time.elapsed();
    (given, Cost { memory: MEMORY.get_peak_memory(), time })
}

/// How many nanoseconds there may be for each byte of the input.
const NANOSECONDS: u128 = 200;

fn is_slow(took: Duration, bytes: usize) -> bool {
    bytes > 10_000 && took.as_nanos() > NANOSECONDS * bytes as u128
}
