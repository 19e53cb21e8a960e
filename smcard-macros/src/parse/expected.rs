//! [`Expected`]: what the schema says of the place that is being read.

use smcard_core::schema::Kind;

/// What the place of a value takes.
#[derive(Clone, Copy)]
pub(super) enum Expected {
    /// What a field of the schema takes, or an item of its list.
    Field(Kind),
    /// Whatever an organization puts among the extensions.
    Anything,
    /// Nobody knows: the key is none of the schema.
    Unknown,
}

impl Expected {
    /// What stands under a key of a block.
    pub(super) fn under(self, key: &str) -> Self {
        match self {
            Expected::Field(Kind::Block(block)) => {
                block.field(key).map_or(Expected::Unknown, |field| Expected::Field(field.kind))
            }
            Expected::Field(Kind::Extensions) | Expected::Anything => Expected::Anything,
            _ => Expected::Unknown,
        }
    }

    /// What stands in a list; nothing where no list belongs.
    pub(super) fn item(self) -> Option<Self> {
        match self {
            Expected::Field(Kind::List(kind)) => Some(Expected::Field(*kind)),
            Expected::Field(_) => None,
            other => Some(other),
        }
    }

    /// The name of the type that may stand before the braces here.
    pub(super) fn type_name(self) -> Option<&'static str> {
        match self {
            Expected::Field(Kind::Block(block)) => Some(block.name),
            Expected::Field(Kind::Extensions) => Some("Extensions"),
            _ => None,
        }
    }
}
