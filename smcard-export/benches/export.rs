//! How many cards a second each format exports on one core, against writing the same card as JSON; and how the work grows
//! with the threats of a card, with the components and flows of its system, and with both at one component.
//!
//! Linear work takes ten times as long for ten times the parts. A word as argument runs the formats whose name holds it.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it has measured")]

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;
use smcard::SecurityCard;
use smcard_export::Format;

#[path = "../../benches/support/card.rs"]
#[allow(unreachable_pub, reason = "it is written as in a crate of its own")]
mod card;
#[path = "../../benches/support/many.rs"]
mod many;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const SIZES: [usize; 5] = [1, 10, 100, 1_000, 10_000];

/// How many times as long ten times the parts may take, from 100 parts on: with fewer, what the rest of the card takes
/// hides how the work grows. Linear work takes more than ten times as long, too, where what it makes no longer fits a
/// cache of the processor, so this is a round number.
const BOUND: f64 = 12.0;

/// Makes a card with so many parts.
type Make = fn(usize) -> SecurityCard<'static>;

/// What a card has many of, and such a card.
const PARTS: [(&str, Make); 3] = [
    ("threats", many::with_threats),
    ("components and flows", many::with_components_and_flows),
    ("threats and flows of one component", many::with_threats_and_flows_of_one_component),
];

fn main() -> Result<()> {
    let wanted = env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let formats = || Format::ALL.iter().filter(|format| format.name.contains(&wanted));
    let native = time(|| Ok(black_box(&card::CARD).to_json().len()))?;
    println!("json: {:.0} cards a second", 1.0 / native);
    for format in formats() {
        let took = time(|| export(format, &card::CARD))?;
        println!("{}: {:.0} cards a second, {:.1} of writing JSON", format.name, 1.0 / took, took / native);
    }
    for (parts, make) in PARTS {
        let cards = SIZES.map(make);
        println!();
        grows("json", parts, &cards, |card| Ok(card.to_json().len()))?;
        for format in formats() {
            grows(format.name, parts, &cards, |card| export(format, card))?;
        }
    }
    Ok(())
}

fn export(format: &Format, card: &SecurityCard<'_>) -> Result<usize> {
    let text = format.write(card).map_err(|lacks| format!("{}: {}", format.name, lacks.join("; ")))?;
    Ok(black_box(text).len())
}

/// Prints what each size took of the one before it.
fn grows(
    format: &str,
    parts: &str,
    cards: &[SecurityCard<'static>],
    export: impl Fn(&SecurityCard<'_>) -> Result<usize>,
) -> Result<()> {
    let took = cards.iter().map(|card| cold(|| export(black_box(card)))).collect::<Result<Vec<_>>>()?;
    let steps: Vec<f64> = took.windows(2).filter_map(|pair| Some(pair.get(1)? / pair.first()?)).collect();
    let shown: Vec<String> = steps.iter().map(|step| format!("{step:.1}")).collect();
    // Over both of these steps: where one of them leaves a cache of the processor behind, the other does not.
    let growth = steps.iter().rev().take(2).product::<f64>().sqrt().round();
    let verdict = if growth <= BOUND { "within" } else { "over" };
    println!(
        "{format}, {parts} from 1 to 10 to … 10,000: {} times as long; from 100 on, ten times take {growth} (at most \
         {BOUND}): {verdict}",
        shown.join(", ")
    );
    Ok(())
}

/// What one call takes: the least of several runs of many calls.
fn time(call: impl Fn() -> Result<usize>) -> Result<f64> {
    const CALLS: u32 = 100;
    let mut least = Duration::MAX;
    for _ in 0..20 {
        let start = ThreadTime::now();
        for _ in 0..CALLS {
            call()?;
        }
        least = least.min(start.elapsed() / CALLS);
    }
    Ok(least.as_secs_f64())
}

/// What a call takes that finds nothing in the caches of the processor: the least of several. A small card would stay
/// in them and a large one would not, which says nothing about how the work grows.
fn cold(call: impl Fn() -> Result<usize>) -> Result<f64> {
    const ENOUGH: Duration = Duration::from_secs(1);
    let mut other = vec![0u8; 128 * 1024 * 1024];
    let (mut least, mut all) = (Duration::MAX, Duration::ZERO);
    for run in 0..12 {
        other.iter_mut().step_by(64).for_each(|byte| *byte = byte.wrapping_add(1));
        black_box(&mut other);
        let start = ThreadTime::now();
        call()?;
        let took = start.elapsed();
        least = least.min(took);
        all += took;
        if all > ENOUGH && run >= 4 {
            break;
        }
    }
    Ok(least.as_secs_f64())
}
