//! What words are worth, wherever in a card they stand.

use crate::placeholder::{self, Role};
use crate::prefixes::Prefixes;
use crate::secret;

/// The longest id, in bytes.
pub(crate) const LONGEST_ID: usize = 128;

/// Where a secret or a placeholder may begin: in most texts nowhere.
static DOUBTFUL: Prefixes = Prefixes::new().and(&secret::PLACES).and(&placeholder::PLACES);

/// The first place of a text where a secret or a placeholder may begin.
pub(crate) fn doubtful(text: &str) -> Option<usize> {
    DOUBTFUL.next(text.as_bytes(), 0)
}

/// Whether other parts of a card can refer to this.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() <= LONGEST_ID && !text.contains(not_of_id)
}

/// Whether an id cannot hold a character.
pub(crate) fn not_of_id(char: char) -> bool {
    !char.is_alphanumeric() && !"-_.".contains(char)
}

/// Whether the words of an id say something that a card may say.
pub(crate) fn says_something(words: &str) -> bool {
    !words.trim().is_empty()
        && placeholder::find(words, Role::Label, doubtful(words)).is_none()
        && secret::find(words).is_none()
}

/// A number as messages show it: short, however large or small it is.
pub(crate) fn figure(number: f64) -> String {
    let plain = number == 0.0 || (1e-5..1e17).contains(&number.abs());
    if plain { number.to_string() } else { format!("{number:e}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_short() {
        for (number, text) in [
            (0.0, "0"),
            (-97.09, "-97.09"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (1e-5, "0.00001"),
            (1e-6, "1e-6"),
            (-1.5e308, "-1.5e308"),
        ] {
            assert_eq!(figure(number), text);
        }
    }
}
