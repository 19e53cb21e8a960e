//! Programs of each format that carry reports: by the writer of `object` where it has one, else by hand.

use object::write::Object;
use object::{Architecture, BinaryFormat, Endianness, SectionKind};
use smcard_extract::MAGIC;

/// A record as `smcard::embed!` writes it.
pub(crate) fn record(report: &[u8]) -> Vec<u8> {
    [&MAGIC[..], &1u32.to_le_bytes(), &(report.len() as u64).to_le_bytes(), report].concat()
}

/// A note of ELF with a record.
pub(crate) fn note(report: &[u8], endian: Endianness) -> Vec<u8> {
    let record = record(report);
    let number = |number: u32| match endian {
        Endianness::Little => number.to_le_bytes(),
        Endianness::Big => number.to_be_bytes(),
    };
    let mut note = [&number(7)[..], &number(record.len() as u32), &number(1), b"smcard\0\0", &record].concat();
    note.resize(note.len().next_multiple_of(4), 0);
    note
}

pub(crate) fn elf(architecture: Architecture, endian: Endianness, content: &[u8]) -> Vec<u8> {
    let mut object = Object::new(BinaryFormat::Elf, architecture, endian);
    // What others have beside it.
    let other = object.add_section(Vec::new(), b".note.other".to_vec(), SectionKind::Note);
    object.append_section_data(other, &[1, 2, 3, 4], 4);
    let section = object.add_section(Vec::new(), b".note.smcard".to_vec(), SectionKind::Note);
    object.append_section_data(section, content, 4);
    object.write().unwrap()
}

/// An ELF file of 64 bits without sections, as `llvm-strip --strip-sections` leaves it.
pub(crate) fn elf_segments(content: &[u8]) -> Vec<u8> {
    let mut file = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
    for half in [3u16, 62] {
        file.extend(half.to_le_bytes());
    }
    file.extend(1u32.to_le_bytes());
    for word in [0u64, 64, 0] {
        file.extend(word.to_le_bytes());
    }
    file.extend(0u32.to_le_bytes());
    for half in [64u16, 56, 1, 64, 0, 0] {
        file.extend(half.to_le_bytes());
    }
    file.extend([4u32.to_le_bytes(), 4u32.to_le_bytes()].concat());
    for word in [120u64, 120, 120, content.len() as u64, content.len() as u64, 4] {
        file.extend(word.to_le_bytes());
    }
    file.extend(content);
    file
}

pub(crate) fn mach(architecture: Architecture, content: &[u8]) -> Vec<u8> {
    let mut object = Object::new(BinaryFormat::MachO, architecture, Endianness::Little);
    let section = object.add_section(b"__DATA".to_vec(), b"__smcard".to_vec(), SectionKind::Data);
    object.append_section_data(section, content, 1);
    object.write().unwrap()
}

/// A universal program of two others, for `x86_64` and `arm64`.
pub(crate) fn universal(wide: bool, parts: [&[u8]; 2]) -> Vec<u8> {
    let magic: u32 = if wide { 0xcafe_babf } else { 0xcafe_babe };
    let mut file = [magic.to_be_bytes(), 2u32.to_be_bytes()].concat();
    let mut start = 0x1000;
    for (part, kind) in parts.iter().zip([0x0100_0007u32, 0x0100_000c]) {
        file.extend([kind.to_be_bytes(), 3u32.to_be_bytes()].concat());
        if wide {
            file.extend([(start as u64).to_be_bytes(), (part.len() as u64).to_be_bytes()].concat());
            file.extend([12u32.to_be_bytes(), [0; 4]].concat());
        } else {
            file.extend(
                [(start as u32).to_be_bytes(), (part.len() as u32).to_be_bytes(), 12u32.to_be_bytes()].concat(),
            );
        }
        start = (start + part.len()).next_multiple_of(0x1000);
    }
    for part in parts {
        file.resize(file.len().next_multiple_of(0x1000), 0);
        file.extend(part);
    }
    file
}

/// A program of Windows with one section besides; sizes in the file are rounded up to 512 bytes.
pub(crate) fn pe(wide: bool, content: &[u8]) -> Vec<u8> {
    let mut file = vec![0; 0x80];
    file[..2].copy_from_slice(b"MZ");
    file[0x3c..0x40].copy_from_slice(&0x80u32.to_le_bytes());
    file.extend(b"PE\0\0");
    // 16 directories, as every linker writes them.
    let optional: u16 = if wide { 112 } else { 96 } + 16 * 8;
    for half in [if wide { 0x8664u16 } else { 0x14c }, 2] {
        file.extend(half.to_le_bytes());
    }
    file.extend([0; 12]);
    for half in [optional, 0x22] {
        file.extend(half.to_le_bytes());
    }
    let start = file.len();
    file.extend(if wide { 0x20bu16 } else { 0x10b }.to_le_bytes());
    file.resize(start + usize::from(optional) - 16 * 8 - 4, 0);
    file.extend(16u32.to_le_bytes());
    file.resize(start + usize::from(optional), 0);
    let rounded = content.len().next_multiple_of(512) as u32;
    for (name, size, raw, at) in
        [(b".text\0\0\0", 16, 512, 0x400), (b".smcard\0", content.len() as u32, rounded, 0x600)]
    {
        file.extend(name);
        for word in [size, at, raw, at, 0, 0, 0, 0x4000_0040] {
            file.extend(word.to_le_bytes());
        }
    }
    file.resize(0x600, 0);
    file.extend(content);
    file.resize(0x600 + rounded as usize, 0);
    file
}

fn section(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut section = vec![kind];
    let mut left = content.len();
    while left > 0x7f {
        section.push((left & 0x7f) as u8 | 0x80);
        left >>= 7;
    }
    section.push(left as u8);
    section.extend(content);
    section
}

pub(crate) fn wasm(content: &[u8]) -> Vec<u8> {
    let custom = |name: &[u8], content: &[u8]| section(0, &[&[name.len() as u8], name, content].concat());
    // A type, then sections that others have.
    let others = [section(1, &[1, 0x60, 0, 0]), custom(b"name", b"\0\x01a"), custom(b".smcards", b"others")].concat();
    [b"\0asm\x01\0\0\0", &others[..], &custom(b".smcard", content), &custom(b"producers", b"\0")].concat()
}

const COMPONENT: &[u8] = b"\0asm\x0d\0\x01\0";

/// A component with a module in it, and with a component that has one.
pub(crate) fn component(first: &[u8], second: &[u8]) -> Vec<u8> {
    let inner = [COMPONENT, &section(1, second)].concat();
    [COMPONENT, &section(1, first), &section(4, &inner)].concat()
}

/// A component with a component in it.
pub(crate) fn around(component: &[u8]) -> Vec<u8> {
    [COMPONENT, &section(4, component)].concat()
}
