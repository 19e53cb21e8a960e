//! Memory does not grow with the file.

#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::alloc::System;
use std::io::{self, Read, Seek, SeekFrom};

use peakmem_alloc::{PeakMemAlloc, PeakMemAllocTrait as _};
use smcard_evidence::measure_in;

#[global_allocator]
static MEMORY: PeakMemAlloc<System> = PeakMemAlloc::system();

/// A file that begins with some bytes, and goes on with the same one.
struct Long {
    begin: Vec<u8>,
    length: u64,
    at: u64,
}

impl Read for Long {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(self.at)).unwrap();
        let count = into.len().min(left);
        let into = into.get_mut(..count).unwrap();
        into.fill(b'.');
        let begin = self.begin.get(usize::try_from(self.at).unwrap()..).unwrap_or_default();
        for (byte, begin) in into.iter_mut().zip(begin) {
            *byte = *begin;
        }
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Long {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => self.length.checked_add_signed(by).unwrap(),
            SeekFrom::Current(by) => self.at.checked_add_signed(by).unwrap(),
        };
        Ok(self.at)
    }
}

/// The most memory at once for a file of so many bytes, and what it is.
fn peak(begin: &[u8], length: u64) -> (usize, &'static str) {
    let file = Long { begin: begin.to_vec(), length, at: 0 };
    MEMORY.reset_peak_memory();
    let format = measure_in(file).unwrap().format.name();
    (MEMORY.get_peak_memory(), format)
}

/// How a file of so many bytes begins.
type Begins<'b> = &'b dyn Fn(u64) -> Vec<u8>;

#[test]
fn a_large_file_takes_no_more_memory_than_a_small_one() {
    let tensors = |bytes: u64| {
        let header = format!(r#"{{"a":{{"dtype":"U8","shape":[{bytes}],"data_offsets":[0,{bytes}]}}}}"#);
        [&(header.len() as u64).to_le_bytes(), header.as_bytes()].concat()
    };
    let bytes = |count: u64| [b"\x80\x04\x8e".as_slice(), &count.to_le_bytes()].concat();
    let nothing = |_| b"nothing that is known".to_vec();
    let hdf5 = |_| b"\x89HDF\r\n\x1a\n\x03\x08\x08\0".to_vec();
    let cases: [(&str, Begins<'_>); 4] =
        [("safetensors", &tensors), ("pickle", &bytes), ("unknown", &nothing), ("hdf5", &hdf5)];
    for (format, begin) in cases {
        let (small, large) = (4 << 20, 40 << 20);
        let (of_small, found) = peak(&begin(small), small + 4096);
        let (of_large, _) = peak(&begin(large), large + 4096);
        assert_eq!(found, format);
        assert!(of_large <= of_small + 4096, "{format}: {of_small} bytes for a small one, {of_large} for a large one");
        assert!(of_small < 2 << 20, "{format}: {of_small} bytes");
    }
}
