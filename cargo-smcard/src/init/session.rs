//! A session in a terminal: an interview from its beginning, or from where it was interrupted, to the files of its card.

use std::fs;
use std::io;

use smcard_core::{Day, MAX_BYTES, Policy};

use super::interview::{Interview, Question, Reply};
use super::place::Place;
use super::target::{Planned, Target};
use super::terminal::{Move, Next, Stopped, Terminal};
use super::{change, failed, kept};
use crate::check;
use crate::exit::Failure;
use crate::output;

/// How a session ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// All is written.
    Written,
    /// All is written but what has to be done by hand.
    ByHand,
    /// Somebody wants to go on another time.
    Later,
    /// Somebody pressed Ctrl-C, or closed the terminal.
    Interrupted,
}

pub(super) struct Session<'t> {
    target: &'t Target,
    policy: Policy,
    terminal: Terminal,
}

impl<'t> Session<'t> {
    pub(super) fn new(target: &'t Target, policy: Policy) -> Self {
        let terminal = Terminal::new(target.offers(), output::colours());
        Session { target, policy, terminal }
    }

    pub(super) fn run(mut self) -> Result<Ended, Failure> {
        let mut interview = match self.begin(check::today()?) {
            Ok(Some(interview)) => interview,
            Ok(None) => return Ok(Ended::Later),
            Err(Stopped) => return Ok(Ended::Interrupted),
        };
        loop {
            match self.questions(&mut interview) {
                Ok(true) => {}
                Ok(false) => return Ok(self.later(&interview, Ended::Later)),
                Err(Stopped) => return Ok(self.later(&interview, Ended::Interrupted)),
            }
            let planned = self.target.plan(&interview.card(), &self.policy)?;
            planned.show(output::colours());
            let question = match planned.files() {
                1 => "Write this file?".to_owned(),
                files => format!("Write these {files} files?"),
            };
            match self.terminal.confirm(&question) {
                Ok(true) => return self.write(&planned),
                Ok(false) => {}
                Err(Stopped) => return Ok(self.later(&interview, Ended::Interrupted)),
            }
        }
    }

    fn write(&self, planned: &Planned) -> Result<Ended, Failure> {
        planned.write()?;
        match fs::remove_file(self.target.draft()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                failed(&format!("`{}` cannot be deleted", change::shown(&self.target.draft())), &error);
            }
            _ => {}
        }
        Ok(if planned.tell_the_rest() { Ended::Written } else { Ended::ByHand })
    }

    /// The interview to go on with; nothing if somebody wants none.
    fn begin(&mut self, today: Day) -> Result<Option<Interview>, Stopped> {
        let new = |policy: &Policy| Interview::new(policy.clone(), today);
        let saved = fs::metadata(self.target.draft()).ok().filter(|about| about.len() <= MAX_BYTES as u64);
        let saved = saved.and_then(|_| fs::read_to_string(self.target.draft()).ok());
        let resumed = saved.as_deref().map(|saved| Interview::resume(saved, self.policy.clone(), today));
        match resumed {
            Some(Some(interview)) if !interview.is_empty() => {
                let answered = interview.progress().answered;
                self.terminal.say(&format!(
                    "An interview for {} is under way: {}.",
                    self.target.name(),
                    if answered == 1 { "1 answer".to_owned() } else { format!("{answered} answers") }
                ));
                let choices = ["go on with it", "begin anew", "leave it"].map(str::to_owned).to_vec();
                match self.terminal.choose("What now?", choices)? {
                    Some(0) => Ok(Some(interview)),
                    Some(1) => Ok(Some(new(&self.policy))),
                    _ => Ok(None),
                }
            }
            Some(None) => {
                let file = change::shown(&self.target.draft());
                self.terminal.say(&format!("{file} holds no interview that can be gone on with."));
                Ok(self.terminal.confirm("Begin anew?")?.then(|| new(&self.policy)))
            }
            _ => {
                self.terminal.say(&format!(
                    "This asks for what a security model card says, and writes {}. Enter leaves a field open, Esc shows \
                     what else there is: going back, a reason in place of an answer, your editor. Ctrl-C saves, and the \
                     next `smcard init` goes on from there.",
                    self.target.name()
                ));
                Ok(Some(new(&self.policy)))
            }
        }
    }

    /// Asks until there is a card to write; gives whether there is, or somebody wants to go on another time.
    fn questions(&mut self, interview: &mut Interview) -> Result<bool, Stopped> {
        loop {
            while let Some(question) = interview.next() {
                match self.ask(&question, interview)? {
                    Some(()) => {}
                    None => return Ok(false),
                }
            }
            match self.terminal.review(interview, &self.target.name())? {
                Next::Write => return Ok(true),
                Next::Stop => return Ok(false),
                Next::Open(paths) => drop(interview.reopen(&paths)),
                Next::Change(place) => self.change(&place, interview)?,
            }
        }
    }

    /// Asks one question; nothing if somebody wants to go on another time.
    fn ask(&mut self, question: &Question, interview: &mut Interview) -> Result<Option<()>, Stopped> {
        match self.terminal.ask(question, interview)? {
            Move::Reply(reply) => interview.reply(question, reply),
            Move::Back => {
                if !interview.back() {
                    self.terminal.say("This is the first question.");
                }
            }
            Move::Stop => return Ok(None),
        }
        self.save(interview);
        Ok(Some(()))
    }

    fn change(&mut self, place: &Place, interview: &mut Interview) -> Result<(), Stopped> {
        let Some(question) = interview.again(place) else { return Ok(()) };
        if let Move::Reply(reply @ (Reply::Value(_) | Reply::Skipped)) = self.terminal.ask(&question, interview)? {
            interview.reply(&question, reply);
            self.save(interview);
        }
        Ok(())
    }

    /// Keeps the interview, so that nothing is lost however it ends.
    fn save(&self, interview: &Interview) -> bool {
        match change::replace(&self.target.draft(), &interview.save()) {
            Ok(()) => true,
            Err(error) => {
                failed("the interview cannot be saved", &error);
                false
            }
        }
    }

    fn later(&self, interview: &Interview, ended: Ended) -> Ended {
        if !interview.is_empty() && self.save(interview) {
            eprintln!();
            kept(&self.target.draft());
        }
        ended
    }
}
