//! [`Text`]: what a card says in words, or why it says nothing.

use std::borrow::Cow;
use std::fmt;

const NOT_APPLICABLE: &str = "Not applicable: ";
const WITHHELD: &str = "Withheld: ";

/// What a card says in one field, or the reason why it says nothing there.
///
/// The three are different from each other and from a missing field, in Rust as in every export.
/// In JSON a reason reads `"Not applicable: reason"` or `"Withheld: reason"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text<'a> {
    /// The text itself.
    Stated(Cow<'a, str>),
    /// The field means nothing for this model; the reason says why.
    NotApplicable(Cow<'a, str>),
    /// There is an answer that this card does not disclose; the reason says why, or where it lies.
    Withheld(Cow<'a, str>),
}

impl<'a> Text<'a> {
    /// The text as a report spells it: a text that begins with `Not applicable: ` or `Withheld: `
    /// is that reason, everything else is stated.
    pub const fn new(text: &'a str) -> Self {
        if let Some(reason) = after(text, NOT_APPLICABLE) {
            Text::NotApplicable(Cow::Borrowed(reason))
        } else if let Some(reason) = after(text, WITHHELD) {
            Text::Withheld(Cow::Borrowed(reason))
        } else {
            Text::Stated(Cow::Borrowed(text))
        }
    }

    /// The field means nothing for this model, for this reason.
    pub const fn not_applicable(reason: &'a str) -> Self {
        Text::NotApplicable(Cow::Borrowed(reason))
    }

    /// There is an answer that this card does not disclose, for this reason.
    pub const fn withheld(reason: &'a str) -> Self {
        Text::Withheld(Cow::Borrowed(reason))
    }

    /// The text, or `None` where the card gives a reason instead of one.
    pub fn stated(&self) -> Option<&str> {
        match self {
            Text::Stated(text) => Some(text),
            Text::NotApplicable(_) | Text::Withheld(_) => None,
        }
    }

    /// The words that somebody wrote: the text, or the reason why there is none.
    pub fn words(&self) -> &str {
        match self {
            Text::Stated(words) | Text::NotApplicable(words) | Text::Withheld(words) => words,
        }
    }

    /// The same text, borrowed from this one.
    pub fn borrow(&self) -> Text<'_> {
        match self {
            Text::Stated(words) => Text::Stated(Cow::Borrowed(words)),
            Text::NotApplicable(words) => Text::NotApplicable(Cow::Borrowed(words)),
            Text::Withheld(words) => Text::Withheld(Cow::Borrowed(words)),
        }
    }
}

impl<'a> From<Cow<'a, str>> for Text<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Text::new(text),
            Cow::Owned(text) => match Text::new(&text) {
                Text::Stated(_) => Text::Stated(Cow::Owned(text)),
                Text::NotApplicable(reason) => Text::NotApplicable(Cow::Owned(reason.into_owned())),
                Text::Withheld(reason) => Text::Withheld(Cow::Owned(reason.into_owned())),
            },
        }
    }
}

/// The text as a report spells it.
impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Text::Stated(_) => {}
            Text::NotApplicable(_) => f.write_str(NOT_APPLICABLE)?,
            Text::Withheld(_) => f.write_str(WITHHELD)?,
        }
        f.write_str(self.words())
    }
}

/// `str::strip_prefix`, which no `const fn` may call yet.
const fn after<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (mut rest, mut wanted) = (text.as_bytes(), prefix.as_bytes());
    while let [first, others @ ..] = wanted {
        match rest {
            [byte, tail @ ..] if *byte == *first => (rest, wanted) = (tail, others),
            _ => return None,
        }
    }
    // What follows an ASCII prefix begins at a character, so this is always text.
    match std::str::from_utf8(rest) {
        Ok(rest) => Some(rest),
        Err(_) => None,
    }
}
