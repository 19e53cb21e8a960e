//! Looking at a PyTorch file of 200 MB and at 1,000 small pickles, against scanners that others wrote, each as a program.
//!
//! `SCANNERS` names the folder of a Python that has them: `SCANNERS=$(scripts/model-corpus --python) cargo bench …`.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it has measured")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{LOOK, Result, itself, least, print};

/// At least ten times as fast for one large file; for many small ones the start of a program hardly counts.
const LARGE: f64 = 0.1;
const MANY: f64 = 0.2;

/// Makes the files. Nothing of PyTorch is needed: only its names are pickled.
const MAKE: &str = include_str!("scanners.py");

fn main() -> Result<()> {
    if support::program()? {
        return Ok(());
    }
    let Some(python) = std::env::var_os("SCANNERS").map(PathBuf::from) else {
        println!("SKIPPED: `SCANNERS` does not name a Python with them; `scripts/model-corpus --python` makes one");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let made = Command::new(python.join("bin/python")).args(["-c", MAKE]).arg(folder.path()).status()?;
    if !made.success() {
        return Err("the files could not be made".into());
    }
    let (model, pickles) = (folder.path().join("model.pt"), folder.path().join("pickles"));
    let scanner = |name: &str, path: &Path| {
        let mut command = Command::new(python.join("bin").join(name));
        command.args(["-p".as_ref(), path.as_os_str()]);
        command
    };
    let [ours, picklescan, modelscan] =
        least(5, [itself(LOOK, &model)?, scanner("picklescan", &model), scanner("modelscan", &model)])?;
    print("a PyTorch file of 200 MB", [ours, picklescan], "picklescan", LARGE, "s");
    print("a PyTorch file of 200 MB", [ours, modelscan], "modelscan", LARGE, "s");
    let [ours, picklescan] = least(5, [itself(LOOK, &pickles)?, scanner("picklescan", &pickles)])?;
    print("1,000 small pickles", [ours, picklescan], "picklescan", MANY, "s");
    Ok(())
}
