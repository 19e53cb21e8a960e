//! Keys and tokens of the well-known shapes: where they stand, and the text without them.
//!
//! Examples from documentation, such as `AKIAIOSFODNN7EXAMPLE`, count as what they look like: a
//! reader cannot tell them apart from a real one, and no scanner further down the line will.

#[cfg(any(test, feature = "build", feature = "command"))]
use std::borrow::Cow;
use std::ops::Range;

use crate::order;
use crate::prefixes::Prefixes;
pub(crate) use disguise::disguised;
use shapes::{ALNUM, SHAPES, Shape, URL64, alphabets};

mod disguise;
mod shapes;
#[cfg(test)]
mod tests;

/// A secret in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Secret {
    /// What kind of secret it is, with its article.
    pub(crate) what: &'static str,
    /// The part of it that may be shown.
    pub(crate) prefix: &'static str,
    /// Its bytes, the prefix included.
    pub(crate) range: Range<usize>,
}

/// The first secret in a text.
pub(crate) fn find(text: &str) -> Option<Secret> {
    find_from(text, 0)
}

/// The first secret in a text, where none of [`PLACES`] lies before this byte.
pub(crate) fn find_from(text: &str, at: usize) -> Option<Secret> {
    Scan { at, ..Scan::new(text, Extent::Whole) }.next()
}

/// Where the secrets of a text stand, in their order; parts of secrets too, of a text that may be `broken` off.
#[cfg(feature = "command")]
pub(crate) fn ranges(text: &str, broken: bool) -> Vec<Range<usize>> {
    let extent = if broken { Extent::Part } else { Extent::Whole };
    Scan::new(text, extent).map(|secret| secret.range).collect()
}

/// The text with `prefix…` in place of each secret.
///
/// Masking comes before any shortening: what is left of half a secret is not recognized.
#[cfg(any(test, feature = "build", feature = "command"))]
pub(crate) fn mask(text: &str) -> Cow<'_, str> {
    masked(text, Extent::Whole)
}

/// The same for a text that may be broken off or broken up within a secret, such as a report that
/// does not parse: here a prefix and [`FEW`] characters of it are masked already.
#[cfg(any(test, feature = "command"))]
pub(crate) fn mask_broken(text: &str) -> Cow<'_, str> {
    masked(text, Extent::Part)
}

#[cfg(any(test, feature = "build", feature = "command"))]
fn masked(text: &str, extent: Extent) -> Cow<'_, str> {
    let (mut shown, mut end) = (String::new(), 0);
    for secret in Scan::new(text, extent) {
        shown.push_str(text.get(end..secret.range.start).unwrap_or_default());
        shown.push_str(secret.prefix);
        shown.push('…');
        end = secret.range.end;
    }
    if end == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(text.get(end..).unwrap_or_default());
    Cow::Owned(shown)
}

/// Where the secrets of a text stand, as they are or [disguised]: in their order, none within another.
///
/// `broken` as in [`mask_broken`].
pub(crate) fn places(text: &str, broken: bool) -> Vec<Range<usize>> {
    let mut all = disguised(text, broken);
    let extent = if broken { Extent::Part } else { Extent::Whole };
    all.extend(Scan::new(text, extent).map(|secret| secret.range));
    order::sort(&mut all, |one, other| one.start.cmp(&other.start));
    let mut places: Vec<Range<usize>> = Vec::new();
    for range in all {
        match places.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => places.push(range),
        }
    }
    places
}

/// How much of a secret must stand in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    Part,
}

/// How many characters behind its prefix make a part of a secret.
const FEW: usize = 4;

/// What opens a private key in PEM (RFC 7468) or in OpenPGP's armour (RFC 9580), behind five hyphens.
const PEM: &str = "BEGIN ";

const JWT: &str = "eyJ";

/// What three decimal digits in base64 begin with.
const DISCORD: &[u8] = b"MNO";

/// Where a secret may begin, or the mark within it.
pub(crate) static PLACES: Prefixes = {
    let mut places = Prefixes::new().word(PEM).word(JWT).anywhere("://").anywhere(":AA");
    places = places.word_of(DISCORD, b"DTjz", b"AEIMQUYcgk");
    let mut shapes = SHAPES;
    while let [shape, others @ ..] = shapes {
        places = places.word(shape.prefix);
        shapes = others;
    }
    places
};

/// The number of the first shape that begins with each byte, or one behind the last.
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where a wrong index is an error")]
static FIRST_SHAPE: [usize; 256] = {
    let mut first = [SHAPES.len(); 256];
    let mut index = SHAPES.len();
    while index > 0 {
        index -= 1;
        let byte = SHAPES[index].prefix.as_bytes()[0];
        assert!(index == 0 || SHAPES[index - 1].prefix.as_bytes()[0] <= byte, "sorted by the first character");
        first[byte as usize] = index;
    }
    first
};

/// The alphabets of each byte.
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where a wrong index is an error")]
static ALPHABETS: [u8; 256] = {
    let mut all = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        all[byte] = alphabets(byte as u8);
        byte += 1;
    }
    all
};

/// One pass over a text. It looks at no byte more than a constant number of times.
struct Scan<'t> {
    text: &'t [u8],
    extent: Extent,
    /// Where the search goes on.
    at: usize,
    /// The end of the last secret.
    end: usize,
    /// Up to here no JSON Web Token begins: what follows the header is not one's payload.
    no_jwt_before: usize,
}

impl Iterator for Scan<'_> {
    type Item = Secret;

    fn next(&mut self) -> Option<Secret> {
        loop {
            let place = PLACES.next(self.text, self.at)?;
            self.at = place + 1;
            if let Some(mut secret) = self.at_place(place) {
                secret.range.start = secret.range.start.max(self.end);
                self.end = secret.range.end;
                self.at = self.at.max(self.end);
                return Some(secret);
            }
        }
    }
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, extent: Extent) -> Self {
        Scan { text: text.as_bytes(), extent, at: 0, end: 0, no_jwt_before: 0 }
    }

    /// The secret that begins at a place, or whose inner mark stands there.
    fn at_place(&mut self, at: usize) -> Option<Secret> {
        match *self.text.get(at)? {
            b':' => self.password_in_url(at).or_else(|| self.telegram_token(at)),
            first if DISCORD.contains(&first) => self.discord_token(at),
            b'B' => self.private_key(at),
            b'e' => self.json_web_token(at),
            first => {
                let shapes = SHAPES.get(*FIRST_SHAPE.get(usize::from(first))?..)?;
                let alike = shapes.iter().take_while(|shape| shape.prefix.as_bytes().first() == Some(&first));
                alike.filter_map(|shape| self.shaped(at, shape)).next()
            }
        }
    }

    fn shaped(&self, at: usize, shape: &Shape) -> Option<Secret> {
        if !self.from(at).starts_with(shape.prefix.as_bytes()) {
            return None;
        }
        let body = at + shape.prefix.len();
        let length = self.run(body, shape.alphabet);
        let enough = match self.extent {
            Extent::Whole if shape.exact => length == shape.length && self.run(body + length, ALNUM) == 0,
            Extent::Whole => length >= shape.length,
            Extent::Part => length >= FEW,
        };
        enough.then(|| secret(shape.what, shape.prefix, at..body + length))
    }

    fn private_key(&self, at: usize) -> Option<Secret> {
        let before = self.text.get(at.checked_sub(5)?..at)?;
        let label = self.from(at).strip_prefix(PEM.as_bytes())?;
        let length = label.iter().take(64).take_while(|byte| byte.is_ascii_uppercase() || **byte == b' ').count();
        let (label, rest) = label.split_at_checked(length)?;
        let names_key = label.windows(11).any(|part| part == b"PRIVATE KEY");
        if before != b"-----" || !names_key || !rest.starts_with(b"-----") {
            return None;
        }
        // The key itself is secret too, down to its last line or, without one, to the text's end.
        let body = at + PEM.len() + length;
        let close = self.from(body).windows(9).position(|part| part == b"-----END ").map(|offset| body + offset + 9);
        let end = close.map_or(self.text.len(), |close| {
            let label = self.from(close).iter().take_while(|byte| byte.is_ascii_uppercase() || **byte == b' ').count();
            close + label + if self.from(close + label).starts_with(b"-----") { 5 } else { 0 }
        });
        Some(secret("a private key", "-----BEGIN ", at - 5..end))
    }

    /// A JSON Web Token (RFC 7519): three base64url parts, of which the first two begin with `{"`.
    fn json_web_token(&mut self, at: usize) -> Option<Secret> {
        if at < self.no_jwt_before || !self.from(at).starts_with(JWT.as_bytes()) {
            return None;
        }
        let header = at + self.run(at, URL64);
        if self.extent == Extent::Part {
            let end = at + self.run(at, URL64 | shapes::DOT);
            return (end - at >= JWT.len() + FEW).then(|| secret("a JSON Web Token", JWT, at..end));
        }
        // Whatever fails from here on fails for every other beginning within the same header.
        self.no_jwt_before = header;
        let payload = self.from(header).strip_prefix(b".").filter(|payload| payload.starts_with(JWT.as_bytes()))?;
        let dot = self.text.len() - payload.len() + self.run(self.text.len() - payload.len(), URL64);
        let signature = self.run(dot + 1, URL64);
        let whole = header - at > 12 && self.text.get(dot) == Some(&b'.') && signature > 20;
        whole.then(|| secret("a JSON Web Token", JWT, at..dot + 1 + signature))
    }

    /// `scheme://user:password@host` (RFC 3986, section 3.2.1).
    fn password_in_url(&self, at: usize) -> Option<Secret> {
        let rest = self.from(at).strip_prefix(b"://")?;
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"/?#\"'<>`".contains(byte);
        let (authority, after) = rest.split_at(rest.iter().position(ends).unwrap_or(rest.len()));
        let (user_info, cut) = match authority.iter().rposition(|byte| *byte == b'@') {
            Some(at_sign) => (authority.get(..at_sign)?, false),
            None => (authority, self.extent == Extent::Part && after.first().is_none_or(|byte| *byte == b'\n')),
        };
        let colon = user_info.iter().position(|byte| *byte == b':')?;
        let password = user_info.get(colon + 1..)?;
        let host = password.iter().all(u8::is_ascii_digit) || authority.starts_with(b"[");
        let found = !password.is_empty() && (user_info.len() < authority.len() || (cut && !host));
        found.then(|| secret("a password in a URL", "://", at..at + 3 + user_info.len()))
    }

    /// The number of a bot, a colon, and 35 characters that begin with `AA`.
    fn telegram_token(&self, colon: usize) -> Option<Secret> {
        self.from(colon).strip_prefix(b":AA")?;
        let number = self.run_back(colon, |byte| byte.is_ascii_digit(), 17);
        let length = self.run(colon + 3, URL64);
        let enough = length >= if self.extent == Extent::Part { FEW } else { 33 };
        (enough && (8..=16).contains(&number))
            .then(|| secret("a Telegram bot token", "AA", colon + 1..colon + 3 + length))
    }

    /// The number of a bot in base64, six characters, and a signature, with dots between them.
    fn discord_token(&self, at: usize) -> Option<Secret> {
        let number = self.from(at).iter().take(29).take_while(|byte| is(**byte, ALNUM)).count();
        let dot = at + number;
        if !(23..=28).contains(&number) || self.text.get(dot) != Some(&b'.') || self.text.get(dot + 7) != Some(&b'.') {
            return None;
        }
        let mut groups = self.text.get(at..dot)?.chunks(4);
        let digits = groups.all(|group| group.first().is_some_and(|first| DISCORD.contains(first)));
        let stamp = self.from(dot + 1).iter().take(6).all(|byte| is(*byte, URL64));
        let length = self.run(dot + 8, URL64);
        let enough = length >= if self.extent == Extent::Part { FEW } else { 27 };
        let prefix = match self.text.get(at)? {
            b'M' => "M",
            b'N' => "N",
            _ => "O",
        };
        (digits && stamp && enough).then(|| secret("a Discord bot token", prefix, at..dot + 8 + length))
    }

    fn from(&self, at: usize) -> &'t [u8] {
        self.text.get(at..).unwrap_or_default()
    }

    /// How many bytes of an alphabet stand from a place on.
    fn run(&self, at: usize, alphabet: u8) -> usize {
        self.from(at).iter().take_while(|byte| is(**byte, alphabet)).count()
    }

    /// How many bytes of a kind stand before a place, at most `limit`.
    fn run_back(&self, at: usize, kind: impl Fn(u8) -> bool, limit: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        before.iter().rev().take(limit).take_while(|byte| kind(**byte)).count()
    }
}

fn is(byte: u8, alphabet: u8) -> bool {
    ALPHABETS.get(usize::from(byte)).is_some_and(|alphabets| alphabets & alphabet != 0)
}

fn secret(what: &'static str, prefix: &'static str, range: Range<usize>) -> Secret {
    Secret { what, prefix, range }
}
