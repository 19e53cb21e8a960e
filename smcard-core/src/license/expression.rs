//! Licence expressions, by the grammar of SPDX (annex B of its specification 3.0.1).

use std::borrow::Cow;
use std::ops::Range;

use super::listed::{self, VERSION};
use super::{OWN, Wrong};

/// A licence expression.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Expression {
    /// Operators stand behind what they join.
    steps: Vec<Step>,
    /// The ids in it that SPDX has deprecated.
    pub(crate) deprecated: Vec<&'static str>,
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// A licence, with its `+` or its exception.
    Term(String),
    And,
    Or,
}

impl Expression {
    /// The licences in it, each with its `+` or its exception.
    pub(crate) fn terms(&self) -> Vec<&str> {
        self.refused_by(&|_| false).1
    }

    /// The licences that are not allowed, if the expression cannot do without them.
    pub(crate) fn refused(&self, allowed: &dyn Fn(&str) -> bool) -> Vec<&str> {
        match self.refused_by(allowed) {
            (false, refused) => refused,
            (true, _) => Vec::new(),
        }
    }

    /// Whether what is allowed satisfies the expression, and all in it that is not.
    fn refused_by(&self, allowed: &dyn Fn(&str) -> bool) -> (bool, Vec<&str>) {
        let (mut satisfied, mut refused) = (Vec::new(), Vec::new());
        for step in &self.steps {
            let met = match step {
                Step::Term(term) => {
                    let allowed = allowed(term);
                    if !allowed {
                        refused.push(term.as_str());
                    }
                    allowed
                }
                operator => {
                    let (one, other) = (satisfied.pop() == Some(true), satisfied.pop() == Some(true));
                    if *operator == Step::And { one && other } else { one || other }
                }
            };
            satisfied.push(met);
        }
        (satisfied.pop() == Some(true), refused)
    }
}

enum Token<'t> {
    License(listed::Listed),
    /// `LicenseRef-…`, with or without a document before it.
    Own(&'t str),
    /// What may stand behind `WITH`.
    Exception(&'t str),
    Plus,
    With,
    And,
    Or,
    Open,
    Close,
}

/// What stands before a token, which decides what may follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing, an operator or an opening parenthesis.
    Operator,
    /// `WITH`.
    With,
    /// A licence of the list, which may get a `+`.
    License,
    /// Another licence, which may get an exception.
    Own,
    /// What can only be joined.
    Whole,
}

/// An operator or an opening parenthesis whose second half is still to come, the tightest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pending {
    Open(usize),
    Or,
    And,
}

/// Reads an expression.
pub(super) fn parse(text: &str) -> Result<Expression, Wrong> {
    let mut steps: Vec<Step> = Vec::new();
    let (mut pending, mut deprecated) = (Vec::new(), Vec::new());
    let (mut before, mut at) = (Before::Operator, 0);
    while let Some((token, range)) = next(text, at)? {
        at = range.end;
        let operand = matches!(before, Before::License | Before::Own | Before::Whole);
        before = match token {
            Token::License(license) if before == Before::Operator => {
                if license.deprecated {
                    deprecated.push(license.id);
                }
                steps.push(Step::Term(license.id.to_owned()));
                // Asked where a `+` stands.
                if license.gnu && text.get(at..).is_some_and(|rest| rest.starts_with('+')) {
                    return Err(wrong("a GNU licence takes `-or-later` in place of `+`", at..at + 1));
                }
                Before::License
            }
            Token::Own(own) if before == Before::Operator => {
                steps.push(Step::Term(own.to_owned()));
                Before::Own
            }
            Token::Plus if before == Before::License => extend(&mut steps, "+", Before::Own),
            Token::With if matches!(before, Before::License | Before::Own) => Before::With,
            Token::Exception(id) if before == Before::With => extend(&mut steps, &format!(" WITH {id}"), Before::Whole),
            Token::And | Token::Or if operand => {
                let operator = if matches!(token, Token::And) { Pending::And } else { Pending::Or };
                settle(&mut steps, &mut pending, &|top| top > operator);
                pending.push(operator);
                Before::Operator
            }
            Token::Open if before == Before::Operator => {
                pending.push(Pending::Open(range.start));
                Before::Operator
            }
            Token::Close if operand => {
                settle(&mut steps, &mut pending, &|top| top >= Pending::Or);
                if pending.pop().is_none() {
                    return Err(wrong("a parenthesis was not opened", range));
                }
                Before::Whole
            }
            _ => return Err(wrong(INCOMPLETE, range)),
        };
    }
    if matches!(before, Before::Operator | Before::With) {
        let start = if steps.is_empty() && pending.is_empty() { 0 } else { text.len() };
        return Err(wrong(INCOMPLETE, start..text.len()));
    }
    settle(&mut steps, &mut pending, &|top| top >= Pending::Or);
    match pending.pop() {
        Some(Pending::Open(at)) => Err(wrong("a parenthesis is not closed", at..at + 1)),
        _ => Ok(Expression { steps, deprecated }),
    }
}

const INCOMPLETE: &str = "the expression is not complete";

fn wrong(why: impl Into<Cow<'static, str>>, range: Range<usize>) -> Wrong {
    Wrong { why: why.into(), range, help: None }
}

/// Adds to the last licence.
fn extend(steps: &mut [Step], more: &str, before: Before) -> Before {
    if let Some(Step::Term(term)) = steps.last_mut() {
        term.push_str(more);
    }
    before
}

/// Puts the operators that bind so tightly behind what they join.
fn settle(steps: &mut Vec<Step>, pending: &mut Vec<Pending>, tight: &dyn Fn(Pending) -> bool) {
    while let Some(top) = pending.last().copied().filter(|top| tight(*top)) {
        pending.pop();
        steps.push(if top == Pending::And { Step::And } else { Step::Or });
    }
}

/// The next token from a byte on, and its bytes.
fn next(text: &str, from: usize) -> Result<Option<(Token<'_>, Range<usize>)>, Wrong> {
    let rest = text.get(from..).unwrap_or_default();
    let trimmed = rest.trim_start();
    let start = text.len() - trimmed.len();
    let Some(first) = trimmed.chars().next() else { return Ok(None) };
    let of_word = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '.' | ':');
    let length = trimmed.find(|char| !of_word(char)).unwrap_or(trimmed.len()).max(1);
    let word = trimmed.get(..length).unwrap_or_default();
    let range = start..start + length;
    let token = match (first, word) {
        // It belongs to the id right before it.
        ('+', _) if start > from => return Err(wrong("it is not a licence expression", from..start)),
        ('+', _) => Token::Plus,
        ('(', _) => Token::Open,
        (')', _) => Token::Close,
        (_, "AND" | "and") => Token::And,
        (_, "OR" | "or") => Token::Or,
        (_, "WITH" | "with") => Token::With,
        _ if !of_word(first) => return Err(wrong("it is not a licence expression", start..text.len())),
        _ => match known(word) {
            Some(token) => token,
            None => {
                let before = text.get(..start).unwrap_or_default().split_whitespace().next_back();
                let kind = if matches!(before, Some("WITH" | "with")) { "exception" } else { "licence" };
                return Err(wrong(format!("SPDX {VERSION} lists no such {kind}"), range));
            }
        },
    };
    Ok(Some((token, range)))
}

/// The licence or the exception that a word is.
fn known(word: &str) -> Option<Token<'_>> {
    if let Some(license) = listed::license(word) {
        return Some(Token::License(license));
    }
    if listed::is_exception(word) {
        return Some(Token::Exception(word));
    }
    let own = match word.split_once(':') {
        Some((document, own)) if document.starts_with("DocumentRef-") => own,
        _ => word,
    };
    match own {
        own if own.contains(':') => None,
        own if own.starts_with(OWN) => Some(Token::Own(word)),
        own if own.starts_with("AdditionRef-") => Some(Token::Exception(word)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use spdx::{Expression as Theirs, ParseMode};

    use super::*;

    /// What `spdx` reads: the licences, and for each set of them whether it satisfies the expression.
    fn theirs(text: &str) -> Result<(Vec<String>, Vec<bool>), Range<usize>> {
        let mode = ParseMode { allow_deprecated: true, ..ParseMode::STRICT };
        let expression = Theirs::parse_mode(text, mode).map_err(|error| error.span)?;
        let terms: Vec<String> = expression.requirements().map(|term| term.req.to_string()).collect();
        let satisfied = sets(&terms, &|allowed| expression.evaluate(|term| allowed.contains(&term.to_string())));
        Ok((terms, satisfied))
    }

    /// What is read here.
    fn ours(text: &str) -> Result<(Vec<String>, Vec<bool>), Range<usize>> {
        let expression = parse(text).map_err(|wrong| wrong.range)?;
        let terms: Vec<String> = expression.terms().into_iter().map(str::to_owned).collect();
        let satisfied = sets(&terms, &|allowed| {
            let refused = expression.refused(&|term| allowed.iter().any(|allowed| allowed == term));
            refused.is_empty()
        });
        Ok((terms, satisfied))
    }

    /// Asks of a few sets of the licences.
    fn sets(terms: &[String], satisfied: &dyn Fn(&[String]) -> bool) -> Vec<bool> {
        let sets = (0..64_usize).map(|set| {
            let of_set = terms.iter().enumerate().filter(|(index, _)| set.rotate_right(*index as u32 % 6) & 1 == 1);
            satisfied(&of_set.map(|(_, term)| term.clone()).collect::<Vec<_>>())
        });
        sets.collect()
    }

    const PIECES: &[&str] = &[
        "MIT",
        "Apache-2.0",
        "GPL-2.0-only",
        "GPL-2.0",
        "CC-BY-4.0",
        "Nunit",
        "mit",
        "LicenseRef-a.b-1",
        "LicenseRef-",
        "DocumentRef-d:LicenseRef-x",
        "DocumentRef-d:AdditionRef-y",
        "AdditionRef-z",
        "LLVM-exception",
        "DocumentRef-d",
        "Classpath-exception-2.0",
        "AND",
        "OR",
        "WITH",
        "and",
        "or",
        "with",
        "And",
        "+",
        "(",
        ")",
        "/",
        "é",
        ":",
        ",",
    ];

    /// Pieces of expressions in any order, and expressions with a piece or a space too many now and then.
    fn texts() -> impl Strategy<Value = String> {
        let piece = || prop::sample::select(PIECES);
        let space = || prop::sample::select(&["", " ", " ", "  ", "\t"][..]);
        let loose = prop::collection::vec((piece(), space()), 0..9);
        let loose = loose.prop_map(|pieces| pieces.into_iter().flat_map(|(piece, space)| [piece, space]).collect());
        let term = prop_oneof![
            prop::sample::select(&PIECES[..6]).prop_map(str::to_owned),
            Just("Apache-2.0+".to_owned()),
            Just("GPL-2.0-only WITH Classpath-exception-2.0".to_owned()),
            Just("MIT+ with AdditionRef-z".to_owned()),
        ];
        let whole = term.prop_recursive(4, 24, 2, |inner| {
            let operator = prop::sample::select(&[" AND ", " OR ", " and ", " or "][..]);
            prop_oneof![
                (inner.clone(), operator, inner.clone()).prop_map(|(one, operator, other)| one + operator + &other),
                inner.prop_map(|inner| format!("({inner})")),
            ]
        });
        let slipped = (whole.clone(), piece(), any::<prop::sample::Index>()).prop_map(|(mut text, piece, at)| {
            let at = at.index(text.len() + 1);
            text.insert_str(at, piece);
            text
        });
        prop_oneof![loose, whole, slipped]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn an_expression_is_read_as_the_crate_spdx_reads_it(text in texts()) {
            match (ours(&text), theirs(&text)) {
                // It finds an id within `LicenseRef-a:b`, and tells of the rest alone.
                (Err(ours), Err(theirs)) if text.contains(':') => prop_assert!(ours.start <= theirs.start, "{text}"),
                (ours, theirs) => prop_assert_eq!(ours, theirs, "{}", text),
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, why, range) in [
            ("", "the expression is not complete", 0..0),
            ("MIT OR ", "the expression is not complete", 7..7),
            ("MIT MIT", "the expression is not complete", 4..7),
            ("(MIT", "a parenthesis is not closed", 0..1),
            ("MIT)", "a parenthesis was not opened", 3..4),
            ("MIT +", "it is not a licence expression", 3..4),
            ("MIT, MIT", "it is not a licence expression", 3..8),
            ("GPL-2.0-only+", "a GNU licence takes `-or-later` in place of `+`", 12..13),
        ] {
            let wrong = parse(text).unwrap_err();
            assert_eq!((wrong.why.as_ref(), wrong.range), (why, range), "{text}");
        }
        let why = |text| parse(text).unwrap_err().why.into_owned();
        assert_eq!(why("MTI"), format!("SPDX {VERSION} lists no such licence"));
        for text in ["MIT WITH MIT-exception", "MIT with MIT-exception"] {
            assert_eq!(why(text), format!("SPDX {VERSION} lists no such exception"));
        }
    }

    #[test]
    fn what_is_refused_is_told_only_where_it_is_needed() {
        let refused = |text: &str| {
            let expression = parse(text).unwrap();
            expression.refused(&|term| term == "MIT").join(", ")
        };
        assert_eq!(refused("MIT OR Apache-2.0+"), "");
        assert_eq!(refused("MIT AND Apache-2.0+ OR 0BSD"), "Apache-2.0+, 0BSD");
        assert_eq!(refused("MIT AND (Apache-2.0 OR MIT)"), "");
    }
}
