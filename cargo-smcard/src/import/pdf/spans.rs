//! Runs of text with their places: the only file that knows who reads PDFs for us.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

use pdfboss_core::{Document, Error};
use pdfboss_text::{ReadingOrder, extract_spans};

/// More pages than any card has.
const MOST_PAGES: usize = 500;

/// More runs of text than any card has.
const MOST_SPANS: usize = 500_000;

/// A run of text in one font.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    /// Counted from 1.
    pub(super) page: usize,
    /// Where it begins and ends, and its baseline, counted from the bottom.
    pub(super) x: f32,
    pub(super) end: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) text: String,
}

/// Reads a PDF, and writes its runs of text in the order of their drawing, a line for each.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn write(bytes: Vec<u8>) -> Result<(), String> {
    let document = Document::load(bytes).map_err(|error| match error {
        Error::Encrypted => "is encrypted; save a copy that needs no password".to_owned(),
        _ => "is no PDF, or is broken, so that it cannot be read".to_owned(),
    })?;
    let pages = document.page_count();
    if pages == 0 {
        return Err("has no pages: it is broken, or not all of it is there".to_owned());
    }
    if pages > MOST_PAGES {
        return Err(format!("has {pages} pages; no more than {MOST_PAGES} are read"));
    }
    let failed = |error: io::Error| format!("cannot be passed on: {error}");
    let mut out = BufWriter::new(io::stdout().lock());
    let mut count = 0;
    for index in 0..pages {
        let page = document.page(index);
        let spans = page.and_then(|page| extract_spans(&document, &page, ReadingOrder::Content));
        let Ok(spans) = spans else { return Err(format!("has a broken page, number {}", index + 1)) };
        // Turned text is no running text, and what is marked as an artifact is no content.
        for span in spans.iter().filter(|span| span.rotate == 0 && span.artifact.is_none()) {
            count += 1;
            if count > MOST_SPANS {
                return Err("holds more text than any model card".to_owned());
            }
            let line = (index + 1, span.x, span.end_x, span.y, span.size, span.bold, &span.text);
            let line = serde_json::to_string(&line).unwrap_or_default();
            writeln!(out, "{line}").map_err(failed)?;
        }
    }
    out.flush().map_err(failed)
}

/// The runs that [`write`] has written.
pub(super) fn parse(from: impl Read) -> Vec<Span> {
    let mut spans = Vec::new();
    for line in BufReader::new(from).lines().map_while(Result::ok) {
        let Ok((page, x, end, y, size, bold, text)) =
            serde_json::from_str::<(usize, f32, f32, f32, f32, bool, String)>(&line)
        else {
            continue;
        };
        if spans.len() < MOST_SPANS && [x, end, y, size].iter().all(|it| it.is_finite()) {
            spans.push(Span { page, x, end, y, size, bold, text });
        }
    }
    spans
}
