//! What is told of one card or policy, whatever the format: findings with their places and their lines.

use std::ops::Range;
use std::path::Path;

use smcard_core::source::{Line, Source, visible};
use smcard_core::{Exception, Finding, Findings, Level, Position, Problem, Rule};

/// What was found in a file.
#[derive(Default)]
pub(crate) struct Checked {
    /// The file, as it may be shown.
    pub(crate) file: String,
    pub(crate) told: Vec<Told>,
    pub(crate) excepted: Vec<Excepted>,
    /// How many findings stop a build, told or not.
    pub(crate) errors: usize,
    /// How many do not, told or not.
    pub(crate) warnings: usize,
    /// Whether it is a card, and not a policy.
    pub(crate) is_card: bool,
}

/// A finding with its place.
pub(crate) struct Told {
    pub(crate) rule: &'static Rule,
    pub(crate) level: Level,
    /// The path of the field in the card.
    pub(crate) path: String,
    /// The file, as it may be shown.
    pub(crate) file: String,
    pub(crate) position: Option<Position>,
    /// The column behind what is marked, on the same line.
    pub(crate) end_column: Option<usize>,
    /// The line, if it may be shown.
    pub(crate) line: Option<Line>,
    pub(crate) problem: Problem,
}

/// A finding that the policy lets pass.
pub(crate) struct Excepted {
    pub(crate) told: Told,
    pub(crate) exception: Exception,
}

impl Checked {
    /// How many findings are counted and not told.
    pub(crate) fn omitted(&self) -> usize {
        (self.errors + self.warnings).saturating_sub(self.told.len())
    }

    /// A file that could not be read as a card.
    pub(crate) fn unreadable(file: String, rule: &'static Rule, problem: Problem) -> Self {
        let findings = Findings::from_iter([Finding::new(rule, "", 0, problem)]);
        Checked::new(file, findings, |_| None, None)
    }

    /// The findings of a card. `place` gives where a finding is in the text; what is in another file has its place.
    pub(crate) fn new(
        file: String,
        findings: Findings,
        place: impl Fn(&Finding) -> Option<Place>,
        source: Option<&mut Source<'_>>,
    ) -> Self {
        let (errors, all) = (findings.errors(), findings.len());
        let mut checked = Checked { file, errors, warnings: all - errors, is_card: true, ..Checked::default() };
        for excepted in findings.excepted() {
            let told = checked.told(excepted.finding.clone(), None, None);
            checked.excepted.push(Excepted { told, exception: excepted.exception.clone() });
        }
        let placed: Vec<_> = findings.into_iter().map(|finding| (place(&finding), finding)).collect();
        let mut source = source;
        if let Some(source) = source.as_deref_mut() {
            // The rule sees through notations that a search through the text does not.
            for (place, finding) in &placed {
                if let Some(place) = place.as_ref().filter(|_| finding.rule.code == "secret-in-card") {
                    source.hide(place.bytes.clone());
                }
            }
        }
        for (place, finding) in placed {
            let told = checked.told(finding, place, source.as_deref());
            checked.told.push(told);
        }
        checked
    }

    fn told(&self, finding: Finding, place: Option<Place>, source: Option<&Source<'_>>) -> Told {
        let Finding { rule, level, path, file, position, problem, .. } = finding;
        let line = place.as_ref().zip(source).and_then(|(place, source)| source.line(place.bytes.clone()));
        // What the marked text is cut to, the column is not known behind.
        let end_column = place.as_ref().and_then(|place| place.columns).zip(place.as_ref().and_then(|it| it.position));
        Told {
            rule,
            level,
            path,
            file: file.unwrap_or_else(|| self.file.clone()),
            position: place.as_ref().and_then(|place| place.position).or(position),
            end_column: end_column.map(|(columns, position)| position.column + columns),
            line,
            problem,
        }
    }
}

/// Where a finding is in a text.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) bytes: Range<usize>,
    pub(crate) position: Option<Position>,
    /// How many characters of its line are marked.
    pub(crate) columns: Option<usize>,
}

/// The places of ranges of bytes, by one walk over the text however many there are.
pub(crate) struct Places {
    places: Vec<(Range<usize>, Position, usize)>,
}

impl Places {
    pub(crate) fn of(text: &str, mut ranges: Vec<Range<usize>>) -> Self {
        ranges.sort_by_key(|range| range.start);
        let (mut line, mut column, mut reached) = (1, 1, 0);
        let mut places = Vec::with_capacity(ranges.len());
        for range in ranges {
            let between = text.get(reached..range.start).unwrap_or_default();
            match between.rsplit_once('\n') {
                Some((lines, last)) => {
                    line += lines.matches('\n').count() + 1;
                    column = last.chars().count() + 1;
                }
                None => column += between.chars().count(),
            }
            reached = range.start.max(reached);
            let marked = text.get(range.clone()).unwrap_or_default();
            let columns = marked.lines().next().unwrap_or_default().chars().count();
            places.push((range, Position { line, column }, columns));
        }
        Places { places }
    }

    pub(crate) fn get(&self, range: &Range<usize>) -> Option<Place> {
        let index = self.places.partition_point(|(known, ..)| known.start < range.start);
        let same = self.places.get(index..)?.iter().find(|(known, ..)| known == range)?;
        Some(Place { bytes: same.0.clone(), position: Some(same.1), columns: Some(same.2) })
    }
}

/// A path as seen from where the user is.
pub(crate) fn shown(file: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    visible(&file.strip_prefix(here).unwrap_or(file).display().to_string())
}
