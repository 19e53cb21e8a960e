//! Where output goes: what was asked for to standard output, everything else to standard error.

use std::env;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use crate::exit::Failure;

/// Standard output, written in large pieces.
pub(crate) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(64 * 1024, io::stdout().lock())
}

/// Writes a text to standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Whether standard error is a terminal that shows colours, and nobody asked for none (<https://no-color.org>).
pub(crate) fn colours() -> bool {
    shows_colours(&io::stderr())
}

/// The same of standard output.
pub(crate) fn stdout_colours() -> bool {
    shows_colours(&io::stdout())
}

fn shows_colours(out: &dyn IsTerminal) -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    out.is_terminal() && !set("NO_COLOR") && !dumb
}
