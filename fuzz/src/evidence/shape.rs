//! From any bytes to a file of a kind: what a mutation rarely gets right is made right.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

pub(super) fn as_it_is(data: &[u8]) -> Vec<u8> {
    data.to_vec()
}

/// The same with the first bytes that the format asks for.
pub(super) fn beginning_with(magic: &[u8], data: &[u8]) -> Vec<u8> {
    let mut file = magic.to_vec();
    file.extend_from_slice(data.get(magic.len()..).unwrap_or_default());
    file
}

/// A header of less than 16 MB. Of more there are seeds among those of `model`.
pub(super) fn safetensors(data: &[u8]) -> Vec<u8> {
    let mut file = data.to_vec();
    file.resize(file.len().max(9), b'}');
    file[3..9].copy_from_slice(b"\0\0\0\0\0{");
    file
}

pub(super) fn hdf5(data: &[u8]) -> Vec<u8> {
    beginning_with(b"\x89HDF\r\n\x1a\n", data)
}

const BLOCK: usize = 512;

/// With the sum of each header, as far as the sizes lead from one to the next.
pub(super) fn tar(data: &[u8]) -> Vec<u8> {
    let mut file = data.to_vec();
    file.resize(file.len().max(BLOCK), 0);
    let mut at = 0;
    while let Some(header) = file.get_mut(at..at + BLOCK) {
        if header.iter().any(|byte| *byte != 0) {
            header[148..156].fill(b' ');
            let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
            header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        }
        let size = std::str::from_utf8(&header[124..136]).unwrap_or_default();
        let size = usize::from_str_radix(size.trim_matches(['\0', ' ']), 8).unwrap_or_default();
        let Some(next) = size.checked_next_multiple_of(BLOCK).and_then(|size| size.checked_add(at + BLOCK)) else {
            break;
        };
        at = next;
    }
    file
}

/// The configuration in a model of Keras.
pub(super) fn keras(data: &[u8]) -> Vec<u8> {
    in_zip(b"config.json", data)
}

/// The chat template in a GGUF.
pub(super) fn template(data: &[u8]) -> Vec<u8> {
    let key = b"tokenizer.chat_template";
    let text = 8_u32;
    let mut file = b"GGUF\x03\0\0\0".to_vec();
    for number in [0, 1, key.len() as u64] {
        file.extend_from_slice(&number.to_le_bytes());
    }
    file.extend_from_slice(key);
    file.extend_from_slice(&text.to_le_bytes());
    file.extend_from_slice(&(data.len() as u64).to_le_bytes());
    file.extend_from_slice(data);
    // Tensors begin at a multiple of 32.
    file.resize(file.len().next_multiple_of(32), 0);
    file
}

pub(super) fn in_tar(data: &[u8]) -> Vec<u8> {
    let mut file = vec![0; BLOCK];
    file[0] = b'm';
    file[124..136].copy_from_slice(format!("{:011o}\0", data.len()).as_bytes());
    file[156] = b'0';
    file.extend_from_slice(data);
    file.resize(file.len().next_multiple_of(BLOCK) + 2 * BLOCK, 0);
    tar(&file)
}

/// A zip with one member that is stored as it is. Nobody compares its sum.
pub(super) fn in_zip(name: &[u8], data: &[u8]) -> Vec<u8> {
    let sizes = [0, data.len() as u32, data.len() as u32].map(u32::to_le_bytes).concat();
    let version = b"\x14\0";
    let flags_method_and_time = [0; 8];
    let name_length = (name.len() as u16).to_le_bytes();
    let local = [b"PK\x03\x04", &version[..], &flags_method_and_time, &sizes, &name_length, &[0; 2], name].concat();
    let central = [b"PK\x01\x02", &version[..], version, &flags_method_and_time, &sizes, &name_length, &[0; 16], name];
    let central = central.concat();
    let start = (local.len() + data.len()) as u32;
    let counts = b"\x01\0\x01\0";
    let places = [central.len() as u32, start].map(u32::to_le_bytes).concat();
    let end = [b"PK\x05\x06", &[0; 4][..], counts, &places, &[0; 2]].concat();
    [&local, data, &central, &end].concat()
}

pub(super) fn in_gzip(data: &[u8]) -> Vec<u8> {
    let mut file = GzEncoder::new(Vec::new(), Compression::fast());
    file.write_all(data).expect("memory can be written");
    file.finish().expect("memory can be written")
}
