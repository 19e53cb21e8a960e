//! [`Path`]: where a value stands in a card, `security_considerations.threats[0].owner`.
//!
//! A walk has one on its stack for each value, so it costs nothing until somebody reads it.

use std::fmt;

use crate::excerpt::shown;

/// The place of a value in a card, from the card itself down.
#[derive(Clone, Copy)]
pub(crate) enum Path<'p> {
    /// The card.
    Card,
    /// A value under a key.
    Key(&'p Path<'p>, &'p str),
    /// A value of a list.
    Item(&'p Path<'p>, usize),
}

impl Path<'_> {
    /// The value of this key, in the block at this path.
    pub(crate) fn key<'p>(&'p self, key: &'p str) -> Path<'p> {
        Path::Key(self, key)
    }

    /// This value of the list at this path.
    pub(crate) fn item(&self, index: usize) -> Path<'_> {
        Path::Item(self, index)
    }

    /// Whether it is the card itself.
    pub(crate) fn is_card(&self) -> bool {
        matches!(self, Path::Card)
    }

    /// Whether it lies in an item of a list.
    pub(crate) fn is_in_list(&self) -> bool {
        match self {
            Path::Card => false,
            Path::Item(..) => true,
            Path::Key(within, _) => within.is_in_list(),
        }
    }

    /// Whether it is this path of the schema, such as `security_considerations.threats`, or lies beneath it: what is
    /// said there of a list is said of each of its items.
    pub(crate) fn is_within(&self, above: &str) -> bool {
        self.beyond(above) == Some("")
    }

    /// What of a path of the schema lies beyond this one; nothing if that leads elsewhere.
    fn beyond<'a>(&self, path: &'a str) -> Option<&'a str> {
        match self {
            Path::Card => Some(path),
            Path::Item(within, _) => within.beyond(path),
            Path::Key(within, key) => match within.beyond(path)? {
                "" => Some(""),
                path => {
                    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
                    (name == *key).then_some(rest)
                }
            },
        }
    }

    /// What a message calls the value: `` `date` in `model_details` ``. The whole path of
    /// something deep is longer than it helps; the caret shows where it is.
    pub(crate) fn label(&self) -> String {
        let (field, section) = match self.names() {
            (field, Some(section)) => (field, section),
            (field, None) if field.is_empty() => return "the card".to_owned(),
            (field, None) => return format!("`{field}`"),
        };
        format!("`{field}` in `{section}`")
    }

    /// The last key with what follows it, and the one before that.
    fn names(&self) -> (String, Option<String>) {
        match self {
            Path::Card => (String::new(), None),
            Path::Key(within, key) => {
                let section = within.names().0;
                (shown(key), (!section.is_empty()).then_some(section))
            }
            Path::Item(within, index) => {
                let (list, section) = within.names();
                (format!("{list}[{index}]"), section)
            }
        }
    }
}

/// The path as findings and policies spell it; a key from outside is shown as messages show it.
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Card => Ok(()),
            Path::Key(Path::Card, key) => f.write_str(&shown(key)),
            Path::Key(within, key) => write!(f, "{within}.{}", shown(key)),
            Path::Item(within, index) => write!(f, "{within}[{index}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_lies_within_those_above_it_whatever_the_item() {
        let threats = Path::Card.key("security_considerations");
        let threats = threats.key("threats");
        let threat = threats.item(7);
        let owner = threat.key("owner");
        for above in
            ["security_considerations", "security_considerations.threats", "security_considerations.threats.owner"]
        {
            assert!(owner.is_within(above), "{above}");
        }
        for elsewhere in [
            "security_considerations.threats.owner.name",
            "security_considerations.threat",
            "security_considerations.threats.own",
            "threats",
            "system",
        ] {
            assert!(!owner.is_within(elsewhere), "{elsewhere}");
        }
        assert!(threat.is_within("security_considerations.threats") && !Path::Card.is_within("system"));
    }
}
