//! PDF: read by a process of its own, which can be stopped, and put in order here.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::label::Labels;
use super::piece::Piece;

mod child;
mod furniture;
mod line;
mod order;
mod sections;
mod segment;
mod spans;

pub(crate) use child::ReadPdf;
use spans::Span;

/// The largest PDF that is read, in bytes.
pub(super) const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// How long reading may take.
const LONGEST: Duration = Duration::from_secs(30);

/// The pieces of a PDF, and what is to be told of it.
pub(super) fn pieces(bytes: &[u8]) -> Result<(Vec<Piece>, Vec<String>), String> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("has more than {MOST_BYTES} bytes"));
    }
    let spans = read(bytes)?;
    let has_words = spans.iter().any(|span| span.text.chars().any(char::is_alphanumeric));
    if !has_words {
        return Err(
            "holds no text; if it was scanned, a program for text recognition (OCR) must read it first".to_owned()
        );
    }
    let mut pages = segment::pages(&spans);
    furniture::remove(&mut pages);
    let words: HashSet<String> = pages.iter().flatten().flat_map(segment::Segment::words).collect();
    let segments = pages.into_iter().flat_map(order::in_order).collect();
    Ok((sections::pieces(line::lines(segments), &Labels::new(), &words), Vec::new()))
}

/// Lets a process read the file.
fn read(bytes: &[u8]) -> Result<Vec<Span>, String> {
    let failed = |error: std::io::Error| format!("cannot be read: {error}");
    let program = std::env::current_exe().map_err(failed)?;
    let mut child = Command::new(program)
        .arg("read-pdf")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let (Some(mut stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err("cannot be read".to_owned());
    };
    let given = bytes.to_vec();
    // It ends with the process: whoever reads no more breaks the pipe.
    let writing = thread::spawn(move || stdin.write_all(&given));
    let telling = thread::spawn(move || {
        let mut text = String::new();
        stderr.take(4_096).read_to_string(&mut text).map(|_| text).unwrap_or_default()
    });
    let reading = thread::spawn(move || spans::parse(stdout));
    let status = wait(&mut child).map_err(failed)?;
    let _ = writing.join();
    let told = telling.join().unwrap_or_default();
    let spans = reading.join().unwrap_or_default();
    match status {
        None => Err(format!("takes more than {} seconds to read", LONGEST.as_secs())),
        Some(status) if status.success() => Ok(spans),
        Some(status) => Err(match child::stopped(status) {
            Some(why) => why,
            None => match told.lines().next().and_then(|line| line.strip_prefix(child::TOLD)) {
                Some(why) => why.to_owned(),
                None => "is broken, so that it cannot be read".to_owned(),
            },
        }),
    }
}

/// Waits until a process has ended, or stops it.
fn wait(child: &mut Child) -> std::io::Result<Option<std::process::ExitStatus>> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begun.elapsed() > LONGEST {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(5));
    }
}
