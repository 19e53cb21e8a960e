//! The end of an interview: what is open, what the rules say, and what to do now.

use smcard_core::Finding;

use super::super::interview::{Interview, Progress};
use super::super::place::Place;
use super::{Stopped, Terminal};

/// What somebody wants at the end.
#[derive(Debug)]
pub(crate) enum Next {
    Write,
    /// To be asked again for what is open.
    Open(Vec<String>),
    /// To change the answer at a place.
    Change(Place),
    Stop,
}

/// How many lines of a kind are shown.
const SHOWN: usize = 10;

impl Terminal {
    pub(crate) fn review(&mut self, interview: &Interview, file: &str) -> Result<Next, Stopped> {
        // Whatever is asked next stands below its section again.
        self.section = None;
        let Progress { open, answered } = interview.progress();
        self.screen.gap();
        let fields = |count: usize| if count == 1 { "1 field".to_owned() } else { format!("{count} fields") };
        self.screen.paragraph(&format!("That was all: {} answered.", fields(answered)));
        let findings = interview.findings();
        let is_open = |finding: &&Finding| open.iter().any(|path| path.starts_with(finding.path.as_str()));
        let (errors, warnings): (Vec<&Finding>, Vec<&Finding>) =
            findings.iter().filter(|finding| !is_open(finding)).partition(|finding| finding.is_error());
        if !open.is_empty() {
            let count =
                if open.len() == 1 { "1 field is open".to_owned() } else { format!("{} fields are open", open.len()) };
            self.screen.paragraph(&format!("{count}; the card is not done before each has an answer:"));
            self.listed(&open);
        }
        if !errors.is_empty() {
            self.screen.paragraph("The rules find:");
            errors.iter().take(SHOWN).for_each(|finding| self.screen.error(&self.located(finding)));
        }
        warnings.iter().take(SHOWN).for_each(|finding| self.screen.warning(&self.located(finding)));
        let wrong: Vec<String> = errors.iter().map(|finding| finding.path.clone()).collect();
        let again: Vec<String> = open.iter().chain(&wrong).cloned().collect();
        let mut choices = vec![(format!("write {file}"), Next::Write)];
        if interview.can_reopen(&again) {
            choices.push((format!("answer what is open ({})", again.len()), Next::Open(again)));
        }
        if answered > 0 {
            choices.push(("change an answer".to_owned(), Next::Change(Place::default())));
        }
        choices.push(("save, and go on another time".to_owned(), Next::Stop));
        let words = choices.iter().map(|(words, _)| words.clone()).collect();
        let chosen = self.choose("What now?", words)?;
        let next = chosen.map_or(Next::Stop, |chosen| choices.swap_remove(chosen).1);
        match next {
            Next::Change(_) => {
                let places = interview.values();
                let words = places.iter().map(Place::to_string).collect();
                match self.choose("Which answer?", words)?.and_then(|index| places.get(index)) {
                    Some(place) => Ok(Next::Change(place.clone())),
                    None => self.review(interview, file),
                }
            }
            next => Ok(next),
        }
    }

    fn listed(&self, paths: &[String]) {
        for path in paths.iter().take(SHOWN) {
            self.screen.paragraph(&format!("  {path}"));
        }
        if paths.len() > SHOWN {
            self.screen.paragraph(&format!("  and {} more", paths.len() - SHOWN));
        }
    }

    fn located(&self, finding: &Finding) -> String {
        format!("{} [{}]", Self::told(finding), finding.rule.code)
    }
}
