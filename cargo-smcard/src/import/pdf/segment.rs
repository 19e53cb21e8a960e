//! Segments: what stands on one line without a wide gap.

use super::spans::Span;

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub(super) page: usize,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) runs: Vec<Run>,
    /// Whether it is an item of a list.
    pub(super) item: bool,
    /// Whether reading goes on at the top again before it, in another column or on another page.
    pub(super) breaks: bool,
}

/// Text in one weight.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) bold: bool,
    pub(super) text: String,
}

impl Segment {
    pub(super) fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Its words in lower case, for telling a hyphen from one that a line's end has made.
    pub(super) fn words(&self) -> Vec<String> {
        let text = self.text().to_lowercase();
        text.split(|char: char| !char.is_alphanumeric()).filter(|word| word.len() > 1).map(str::to_owned).collect()
    }

    pub(super) fn is_bold(&self) -> bool {
        self.runs.iter().all(|run| run.bold || run.text.trim().is_empty())
    }

    /// Whether another one stands below or above it.
    pub(super) fn overlaps(&self, other: &Segment) -> bool {
        self.left < other.right - 1.0 && other.left < self.right - 1.0
    }
}

/// The segments of each page, in the order of their drawing.
pub(super) fn pages(spans: &[Span]) -> Vec<Vec<Segment>> {
    let mut pages: Vec<Vec<Segment>> = Vec::new();
    let mut before: Option<&Span> = None;
    for span in spans {
        let text = plain(&span.text);
        if text.is_empty() {
            continue;
        }
        if pages.len() < span.page {
            pages.resize_with(span.page, Vec::new);
            before = None;
        }
        let Some(page) = pages.last_mut() else { continue };
        let goes_on = before.is_some_and(|before| follows(before, span));
        match page.last_mut().filter(|_| goes_on) {
            Some(segment) => {
                let end = before.map_or(segment.right, |before| before.end.min(span.x.max(before.x)));
                let apart = span.x - end > 0.15 * span.size;
                let ends_word = segment.runs.last().is_none_or(|run| run.text.ends_with(' '));
                let space = if apart && !ends_word && !text.starts_with(' ') { " " } else { "" };
                match segment.runs.last_mut().filter(|run| run.bold == span.bold || text.trim().is_empty()) {
                    Some(run) => run.text += &format!("{space}{text}"),
                    None => segment.runs.push(Run { bold: span.bold, text: format!("{space}{text}") }),
                }
                segment.right = segment.right.max(span.end);
                segment.size = segment.size.max(span.size);
            }
            None if text.trim().is_empty() => continue,
            None => page.push(Segment {
                page: span.page,
                left: span.x,
                right: span.end,
                y: span.y,
                size: span.size,
                runs: vec![Run { bold: span.bold, text }],
                item: false,
                breaks: false,
            }),
        }
        before = Some(span);
    }
    weigh(&mut pages);
    pages.iter_mut().for_each(items);
    pages
}

/// Takes the marks of lists away that stand for themselves, and notes the items.
fn items(page: &mut Vec<Segment>) {
    let is_mark = |text: &str| text.chars().count() == 1 && text.starts_with(MARKS);
    let marks: Vec<(f32, f32)> = page
        .iter()
        .filter(|segment| is_mark(segment.text().trim()))
        .map(|segment| (segment.y, segment.right))
        .collect();
    page.retain(|segment| !is_mark(segment.text().trim()));
    for segment in page.iter_mut() {
        let marked = |(y, right): &(f32, f32)| {
            (y - segment.y).abs() < 0.4 * segment.size && (0.0..4.0 * segment.size).contains(&(segment.left - right))
        };
        // A page of a card has a few lists.
        segment.item = marks.iter().take(MOST_MARKS).any(marked);
        // A mark may be part of its item, too.
        if let Some(run) = segment.runs.first_mut().filter(|run| run.text.trim_start().starts_with(MARKS)) {
            let text = run.text.trim_start().trim_start_matches(MARKS);
            if text.starts_with(' ') && text.chars().any(char::is_alphanumeric) {
                segment.item = true;
                run.text = text.trim_start().to_owned();
            }
        }
    }
}

const MARKS: [char; 10] = ['•', '◦', '▪', '●', '○', '■', '·', '–', '-', '*'];

const MOST_MARKS: usize = 500;

/// Whether a span goes on where the one before it ends.
fn follows(before: &Span, span: &Span) -> bool {
    let size = before.size.max(span.size);
    let gap = span.x - before.end;
    // Some fonts state widths that are too large, so that a span ends behind the next one's beginning.
    (span.y - before.y).abs() < 0.4 * size && span.x > before.x - 0.1 * size && gap < 1.5 * size
}

/// Where nothing is bold, what is larger than the text is.
fn weigh(pages: &mut [Vec<Segment>]) {
    let mut sizes: Vec<(u32, usize)> = Vec::new();
    for segment in pages.iter().flatten() {
        if segment.runs.iter().any(|run| run.bold) {
            return;
        }
        let size = tenths(segment.size);
        let length = segment.text().len();
        match sizes.iter_mut().find(|(known, _)| *known == size) {
            Some((_, total)) => *total += length,
            None => sizes.push((size, length)),
        }
    }
    let Some((usual, _)) = sizes.into_iter().max_by_key(|(_, total)| *total) else { return };
    for segment in pages.iter_mut().flatten() {
        let larger = tenths(segment.size) > usual + usual / 20;
        segment.runs.iter_mut().for_each(|run| run.bold = larger);
    }
}

fn tenths(size: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size of a font, in tenths")]
    let tenths = (size * 10.0).round().clamp(0.0, 100_000.0) as u32;
    tenths
}

/// A text without what nobody sees, with letters for ligatures.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\u{fb00}' => plain.push_str("ff"),
            '\u{fb01}' => plain.push_str("fi"),
            '\u{fb02}' => plain.push_str("fl"),
            '\u{fb03}' => plain.push_str("ffi"),
            '\u{fb04}' => plain.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => plain.push_str("st"),
            '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{2028}' | '\u{2029}' => {}
            char if char.is_whitespace() => plain.push(' '),
            char if char.is_control() => {}
            char => plain.push(char),
        }
    }
    plain
}
