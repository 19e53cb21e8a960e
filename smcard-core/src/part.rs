//! [`Part`]: what a type needs to stand in a card, and the macros that declare such types.

use crate::node::{Node, Value};
use crate::schema::Kind;
use crate::text::Text;

/// A type that can be the value of a card's field.
pub trait Part<'a>: Sized {
    /// What the schema says of such a field.
    const KIND: Kind;
    /// The value of a field that the card does not give.
    const ABSENT: Self;

    /// The value as a tree, or `None` if the card does not give it.
    fn node(&self) -> Option<Node<'_>>;

    /// The value of a tree; `None` if it is of another kind, which the shape rules refuse first.
    fn read(node: Node<'a>) -> Option<Self>;
}

impl<'a> Part<'a> for Option<Text<'a>> {
    const KIND: Kind = Kind::Text;
    const ABSENT: Self = None;

    fn node(&self) -> Option<Node<'_>> {
        self.as_ref().map(|text| Node::new(Value::Text(text.borrow())))
    }

    fn read(node: Node<'a>) -> Option<Self> {
        match node.value {
            Value::Text(text) => Some(Some(text)),
            _ => None,
        }
    }
}

/// Declares a block of fields: the struct, its row in the schema, and how it becomes a tree.
///
/// `required` or `optional`, the name, the type and, for a text of a certain form, `as` and that
/// form. This is the only place that names a field.
macro_rules! block {
    (
        $(#[doc = $doc:literal])+
        $block:ident {
            $( $(#[doc = $field_doc:literal])+ $need:ident $field:ident: $type:ty $(as $form:ident)?, )+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq)]
        pub struct $block<'a> {
            $( $(#[doc = $field_doc])+ pub $field: $type, )+
        }

        impl<'a> $block<'a> {
            /// A block that gives none of its fields.
            pub const EMPTY: Self = $block { $( $field: <$type as $crate::part::Part>::ABSENT, )+ };

            /// What the block may hold, for programs that walk it.
            pub const SCHEMA: &'static $crate::schema::Block = &$crate::schema::Block {
                name: stringify!($block),
                doc: concat!($($doc, "\n"),+),
                fields: &[ $( $crate::schema::Field {
                    name: $crate::part::plain(stringify!($field)),
                    ident: stringify!($field),
                    doc: concat!($($field_doc, "\n"),+),
                    required: $crate::part::block!(@need $need),
                    kind: <$type as $crate::part::Part>::KIND,
                    form: $crate::part::block!(@form $($form)?),
                }, )+ ],
            };
        }

        impl<'a> $crate::part::Part<'a> for $block<'a> {
            const KIND: $crate::schema::Kind = $crate::schema::Kind::Block($block::SCHEMA);
            const ABSENT: Self = $block::EMPTY;

            fn node(&self) -> Option<$crate::node::Node<'_>> {
                let mut entries = Vec::new();
                $( if let Some(node) = self.$field.node() {
                    entries.push($crate::node::Entry::new($crate::part::plain(stringify!($field)), node));
                } )+
                (!entries.is_empty()).then(|| $crate::node::Node::new($crate::node::Value::Block(entries)))
            }

            fn read(node: $crate::node::Node<'a>) -> Option<Self> {
                let $crate::node::Value::Block(entries) = node.value else { return None };
                let mut block = $block::EMPTY;
                for entry in entries {
                    match &*entry.key {
                        $( key if key == $crate::part::plain(stringify!($field)) => {
                            block.$field = $crate::part::Part::read(entry.node)?;
                        } )+
                        _ => return None,
                    }
                }
                Some(block)
            }
        }
    };
    (@need required) => { true };
    (@need optional) => { false };
    (@form) => { $crate::schema::Form::Free };
    (@form $form:ident) => { $crate::schema::Form::$form };
}

/// Declares a choice: the enum, its row in the schema, and how it becomes a tree.
macro_rules! choice {
    (
        $(#[doc = $doc:literal])+
        $choice:ident { $( $(#[doc = $variant_doc:literal])+ $variant:ident, )+ }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $choice {
            $( $(#[doc = $variant_doc])+ $variant, )+
        }

        impl $choice {
            /// The words that can be chosen, for programs that walk a card.
            pub const SCHEMA: &'static $crate::schema::Choice = &$crate::schema::Choice {
                name: stringify!($choice),
                doc: concat!($($doc, "\n"),+),
                variants: &[ $( $crate::schema::Variant {
                    name: stringify!($variant),
                    doc: concat!($($variant_doc, "\n"),+),
                }, )+ ],
            };

            /// The word, in Rust source as in JSON.
            pub const fn name(self) -> &'static str {
                match self { $( $choice::$variant => stringify!($variant), )+ }
            }

            /// The choice that is spelt this way, to the letter.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $( stringify!($variant) => Some($choice::$variant), )+
                    _ => None,
                }
            }
        }

        impl<'a> $crate::part::Part<'a> for Option<$choice> {
            const KIND: $crate::schema::Kind = $crate::schema::Kind::Choice($choice::SCHEMA);
            const ABSENT: Self = None;

            fn node(&self) -> Option<$crate::node::Node<'_>> {
                self.map(|choice| $crate::node::Node::new($crate::node::Value::Word(choice.name().into())))
            }

            fn read(node: $crate::node::Node<'a>) -> Option<Self> {
                Some(Some($choice::from_name(node.word()?)?))
            }
        }
    };
}

pub(crate) use {block, choice};

/// The name of a field without the `r#` that Rust wants before a keyword.
pub(crate) const fn plain(name: &str) -> &str {
    match name.as_bytes() {
        [b'r', b'#', rest @ ..] => match std::str::from_utf8(rest) {
            Ok(name) => name,
            Err(_) => name,
        },
        _ => name,
    }
}
