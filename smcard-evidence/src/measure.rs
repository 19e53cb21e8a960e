//! One pass over a file: the digest of all of it, while its format is looked at.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::body::Body;
use crate::input::Input;
use crate::scan::Scan;
use crate::sniff::{Kind, sniff};
use crate::{Measured, limits, look};

/// How much is read at a time where nothing but the digest needs it.
const PIECE: usize = 256 * 1024;

/// Measures a file: what it is, what it holds, and what speaks against it.
///
/// It is read from front to back once, whatever its size, in memory that does not grow with it. An archive that can be
/// looked at only from its end is read for its digest first; then its directory, and what of it can hold code, a second
/// time.
///
/// # Errors
///
/// If it is no regular file, or cannot be read.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("model.bin");
/// std::fs::write(&path, b"cos\nsystem\n(S'id'\ntR.")?;
/// let measured = smcard_evidence::measure(&path)?;
/// assert_eq!(measured.format.name(), "pickle");
/// assert_eq!(measured.findings[0].message, "imports `os.system`");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn measure(path: impl AsRef<Path>) -> io::Result<Measured> {
    let path = path.as_ref();
    // A pipe would be waited for without end.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a regular file"));
    }
    measure_in(File::open(path)?)
}

/// Measures what is not a file by itself, as [`measure`] does: all of it, from its beginning.
///
/// # Errors
///
/// If it cannot be read.
pub fn measure_in(mut file: impl Read + Seek) -> io::Result<Measured> {
    let size = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let kind = {
        let mut head = Vec::with_capacity(limits::HEAD);
        (&mut file).take(limits::HEAD as u64).read_to_end(&mut head)?;
        file.rewind()?;
        sniff(&head)
    };
    let mut scan = Scan::new(look::look, size);
    let mut hashed = Hashed { inner: &mut file, digest: Sha256::new(), size: 0, failed: None };
    let facts = if matches!(kind, Kind::Zip | Kind::Tar) {
        hashed.rest()?;
        None
    } else {
        let facts = look::stream(kind, &mut Input::new(&mut hashed), Some(size), &mut scan);
        hashed.rest()?;
        Some(facts)
    };
    let Hashed { digest, size, .. } = hashed;
    file.rewind()?;
    let facts = match facts {
        None => scan.look(Body::Seek(&mut file, size)),
        Some(facts) => {
            look::beside(&facts, &mut file, size, &mut scan);
            facts
        }
    };
    let (findings, omitted) = scan.into_findings().finish();
    let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Measured { sha256, size, format: facts.format(), facts, findings, omitted })
}

/// A reader of which all that is read counts for the digest.
struct Hashed<'f, F> {
    inner: &'f mut F,
    digest: Sha256,
    size: u64,
    /// What went wrong with the file itself, whoever was reading then.
    failed: Option<io::Error>,
}

impl<F: Read> Hashed<'_, F> {
    /// Reads all that nobody has read yet.
    fn rest(&mut self) -> io::Result<()> {
        let mut piece = vec![0; PIECE];
        while self.failed.is_none() {
            match self.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.failed.take().map_or(Ok(()), Err)
    }
}

impl<F: Read> Read for Hashed<'_, F> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into).inspect_err(|error| {
            if error.kind() != ErrorKind::Interrupted {
                self.failed = Some(error.kind().into());
            }
        })?;
        self.digest.update(into.get(..read).unwrap_or_default());
        self.size += read as u64;
        Ok(read)
    }
}
