//! [`Finding`]: one thing that is wrong with a card or a policy, as every stage reports it.

use std::fmt;

use crate::rules::Rule;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported; the build goes on.
    Warning,
    /// Reported; the build fails.
    Error,
}

impl Level {
    /// The levels, as a policy file spells them.
    pub(crate) const NAMES: &'static [(&'static str, Level)] =
        &[("allow", Level::Allow), ("warning", Level::Warning), ("error", Level::Error)];
}

/// A place in a file: both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// The position of a byte offset; the last one of the text if the offset lies beyond it.
    pub(crate) fn of(text: &str, offset: usize) -> Self {
        Position { line: 1, column: 1 }.after(text.get(..offset).unwrap_or(text))
    }

    /// The position that is reached when a text begins at this one.
    pub(crate) fn after(self, text: &str) -> Self {
        match text.rsplit_once('\n') {
            Some((lines, last)) => {
                Position { line: self.line + lines.matches('\n').count() + 1, column: last.chars().count() + 1 }
            }
            None => Position { column: self.column + text.chars().count(), ..self },
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// What a rule says of one place: the words of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in one line that is enough by itself.
    pub message: String,
    /// The text concerned, with a caret under what is wrong in it.
    pub excerpt: Option<String>,
    /// What to write instead.
    pub help: Vec<String>,
    /// Why it matters, or what else is known.
    pub notes: Vec<String>,
}

impl Problem {
    /// A problem with only its message.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Problem { message: message.into(), excerpt: None, help: Vec::new(), notes: Vec::new() }
    }

    /// Adds what to write instead.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds why it matters.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds the text concerned.
    pub(crate) fn excerpt(mut self, excerpt: String) -> Self {
        self.excerpt = Some(excerpt);
        self
    }
}

/// One thing that is wrong: what, where, why it matters, what to write instead.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that speaks.
    pub rule: &'static Rule,
    /// How much it weighs, after the policy has had its say.
    pub level: Level,
    /// The path of the field, such as `model_details.date`; a key's path in a policy file.
    pub path: String,
    /// Where in the source, as the maker of the tree counts (see [`Node::at`](crate::Node::at)).
    pub at: usize,
    /// The file, where it is not the card's own source.
    pub file: Option<String>,
    /// Where in the text that was read; `None` for a compiled card.
    pub position: Option<Position>,
    /// The words.
    pub problem: Problem,
}

impl Finding {
    /// A finding at the rule's own level.
    pub fn new(rule: &'static Rule, path: &str, at: usize, problem: Problem) -> Self {
        Finding { rule, level: rule.level, path: path.to_owned(), at, file: None, position: None, problem }
    }

    /// Whether the finding stops a build.
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }

    /// File, line and column, as far as they are known, with a colon behind.
    fn place(&self) -> String {
        match (&self.file, self.position) {
            (Some(file), Some(position)) => format!("{file}:{position}: "),
            (Some(file), None) => format!("{file}: "),
            (None, Some(position)) => format!("{position}: "),
            (None, None) => String::new(),
        }
    }

    /// The finding in one line, for tools that print only lines.
    ///
    /// Control characters are escaped, so no card can end the line or colour the terminal.
    pub fn line(&self) -> String {
        let mut line = format!("{}{}", self.place(), self.problem.message);
        for (label, texts) in [("help", &self.problem.help), ("note", &self.problem.notes)] {
            for text in texts {
                line += &format!("; {label}: {text}");
            }
        }
        line += &format!(" [{}]", self.rule.code);
        escape(&line.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// The whole finding, on several lines.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { message, excerpt, help, notes } = &self.problem;
        write!(f, "{}{message}", self.place())?;
        if let Some(excerpt) = excerpt {
            write!(f, "\n{excerpt}")?;
        }
        for (label, lines) in [("help", help), ("note", notes)] {
            for line in lines {
                write!(f, "\n{label}: {}", line.replace('\n', "\n      "))?;
            }
        }
        write!(f, "\ncode: {}", self.rule.code)
    }
}

/// Several findings: what is wrong with one card or policy, all of it.
#[derive(Debug, Clone)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// How many findings of a card are shown: beyond that a reader needs the first and a count.
    pub const SHOWN: usize = 100;

    /// Whether any of them stops a build.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(Finding::is_error)
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.0.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n\n" };
            write!(f, "{gap}{finding}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Findings {}

/// The text with its control and direction characters written as Rust escapes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if crate::characters::name(char).is_some() || char == '\n' || char == '\t' || char == '\r' {
            escaped.extend(char.escape_default());
        } else {
            escaped.push(char);
        }
    }
    escaped
}
