//! Looking at a model file.

use std::io::Cursor;

use crate::bounds::cost;

/// What memory may be used whatever the file is: what a decompressor asks for, twice where one stands in the other, an
/// archive that is itself compressed, and what a pickle may come back to.
const ALLOWANCE: usize = 256 << 20;

/// How many findings a reader is shown.
const SHOWN: usize = 300;

/// Any bytes: they are something or nothing, and the answer is the same each time.
///
/// # Panics
/// Where the answer is another the second time, cannot be written, is longer than is read, or takes too much memory.
pub fn model(data: &[u8]) {
    let look = || smcard_evidence::measure_in(Cursor::new(data)).expect("memory can be read");
    let (measured, took) = cost(look);
    assert!(took.memory <= ALLOWANCE, "{} bytes took {} bytes of memory", data.len(), took.memory);
    assert_eq!(measured.size, data.len() as u64);
    assert!(measured.findings.len() <= SHOWN, "{} findings", measured.findings.len());
    assert_eq!(look(), measured, "another answer");
    let json = serde_json::to_vec(&measured).expect("the answer can be written");
    assert!(json.len() <= 4 << 20, "the answer has {} bytes", json.len());
}
