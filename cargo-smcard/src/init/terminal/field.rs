//! A field that is asked for, in the way of its kind: typed, chosen, written in an editor, or a reason in its place.

use smcard_core::Reason;
use smcard_core::schema::{Field, Form, Kind};
use smcard_core::tree::{Node, Value};

use super::super::editor;
use super::super::interview::{Interview, Question, Reply, text, typed};
use super::super::place::{Place, node};
use super::prompts::{Choice, Hints, LEAVE_OPEN, Stopped, Typed};
use super::{Given, More, Move, Terminal, explained, first_line, moved, shown};

/// A field that is asked for.
pub(super) struct OfField<'q> {
    pub(super) question: &'q Question,
    pub(super) interview: &'q Interview,
    pub(super) field: &'static Field,
    pub(super) required: bool,
    pub(super) ends_list: bool,
}

impl OfField<'_> {
    /// What stands before the answer: the field, and of an item of a list which one it is.
    fn label(&self) -> String {
        let at = &self.question.at;
        match at.index() {
            Some(_) if self.ends_list => at.name().to_owned(),
            _ => at.name().to_owned(),
        }
    }

    fn hint(&self) -> &'static str {
        if self.ends_list { "enter: no more · esc: more" } else { "" }
    }

    fn help(&self, offers: bool) -> String {
        let enter = match (self.ends_list, self.question.at.index(), self.required) {
            (true, Some(0), _) => "enter: none",
            (true, ..) => "enter: no more",
            (_, _, true) => "enter: leave open",
            (..) => "enter: skip",
        };
        let offer = if offers { " · tab: take the offer" } else { "" };
        format!("{enter}{offer} · esc: more")
    }
}

impl Terminal {
    /// Asks for a field, in the way of its kind.
    pub(super) fn field(&self, asked: &OfField<'_>) -> Result<Move, Stopped> {
        let given = match asked.field.kind {
            Kind::Choice(choice) => {
                let words = choice.variants.iter().map(|variant| (variant.name, first_line(variant.doc)));
                self.one_of(asked, &words.collect::<Vec<_>>())?
            }
            Kind::Bool => self.one_of(asked, &[("true", "yes"), ("false", "no")])?,
            Kind::Text if matches!(asked.field.form, Form::Zone | Form::Component) => self.id(asked)?,
            Kind::List(Kind::Choice(choice)) => {
                let words = choice.variants.iter().map(|variant| (variant.name, first_line(variant.doc)));
                self.some_of(asked, &words.collect::<Vec<_>>())?
            }
            Kind::List(Kind::Text) if matches!(asked.field.form, Form::Evidence | Form::Asset) => {
                let ids = asked.interview.ids(asked.field);
                self.some_of(asked, &ids.iter().map(|id| (id.as_str(), "")).collect::<Vec<_>>())?
            }
            Kind::List(Kind::Text) => self.several(asked)?,
            _ => self.one(asked)?,
        };
        Ok(match given {
            Given::Value(value) => {
                self.warn(&asked.interview.judge(&asked.question.at, value.clone()));
                Move::Reply(Reply::Value(value))
            }
            Given::Skipped => Move::Reply(Reply::Skipped),
            Given::Moved(moved) => moved,
        })
    }

    /// One value that is typed.
    fn one(&self, asked: &OfField<'_>) -> Result<Given<Node<'static>>, Stopped> {
        let at = &asked.question.at;
        let kind = asked.field.kind;
        let before = match &asked.question.before {
            Some(Reply::Value(value)) => shown(value),
            _ => String::new(),
        };
        let judge = |words: &str| match typed(kind, words) {
            Ok(value) => self.errors(&asked.interview.judge(at, value)),
            Err(expected) => vec![expected.to_owned()],
        };
        let is_words = kind == Kind::Text;
        let offers = self.offers_of(asked);
        let hints = Hints { offers, entries: asked.field.form == Form::Reference, judge: &judge };
        let mut begun = before;
        loop {
            // A line holds no text of several lines: the editor shows it as it is.
            if begun.contains('\n') {
                match self.edited(at, &begun, &judge)? {
                    Some(words) if !words.is_empty() => return Ok(Given::Value(text(&words))),
                    _ => begun = String::new(),
                }
            }
            let help = asked.help(!hints.offers.is_empty());
            match self.prompts.text(&asked.label(), &begun, &hints, &help)? {
                Typed::Words(words) if words.trim().is_empty() => return Ok(Given::Skipped),
                Typed::Words(words) => match typed(kind, &words) {
                    Ok(value) => return Ok(Given::Value(value)),
                    Err(_) => begun = words,
                },
                Typed::Escaped(words) => match self.more(asked, is_words)? {
                    More::Return => begun = words,
                    More::Reason(reason) => match self.reason(reason, &judge)? {
                        Some(value) => return Ok(Given::Value(value)),
                        None => begun = words,
                    },
                    More::Editor => match self.edited(at, &words, &judge)? {
                        Some(words) if !words.is_empty() => return Ok(Given::Value(text(&words))),
                        _ => begun = words,
                    },
                    other => return Ok(moved(other)),
                },
            }
        }
    }

    /// Why there is no answer; nothing if somebody left with Esc.
    fn reason(
        &self,
        reason: &'static Reason,
        judge: &dyn Fn(&str) -> Vec<String>,
    ) -> Result<Option<Node<'static>>, Stopped> {
        let spelled = |words: &str| format!("{}{}", reason.prefix, words.trim());
        let judge =
            |words: &str| if words.trim().is_empty() { vec!["say why".to_owned()] } else { judge(&spelled(words)) };
        let label = format!("{}, why", reason.prefix.trim_end_matches([':', ' ']));
        let hints = Hints { offers: Vec::new(), entries: false, judge: &judge };
        // Nothing is no reason, which the prompt takes for leaving.
        Ok(match self.prompts.text(&label, "", &hints, "esc: back to the question")? {
            Typed::Words(words) if !words.trim().is_empty() => Some(text(&spelled(&words))),
            _ => None,
        })
    }

    /// A text of several lines; nothing if it is given up.
    fn edited(&self, at: &Place, begun: &str, judge: &dyn Fn(&str) -> Vec<String>) -> Result<Option<String>, Stopped> {
        let mut words = begun.to_owned();
        loop {
            words = match editor::edit(at.name(), &words) {
                Ok(words) => words.trim().to_owned(),
                Err(why) => {
                    self.screen.error(&why);
                    return Ok(None);
                }
            };
            let wrong = if words.is_empty() { Vec::new() } else { judge(&words) };
            if wrong.is_empty() {
                self.screen.taken(at.name(), &words);
                return Ok(Some(words));
            }
            for wrong in wrong {
                self.screen.error(&wrong);
            }
            let choices = vec!["edit it again".to_owned(), "give it up".to_owned()];
            if self.choose("What now?", choices)? != Some(0) {
                return Ok(None);
            }
        }
    }

    /// One of a few words.
    fn one_of(&self, asked: &OfField<'_>, words: &[(&str, &str)]) -> Result<Given<Node<'static>>, Stopped> {
        let before = match &asked.question.before {
            Some(Reply::Value(value)) => shown(value),
            _ => String::new(),
        };
        let start = words.iter().position(|(word, _)| *word == before);
        // Enter alone never answers.
        let mut choices = vec![Choice { words: LEAVE_OPEN.to_owned(), value: None }];
        for (word, meaning) in words {
            choices.push(Choice { words: explained(word, meaning), value: Some(*word) });
        }
        loop {
            match self.prompts.select(
                &asked.label(),
                choices.clone(),
                start.map_or(0, |start| start + 1),
                asked.hint(),
            )? {
                Some(None) => return Ok(Given::Skipped),
                Some(Some(word)) => {
                    let Ok(value) = typed(asked.field.kind, word) else { continue };
                    if self.is_right(asked, &value) {
                        return Ok(Given::Value(value));
                    }
                }
                None => match self.more(asked, false)? {
                    More::Return => {}
                    other => return Ok(moved(other)),
                },
            }
        }
    }

    /// Whether the rules take an answer; shows what they say if not.
    fn is_right(&self, asked: &OfField<'_>, value: &Node<'static>) -> bool {
        let wrong = self.errors(&asked.interview.judge(&asked.question.at, value.clone()));
        wrong.iter().for_each(|wrong| self.screen.error(wrong));
        wrong.is_empty()
    }

    /// The id of a block that the card has.
    fn id(&self, asked: &OfField<'_>) -> Result<Given<Node<'static>>, Stopped> {
        let ids = asked.interview.ids(asked.field);
        self.one_of(asked, &ids.iter().map(|id| (id.as_str(), "")).collect::<Vec<_>>())
    }

    /// Some of a few words.
    fn some_of(&self, asked: &OfField<'_>, words: &[(&str, &str)]) -> Result<Given<Node<'static>>, Stopped> {
        let Kind::List(kind) = asked.field.kind else { return Ok(Given::Skipped) };
        let before: Vec<String> = match &asked.question.before {
            Some(Reply::Value(value)) => value.items().iter().map(shown).collect(),
            _ => Vec::new(),
        };
        let mut choices = Vec::new();
        for (word, meaning) in words {
            choices.push(Choice { words: explained(word, meaning), value: *word });
        }
        let checked = |choice: &Choice<&str>| before.iter().any(|word| word == choice.value);
        loop {
            match self.prompts.several(&asked.label(), choices.clone(), &checked)? {
                Some(chosen) if chosen.is_empty() => return Ok(Given::Skipped),
                Some(chosen) => {
                    let items: Result<Vec<_>, _> = chosen.into_iter().map(|word| typed(*kind, word)).collect();
                    let Ok(items) = items else { continue };
                    let value = node(Value::List(items));
                    if self.is_right(asked, &value) {
                        return Ok(Given::Value(value));
                    }
                }
                None => match self.more(asked, false)? {
                    More::Return => {}
                    other => return Ok(moved(other)),
                },
            }
        }
    }

    /// Several texts, one after the other.
    fn several(&self, asked: &OfField<'_>) -> Result<Given<Node<'static>>, Stopped> {
        let at = &asked.question.at;
        let mut items: Vec<Node<'static>> = match &asked.question.before {
            Some(Reply::Value(value)) => value.items().to_vec(),
            _ => Vec::new(),
        };
        if !items.is_empty() {
            self.screen.taken(at.name(), &items.iter().map(shown).collect::<Vec<_>>().join(", "));
        }
        let mut begun = String::new();
        loop {
            let with = |words: &str| {
                let more = std::iter::once(text(words));
                node(Value::List(items.iter().cloned().chain(more).collect()))
            };
            let judge = |words: &str| self.errors(&asked.interview.judge(at, with(words)));
            let hints = Hints { offers: Vec::new(), entries: asked.field.form == Form::Reference, judge: &judge };
            let label = format!("{} {}", asked.label(), items.len() + 1);
            let help = if items.is_empty() { "enter: none · esc: more" } else { "enter: no more · esc: more" };
            match self.prompts.text(&label, &begun, &hints, help)? {
                Typed::Words(words) if !words.trim().is_empty() => {
                    begun = String::new();
                    items.push(text(&words));
                }
                Typed::Words(_) if items.is_empty() => return Ok(Given::Skipped),
                Typed::Words(_) => return Ok(Given::Value(node(Value::List(items)))),
                Typed::Escaped(words) => match self.more(asked, false)? {
                    More::Return => begun = words,
                    More::Back if !items.is_empty() => begun = items.pop().map(|last| shown(&last)).unwrap_or_default(),
                    other => return Ok(moved(other)),
                },
            }
        }
    }
}
