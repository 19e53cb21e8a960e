//! Looks for bytes for which `smcard_fuzz::policy` does not hold.

#![no_main]

mod support;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use smcard_fuzz::Within;

fuzz_target!(|data: &[u8]| support::slowest::run("policy", data, || smcard_fuzz::policy(data, Within::Memory)));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    support::repeated(data, size, max_size, seed).unwrap_or_else(|| libfuzzer_sys::fuzzer_mutate(data, size, max_size))
});
