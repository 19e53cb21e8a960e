//! From what something is to who looks at it.

use std::io::{Cursor, Read, SeekFrom};

use crate::body::Body;
use crate::broken::Broken;
use crate::input::Input;
use crate::pickle::Sure;
use crate::scan::Scan;
use crate::seek_read::SeekRead;
use crate::sniff::{Kind, sniff};
use crate::{Code, Facts, compressed, gguf, hdf5, limits, numpy, onnx, pickle, report, safetensors, tar, zip};

/// Looks at a file or a member, whatever it is.
pub(crate) fn look(body: Body<'_, '_>, scan: &mut Scan) -> Facts {
    match body {
        Body::Seek(file, size) => {
            let kind = {
                let mut input = Input::seeking(file);
                input.peek(limits::HEAD).map(sniff)
            };
            let rewound = kind.and_then(|kind| file.seek(SeekFrom::Start(0)).map(|_| kind));
            match rewound {
                Ok(kind) => {
                    let facts = match kind {
                        Kind::Zip => zip::look(file, size, scan),
                        Kind::Tar => tar::look(Body::Seek(file, size), scan),
                        kind => stream(kind, &mut Input::seeking(file), Some(size), scan),
                    };
                    beside(&facts, file, size, scan);
                    facts
                }
                Err(error) => broken(error, scan),
            }
        }
        Body::Stream(input) => match input.peek(limits::HEAD).map(sniff) {
            Ok(Kind::Zip) => in_memory(input, scan),
            Ok(kind) => stream(kind, input, None, scan),
            Err(error) => broken(error, scan),
        },
    }
}

/// Tells of what a file is beside what it is: another reader may take it for that.
pub(crate) fn beside(facts: &Facts, file: &mut dyn SeekRead, size: u64, scan: &mut Scan) {
    match facts {
        Facts::Zip(_) | Facts::PyTorch(_) | Facts::TorchScript(_) | Facts::Npz(_) | Facts::Keras(_) => {}
        _ => zip::at_the_end(file, size, scan),
    }
    match facts {
        // What is unknown was looked at as a pickle already.
        Facts::Pickle(_) | Facts::Joblib(_) | Facts::PyTorchLegacy(_) | Facts::Unknown => {}
        _ => pickle::at_the_start(file, scan),
    }
}

fn broken(error: std::io::Error, scan: &mut Scan) -> Facts {
    scan.broken(error.into(), 0);
    Facts::Unknown
}

/// What is read once, from front to back. The size is that of the whole, where it is known.
pub(crate) fn stream(kind: Kind, input: &mut Input<'_>, size: Option<u64>, scan: &mut Scan) -> Facts {
    match kind {
        Kind::Tar => tar::look(Body::Stream(input), scan),
        Kind::Compressed(method) => compressed::look(method, input, scan),
        Kind::Packed(name) => {
            scan.tell(Code::UnsupportedCompression, format!("it is packed by {name}"));
            Facts::Packed
        }
        Kind::Gguf => gguf::look(input, size, scan),
        Kind::Hdf5 => hdf5::look(input, size, scan),
        Kind::NumPy => numpy::look(input, size, scan),
        Kind::Safetensors => safetensors::look(input, size, scan),
        Kind::Onnx => onnx::look(input, size, scan),
        Kind::Report => report::look(input, scan),
        Kind::Pickle => pickle::look(input, Sure::Yes, scan).unwrap_or(Facts::Unknown),
        // A zip that could not be read as one is told of already.
        Kind::Zip | Kind::Unknown => pickle::look(input, Sure::No, scan).unwrap_or(Facts::Unknown),
    }
}

/// A zip has its directory at its end, so that one in a stream can be looked at in memory alone.
fn in_memory(input: &mut Input<'_>, scan: &mut Scan) -> Facts {
    let mut bytes = Vec::new();
    match input.take(limits::IN_MEMORY + 1).read_to_end(&mut bytes) {
        Err(error) => broken(error, scan),
        Ok(_) if bytes.len() as u64 > limits::IN_MEMORY => {
            let message = "it is a zip that is compressed itself, and too large to be looked at";
            scan.broken(Broken::new(Code::TooMuch, message), None);
            Facts::Packed
        }
        Ok(_) => {
            let size = bytes.len() as u64;
            zip::look(&mut Cursor::new(bytes), size, scan)
        }
    }
}
