//! What is measured of a file: its digest, its size, its format, and what the format says.

use serde::Serialize;

use crate::{Archive, Compressed, Finding, Gguf, Hdf5, Keras, NumPy, Omitted, Onnx, Pickle, Report, Safetensors};

/// What was measured of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measured {
    /// The SHA-256 of the file, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// What it is.
    pub format: Format,
    /// What it says of the model.
    pub facts: Facts,
    /// What speaks against it, the most serious first.
    pub findings: Vec<Finding>,
    /// How many more findings there are.
    pub omitted: Omitted,
}

/// What is seen of a file without its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Looked {
    /// Its size in bytes.
    pub size: u64,
    /// What it is.
    pub format: Format,
    /// What it says of the model.
    pub facts: Facts,
    /// What speaks against it, the most serious first.
    pub findings: Vec<Finding>,
    /// How many more findings there are.
    pub omitted: Omitted,
}

impl From<Measured> for Looked {
    fn from(measured: Measured) -> Self {
        let Measured { sha256: _, size, format, facts, findings, omitted } = measured;
        Looked { size, format, facts, findings, omitted }
    }
}

macro_rules! formats {
    ($($(#[doc = $doc:literal])* $variant:ident $(($facts:ty))? $name:literal;)*) => {
        /// The format of a file, by its content.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[non_exhaustive]
        pub enum Format {
            $($(#[doc = $doc])* #[serde(rename = $name)] $variant,)*
        }

        /// What a file says of the model, by its format.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum Facts {
            $($(#[doc = $doc])* $variant $(($facts))?,)*
        }

        impl Format {
            /// All formats.
            pub const ALL: &'static [Format] = &[$(Format::$variant),*];

            /// The name, as JSON has it.
            pub fn name(self) -> &'static str {
                match self { $(Format::$variant => $name),* }
            }
        }

        impl Facts {
            /// The format that has such facts.
            pub fn format(&self) -> Format {
                match self { $(Facts::$variant { .. } => Format::$variant),* }
            }
        }
    };
}

formats! {
    /// Tensors of safetensors.
    Safetensors(Safetensors) "safetensors";
    /// A model of llama.cpp and its kin.
    Gguf(Gguf) "gguf";
    /// A graph of ONNX.
    Onnx(Onnx) "onnx";
    /// One or several pickles.
    Pickle(Pickle) "pickle";
    /// A pickle of joblib, with the arrays between its opcodes.
    Joblib(Pickle) "joblib";
    /// What `torch.save` wrote before PyTorch 1.6: pickles, then tensors.
    PyTorchLegacy(Pickle) "pytorch-legacy";
    /// What `torch.save` writes: a zip with a pickle and tensors.
    PyTorch(Archive) "pytorch";
    /// What `torch.jit.save` writes.
    TorchScript(Archive) "torchscript";
    /// An array of NumPy.
    NumPy(NumPy) "npy";
    /// Arrays of NumPy in a zip.
    Npz(Archive) "npz";
    /// A model of Keras 3: a zip with a configuration and weights.
    Keras(Keras) "keras";
    /// HDF5, as Keras wrote before.
    Hdf5(Hdf5) "hdf5";
    /// Any other zip.
    Zip(Archive) "zip";
    /// A tar.
    Tar(Archive) "tar";
    /// A report of a test or a scanner.
    Report(Report) "report";
    /// Something compressed by gzip.
    Gzip(Compressed) "gzip";
    /// Something compressed as zlib does.
    Zlib(Compressed) "zlib";
    /// Something compressed by bzip2.
    Bzip2(Compressed) "bzip2";
    /// Something compressed by xz.
    Xz(Compressed) "xz";
    /// Something compressed by LZMA, as before xz.
    Lzma(Compressed) "lzma";
    /// Something compressed by LZ4.
    Lz4(Compressed) "lz4";
    /// Something compressed or packed in a way that is known and cannot be read here.
    Packed "packed";
    /// None of these.
    Unknown "unknown";
}
