//! Files that are made to exhaust whoever looks at them.

use std::io::Write;

use smcard_evidence::{Code, Facts, measure};

use crate::seeds::{codes, of, verdict};

#[test]
fn a_pickle_without_end_is_an_answer_and_no_overflow() {
    let million = 1_000_000;
    // Each is what takes most of one part of the machine: marks, tuples in tuples, calls of calls, a mapping in itself.
    for (name, unit, start, end) in [
        ("marks", b"(".as_slice(), b"\x80\x02".as_slice(), b"".as_slice()),
        ("tuples", b"\x85", b"\x80\x02N", b"."),
        ("lists", b"]a", b"\x80\x02]", b"."),
        ("calls", b")R", b"\x80\x02ccollections\nOrderedDict\n", b"."),
        ("mappings", b"}X\x01\0\0\0a2s", b"\x80\x02}", b"."),
        ("memo", b"X\x02\0\0\0ab\x94", b"\x80\x04", b"."),
        ("pickles", b"\x80\x02N.", b"", b""),
    ] {
        let content = [start, &unit.repeat(million), end].concat();
        assert_ne!(verdict(&of(&content)), "dangerous", "{name}");
    }
    let five_million = [b"\x80\x02".as_slice(), &b"(".repeat(5 * million)].concat();
    assert_eq!(codes(&of(&five_million)), ["too-much"]);
}

#[test]
fn a_hundred_thousand_harmless_names_hide_no_dangerous_one() {
    let mut content = b"\x80\x02".to_vec();
    for number in 0..100_000 {
        write!(content, "cmodel\nName{number}\n0").unwrap();
    }
    content.extend_from_slice(b"cposix\nsystem\n.");
    let measured = of(&content);
    assert_eq!(codes(&measured), ["dangerous-global", "too-much", "unknown-global"]);
    assert_eq!(measured.findings[0].message, "imports `posix.system`");
    assert!(
        measured.findings.len() < 250 && measured.omitted.suspicious > 1000 && measured.omitted.dangerous == 0,
        "{}",
        measured.findings.len()
    );
}

#[test]
fn a_name_that_stands_behind_a_million_words_is_still_known() {
    let mut content = b"\x80\x04]\x94(".to_vec();
    for number in 0..1_000_000 {
        let word = format!("word{number}");
        content.extend_from_slice(&[0x8c, u8::try_from(word.len()).unwrap()]);
        content.extend_from_slice(word.as_bytes());
        content.push(0x94);
        if number % 1000 == 999 {
            content.extend_from_slice(b"e(");
        }
    }
    content.extend_from_slice(b"\x8c\x05posix\x8c\x06system\x93e.");
    assert_eq!(codes(&of(&content)), ["dangerous-global"]);
}

#[test]
fn a_zip_of_more_members_than_are_looked_at_is_not_cleared() {
    let (mut locals, mut directory) = (Vec::new(), Vec::new());
    let members = 100_001_u32;
    for number in 0..members {
        let name = format!("{number:06}");
        let at = u32::try_from(locals.len()).unwrap();
        let sizes = [0; 12];
        locals.extend_from_slice(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0");
        locals.extend_from_slice(&sizes);
        locals.extend_from_slice(&[6, 0, 0, 0]);
        locals.extend_from_slice(name.as_bytes());
        directory.extend_from_slice(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0");
        directory.extend_from_slice(&sizes);
        directory.extend_from_slice(&[6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        directory.extend_from_slice(&at.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (start, length) = (locals.len() as u64, directory.len() as u64);
    let end = start + length;
    let mut zip = [locals, directory].concat();
    zip.extend_from_slice(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
    for number in [u64::from(members), u64::from(members), length, start] {
        zip.extend_from_slice(&number.to_le_bytes());
    }
    zip.extend_from_slice(b"PK\x06\x07\0\0\0\0");
    zip.extend_from_slice(&end.to_le_bytes());
    zip.extend_from_slice(b"\x01\0\0\0PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0");
    let measured = of(&zip);
    assert_eq!(codes(&measured), ["too-much"], "{:?}", measured.findings);
    let Facts::Zip(archive) = &measured.facts else { panic!("{:?}", measured.format) };
    assert_eq!(archive.members, 100_000);
}

#[test]
fn what_is_no_file_is_an_error_and_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    assert!(measure(folder.path()).is_err());
    assert!(measure(folder.path().join("nothing")).is_err());
}

#[test]
fn each_code_has_words_for_people() {
    for code in Code::ALL {
        assert!(code.summary().ends_with('.') && code.explanation().ends_with('.'), "{}", code.name());
    }
}
