//! Measuring a file of 1 GB: its digest and what it is, against `sha256sum`; and the memory that it takes, against that
//! of a file of 10 MB.

mod support;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;

use support::{LOOK, MEASURE, PEAK, Result, itself, least, print};

const LARGE: u64 = 1_000_000_000;
const SMALL: u64 = 10_000_000;

/// At least 0.9 of the speed.
const TIME: f64 = 1.0 / 0.9;

/// The same, but for the pages that the system counts or not.
const MEMORY: f64 = 1.05;

fn main() -> Result<()> {
    if support::program()? {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    for (format, begin) in [("safetensors", tensors as fn(u64) -> Vec<u8>), ("pickle", bytes)] {
        let (large, small) = (folder.path().join("large"), folder.path().join("small"));
        write(&large, &begin(LARGE), LARGE)?;
        write(&small, &begin(SMALL), SMALL)?;
        if format == "safetensors" {
            let mut sum = Command::new("sha256sum");
            sum.arg(&large);
            let took = least(5, [itself(MEASURE, &large)?, sum])?;
            print("measuring 1 GB of safetensors", took, "`sha256sum`", rounded(TIME), "s");
        }
        for (what, doing) in [(MEASURE, "measuring"), (LOOK, "looking at")] {
            let took = [peak(what, &large)?, peak(what, &small)?];
            print(&format!("memory for {doing} 1 GB of {format}"), took, "that for 10 MB", MEMORY, "MiB");
        }
    }
    Ok(())
}

fn rounded(bound: f64) -> f64 {
    (bound * 100.0).floor() / 100.0
}

/// What stands before so many bytes of tensors.
fn tensors(bytes: u64) -> Vec<u8> {
    let header = format!(r#"{{"a":{{"dtype":"U8","shape":[{bytes}],"data_offsets":[0,{bytes}]}}}}"#);
    [&(header.len() as u64).to_le_bytes(), header.as_bytes()].concat()
}

/// What stands before so many bytes in a pickle.
fn bytes(count: u64) -> Vec<u8> {
    [b"\x80\x04\x8e".as_slice(), &count.to_le_bytes()].concat()
}

fn write(path: &Path, begin: &[u8], length: u64) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(begin)?;
    let piece = vec![b'.'; 1_000_000];
    for _ in 0..length / 1_000_000 {
        file.write_all(&piece)?;
    }
    // The end of the pickle; of the tensors, a byte too much, which is told.
    file.write_all(b".")?;
    Ok(file.flush()?)
}

/// The most memory that a program of its own takes, in MiB: the least of several runs.
fn peak(what: &str, file: &Path) -> Result<f64> {
    let mut least = f64::INFINITY;
    for _ in 0..20 {
        let output = Command::new(std::env::current_exe()?).args([PEAK, what]).arg(file).output()?;
        let told = String::from_utf8(output.stdout)?;
        least = least.min(told.trim().parse().map_err(|_| format!("no figure: {told}"))?);
    }
    Ok(least)
}
