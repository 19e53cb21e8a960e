//! Each file of the corpus is what it is, by any name and within any container.

use std::cell::Cell;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use sha2::{Digest, Sha256};
use smcard_evidence::{Code, Format, Looked, look, look_in, measure};

use crate::seeds::{codes, folder, of, seed, seeds, verdict};

#[test]
fn each_file_has_the_format_the_verdict_and_the_findings_that_are_expected_of_it() {
    let mut wrong = Vec::new();
    for seed in seeds() {
        let measured = measure(folder().join(&seed.name)).unwrap();
        let found = (measured.format.name(), verdict(&measured), codes(&measured).join(" "));
        let expected = (seed.format.as_str(), seed.verdict.as_str(), seed.codes.join(" "));
        if (found.0, found.1, found.2.as_str()) != (expected.0, expected.1, expected.2.as_str()) {
            wrong.push(format!("{}: expected {expected:?}, found {found:?}", seed.name));
        }
        let digest: String = Sha256::digest(&seed.content).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((measured.sha256, measured.size), (digest, seed.content.len() as u64), "{}", seed.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn texts_are_unknown_wherever_their_words_stand() {
    let lines = "import os\n\ndef rows(path): return [line.split(',') for line in open(path)]\n".repeat(30);
    let numbers = "2019-07-01,2.4,1.4.1,0.002\n".repeat(3);
    for pad in 0..70 {
        let name = "a".repeat(pad);
        for text in [
            format!("\"\"\"{name}.\"\"\"\n\n# Authors: The developers\n# License: BSD\n{lines}"),
            format!("\"\"\"{name}.\"\"\"\n# Authors: The developers\n"),
            format!("(c) {name}: \"2019\"\n{lines}"),
            format!("const_{name},const_p2,\n.5.5.5.5,-0.1\n2.\n{numbers}"),
            format!("clear\ninsheet using {name}results.csv\n.k\n"),
            format!("cd ../{name}\nrm -rf build.old.d.x.y\n.\n"),
            format!("Point: {name}\n.\n{lines}"),
        ] {
            let measured = of(text.as_bytes());
            assert_eq!((measured.format, codes(&measured)), (Format::Unknown, Vec::new()), "{text:.100}");
        }
    }
}

#[test]
fn a_model_that_begins_as_a_text_may_is_seen() {
    let outside = seed("onnx/outside.onnx");
    for texts in [1, 20] {
        let content = [b"\"~".as_slice(), &[b'a'; 126]].concat().repeat(texts);
        let measured = of(&[content, outside.clone()].concat());
        assert_eq!((measured.format, verdict(&measured)), (Format::Onnx, "dangerous"), "{texts}");
    }
    // Readers skip a field that they do not know.
    let measured = of(&[b"\xa0\x06\x01".as_slice(), &outside].concat());
    assert_eq!((measured.format, verdict(&measured)), (Format::Onnx, "dangerous"));
}

#[test]
fn a_look_without_the_digest_says_the_same() {
    for seed in seeds() {
        let path = folder().join(&seed.name);
        assert_eq!(look(&path).unwrap(), Looked::from(measure(&path).unwrap()), "{}", seed.name);
    }
}

/// A file that counts what is read of it.
struct Counted<'c> {
    inner: Cursor<&'c [u8]>,
    read: &'c Cell<usize>,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.read.set(self.read.get() + read);
        Ok(read)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[test]
fn without_the_digest_the_tensors_are_not_read() {
    const TENSORS: usize = 8 << 20;
    let pickle = [b"\x80\x04\x8e".as_slice(), &(TENSORS as u64).to_le_bytes(), &vec![b'.'; TENSORS], b"."].concat();
    let header = format!(r#"{{"a":{{"dtype":"U8","shape":[{TENSORS}],"data_offsets":[0,{TENSORS}]}}}}"#);
    let tensors = [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &vec![0; TENSORS]].concat();
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(pickle.len() as u64);
    header.set_cksum();
    tar.append_data(&mut header, "model", pickle.as_slice()).unwrap();
    let tar = tar.into_inner().unwrap();
    for (format, content) in [(Format::Pickle, pickle), (Format::Safetensors, tensors), (Format::Tar, tar)] {
        let read = Cell::new(0);
        let file = Counted { inner: Cursor::new(&content), read: &read };
        let looked = look_in(file).unwrap();
        assert_eq!((looked.format, looked.findings.len()), (format, 0));
        assert!(read.get() < 400_000, "{}: {} of {} bytes were read", format.name(), read.get(), content.len());
    }
}

#[test]
fn what_claims_more_than_a_file_can_be_ends_in_the_middle() {
    for length in [1 << 40, u64::MAX >> 1, u64::MAX] {
        let content = [b"\x80\x04\x8e".as_slice(), &length.to_le_bytes(), b"x"].concat();
        let looked = look_in(Cursor::new(&content)).unwrap();
        assert_eq!(looked.findings[0].code.name(), "truncated-file", "{:?}", looked.findings);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, &content).unwrap();
        assert_eq!(look(&file).unwrap(), looked);
    }
}

#[test]
fn the_corpus_has_every_format_and_every_finding_that_a_file_can_have() {
    let seeds = seeds();
    // Reports have files of their own: `reports.rs`.
    for format in Format::ALL.iter().filter(|format| **format != Format::Report) {
        assert!(seeds.iter().any(|seed| seed.format == format.name()), "no seed is {}", format.name());
    }
    for code in Code::ALL {
        // What is found of a folder, and what needs a larger file than a seed may be: `bounds.rs`.
        if !matches!(code, Code::LinkNotFollowed | Code::TooMuch | Code::ReportUnreadable) {
            assert!(
                seeds.iter().any(|seed| seed.codes.iter().any(|it| it == code.name())),
                "no seed has {}",
                code.name()
            );
        }
    }
}

#[test]
fn what_is_dangerous_is_found_within_a_gzip_a_tar_and_a_zip() {
    for seed in seeds().iter().filter(|seed| seed.verdict == "dangerous" && seed.format != "unknown") {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&seed.content).unwrap();
        let gzip = of(&gzip.finish().unwrap());
        let mut tar = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(seed.content.len() as u64);
        header.set_cksum();
        tar.append_data(&mut header, "model", seed.content.as_slice()).unwrap();
        let tar = of(&tar.into_inner().unwrap());
        // A zip at the end of something is looked for where one can go back alone.
        assert_eq!(verdict(&tar), "dangerous", "{} in a tar", seed.name);
        if !seed.codes.iter().any(|code| code == "two-formats") {
            assert_eq!(verdict(&gzip), "dangerous", "{} in a gzip", seed.name);
        }
        let members = &tar.findings[0].place.members;
        assert_eq!(members[0], "model", "{}: {members:?}", seed.name);
    }
}

#[test]
fn safetensors_that_are_a_pickle_too_are_told_as_both() {
    // The length of the header, 0x3042, begins like `BINBYTES`, which jumps over 0x30 bytes into the data.
    let code = b"0cposix\nsystem\n(S'true'\ntR.";
    let mut content = 0x42_u64.to_le_bytes().to_vec();
    content[1] = 0x80;
    let length = 0x8042;
    let jumped = 5 + 0x80;
    content.extend_from_slice(b"{\"__metadata__\":{\"a\":\"");
    content.resize(jumped, b'.');
    // A text of JSON has no line ends, but what stands behind the JSON may.
    content.truncate(8);
    content.extend_from_slice(b"{}");
    content.resize(8 + length, b' ');
    let mut harmless = content.clone();
    let clean = of(&harmless);
    assert_eq!((clean.format, codes(&clean)), (Format::Safetensors, Vec::new()));
    harmless[jumped..jumped + code.len()].copy_from_slice(code);
    let both = of(&harmless);
    assert_eq!(verdict(&both), "dangerous", "{:?}", both.findings);
    assert!(codes(&both).contains(&"two-formats"));
}

#[test]
fn the_place_of_a_finding_leads_to_it() {
    let measured = of(&seed("pytorch/system.pt"));
    let place = &measured.findings[0].place;
    assert_eq!(place.members, ["m/data.pkl"]);
    let whole = seed("pytorch/system.pt");
    let start = whole.windows(2).position(|bytes| bytes == b"\x80\x02").unwrap();
    let at = start + usize::try_from(place.offset.unwrap()).unwrap();
    assert!(whole[at..].starts_with(b"cposix\nsystem\n"), "{at}");
}
