//! The interview in a terminal: what a question looks like, and what the keys do.

use std::env;

use smcard_core::schema::{Field, Form};
use smcard_core::source::visible;
use smcard_core::tree::{Node, Value};
use smcard_core::{Finding, Reason, taxonomy};

use super::facts::Offer;
use super::interview::threats::{Proposal, Start};
use super::interview::{Asked, Interview, Question, Reply, Section, text};
use super::place::{Place, block_of};
use super::{editor, example};
use crate::load::notation::{self, Notation};
use field::OfField;
use prompts::{Choice, Hints, LEAVE_OPEN, Prompts, Typed};
use screen::Screen;

mod field;
mod prompts;
mod review;
mod screen;

pub(super) use prompts::Stopped;
pub(super) use review::Next;

/// What somebody did with a question.
#[derive(Debug)]
pub(super) enum Move {
    Reply(Reply),
    Back,
    /// Save, and go on another time.
    Stop,
}

/// The terminal of an interview.
pub(super) struct Terminal {
    screen: Screen,
    prompts: Prompts,
    offers: Vec<Offer>,
    /// The section whose name stands above the last question.
    section: Option<Section>,
}

/// What the menu behind Esc offers.
#[derive(Debug, Clone, Copy)]
enum More {
    Return,
    Back,
    Reason(&'static Reason),
    Editor,
    Skip,
    Stop,
}

/// What came of a prompt: a value, or a move.
enum Given<T> {
    Value(T),
    Skipped,
    Moved(Move),
}

impl Terminal {
    pub(super) fn new(offers: Vec<Offer>, colours: bool) -> Self {
        let screen = Screen::new(colours);
        Terminal { prompts: Prompts::new(colours), screen, offers, section: None }
    }

    /// Says a thing before or between questions.
    pub(super) fn say(&self, words: &str) {
        self.screen.paragraph(words);
    }

    /// Asks whether to do something.
    pub(super) fn confirm(&self, question: &str) -> Result<bool, Stopped> {
        self.prompts.confirm(question)
    }

    /// Asks which of some things to do; nothing if somebody left with Esc.
    pub(super) fn choose(&self, question: &str, choices: Vec<String>) -> Result<Option<usize>, Stopped> {
        let choices = choices.into_iter().enumerate().map(|(index, words)| Choice { words, value: index }).collect();
        self.prompts.select(question, choices, 0, "")
    }

    pub(super) fn ask(&mut self, question: &Question, interview: &Interview) -> Result<Move, Stopped> {
        if self.section.as_ref() != Some(&question.section) {
            let Section { number, of, name, sentence } = &question.section;
            // A section that is one text says what it is as the question.
            let sentence = if question.at.to_string() == *name { "" } else { sentence };
            self.screen.section(&format!("section {number} of {of}"), &name.replace('_', " "), sentence);
            self.section = Some(question.section.clone());
        }
        match &question.asked {
            Asked::Field { field, required, because, ends_list } => {
                if *ends_list {
                    let list = question.at.above();
                    let item = list.field().and_then(|field| block_of(field.kind));
                    self.screen.item(&list, item.map_or("", |item| item.doc));
                }
                self.screen.question(&question.at, field, example::of(&question.at).as_deref());
                if let Some(because) = because {
                    self.screen.because(&visible(&because.problem.message));
                }
                let field = OfField { question, interview, field, required: *required, ends_list: *ends_list };
                self.field(&field)
            }
            Asked::Extension { doc } => {
                self.screen.own_question(&question.at, doc);
                self.own(question, interview)
            }
            Asked::Group { fields, beforehand } => self.group(question, interview, fields, beforehand),
            Asked::Threat { proposals } => self.threat(question, proposals),
        }
    }

    /// A value that the policy asks for.
    fn own(&self, question: &Question, interview: &Interview) -> Result<Move, Stopped> {
        let judge = |words: &str| self.errors(&interview.judge(&question.at, text(words)));
        let hints = Hints { offers: Vec::new(), entries: false, judge: &judge };
        let before = match &question.before {
            Some(Reply::Value(value)) => shown(value),
            _ => String::new(),
        };
        Ok(match self.prompts.text(question.at.name(), &before, &hints, "enter: leave open · esc: back")? {
            Typed::Words(words) if words.trim().is_empty() => Move::Reply(Reply::Skipped),
            Typed::Words(words) => Move::Reply(Reply::Value(text(&words))),
            Typed::Escaped(_) => Move::Back,
        })
    }

    /// Which of the optional fields to answer.
    fn group(
        &self,
        question: &Question,
        interview: &Interview,
        fields: &[&'static Field],
        beforehand: &[&str],
    ) -> Result<Move, Stopped> {
        let all = question.at.field().and_then(|field| block_of(field.kind)).map_or(0, |block| block.fields.len());
        let about = if fields.len() == all { "About" } else { "More about" };
        let label = format!("{about} {}:", named(&question.at, &interview.card()));
        let choices =
            fields.iter().map(|field| Choice { words: explained(field.name, field.sentence()), value: field.name });
        let choices: Vec<_> = choices.collect();
        let before: Vec<&str> = match &question.before {
            Some(Reply::Chosen(names)) => names.iter().map(String::as_str).collect(),
            _ => beforehand.to_vec(),
        };
        self.screen.gap();
        loop {
            match self.prompts.several(&label, choices.clone(), &|choice| before.contains(&choice.value))? {
                Some(chosen) => {
                    return Ok(Move::Reply(Reply::Chosen(chosen.into_iter().map(str::to_owned).collect())));
                }
                None => match self.menu(&[More::Back, More::Stop])? {
                    More::Back => return Ok(Move::Back),
                    More::Stop => return Ok(Move::Stop),
                    _ => {}
                },
            }
        }
    }

    /// With what the next threat begins.
    fn threat(&self, question: &Question, proposals: &[Proposal]) -> Result<Move, Stopped> {
        let first = question.at.index() == Some(0);
        let mut choices = vec![
            Choice { words: if first { "no threat for now" } else { "no more threats" }.to_owned(), value: None },
            Choice { words: "a threat of your own".to_owned(), value: Some(Start::default()) },
        ];
        for Proposal { why, start } in proposals {
            let name = start.technique.as_deref().and_then(taxonomy::find).map(|it| format!("{} {}", it.id, it.name));
            choices.push(Choice { words: explained(&name.unwrap_or_default(), why), value: Some(start.clone()) });
        }
        self.screen.gap();
        if first {
            self.screen.paragraph(
                "What can go wrong? Proposed is what the system has that no threat covers, and attacks on what nothing \
                 in the card covers (MITRE ATLAS, NIST AI 100-2, OWASP). Pick one to begin with; what happens is yours \
                 to say.",
            );
        }
        let label = if first { "The first threat" } else { "The next threat" };
        loop {
            match self.prompts.select(label, choices.clone(), 0, "")? {
                Some(None) => return Ok(Move::Reply(Reply::Skipped)),
                Some(Some(start)) => return Ok(Move::Reply(Reply::Threat(start))),
                None => match self.menu(&[More::Back, More::Stop])? {
                    More::Back => return Ok(Move::Back),
                    More::Stop => return Ok(Move::Stop),
                    _ => {}
                },
            }
        }
    }

    /// The menu behind Esc, for a field.
    fn more(&self, asked: &OfField<'_>, is_words: bool) -> Result<More, Stopped> {
        let mut choices = vec![More::Back];
        if is_words && !asked.field.answer {
            choices.extend(Reason::ALL.iter().map(More::Reason));
        }
        if is_words && asked.field.form == Form::Free {
            choices.push(More::Editor);
        }
        choices.extend([More::Skip, More::Stop]);
        self.menu(&choices)
    }

    fn menu(&self, choices: &[More]) -> Result<More, Stopped> {
        let words = |more: &More| match more {
            More::Return => "return to the question".to_owned(),
            More::Back => "go back to the question before".to_owned(),
            More::Reason(reason) => explained(
                reason.prefix.trim_end_matches([':', ' ']),
                &lower(reason.doc.split(';').next().unwrap_or_default()),
            ),
            More::Editor => format!("write it in {}", editor::name(|name| env::var(name).ok())),
            More::Skip => LEAVE_OPEN.to_owned(),
            More::Stop => "save, and go on another time".to_owned(),
        };
        let choices: Vec<_> = choices.iter().map(|more| Choice { words: words(more), value: *more }).collect();
        Ok(self.prompts.select("What instead?", choices, 0, "esc: return to the question")?.unwrap_or(More::Return))
    }

    /// What may be offered for a question.
    fn offers_of(&self, asked: &OfField<'_>) -> Vec<(String, String)> {
        let path = asked.question.at.schema_path();
        let offers = self.offers.iter().filter(|offer| offer.path == path);
        let mut offers: Vec<_> = offers.map(|offer| (offer.value.clone(), offer.from.to_owned())).collect();
        if asked.field.form == Form::Id {
            offers.extend(asked.interview.technique(&asked.question.at).map(|id| (id, "its technique".to_owned())));
        }
        offers
    }

    fn warn(&self, findings: &[Finding]) {
        for finding in findings.iter().filter(|finding| !finding.is_error()) {
            self.screen.warning(&Self::told(finding));
        }
    }

    fn errors(&self, findings: &[Finding]) -> Vec<String> {
        findings.iter().filter(|finding| finding.is_error()).map(Self::told).collect()
    }

    /// A finding, with what to type instead: a reason is typed as a report spells it.
    fn told(finding: &Finding) -> String {
        let mut words = finding.problem.message.clone();
        for help in &finding.problem.help {
            words += &format!("\nhelp: {}", notation::words(help, Notation::Yaml));
        }
        words.lines().map(visible).collect::<Vec<_>>().join("\n")
    }
}

fn moved(more: More) -> Given<Node<'static>> {
    match more {
        More::Back => Given::Moved(Move::Back),
        More::Stop => Given::Moved(Move::Stop),
        _ => Given::Skipped,
    }
}

/// A block by its name, or the item of a list by its number.
fn named(at: &Place, card: &Node<'_>) -> String {
    let block = at.field().and_then(|field| block_of(field.kind));
    let first = block.and_then(|block| block.fields.iter().find(|field| field.required));
    let called = first.and_then(|field| at.of(card)?.get(field.name)?.stated());
    match (at.index(), called) {
        (Some(_), Some(called)) => format!("`{}`", visible(called)),
        _ => format!("the {}", at.name().replace('_', " ")),
    }
}

fn explained(word: &str, meaning: &str) -> String {
    match (word, meaning) {
        (word, "") => word.to_owned(),
        ("", meaning) => visible(meaning),
        (word, meaning) => format!("{word}: {}", visible(meaning)),
    }
}

fn first_line(doc: &'static str) -> &'static str {
    doc.lines().next().unwrap_or_default().trim().trim_end_matches('.')
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// A value as somebody would type it.
fn shown(value: &Node<'_>) -> String {
    match &value.value {
        Value::Text(text) => text.to_string(),
        Value::Word(word) => word.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Bool(bool) => bool.to_string(),
        Value::List(items) => items.iter().map(shown).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}
