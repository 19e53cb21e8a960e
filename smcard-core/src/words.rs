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
