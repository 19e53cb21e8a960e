//! Memory does not grow with a report whose results are read one by one, and has a bound where one is large.

#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::alloc::System;
use std::io::{self, Read, Seek, SeekFrom};

use peakmem_alloc::{PeakMemAlloc, PeakMemAllocTrait as _};
use smcard_evidence::{Counts, Facts, measure_in};

#[global_allocator]
static MEMORY: PeakMemAlloc<System> = PeakMemAlloc::system();

/// A text in which one part stands many times.
struct Repeated {
    begin: &'static str,
    unit: &'static str,
    times: u64,
    end: String,
    at: u64,
}

impl Repeated {
    /// Where the repeated part ends, and where all ends.
    fn ends(&self) -> (u64, u64) {
        let units = (self.begin.len() + self.unit.len() * usize::try_from(self.times).unwrap()) as u64;
        (units, units + self.end.len() as u64)
    }
}

impl Read for Repeated {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let (begin, (units, _)) = (self.begin.len() as u64, self.ends());
        let place = |from: u64| usize::try_from(from).unwrap();
        let part = match self.at {
            at if at < begin => self.begin.get(place(at)..),
            at if at < units => self.unit.get(place((at - begin) % self.unit.len() as u64)..),
            at => self.end.get(place(at - units)..),
        };
        let read = part.unwrap_or_default().as_bytes().read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Repeated {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => self.ends().1.checked_add_signed(by).unwrap(),
            SeekFrom::Current(by) => self.at.checked_add_signed(by).unwrap(),
        };
        Ok(self.at)
    }
}

/// The most memory at once, the numbers, and what is said against it.
fn peak(begin: &'static str, unit: &'static str, times: u64, end: String) -> (usize, Option<Counts>, Vec<String>) {
    let file = Repeated { begin, unit, times, end, at: 0 };
    MEMORY.reset_peak_memory();
    let measured = measure_in(file).unwrap();
    let memory = MEMORY.get_peak_memory();
    let Facts::Report(report) = measured.facts else { panic!("it is {}", measured.format.name()) };
    (memory, report.counts, measured.findings.into_iter().map(|finding| finding.message).collect())
}

#[test]
fn a_large_report_takes_no_more_memory_than_a_small_one_and_a_large_line_has_a_bound() {
    let attempt = "{\"entry_type\": \"attempt\", \"outputs\": [{\"text\": \"I will not do that.\"}]}\n";
    let eval = "{\"entry_type\": \"eval\", \"probe\": \"p\", \"detector\": \"d\", \"passed\": 3, \"fails\": 1}\n";
    let garak = move |_| format!("{eval}{{\"entry_type\": \"completion\"}}\n");
    let result = "{\"success\": true, \"failureReason\": 0, \"response\": {\"output\": \"I will not do that.\"}},";
    let promptfoo = |times| {
        let last = "{\"success\": false}";
        format!("{last}], \"stats\": {{\"successes\": {times}, \"failures\": 1, \"errors\": 0}}}}}}")
    };
    let case = "<testcase name=\"refuses\"><system-out>I will not do that.</system-out></testcase>";
    let junit = |_| "</testsuite>".to_owned();
    type End<'e> = &'e dyn Fn(u64) -> String;
    let cases: [(&str, &str, End<'_>, bool); 3] = [
        (attempt, attempt, &garak, false),
        ("{\"evalId\": null, \"results\": {\"version\": 3, \"results\": [", result, &promptfoo, true),
        ("<testsuite>", case, &junit, true),
    ];
    for (begin, unit, end, counts) in cases {
        let [(small, _, none), (large, counted, no)] =
            [4_000, 40_000].map(|times| peak(begin, unit, times, end(times)));
        assert_eq!([none, no], [Vec::<String>::new(), Vec::new()], "{begin}");
        assert!(counted.unwrap().attempts >= if counts { 40_000 } else { 4 }, "{begin}");
        assert!(large <= small + 4096 && small < 1 << 20, "{begin}: {small} bytes of memory, and {large}");
    }

    for (begin, unit) in [("{\"entry_type\": \"", "aaaaaaaaaaaaaaaa"), ("<testsuite><system-out>", "aaaaaaaaaaaaaaaa")]
    {
        let (memory, counts, said) = peak(begin, unit, 5 << 20, String::new());
        assert_eq!(
            (counts, said),
            (None, vec!["it has more than 64 MiB in one piece, and was not read on".to_owned()])
        );
        assert!(memory < 256 << 20, "{begin}: {memory} bytes of memory");
    }
}
