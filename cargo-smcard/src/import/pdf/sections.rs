//! From lines to labels with what they say.

use std::collections::HashSet;

use super::line::Line;
use super::segment::{Run, Segment};
use crate::import::label::Labels;
use crate::import::markdown::title;
use crate::import::piece::{At, Content, Piece};

/// What is said of a value that is not all in one place.
const BREAK: &str = "goes on behind a page or column break: compare it with the source";

/// How many labels stand beside each other at most.
const MOST_BESIDE: usize = 12;

/// How many columns of a page are remembered at most.
const MOST_COLUMNS: usize = 12;

/// How many headings stand around a label at most.
const MOST_HEADINGS: usize = 8;

/// The pieces of lines in reading order.
pub(super) fn pieces(lines: Vec<Line>, labels: &Labels, words: &HashSet<String>) -> Vec<Piece> {
    let lines = whole_labels(lines, labels);
    let (lines, mut pieces) = without_title(lines);
    let mut reader = Reader::new(labels, words, Style::of(&lines, labels));
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        reader.line(line, lines.peek());
    }
    pieces.extend(reader.values.into_iter().filter_map(Value::piece));
    // A number under a label that comes again is where a table of contents says that it is.
    let mut later: HashSet<Option<String>> = HashSet::new();
    let mut leads: Vec<bool> = Vec::new();
    for piece in pieces.iter().rev() {
        leads.push(is_number(piece) && later.contains(&piece.labels.last().cloned()));
        later.insert(piece.labels.last().cloned());
    }
    pieces.retain(|_| !leads.pop().unwrap_or_default());
    pieces
}

fn is_number(piece: &Piece) -> bool {
    match &piece.content {
        Content::Text(text) => text.chars().all(|char| char.is_ascii_digit() || " .".contains(char)),
        Content::Value(..) => false,
    }
}

/// The lines with those labels in one piece that go over two lines.
fn whole_labels(lines: Vec<Line>, labels: &Labels) -> Vec<Line> {
    let mut whole: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let joined = match (whole.last().map(Vec::as_slice), line.as_slice()) {
            (Some([.., above]), [first, ..]) => wrapped(above, first, labels),
            _ => None,
        };
        let mut line = line;
        if let (Some(text), Some(first), Some(before)) = (joined, line.first_mut(), whole.last_mut()) {
            first.breaks |= before.pop().is_some_and(|above| above.breaks);
            if let Some(run) = first.runs.first_mut() {
                *run = Run { bold: true, text };
            }
            if before.is_empty() {
                whole.pop();
            }
        }
        whole.push(line);
    }
    whole
}

/// The label that begins on one line and ends on the next, if it is known.
fn wrapped(above: &Segment, below: &Segment, labels: &Labels) -> Option<String> {
    let run = below.runs.first().filter(|run| run.bold)?;
    let near = !below.breaks && above.is_bold() && (above.size - below.size).abs() < 0.2 && above.y > below.y;
    let beside = (above.left - below.left).abs() < 2.0 * below.size && above.y - below.y < 2.0 * below.size;
    let joined = format!("{} {}", above.text().trim(), run.text.trim_start());
    (near && beside && !labels.is_known(&above.text()) && labels.is_known(&joined)).then_some(joined)
}

/// The lines without the title, which is the largest of all and stands once; and what it says.
fn without_title(mut lines: Vec<Line>) -> (Vec<Line>, Vec<Piece>) {
    let largest = lines.iter().flatten().map(|segment| segment.size).fold(0.0, f32::max);
    let smaller = lines.iter().filter(|line| line.iter().all(|segment| segment.size < largest - 0.2)).count();
    if smaller * 2 < lines.len() {
        return (lines, Vec::new());
    }
    let is_title = |line: &Line| line.iter().all(|segment| segment.size > largest - 0.2 && segment.is_bold());
    let mut found = lines.iter().enumerate().filter(|(_, line)| is_title(line)).map(|(index, _)| index);
    let indexes: Vec<usize> = found.by_ref().take(4).collect();
    match indexes.as_slice() {
        [first, .., last] | [first @ last]
            if lines.len() > 3 && *first < 6 && last - first + 1 == indexes.len() && last - first < 3 =>
        {
            let of_title: Vec<Line> = lines.drain(*first..=*last).collect();
            let text: Vec<String> = of_title.iter().flatten().map(|segment| segment.text().trim().to_owned()).collect();
            let page = of_title.iter().flatten().map(|segment| segment.page).next();
            (lines, vec![title(&text.join(" "), At::Page(page.unwrap_or(1)))])
        }
        _ => (lines, Vec::new()),
    }
}

/// How a document writes its labels: as it writes those that are known.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Style {
    /// In bold, the colon too.
    Colon,
    /// In bold, with or without a colon behind it.
    Bold,
    /// Like the text, with a colon.
    Plain,
}

impl Style {
    fn of(lines: &[Line], labels: &Labels) -> Self {
        let (mut with, mut without) = (0, 0);
        for segment in lines.iter().flatten() {
            let Some(run) = segment.runs.first().filter(|run| run.bold) else { continue };
            if labels.is_known(&run.text) {
                if run.text.trim_end().ends_with(':') { with += 1 } else { without += 1 }
            }
        }
        match (with, without) {
            (0, 0) => Style::Plain,
            _ if with > 3 * without => Style::Colon,
            _ => Style::Bold,
        }
    }
}

/// What stands behind a run.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Behind<'r> {
    Text(&'r str),
    /// More in bold, on the next line.
    Bold,
    Nothing,
}

impl Behind<'_> {
    /// Whether it is a mark that ends a label.
    fn is_mark(self) -> bool {
        matches!(self, Behind::Text(text) if text.starts_with([':', '*', '–', '—']))
    }
}

/// Whether bold text goes on in the next line.
fn goes_on(segment: &Segment, next: &Segment) -> bool {
    let bold = next.runs.first().is_some_and(|run| run.bold && !run.text.trim_end().ends_with(':'));
    let near = segment.y > next.y && segment.y - next.y < 1.5 * segment.size;
    bold && near && !next.breaks && (segment.left - next.left).abs() < segment.size
}

/// A heading or a label.
#[derive(Debug, Clone)]
struct Heading {
    label: String,
    page: usize,
    y: f32,
    size: f32,
    left: f32,
}

/// A label with what has been read of its value.
struct Value {
    heading: Option<Heading>,
    labels: Vec<String>,
    text: String,
    page: usize,
    broken: bool,
}

/// A value that was not finished where a column ended.
struct End {
    value: usize,
    page: usize,
    left: f32,
    right: f32,
}

struct Reader<'l> {
    labels: &'l Labels,
    /// The words of the document.
    words: &'l HashSet<String>,
    style: Style,
    /// The headings above, each larger, or less indented, than the next one.
    stack: Vec<Heading>,
    values: Vec<Value>,
    /// The values under way: one, or one for each of several labels on a line.
    open: Vec<usize>,
    /// The line that was read last, unless another column has begun.
    last: Option<Segment>,
    ends: Vec<End>,
}

impl<'l> Reader<'l> {
    fn new(labels: &'l Labels, words: &'l HashSet<String>, style: Style) -> Self {
        Reader {
            labels,
            words,
            style,
            stack: Vec::new(),
            values: Vec::new(),
            open: Vec::new(),
            last: None,
            ends: Vec::new(),
        }
    }

    fn line(&mut self, line: Line, next: Option<&Line>) {
        let row = (2..=MOST_BESIDE).contains(&line.len()) && line.iter().all(Segment::is_bold);
        let under = next.is_some_and(|next| next.iter().all(|segment| !segment.runs.iter().any(|run| run.bold)));
        if row && under {
            // Labels beside each other, with their values below them.
            let mut opened = Vec::new();
            for segment in line {
                self.break_at(&segment);
                let text = segment.text();
                self.begin(&segment, &text);
                opened.append(&mut self.open);
                self.last = Some(segment);
            }
            self.open = opened;
            return;
        }
        let mut segments = line.into_iter().peekable();
        while let Some(segment) = segments.next() {
            let next = segments.peek().or_else(|| next.and_then(|next| next.first()));
            self.segment(segment, next);
        }
    }

    /// Remembers what was under way where a column or a page ends.
    fn break_at(&mut self, segment: &Segment) {
        if !segment.breaks {
            return;
        }
        if let (Some(last), [value]) = (self.last.take(), self.open.as_slice()) {
            let text = self.values.get(*value).map(|value| value.text.trim()).unwrap_or_default();
            if !text.is_empty() && !text.ends_with(['.', '!', '?', ':']) {
                let (page, left, right) = (last.page, last.left, last.right);
                self.ends.push(End { value: *value, page, left, right });
                if self.ends.len() > MOST_COLUMNS {
                    self.ends.remove(0);
                }
            }
        }
        self.ends.retain(|end| end.page + 1 >= segment.page);
    }

    fn segment(&mut self, segment: Segment, next: Option<&Segment>) {
        self.break_at(&segment);
        let count = segment.runs.len();
        for (index, run) in segment.runs.iter().enumerate() {
            let behind = match segment.runs.get(index + 1) {
                Some(run) => Behind::Text(run.text.trim_start()),
                None if next.is_some_and(|next| goes_on(&segment, next)) => Behind::Bold,
                None => Behind::Nothing,
            };
            match self.label(&segment, run, index == 0, index + 1 == count, behind) {
                Some((label, value)) => {
                    self.begin(&segment, &label);
                    self.add(&segment, &value, true);
                }
                None => self.add(&segment, &run.text, index > 0),
            }
            self.last = Some(segment.clone());
        }
    }

    /// The label that a run is, with what follows it in the run.
    fn label(
        &self,
        segment: &Segment,
        run: &Run,
        first: bool,
        last: bool,
        behind: Behind<'_>,
    ) -> Option<(String, String)> {
        let trimmed = run.text.trim();
        if !run.bold {
            let (label, value) = run.text.split_once(':').filter(|_| first && self.style == Style::Plain)?;
            let short = label.split_whitespace().count() <= 8;
            return (short && self.labels.is_known(label)).then(|| (label.trim().to_owned(), value.to_owned()));
        }
        if !trimmed.chars().any(char::is_alphanumeric) {
            return None;
        }
        let ends = trimmed.ends_with(':');
        let known = self.labels.is_known(trimmed);
        let above = self.open.first().and_then(|value| self.values.get(*value)?.heading.as_ref());
        let stands_out = || {
            above.is_none_or(|heading| {
                segment.size > heading.size + 0.2 || segment.left < heading.left - 0.3 * segment.size
            })
        };
        let is = match self.style {
            // What is in bold without a colon is part of a value, unless it is a heading.
            Style::Colon => ends || first && last && (stands_out() || known && behind == Behind::Nothing),
            Style::Bold | Style::Plain => ends || first && (last || known || behind.is_mark()),
        };
        is.then(|| (trimmed.to_owned(), String::new()))
    }

    /// Begins the value of a label.
    fn begin(&mut self, segment: &Segment, label: &str) {
        // What stood above it in its column, or went on from another page, has ended.
        self.ends.retain(|end| end.right < segment.left || end.left > segment.right);
        let (page, y, size, left) = (segment.page, segment.y, segment.size, segment.left);
        let heading = Heading { label: label.trim().to_owned(), page, y, size, left };
        // Another column begins with headings of its own, and what stands beside a label is not below it.
        let above = |other: &Heading| {
            let beside = other.page == page && (other.y - y).abs() < 0.4 * size;
            other.size > size + 0.2
                || !segment.breaks && !beside && (other.size - size).abs() <= 0.2 && other.left < left - 2.0
        };
        self.stack.retain(above);
        self.stack.truncate(MOST_HEADINGS);
        let mut labels: Vec<String> = self.stack.iter().map(|heading| heading.label.clone()).collect();
        labels.push(heading.label.clone());
        self.stack.push(heading.clone());
        self.push(Value { heading: Some(heading), labels, text: String::new(), page: segment.page, broken: false });
    }

    fn push(&mut self, value: Value) {
        self.open = vec![self.values.len()];
        self.values.push(value);
    }

    /// Adds to the value of the label above, or to what has none.
    fn add(&mut self, segment: &Segment, text: &str, beside: bool) {
        if text.trim().is_empty() {
            return;
        }
        if self.last.is_none() && segment.breaks && !beside {
            // What stands in the same column of the page before, and was not finished there.
            let over = |end: &End| end.page < segment.page && end.left < segment.right && segment.left < end.right;
            if let Some(index) = self.ends.iter().position(over) {
                self.open = vec![self.ends.remove(index).value];
            }
        }
        if self.open.is_empty() {
            let labels = self.stack.iter().map(|heading| heading.label.clone()).collect();
            self.push(Value { heading: None, labels, text: String::new(), page: segment.page, broken: false });
        }
        // Of several labels beside each other, the one under which it stands.
        let under = self.open.iter().rposition(|value| {
            let heading = self.values.get(*value).and_then(|value| value.heading.as_ref());
            heading.is_none_or(|heading| heading.left <= segment.left + 0.5 * segment.size)
        });
        let Some(value) = self.open.get(under.unwrap_or_default()).and_then(|value| self.values.get_mut(*value)) else {
            return;
        };
        let begun = !value.text.trim().is_empty();
        match &self.last {
            None if begun => {
                value.broken = true;
                join(&mut value.text, text, self.words, false);
            }
            // A colon or an asterisk belongs to the label before it.
            _ if !begun => {
                value.broken |= self.last.is_none() && value.heading.is_some();
                value.text.push_str(if segment.item && !beside { "- " } else { "" });
                value.text.push_str(text.trim_start_matches([' ', ':', '*', '–', '—', '-']));
            }
            Some(last) if beside || (last.y - segment.y).abs() < 0.4 * segment.size => {
                if !beside && !value.text.ends_with(' ') {
                    value.text.push(' ');
                }
                value.text.push_str(text);
            }
            Some(last) => {
                let paragraph = segment.item || is_numbered(text) || last.y - segment.y > 1.6 * segment.size;
                let item = if segment.item { format!("- {text}") } else { text.to_owned() };
                join(&mut value.text, &item, self.words, paragraph);
            }
            None => value.text.push_str(text),
        }
    }
}

/// Whether a line begins an item with a number.
fn is_numbered(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    (1..=2).contains(&(text.len() - rest.len())) && (rest.starts_with(". ") || rest.starts_with(") "))
}

impl Value {
    fn piece(self) -> Option<Piece> {
        let text = self.text.trim();
        if text.is_empty() {
            return None;
        }
        let mut piece = Piece::text(&self.labels, text, At::Page(self.page));
        piece.doubt = self.broken.then_some(BREAK);
        Some(piece)
    }
}

/// Adds the next line of a text. A hyphen at the end of a line stays, unless the document has the word without it.
fn join(text: &mut String, next: &str, known: &HashSet<String>, paragraph: bool) {
    let next = next.trim_start();
    let kept = text.trim_end().len();
    text.truncate(kept);
    if paragraph {
        text.push('\n');
    } else if let Some(begun) = text.strip_suffix('-').filter(|begun| begun.ends_with(char::is_alphanumeric)) {
        let start = begun.rfind(|char: char| !char.is_alphanumeric()).map_or(0, |at| at + 1);
        let first = begun.get(start..).unwrap_or_default();
        let rest: String = next.chars().take_while(|char| char.is_alphanumeric()).collect();
        if known.contains(&format!("{first}{rest}").to_lowercase()) {
            text.pop();
        }
    } else {
        text.push(' ');
    }
    text.push_str(next);
}
