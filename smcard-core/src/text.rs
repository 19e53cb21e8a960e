//! [`Text`]: what a card says in words, or why it says nothing.

use std::borrow::Cow;
use std::fmt;

/// A reason that can take the place of a text: how Rust source and a report spell it.
#[derive(Debug)]
pub struct Reason {
    /// The function that Rust source calls, such as `not_applicable`.
    pub name: &'static str,
    /// What a report puts before the words, such as `Not applicable: `.
    pub prefix: &'static str,
    /// What it says, for programs that offer it.
    #[cfg(feature = "command")]
    pub doc: &'static str,
    /// How a message names it: the call, in backticks.
    pub(crate) noun: &'static str,
    new: fn(Cow<'_, str>) -> Text<'_>,
}

impl Reason {
    /// The reasons, for programs that read or offer them.
    pub const ALL: &'static [Reason] = REASONS;

    /// The reason with this name in Rust source.
    pub fn named(name: &str) -> Option<&'static Reason> {
        Reason::ALL.iter().find(|reason| reason.name == name)
    }

    /// The reason that a text was meant to be: one that begins as a reason does, letter case and the
    /// spaces around the colon aside, is none to a program, and looks like one to a reader.
    pub(crate) fn resembled_by(text: &str) -> Option<&'static Reason> {
        let text = text.trim_start();
        Reason::ALL.iter().find(|reason| {
            let name = reason.prefix.strip_suffix(": ").unwrap_or(reason.prefix);
            let parts = text.split_at_checked(name.len());
            parts.is_some_and(|(begins, rest)| begins.eq_ignore_ascii_case(name) && rest.trim_start().starts_with(':'))
        })
    }

    /// A text that gives this reason, in these words.
    pub fn text<'a>(&self, words: Cow<'a, str>) -> Text<'a> {
        (self.new)(words)
    }
}

/// Declares the reasons: of each its variant, its function, and what a report puts before it.
macro_rules! reasons {
    ($( $(#[doc = $doc:literal])+ $variant:ident, $name:ident, $prefix:literal; )+) => {
        /// What a card says in one field, or why it says nothing there.
        ///
        /// The reasons are distinct from each other and from a missing field, in Rust as in JSON, where a reason
        /// is written as `"Not applicable: why"`, `"Withheld: why"` or `"Unknown: why"`.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Text<'a> {
            /// The text itself.
            Stated(Cow<'a, str>),
            $( $(#[doc = $doc])+ $variant(Cow<'a, str>), )+
        }

        const REASONS: &[Reason] = &[ $( Reason {
            name: stringify!($name),
            prefix: $prefix,
            #[cfg(feature = "command")]
            doc: concat!($($doc, "\n"),+).trim_ascii(),
            noun: concat!("`", stringify!($name), "(…)`"),
            new: |words| Text::$variant(words),
        }, )+ ];

        impl<'a> Text<'a> {
            const fn read(text: &'a str) -> Self {
                $( if let Some(reason) = after(text, $prefix) {
                    return Text::$variant(Cow::Borrowed(reason));
                } )+
                Text::Stated(Cow::Borrowed(text))
            }

            $( $(#[doc = $doc])+
            pub const fn $name(reason: &'a str) -> Self {
                Text::$variant(Cow::Borrowed(reason))
            } )+

            /// The reason in place of the text, if there is one.
            pub fn reason(&self) -> Option<&'static Reason> {
                match self {
                    Text::Stated(_) => None,
                    $( Text::$variant(_) => Reason::named(stringify!($name)), )+
                }
            }

            /// The words themselves: the text, or the reason why there is none.
            pub fn words(&self) -> &str {
                match self {
                    Text::Stated(words) $( | Text::$variant(words) )+ => words,
                }
            }

            /// The same text, borrowed from this one.
            pub fn borrow(&self) -> Text<'_> {
                match self {
                    Text::Stated(words) => Text::Stated(Cow::Borrowed(words)),
                    $( Text::$variant(words) => Text::$variant(Cow::Borrowed(words)), )+
                }
            }
        }
    };
}

reasons! {
    /// The field means nothing for this model; the reason says why.
    NotApplicable, not_applicable, "Not applicable: ";
    /// There is an answer, but this card does not disclose it; the reason says why, or where to find it.
    Withheld, withheld, "Withheld: ";
    /// The author does not have the answer, for example because somebody else trained the model; the reason says why.
    Unknown, unknown, "Unknown: ";
}

impl<'a> Text<'a> {
    /// The text as a report spells it: one that begins like a reason is that reason, anything else is stated.
    // Outside of the declaration, since the compiler shows this function to whoever gives it another type.
    pub const fn new(text: &'a str) -> Self {
        Text::read(text)
    }

    /// The text, or `None` if the card gives a reason instead.
    pub fn stated(&self) -> Option<&str> {
        match self {
            Text::Stated(text) => Some(text),
            _ => None,
        }
    }
}

impl<'a> From<Cow<'a, str>> for Text<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Text::new(text),
            Cow::Owned(text) => {
                let read = Text::new(&text);
                match read.reason() {
                    Some(reason) => reason.text(Cow::Owned(read.words().to_owned())),
                    None => Text::Stated(Cow::Owned(text)),
                }
            }
        }
    }
}

/// The text as a report spells it.
impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason().map_or("", |reason| reason.prefix))?;
        f.write_str(self.words())
    }
}

/// The text without white space around it, as its first and last byte tell of nearly all that there is none.
pub(crate) fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    let is_visible = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if is_visible(bytes.first()) && is_visible(bytes.last()) { text } else { text.trim() }
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
