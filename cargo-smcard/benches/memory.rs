//! The memory that `smcard check` takes for 10,000 cards and for a million: the same.
//!
//! The cards are hard links to a few hundred files, some of them broken, so that findings are told as well. Each run is
//! a process of its own, whose peak the system tells.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const SMCARD: &str = env!("CARGO_BIN_EXE_smcard");
const CARD: &str = include_str!("../../tests/common/report.json");

/// By this argument the program runs a check and tells its peak.
const CHECK: &str = "--check";

/// How many cards stand in a folder; a file has no more links than a file system allows.
const IN_FOLDER: usize = 1_000;

/// One card in so many has a mistake.
const BROKEN: usize = 100;

/// How many times the memory the larger run may take. What grows is the walk: the names of one folder's folders.
const BOUND: f64 = 1.2;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some(CHECK) {
        return check(Path::new(&arguments.next().ok_or("no folder")?));
    }
    let folder = tempfile::TempDir::new()?;
    let few = write_cards(folder.path(), "few", 10_000)?;
    let many = write_cards(folder.path(), "many", 1_000_000)?;
    let (few, many) = (peak(&few)?, peak(&many)?);
    let ratio = many / few;
    let verdict = if ratio <= BOUND { "within" } else { "over" };
    println!(
        "peak memory of `smcard check` over 1,000,000 cards, of 10,000: {ratio:.2} (at most {BOUND}): {verdict}; \
         {many:.1} MiB and {few:.1} MiB"
    );
    Ok(())
}

fn write_cards(folder: &Path, name: &str, cards: usize) -> Result<std::path::PathBuf> {
    let all = folder.join(name);
    for number in 0..cards / IN_FOLDER {
        let part = all.join(format!("{}/{number}", number % 30));
        fs::create_dir_all(&part)?;
        let (good, broken) = (part.join("0.json"), part.join("1.json"));
        fs::write(&good, CARD)?;
        fs::write(&broken, CARD.replacen("\"license\"", "\"licence\"", 1))?;
        for card in 2..IN_FOLDER {
            let card_of = if card % BROKEN == 1 { &broken } else { &good };
            fs::hard_link(card_of, part.join(format!("{card}.json")))?;
        }
    }
    Ok(all)
}

/// The peak of a check in MiB, as the system counts it for a process of its own.
fn peak(cards: &Path) -> Result<f64> {
    let output = Command::new(std::env::current_exe()?).arg(CHECK).arg(cards).output()?;
    let told = String::from_utf8(output.stdout)?;
    told.trim().parse().map_err(|_| format!("no figure: {told}{}", String::from_utf8_lossy(&output.stderr)).into())
}

fn check(cards: &Path) -> Result<()> {
    let start = Instant::now();
    let status = Command::new(SMCARD)
        .args(["check", "--today", "2026-11-25", "--format", "json"])
        .arg(cards)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if status.code() != Some(1) {
        return Err(format!("the check ended with {status}, and some cards are broken").into());
    }
    eprintln!("{:.1} s", start.elapsed().as_secs_f64());
    // Linux counts in KiB, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1024.0 * 1024.0 } else { 1024.0 };
    println!("{:.1}", getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss() as f64 / unit);
    Ok(())
}
