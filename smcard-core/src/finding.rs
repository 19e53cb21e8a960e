//! [`Finding`]: one thing that is wrong with a card or a policy, as every stage reports it.

use std::fmt;

use crate::characters::escape;
use crate::exception::Exception;
use crate::order;
use crate::rule::{Level, Rule};

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

/// What a rule says about one place: the text of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// What is wrong, in one line that is enough by itself.
    pub message: String,
    /// The text concerned, with a caret under what is wrong in it.
    pub excerpt: Option<String>,
    /// What to write instead.
    pub help: Vec<String>,
    /// Why it matters, or what else is known.
    pub notes: Vec<String>,
    /// What a threat that covers it may begin with, where the system has something that no threat covers.
    #[cfg(feature = "command")]
    pub start: Option<Start>,
}

/// What a threat may begin with; what happens, and what was done about it, is for people to say.
#[cfg(feature = "command")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Start {
    /// The id of the component or flow that it affects.
    pub affects: String,
    /// The id of the technique that reaches it.
    pub technique: &'static str,
}

impl Problem {
    /// A problem with only its message.
    pub fn new(message: impl Into<String>) -> Self {
        Problem {
            message: message.into(),
            excerpt: None,
            help: Vec::new(),
            notes: Vec::new(),
            #[cfg(feature = "command")]
            start: None,
        }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds why it matters.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds what a threat that covers it may begin with.
    #[cfg_attr(not(feature = "command"), expect(unused_variables, unused_mut, reason = "the command line alone asks"))]
    pub(crate) fn start(mut self, affects: &str, technique: &'static str) -> Self {
        #[cfg(feature = "command")]
        {
            self.start = Some(Start { affects: affects.to_owned(), technique });
        }
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
#[non_exhaustive]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// The level, as the policy sets it.
    pub level: Level,
    /// The path of the field, such as `model_details.date`; a key's path in a policy file.
    pub path: String,
    /// Where in the source, counted as in the tree (see [`Node::at`](crate::tree::Node::at)).
    pub at: usize,
    /// The file, if it is not the card's own source.
    pub file: Option<String>,
    /// Where in the text that was read; `None` for a compiled card.
    pub position: Option<Position>,
    /// What is wrong, and what to do.
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
        let mut words = String::new();
        for word in line.split_whitespace() {
            let gap = if words.is_empty() { "" } else { " " };
            words += gap;
            words += word;
        }
        escape(&words)
    }
}

/// The whole finding, on several lines.
///
/// Characters that a reader cannot see are escaped, wherever the words come from.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { message, excerpt, help, notes, .. } = &self.problem;
        write!(f, "{}", escape(&format!("{}{message}", self.place())))?;
        for line in excerpt.iter().flat_map(|excerpt| excerpt.lines()) {
            write!(f, "\n{}", escape(line))?;
        }
        for (label, texts) in [("help", help), ("note", notes)] {
            for text in texts {
                let lines: Vec<String> = text.lines().map(escape).collect();
                write!(f, "\n{label}: {}", lines.join("\n      "))?;
            }
        }
        write!(f, "\ncode: {}", self.rule.code)
    }
}

/// What is wrong with one card or policy: the first findings, and how many more there are.
///
/// A reader needs the first and a count, so no more than [`Findings::SHOWN`] errors and as many
/// warnings are kept, whatever is wrong with a card of megabytes.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    errors: usize,
    warnings: usize,
    excepted: Vec<Excepted>,
    exceptions: usize,
}

/// A finding that the policy lets pass, and the exception by which it does.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Excepted {
    /// What is wrong, at the level that it would have.
    pub finding: Finding,
    /// Who approved it, why and until when.
    pub exception: Exception,
}

impl Findings {
    /// How many errors are kept, and how many warnings.
    pub const SHOWN: usize = 100;

    /// Nothing wrong.
    pub const NONE: Findings =
        Findings { kept: Vec::new(), errors: 0, warnings: 0, excepted: Vec::new(), exceptions: 0 };

    /// Those that are kept, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.kept.iter()
    }

    /// How many there are, kept or not.
    pub fn len(&self) -> usize {
        self.errors + self.warnings
    }

    /// How many of them stop a build, kept or not.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// How many of them are counted and not kept.
    pub fn omitted(&self) -> usize {
        self.len() - self.kept.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether any of them stops a build, kept or not.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Adds a finding of this level; its words are asked for only if there is room.
    pub(crate) fn add(&mut self, level: Level, finding: &dyn Fn() -> Finding) {
        if self.count(level) {
            self.keep(level, finding());
        }
    }

    /// Counts a finding of this level. Gives whether it is to be kept, with [`Findings::keep`].
    pub(crate) fn count(&mut self, level: Level) -> bool {
        let count = match level {
            Level::Allow => return false,
            Level::Warning => &mut self.warnings,
            Level::Error => &mut self.errors,
        };
        *count += 1;
        *count <= Self::SHOWN
    }

    /// Keeps a finding that is counted already.
    pub(crate) fn keep(&mut self, level: Level, finding: Finding) {
        self.kept.push(Finding { level, ..finding });
    }

    /// What the policy lets pass by an exception, in the order in which it was found: no finding
    /// counts it. As many are kept as of errors.
    pub fn excepted(&self) -> &[Excepted] {
        &self.excepted
    }

    /// How many findings the policy lets pass by an exception, kept or not.
    pub fn exceptions(&self) -> usize {
        self.exceptions
    }

    /// Adds a finding that the policy lets pass; its words are asked for only if there is room.
    pub(crate) fn except(&mut self, exception: &Exception, level: Level, finding: &dyn Fn() -> Finding) {
        self.exceptions += 1;
        if self.exceptions <= Self::SHOWN {
            let finding = Finding { level, ..finding() };
            self.excepted.push(Excepted { finding, exception: exception.clone() });
        }
    }

    /// The same findings with every error a warning, but those of rules that stay as they are.
    #[must_use]
    pub(crate) fn into_warnings(self, stays: &dyn Fn(&Rule) -> bool) -> Self {
        let omitted = self.omitted();
        let (excepted, exceptions) = (self.excepted, self.exceptions);
        let mut all = Findings { excepted, exceptions, ..Findings::NONE };
        for finding in self.kept {
            let level = if stays(finding.rule) { finding.level } else { finding.level.min(Level::Warning) };
            all.push(Finding { level, ..finding });
        }
        all.warnings += omitted;
        all
    }

    /// Adds a finding at its own level.
    pub fn push(&mut self, finding: Finding) {
        if self.count(finding.level) {
            self.keep(finding.level, finding);
        }
    }

    /// Adds what was found elsewhere, behind what is here.
    pub fn append(&mut self, mut others: Findings) {
        let (errors, warnings) = (self.errors + others.errors, self.warnings + others.warnings);
        self.exceptions += others.exceptions;
        let room = Self::SHOWN.saturating_sub(self.excepted.len());
        others.excepted.truncate(room);
        self.excepted.append(&mut others.excepted);
        for finding in others.kept {
            self.push(finding);
        }
        (self.errors, self.warnings) = (errors, warnings);
    }

    /// Drops those that are kept and of which this does not hold, and counts them no longer.
    pub fn retain(&mut self, holds: impl Fn(&Finding) -> bool) {
        let (errors, warnings) = (&mut self.errors, &mut self.warnings);
        self.kept.retain(|finding| {
            let kept = holds(finding);
            let count = if finding.is_error() { &mut *errors } else { &mut *warnings };
            *count -= usize::from(!kept);
            kept
        });
    }

    /// Puts those that are kept in the order of their places.
    pub fn sort(&mut self) {
        order::sort(&mut self.kept, |one, other| one.at.cmp(&other.at));
    }

    /// Those that are kept, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Finding> {
        self.kept.iter_mut()
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.into_iter()
    }
}

impl<'f> IntoIterator for &'f Findings {
    type Item = &'f Finding;
    type IntoIter = std::slice::Iter<'f, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        let mut all = Findings::NONE;
        for finding in findings {
            all.push(finding);
        }
        all
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.kept.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n\n" };
            write!(f, "{gap}{finding}")?;
        }
        match self.omitted() {
            0 => Ok(()),
            more => write!(f, "\n\nand {more} more"),
        }
    }
}

impl std::error::Error for Findings {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    fn findings(errors: usize) -> Findings {
        let rule = rules::named("placeholder").unwrap_or(rules::INVALID_SYNTAX);
        (0..errors)
            .map(|at| Finding::new(rule, "training_data", at, Problem::new("it contains a placeholder")))
            .collect()
    }

    #[test]
    fn as_warnings_all_findings_are_counted_and_none_is_an_error() {
        for (all, stays) in [(3, false), (Findings::SHOWN + 50, false), (3, true)] {
            let mut errors = findings(all);
            errors.exceptions = 2;
            let found = errors.into_warnings(&|_| stays);
            let (errors, warnings) = if stays { (all, 0) } else { (0, all) };
            assert_eq!((found.errors(), found.warnings, found.exceptions()), (errors, warnings, 2));
            assert_eq!(found.iter().count(), all.min(Findings::SHOWN));
        }
    }

    #[test]
    fn what_is_dropped_is_counted_no_longer() {
        let mut found = findings(5);
        found.retain(|finding| finding.at < 2);
        assert_eq!((found.errors(), found.len()), (2, 2));
        let mut warnings = findings(5).into_warnings(&|_| false);
        warnings.retain(|finding| finding.at == 4);
        assert_eq!((warnings.errors(), warnings.warnings, warnings.len()), (0, 1, 1));
    }
}
