//! What somebody probably meant by a licence that SPDX cannot read.

use super::OWN;
use super::hub::KNOWN;
use super::listed::licenses;
use crate::secret;
use crate::suggest::{either, nearest};

/// A name of a licence is shorter, in bytes. A longer text is the licence itself, or no licence.
const LONGEST_NAME: usize = 128;

/// What to write in place of a word that stands for no licence; `None` for any other text.
pub(super) fn says_nothing(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is(&["unknown", "noassertion", "not specified"]) {
        Some("write `unknown(\"why\")`, or `withheld(\"why\")`")
    } else if is(&["none", "no license", "no licence"]) {
        Some("write `not_applicable(\"why\")`, or `LicenseRef-proprietary` where all rights are reserved")
    } else if is(&["other", "custom", "see license", "see licence"]) {
        Some("write `LicenseRef-` and the licence's name, such as `LicenseRef-example-model-1.0`")
    } else {
        None
    }
}

/// What to write for a licence, or for the term of it that is wrong.
pub(super) fn help(text: &str, term: &str) -> String {
    let text = text.trim();
    // An id that is made of a secret in disguise would show it.
    if text.len() > LONGEST_NAME || !secret::disguised(text, false).is_empty() {
        return "write an SPDX id, such as `Apache-2.0`, and keep the licence's text next to the card".to_owned();
    }
    if let Some((_, address)) = text.split_once("://") {
        return of_address(address);
    }
    let written = written(text).or_else(|| written(term)).map(|ids| one_of(&ids));
    written.or_else(|| near(text, term)).unwrap_or_else(|| {
        let own = own(text);
        format!("write an SPDX id, such as `Apache-2.0`, or `{own}` for a licence that SPDX does not list")
    })
}

/// What to write for the address of a licence.
fn of_address(address: &str) -> String {
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let host = host.strip_prefix("www.").unwrap_or(host);
    let mut segments = Vec::new();
    for segment in path.split(['/', '?', '#']) {
        if !segment.is_empty() {
            segments.push(segment);
        }
    }
    let last = segments.last();
    let id = match host {
        "creativecommons.org" => {
            let mut name = "cc".to_owned();
            for segment in segments.iter().skip(1).take(2) {
                name += &if *segment == "zero" { "0".to_owned() } else { format!("-{segment}") };
            }
            written(&name)
        }
        "apache.org" => last.and_then(|last| written(&last.replace("LICENSE", "Apache"))),
        "spdx.org" | "opensource.org" | "choosealicense.com" => last.and_then(|last| written(last)),
        _ => None,
    };
    match id {
        Some(ids) => one_of(&ids),
        None => format!(
            "write an SPDX id, such as `Apache-2.0`, or `{}` for a licence that SPDX does not list; the address can go in `citation`",
            own(host),
        ),
    }
}

/// The ids of SPDX or of one's own that stand for a name.
pub(super) fn written(name: &str) -> Option<Vec<&'static str>> {
    let name = name.trim_end_matches(".html").trim_end_matches(".txt");
    words(name).next()?;
    let alike = |known: &str| same(words(known), words(name));
    if let Some(known) = KNOWN.iter().find(|known| alike(known.id) || alike(known.name)) {
        return Some(known.write.to_vec());
    }
    let mut bare = None;
    for license in licenses() {
        if alike(license.id) || alike(license.name) {
            if !license.deprecated {
                return Some(vec![license.id]);
            }
            bare = bare.or(Some(license.id));
        }
    }
    // Of a GNU licence SPDX has deprecated the bare id.
    let (bare, mut successors) = (bare?, Vec::new());
    for license in licenses() {
        if let Some("-only" | "-or-later") = license.id.strip_prefix(bare) {
            successors.push(license.id);
        }
    }
    if successors.is_empty() { None } else { Some(successors) }
}

/// The words that tell a licence from others: `Apache` and `2` of `The Apache License, Version 2.0`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    let parts = std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|char: char| !char.is_alphanumeric() && char != '+');
        let number = |char: char| char.is_ascii_digit() || char == '.';
        let of_word = |char: char| !number(char) && (char.is_alphanumeric() || char == '+');
        let is_number = rest.starts_with(number);
        let end = rest.find(|char| if is_number { !number(char) } else { !of_word(char) }).unwrap_or(rest.len());
        let part;
        (part, rest) = rest.split_at_checked(end)?;
        (!part.is_empty()).then_some(part)
    });
    let trimmed = parts.map(|part| {
        let part = part.trim_end_matches('.');
        // `GPLv3` is one word of letters before its number.
        let family = part.strip_suffix(['v', 'V']).filter(|family| family.len() > 2);
        family.or(part.strip_suffix(".0")).unwrap_or(part)
    });
    let says_nothing = ["the", "license", "licence", "version", "v", "agreement", "software", "gnu"];
    trimmed.filter(move |part| !says_nothing.iter().any(|word| word.eq_ignore_ascii_case(part)))
}

/// Whether two names have the same words, letter case aside.
fn same<'n>(mut one: impl Iterator<Item = &'n str>, mut other: impl Iterator<Item = &'n str>) -> bool {
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one.eq_ignore_ascii_case(other) => {}
            _ => return false,
        }
    }
}

/// The SPDX licence whose id or name is a slip of the hand away.
fn near(text: &str, term: &str) -> Option<String> {
    let (mut ids, mut names) = (Vec::new(), Vec::new());
    for license in licenses() {
        if !license.deprecated {
            ids.push(license.id);
            names.push(license.id);
            names.push(license.name);
        }
    }
    // A name of several words is compared as a whole: its first word alone may be an id's first
    // part, and a guess from that would be wrong.
    let near = nearest(text, names).or_else(|| nearest(term, ids))?;
    Some(format!("did you mean `{near}`?"))
}

/// `` write `a` or `b` ``.
fn one_of(ids: &[&str]) -> String {
    format!("write {}", either(ids.iter().copied()))
}

/// An id of one's own for a licence of some name.
fn own(name: &str) -> String {
    let of_id = |char: char| char.is_ascii_alphanumeric() || char == '.';
    let mut id = OWN.to_owned();
    for part in name.split(|char| !of_id(char)) {
        if !part.trim_matches('.').is_empty() {
            let hyphen = if id == OWN { "" } else { "-" };
            id += hyphen;
            id += part;
        }
    }
    if id == OWN { format!("{OWN}example-model-1.0") } else { id }
}
