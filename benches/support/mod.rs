//! What the benchmarks share: projects to build, the processor time of building, cards in two
//! ways of writing, and the line that is printed.

#![allow(dead_code, reason = "each benchmark uses a part of this")]
#![allow(clippy::print_stdout, reason = "a benchmark prints what it has measured")]

#[allow(unreachable_pub, reason = "it is written as in a crate of its own, and is copied into one")]
pub(crate) mod card;
pub(crate) mod many;
pub(crate) mod project;
pub(crate) mod writing;

use std::error::Error;

/// How a benchmark ends that could not measure.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Something that is measured, with what it is called.
pub(crate) type Side<'s> = Box<dyn FnMut() -> Result<f64> + 's>;

/// The least that each side took in several rounds.
///
/// The sides take turns, so that whatever else the machine does falls on all of them. The least
/// is nearest to what the work itself costs: other work can only add to it.
pub(crate) fn least<const N: usize>(rounds: usize, mut sides: [Side<'_>; N]) -> Result<[f64; N]> {
    let mut least = [f64::INFINITY; N];
    for _ in 0..rounds {
        for (side, least) in sides.iter_mut().zip(&mut least) {
            *least = least.min(side()?);
        }
    }
    Ok(least)
}

/// How much one side takes of another: the median over several rounds, in each of which they run one right after the
/// other, in turns first.
///
/// A machine whose speed changes from one minute to the next changes both sides of a pair alike, but not the least of
/// one side and the least of another.
pub(crate) fn ratio(rounds: usize, [mut one, mut other]: [Side<'_>; 2]) -> Result<f64> {
    let mut ratios = Vec::new();
    for round in 0..rounds {
        let (took, floor) = if round % 2 == 0 {
            let took = one()?;
            (took, other()?)
        } else {
            let floor = other()?;
            (one()?, floor)
        };
        ratios.push(took / floor);
    }
    ratios.sort_by(f64::total_cmp);
    ratios.get(rounds / 2).copied().ok_or_else(|| "no rounds".into())
}

/// Prints how much something took of something else, beside the bound if there is one.
pub(crate) fn print(what: &str, took: f64, other: f64, of: &str, bound: Option<f64>) {
    let ratio = took / other;
    let verdict = match bound {
        Some(bound) if ratio <= bound => format!(" (at most {bound}): within"),
        Some(bound) => format!(" (at most {bound}): over"),
        None => String::new(),
    };
    println!("{what}: {ratio:.2} of {of}{verdict}");
}
