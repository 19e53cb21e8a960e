//! Where in a text one of many prefixes may begin: one pass over the bytes for all of them.
//!
//! A search per prefix would read every text of a card dozens of times. Here each byte is looked up once, and the two
//! behind it where it may begin something, which nearly every word of prose does not.

/// A set of prefixes of ASCII characters, of which the first three count.
pub(crate) struct Prefixes {
    /// What each byte may be.
    kinds: [u8; 256],
    /// What may stand behind it, and what behind that. A bit stands for the bytes that are the same but for their upper
    /// three bits, as the two cases of a letter are.
    behind: [(u32, u32); 256],
}

/// A letter or digit that begins a prefix where none stands before it.
const BEGINS_WORD: u8 = 1;
/// Another byte, which begins a prefix wherever it stands.
const BEGINS_ANYWHERE: u8 = 2;
/// A byte that is no letter and no digit of ASCII.
const ENDS_WORD: u8 = 4;

#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where a wrong index is an error")]
impl Prefixes {
    pub(crate) const fn new() -> Self {
        let mut kinds = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            if !(byte as u8).is_ascii_alphanumeric() {
                kinds[byte] = ENDS_WORD;
            }
            byte += 1;
        }
        Prefixes { kinds, behind: [(0, 0); 256] }
    }

    /// Adds a prefix that begins with a letter or digit: another one before it makes it something else.
    pub(crate) const fn word(self, prefix: &str) -> Self {
        self.add(BEGINS_WORD, prefix)
    }

    /// Adds a prefix that begins with something else, and may follow a letter or digit.
    pub(crate) const fn anywhere(self, prefix: &str) -> Self {
        self.add(BEGINS_ANYWHERE, prefix)
    }

    /// Adds a prefix that begins a word, in whatever letter case.
    pub(crate) const fn word_in_any_case(self, prefix: &str) -> Self {
        let [first, second, third, ..] = *prefix.as_bytes() else { return self.word(prefix) };
        self.word_of(&[first.to_ascii_lowercase(), first.to_ascii_uppercase()], &[second], &[third])
    }

    /// Adds all prefixes of three bytes that begin a word, each byte one of those given for its place.
    pub(crate) const fn word_of(self, first: &[u8], second: &[u8], third: &[u8]) -> Self {
        self.add_all(BEGINS_WORD, first, bits(second), bits(third))
    }

    const fn add(self, kind: u8, prefix: &str) -> Self {
        let (second, third) = match prefix.as_bytes() {
            [_, second, third, ..] => (bit(*second), bit(*third)),
            // Whatever byte comes next.
            [_, second] => (bit(*second), u32::MAX),
            _ => (u32::MAX, u32::MAX),
        };
        self.add_all(kind, prefix.as_bytes().split_at(1).0, second, third)
    }

    const fn add_all(mut self, kind: u8, mut first: &[u8], second: u32, third: u32) -> Self {
        while let [byte, others @ ..] = first {
            let byte = *byte as usize;
            self.kinds[byte] |= kind;
            let of_word = self.kinds[byte] & ENDS_WORD == 0;
            assert!(of_word == (kind == BEGINS_WORD), "letters and digits begin words, and nothing else does");
            self.behind[byte].0 |= second;
            self.behind[byte].1 |= third;
            first = others;
        }
        self
    }

    /// Adds the prefixes of another set.
    pub(crate) const fn and(mut self, other: &Prefixes) -> Self {
        let mut byte = 0;
        while byte < 256 {
            self.kinds[byte] |= other.kinds[byte];
            self.behind[byte].0 |= other.behind[byte].0;
            self.behind[byte].1 |= other.behind[byte].1;
            byte += 1;
        }
        self
    }
}

impl Prefixes {
    /// The first place from `from` on where one of the prefixes may begin.
    // By itself it keeps its state in registers, which it does not within the walk.
    #[inline(never)]
    pub(crate) fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        let before = from.checked_sub(1).and_then(|at| text.get(at));
        if before.is_none_or(|byte| self.kind(*byte) & ENDS_WORD != 0) && self.begins(text, from, BEGINS_WORD) {
            return Some(from);
        }
        let mut at = from;
        loop {
            // Within a word nothing begins.
            at += text.get(at..)?.iter().position(|byte| self.kind(*byte) & ENDS_WORD != 0)?;
            if self.begins(text, at, BEGINS_ANYWHERE) {
                return Some(at);
            }
            at += 1;
            if self.begins(text, at, BEGINS_WORD) {
                return Some(at);
            }
        }
    }

    fn kind(&self, byte: u8) -> u8 {
        self.kinds.get(usize::from(byte)).copied().unwrap_or_default()
    }

    /// Whether a prefix of this kind may begin at a place.
    fn begins(&self, text: &[u8], at: usize, kind: u8) -> bool {
        let Some(&[first, second, third, ..]) = text.get(at..) else { return false };
        let behind = self.behind.get(usize::from(first)).copied().unwrap_or_default();
        self.kind(first) & kind != 0 && behind.0 & bit(second) != 0 && behind.1 & bit(third) != 0
    }
}

const fn bit(byte: u8) -> u32 {
    1 << (byte & 31)
}

const fn bits(mut bytes: &[u8]) -> u32 {
    let mut all = 0;
    while let [byte, others @ ..] = bytes {
        all |= bit(*byte);
        bytes = others;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: Prefixes = Prefixes::new().word("ghp_").word_in_any_case("lorem").anywhere("://").word("AC");

    fn places(text: &str) -> Vec<usize> {
        let mut from = 0;
        std::iter::from_fn(|| {
            let at = SET.next(text.as_bytes(), from)?;
            from = at + 1;
            Some(at)
        })
        .collect()
    }

    #[test]
    fn a_prefix_is_found_where_a_word_begins() {
        assert_eq!(places("ghp_ xghp_ x_ghp_ -ghp_ éghp_"), [0, 13, 19, 26]);
        assert_eq!(places("LOREM Lorem lorem xlorem"), [0, 6, 12]);
        assert_eq!(places("xACxx AC1x"), [6]);
    }

    #[test]
    fn some_are_found_within_words_too() {
        assert_eq!(places("a://b c://d"), [1, 7]);
    }

    #[test]
    fn one_of_many_is_found_by_each_of_its_first_bytes() {
        const MANY: Prefixes = Prefixes::new().word_of(b"MN", b"DT", b"Ac");
        let found = |text: &str| MANY.next(text.as_bytes(), 0);
        for text in ["MDA", "NTc", "MTC", "NdaX"] {
            assert_eq!(found(text), Some(0), "{text}");
        }
        for text in ["ODA", "MEA", "MDB", "MD", "M", ""] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn a_search_goes_on_as_if_it_had_not_stopped() {
        assert_eq!(SET.next(b"xghp_", 1), None);
        assert_eq!(SET.next(b"_ghp_", 1), Some(1));
        assert_eq!(SET.next(b"ghp_", 9), None);
    }
}
