//! What is compressed as a whole, as joblib does: decompressed while it is looked at, and no further than that takes.

use std::io::Read;

use serde::Serialize;

use crate::Code;
use crate::archive::Inside;
use crate::broken::Broken;
use crate::facts::Facts;
use crate::input::Input;
use crate::limits;
use crate::scan::Scan;

/// How something is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Gzip,
    Zlib,
    Bzip2,
    Xz,
    Lzma,
    Lz4,
    /// By zlib, behind a length, as joblib did before 0.10 and still reads.
    OldJoblib,
}

/// How long what joblib put before it was: `ZF`, then the length as a number of 19 characters.
const OLD_JOBLIB: u64 = 21;

/// Something compressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compressed {
    /// What it is when it is unpacked.
    pub inside: Option<Inside>,
}

pub(crate) fn look(method: Method, input: &mut Input<'_>, scan: &mut Scan) -> Facts {
    if method == Method::OldJoblib {
        if let Err(broken) = skip_length(input) {
            scan.broken(broken, None);
            return of(method, Facts::Unknown);
        }
    }
    let mut reader = match decompressor(method, input) {
        Ok(reader) => scan.unpacked(reader),
        Err(error) => {
            scan.broken(error.into(), None);
            return of(method, Facts::Unknown);
        }
    };
    let mut unpacked = Input::new(&mut reader);
    // Two or three bytes begin other files too. What unpacks to nothing at all is none of these, nor is what soon is
    // wrong; what only ends too soon may be.
    let certain = !matches!(method, Method::Zlib | Method::Lzma);
    match unpacked.peek(if certain { 1 } else { limits::SURE }).map(<[u8]>::len) {
        Ok(0) | Err(_) if !certain => return Facts::Unknown,
        Ok(length) if length < limits::SURE && !certain && unpacked.is_wrong() => return Facts::Unknown,
        Err(error) => {
            scan.broken(error.into(), None);
            return of(method, Facts::Unknown);
        }
        Ok(0) => {
            scan.tell(Code::TruncatedFile, "it unpacks to nothing");
            return of(method, Facts::Unknown);
        }
        Ok(_) => {}
    }
    let facts = scan.within("(unpacked)", |scan| scan.look_unpacked(&mut unpacked)).unwrap_or(Facts::Unknown);
    of(method, facts)
}

/// Some versions put a space behind the length.
fn skip_length(input: &mut Input<'_>) -> Result<(), Broken> {
    input.skip(OLD_JOBLIB)?;
    if input.peek(1)? == b" " { input.skip(1) } else { Ok(()) }
}

fn of(method: Method, facts: Facts) -> Facts {
    let inside = (facts != Facts::Unknown).then(|| Inside::new("(unpacked)".to_owned(), facts));
    let compressed = Compressed { inside };
    match method {
        Method::Gzip => Facts::Gzip(compressed),
        Method::Zlib | Method::OldJoblib => Facts::Zlib(compressed),
        Method::Bzip2 => Facts::Bzip2(compressed),
        Method::Xz => Facts::Xz(compressed),
        Method::Lzma => Facts::Lzma(compressed),
        Method::Lz4 => Facts::Lz4(compressed),
    }
}

/// A reader of what is compressed; several parts behind each other are read as one, as Python does.
fn decompressor<'a>(method: Method, input: &'a mut Input<'_>) -> std::io::Result<Box<dyn Read + 'a>> {
    Ok(match method {
        Method::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(input)),
        Method::Zlib | Method::OldJoblib => Box::new(flate2::bufread::ZlibDecoder::new(input)),
        Method::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(input)),
        Method::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(input, true, limits::DECOMPRESSOR_KIB)),
        Method::Lzma => Box::new(lzma_rust2::LzmaReader::new_mem_limit(input, limits::DECOMPRESSOR_KIB, None)?),
        Method::Lz4 => Box::new(lz4_flex::frame::FrameDecoder::new(input)),
    })
}
