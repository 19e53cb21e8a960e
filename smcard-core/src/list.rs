//! [`List`]: several values, borrowed from a `static` or owned by a card that was read.

use std::ops::Deref;

/// Several values in their order: borrowed in a compiled card, owned in one that was read.
///
/// Unlike `Cow<'a, [T]>` it can hold values that borrow for `'a` themselves and still shorten
/// that lifetime.
#[derive(Debug, Clone)]
pub enum List<'a, T> {
    /// The values of a compiled card.
    Borrowed(&'a [T]),
    /// The values of a card that was read.
    Owned(Vec<T>),
}

impl<T> List<'_, T> {
    /// No values.
    pub const EMPTY: Self = List::Borrowed(&[]);
}

impl<T> Deref for List<'_, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            List::Borrowed(values) => values,
            List::Owned(values) => values,
        }
    }
}

impl<T> FromIterator<T> for List<'_, T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        List::Owned(values.into_iter().collect())
    }
}

/// Two lists are equal when their values are, wherever these lie.
impl<T: PartialEq> PartialEq for List<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
