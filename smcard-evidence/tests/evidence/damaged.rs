//! Damaged files: cut off at every byte, and with each bit turned in its turn. There is always an answer, soon, and a
//! harmless file that is cut off is not cleared.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use smcard_evidence::{Format, Severity, measure_in};

use crate::seeds::{codes, of, seed, seeds, verdict};

/// How long a look at a few bytes may take, in a build that is not optimized, on a machine that does other things too.
const SOON: Duration = Duration::from_secs(20);

/// How much of each file is cut off and turned.
const CUT: usize = 4096;
const TURNED: usize = 1024;

#[test]
fn a_file_that_is_cut_off_is_never_cleared() {
    let mut cleared = Vec::new();
    for seed in seeds() {
        // The bombs take their time each.
        let step = if seed.codes.iter().any(|code| code == "unpacks-too-much") { 97 } else { 1 };
        for length in (0..seed.content.len().min(CUT)).step_by(step) {
            let started = Instant::now();
            let measured = of(&seed.content[..length]);
            assert!(started.elapsed() < SOON, "{} cut off at {length}", seed.name);
            let format = measured.format;
            // Too little is left to be anything; a text is whole wherever it ends, and so is the first of several
            // pickles. The end of a tar has two empty blocks, of which one is enough.
            let whole = match format {
                Format::Unknown => true,
                Format::Tar => seed.content[length - 512..length].iter().all(|byte| *byte == 0),
                Format::Pickle => seed.content[..length].ends_with(b"."),
                // Only the mark of the end is missing, behind all that is in it.
                Format::Lz4 => length + 8 >= seed.content.len(),
                // What stands behind the tensors is what is wrong with it.
                Format::Safetensors => {
                    seed.name == "safetensors/behind.safetensors" && length + 2 == seed.content.len()
                }
                _ => false,
            };
            if measured.findings.is_empty() && !whole {
                cleared.push(format!("{} cut off at {length} is {}", seed.name, format.name()));
            }
        }
    }
    assert!(cleared.is_empty(), "{}", cleared.join("\n"));
}

#[test]
fn the_tensors_of_an_old_pytorch_file_end_where_its_pickles_say() {
    let whole = seed("pytorch/legacy.pt");
    assert_eq!(codes(&of(&whole)), [""; 0]);
    let more = of(&[whole.as_slice(), b"more"].concat());
    assert_eq!(codes(&more), ["trailing-data"]);
    assert!(more.findings[0].message.contains("4 bytes stand behind its tensors"), "{:?}", more.findings);
    assert_eq!(codes(&of(&whole[..whole.len() - 1])), ["truncated-file"]);
}

/// A zip of one member that is not compressed.
fn zip(name: &str, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    let mut crc = flate2::Crc::new();
    crc.update(content);
    // Its time and date, its digest, both of its lengths, the length of its name, and nothing more.
    let about =
        [[0; 4], crc.sum().to_le_bytes(), length, length, [u8::try_from(name.len()).unwrap(), 0, 0, 0]].concat();
    let local = [b"PK\x03\x04\x14\0\0\0\0\0".as_slice(), &about, name.as_bytes(), content].concat();
    let entry = [b"PK\x01\x02\x14\0\x14\0\0\0\0\0".as_slice(), &about, &[0; 14], name.as_bytes()].concat();
    let lengths = [entry.len(), local.len()].map(|length| u32::try_from(length).unwrap().to_le_bytes());
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &lengths.concat(), &[0; 2]].concat();
    [local, entry, end].concat()
}

#[test]
fn what_pytorch_unpickles_is_walked_whatever_it_begins_with() {
    for (content, found) in [
        ("cos\nsystem\u{2}\n.", ["dangerous-global"].as_slice()),
        ("cmine\na name\n.", &["unknown-global"]),
        ("words", &["broken-file"]),
    ] {
        let measured = of(&zip("archive/data.pkl", content.as_bytes()));
        assert_eq!((measured.format, codes(&measured)), (Format::PyTorch, found.to_vec()), "{content}");
    }
    // What it is besides is looked into all the same.
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(&seed("pickle/system-4.pkl")).unwrap();
    assert!(codes(&of(&zip("archive/data.pkl", &gzip.finish().unwrap()))).contains(&"dangerous-global"));
}

#[test]
fn what_a_pickle_imports_before_it_is_cut_off_is_found() {
    for seed in seeds().iter().filter(|seed| seed.name.starts_with("pickle/") && seed.verdict == "dangerous") {
        let whole = of(&seed.content);
        let Some(finding) = whole.findings.iter().find(|finding| finding.severity == Severity::Dangerous) else {
            continue;
        };
        // Of a pickle without a protocol a call is what tells it from a text; each of the seeds has one right behind.
        let start = usize::try_from(finding.place.offset.unwrap()).unwrap() + 40;
        for length in start..seed.content.len() {
            assert_eq!(verdict(&of(&seed.content[..length])), "dangerous", "{} cut off at {length}", seed.name);
        }
    }
}

/// A loader has got all that stands before the cut by the time it notices.
#[test]
fn what_is_compressed_and_cut_off_is_not_taken_for_something_unknown() {
    let mut cleared = Vec::new();
    for seed in seeds().iter().filter(|seed| seed.verdict == "dangerous" && COMPRESSED.contains(&&*seed.format)) {
        // In what comes first may stand nothing but tables.
        for length in (seed.content.len() / 4).max(32)..seed.content.len() {
            let measured = of(&seed.content[..length]);
            if measured.findings.is_empty() && measured.format != Format::Lz4 {
                cleared.push(format!("{} cut off at {length} is {}", seed.name, measured.format.name()));
            }
        }
    }
    assert!(cleared.is_empty(), "{}", cleared.join("\n"));
}

const COMPRESSED: [&str; 6] = ["gzip", "zlib", "bzip2", "xz", "lzma", "lz4"];

#[test]
fn what_stands_before_a_mistake_in_what_is_compressed_is_found() {
    let pickle = [b"cposix\nsystem\n(S'true'\ntR".as_slice(), &b"(S'a text'\nt0".repeat(2000), b"."].concat();
    let mut random = 1_u64;
    let mut noise = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 56) as u8
    };
    let noise: Vec<u8> = (0..4000).map(|_| noise()).collect();
    for method in [Compression::none(), Compression::fast(), Compression::best()] {
        let mut zlib = ZlibEncoder::new(Vec::new(), method);
        zlib.write_all(&[pickle.as_slice(), &noise].concat()).unwrap();
        let mut content = zlib.finish().unwrap();
        let middle = content.len() - 1000;
        for byte in &mut content[middle..] {
            *byte = 0xff;
        }
        assert_eq!(verdict(&of(&content)), "dangerous", "{method:?}");
    }
}

/// Of hardly 64 bytes, each of which takes more than eight bits.
#[test]
fn whether_something_is_compressed_does_not_depend_on_how_much_is_read_at_a_time() {
    let start = b"\x78\x9c\x6b\x60\x99\x2a\xcf\x00\x01\x3d\xac\x05\xf9\xc5\x99\x15\x53\x7a\xd8\x8a\x2b\x8b\x4b\x52\x73\xa7\x4c\x9e\xd2\xc3\x52\x52\x54\x9a\x3a\xa5";
    let end = b"\x75\xff\xff\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x2f\xff\xff\x00\x01\x3d\xac\x05\xf9\xc5\x99\x15\x53\x7a\xd8\x8a\x2b\x8b\x4b\x52\x73\xa7\x4c\x9e\xd2\xc3\x52\x52\x54\x3d\xd0\x14\x3d\x00\x03\x68\x0e\x94";
    let content = [start, [0xff; 114].as_slice(), end].concat();
    assert_eq!(content.len(), 217);
    let whole = of(&content);
    assert_eq!((whole.format, verdict(&whole)), (Format::Zlib, "dangerous"));
    assert_eq!(measure_in(OneByOne(Cursor::new(&content))).unwrap(), whole);
}

struct OneByOne<'c>(Cursor<&'c Vec<u8>>);

impl Read for OneByOne<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = into.len().min(1);
        self.0.read(&mut into[..most])
    }
}

impl Seek for OneByOne<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn whatever_bit_is_turned_there_is_an_answer() {
    let mut answers = 0;
    for seed in seeds().iter().filter(|seed| !seed.codes.iter().any(|code| code == "unpacks-too-much")) {
        let mut content = seed.content.clone();
        for at in 0..content.len().min(TURNED) {
            let bit = 1 << (at % 8);
            content[at] ^= bit;
            let started = Instant::now();
            answers += of(&content).sha256.len() / 64;
            assert!(started.elapsed() < SOON, "{} with another bit in byte {at}", seed.name);
            content[at] ^= bit;
        }
    }
    assert!(answers > 10_000, "{answers}");
}
