//! What is taken out of programs: whole, damaged, and made to do harm.

#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use object::{Architecture, Endianness};
use proptest::prelude::*;
use smcard_extract::{Format, Found, LONGEST, MAGIC, MOST_READ, MOST_REPORTS, Problem, extract, extract_from};

mod programs;

use programs::{around, component, elf, elf_segments, mach, note, pe, record, universal, wasm};

const REPORT: &[u8] = b"{\n    \"model_details\": {\n        \"name\": \"detector\"\n    }\n}\n";
const OTHER: &[u8] = b"{}\n";

/// A program of each kind that carries one report.
fn all(report: &[u8]) -> Vec<(&'static str, Format, Vec<u8>)> {
    let (little, big) = (Endianness::Little, Endianness::Big);
    let (intel, arm) = (mach(Architecture::X86_64, &record(report)), mach(Architecture::Aarch64, &record(report)));
    vec![
        ("elf64", Format::Elf, elf(Architecture::X86_64, little, &note(report, little))),
        ("elf64 big", Format::Elf, elf(Architecture::PowerPc64, big, &note(report, big))),
        ("elf32", Format::Elf, elf(Architecture::Arm, little, &note(report, little))),
        ("elf32 big", Format::Elf, elf(Architecture::Mips, big, &note(report, big))),
        ("elf without sections", Format::Elf, elf_segments(&note(report, little))),
        ("pe64", Format::Pe, pe(true, &record(report))),
        ("pe32", Format::Pe, pe(false, &record(report))),
        ("mach-o 64", Format::MachO, intel.clone()),
        ("mach-o 32", Format::MachO, mach(Architecture::Arm, &record(report))),
        ("universal", Format::MachO, universal(false, [&intel, &arm])),
        ("universal, wide", Format::MachO, universal(true, [&intel, &arm])),
        ("wasm", Format::Wasm, wasm(&record(report))),
        ("component", Format::Wasm, component(&wasm(&record(report)), &wasm(&[]))),
        ("component in a component", Format::Wasm, component(&wasm(&[]), &wasm(&record(report)))),
    ]
}

fn found(file: &[u8]) -> Result<Found, Problem> {
    extract_from(Cursor::new(file))
}

fn reports(file: &[u8]) -> Vec<Vec<u8>> {
    found(file).unwrap().reports.into_iter().map(|report| report.bytes).collect()
}

#[test]
fn every_format_gives_its_report_byte_for_byte() {
    let long = [b"{", &[b'x'; 100_000][..]].concat();
    for report in [REPORT, OTHER, &long] {
        for (name, format, file) in all(report) {
            let found = found(&file).unwrap_or_else(|problem| panic!("{name} {problem}"));
            assert_eq!((found.format, found.reports.len()), (format, 1), "{name}");
            assert_eq!(found.reports[0].bytes, report, "{name}");
        }
    }
}

#[test]
fn the_sections_of_several_crates_are_joined_and_each_report_is_found_once() {
    let joined = |gap: usize| [record(REPORT), vec![0; gap], record(OTHER), vec![0; gap], record(REPORT)].concat();
    let both = [REPORT.to_vec(), OTHER.to_vec()];
    for gap in [0, 1, 13] {
        for file in [pe(true, &joined(gap)), mach(Architecture::X86_64, &joined(gap)), wasm(&joined(gap))] {
            assert_eq!(reports(&file), both);
        }
    }
    let little = Endianness::Little;
    let notes = [note(REPORT, little), note(OTHER, little), note(REPORT, little)].concat();
    assert_eq!(reports(&elf(Architecture::X86_64, little, &notes)), both);
}

#[test]
fn a_universal_program_says_which_architectures_carry_a_report() {
    let intel = mach(Architecture::X86_64, &record(REPORT));
    let arm = mach(Architecture::Aarch64, &[record(REPORT), record(OTHER)].concat());
    let found = found(&universal(false, [&intel, &arm])).unwrap();
    let architectures: Vec<_> = found.reports.iter().map(|report| report.architectures.join(" ")).collect();
    assert_eq!(architectures, ["x86_64 arm64", "arm64"]);
}

#[test]
fn a_program_without_a_report_has_none_and_what_is_no_program_is_an_error() {
    for (name, _, file) in all(&[]) {
        // A name that differs in one letter.
        let other = String::from_utf8_lossy(&file).contains("smcard");
        assert!(other, "{name}");
        let mut file = file;
        for at in 0..file.len() - 6 {
            if &file[at..at + 6] == b"smcard" {
                file[at] = b'z';
            }
        }
        assert_eq!(found(&file).unwrap().reports, [], "{name}");
    }
    for no_program in [&b""[..], b"\0", b"#!/bin/sh\n", b"{}\n", REPORT, b"PK\x03\x04 and so on and on", b"\0as"] {
        assert!(matches!(found(no_program), Err(Problem::NoProgram)), "{no_program:?}");
    }
    assert!(matches!(found(b"!<arch>\nfile"), Err(Problem::Library)));
    assert!(matches!(extract(&std::env::temp_dir()), Err(Problem::NoFile)));
    assert!(matches!(extract("not/there".as_ref()), Err(Problem::Unreadable(_))));
}

#[test]
fn what_is_cut_off_anywhere_gives_no_other_report_than_the_whole() {
    for (name, _, file) in all(REPORT) {
        let mut errors = 0;
        for length in 0..file.len() {
            match found(&file[..length]) {
                Ok(found) => {
                    assert!(found.reports.iter().all(|report| report.bytes == REPORT), "{name}, {length}");
                }
                Err(_) => errors += 1,
            }
        }
        assert!(errors > file.len() / 4, "{name}: {errors} of {}", file.len());
    }
}

#[test]
fn whatever_byte_is_wrong_a_report_is_part_of_the_file_or_there_is_none() {
    for (name, _, file) in all(REPORT) {
        for at in 0..file.len().min(0x800) {
            for wrong in [0, 0xff, file[at] ^ 0x80, file[at].wrapping_add(1)] {
                let mut file = file.clone();
                file[at] = wrong;
                for report in found(&file).map(|found| found.reports).unwrap_or_default() {
                    let part = file.windows(report.bytes.len().max(1)).any(|part| part == report.bytes);
                    assert!(part || report.bytes.is_empty(), "{name}, byte {at}: {wrong}");
                }
            }
        }
    }
}

/// The same with a change of the record, which is the same in every format.
fn with_record(change: impl Fn(&mut Vec<u8>)) -> Vec<(&'static str, Problem)> {
    let mut changed = record(REPORT);
    change(&mut changed);
    let little = Endianness::Little;
    let mut desc = note(REPORT, little);
    desc.truncate(20);
    desc[4..8].copy_from_slice(&(changed.len() as u32).to_le_bytes());
    desc.extend(&changed);
    desc.resize(desc.len().next_multiple_of(4), 0);
    let files = [
        ("elf", elf(Architecture::X86_64, little, &desc)),
        ("pe", pe(true, &changed)),
        ("mach-o", mach(Architecture::X86_64, &changed)),
        ("wasm", wasm(&changed)),
    ];
    files.into_iter().map(|(name, file)| (name, found(&file).unwrap_err())).collect()
}

#[test]
fn a_record_that_claims_what_cannot_be_is_an_error_that_says_what() {
    for claim in [u64::MAX, 1 << 63, LONGEST + 1] {
        for (name, problem) in with_record(|record| record[20..28].copy_from_slice(&claim.to_le_bytes())) {
            assert!(matches!(problem, Problem::TooLong), "{name}: {problem:?}");
        }
    }
    for claim in [REPORT.len() as u64 + 1, LONGEST] {
        for (name, problem) in with_record(|record| record[20..28].copy_from_slice(&claim.to_le_bytes())) {
            assert!(matches!(problem, Problem::CutOff), "{name}: {problem:?}");
        }
    }
    for length in [1, 15, 16, 19, 20, 27] {
        for (name, problem) in with_record(|record| record.truncate(length)) {
            assert!(matches!(problem, Problem::CutOff), "{name}, {length}: {problem:?}");
        }
    }
    for (name, problem) in with_record(|record| record[16] = 2) {
        assert!(matches!(problem, Problem::Newer(2)), "{name}: {problem:?}");
    }
    // What a transfer as text does to it.
    for (name, problem) in with_record(|record| _ = record.remove(14)) {
        assert!(matches!(problem, Problem::NoRecord), "{name}: {problem:?}");
    }
    for (name, problem) in with_record(|record| record.push(b'x')) {
        assert!(matches!(problem, Problem::NoRecord), "{name}: {problem:?}");
    }
}

#[test]
fn headers_that_claim_more_than_the_file_are_damaged() {
    let damaged = |file: &[u8]| matches!(found(file), Err(Problem::Damaged(_)));
    let put = |file: &[u8], at: usize, bytes: &[u8]| {
        let mut file = file.to_vec();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    let huge = (1u64 << 63).to_le_bytes();
    let segments = elf_segments(&note(REPORT, Endianness::Little));
    // The place and the size of the segment; the place of the table of segments.
    for at in [64 + 8, 64 + 32, 32] {
        assert!(damaged(&put(&segments, at, &huge)), "{at}");
        assert!(damaged(&put(&segments, at, &u64::MAX.to_le_bytes())), "{at}");
    }
    let little = Endianness::Little;
    let sections = elf(Architecture::X86_64, little, &note(REPORT, little));
    assert!(damaged(&put(&sections, 40, &huge)), "the place of the table of sections");
    let table = u64::from_le_bytes(sections[40..48].try_into().unwrap()) as usize;
    let count = u16::from_le_bytes(sections[60..62].try_into().unwrap()) as usize;
    // Of the sections, one is ours.
    let wrong = |at: usize| {
        let with = |index: usize| put(&sections, table + index * 64 + at, &huge);
        (1..count).filter(|index| damaged(&with(*index))).count()
    };
    assert_eq!((wrong(24), wrong(32)), (1, 1), "the place of the section, and its size");

    let windows = pe(true, &record(REPORT));
    let headers = windows.windows(8).position(|name| name == b".smcard\0").unwrap();
    let beyond = put(&windows, headers + 8, &[0xff; 4]);
    assert!(damaged(&put(&beyond, headers + 16, &[0xff; 4])), "its size in memory and in the file");
    assert!(damaged(&put(&windows, headers + 20, &[0xff; 4])), "its place");
    // Without them, it is a program of DOS.
    assert!(matches!(found(&put(&windows, 0x3c, &[0xff; 4])), Err(Problem::NoProgram)), "the place of the headers");

    let apple = mach(Architecture::X86_64, &record(REPORT));
    let header = apple.windows(8).position(|name| name == b"__smcard").unwrap();
    assert!(damaged(&put(&apple, header + 40, &huge)), "the size of the section");
    assert!(damaged(&put(&apple, 20, &[0xff; 4])), "the size of the commands");
    assert!(damaged(&put(&apple, 16, &[0xff; 4])), "how many commands there are");
    // As many as there is room for, each the same, and not as many as no program has.
    let mut many = universal(false, [&apple, &apple]);
    for index in 2..65 {
        many.copy_within(8..28, 8 + index * 20);
    }
    many[7] = 64;
    assert_eq!(reports(&many), [REPORT]);
    assert!(damaged(&put(&many, 7, &[65])));
    let both = universal(true, [&apple, &apple]);
    assert!(damaged(&put(&both, 4, &[0xff; 4])), "how many architectures there are");
    assert!(damaged(&put(&both, 16, &[0xff; 8])), "where one is");

    let web = wasm(&record(REPORT));
    assert!(damaged(&put(&web, 9, &[0xff])), "the length of the first section");
    assert!(damaged(b"\0asm\x01\0\0\0\0\xff\xff\xff\xff\x0f"), "4 GB");
    assert!(damaged(b"\0asm\x01\0\0\0\0\xff\xff\xff\xff\xff\xff"), "a number without end");
    assert!(damaged(b"\0asm\x01\0\0\0\0\x02\x7fx"), "the length of a name");
}

#[test]
fn components_in_components_end_somewhere() {
    let mut file = component(&wasm(&record(REPORT)), &wasm(&[]));
    for _ in 0..10 {
        file = around(&file);
        assert_eq!(reports(&file), [REPORT]);
    }
    for _ in 0..100 {
        file = around(&file);
    }
    assert!(matches!(found(&file), Err(Problem::Damaged(Format::Wasm))));
}

/// A file that is mostly empty, and counts what is read of it.
struct Sparse {
    /// What stands where.
    parts: Vec<(u64, Vec<u8>)>,
    length: u64,
    at: u64,
    read: u64,
}

impl Read for Sparse {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = (buffer.len() as u64).min(self.length.saturating_sub(self.at)) as usize;
        buffer[..count].fill(0);
        for (start, part) in &self.parts {
            for (index, byte) in part.iter().enumerate() {
                let at = start + index as u64;
                if (self.at..self.at + count as u64).contains(&at) {
                    buffer[(at - self.at) as usize] = *byte;
                }
            }
        }
        self.at += count as u64;
        self.read += count as u64;
        Ok(count)
    }
}

impl Seek for Sparse {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => self.length.saturating_add_signed(by),
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
        };
        Ok(self.at)
    }
}

#[test]
fn of_a_program_of_many_gigabytes_only_headers_and_reports_are_read() {
    let note = note(REPORT, Endianness::Little);
    let mut head = elf_segments(&[]);
    let far = 1u64 << 40;
    head[64 + 8..64 + 16].copy_from_slice(&far.to_le_bytes());
    head[64 + 32..64 + 40].copy_from_slice(&(note.len() as u64).to_le_bytes());
    let length = far + note.len() as u64;
    let mut file = Sparse { parts: vec![(0, head), (far, note)], length, at: 0, read: 0 };
    let found = extract_from(&mut file).unwrap();
    assert_eq!(found.reports[0].bytes, REPORT);
    assert!(file.read < 1000, "{} bytes were read", file.read);

    // A section that is as large as the file, and of which all would have to be read.
    let mut head = elf_segments(&[]);
    head[64 + 8..64 + 16].copy_from_slice(&0u64.to_le_bytes());
    head[64 + 32..64 + 40].copy_from_slice(&far.to_le_bytes());
    let mut file = Sparse { parts: vec![(0, head)], length: far, at: 0, read: 0 };
    assert!(matches!(extract_from(&mut file), Err(Problem::TooMuch)));
    assert!(file.read < 1000, "{} bytes were read", file.read);
}

#[test]
fn sections_that_overlap_and_headers_without_end_cost_no_more_than_there_may_be() {
    // 1,000 sections of the same megabyte each.
    let content = [record(REPORT), vec![0; 1 << 20]].concat();
    let mut file = pe(true, &content);
    let headers = file.windows(8).position(|name| name == b".smcard\0").unwrap();
    let header = file[headers..headers + 40].to_vec();
    file[0x86..0x88].copy_from_slice(&1000u16.to_le_bytes());
    let mut moved = file[..headers - 40].to_vec();
    for index in 0..1000u32 {
        let mut header = header.clone();
        // Each begins elsewhere, so that none is known from before.
        let skip = if index == 0 { 0 } else { 200 + index };
        let at = 0x10000 + skip;
        header[8..12].copy_from_slice(&(content.len() as u32 - skip).to_le_bytes());
        header[20..24].copy_from_slice(&at.to_le_bytes());
        moved.extend(header);
    }
    moved.resize(0x10000, 0);
    moved.extend(&content);
    moved.resize(moved.len().next_multiple_of(512), 0);
    assert!(matches!(found(&moved), Err(Problem::TooMuch)));

    // Sections without content, more than a million.
    let many = [&b"\0asm\x01\0\0\0"[..], &[1, 0].repeat(2_000_000)].concat();
    assert!((many.len() as u64) < MOST_READ, "the file itself is short");
    assert!(matches!(found(&many), Err(Problem::TooMuch)));

    // More reports than a program has.
    let mut records = Vec::new();
    for index in 0..=MOST_REPORTS {
        records.extend(record(format!("{{{index}}}").as_bytes()));
    }
    assert!(matches!(found(&wasm(&records)), Err(Problem::TooMany)));
    let one_less = records.len() - record(format!("{{{MOST_REPORTS}}}").as_bytes()).len();
    assert_eq!(reports(&wasm(&records[..one_less])).len(), MOST_REPORTS);
}

#[test]
fn this_very_program_is_read_and_carries_nothing() {
    let program = std::env::current_exe().unwrap();
    let about = fs::metadata(&program).unwrap();
    assert!(about.len() > 100_000);
    assert_eq!(extract(&program).unwrap().reports, []);
}

/// Every kind of program, and the hostile ones of these tests that are short, for the fuzzer to begin with.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let mut seeds: Vec<_> =
        all(REPORT).into_iter().map(|(name, _, file)| (name.replace([' ', ','], "-"), file)).collect();
    let two = [record(REPORT), vec![0; 3], record(OTHER)].concat();
    let mut endless = record(REPORT);
    endless[20..28].copy_from_slice(&(1u64 << 63).to_le_bytes());
    let mut cut = wasm(&record(REPORT));
    cut.truncate(cut.len() - 40);
    let mut far = elf_segments(&note(REPORT, Endianness::Little));
    far[64 + 32..64 + 40].copy_from_slice(&(1u64 << 63).to_le_bytes());
    let mut deep = component(&wasm(&record(OTHER)), &wasm(&[]));
    (0..20).for_each(|_| deep = around(&deep));
    let apple = mach(Architecture::X86_64, &two);
    let mut crowd = universal(false, [&apple, &apple]);
    crowd[4..8].copy_from_slice(&u32::MAX.to_be_bytes());
    for (name, seed) in [
        ("two-reports.exe", pe(true, &two)),
        ("two-reports.macho", apple),
        ("report-of-2-63-bytes.wasm", wasm(&endless)),
        ("cut-off.wasm", cut),
        ("segment-of-2-63-bytes.elf", far),
        ("deep.wasm", deep),
        ("architectures-without-end", crowd),
        ("something-else.exe", pe(false, b"something else")),
        ("text", REPORT.to_vec()),
    ] {
        seeds.push((name.to_owned(), seed));
    }
    seeds
}

#[test]
fn the_seeds_of_the_fuzz_target_are_those_of_these_tests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds/extract");
    let overwrite = std::env::var_os("SEEDS").is_some_and(|value| value == "overwrite");
    let seeds = seeds();
    for (name, seed) in &seeds {
        let file = folder.join(name);
        if overwrite {
            fs::create_dir_all(&folder).and_then(|()| fs::write(&file, seed)).unwrap();
        }
        assert!(fs::read(&file).is_ok_and(|bytes| bytes == *seed), "{name}: write them with SEEDS=overwrite");
    }
    assert!(fs::read_dir(&folder).unwrap().count() >= seeds.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_report_comes_back_as_it_was(report in prop::collection::vec(any::<u8>(), 0..3000), more in any::<bool>()) {
        let report = if more { [&report[..], &MAGIC, &report].concat() } else { report };
        for (name, _, file) in all(&report) {
            prop_assert_eq!(&reports(&file), std::slice::from_ref(&report), "{}", name);
        }
    }
}
