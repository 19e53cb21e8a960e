//! The process that reads a PDF: whatever the file makes it do, it ends.

use std::io::{self, Read};
use std::process::ExitStatus;

use super::{MOST_BYTES, spans};
use crate::exit::{Failure, Outcome, Status};

/// What its messages begin with.
pub(super) const TOLD: &str = "error: ";

/// How much memory it may have, in MiB.
const MOST_MEMORY: u64 = 1_024;

/// How many seconds of a processor it may take.
const MOST_SECONDS: u64 = 20;

/// Read a PDF from standard input, and write its text with its places: `import` runs this
#[derive(clap::Args)]
pub(crate) struct ReadPdf {
    /// How much memory it may have, where the system can tell
    #[arg(long, value_name = "MIB", default_value_t = MOST_MEMORY)]
    memory: u64,
    /// How much time of a processor it may take, where the system can tell
    #[arg(long, value_name = "SECONDS", default_value_t = MOST_SECONDS)]
    time: u64,
}

impl ReadPdf {
    pub(crate) fn run(self) -> Outcome {
        self.bound();
        // What panics has told nothing that helps.
        std::panic::set_hook(Box::new(|_| {}));
        let mut bytes = Vec::new();
        io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        spans::write(bytes).map_err(Failure::new)?;
        Ok(Status::Good)
    }

    /// Bounds memory and time of this process.
    #[cfg(unix)]
    fn bound(&self) {
        use nix::sys::resource::{Resource, setrlimit};

        let memory = self.memory.saturating_mul(1024 * 1024);
        // Where a limit cannot be set, the time that the other process waits is one.
        let _ = setrlimit(Resource::RLIMIT_AS, memory, memory);
        let _ = setrlimit(Resource::RLIMIT_CPU, self.time, self.time.saturating_add(1));
        let _ = setrlimit(Resource::RLIMIT_CORE, 0, 0);
    }

    #[cfg(not(unix))]
    fn bound(&self) {
        let _ = (self.memory, self.time);
    }
}

/// Why a process was stopped from outside, if it was.
#[cfg(unix)]
pub(super) fn stopped(status: ExitStatus) -> Option<String> {
    use std::os::unix::process::ExitStatusExt;

    use nix::sys::signal::Signal;

    match Signal::try_from(status.signal()?).ok()? {
        Signal::SIGXCPU | Signal::SIGKILL => Some(format!("takes more than {MOST_SECONDS} seconds to read")),
        // What asks for more memory than there is aborts.
        Signal::SIGABRT | Signal::SIGSEGV => Some(format!("takes more than {MOST_MEMORY} MiB of memory to read")),
        _ => None,
    }
}

#[cfg(not(unix))]
pub(super) fn stopped(_: ExitStatus) -> Option<String> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    #[test]
    fn what_has_stopped_a_process_is_told() {
        let told = |signal| stopped(ExitStatus::from_raw(signal));
        assert_eq!(told(6).as_deref(), Some("takes more than 1024 MiB of memory to read"));
        assert_eq!(told(24).as_deref(), Some("takes more than 20 seconds to read"));
        assert_eq!(stopped(ExitStatus::from_raw(2 << 8)), None);
    }
}
