//! Licences, by the SPDX list that the `spdx` crate carries.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use spdx::error::Reason;
use spdx::identifiers::{LICENSES, VERSION};
use spdx::{Expression, ParseMode};

mod hub;
mod meant;
#[cfg(test)]
mod tests;

/// A licence that SPDX can express.
#[derive(Debug)]
pub(crate) struct License {
    pub(crate) expression: Expression,
    /// The ids in it that SPDX has deprecated.
    pub(crate) deprecated: Vec<&'static str>,
}

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
pub(crate) fn parse(text: &str) -> Result<License, Wrong> {
    if text.len() > LONGEST {
        let help = "name the licences alone, such as `Apache-2.0` or `MIT OR Apache-2.0`".to_owned();
        return Err(Wrong {
            why: "it is longer than any licence expression".into(),
            range: 0..text.len(),
            help: Some(help),
        });
    }
    let known = ParseMode { allow_deprecated: true, ..ParseMode::STRICT };
    if let Some(at) = text.trim_end().find(['\n', '\r']) {
        let help = "write it on one line".to_owned();
        return Err(Wrong { why: "it runs over several lines".into(), range: at..at + 1, help: Some(help) });
    }
    if let Some(help) = meant::says_nothing(text) {
        let why = "it names no licence".into();
        return Err(Wrong { why, range: 0..text.len(), help: Some(help.to_owned()) });
    }
    let parsed = Expression::parse_mode(text, known);
    let parsed = parsed.or_else(|error| match id_of_name(text) {
        Some(id) => Expression::parse_mode(id, known),
        None => Err(error),
    });
    let expression = parsed.map_err(|error| {
        let range = error.span.start.min(text.len())..error.span.end.min(text.len());
        let why = match error.reason {
            Reason::UnknownLicense | Reason::UnknownTerm | Reason::UnknownException => {
                let before = text.get(..range.start).unwrap_or_default();
                let kind = if before.trim_end().ends_with(" WITH") { "exception" } else { "licence" };
                format!("SPDX {VERSION} lists no such {kind}").into()
            }
            Reason::UnclosedParens => "a parenthesis is not closed".into(),
            Reason::UnopenedParens => "a parenthesis was not opened".into(),
            Reason::Unexpected(_) | Reason::Empty => "the expression is not complete".into(),
            Reason::GnuNoPlus | Reason::GnuPlusWithSuffix => "a GNU licence takes `-or-later` in place of `+`".into(),
            _ => "it is not a licence expression".into(),
        };
        Wrong { why, range, help: None }
    })?;
    if let Some(at) = nameless(text) {
        let help = format!("write `{OWN}` and an id of your own, made of letters, digits, `-` and `.`");
        return Err(Wrong {
            why: "`LicenseRef-` has no name after it".into(),
            range: at..at + OWN.len(),
            help: Some(help),
        });
    }
    let mut deprecated = Vec::new();
    for term in expression.requirements() {
        if let Some(id) = term.req.license.id().filter(|id| id.is_deprecated()) {
            deprecated.push(id.name);
        }
    }
    Ok(License { expression, deprecated })
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
    let read = |text: &str| match license_of_name(text) {
        Some(id) => parse(id),
        None => parse(text),
    };
    let (Ok(of_name), Ok(others)) = (read(name), read(others)) else { return None };
    // Which of its successors a deprecated id means, nobody can tell.
    if !of_name.deprecated.is_empty() || !others.deprecated.is_empty() {
        return None;
    }
    let among = |term: &spdx::LicenseReq| others.expression.requirements().any(|other| other.req == *term);
    Some(of_name.expression.requirements().all(|term| among(&term.req)))
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
    static IDS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let mut ids = HashMap::new();
        for deprecated in [false, true] {
            for license in LICENSES {
                if (license.flags & spdx::flags::IS_DEPRECATED != 0) == deprecated {
                    ids.entry(license.full_name).or_insert(license.name);
                }
            }
        }
        ids
    });
    IDS.get(name).copied()
}
