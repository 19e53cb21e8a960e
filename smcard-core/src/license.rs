//! Licences, by the list and the grammar of SPDX.
//!
//! Both are read here: everybody who has a card would compile the crate `spdx`, and one more that it stands on, at every
//! clean build, which takes as long as a seventh of smcard-core. The tests hold what is read to be what that crate reads.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use crate::names::Names;

pub(crate) use expression::Expression;

mod expression;
mod hub;
mod listed;
mod meant;
#[cfg(test)]
mod tests;

/// What is wrong with a licence, where, and what to write.
#[derive(Debug)]
pub(crate) struct Wrong {
    pub(crate) why: Cow<'static, str>,
    pub(crate) range: Range<usize>,
    /// What to write, where that is known without looking through all licences.
    help: Option<String>,
}

impl Wrong {
    /// What to write in place of the text that is wrong. It is looked for among all licences of SPDX.
    pub(crate) fn help(&self, text: &str) -> String {
        let meant = || meant::help(text, text.get(self.range.clone()).unwrap_or(text));
        self.help.clone().unwrap_or_else(meant)
    }
}

/// The longest expression that is read, in bytes.
const LONGEST: usize = 4_096;

/// What an id of one's own begins with.
const OWN: &str = "LicenseRef-";

/// Reads a licence: an SPDX expression, or the full name of an SPDX licence word for word.
pub(crate) fn parse(text: &str) -> Result<Expression, Wrong> {
    if text.len() > LONGEST {
        let help = "name the licences alone, such as `Apache-2.0` or `MIT OR Apache-2.0`".to_owned();
        return Err(Wrong {
            why: "it is longer than any licence expression".into(),
            range: 0..text.len(),
            help: Some(help),
        });
    }
    if let Some(at) = text.trim_end().find(['\n', '\r']) {
        let help = "write it on one line".to_owned();
        return Err(Wrong { why: "it runs over several lines".into(), range: at..at + 1, help: Some(help) });
    }
    if let Some(help) = meant::says_nothing(text) {
        let why = "it names no licence".into();
        return Err(Wrong { why, range: 0..text.len(), help: Some(help.to_owned()) });
    }
    let expression = expression::parse(text).or_else(|wrong| match id_of_name(text) {
        Some(id) => expression::parse(id),
        None => Err(wrong),
    })?;
    if let Some(at) = nameless(text) {
        let help = format!("write `{OWN}` and an id of your own, made of letters, digits, `-` and `.`");
        return Err(Wrong {
            why: "`LicenseRef-` has no name after it".into(),
            range: at..at + OWN.len(),
            help: Some(help),
        });
    }
    Ok(expression)
}

/// The one id that a name of a licence stands for, as model hubs and people write it: `Apache-2.0` for `apache-2.0`.
#[cfg(feature = "command")]
pub fn license_of_name(name: &str) -> Option<&'static str> {
    match meant::written(name.trim())?.as_slice() {
        [id] => Some(id),
        _ => None,
    }
}

/// Whether a licence, however it is written, is among those of another; `None` where nobody can tell.
#[cfg(feature = "command")]
pub fn is_among_licenses(name: &str, others: &str) -> Option<bool> {
    if name.trim().eq_ignore_ascii_case(others.trim()) {
        return Some(true);
    }
    let read = |text: &str| parse(license_of_name(text).unwrap_or(text));
    let (Ok(of_name), Ok(others)) = (read(name), read(others)) else { return None };
    // Which of its successors a deprecated id means, nobody can tell.
    if !of_name.deprecated.is_empty() || !others.deprecated.is_empty() {
        return None;
    }
    let others = others.terms();
    Some(of_name.terms().iter().all(|term| others.contains(term)))
}

/// Where `LicenseRef-` stands with nothing behind it.
fn nameless(text: &str) -> Option<usize> {
    let of_id = |char: char| char.is_ascii_alphanumeric() || char == '-' || char == '.';
    for (at, own) in text.match_indices(OWN) {
        let name = text.get(at + own.len()..)?;
        let empty = !name.starts_with(|char: char| of_id(char) && char != '-' && char != '.');
        let whole = !text.get(..at)?.ends_with(of_id);
        if empty && whole {
            return Some(at);
        }
    }
    None
}

/// The id of the licence of this full name, the present one where SPDX has renamed it.
fn id_of_name(name: &str) -> Option<&'static str> {
    // A policy may list thousands of names that none of the licences has.
    static IDS: LazyLock<(Vec<&str>, Names<'_>)> = LazyLock::new(|| {
        let (mut ids, mut by_name) = (Vec::new(), Names::default());
        for deprecated in [false, true] {
            for license in listed::licenses().filter(|license| license.deprecated == deprecated) {
                if by_name.add(license.name) {
                    by_name.set(license.name.into(), ids.len());
                    ids.push(license.id);
                }
            }
        }
        (ids, by_name)
    });
    let (ids, by_name) = &*IDS;
    ids.get(by_name.get(name)?).copied()
}
