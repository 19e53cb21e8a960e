//! One pass over a file: the digest of all of it, while its format is looked at; or the look alone.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::body::Body;
use crate::broken::again;
use crate::input::Input;
use crate::look::{beside, stream};
use crate::scan::Scan;
use crate::sniff::{Kind, sniff};
use crate::{Facts, Looked, Measured, limits};

/// How much is read at a time where nothing but the digest needs it.
const PIECE: usize = 256 * 1024;

/// Measures a file: its digest, what it is, what it holds, and what speaks against it.
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
    measure_in(open(path.as_ref())?)
}

/// Measures what is not a file by itself, as [`measure`] does: all of it, from its beginning.
///
/// # Errors
///
/// If it cannot be read.
pub fn measure_in(file: impl Read + Seek) -> io::Result<Measured> {
    let mut file = Watched { inner: file, failed: None };
    let size = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let kind = {
        let mut head = Vec::with_capacity(limits::HEAD);
        (&mut file).take(limits::HEAD as u64).read_to_end(&mut head)?;
        file.rewind()?;
        sniff(&head)
    };
    let mut scan = Scan::new(crate::look::look, size);
    let mut hashed = Hashed { inner: &mut file, digest: Sha256::new(), size: 0 };
    let facts = if matches!(kind, Kind::Zip | Kind::Tar) {
        None
    } else {
        Some(stream(kind, &mut Input::new(&mut hashed), Some(size), &mut scan))
    };
    hashed.rest()?;
    let Hashed { digest, size, .. } = hashed;
    file.rewind()?;
    let facts = match facts {
        None => scan.look(Body::Seek(&mut file, size)),
        Some(facts) => {
            beside(&facts, &mut file, size, &mut scan);
            facts
        }
    };
    let Looked { size, format, facts, findings, omitted } = file.looked(size, facts, scan)?;
    let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Measured { sha256, size, format, facts, findings, omitted })
}

/// Says of a file what [`measure`] says, but for its digest: so no more of it is read than that takes, which is little of
/// a large one.
///
/// # Errors
///
/// If it is no regular file, or cannot be read.
pub fn look(path: impl AsRef<Path>) -> io::Result<Looked> {
    look_in(open(path.as_ref())?)
}

/// Looks at what is not a file by itself, as [`look`](fn@look) does.
///
/// # Errors
///
/// If it cannot be read.
pub fn look_in(file: impl Read + Seek) -> io::Result<Looked> {
    let mut file = Watched { inner: file, failed: None };
    let size = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let mut scan = Scan::new(crate::look::look, size);
    let facts = scan.look(Body::Seek(&mut file, size));
    file.looked(size, facts, scan)
}

fn open(path: &Path) -> io::Result<File> {
    // A pipe would be waited for without end.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a regular file"));
    }
    File::open(path)
}

/// A file that remembers what went wrong with it, whoever was reading then.
struct Watched<F> {
    inner: F,
    failed: Option<io::Error>,
}

impl<F> Watched<F> {
    /// What was seen of the file, if all of it could be read that was asked for.
    fn looked(self, size: u64, facts: Facts, scan: Scan) -> io::Result<Looked> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let (findings, omitted) = scan.into_findings().finish();
        Ok(Looked { size, format: facts.format(), facts, findings, omitted })
    }
}

impl<F: Read> Read for Watched<F> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.inner.read(into).inspect_err(|error| {
            if error.kind() != ErrorKind::Interrupted {
                self.failed = Some(again(error));
            }
        })
    }
}

impl<F: Seek> Seek for Watched<F> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// A reader of which all that is read counts for the digest.
struct Hashed<'f, F> {
    inner: &'f mut Watched<F>,
    digest: Sha256,
    size: u64,
}

impl<F: Read> Hashed<'_, F> {
    /// Reads all that nobody has read yet.
    fn rest(&mut self) -> io::Result<()> {
        let mut piece = vec![0; PIECE];
        while self.inner.failed.is_none() {
            match self.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.inner.failed.take().map_or(Ok(()), Err)
    }
}

impl<F: Read> Read for Hashed<'_, F> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.digest.update(into.get(..read).unwrap_or_default());
        self.size += read as u64;
        Ok(read)
    }
}
