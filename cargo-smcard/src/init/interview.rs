//! The interview, apart from the terminal: what has been answered, what is asked next, what the rules say of an answer.
//!
//! The next question follows from the replies alone, so going back is taking the last reply away, and an interrupted
//! interview goes on from its replies.

use std::borrow::Cow;

use smcard_core::schema::{Field, Kind};
use smcard_core::tree::{Node, Value};
use smcard_core::{Day, Finding, Findings, Policy, SecurityCard, Text};

use super::place::{Place, node};
use threats::{Proposal, Start};

pub(super) mod draft;
pub(super) mod threats;
mod walk;

/// An interview under way.
pub(super) struct Interview {
    replies: Vec<Replied>,
    /// What was replied before somebody went back, to begin with when it is asked again.
    undone: Vec<Replied>,
    policy: Policy,
    today: Day,
}

/// A reply, and the question to which it is one.
#[derive(Debug, Clone, PartialEq)]
struct Replied {
    at: Place,
    ask: Ask,
    reply: Reply,
}

/// What is asked at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// A value.
    Value,
    /// Which of the optional fields to answer.
    Group,
    /// With what a threat begins.
    Threat,
}

/// What somebody replied.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reply {
    /// This value.
    Value(Node<'static>),
    /// Nothing.
    Skipped,
    /// These of the optional fields.
    Chosen(Vec<String>),
    /// A threat that begins so.
    Threat(Start),
}

/// A question.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) at: Place,
    pub(super) section: Section,
    pub(super) asked: Asked,
    /// What was replied before, if it is asked again.
    pub(super) before: Option<Reply>,
}

/// Where in the card a question is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    /// Counted from 1.
    pub(super) number: usize,
    pub(super) of: usize,
    pub(super) name: String,
    /// What the section says, in a sentence.
    pub(super) sentence: &'static str,
}

#[derive(Debug, Clone)]
pub(super) enum Asked {
    /// A value for a field.
    Field {
        field: &'static Field,
        /// Whether a card must have it.
        required: bool,
        /// Why it is asked for, if a rule asks because of another answer.
        because: Option<Box<Finding>>,
        /// Whether there is no further item if it is left out.
        ends_list: bool,
    },
    /// A value that the policy asks for.
    Extension { doc: String },
    /// Which of these to answer.
    Group { fields: Vec<&'static Field>, beforehand: Vec<&'static str> },
    /// With what the next threat begins.
    Threat { proposals: Vec<Proposal> },
}

impl Question {
    fn ask(&self) -> Ask {
        match self.asked {
            Asked::Field { .. } | Asked::Extension { .. } => Ask::Value,
            Asked::Group { .. } => Ask::Group,
            Asked::Threat { .. } => Ask::Threat,
        }
    }
}

/// How far an interview is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Progress {
    /// The paths of the required fields that are open.
    pub(super) open: Vec<String>,
    /// How many fields have a value.
    pub(super) answered: usize,
}

impl Interview {
    pub(super) fn new(policy: Policy, today: Day) -> Self {
        Interview { replies: Vec::new(), undone: Vec::new(), policy, today }
    }

    /// The next question; nothing if all are answered.
    pub(super) fn next(&self) -> Option<Question> {
        let mut question = walk::next(self)?;
        let is_same = |replied: &&Replied| replied.at == question.at && replied.ask == question.ask();
        question.before = self.undone.iter().rev().find(is_same).map(|replied| replied.reply.clone());
        Some(question)
    }

    pub(super) fn reply(&mut self, question: &Question, reply: Reply) {
        let replied = Replied { at: question.at.clone(), ask: question.ask(), reply };
        match self.replies.iter_mut().find(|known| known.at == replied.at && known.ask == replied.ask) {
            Some(known) => *known = replied,
            None => self.replies.push(replied),
        }
    }

    /// Takes the last reply away; gives whether there was one.
    pub(super) fn back(&mut self) -> bool {
        let Some(last) = self.replies.pop() else { return false };
        self.undone.retain(|known| known.at != last.at || known.ask != last.ask);
        self.undone.push(last);
        true
    }

    /// Asks again for what was skipped; gives whether there is anything.
    pub(super) fn reopen(&mut self, open: &[String]) -> bool {
        let before = self.replies.len();
        self.replies.retain(|replied| {
            let is_open = || open.iter().any(|path| replied.at.to_string() == *path);
            replied.reply != Reply::Skipped || !is_open()
        });
        self.replies.len() < before
    }

    /// Whether anything at these paths was skipped.
    pub(super) fn can_reopen(&self, open: &[String]) -> bool {
        let skipped = self.replies.iter().filter(|replied| replied.reply == Reply::Skipped);
        skipped.map(|replied| replied.at.to_string()).any(|path| open.contains(&path))
    }

    /// What a threat may be called: after the technique with which it begins, if this is its id.
    pub(super) fn technique(&self, at: &Place) -> Option<String> {
        match self.replied(&at.above(), Ask::Threat) {
            Some(Reply::Threat(start)) => start.id(),
            _ => None,
        }
    }

    /// The question about a value that has been replied to, to change the reply.
    pub(super) fn again(&self, at: &Place) -> Option<Question> {
        let before = self.replied(at, Ask::Value)?.clone();
        let field = at.field()?;
        let asked = Asked::Field {
            field,
            required: self.policy.asks_for(field, &at.schema_path(), &self.card()),
            because: None,
            ends_list: false,
        };
        Some(Question { at: at.clone(), section: walk::section_of(&self.policy, at), asked, before: Some(before) })
    }

    /// The places of the values, in the order in which they were given.
    pub(super) fn values(&self) -> Vec<Place> {
        let is_value = |replied: &&Replied| matches!(replied.reply, Reply::Value(_)) && replied.at.field().is_some();
        self.replies.iter().filter(is_value).map(|replied| replied.at.clone()).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.replies.is_empty()
    }

    fn replied(&self, at: &Place, ask: Ask) -> Option<&Reply> {
        self.replies.iter().find(|replied| replied.at == *at && replied.ask == ask).map(|replied| &replied.reply)
    }

    /// The card so far.
    pub(super) fn card(&self) -> Node<'static> {
        let mut card = node(Value::Block(Vec::new()));
        for Replied { at, reply, .. } in &self.replies {
            match reply {
                Reply::Value(value) => at.put(&mut card, value.clone()),
                Reply::Threat(start) => start.put(at, &mut card),
                Reply::Skipped | Reply::Chosen(_) => {}
            }
        }
        card
    }

    /// What the rules say of the card so far.
    pub(super) fn findings(&self) -> Findings {
        self.check(&self.card())
    }

    fn check(&self, card: &Node<'_>) -> Findings {
        SecurityCard::check_tree(card, &self.policy, Some(self.today))
    }

    /// What the rules say of a value at a place, in the card so far.
    pub(super) fn judge(&self, at: &Place, value: Node<'static>) -> Vec<Finding> {
        let mut card = self.card();
        at.put(&mut card, value);
        let own = at.to_string();
        let is_own = |finding: &Finding| {
            // What no threat covers yet is for the threats to say.
            finding.file.is_none()
                && finding.problem.start.is_none()
                && finding.path.strip_prefix(&own).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
        };
        self.check(&card).into_iter().filter(is_own).collect()
    }

    pub(super) fn progress(&self) -> Progress {
        let card = self.card();
        let open = walk::open(&self.policy, &card);
        Progress { open, answered: self.values().len() }
    }

    /// The ids to which a text of this field may refer.
    pub(super) fn ids(&self, field: &Field) -> Vec<String> {
        walk::ids(&self.card(), field)
    }
}

/// The required fields that a card lacks.
pub(super) fn open(policy: &Policy, card: &Node<'_>) -> Vec<String> {
    walk::open(policy, card)
}

/// A text as somebody typed it: a reason where it begins like one.
pub(super) fn text(words: &str) -> Node<'static> {
    let words: Cow<'static, str> = Cow::Owned(words.trim().to_owned());
    node(Value::Text(Text::from(words)))
}

/// What somebody typed, as a value of a kind; or what is expected instead.
pub(super) fn typed(kind: Kind, words: &str) -> Result<Node<'static>, &'static str> {
    let words = words.trim();
    Ok(match kind {
        Kind::Number => node(Value::Number(words.parse().map_err(|_| "expected a number, such as `0.97`")?)),
        Kind::Count => {
            let whole: u32 = words.parse().map_err(|_| "expected a whole number, 0 or more")?;
            node(Value::Number(whole.into()))
        }
        Kind::List(Kind::Number) => {
            let parts = words.split([',', ' ', '[', ']']).filter(|part| !part.is_empty());
            let numbers: Result<Vec<f64>, _> = parts.map(str::parse).collect();
            match numbers.as_deref() {
                Ok([low, high]) => node(Value::List(vec![node(Value::Number(*low)), node(Value::Number(*high))])),
                _ => return Err("expected two numbers, such as `0.91 0.95`"),
            }
        }
        Kind::Bool => match words {
            "true" => node(Value::Bool(true)),
            "false" => node(Value::Bool(false)),
            _ => return Err("expected `true` or `false`"),
        },
        Kind::Choice(choice) => match choice.variant(words) {
            Some(variant) => node(Value::Word(variant.name.into())),
            None => return Err("expected one of the words"),
        },
        Kind::List(inner) => node(Value::List(vec![typed(*inner, words)?])),
        _ => text(words),
    })
}

#[cfg(test)]
mod tests;
