//! Looks for bytes for which `smcard_fuzz::model` does not hold.

#![no_main]

mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| support::slowest::run("model", data, || smcard_fuzz::model(data)));
