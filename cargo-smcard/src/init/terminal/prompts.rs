//! Prompts: inquire's, with what the questions of an interview need of them.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use inquire::autocompletion::Replacement;
use inquire::ui::{Attributes, Color, RenderConfig, StyleSheet, Styled};
use inquire::validator::Validation;
use inquire::{Autocomplete, Confirm, CustomUserError, InquireError, MultiSelect, Select, Text};
use smcard_core::taxonomy::{self, Standing};

use super::screen;

/// How many choices are shown at a time at most.
const PAGE: usize = 8;

/// How many lines a prompt needs besides its choices.
const AROUND: usize = 5;

/// How many choices of so many lines each the terminal has room for: one that shows more would scroll while it draws.
fn page(lines: usize) -> usize {
    (screen::height().saturating_sub(AROUND) / lines.max(1)).clamp(1, PAGE)
}

/// How many lines the longest of some choices has.
fn longest<T>(choices: &[Choice<T>]) -> usize {
    choices.iter().map(|choice| choice.to_string().lines().count()).max().unwrap_or(1)
}

/// Somebody interrupts: with Ctrl-C, or by closing the terminal.
#[derive(Debug)]
pub(crate) struct Stopped;

/// What was typed.
pub(super) enum Typed {
    Words(String),
    /// Esc was pressed; these words had been typed.
    Escaped(String),
}

/// One of several things to choose.
#[derive(Debug, Clone)]
pub(super) struct Choice<T> {
    pub(super) words: String,
    pub(super) value: T,
}

/// As wide as the terminal allows, with room for what stands before it.
impl<T> fmt::Display for Choice<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&below(&self.words, 6))
    }
}

impl<T> Choice<T> {
    /// What it is called once it is chosen: what stands before the explanation.
    fn name(&self) -> &str {
        match self.words.split_once(": ") {
            Some((name, _)) => name,
            None if self.words == LEAVE_OPEN => NOTHING,
            None => &self.words,
        }
    }
}

/// A text that stands in a list behind so many characters.
fn below(words: &str, before: usize) -> String {
    let width = screen::width().saturating_sub(before).max(12);
    let lines = words.lines().flat_map(|line| textwrap::wrap(line, width));
    lines.collect::<Vec<_>>().join("\n    ")
}

/// What helps to type an answer.
pub(super) struct Hints<'h> {
    /// Values that may be right, each with where it is from.
    pub(super) offers: Vec<(String, String)>,
    /// Whether entries of the taxonomies are looked up.
    pub(super) entries: bool,
    /// What is wrong with an answer.
    pub(super) judge: &'h dyn Fn(&str) -> Vec<String>,
}

impl Hints<'_> {
    /// The value that a line below the prompt stands for; nothing for one that only tells of something.
    fn meant(&self, line: &str) -> Option<String> {
        if line.starts_with(WRONG) {
            return None;
        }
        let offer = self.offers.iter().find(|(value, from)| offered(value, from) == line);
        Some(offer.map_or_else(|| line.to_owned(), |(value, _)| value.clone()))
    }

    fn lines(&self, typed: &str) -> Vec<String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return self.offers.iter().map(|(value, from)| offered(value, from)).collect();
        }
        let found = if self.entries { entries(typed) } else { Vec::new() };
        if !found.is_empty() {
            return found;
        }
        (self.judge)(typed).iter().map(|wrong| below(&format!("{WRONG}{wrong}"), 4)).collect()
    }
}

/// The choice that is none.
pub(super) const LEAVE_OPEN: &str = "leave it open";

/// What stands for an answer where there is none.
const NOTHING: &str = "–";

const WRONG: &str = "✗ ";

fn offered(value: &str, from: &str) -> String {
    format!("{value}  ({from})")
}

/// The current entries of the taxonomies with these words in their id or name, unless it is one already.
fn entries(typed: &str) -> Vec<String> {
    let lower = typed.to_lowercase();
    let spelled = |concept: &taxonomy::Concept| format!("{} {}", concept.id, concept.name);
    let current = taxonomy::concepts().iter().filter(|concept| concept.standing == Standing::Current);
    if taxonomy::Reference::new(typed).concept().is_some() {
        return Vec::new();
    }
    current.map(spelled).filter(|spelled| spelled.to_lowercase().contains(&lower)).collect()
}

/// Looks at what is typed, and shows what helps.
#[derive(Clone)]
struct Watch<'h> {
    hints: &'h Hints<'h>,
    typed: Rc<RefCell<String>>,
}

impl Autocomplete for Watch<'_> {
    fn get_suggestions(&mut self, typed: &str) -> Result<Vec<String>, CustomUserError> {
        *self.typed.borrow_mut() = typed.to_owned();
        Ok(self.hints.lines(typed))
    }

    fn get_completion(&mut self, typed: &str, line: Option<String>) -> Result<Replacement, CustomUserError> {
        let line = line.or_else(|| self.hints.lines(typed).into_iter().next());
        Ok(line.and_then(|line| self.hints.meant(&line)))
    }
}

pub(super) struct Prompts {
    render: RenderConfig<'static>,
}

impl Prompts {
    pub(super) fn new(colours: bool) -> Self {
        let render = if colours {
            let help = StyleSheet::new().with_fg(Color::DarkGrey);
            RenderConfig {
                help_message: help,
                answered_prompt_prefix: Styled::new("✓").with_fg(Color::LightGreen),
                ..RenderConfig::default_colored()
            }
            .with_answer(StyleSheet::new().with_attr(Attributes::BOLD))
        } else {
            RenderConfig { answered_prompt_prefix: Styled::new("✓"), ..RenderConfig::empty() }
        };
        let mut render = render.with_canceled_prompt_indicator(Styled::new("…"));
        render.error_message.prefix.content = "✗";
        Prompts { render }
    }

    /// A line of text.
    pub(super) fn text(&self, label: &str, begun: &str, hints: &Hints<'_>, help: &str) -> Result<Typed, Stopped> {
        let typed = Rc::new(RefCell::new(begun.to_owned()));
        let watch = Watch { hints, typed: Rc::clone(&typed) };
        let validate = |line: &str| {
            if line.trim().is_empty() {
                return Ok(Validation::Valid);
            }
            let wrong = hints.meant(line).map_or_else(|| vec![String::new()], |words| (hints.judge)(&words));
            // What is told below the line changes as one types; what stands above it stays until the next Enter.
            let is_told = hints.lines(line).iter().any(|line| line.starts_with(WRONG)) || line.starts_with(WRONG);
            Ok(match wrong.is_empty() {
                true => Validation::Valid,
                false if is_told => Validation::Invalid("this cannot stand as it is".into()),
                false => Validation::Invalid(wrong.join("\n").into()),
            })
        };
        let label = format!("{label}:");
        let format = |line: &str| {
            let meant = hints.meant(line).unwrap_or_default();
            if meant.trim().is_empty() { NOTHING.to_owned() } else { meant }
        };
        let prompt = Text::new(&label)
            .with_render_config(self.render)
            .with_initial_value(begun)
            .with_autocomplete(watch)
            .with_validator(validate)
            .with_formatter(&format)
            .with_page_size(page(2))
            .with_help_message(help);
        Ok(match ended(prompt.prompt_skippable())? {
            Some(line) => Typed::Words(hints.meant(&line).unwrap_or_default()),
            None => Typed::Escaped(typed.take()),
        })
    }

    /// One of several things; nothing if Esc was pressed.
    pub(super) fn select<T: Clone>(
        &self,
        label: &str,
        choices: Vec<Choice<T>>,
        start: usize,
        hint: &str,
    ) -> Result<Option<T>, Stopped> {
        let page = page(longest(&choices));
        let many = choices.len() > page;
        let hint = if hint.is_empty() { "esc: more" } else { hint };
        let help = if many { format!("↑↓, type to filter · {hint}") } else { format!("↑↓ · {hint}") };
        let label = below(label, 3);
        let prompt = Select::new(&label, choices)
            .with_render_config(self.render)
            .with_starting_cursor(start)
            .with_page_size(page)
            .with_scorer(&in_order)
            .with_formatter(&|chosen| chosen.value.name().to_owned())
            .with_help_message(&help);
        Ok(ended(prompt.prompt_skippable())?.map(|choice| choice.value))
    }

    /// Some of several things; nothing if Esc was pressed.
    pub(super) fn several<T: Clone>(
        &self,
        label: &str,
        choices: Vec<Choice<T>>,
        checked: &dyn Fn(&Choice<T>) -> bool,
    ) -> Result<Option<Vec<T>>, Stopped> {
        let checked: Vec<usize> =
            choices.iter().enumerate().filter(|(_, choice)| checked(choice)).map(|(index, _)| index).collect();
        let page = page(longest(&choices));
        let label = below(label, 3);
        let prompt = MultiSelect::new(&label, choices)
            .with_render_config(self.render)
            .with_default(&checked)
            .with_page_size(page)
            .with_scorer(&in_order)
            .with_formatter(&|chosen| {
                let names: Vec<&str> = chosen.iter().map(|it| it.value.name()).collect();
                if names.is_empty() { NOTHING.to_owned() } else { names.join(", ") }
            })
            .with_help_message("space: choose, enter: go on, esc: more");
        Ok(ended(prompt.prompt_skippable())?.map(|chosen| chosen.into_iter().map(|choice| choice.value).collect()))
    }

    pub(super) fn confirm(&self, question: &str) -> Result<bool, Stopped> {
        let prompt = Confirm::new(question).with_render_config(self.render).with_default(true);
        Ok(ended(prompt.prompt_skippable())?.unwrap_or(false))
    }
}

/// Choices that hold what is typed, in their order.
fn in_order<T>(typed: &str, choice: &Choice<T>, _: &str, index: usize) -> Option<i64> {
    let found = choice.words.to_lowercase().contains(&typed.to_lowercase());
    found.then(|| i64::try_from(index).map_or(i64::MIN, |index| -index))
}

fn ended<T>(answer: Result<Option<T>, InquireError>) -> Result<Option<T>, Stopped> {
    // A terminal that cannot be read any more is one that was closed.
    answer.map_err(|_| Stopped)
}
