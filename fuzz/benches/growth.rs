//! How work grows with the input: each large input against a tenth of it.
//!
//! Linear work takes ten times as long. More than twenty is work that grows faster, whatever the
//! machine is. A name as argument runs the inputs whose name holds it.

use std::env;
use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;
use proc_macro2::TokenStream;
use smcard_core::{Policy, SecurityCard};
use smcard_fuzz::large::{CARDS, Inputs, POLICIES, REPORTS};
use smcard_fuzz::systems;

const BOUND: f64 = 20.0;

fn main() {
    let wanted = env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let grows = |family: &str, inputs: Inputs, run: &dyn Fn(&str) -> Duration| {
        for (name, input) in inputs.iter().filter(|(name, _)| format!("{family}: {name}").contains(&wanted)) {
            let (tenth, whole) = (least(&input(10), run), least(&input(1), run));
            let growth = whole.as_secs_f64() / tenth.as_secs_f64();
            let verdict = if growth <= BOUND { "within" } else { "over" };
            let a_byte = whole.as_nanos() / input(1).len() as u128;
            println!("{family}: {name}: {growth:.1} of a tenth (at most {BOUND}): {verdict}; {a_byte} ns a byte");
        }
    };
    for reports in [REPORTS, systems::REPORTS] {
        grows("report", reports, &|text| time(|| drop(black_box(SecurityCard::from_json(text)))));
    }
    grows("policy", POLICIES, &|text| time(|| drop(black_box(Policy::from_toml(text, "smcard.toml")))));
    for cards in [CARDS, systems::CARDS] {
        grows("card", cards, &|text| {
            // Reading tokens is the compiler's work.
            let body: TokenStream = text.parse().unwrap_or_default();
            time(|| drop(black_box(smcard_fuzz_macro::security_card(body))))
        });
    }
}

/// The least of several runs, as far as there is time for them: whatever else the machine does can
/// only add to it.
fn least(input: &str, run: &dyn Fn(&str) -> Duration) -> Duration {
    let mut least = Duration::MAX;
    let mut all = Duration::ZERO;
    for _ in 0..9 {
        let took = run(input);
        least = least.min(took);
        all += took;
        if all > Duration::from_secs(1) {
            break;
        }
    }
    least
}

fn time(work: impl FnOnce()) -> Duration {
    let start = ThreadTime::now();
    work();
    start.elapsed()
}
