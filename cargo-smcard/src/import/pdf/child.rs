//! The process that reads a PDF: whatever the file makes it do, it ends.

use std::io::{self, Read};
use std::process::ExitStatus;

use super::{MOST_BYTES, spans};
use crate::exit::{Failure, Outcome, Status};

/// What its messages begin with.
pub(super) const TOLD: &str = "error: ";

/// How much memory it may have, in bytes.
#[cfg(unix)]
const MOST_MEMORY: u64 = 1024 * 1024 * 1024;

/// How many seconds of a processor it may take.
#[cfg(unix)]
const MOST_SECONDS: u64 = 20;

/// Read a PDF from standard input, and write its text with its places: `import` runs this
#[derive(clap::Args)]
pub(crate) struct ReadPdf {}

impl ReadPdf {
    pub(crate) fn run(self) -> Outcome {
        bound();
        // What panics has told nothing that helps.
        std::panic::set_hook(Box::new(|_| {}));
        let mut bytes = Vec::new();
        io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        spans::write(bytes).map_err(Failure::new)?;
        Ok(Status::Good)
    }
}

/// Bounds memory and time of this process.
#[cfg(unix)]
fn bound() {
    use nix::sys::resource::{Resource, setrlimit};

    // Where a limit cannot be set, the time that the other process waits is one.
    let _ = setrlimit(Resource::RLIMIT_AS, MOST_MEMORY, MOST_MEMORY);
    let _ = setrlimit(Resource::RLIMIT_CPU, MOST_SECONDS, MOST_SECONDS + 1);
    let _ = setrlimit(Resource::RLIMIT_CORE, 0, 0);
}

#[cfg(not(unix))]
fn bound() {}

/// Why a process was stopped from outside, if it was.
#[cfg(unix)]
pub(super) fn stopped(status: ExitStatus) -> Option<String> {
    use std::os::unix::process::ExitStatusExt;

    use nix::sys::signal::Signal;

    match Signal::try_from(status.signal()?).ok()? {
        Signal::SIGXCPU | Signal::SIGKILL => Some(format!("takes more than {MOST_SECONDS} seconds to read")),
        // What asks for more memory than there is aborts.
        Signal::SIGABRT | Signal::SIGSEGV => {
            Some(format!("takes more than {} MiB of memory to read", MOST_MEMORY / 1024 / 1024))
        }
        _ => None,
    }
}

#[cfg(not(unix))]
pub(super) fn stopped(_: ExitStatus) -> Option<String> {
    None
}
