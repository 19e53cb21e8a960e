//! The formats of a file and of all that it holds, as a policy and a reader of names go by them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::{Archive, Facts, Format, Inside};

/// The formats of a file and of what is known to be in it.
#[derive(Default)]
pub(super) struct Formats {
    pub(super) all: BTreeSet<Format>,
    /// Whether it holds more than is known.
    pub(super) more: bool,
}

/// The formats of a file and of what is known to be in it.
pub(super) fn all(facts: &Facts) -> Formats {
    let mut formats = Formats::default();
    add(facts, &mut formats);
    formats
}

fn add(facts: &Facts, formats: &mut Formats) {
    formats.all.insert(facts.format());
    match facts {
        Facts::Joblib(_) | Facts::PyTorchLegacy(_) => {
            formats.all.insert(Format::Pickle);
        }
        Facts::PyTorch(archive)
        | Facts::TorchScript(archive)
        | Facts::Npz(archive)
        | Facts::Zip(archive)
        | Facts::Tar(archive) => members(archive, formats),
        Facts::Keras(keras) => members(&keras.archive, formats),
        Facts::NumPy(array) => inside(array.inside.as_ref(), formats),
        Facts::Gzip(it) | Facts::Zlib(it) | Facts::Bzip2(it) | Facts::Xz(it) | Facts::Lzma(it) | Facts::Lz4(it) => {
            inside(it.inside.as_ref(), formats);
        }
        _ => {}
    }
}

fn members(archive: &Archive, formats: &mut Formats) {
    formats.more |= archive.omitted > 0;
    archive.inside.iter().for_each(|member| inside(Some(member), formats));
}

fn inside(member: Option<&Inside>, formats: &mut Formats) {
    if let Some(member) = member {
        add(&member.facts, formats);
    }
}

/// Whether loading such a format runs what its author wrote, if that is code.
pub(super) fn runs_code(format: Format) -> bool {
    matches!(format, Format::Pickle | Format::Joblib | Format::PyTorchLegacy | Format::PyTorch | Format::TorchScript)
}

/// The end of a file's name, and the formats that a reader expects behind it.
pub(super) fn by_name(path: &str) -> Option<(&str, &'static [Format])> {
    let end = Path::new(path).extension()?.to_str()?;
    let formats: &[Format] = match end.to_ascii_lowercase().as_str() {
        "safetensors" => &[Format::Safetensors],
        "gguf" => &[Format::Gguf],
        "onnx" => &[Format::Onnx],
        "npy" => &[Format::NumPy],
        "npz" => &[Format::Npz, Format::Zip],
        "keras" => &[Format::Keras, Format::Hdf5],
        "h5" | "hdf5" => &[Format::Hdf5],
        _ => return None,
    };
    Some((end, formats))
}
