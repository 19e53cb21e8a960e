//! Looking at files: models by their format, and reports by their tool.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use smcard_evidence::{Facts, Finding, Format, Looked, Measured, Severity, look_in, measure_in};

use crate::bounds::{Within, cost};
use crate::said;
use shape::{as_it_is, beginning_with, hdf5, keras, safetensors, tar, template};

mod shape;

/// What is looked at, as a target of its own: its name, which is also that of its seeds, and what makes any bytes a file
/// of that kind, so that they are not lost on all others.
pub type Kind = (&'static str, fn(&[u8]) -> Vec<u8>);

/// All of them. A parser that looks at files is one line here, and one target in `Cargo.toml`.
pub const KINDS: &[Kind] = &[
    ("model", as_it_is),
    ("safetensors", safetensors),
    ("gguf", |data| beginning_with(b"GGUF", data)),
    ("onnx", as_it_is),
    ("pickle", as_it_is),
    ("zip", |data| beginning_with(b"PK", data)),
    ("tar", tar),
    ("compressed", as_it_is),
    ("numpy", |data| beginning_with(b"\x93NUMPY", data)),
    ("hdf5", hdf5),
    ("keras", keras),
    ("template", template),
    ("garak", as_it_is),
    ("modelscan", as_it_is),
    ("sarif", as_it_is),
    ("junit", as_it_is),
    ("promptfoo", as_it_is),
];

/// What memory may be used whatever the file is: what a decompressor asks for, twice where one stands in the other, an
/// archive that is itself compressed, and what a pickle may come back to.
const MEMORY: usize = 256 << 20;

/// How long a look at a file may take, however much it unpacks to, where the build is one that users have.
const SECONDS: u64 = 10;

/// How many findings a reader is shown.
const SHOWN: usize = 300;

/// Any bytes, as a file of a kind: they are something or nothing, and the answer is the same however they are read.
///
/// # Panics
/// Where the kind is none, or the answer is another the second time, is less of a part or in a container, cannot be
/// written, is longer than is read, or takes too much memory or time.
pub fn evidence(kind: &str, data: &[u8], within: Within) {
    let (_, shape) = KINDS.iter().find(|(name, _)| *name == kind).unwrap_or_else(|| panic!("nothing is called {kind}"));
    let data = &shape(data);
    let (measured, took) = cost(|| look(data));
    assert!(took.memory <= MEMORY, "{} bytes took {} bytes of memory", data.len(), took.memory);
    if within == Within::MemoryAndTime {
        assert!(took.time.as_secs() < SECONDS, "{} bytes took {:?}", data.len(), took.time);
    }
    assert_eq!(measured.size, data.len() as u64);
    assert!(measured.findings.len() <= SHOWN, "{} findings", measured.findings.len());
    let json = serde_json::to_string(&measured).expect("the answer can be written");
    assert!(json.len() <= 4 << 20, "the answer has {} bytes", json.len());

    let pieces = Pieces { inner: Cursor::new(data), length: 1 + any(data) as usize % 13 };
    let without_digest = look_in(Cursor::new(data)).expect("memory can be read");
    assert_eq!(without_digest, Looked::from(measured.clone()), "another answer without the digest");
    same(&measured, &measure_in(pieces).expect("memory can be read"));
    cut_off(data, &measured);
    packed(data, &measured);
    if let Facts::Report(report) = &measured.facts {
        assert_eq!(report.counts.is_some(), measured.findings.is_empty(), "numbers, and findings");
        if let Some(counts) = report.counts {
            let sum = counts.passes + counts.failures + counts.errors + counts.skips;
            assert_eq!(sum, counts.attempts, "numbers that do not add up");
        }
        said::check_words(&json, &String::from_utf8_lossy(data));
    }
}

const COMPRESSED: &[Format] = &[Format::Gzip, Format::Zlib, Format::Bzip2, Format::Xz, Format::Lzma, Format::Lz4];

fn look(data: &[u8]) -> Measured {
    measure_in(Cursor::new(data)).expect("memory can be read")
}

/// The same, read in one piece and in small ones. What a decompressor has made of its last piece when it fails is lost, so
/// of what is broken in there the same is only that what is dangerous is not cleared.
fn same(whole: &Measured, in_pieces: &Measured) {
    let unpacked = |finding: &Finding| COMPRESSED.contains(&whole.format) || !finding.place.members.is_empty();
    let broken = |finding: &Finding| finding.severity == Severity::Unsound && unpacked(finding);
    if ![whole, in_pieces].iter().any(|measured| measured.findings.iter().any(broken)) {
        assert_eq!(whole, in_pieces, "another answer in small pieces");
    }
    for (one, other) in [(whole, in_pieces), (in_pieces, whole)] {
        assert!(dangers(one).next().is_none() || !other.findings.is_empty(), "{one:?} is cleared if read otherwise");
    }
}

/// A number that depends on the bytes alone, so that what does not hold does not hold again.
fn any(data: &[u8]) -> u64 {
    data.iter().fold(0xcbf2_9ce4_8422_2325, |all, byte| (all ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)) >> 16
}

/// Gives a few bytes at a time, as a pipe may.
struct Pieces<'d> {
    inner: Cursor<&'d Vec<u8>>,
    length: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = into.len().min(self.length);
        self.inner.read(&mut into[..most])
    }
}

impl Seek for Pieces<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

fn dangers(measured: &Measured) -> impl Iterator<Item = &Finding> {
    measured.findings.iter().filter(|finding| finding.severity == Severity::Dangerous)
}

/// What is cut off somewhere is not cleared, unless all that is dangerous stood behind.
fn cut_off(data: &[u8], whole: &Measured) {
    if data.is_empty() || dangers(whole).next().is_none() {
        return;
    }
    let length = any(data) as usize % data.len();
    let part = look(&data[..length]);
    // Too little is left to be known for what it was.
    if !part.findings.is_empty() || part.format != whole.format || part.format == Format::Unknown {
        return;
    }
    // What is compressed is whole wherever a part of it ends.
    let in_parts = COMPRESSED.contains(&part.format);
    // And what stands at the end is not there any more.
    let may_remain = |danger: &&Finding| match danger.place.members.first() {
        Some(member) => !in_parts && member != "(zip at the end)",
        None => true,
    };
    for danger in dangers(whole).filter(may_remain) {
        let at = danger.place.offset.filter(|_| danger.place.members.is_empty());
        let behind = at.is_some_and(|at| at + NAME >= length as u64);
        assert!(behind, "cut off at {length} it is cleared, in spite of {danger:?}");
    }
}

/// How many bytes what is dangerous may take, from its place on: the name of a class.
const NAME: u64 = 600;

/// Nothing dangerous is lost by packing it.
fn packed(data: &[u8], whole: &Measured) {
    // What another format at the end or at the beginning holds is seen of whole files, and of members as they are.
    let by_itself = |finding: &&Finding| !finding.place.members.iter().any(|member| member.starts_with('('));
    let codes: Vec<_> = dangers(whole).filter(by_itself).map(|finding| finding.code).collect();
    if codes.is_empty() {
        return;
    }
    for (name, packed) in
        [("tar", shape::in_tar(data)), ("zip", shape::in_zip(b"m", data)), ("gzip", shape::in_gzip(data))]
    {
        let packed = look(&packed);
        let bounded = |finding: &Finding| ["too-deep", "too-much", "unpacks-too-much"].contains(&finding.code.name());
        let all = codes.iter().all(|code| packed.findings.iter().any(|finding| finding.code == *code));
        assert!(all || packed.findings.iter().any(bounded), "in a {name} it has only {:?}", packed.findings);
    }
}
