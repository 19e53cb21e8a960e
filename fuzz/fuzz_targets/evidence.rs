//! Looks for bytes for which `smcard_fuzz::evidence` does not hold: one target for each of its kinds, by the target's name.

#![no_main]

mod support;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use smcard_fuzz::Within;

const KIND: &str = env!("CARGO_BIN_NAME");

fuzz_target!(|data: &[u8]| support::slowest::run(KIND, data, || smcard_fuzz::evidence(KIND, data, Within::Memory)));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    support::repeated(data, size, max_size, seed).unwrap_or_else(|| libfuzzer_sys::fuzzer_mutate(data, size, max_size))
});
