//! How many ids of taxonomies are looked up a second, against a binary search among the same ids.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it has measured")]

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use smcard::taxonomy::{concepts, find};
use support::{Result, print};

fn main() -> Result<()> {
    let ids: Vec<&str> = concepts().iter().map(|concept| concept.id).collect();
    // Every id, in an order in which no search helps the next one.
    let wanted: Vec<&str> = (0..ids.len()).filter_map(|index| ids.get(index * 197 % ids.len()).copied()).collect();
    let lookup = time(|| wanted.iter().filter(|id| find(black_box(id)).is_some()).count());
    let search = time(|| wanted.iter().filter(|id| ids.binary_search(black_box(id)).is_ok()).count());
    let a_second = wanted.len() as f64 / lookup.as_secs_f64();
    println!("{} ids: {:.1} million lookups a second", ids.len(), a_second / 1e6);
    print("a lookup", lookup.as_secs_f64(), search.as_secs_f64(), "a binary search among the sorted ids", None);
    Ok(())
}

/// What one call takes: the least of several runs of many calls.
fn time(call: impl Fn() -> usize) -> Duration {
    const CALLS: u32 = 200;
    let run = || {
        let start = Instant::now();
        for _ in 0..CALLS {
            black_box(call());
        }
        start.elapsed() / CALLS
    };
    (0..50).map(|_| run()).min().unwrap_or_default()
}
