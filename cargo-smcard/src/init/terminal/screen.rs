//! What stands above the prompts: sections, questions, what is wrong. Wrapped to the terminal, never cut.

use smcard_core::rules;
use smcard_core::schema::Field;
use smcard_core::source::visible;
use terminal_size::{Height, Width, terminal_size_of};
use textwrap::{Options, wrap};

use super::super::place::Place;

/// How wide text gets at most: longer lines are hard to read.
const WIDEST: usize = 100;

/// The width of the terminal, as it is now.
pub(super) fn width() -> usize {
    let width = terminal_size_of(std::io::stderr()).map_or(80, |(Width(width), _)| usize::from(width));
    width.saturating_sub(1).clamp(20, WIDEST)
}

/// How many lines the terminal has, as it is now.
pub(super) fn height() -> usize {
    terminal_size_of(std::io::stderr()).map_or(24, |(_, Height(height))| usize::from(height))
}

pub(super) struct Screen {
    colours: bool,
}

impl Screen {
    pub(super) fn new(colours: bool) -> Self {
        Screen { colours }
    }

    fn lines(words: &str, first: &str, then: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for (index, paragraph) in words.lines().enumerate() {
            let first = if index == 0 { first } else { then };
            let options = Options::new(width()).initial_indent(first).subsequent_indent(then);
            lines.extend(wrap(paragraph, options).into_iter().map(|line| line.into_owned()));
        }
        lines
    }

    fn print(&self, code: &str, lines: Vec<String>) {
        for line in lines {
            if self.colours && !code.is_empty() {
                eprintln!("\u{1b}[{code}m{line}\u{1b}[0m");
            } else {
                eprintln!("{line}");
            }
        }
    }

    pub(super) fn gap(&self) {
        eprintln!();
    }

    pub(super) fn paragraph(&self, words: &str) {
        self.print("", Self::lines(words, "", ""));
    }

    pub(super) fn section(&self, progress: &str, name: &str, sentence: &str) {
        self.gap();
        self.print("1;36", Self::lines(&format!("{progress} · {name}"), "", "  "));
        if !sentence.is_empty() {
            self.print("", Self::lines(sentence, "", ""));
        }
    }

    /// What is asked for next in a list, at the place of an item; before the first one, why a reviewer asks for them.
    pub(super) fn item(&self, at: &Place, doc: &str) {
        self.gap();
        let first = doc.lines().next().unwrap_or_default().trim();
        let index = at.index().unwrap_or_default();
        self.print("36", Self::lines(&format!("{} {}: {first}", at.name().replace('_', " "), index + 1), "", "  "));
        if index == 0 {
            for paragraph in at.field().map(|list| rest(list.doc)).unwrap_or_default() {
                self.print("2", Self::lines(&paragraph, "  ", "  "));
            }
        }
    }

    /// The question for a field: what it says, why a reviewer asks, which form an answer has, and an example.
    pub(super) fn question(&self, at: &Place, field: &Field, example: Option<&str>) {
        self.gap();
        self.print("1", Self::lines(field.sentence(), "", ""));
        for paragraph in rest(field.doc) {
            self.print("2", Self::lines(&paragraph, "  ", "  "));
        }
        if let Some(rule) = rules::of_form(field.form).next() {
            self.print("2", Self::lines(rule.summary, "  ", "  "));
        }
        if let Some(example) = example.filter(|_| at.field().is_some()) {
            self.print("2", Self::lines(&format!("Example: {example}"), "  ", "  "));
        }
    }

    /// The question for a field of the organization's own.
    pub(super) fn own_question(&self, at: &Place, doc: &str) {
        self.gap();
        let doc = if doc.is_empty() { format!("The policy asks for `{at}`.") } else { visible(doc) };
        self.print("1", Self::lines(&doc, "", ""));
    }

    /// Why a field is asked for that might be left out.
    pub(super) fn because(&self, words: &str) {
        self.print("33", Self::lines(words, "  ", "  "));
    }

    pub(super) fn taken(&self, name: &str, words: &str) {
        let shown: Vec<String> = words.lines().map(visible).collect();
        self.print("", Self::lines(&format!("✓ {name}: {}", shown.join("\n")), "", "  "));
    }

    pub(super) fn error(&self, words: &str) {
        self.print("31", Self::lines(&format!("error: {words}"), "", "  "));
    }

    pub(super) fn warning(&self, words: &str) {
        self.print("33", Self::lines(&format!("warning: {words}"), "", "  "));
    }
}

/// What a documentation text says after its first line, each paragraph on a line.
fn rest(doc: &str) -> Vec<String> {
    let paragraphs = doc.split("\n\n").enumerate().map(|(index, paragraph)| {
        let lines = paragraph.lines().skip(usize::from(index == 0));
        lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    });
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect()
}
