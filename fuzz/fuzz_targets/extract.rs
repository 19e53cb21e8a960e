//! Looks for bytes for which `smcard_fuzz::program` does not hold.

#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| support::slowest::run("extract", data, || smcard_fuzz::program(data)));
