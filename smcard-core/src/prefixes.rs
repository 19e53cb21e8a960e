//! Where in a text one of many prefixes may begin: one pass over the bytes for all of them.
//!
//! A search per prefix would read every text of a card dozens of times. Here each byte is looked
//! up once, together with a hash of the two behind it, which nearly every word of prose fails.

/// A set of prefixes of at least two ASCII characters.
pub(crate) struct Prefixes {
    bytes: [Entry; 256],
}

/// What a byte may begin. A bit stands for a hash of the two bytes behind it.
#[derive(Clone, Copy)]
struct Entry {
    /// What may begin here if no letter and no digit stands before it.
    at_words: u32,
    /// What may begin here whatever stands before it.
    anywhere: u32,
    /// All ones if a word may begin behind this byte.
    ends_word: u32,
}

#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where a wrong index is an error")]
impl Prefixes {
    pub(crate) const fn new() -> Self {
        let mut bytes = [Entry { at_words: 0, anywhere: 0, ends_word: 0 }; 256];
        let mut byte = 0;
        while byte < 256 {
            if !(byte as u8).is_ascii_alphanumeric() {
                bytes[byte].ends_word = u32::MAX;
            }
            byte += 1;
        }
        Prefixes { bytes }
    }

    /// Adds a prefix that begins a word: a letter or digit before it makes it something else.
    pub(crate) const fn word(mut self, prefix: &str) -> Self {
        let prefix = prefix.as_bytes();
        self.bytes[prefix[0] as usize].at_words |= slots(prefix);
        self
    }

    /// Adds a prefix that begins a word, in whatever letter case.
    pub(crate) const fn word_in_any_case(mut self, prefix: &str) -> Self {
        let bytes = prefix.as_bytes();
        self.bytes[bytes[0].to_ascii_lowercase() as usize].at_words |= slots(bytes);
        self.bytes[bytes[0].to_ascii_uppercase() as usize].at_words |= slots(bytes);
        self
    }

    /// Adds a prefix that may follow a letter or digit.
    pub(crate) const fn anywhere(mut self, prefix: &str) -> Self {
        let prefix = prefix.as_bytes();
        self.bytes[prefix[0] as usize].anywhere |= slots(prefix);
        self
    }

    /// Adds the prefixes of another set.
    pub(crate) const fn and(mut self, other: &Prefixes) -> Self {
        let mut byte = 0;
        while byte < 256 {
            self.bytes[byte].at_words |= other.bytes[byte].at_words;
            self.bytes[byte].anywhere |= other.bytes[byte].anywhere;
            byte += 1;
        }
        self
    }
}

impl Prefixes {
    /// The first place from `from` on where one of the prefixes may begin.
    pub(crate) fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        let entry = |byte: u8| self.bytes.get(usize::from(byte));
        let before = from.checked_sub(1).and_then(|at| text.get(at));
        let mut may_begin = before.and_then(|byte| entry(*byte)).map_or(u32::MAX, |entry| entry.ends_word);
        let offset = text.get(from..)?.windows(3).position(|window| {
            let &[first, second, third] = window else { return false };
            let Some(entry) = entry(first) else { return false };
            let found = ((entry.at_words & may_begin) | entry.anywhere) & slot(second, third);
            may_begin = entry.ends_word;
            found != 0
        })?;
        Some(from + offset)
    }
}

/// The bit of the two bytes that follow a first one. The case of a letter is in the sixth bit, which is not looked at.
const fn slot(second: u8, third: u8) -> u32 {
    1 << ((second.wrapping_mul(5) ^ third) & 31)
}

/// The bits of what may follow the first byte of a prefix.
#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, where a wrong index is an error")]
const fn slots(prefix: &[u8]) -> u32 {
    match prefix.len() {
        0 | 1 => u32::MAX,
        // Whatever byte comes third.
        2 => u32::MAX,
        _ => slot(prefix[1], prefix[2]),
    }
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
    fn a_search_goes_on_as_if_it_had_not_stopped() {
        assert_eq!(SET.next(b"xghp_", 1), None);
        assert_eq!(SET.next(b"_ghp_", 1), Some(1));
        assert_eq!(SET.next(b"ghp_", 9), None);
    }
}
