//! [`Places`]: where the values of a card that only the compiler knows stand in its source.

use std::fmt;
use std::panic::Location;

/// Where the values of a card that only the compiler knows stand in its source.
///
/// `security_card!` writes it for the build hook, whose errors about `env!` and constants then name
/// file and line: of the value for the first thousand of a card, and of the card for the rest. It is
/// no part of what a card says: cards are equal whatever it holds, and no report has it.
#[derive(Clone, Copy)]
pub struct Places<'a>(pub &'a [(&'a str, &'static Location<'static>)]);

impl Places<'_> {
    /// No places, as for a card that was read.
    pub const EMPTY: Self = Places(&[]);

    /// The place of what calls this: in an expansion, of the tokens whose span the call has.
    #[track_caller]
    pub const fn here() -> &'static Location<'static> {
        Location::caller()
    }

    /// Where the value at a path stands, such as `model_details.version`; the card itself for an empty path.
    pub fn of(&self, path: &str) -> Option<&'static Location<'static>> {
        self.0.iter().find(|(known, _)| *known == path).map(|(_, place)| *place)
    }
}

impl PartialEq for Places<'_> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Places<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Places")
    }
}

/// One expression: what `security_card!` wraps a value in that it does not read, so that a mistake in it stays there.
#[doc(hidden)]
#[macro_export]
macro_rules! expression {
    ($value:expr) => {
        $value
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_that_of_its_path_and_of_no_other() {
        let (card, version) = (Places::here(), Places::here());
        let table = [("", card), ("model_details.version", version)];
        let of = |path: &str| Places(&table).of(path).map(|place| (place.line(), place.column()));
        assert_eq!(of("model_details.version"), Some((version.line(), version.column())));
        assert_eq!(of(""), Some((card.line(), card.column())));
        assert_ne!(of(""), of("model_details.version"));
        assert_eq!(of("model_details"), None);
    }
}
