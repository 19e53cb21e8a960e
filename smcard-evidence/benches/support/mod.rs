//! What the benchmarks of files share: programs as they are started by users, with the processor time and the memory that
//! the system counts for each.

#![allow(dead_code, reason = "each benchmark uses a part of this")]
#![allow(clippy::print_stdout, reason = "a benchmark prints what it has measured")]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use smcard_evidence::{look, measure};

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// By these arguments a benchmark is a program that looks at a file or a folder, and one that measures a file.
pub(crate) const LOOK: &str = "--look";
pub(crate) const MEASURE: &str = "--measure";
/// Starts a program, and says what memory it took at most.
pub(crate) const PEAK: &str = "--peak";

/// Does what the arguments ask for; false where that is the benchmark itself.
pub(crate) fn program() -> Result<bool> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [LOOK, path] => look_at(Path::new(path))?,
        [MEASURE, file] => println!("{}", serde_json::to_string(&measure(file)?)?),
        [PEAK, what, file] => {
            run(&mut itself(what, file.as_ref())?)?;
            // Linux counts in KiB, macOS in bytes.
            let unit = if cfg!(target_os = "macos") { 1024.0 * 1024.0 } else { 1024.0 };
            println!("{:.3}", getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss() as f64 / unit);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn look_at(path: &Path) -> Result<()> {
    if !path.is_dir() {
        println!("{}: {}", path.display(), serde_json::to_string(&look(path)?)?);
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        look_at(&entry?.path())?;
    }
    Ok(())
}

/// This program, to look at something or to measure it.
pub(crate) fn itself(what: &str, path: &Path) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(what).arg(path);
    Ok(command)
}

/// Runs a program to its end, which may be that it has found something.
fn run(command: &mut Command) -> Result<()> {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    match status.code() {
        Some(0 | 1) => Ok(()),
        _ => Err(format!("{command:?} ended with {status}").into()),
    }
}

/// The seconds of the processor that all programs took until now.
fn processor() -> Result<f64> {
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    Ok((used.user_time() + used.system_time()).num_microseconds() as f64 / 1e6)
}

/// The least that each program takes, in turns, so that whatever else the machine does falls on all.
pub(crate) fn least<const N: usize>(rounds: usize, mut commands: [Command; N]) -> Result<[f64; N]> {
    let mut least = [f64::INFINITY; N];
    for _ in 0..rounds {
        for (command, least) in commands.iter_mut().zip(&mut least) {
            let before = processor()?;
            run(command)?;
            *least = least.min(processor()? - before);
        }
    }
    Ok(least)
}

/// Prints how much something took of something else, beside its bound.
pub(crate) fn print(what: &str, [took, other]: [f64; 2], of: &str, bound: f64, unit: &str) {
    let ratio = took / other;
    let verdict = if ratio <= bound { "within" } else { "over" };
    println!("{what}: {ratio:.3} of {of} (at most {bound}): {verdict}; {took:.3} and {other:.3} {unit}");
}
