//! What something is by its first bytes.

use crate::compressed::Method;

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Zip,
    Tar,
    Compressed(Method),
    /// Known, and not read here: by its name.
    Packed(&'static str),
    Gguf,
    Hdf5,
    NumPy,
    Safetensors,
    /// From protocol 2 on.
    Pickle,
    Onnx,
    /// JSON or XML, which a report may be.
    Report,
    /// A pickle of protocol 0 or 1, or anything else.
    Unknown,
}

/// The formats that begin with bytes of their own.
const MAGIC: &[(&[u8], Kind)] = &[
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"GGUF", Kind::Gguf),
    (b"\x89HDF\r\n\x1a\n", Kind::Hdf5),
    (b"\x93NUMPY", Kind::NumPy),
    (b"\x1f\x8b", Kind::Compressed(Method::Gzip)),
    (b"BZh", Kind::Compressed(Method::Bzip2)),
    (b"\xfd7zXZ\0", Kind::Compressed(Method::Xz)),
    (b"\x04\x22\x4d\x18", Kind::Compressed(Method::Lz4)),
    (b"\x5d\0\0", Kind::Compressed(Method::Lzma)),
    (b"ZF0x", Kind::Compressed(Method::OldJoblib)),
    (b"7z\xbc\xaf\x27\x1c", Kind::Packed("7z")),
    (b"Rar!\x1a\x07", Kind::Packed("RAR")),
    (b"\x28\xb5\x2f\xfd", Kind::Packed("Zstandard")),
    (b"\x02\x21\x4c\x18", Kind::Packed("LZ4's legacy format")),
    (b"\x1f\x9d", Kind::Packed("compress")),
    (b"LZIP", Kind::Packed("lzip")),
    (b"\x02\x01\x01Blosc", Kind::Packed("Blosc")),
];

pub(crate) fn sniff(head: &[u8]) -> Kind {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return *kind;
    }
    if let [0x80, 0..=5, ..] = head {
        return Kind::Pickle;
    }
    if is_tar(head) {
        return Kind::Tar;
    }
    if is_safetensors(head) {
        return Kind::Safetensors;
    }
    if let [0x78, flags @ (0x01 | 0x5e | 0x9c | 0xda), ..] = head {
        // The two bytes are a multiple of 31, as all such headers are.
        if (0x7800 + u32::from(*flags)) % 31 == 0 {
            return Kind::Compressed(Method::Zlib);
        }
    }
    if crate::onnx::may_be(head) {
        return Kind::Onnx;
    }
    if crate::report::may_be(head) { Kind::Report } else { Kind::Unknown }
}

/// A header of which the sum is right, or that says so by its name.
fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..512) else { return false };
    header.get(257..262) == Some(b"ustar") || crate::tar::has_sum(header)
}

/// A length, then JSON. Of a text the first eight bytes would be a length too, one that no file has.
fn is_safetensors(head: &[u8]) -> bool {
    let (Some(length), Some(b'{')) = (head.get(..8), head.get(8)) else { return false };
    let follows = head.get(9..).unwrap_or_default().trim_ascii_start().first();
    matches!(follows, None | Some(b'"' | b'}')) && !length.iter().all(u8::is_ascii)
        || matches!(follows, None | Some(b'"' | b'}')) && length.iter().any(|byte| *byte < b'\t')
}
